"""The two lists of this desk as a table file: the periodic report on directives and on what has to be carried out.

More columns than the list shows, because the report is read without the pane beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tcd_desktop.i18n import Text, lazy
from tcd_desktop.services.cases.obligation_desk import ObligationLine
from tcd_desktop.services.follow_up.directive_desk import DirectiveLine
from tcd_desktop.ui.directives.amount_words import amount_line
from tcd_desktop.ui.directives.directive_rows import DirectiveBook, reported_by, state_chip, times_reminded
from tcd_desktop.ui.directives.obligation_rows import ObligationBook
from tcd_desktop.ui.lists.list_columns import Column
from tcd_desktop.words import label


def _none(_line: object) -> str:
    return ""


def _days(key: str, title: Text, value: Callable[[ObligationLine], date | None]) -> Column:
    return Column(key, title, 80, text=_none, value=value)


def _figures(line: ObligationLine) -> str:
    return "\n".join(": ".join(amount_line(one)) for one in line.obligation.amounts)


def _assigned(line: ObligationLine) -> str:
    one = line.obligation
    day = f"{one.assigned_on:%d/%m/%Y}" if one.assigned_on else ""
    return " · ".join(filter(None, (one.assigned_number, day)))


def obligation_report(book: ObligationBook) -> tuple[Column, ...]:
    """What was to be carried out, how far it is, why not (the inspectors' monthly report, CV 446/UBND-TTr)."""
    return (
        Column("kind", lazy("Kind"), 160, text=lambda line: label(line.obligation.kind)),
        Column("number", lazy("Number"), 110, text=lambda line: line.obligation.number),
        _days("issued", lazy("Day"), lambda line: line.obligation.issued_on),
        Column("issuer", lazy("Issued by whom"), 180, text=lambda line: line.obligation.issuer),
        Column("summary", lazy("Content"), 300, text=lambda line: line.obligation.summary),
        Column("duty", lazy("What it orders"), 240, text=lambda line: line.obligation.duty),
        Column("office", lazy("Ward"), 120, text=lambda line: book.name(line.obligation.office)),
        Column("case", lazy("Case"), 90, text=lambda line: line.case_number),
        _days("effective", lazy("In effect"), lambda line: line.obligation.effective_on),
        Column("responsible", lazy("Responsible"), 160, text=lambda line: line.obligation.responsible),
        Column("assigned", lazy("Assigned by"), 150, text=_assigned),
        _days("due", lazy("Deadline"), lambda line: line.obligation.due),
        Column("late", lazy("Days overdue"), 70, text=_none, value=lambda line: line.overdue_by(book.today) or None),
        Column("state", lazy("State"), 110, text=lambda line: label(line.obligation.state)),
        _days("done", lazy("Done on"), lambda line: line.obligation.done_on),
        Column("progress", lazy("Progress"), 240, text=lambda line: line.obligation.progress),
        Column("reason", lazy("Why not"), 240, text=lambda line: line.obligation.reason),
        Column("figures", lazy("Done / ordered"), 240, text=_figures),
        Column("reminders", lazy("Reminders"), 60, text=_none, value=lambda line: times_reminded(line.reminders)),
    )


def directive_report(book: DirectiveBook) -> tuple[Column, ...]:
    """The directives with who reported, who is still to act, and the newest words of each office."""

    def offices(units: tuple[str, ...] | list[str]) -> str:
        return ", ".join(book.name(unit) for unit in units)

    def waiting(line: DirectiveLine) -> str:
        return "" if line.directive.closed_on else offices([u for u in line.directive.units if u in line.waiting_for])

    def told(line: DirectiveLine) -> str:
        newest: dict[str, str] = {}
        for report in line.reports:
            newest.setdefault(report.office, f"{book.name(report.office)} ({report.on:%d/%m/%Y}): {report.content}")
        return "\n".join(newest.values())

    def numbers(line: DirectiveLine) -> str:
        return "\n".join(link.words for case in line.directive.cases if (link := book.cases.get(case)))

    return (
        Column("level", lazy("Issued by"), 90, text=lambda line: label(line.directive.level)),
        Column("issuer", lazy("Issued by whom"), 180, text=lambda line: line.directive.issuer),
        Column("number", lazy("Number"), 120, text=lambda line: line.directive.number),
        Column("issued", lazy("Day"), 80, text=_none, value=lambda line: line.directive.issued_on),
        Column("content", lazy("Content"), 320, text=lambda line: line.directive.content),
        Column("cases", lazy("Cases"), 160, text=numbers),
        Column("due", lazy("Deadline"), 80, text=_none, value=lambda line: line.directive.due),
        Column("late", lazy("Days overdue"), 70, text=_none, value=lambda line: line.overdue_by(book.today) or None),
        Column("state", lazy("State"), 110, text=lambda line: state_chip(line, book.today, book.office).text),
        Column("units", lazy("Office that has to act"), 240, text=lambda line: offices(line.directive.units)),
        Column("reported", lazy("Reported"), 60, text=_none, value=lambda line: len(reported_by(line))),
        Column("waiting", lazy("Not done yet"), 240, text=waiting),
        Column("told", lazy("Progress"), 320, text=told),
        Column("reminders", lazy("Reminders"), 60, text=_none, value=lambda line: times_reminded(line.reminders)),
    )
