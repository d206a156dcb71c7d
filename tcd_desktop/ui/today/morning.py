"""What the morning screen shows, read at once in a reader thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.board import TodayFigures, WardLine
from tcd_desktop.store.lists.pages import CaseQuery, Count, ReceptionPages, ReceptionQuery
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.exchange.standing import Standing, standing
from tcd_desktop.ui.today.follow_tasks import FollowLine
from tcd_desktop.ui.today.tasks import Task, read_tasks
from tcd_desktop.ui.wards.ward_state import is_missing

SHOWN = 50
"""Lines of the list of late answers; the figure above opens the whole list."""
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Morning:
    """A ward: its figures, its exchange and what there is to do. A district: its wards and their late answers."""

    today: date
    figures: TodayFigures | None
    late: tuple[Reception, ...]
    names: dict[str, str]
    standing: Standing | None
    wards: tuple[WardLine, ...]
    soon: Count
    begun: bool
    tasks: tuple[Task, ...] = ()
    late_directives: int = 0
    reports: tuple[FollowLine, ...] = ()

    @property
    def missing(self) -> tuple[WardLine, ...]:
        """The wards that have not sent."""
        return tuple(line for line in self.wards if is_missing(line, self.today))

    def total(self, name: str) -> int:
        """The sum of one figure over the wards."""
        return sum(getattr(line.counts, name) for line in self.wards)


def read_morning(office: OpenOffice) -> Morning:
    """Reads everything."""
    today = office.today()
    superior = office.is_superior
    late = waiting(office, today + SOON) if superior else ()
    wards = tuple(office.board.wards()) if superior else ()
    with office.store.reading() as connection:
        pages = ReceptionPages()
        begun = bool(pages.page(connection, ReceptionQuery(), size=1).rows)
        overdue = pages.count(connection, late_query(office, today - timedelta(days=1)))
        week = pages.count(connection, late_query(office, today + SOON))
    at = None if superior else standing(office)
    return Morning(
        today=today,
        figures=None if superior else office.board.today(),
        late=late,
        names=office_names(office) if superior else {},
        standing=at,
        wards=wards,
        soon=Count(week.value - overdue.value, week.capped),
        begun=begun or bool(wards),
        tasks=() if superior else read_tasks(office, at),
        late_directives=len(office.directives.overdue()) if superior else 0,
        reports=_reports(office) if superior else (),
    )


def _reports(office: OpenOffice) -> tuple[FollowLine, ...]:
    from tcd_desktop.ui.today.key_tasks import key_lines
    from tcd_desktop.ui.today.report_tasks import report_lines

    return (*key_lines(office), *report_lines(office))


def waiting(office: OpenOffice, until: date) -> tuple[Reception, ...]:
    """The visits without an answer that were due by a day, the latest first in line."""
    where = "answered_on IS NULL AND answer_due IS NOT NULL AND answer_due <= ? AND removed = ''"
    where = f"{where} ORDER BY answer_due, office, id LIMIT ?"
    found = office.store.all(Reception, where, (until.isoformat(), SHOWN))
    return tuple(found)


def late_query(office: OpenOffice, until: date) -> ReceptionQuery:
    """The list behind a figure of unanswered visits."""
    mine = () if office.is_superior else (office.office.id,)
    return ReceptionQuery(offices=mine, waiting_by=until)


def open_cases(office: OpenOffice) -> CaseQuery:
    """The cases that are not closed."""
    mine = () if office.is_superior else (office.office.id,)
    return CaseQuery(offices=mine, open_only=True)
