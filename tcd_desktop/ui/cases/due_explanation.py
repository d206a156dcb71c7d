""" "Vì sao ngày này?": the deadline of a case taken apart: rule, article, first day, days not counted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.clocks.calendar import WEEKEND
from tcd_desktop.domain.clocks.deadlines import SUSPENDED, Deadline, Unit, Variant
from tcd_desktop.i18n import LazyText, _, lazy, ngettext
from tcd_desktop.ui.cases.case_words import due_chip, full_day, weekday
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel

RULES: dict[str, LazyText] = {
    "TCD.answer": lazy("Answer to the citizen after the visit"),
    "KN1.settle": lazy("Settlement of a complaint, first instance"),
    "TC.settle": lazy("Settlement of a denunciation"),
}
"""The clocks that run in a case, as people call them."""

VARIANTS: dict[Variant, LazyText] = {
    Variant.COMPLEX: lazy("a complex matter"),
    Variant.VERY_COMPLEX: lazy("a specially complex matter"),
    Variant.REMOTE: lazy("a remote area"),
    Variant.REMOTE_COMPLEX: lazy("a complex matter in a remote area"),
}
"""Why a limit is another than the plain one."""


def deadline_of(case: CaseFile) -> Deadline | None:
    """The explanation frozen in a case; None when no clock runs or the record is of a form unknown here."""
    if not case.due_basis:
        return None
    try:
        return Deadline.from_json(json.loads(case.due_basis))
    except (KeyError, TypeError, ValueError):
        return None


def limit_words(deadline: Deadline) -> str:
    """ "10 working days"."""
    if deadline.unit is Unit.WORKING:
        return ngettext("{n} working day", "{n} working days", deadline.days).format(n=deadline.days)
    if deadline.unit is Unit.CALENDAR:
        return ngettext("{n} calendar day", "{n} calendar days", deadline.days).format(n=deadline.days)
    return _("on day {n} of the month").format(n=deadline.days)


def grouped_days(deadline: Deadline) -> list[tuple[str, str]]:
    """Days that did not count, neighbours with one reason together: ("30/04–01/05", reason)."""
    groups: list[tuple[date, date, str]] = []
    for day, reason in deadline.skipped:
        if groups and groups[-1][2] == reason and (day - groups[-1][1]).days == 1:
            groups[-1] = (groups[-1][0], day, reason)
        else:
            groups.append((day, day, reason))
    return [(_span(first, last), _reason(first, last, reason)) for first, last, reason in groups]


def _span(first: date, last: date) -> str:
    if first == last:
        return f"{first:%d/%m}"
    return f"{first:%d}–{last:%d/%m}" if first.month == last.month else f"{first:%d/%m}–{last:%d/%m}"


def _reason(first: date, last: date, reason: str) -> str:
    if reason == WEEKEND:
        return weekday(first) if first == last else f"{weekday(first)}, {weekday(last)}"
    return _("The matter was suspended") if reason == SUSPENDED else reason


def explanation(deadline: Deadline) -> list[tuple[str, str]]:
    """Label and words, line by line."""
    named = RULES.get(deadline.rule)
    lines = [
        (_("Limit"), limit_words(deadline)),
        (_("By"), deadline.article),
        (_("Begins"), full_day(deadline.start)),
        (_("Counted from"), _("the day after")),
    ]
    if named:
        lines.insert(0, (_("Clock"), str(named)))
    if deadline.variant in VARIANTS:
        lines.insert(lines.index((_("By"), deadline.article)), (_("Because"), str(VARIANTS[deadline.variant])))
    for days in deadline.extensions:
        lines.append((_("Extended"), ngettext("by {n} day", "by {n} days", days).format(n=days)))
    if deadline.rolled_from:
        rolled = _("The limit ended on {day}, a day off, so it moves to the next working day.")
        lines.append((_("Moved"), rolled.format(day=f"{deadline.rolled_from:%d/%m/%Y}")))
    if not deadline.confirmed:
        lines.append((_("Note"), _("Nobody has checked this limit against the text of the law yet.")))
    return lines


class DueExplanation(QFrame):
    """The deadline with a button that opens its reasons."""

    def __init__(self, case: CaseFile, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        now = look.current()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(10))
        lines.setSpacing(now.px(6))
        lines.addWidget(_words(_("Next deadline"), "muted"))
        lines.addWidget(_words(full_day(case.due) or _("No clock is running"), "heading"))
        chip = due_chip(case.due, today)
        if chip:
            lines.addWidget(ChipLabel(chip))
        deadline = deadline_of(case)
        self.reasons = Reasons(deadline)
        self.button = why_button()
        self.button.toggled.connect(self.reasons.setVisible)
        if deadline is None:  # shown before it has a parent it would be a window for a moment
            self.button.hide()
        lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self.reasons)


def why_button(text: str = "") -> QPushButton:
    """The link that opens the reasons of a date."""
    button = QPushButton(text or _("Why this day?"))
    button.setProperty("kind", "link")
    button.setCheckable(True)
    icons.dress(button, "circle-help", "accent", 16)
    return button


class Reasons(QWidget):
    """Line by line why a date is the one it is; hidden until somebody asks. `more` are lines of the clock itself."""

    def __init__(
        self, deadline: Deadline | None, more: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(now.px(12))
        self._grid.setVerticalSpacing(now.px(4))
        self._grid.setColumnStretch(1, 1)
        self.hide()
        if deadline is None:
            return
        for label, text in (*explanation(deadline), *more):
            self._add(label, text)
        skipped = grouped_days(deadline)
        if skipped:
            count = len(deadline.skipped)
            title = ngettext("{n} day did not count", "{n} days did not count", count).format(n=count)
            row = self._grid.rowCount()
            self._grid.addWidget(_words(title, "label"), row, 0, 1, 2)
            for span, reason in skipped:
                self._add(span, reason)
        self._add(_("Last day"), full_day(deadline.due), strong=True)

    def _add(self, label: str, text: str, *, strong: bool = False) -> None:
        row = self._grid.rowCount()
        caption = _words(label, "muted")
        caption.setMinimumWidth(look.current().px(96))
        caption.setMaximumWidth(look.current().px(120))
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(_words(text, "strong" if strong else ""), row, 1)


def _words(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if ink:
        label.setProperty("ink", ink)
    return label
