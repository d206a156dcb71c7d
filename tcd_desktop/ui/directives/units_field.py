"""The offices that have to act, as ticks; one tick for all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from tcd_desktop.i18n import Text, _, ngettext
from tcd_desktop.ui.forms.field import Field
from tcd_desktop.ui.look import look

ACROSS = 3


class UnitsField(Field):
    """The value is the codes in the order of the ticks."""

    def __init__(self, label: Text, units: Sequence[tuple[str, str]], *, required: bool = False) -> None:
        super().__init__(label, required=required)
        self._codes = [code for code, _name in units]
        self.boxes: dict[str, QCheckBox] = {}
        self._locked: frozenset[str] = frozenset()
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.current().px(12))
        grid.setVerticalSpacing(look.current().px(2))
        self.all = self._box(_("All"))
        self.all.clicked.connect(self._all_clicked)
        if len(units) > 1:
            grid.addWidget(self.all, 0, 0, 1, ACROSS)
        across = ACROSS if len(units) > 2 else 1
        rows = -(-len(units) // across)
        for number, (code, name) in enumerate(units):
            box = self._box(name)
            box.clicked.connect(self._clicked)
            self.boxes[code] = box
            grid.addWidget(box, 1 + number % rows, number // rows)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        boxes = list(self.boxes.values())
        self._place(body, *([self.all] if len(units) > 1 else []), *boxes)
        for box in (self.all, *boxes):
            box.setAccessibleName(f"{label}: {box.text()}")
        self._count()

    @staticmethod
    def _box(words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setMinimumHeight(look.current().px(24))
        return box

    def lock_others(self, codes: Collection[str]) -> None:
        """Only these may be ticked: an office added later could not read what was written before."""
        self._locked = frozenset(self._codes) - frozenset(codes)
        for code, box in self.boxes.items():
            box.setEnabled(code not in self._locked)
            box.setToolTip(_("Enter a directive of its own for this office.") if code in self._locked else "")
        self._count()

    def _all_clicked(self, ticked: bool) -> None:
        for code, box in self.boxes.items():
            box.setChecked(ticked and code not in self._locked)
        self._tell()

    def _clicked(self, _ticked: bool = False) -> None:
        self._tell()

    def _tell(self) -> None:
        self._count()
        self.changed.emit(self.value())

    def _count(self) -> None:
        ticked, free = len(self.value()), len(self._codes) - len(self._locked)
        state = Qt.CheckState.Unchecked if not ticked else Qt.CheckState.PartiallyChecked
        self.all.setCheckState(Qt.CheckState.Checked if ticked and ticked == free else state)
        self.note.say(ngettext("{n} office", "{n} offices", ticked).format(n=ticked) if ticked else "")

    def value(self) -> Any:
        """The codes that are ticked."""
        return tuple(code for code in self._codes if self.boxes[code].isChecked())

    def set_value(self, value: Any) -> None:
        """Ticks these."""
        wanted = frozenset(value or ())
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)
        self._count()
