"""The days of a year on which the office does not work as on any other: shipped ones and the office's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.clocks.calendar import WorkingCalendar
from tcd_desktop.domain.office import DayOff
from tcd_desktop.i18n import _
from tcd_desktop.ui.lists.paged_model import Chip


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One day. `own` is the office's line, None for a day of the program or of the superior (`above`)."""

    day: date
    working: bool
    reason: str
    own: DayOff | None
    announced: bool
    above: DayOff | None = None

    @property
    def id(self) -> str:
        """A row is known by its day."""
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The rows of a year, and the calendar they add up to."""

    year: int
    rows: tuple[CalendarRow, ...]
    calendar: WorkingCalendar
    announced: bool


def calendar_year(year: int, lines: Sequence[DayOff], office: str = "") -> CalendarYear:
    """The days of a year in order; a line of the superior stands over the shipped one, an own line over both.

    `lines` in the order of their weight; `office` is the code of the own office ("" = all of them are its own).
    """
    from tcd_desktop import law  # today's screen shares this module's words and needs no law

    shipped = law.calendar_for([year])
    announced = law.is_announced(year)
    rows = {
        day: CalendarRow(day, working, reason, None, announced)
        for working, days in ((False, shipped.days_off), (True, shipped.working))
        for day, reason in days.items()
    }
    for line in lines:
        if line.day.year == year:
            own = line if office in ("", line.office) else None
            above = None if own else line
            rows[line.day] = CalendarRow(line.day, line.working, line.reason, own, True, above)
    kept = tuple(rows[day] for day in sorted(rows))
    return CalendarYear(year, kept, law.calendar_for([year], lines), announced)


def kind_chip(row: CalendarRow) -> Chip:
    """Nghỉ, or làm bù."""
    if row.working:
        return Chip(_("Working day"), "accent", "clipboard-pen")
    return Chip(_("Day off"), "success", "calendar-off")


def source_chip(row: CalendarRow) -> Chip:
    """Where a line comes from."""
    if row.own:
        return Chip(_("Own line"), "neutral", "pencil")
    if row.above:
        return Chip(_("Of the superior office"), "accent", "download")
    if not row.announced:
        return Chip(_("Not announced yet"), "warning", "hourglass")
    return Chip(_("Of the State"), "closed", "landmark")
