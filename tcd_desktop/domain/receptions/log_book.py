"""The log book of a period (sổ tiếp công dân, Mẫu số 03/TCD): which lines, what one says, what they add up to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import CaseState, Classification, ReceiverRank


class Receivers(StrEnum):
    """Tất cả; công chức tiếp thường xuyên; lãnh đạo tiếp (thủ trưởng hoặc người được ủy quyền)."""

    ALL = "all"
    OFFICERS = "officers"
    HEAD = "head"


BY_HEAD = (ReceiverRank.HEAD, ReceiverRank.DELEGATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookQuery:
    """Which lines: of one office (its code), from one day to another, both included; perhaps only some kinds."""

    office: str
    since: date
    until: date
    receivers: Receivers = Receivers.ALL
    classification: Classification | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCount:
    """How many lines a book has, and how many of them are denunciations whose identity is closed."""

    lines: int
    secret: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One line. `case_...` tell of its matter (vụ việc), `same_visit` is the number of the first line of its visit."""

    visit: Reception
    case_number: str = ""
    case_state: CaseState | None = None
    case_result: SettlementResult | None = None
    same_visit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogBook:
    """The book as a paper: whose, of which days, made when and by whom.

    `reason` is why the identities of denouncers stand in it; "" = they are left out. `practice`: a training copy.
    """

    query: BookQuery
    superior_name: str
    office_name: str
    locality: str
    made_on: date
    officer: str
    reason: str = ""
    practice: bool = False

    @property
    def several_years(self) -> bool:
        """The numbers begin anew within the book, so each is printed with its year."""
        return self.query.since.year != self.query.until.year


@dataclass(slots=True)
class BookTotals:
    """What lines add up to. A visit with several contents (same_visit) is one visit, its people are counted once;
    lines in the recycle bin keep their number and count nothing."""

    lines: int = 0
    visits: int = 0
    people: int = 0
    crowds: int = 0
    by_head: int = 0
    classes: Counter[Classification] = field(default_factory=Counter)
    _day: date | None = None
    _seen: set[str] = field(default_factory=set)

    def add(self, visit: Reception) -> None:
        """The next line, in the order of days."""
        self.lines += 1
        if visit.removed:
            return
        if visit.classification is not None:
            self.classes[visit.classification] += 1
        if visit.date != self._day:  # lines of one visit are of one day: no more need be remembered
            self._day = visit.date
            self._seen.clear()
        first = visit.same_visit or visit.id
        if first in self._seen:
            return
        self._seen.add(first)
        self.visits += 1
        self.people += visit.people
        self.crowds += visit.is_crowd
        self.by_head += visit.receiver_rank in BY_HEAD
