"""A directive beside the list and as a page: the whole text, its cases, what each office reported, reminders."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.follow_up.directive import Directive, DirectiveProgress, Reminder
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.services.follow_up.directive_desk import DirectiveLine
from tcd_desktop.ui.cases.case_view import text
from tcd_desktop.ui.directives.case_links import link_button
from tcd_desktop.ui.directives.directive_rows import (
    DirectiveBook,
    latest,
    letters,
    number_words,
    reports_chip,
    state_chip,
    times_reminded,
    unit_chip,
)
from tcd_desktop.ui.directives.reminding import nth_words
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.words import label, show


def show_directive(
    pane: Inspector, line: DirectiveLine, book: DirectiveBook, go_to_case: Callable[[str], None]
) -> None:
    """Shows a directive; `go_to_case` opens one of its cases."""
    directive, own = line.directive, line.directive.office == book.office
    mine = book.office in directive.units
    chips = [state_chip(line, book.today, book.office)]
    chips.append(reports_chip(line) if own else unit_chip(line, book.office, book.today))
    facts = (
        (_("Issued by"), label(directive.level)),
        (_("Day"), show(directive.issued_on)),
        (_("Deadline"), show(directive.due) if directive.due else ""),
        (_("Entered by"), "" if own else book.name(directive.office)),
    )
    extra: list[QWidget] = []
    if directive.cases:
        extra.append(_cases(directive, book, go_to_case))
    shown = _ordered(line) if own else [book.office] if mine else []
    if shown:
        extra.append(_reports(line, shown, book))
    if line.reminders:
        extra.append(_reminders(line.reminders, book, named=own))
    pane.show_record(
        number_words(line),
        directive.issuer,
        chips=chips,
        first=[text(directive.content, "")],
        groups=[("", facts)],
        extra=extra,
    )


def section(title: str) -> tuple[QWidget, QVBoxLayout]:
    """A part of the pane with its heading."""
    part = QWidget()
    lines = QVBoxLayout(part)
    lines.setContentsMargins(0, look.current().px(8), 0, 0)
    lines.setSpacing(look.current().px(5))
    lines.addWidget(text(title, "heading"))
    return part, lines


def _cases(directive: Directive, book: DirectiveBook, go: Callable[[str], None]) -> QWidget:
    part, lines = section(_("Cases concerned"))
    for case in directive.cases:
        if link := book.cases.get(case):
            lines.addWidget(link_button(link, go))
    elsewhere = sum(case not in book.cases for case in directive.cases)
    if elsewhere:
        words = ngettext("{n} case is not on this PC.", "{n} cases are not on this PC.", elsewhere)
        lines.addWidget(text(words.format(n=elsewhere), "muted"))
    return part


def _ordered(line: DirectiveLine) -> list[str]:
    """Who has not reported stands first, who is done last."""

    def rank(unit: str) -> int:
        told = latest(line, unit)
        return 0 if told is None else 2 if told.done else 1

    return sorted(line.directive.units, key=rank)


def _reports(line: DirectiveLine, units: list[str], book: DirectiveBook) -> QWidget:
    part, lines = section(_("Reports"))
    for unit in units:
        lines.addWidget(_unit(line, unit, book))
    return part


def _unit(line: DirectiveLine, unit: str, book: DirectiveBook) -> QWidget:
    """One office: how far it is, and every report, the newest first."""
    now = look.current()
    told = [report for report in line.reports if report.office == unit]
    box = QFrame()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(now.px(10), 0, now.px(10), 0)
    lines.setSpacing(now.px(4))
    if told:
        box.setProperty("box", "card")
        lines.setContentsMargins(now.px(10), now.px(7), now.px(10), now.px(8))
    head = QHBoxLayout()
    name = QLabel(book.name(unit))
    name.setProperty("ink", "label")
    name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    head.addWidget(name, 1)
    head.addWidget(ChipLabel(unit_chip(line, unit, book.today)))
    lines.addLayout(head)
    for report in told:
        lines.addWidget(text(_told(report, dated=len(told) > 1), ""))
    return box


def _told(report: DirectiveProgress, *, dated: bool) -> str:
    return f"{show(report.on)}: {report.content}" if dated else report.content


def _reminders(reminders: tuple[Reminder, ...], book: DirectiveBook, *, named: bool) -> QWidget:
    count = times_reminded(reminders)
    part, lines = section(ngettext("Reminded {n} time", "Reminded {n} times", count).format(n=count))
    for one, units in letters(reminders):
        names = ", ".join(book.name(unit) for unit in units) if named else ""
        lines.addWidget(text(reminder_words(one, names), ""))
        if one.content:
            lines.addWidget(text(one.content, "muted"))
    return part


def reminder_words(reminder: Reminder, name: str) -> str:
    """ "Reminder no. 2 · Phường Nguyễn Du · 12/UBND-TTr, 20/11/2026 · by 30/11/2026"."""
    letter = ", ".join(filter(None, (reminder.number, show(reminder.on))))
    until = _("by {day}").format(day=show(reminder.due)) if reminder.due else ""
    return " · ".join(filter(None, (nth_words(reminder), name, letter, until)))
