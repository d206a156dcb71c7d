"""An obligation beside the list and as a page: the document, who carries it out, figures, how far, why not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from tcd_desktop.domain.cases.obligation import Amount
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.services.cases.obligation_desk import ObligationLine
from tcd_desktop.ui.cases.case_view import text
from tcd_desktop.ui.directives.amount_words import amount_line
from tcd_desktop.ui.directives.case_links import link_button
from tcd_desktop.ui.directives.directive_facts import reminder_words, section
from tcd_desktop.ui.directives.directive_rows import times_reminded
from tcd_desktop.ui.directives.obligation_rows import ObligationBook, day_chip, number_words, state_chip
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.look import look
from tcd_desktop.words import label, show


def show_obligation(
    pane: Inspector, line: ObligationLine, book: ObligationBook, go_to_case: Callable[[str], None]
) -> None:
    """Shows what has to be carried out; `go_to_case` opens its case."""
    one = line.obligation
    chips = [state_chip(one.state), *([chip] if (chip := day_chip(one, book.today)) else [])]
    document = (
        (_("Kind"), label(one.kind)),
        (_("Ward"), "" if one.office == book.office else book.name(one.office)),
        (_("Day"), show(one.issued_on)),
        (_("Received"), show(one.received_on) if one.received_on else ""),
        (_("In effect"), show(one.effective_on) if one.effective_on else ""),
    )
    letter = " · ".join(filter(None, (one.assigned_number, show(one.assigned_on) if one.assigned_on else "")))
    execution = (
        (_("Responsible"), one.responsible),
        (_("Assigned by"), letter),
        (_("Deadline"), show(one.due) if one.due else ""),
        (_("Progress"), one.progress),
        (_("Why not"), one.reason),
    )
    extra: list[QWidget] = []
    if one.amounts:
        extra.append(_amounts(one.amounts))
    if one.case and (link := book.cases.get(one.case)):
        part, lines = section(_("Case"))
        lines.addWidget(link_button(link, go_to_case))
        extra.append(part)
    if line.reminders:
        count = times_reminded(line.reminders)
        part, lines = section(ngettext("Reminded {n} time", "Reminded {n} times", count).format(n=count))
        for reminder in reversed(line.reminders):
            lines.addWidget(text(reminder_words(reminder, ""), ""))
        extra.append(part)
    first: list[QWidget] = [text(one.summary, "")]
    if one.duty:
        first.append(text(one.duty, "muted"))
    pane.show_record(
        number_words(one),
        one.issuer,
        chips=chips,
        first=first,
        groups=[("", document), (_("Execution"), execution)],
        extra=extra,
    )


def _amounts(amounts: tuple[Amount, ...]) -> QWidget:
    part, lines = section(_("Done / ordered"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.current().px(12))
    grid.setVerticalSpacing(look.current().px(4))
    grid.setColumnStretch(0, 1)
    for number, one in enumerate(amounts):
        name, told = amount_line(one)
        grid.addWidget(text(name, "muted"), number, 0)
        figure = text(told, "label" if one.done >= one.due else "")
        figure.setWordWrap(False)
        grid.addWidget(figure, number, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    lines.addLayout(grid)
    return part
