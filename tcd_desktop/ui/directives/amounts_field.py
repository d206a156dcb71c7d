"""Figures that have to be carried out: what was ordered and how much of it is done, a line each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.obligation import AMOUNTS, Amount
from tcd_desktop.i18n import Text, _
from tcd_desktop.ui.directives.amount_words import AMOUNT_NAMES, parse_figure, show_figure, unit_words
from tcd_desktop.ui.forms.choice_field import Combo
from tcd_desktop.ui.forms.field import Field
from tcd_desktop.ui.forms.typing import Line
from tcd_desktop.ui.look import icons, look

WIDTH = 96
"""Of a figure's editor at 100 %."""


@dataclass(slots=True)
class _Row:
    what: str
    due: QLineEdit
    done: QLineEdit


class AmountsField(Field):
    """The value is a tuple of `Amount`. `fixed`: no line is added or taken away, only what is done is typed."""

    def __init__(self, label: Text, *, fixed: bool = False) -> None:
        super().__init__(label)
        self._fixed = fixed
        self._rows: list[_Row] = []
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look.current().px(6))
        self._grid_holder = QVBoxLayout()
        lines.addLayout(self._grid_holder)
        self._grid: QWidget | None = None
        self.more = Combo()
        self.more.setPlaceholderText(_("Add a figure"))
        self.more.activated.connect(self._add)
        if fixed:
            self.more.setParent(body)
            self.more.hide()
        else:
            lines.addWidget(self.more)
        self._place(body, self.more)
        self._build(())

    # -- lines ----------------------------------------------------------------------------------------

    def _build(self, amounts: tuple[Amount, ...]) -> None:
        if self._grid is not None:
            self._grid.hide()
            self._grid.deleteLater()
        now = look.current()
        self._rows = []
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(now.px(8))
        grid.setVerticalSpacing(now.px(5))
        grid.setColumnStretch(0, 1)
        if amounts:
            for column, words in ((1, _("Ordered")), (2, _("Done"))):
                head = QLabel(words)
                head.setProperty("ink", "small")
                grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignRight)
        for number, one in enumerate(amounts, start=1):
            self._line(grid, number, one)
        self._grid_holder.addWidget(self._grid)
        left = [what for what in AMOUNTS if what not in {one.what for one in amounts}]
        self.more.clear()
        for what in left:
            self.more.addItem(self._named(what), what)
        self.more.setCurrentIndex(-1)
        editors = [editor for row in self._rows for editor in (row.due, row.done) if not editor.isReadOnly()]
        self._editors = [*editors, *([] if self._fixed else [self.more])] or [self.more]
        for editor in editors:
            editor.installEventFilter(self)
        self.setFocusProxy(self._editors[0])

    def _line(self, grid: QGridLayout, number: int, one: Amount) -> None:
        name = QLabel(self._named(one.what))
        name.setWordWrap(True)
        grid.addWidget(name, number, 0)
        due = self._editor(one.what, one.due, _("Ordered"))
        due.setReadOnly(self._fixed)
        if self._fixed:
            due.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        done = self._editor(one.what, one.done, _("Done"))
        grid.addWidget(due, number, 1)
        grid.addWidget(done, number, 2)
        self._rows.append(_Row(one.what, due, done))
        if not self._fixed:
            away = QToolButton()
            icons.dress(away, "x", "muted", 16)
            away.setAccessibleName(_("Take the figure away: {name}").format(name=name.text()))
            away.setToolTip(away.accessibleName())
            away.clicked.connect(partial(self._remove, one.what))
            grid.addWidget(away, number, 3)

    def _editor(self, what: str, value: int, words: str) -> Line:
        editor = Line()
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setText(show_figure(what, value) if value else "")
        editor.setPlaceholderText("0")
        editor.setFixedWidth(look.current().px(WIDTH))
        editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        editor.setAccessibleName(f"{self._named(what)}: {words}")
        editor.textEdited.connect(self._edited)
        return editor

    @staticmethod
    def _named(what: str) -> str:
        unit = unit_words(what)
        return f"{AMOUNT_NAMES[what]} ({unit})" if unit else str(AMOUNT_NAMES[what])

    def _add(self, index: int) -> None:
        what = self.more.itemData(index)
        kept = {one.what: one for one in self.value()} | {what: Amount(what)}
        self._build(tuple(kept[code] for code in AMOUNTS if code in kept))
        self.changed.emit(self.value())
        added = next(row for row in self._rows if row.what == what)
        added.due.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, what: str, _checked: bool = False) -> None:
        self._build(tuple(one for one in self.value() if one.what != what))
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self.value())

    def _edited(self, _text: str) -> None:
        self.changed.emit(self.value())

    # -- the field ------------------------------------------------------------------------------------

    def own_problem(self) -> str:
        """A sentence when one of the figures is no number."""
        for row in self._rows:
            for editor in (row.due, row.done):
                if editor.text().strip() and parse_figure(row.what, editor.text()) is None:
                    if row.what.endswith("_money"):
                        return _("Type million đồng, for example 25,5.")
                    return _("Type a whole number.")
        return ""

    def tidy(self) -> None:
        """Shows the figures in their usual form."""
        for row in self._rows:
            for editor in (row.due, row.done):
                value = parse_figure(row.what, editor.text())
                if value is not None and not editor.isReadOnly():
                    editor.setText(show_figure(row.what, value))

    def value(self) -> Any:
        """The figures; what is no number counts as 0 while it is typed."""
        return tuple(
            Amount(row.what, parse_figure(row.what, row.due.text()) or 0, parse_figure(row.what, row.done.text()) or 0)
            for row in self._rows
        )

    def set_value(self, value: Any) -> None:
        """Shows figures; what is being typed for the same ones is left alone."""
        wanted = tuple(value or ())
        if wanted != self.value():
            self._build(wanted)
