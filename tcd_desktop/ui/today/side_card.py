"""Beside the list of a district: the wards that have not sent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.exchange.work_card import label
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.today.follow_tasks import FollowLine
from tcd_desktop.ui.today.morning import Morning
from tcd_desktop.ui.wards.ward_state import state_chip


def _empty(lines: QVBoxLayout) -> None:
    while (item := lines.takeAt(0)) is not None:
        widget = item.widget()
        if widget:
            widget.hide()
            widget.deleteLater()


class SideCard(Card):
    """`goRequest(desk, argument)` as pages have it."""

    goRequest = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Wards that have not sent"), parent)
        self._body = QVBoxLayout()
        self._body.setSpacing(look.current().px(6))
        inside = QWidget()
        inside.setProperty("box", "scroll")
        inside.setLayout(self._body)
        self._body.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.lines.addWidget(area, 1)
        self.directives = QPushButton()
        icons.dress(self.directives, "megaphone", "danger", 18)
        self.directives.clicked.connect(partial(self._go, "directives", FollowTask("directives", act="overdue")))
        self.lines.addWidget(self.directives)
        self.directives.hide()
        self._due = QVBoxLayout()
        self._due.setSpacing(look.current().px(6))
        self.lines.addLayout(self._due)

    def show_morning(self, morning: Morning) -> None:
        """Shows the wards of the morning."""
        _empty(self._body)
        _empty(self._due)
        self._show_directives(morning.late_directives)
        self._show_reports(morning.reports)
        self._show_missing(morning)
        self._body.addStretch()

    def _show_directives(self, count: int) -> None:
        """What the wards are late with, at the foot of the card."""
        self.directives.setText(ngettext("{n} directive overdue", "{n} directives overdue", count).format(n=count))
        self.directives.setVisible(count > 0)

    def _show_reports(self, due: Sequence[FollowLine]) -> None:
        """Reports that are due, at the foot of the card."""
        for line in due:
            words = f"{line.title}, {line.chip.text.lower()}" if line.chip else line.title
            button = QPushButton(words)
            button.setToolTip(line.act)
            sign = line.chip.icon if line.chip and line.target[0] == "exchange" else "table"
            icons.dress(button, sign, "danger" if line.chip and line.chip.tone == "danger" else "text", 18)
            button.clicked.connect(partial(self._go, *line.target))
            self._due.addWidget(button)

    def _show_missing(self, morning: Morning) -> None:
        if not morning.missing:
            sign = QLabel()
            icons.dress(sign, "circle-check", "success", 36)
            self._body.addWidget(sign)
            self._body.addWidget(label(_("Every ward has sent within a week."), "heading"))
            return
        for line in morning.missing:
            button = QPushButton(short_office(line.name))
            button.setProperty("kind", "link")
            button.clicked.connect(partial(self._go, "wards", line.office))
            self._body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._body.addWidget(ChipLabel(state_chip(line, morning.today)))

    def _go(self, desk: str, argument: object, _checked: bool = False) -> None:
        self.goRequest.emit(desk, argument)
