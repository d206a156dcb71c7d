"""Where the list of visits comes from, and what it may be asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from tcd_desktop.domain.clocks.periods import Period, span
from tcd_desktop.domain.office import Office
from tcd_desktop.domain.terms import Classification, Direction, ReceiverRank, ReceptionKind
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import journal
from tcd_desktop.store.lists.pages import Count, Cursor, Page, ReceptionQuery, ReceptionRow
from tcd_desktop.ui.lists.paged_model import EVERY

EVER = timedelta(days=3660)
"""Later than any deadline that runs now: "waiting" means every visit that is not answered."""


class Waiting(StrEnum):
    """Which visits the list shows: all, those without an answer, those whose answer is late, those with one."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class ListChoice:
    """What the officer asked the list for: words, and the filters above it.

    `by`: of the visits that wait, those due by a day. `period` is seen from today; without one, `since` and `until`
    count. `slip`: with or without a printed slip. `batch` is the id of an old book that was imported.
    `visits`: each visit once, whatever the number of its contents.
    """

    text: str = ""
    waiting: Waiting = Waiting.ALL
    classification: Classification | None = None
    office: str = ""
    citizen: str = ""
    by: date | None = None
    period: Period | None = None
    since: date | None = None
    until: date | None = None
    direction: Direction | None = None
    kind: ReceptionKind | None = None
    rank: ReceiverRank | None = None
    crowd: bool = False
    slip: bool | None = None
    batch: str = ""
    visits: bool = False

    @property
    def filtered(self) -> bool:
        """True when it is not the whole log."""
        return replace(self, text=self.text.strip()) != type(self)()

    def query(self, today: date) -> ReceptionQuery:
        """The same as a question to the store."""
        until = {Waiting.OPEN: self.by or today + EVER, Waiting.OVERDUE: today - timedelta(days=1)}
        since, last = span(self.period, today) if self.period else (self.since, self.until)
        return ReceptionQuery(
            text=self.text,
            waiting_by=until.get(self.waiting),
            answered=True if self.waiting is Waiting.ANSWERED else None,
            classification=self.classification,
            offices=(self.office,) if self.office else (),
            citizen=self.citizen or None,
            since=since,
            until=last,
            direction=self.direction,
            kind=self.kind,
            rank=self.rank,
            crowd=self.crowd,
            slip=self.slip,
            batch=self.batch or None,
            visits=self.visits,
        )

    def values(self) -> dict[str, str]:
        """The filters as texts by key, without those that are off: for chips and the settings. Not the words."""
        found = {}
        for f in fields(self):
            value = getattr(self, f.name)
            if f.name != "text" and value != f.default:
                found[f.name] = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        return found

    def with_values(self, values: Mapping[str, str]) -> ListChoice:
        """The same words with these filters; what is not understood any more is left out."""
        given = {}
        for name, read in _READ.items():
            if name in values:
                try:
                    given[name] = read(values[name])
                except (ValueError, KeyError):
                    continue
        return ListChoice(text=self.text, **given)


_YES_NO = {"yes": True, "no": False}.__getitem__
_READ: dict[str, Callable[[str], Any]] = {
    "waiting": Waiting,
    "classification": Classification,
    "office": str,
    "citizen": str,
    "by": date.fromisoformat,
    "period": Period,
    "since": date.fromisoformat,
    "until": date.fromisoformat,
    "direction": Direction,
    "kind": ReceptionKind,
    "rank": ReceiverRank,
    "crowd": _YES_NO,
    "slip": _YES_NO,
    "batch": str,
    "visits": _YES_NO,
}


@dataclass(slots=True)
class OfficeNames:
    """Code of an office -> its name, read once and again after an exchange. Used in reader threads."""

    office: OpenOffice
    _names: dict[str, str] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """The office's name; its code while nothing else is known."""
        if not self._names:
            self._names = {one.id: one.name for one in self.office.store.all(Office)}
        return self._names.get(code, code)

    def all(self) -> list[tuple[str, str]]:
        """(code, name) of every office known here, by code."""
        self.name("")
        return sorted(self._names.items())

    def forget(self) -> None:
        """Names may have changed."""
        self._names = {}


class ReceptionSource:
    """The log of an office (at the superior: of all its wards) as pages; each call has its own connection."""

    def __init__(self, office: OpenOffice) -> None:
        self._store = office.store
        self._pages = office.receptions.pages

    def page(self, query: ReceptionQuery, *, before: Cursor | None, size: int) -> Page[ReceptionRow]:
        """`size` visits that follow a cursor, newest first."""
        with self._store.reading() as connection:
            page = self._pages.page(connection, query, before=before, size=size)
            changed = journal.amended(connection, [row.id for row in page.rows])
        return replace(page, rows=tuple(replace(row, amended=row.id in changed) for row in page.rows))

    def count(self, query: ReceptionQuery, cap: int) -> Count:
        """How many visits there are."""
        with self._store.reading() as connection:
            return self._pages.count(connection, query, cap=cap)

    def anchors(self, query: ReceptionQuery, every: int = EVERY) -> Sequence[Cursor]:
        """A cursor for every so many visits."""
        with self._store.reading() as connection:
            return self._pages.anchors(connection, query, every=every)


def every_row(office: OpenOffice, query: ReceptionQuery) -> Iterator[ReceptionRow]:
    """Every visit of a list with the whole of its texts, from one state of the data. For a reader thread."""
    with office.store.reading() as connection:
        cursor = None
        while True:
            page = office.receptions.pages.page(connection, query, before=cursor, size=1000, whole=True)
            yield from page.rows
            cursor = page.next
            if cursor is None:
                return
