"""What a superior decided about the trust in a PC: revoked, later entries taken in or left out, one history chosen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class KeyStep(StrEnum):
    """Việc đã quyết định đối với một máy."""

    REVOKED = "revoked"
    TAKEN_IN = "taken_in"
    LEFT_OUT = "left_out"
    FIRST_GOES_ON = "first_goes_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDecision:
    """Quyết định về khóa của một máy. A record of the office that decided; it never travels.

    `unit` is the office the PC (`device`) works for. `first` to `last` are entries of its history `epoch` (0 = none):
    for a revocation `last` is the last one that is trusted. `why` is lost | stolen | retired | forked of a revocation,
    `reason` the officer's own words. Who and when are told by the journal.
    """

    id: str
    office: str
    unit: str
    device: str
    step: KeyStep
    epoch: int = 0
    first: int = 0
    last: int = 0
    why: str = ""
    reason: str = ""
