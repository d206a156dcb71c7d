"""An import that was taken back, told to the office whose bundle it was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneImport:
    """Hoàn tác một lần nhập gói. A record of the office that had imported; `unit` is the office that had sent.

    Entries `first` to `last` of the journal of a PC (`device`, `epoch`) count as not received any more. `reason` is
    the officer's, `bundle` names the bundle that had brought them. Who and when are told by the journal.
    """

    id: str
    office: str
    unit: str
    device: str
    epoch: int
    first: int
    last: int
    bundle: str = ""
    reason: str = ""
