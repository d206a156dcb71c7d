"""What happened after a visit: answered in time, late, not yet, overdue (Luật Tiếp công dân Điều 28)."""

from __future__ import annotations

from enum import StrEnum

from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Direction
from tcd_desktop.practice.names import Chance, pick
from tcd_desktop.practice.office_days import ANSWER_DAYS


class Outcome(StrEnum):
    """How the duty to answer stands on the day the practice district ends."""

    ANSWERED_ON_TIME = "answered_on_time"
    ANSWERED_LATE = "answered_late"
    OPEN = "open"
    OVERDUE = "overdue"


_AT_ONCE = frozenset({Direction.GUIDE, Direction.EXPLAIN, Direction.REFUSE})
"""Directions whose answer is mostly given at the table."""

_KINDS: dict[Direction, tuple[AnswerKind, ...]] = {
    Direction.ACCEPT: (AnswerKind.ACCEPTED,) * 5 + (AnswerKind.EXTENDED,),
    Direction.TO_HEAD: (AnswerKind.ACCEPTED,) * 3 + (AnswerKind.EXTENDED,),
    Direction.FORWARD: (AnswerKind.FORWARDED,),
    Direction.REQUIRE_LOWER: (AnswerKind.FORWARDED, AnswerKind.EXTENDED),
    Direction.GUIDE: (AnswerKind.NOT_ACCEPTED,),
    Direction.EXPLAIN: (AnswerKind.NOT_ACCEPTED,),
    Direction.REFUSE: (AnswerKind.NOT_ACCEPTED,),
}

_LATELY, _RECENTLY = 15, 60
"""Working days since the answer was due: the younger, the more of them still wait."""

_LATE = 0.06


def answered_after(chance: Chance, direction: Direction, since: int) -> int | None:
    """Working days from a visit to its answer, None: no answer. `since`: from the visit to the last day."""
    if direction in _AT_ONCE and chance() < 0.9:
        return 0
    overdue = since - ANSWER_DAYS
    if overdue < 0:
        days = 1 + int(chance() * ANSWER_DAYS)
        return days if days <= since and chance() < 0.6 else None
    fate = chance()
    forgotten = 0.22 if overdue <= _LATELY else 0.07 if overdue <= _RECENTLY else 0.003
    if fate < forgotten:
        return None
    if fate < forgotten + _LATE:
        days = ANSWER_DAYS + 1 + int(chance() * 20)
        return days if days <= since else None
    return 1 + int(chance() * ANSWER_DAYS)


def outcome(days: int | None, since: int) -> Outcome:
    """The word for `answered_after`."""
    if days is None:
        return Outcome.OVERDUE if since > ANSWER_DAYS else Outcome.OPEN
    return Outcome.ANSWERED_ON_TIME if days <= ANSWER_DAYS else Outcome.ANSWERED_LATE


def answer(chance: Chance, direction: Direction, days: int) -> tuple[AnswerKind, AnswerChannel]:
    """Kind and channel of an answer given so many working days after the visit."""
    written = 0.1 if days == 0 else 0.75
    channel = AnswerChannel.WRITTEN if chance() < written else AnswerChannel.IN_PERSON
    return pick(chance, _KINDS[direction]), channel
