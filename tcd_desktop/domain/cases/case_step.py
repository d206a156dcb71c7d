"""One step that was taken in a matter (bước giải quyết), as the file holds it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tcd_desktop.domain.terms import CaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """What was done with a matter on a day. `act` is the step's name in the table of its procedure.

    `number` and `dated` are those of the document it issued, `body` the office or person it went to or was given
    to, `result` what was decided, `days` an extension, `part` what was withdrawn and by whom. `removed`: the reason,
    when the step was entered by mistake and taken back.
    """

    id: str
    office: str
    case: str
    act: str
    frm: CaseState
    to: CaseState
    on: dt.date
    document: str = ""
    number: str = ""
    dated: dt.date | None = None
    signer: str = ""
    reason: str = ""
    body: str = ""
    result: str = ""
    days: int = 0
    part: str = ""
    note: str = ""
    removed: str = ""
