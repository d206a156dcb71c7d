"""Several of the law's grounds as ticks, with the article they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from tcd_desktop.i18n import Text
from tcd_desktop.law import CaseGround
from tcd_desktop.ui.forms.field import Field
from tcd_desktop.ui.look import look


class TicksField(Field):
    """Codes of the grounds ticked, in the order of the law; codes that are not offered any more are dropped."""

    def __init__(
        self, label: Text, grounds: Sequence[CaseGround] = (), *, required: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, required=required, parent=parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._holder = QWidget()
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(look.current().px(2))
        self._row.insertWidget(1, self._holder)
        self._grounds: tuple[CaseGround, ...] = ()
        self.offer(grounds)

    def offer(self, grounds: Sequence[CaseGround]) -> None:
        """Other grounds (of another kind of matter); what is ticked stays where it is offered."""
        if tuple(grounds) == self._grounds:
            return
        ticked = self.value()
        self._grounds = tuple(grounds)
        self.boxes.clear()
        while self._lines.count():
            item = self._lines.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        if grounds:
            article = _words(grounds[0].article, "small")
            self._lines.addWidget(article)
        for ground in grounds:
            self._lines.addWidget(self._tick(ground))
        self._editors = list(self.boxes.values())
        for box in self._editors:
            box.installEventFilter(self)
        self.setFocusProxy(self._editors[0] if self._editors else None)
        self.set_value(ticked)

    def _tick(self, ground: CaseGround) -> QWidget:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        box = QCheckBox()
        box.setAccessibleName(ground.text)
        box.clicked.connect(lambda _checked: self.changed.emit(self.value()))
        text = _words(ground.text, "")
        text.setBuddy(box)
        grid.addWidget(box, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, 0, 1)
        self.boxes[ground.code] = box
        return row

    def value(self) -> Any:
        """The codes ticked."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def set_value(self, value: Any) -> None:
        """Ticks these codes."""
        for code, box in self.boxes.items():
            box.setChecked(code in tuple(value or ()))


def _words(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if ink:
        label.setProperty("ink", ink)
    return label
