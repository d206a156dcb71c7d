"""Words from above that have to be carried out (ý kiến chỉ đạo), what was done, and who was reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ReminderAbout


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """Ý kiến chỉ đạo of the Government, a ministry, the city or the district. A record of the superior office.

    `units` are the codes of the offices that have to act, `cases` ids of the matters concerned; `closed_on` is the
    day on which the superior found it carried out.
    """

    id: str
    office: str
    level: DirectiveLevel
    issuer: str
    number: str = ""
    issued_on: date
    content: str
    due: date | None = None
    units: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    closed_on: date | None = None
    removed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveProgress:
    """Tình hình thực hiện, told by the office that has to act. `done`: carried out, in its own word."""

    id: str
    office: str
    directive: str
    on: date
    content: str
    done: bool = False
    removed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Văn bản đôn đốc: the `nth` one to an office about a directive, a case, an obligation or a missing bundle."""

    id: str
    office: str
    about: ReminderAbout
    target: str
    unit: str
    on: date
    nth: int = 1
    number: str = ""
    content: str = ""
    due: date | None = None
    removed: str = ""
