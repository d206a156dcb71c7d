"""The list of directives: what is read, its columns and chips, and which lines a filter leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.follow_up.directive import DirectiveProgress, Reminder
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.domain.language.text import fold
from tcd_desktop.i18n import _, lazy
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.follow_up.directive_desk import DirectiveLine
from tcd_desktop.ui.cases.case_words import due_chip, short_day, short_office
from tcd_desktop.ui.directives.case_links import CaseLink, case_links
from tcd_desktop.ui.exchange.known_offices import office_names
from tcd_desktop.ui.filters.dimensions import Dimension, from_terms
from tcd_desktop.ui.lists.list_columns import Chip, Column
from tcd_desktop.words import label

ANY_WARD = "*"
"""In the place of an office's code: some ward, not this office itself."""
ALL, OPEN, OVERDUE = range(3)
"""The buttons above the list."""


@dataclass(frozen=True, slots=True)
class DirectiveBook:
    """Everything the desk shows of the directives, read at once in a reader thread."""

    office: str
    today: date
    lines: tuple[DirectiveLine, ...]
    names: dict[str, str]
    cases: dict[str, CaseLink]

    def name(self, code: str) -> str:
        """An office in a narrow place."""
        return short_office(self.names.get(code, code))

    def line(self, directive: str) -> DirectiveLine | None:
        """A line by id."""
        return next((one for one in self.lines if one.id == directive), None)


def read_book(office: OpenOffice) -> DirectiveBook:
    """Reads the directives with the names of their offices and cases."""
    lines = tuple(office.directives.lines())
    names = office_names(office)
    cases = case_links(office, (case for line in lines for case in line.directive.cases), names)
    return DirectiveBook(office.office.id, office.today(), lines, names, cases)


def dimensions(units: Iterable[tuple[str, str]]) -> tuple[Dimension, ...]:
    """The filters; of a ward only the level."""
    found = [from_terms("level", lazy("Issued by"), DirectiveLevel)]
    if offices := tuple(units):
        found.append(Dimension("unit", lazy("Office that has to act"), ((ANY_WARD, lazy("Any ward")), *offices)))
    return tuple(found)


def waits(line: DirectiveLine, office: str) -> bool:
    """Whether somebody still has to act, as this office sees it: of a superior's directive it sees only itself."""
    directive = line.directive
    if directive.closed_on is not None:
        return False
    return bool(line.waiting_for) if directive.office == office else office in line.waiting_for


def fits(line: DirectiveLine, button: int, values: Mapping[str, str], text: str, *, office: str, today: date) -> bool:
    """Whether a line is left by the button, the filters and the search."""
    directive = line.directive
    if button == OPEN and (directive.closed_on is not None or (directive.office != office and not waits(line, office))):
        return False
    if button == OVERDUE and not (line.overdue_by(today) and waits(line, office)):
        return False
    if values.get("level") and directive.level.value != values["level"]:
        return False
    if unit := values.get("unit", ""):
        meant = line.waiting_for if button in (OPEN, OVERDUE) else directive.units
        if not (set(meant) - {office} if unit == ANY_WARD else unit in meant):
            return False
    words = fold(" ".join((directive.number, directive.issuer, directive.content)))
    return all(word in words for word in fold(text).split())


# -- chips -----------------------------------------------------------------------------------------------


def state_chip(line: DirectiveLine, today: date, office: str) -> Chip:
    """Closed, done by everybody, or how near its day is."""
    directive = line.directive
    if directive.closed_on is not None:
        return Chip(_("Closed {day}").format(day=short_day(directive.closed_on, today)), "closed", "archive")
    if not waits(line, office):
        return Chip(_("Carried out"), "success", "circle-check")
    return due_chip(directive.due, today) or Chip(_("No deadline"), "neutral", "clock")


def reported_by(line: DirectiveLine) -> list[str]:
    """The offices that have to act and have reported anything."""
    told = {report.office for report in line.reports}
    return [unit for unit in line.directive.units if unit in told]


def reports_chip(line: DirectiveLine, *, short: bool = False) -> Chip:
    """ "3/5 reported"; "3/5" in a column that says so itself."""
    told, units = len(reported_by(line)), len(line.directive.units)
    words = f"{told}/{units}" if short else _("{told}/{units} reported").format(told=told, units=units)
    if not line.waiting_for:
        return Chip(words, "success", "check-check")
    return Chip(words, "neutral" if told else "warning", "check" if told else "hourglass")


def latest(line: DirectiveLine, unit: str) -> DirectiveProgress | None:
    """The newest report of an office."""
    return next((report for report in line.reports if report.office == unit), None)


def unit_chip(line: DirectiveLine, unit: str, today: date) -> Chip:
    """How far one office is."""
    told = latest(line, unit)
    if told is None:
        return Chip(_("Not reported"), "warning", "hourglass")
    day = short_day(told.on, today)
    if told.done:
        return Chip(_("Done {day}").format(day=day), "success", "circle-check")
    return Chip(_("Told {day}").format(day=day), "neutral", "check")


def times_reminded(reminders: Iterable[Reminder]) -> int:
    """How often the office reminded most was reminded: one letter to all of them is once for each."""
    return max((one.nth for one in reminders), default=0)


def letters(reminders: Iterable[Reminder]) -> list[tuple[Reminder, tuple[str, ...]]]:
    """The letters, the newest first, each with the offices it went to."""
    found: dict[tuple[object, ...], list[Reminder]] = {}
    for one in reminders:
        found.setdefault((one.on, one.nth, one.number, one.content, one.due), []).append(one)
    return [(sent[0], tuple(one.unit for one in sent)) for sent in reversed(found.values())]


# -- columns ---------------------------------------------------------------------------------------------


def directive_columns(office: str, today: Callable[[], date], *, wards: bool) -> tuple[Column, ...]:
    """The list; in a ward the reports are its own."""

    def reports(line: DirectiveLine) -> Chip:
        if wards or office not in line.directive.units:
            return reports_chip(line, short=wards)
        return unit_chip(line, office, today())

    def issued(line: DirectiveLine) -> str:
        return short_day(line.directive.issued_on, today())

    def reminded(line: DirectiveLine) -> str:
        return str(times_reminded(line.reminders) or "")

    return (
        Column("level", lazy("Issued by"), 102, text=lambda line: label(line.directive.level), tooltip=_issuer),
        Column("number", lazy("Number"), 136, text=number_words, strong=True, tooltip=_issuer),
        Column("issued", lazy("Day"), 76, text=issued, align="right", value=lambda line: line.directive.issued_on),
        Column("content", lazy("Content"), 130, text=_content, tooltip=_whole, stretch=True),
        Column("due", lazy("Deadline"), 162, text=lambda line: "", chip=lambda line: state_chip(line, today(), office)),
        Column("reports", lazy("Reported"), 92 if wards else 150, text=lambda line: "", chip=reports),
        Column("reminders", lazy("Reminders"), 88, text=reminded, align="right", shown=wards),
    )


def number_words(line: DirectiveLine) -> str:
    """The number of the document; what was told by word of mouth has none."""
    return line.directive.number or _("No number")


def _issuer(line: DirectiveLine) -> str:
    return line.directive.issuer


def _content(line: DirectiveLine) -> str:
    return line.directive.content.split("\n", 1)[0][:300]


def _whole(line: DirectiveLine) -> str:
    return line.directive.content[:1000]
