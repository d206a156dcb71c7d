"""The pane beside a list: the chosen record in facts, its status, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.i18n import Text
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.flow import FlowLayout

Facts = Sequence[tuple[Text, str]]
"""Label and value; a fact without value is left out."""


class Inspector(QFrame):
    """Title, chips, groups of facts, buttons at the foot.

    inspector.show_record("Nguyễn Thị Ẩn", "57/2026 - 23/11", chips=[...], groups=[(_("Visit"),
    [(_("Date"), "23/11")])])
    inspector.set_actions([button, ...])     once; the buttons stay while records change
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "inspector")
        now = look.current()
        self._body = QWidget()
        self._body.setProperty("box", "scroll")
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(now.px(16), now.px(14), now.px(16), now.px(14))
        self._lines.setSpacing(now.px(8))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body)
        self._foot = QFrame()
        self._foot.setProperty("box", "foot")
        self._buttons = QHBoxLayout(self._foot)
        self._buttons.setContentsMargins(now.px(12), now.px(8), now.px(12), now.px(8))
        self._foot.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(self._foot)

    def show_record(
        self,
        title: str,
        subtitle: str = "",
        *,
        chips: Sequence[Chip] = (),
        groups: Sequence[tuple[Text, Facts]] = (),
        first: Sequence[QWidget] = (),
        extra: Sequence[QWidget] = (),
    ) -> None:
        """Shows a record; `first` widgets stand before the facts, `extra` ones follow them."""
        self.clear()
        heading = _label(title, "title")
        self._lines.addWidget(heading)
        if subtitle:
            self._lines.addWidget(_label(subtitle, "muted"))
        if chips:
            row = FlowLayout(look.current().px(6))
            for chip in chips:
                row.addWidget(ChipLabel(chip))
            self._lines.addLayout(row)
        for widget in first:
            self._lines.addWidget(widget)
        for name, facts in groups:
            self._add_group(str(name), [(str(label), value) for label, value in facts if value])
        for widget in extra:
            self._lines.addWidget(widget)
        self._lines.addStretch()
        self._foot.setVisible(self._buttons.count() > 0)
        self.setAccessibleName(title)

    def show_nothing(self, sentence: str) -> None:
        """Says what choosing a row will show."""
        self.clear()
        label = _label(sentence, "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lines.addStretch()
        self._lines.addWidget(label)
        self._lines.addStretch()
        self._foot.hide()
        self.setAccessibleName(sentence)

    def set_actions(self, buttons: Sequence[QWidget]) -> None:
        """The buttons at the foot, the most likely one last (at the right)."""
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.deleteLater()
        if buttons:
            self._buttons.addStretch()
        for button in buttons:
            self._buttons.addWidget(button)

    def clear(self) -> None:
        """Takes everything away but the buttons."""
        _empty(self._lines)

    def _add_group(self, name: str, facts: list[tuple[str, str]]) -> None:
        if not facts:
            return
        now = look.current()
        self._lines.addSpacing(now.px(6))
        if name:
            self._lines.addWidget(_label(name, "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(now.px(12))
        grid.setVerticalSpacing(now.px(6))
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate(facts):
            caption = _label(label, "muted")
            caption.setMinimumWidth(now.px(96))
            caption.setMaximumWidth(now.px(120))
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_label(value, ""), row, 1)
        self._lines.addLayout(grid)


def _label(text: str, kind: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)  # a long text would ask for more than a narrow pane has, and be cut off
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if kind:
        label.setProperty("ink", kind)
    return label


def _empty(layout: QVBoxLayout | QHBoxLayout | QGridLayout | FlowLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QHBoxLayout | QGridLayout | FlowLayout):
            _empty(inner)
