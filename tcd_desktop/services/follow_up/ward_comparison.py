"""The district's board: every ward side by side over a period, its months, directives and last bundle. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from tcd_desktop.domain.follow_up.directive import Directive, DirectiveProgress
from tcd_desktop.domain.office import Device, Office
from tcd_desktop.services.follow_up.directive_desk import DirectiveLine
from tcd_desktop.store.figures.ward_figures import WardFigures, visits_by_month, ward_figures
from tcd_desktop.store.journal import ledger
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection, Store

MONTHS = 12
"""So many months are drawn, the present one last."""


@dataclass(frozen=True, slots=True)
class ComparedWard:
    """One ward. `months` are its visits of each month of the comparison, `last` the last bundle imported from it.

    `waiting` are the ids of the directives it has still to carry out, `late` of those whose day has passed.
    """

    office: str
    name: str
    devices: int
    figures: WardFigures
    months: tuple[int, ...]
    waiting: frozenset[str]
    late: frozenset[str]
    last: LedgerLine | None

    @property
    def directives_open(self) -> int:
        """How many directives are still to be carried out; one given to several wards is one in their sum."""
        return len(self.waiting)

    @property
    def directives_overdue(self) -> int:
        """How many of them are late."""
        return len(self.late)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All wards by code; `months` are first days, `total` adds the wards up. `running`: the last month is not over."""

    since: date
    until: date
    months: tuple[date, ...]
    wards: tuple[ComparedWard, ...]
    total: ComparedWard
    running: bool = False


def compare(store: Store, own: str, since: date, until: date, today: date) -> Comparison:
    """Compares the wards that are enrolled at this office; both days are included."""
    devices: dict[str, list[Device]] = {}
    for device in store.all(Device, "unit <> ? ORDER BY unit, series", (own,)):
        devices.setdefault(device.unit, []).append(device)
    names = {office.id: office.name for office in store.all(Office)}
    codes = sorted(devices)
    last_day = min(until, today)
    months = tuple(last_months(last_day, MONTHS))
    with store.reading() as connection:
        figures = ward_figures(connection, codes, min(since, last_day), last_day, today)
        visits = visits_by_month(connection, codes, months)
        last = {line.office: line for line in ledger.latest_applied(connection)}
        waiting, late = _directives(connection, today)
    wards = tuple(
        ComparedWard(
            office=one.office,
            name=names.get(one.office) or devices[one.office][0].name,
            devices=len(devices[one.office]),
            figures=one,
            months=tuple(visits[one.office]),
            waiting=frozenset(waiting.get(one.office, ())),
            late=frozenset(late.get(one.office, ())),
            last=last.get(one.office),
        )
        for one in figures
    )
    return Comparison(since, until, months, wards, total_of(wards), months[-1] == today.replace(day=1))


def total_of(wards: Sequence[ComparedWard]) -> ComparedWard:
    """The sum of some wards."""
    total = WardFigures("")
    for ward in wards:
        for f in fields(WardFigures):
            if f.name == "cases":
                total.cases = dict(Counter(total.cases) + Counter(ward.figures.cases))
            elif f.name != "office":
                setattr(total, f.name, getattr(total, f.name) + getattr(ward.figures, f.name))
    months = tuple(map(sum, zip(*(ward.months for ward in wards), strict=True)))
    return ComparedWard(
        office="",
        name="",
        devices=sum(ward.devices for ward in wards),
        figures=total,
        months=months,
        waiting=frozenset[str]().union(*(ward.waiting for ward in wards)),
        late=frozenset[str]().union(*(ward.late for ward in wards)),
        last=None,
    )


def last_months(until: date, count: int) -> list[date]:
    """The first days of the months that end with the one of `until`, in order of time."""
    first = until.year * 12 + until.month - count
    return [date(month // 12, month % 12 + 1, 1) for month in range(max(first, 12), first + count)]


def _directives(connection: Connection, today: date) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """(ward -> directives it has still to carry out, those of them whose day has passed)."""
    waiting: dict[str, set[str]] = {}
    late: dict[str, set[str]] = {}
    for directive in ROWS["directive"].some(connection, "removed = '' AND closed_on IS NULL", ()):
        assert isinstance(directive, Directive)
        told: list[DirectiveProgress] = ROWS["directive_progress"].some(
            connection, "directive = ? AND removed = '' ORDER BY \"on\" DESC, id DESC", (directive.id,)
        )
        line = DirectiveLine(directive, tuple(told), ())
        for unit in line.waiting_for:
            waiting.setdefault(unit, set()).add(directive.id)
            if line.overdue_by(today):
                late.setdefault(unit, set()).add(directive.id)
    return waiting, late
