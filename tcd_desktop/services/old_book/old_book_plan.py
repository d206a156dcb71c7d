"""What an import of an old book would do with each line: take it and under which number, or leave it out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.old_book.old_book_rows import Doubt, OldLine
from tcd_desktop.domain.problems import Problem, Refused
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.jobs import Progress, SilentProgress, stop_if_cancelled
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.services.receptions.log_lines import cleaned
from tcd_desktop.store.figures import book_numbers
from tcd_desktop.store.store import Connection, Store

MOST_GAPS: Final = 2_000
"""Numbers a year's book may lack. A number beyond is no running number (a wrong column): the line gets a new one."""

DROPPED: Final = ("birth_date", "id_issued", "forwarded_on", "end_time")
"""Impossible values of these are left out, and told; they do not keep a line out."""
_STOPPING: Final = frozenset({"future_date", "too_long", "bad_character", "not_nfc", "people_range"})
"""What cannot be stored or cannot have happened. What an old book lacks is noted and does not stop a line."""
_WARNED: Final = ("id_number", "phone")
_EMPTY: Final[dict[str, Any]] = {f.name: f.default for f in fields(ReceptionDraft)}
EVERY: Final = 200
"""Lines between two looks at the wish to stop."""


class Fate(StrEnum):
    """What becomes of a line."""

    READY = "ready"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Planned:
    """A line with its fate. `number` is the one it would get; `own` whether that is the book's own."""

    line: OldLine
    fate: Fate
    number: int = 0
    own: bool = True

    @property
    def is_taken(self) -> bool:
        """Whether it would be written into the log."""
        return self.fate in (Fate.READY, Fate.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Plan:
    """All lines of a book in its order."""

    lines: tuple[Planned, ...] = ()

    def count(self, fate: Fate) -> int:
        """How many lines have a fate."""
        return sum(planned.fate is fate for planned in self.lines)

    @property
    def taken(self) -> int:
        """How many lines would be written into the log."""
        return sum(planned.is_taken for planned in self.lines)

    @property
    def mended(self) -> int:
        """In how many cells letters were mended."""
        return sum(planned.line.mended for planned in self.lines)

    def reasons(self) -> Counter[tuple[str, str]]:
        """(field, code) -> how many lines have this doubt or reason."""
        return Counter(
            (doubt.field, doubt.problem.code)
            for planned in self.lines
            for doubt in (planned.line.stops if planned.fate is Fate.REFUSED else planned.line.doubts)
        )


class Planner:
    """Looks at the log as it is now. `today` is the office's day, `series` this PC's number series."""

    def __init__(self, store: Store, *, office: str, series: str, secrecy: Secrecy, today: Callable[[], date]) -> None:
        self._store = store
        self._office = office
        self._series = series
        self._secrecy = secrecy
        self._today = today

    def plan(self, lines: Iterable[OldLine], progress: Progress | None = None) -> Plan:
        """What would become of the lines. Writes nothing. Raises Cancelled."""
        watch = progress or SilentProgress()
        looked = [self._looked(line) for line in _watched(lines, watch)]
        with self._store.reading() as connection:
            fates = self._fates(connection, looked)
            return Plan(tuple(self._numbered(connection, looked, fates)))

    def _looked(self, line: OldLine) -> OldLine:
        """The line with what today's rules say of it: impossible values out, what stops and what is doubtful."""
        draft = cleaned(line.draft)
        stops, doubts = list(line.stops), list(line.doubts)
        told = {doubt.field for doubt in doubts}
        for name, problem in draft.problems(self._today()).items():
            if problem.warning:
                if name in _WARNED and name not in told and problem.code != "no_id_number":
                    doubts.append(Doubt(name, problem))
            elif name in DROPPED:
                draft = _without(draft, name)
                doubts.append(Doubt(name, Problem("value_dropped", warning=True)))
            elif problem.code in _STOPPING:
                stops.append(Doubt(name, problem))
        return replace(line, draft=draft, stops=tuple(stops), doubts=tuple(doubts))

    def _fates(self, connection: Connection, lines: list[OldLine]) -> list[Fate]:
        known = _KnownVisits(connection, self._store, self._office, self._secrecy, lines)
        seen: dict[tuple[Any, ...], OldLine] = {}
        fates = []
        for place, line in enumerate(lines):
            first = seen.setdefault(_identity(line), line)
            if line.stops:
                fates.append(Fate.REFUSED)
            elif first is not line:
                twice = Doubt("number", Problem("line_twice", {"row": first.row}))
                lines[place] = replace(line, stops=(*line.stops, twice))
                fates.append(Fate.REFUSED)
            elif known.has(line):
                fates.append(Fate.KNOWN)
            else:
                fates.append(Fate.DOUBTFUL if line.doubts else Fate.READY)
        return fates

    def _numbered(self, connection: Connection, lines: list[OldLine], fates: list[Fate]) -> Iterator[Planned]:
        """Own numbers first, so that a line without one never takes that of a later line."""
        taken: dict[int, set[int]] = {}
        own: list[int | None] = []
        sizes = Counter(line.draft.date.year for line in lines if line.draft.date)
        for line, fate in zip(lines, fates, strict=True):
            year = line.draft.date.year if line.draft.date else 0
            if fate not in (Fate.READY, Fate.DOUBTFUL):
                own.append(None)
                continue
            if year not in taken:
                taken[year] = book_numbers.taken_numbers(connection, self._office, year, self._series)
            number = line.number
            free = number is not None and 0 < number <= sizes[year] + MOST_GAPS and number not in taken[year]
            own.append(number if free else None)
            if free and number is not None:
                taken[year].add(number)
        last = {year: max(numbers, default=0) for year, numbers in taken.items()}
        for line, fate, number in zip(lines, fates, own, strict=True):
            if fate not in (Fate.READY, Fate.DOUBTFUL):
                yield Planned(line, fate)
            elif number is not None:
                yield Planned(line, fate, number)
            else:
                year = line.draft.date.year if line.draft.date else 0
                last[year] += 1
                yield self._renumbered(line, last[year])

    def _renumbered(self, line: OldLine, number: int) -> Planned:
        code = "number_taken" if line.number else "number_missing"
        facts = {"old": line.number or 0, "new": number}
        doubt = Doubt("number", Problem(code, facts, warning=True))
        return Planned(replace(line, doubts=(*line.doubts, doubt)), Fate.DOUBTFUL, number, own=False)


def _watched(lines: Iterable[OldLine], progress: Progress) -> Iterator[OldLine]:
    for number, line in enumerate(lines):
        if number % EVERY == 0:
            stop_if_cancelled(progress)
            progress.step(number, 0)
        yield line


def _without(draft: ReceptionDraft, name: str) -> ReceptionDraft:
    return replace(draft, **{name: _EMPTY[name]})


def _identity(line: OldLine) -> tuple[Any, ...]:
    """By which a line is known again: number, day, name; without a number also the content."""
    draft = line.draft
    tail = fold(draft.content)[:200] if line.number is None else ""
    return line.number, draft.date, fold(draft.name), tail


class _KnownVisits:
    """The visits of the log on the days of a book, to know again what is there already."""

    def __init__(
        self, connection: Connection, store: Store, office: str, secrecy: Secrecy, lines: list[OldLine]
    ) -> None:
        self._store, self._secrecy = store, secrecy
        days = (line.draft.date.isoformat() for line in lines if line.draft.date)
        self._numbers: set[tuple[str, int, str]] = set()
        self._contents: set[tuple[str, str, str]] = set()
        self._sealed: dict[str, list[tuple[str, int, str]]] = {}
        for identity, day, number, name, content, sealed in book_numbers.visits_on(connection, office, days):
            if sealed:
                self._sealed.setdefault(day, []).append((identity, number, fold(content)))
            else:
                self._numbers.add((day, number, fold(name)))
                self._contents.add((day, fold(name), fold(content)))

    def has(self, line: OldLine) -> bool:
        """The same day and person, and the same number or the same content."""
        draft = line.draft
        if draft.date is None:
            return False
        day, name, content = draft.date.isoformat(), fold(draft.name), fold(draft.content)
        if draft.is_secret:
            return any(
                (number == line.number or told == content) and self._is_named(identity, name)
                for identity, number, told in self._sealed.get(day, ())
            )
        return (line.number is not None and (day, line.number, name) in self._numbers) or (
            (day, name, content) in self._contents
        )

    def _is_named(self, identity: str, name: str) -> bool:
        """Compared inside the program only: nothing of the sealed identity leaves this method."""
        visit = self._store.find(Reception, identity)
        if visit is None:
            return False
        try:
            return fold(self._secrecy.open(visit).name) == name
        except Refused:
            return True  # sealed for others: the same day and number or content must do
