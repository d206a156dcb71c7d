"""Rules of the head's receptions: which step follows which, what is wrong with one, when its notice must be up.

Luật Tiếp công dân Điều 15, 18, 24; NĐ 154/2026 Điều 25, 26, 29. Codes of problems: missing, sitting_off (a day off),
end_before_start, sitting_overlap, dialogue_case, attendees_unposted, expected_unposted, posted_late, posting_late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, time
from typing import Any, Final

from tcd_desktop.domain.clocks.calendar import WorkingCalendar
from tcd_desktop.domain.language.text import clean_block, clean_line, text_problem
from tcd_desktop.domain.problems import Problem, Problems, Refused
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.terms import HostBody, ReceptionForm, SittingKind, SittingState

TRANSITIONS: Final[Mapping[SittingState, frozenset[SittingState]]] = {
    SittingState.PLANNED: frozenset(
        {SittingState.POSTED, SittingState.HELD, SittingState.NOBODY_CAME, SittingState.POSTPONED}
    ),
    SittingState.POSTED: frozenset({SittingState.HELD, SittingState.NOBODY_CAME, SittingState.POSTPONED}),
    SittingState.NOBODY_CAME: frozenset({SittingState.HELD}),
    SittingState.HELD: frozenset(),
    SittingState.POSTPONED: frozenset(),
}
"""Dự kiến → đã công bố → đã tiếp | không có công dân | hoãn. Somebody may still come on a day when nobody had."""

OPEN_STATES: Final = frozenset({SittingState.PLANNED, SittingState.POSTED})
"""States in which the day is still to come, or nobody has said what happened."""

TAKES_PLACE: Final = frozenset({SittingState.HELD, SittingState.NOBODY_CAME})

NOTICE_CLOCKS: Final = {
    SittingKind.PERIODIC: "TCD.calendar",
    SittingKind.DIALOGUE: "KN.dialogue",
}
"""What must be told beforehand: the calendar 5 working days (Luật Điều 24(4)), a dialogue 5 days (NĐ 155/2026 Điều 11).
An unscheduled reception is announced by nothing."""

TEXT_LIMIT: Final = 500
LONG_TEXTS: Final = {"attendees": 2000, "expected": 5000, "minutes": 20_000, "result": 5000, "content": 10_000}
_BLOCKS: Final = frozenset({"attendees", "expected", "minutes", "result", "content"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingDraft:
    """What is typed about a sitting before it is held (domain 6.5)."""

    day: date | None = None
    start: time | None = None
    end: time | None = None
    kind: SittingKind = SittingKind.PERIODIC
    form: ReceptionForm = ReceptionForm.DIRECT
    host: HostBody = HostBody.COMMITTEE
    leader: str = ""
    leader_title: str = ""
    delegate: str = ""
    place: str = ""
    attendees: str = ""
    expected: str = ""
    case: str | None = None

    def problems(self, calendar: WorkingCalendar, others: Iterable[Sitting] = ()) -> Problems:
        """Field -> what is missing, impossible or doubtful. `others` are the sittings of the same day."""
        found = {name: Problem("missing") for name in ("day", "leader", "place") if not getattr(self, name)}
        found |= text_problems(self)
        if self.start and self.end and self.end <= self.start:
            found["end"] = Problem("end_before_start", {"start": self.start})
        if self.kind is SittingKind.DIALOGUE and not self.case:
            found["case"] = Problem("dialogue_case")
        if self.day is not None and "day" not in found:
            clash = next((one for one in others if overlap(self, one)), None)
            off = _reason_off(calendar, self.day)
            if clash is not None:
                found["day"] = Problem("sitting_overlap", {"leader": clash.leader})
            elif off:
                found["day"] = Problem("sitting_off", {"reason": off}, warning=True)
        return found


DRAFT_FIELDS: Final = tuple(field.name for field in fields(SittingDraft))


def draft_of(sitting: Sitting) -> SittingDraft:
    """A saved sitting as it was typed."""
    return SittingDraft(**{name: getattr(sitting, name) for name in DRAFT_FIELDS})


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Texts in NFC without spaces around them."""
    return {
        name: (clean_block if name in _BLOCKS else clean_line)(value) if type(value) is str else value
        for name, value in values.items()
    }


def text_problems(record: SittingDraft | Conclusion) -> dict[str, Problem]:
    """Field -> a text that is too long or has signs nobody types."""
    found: dict[str, Problem] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if type(value) is str and field.name not in ("id", "office", "case", "sitting", "reception"):
            limit = LONG_TEXTS.get(field.name, TEXT_LIMIT)
            problem = text_problem(value, limit, multiline=field.name in _BLOCKS)
            if problem:
                found[field.name] = problem
    return found


def _reason_off(calendar: WorkingCalendar, day: date) -> str:
    try:
        return calendar.reason_off(day) or ""
    except Refused:  # a slip of the keyboard: the year 2206
        return ""


def overlap(one: SittingDraft | Sitting, other: Sitting) -> bool:
    """Two sittings of one head at one time; hours that were not given are the whole day."""
    if other.removed or other.state is SittingState.POSTPONED or one.day != other.day:
        return False
    if one.delegate != other.delegate or one.leader != other.leader:
        return False
    begin, end = one.start or time.min, one.end or time.max
    return begin < (other.end or time.max) and (other.start or time.min) < end


def check_step(sitting: Sitting, to: SittingState, today: date) -> None:
    """Raises Refused("sitting_step") when the table does not allow it, Refused("sitting_not_yet") before the day."""
    if to not in TRANSITIONS[sitting.state]:
        raise Refused("sitting_step", current=sitting.state, to=to)
    if to in TAKES_PLACE and sitting.day > today:
        raise Refused("sitting_not_yet", day=sitting.day)


def needs_outcome(sitting: Sitting, today: date) -> bool:
    """True when the day has gone by and nobody has said what happened."""
    return sitting.state in OPEN_STATES and sitting.day < today and not sitting.removed


def posting_problems(sitting: Sitting, post_by: date | None, on: date) -> Problems:
    """What is doubtful about putting a sitting's notice up on a day (Luật Điều 24(2), (4))."""
    found: dict[str, Problem] = {}
    if not sitting.attendees:
        found["attendees"] = Problem("attendees_unposted", warning=True)
    if not sitting.expected:
        found["expected"] = Problem("expected_unposted", warning=True)
    if post_by is not None and on > post_by:
        found["posted_on"] = Problem("posted_late", {"due": post_by}, warning=True)
    return found


def conclusion_problems(conclusion: Conclusion, sitting: Sitting) -> Problems:
    """What is missing or doubtful in a conclusion (NĐ 154/2026 Điều 25: who, until when, whom to ask)."""
    found: dict[str, Problem] = dict(text_problems(conclusion))
    for name in ("content", "responsible"):
        if not getattr(conclusion, name):
            found[name] = Problem("missing")
    if conclusion.due is None:
        found["due"] = Problem("conclusion_due", warning=True)
    elif conclusion.due < sitting.day:
        found["due"] = Problem("before_sitting", {"day": sitting.day})
    if not conclusion.contact:
        found["contact"] = Problem("conclusion_contact", warning=True)
    return found


def moved(sitting: Sitting, identity: str, draft: SittingDraft) -> Sitting:
    """The sitting that takes the place of a postponed one."""
    values = {name: getattr(draft, name) for name in DRAFT_FIELDS}
    return replace(
        sitting,
        **values,
        id=identity,
        state=SittingState.PLANNED,
        posted_on=None,
        posted_online=False,
        reason="",
        moved_from=sitting.day,
        moved_to=None,
        minutes="",
        result="",
    )
