"""Step 2: which sheet, where its headings stand, and what each column means."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.language.text import clean_line, fold
from tcd_desktop.domain.old_book.old_book_cells import read_classification
from tcd_desktop.domain.old_book.old_book_columns import REASON_FOLDED, BookColumn
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _
from tcd_desktop.services.old_book.old_book_desk import Waiting
from tcd_desktop.ui.forms.choice_field import Combo
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.forms.form_fields import ChoiceField, IntField, LineField
from tcd_desktop.ui.look import look
from tcd_desktop.ui.old_book.book_work import OpenedBook
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.words.old_book_words import COLUMNS, column_words

TWO_ROWS = 125
"""Text sizes above this put the facts of the book on two lines."""
SAMPLES = 3
LONGEST_SAMPLE = 60
LONGEST_VALUES = 64
"""Letters that stand in the line of a column."""


class ColumnsStep(QWidget):
    """`sheetChosen` an index, `headingChosen` a row from 0; `changed` when a column or a fact was changed."""

    sheetChosen = Signal(int)
    headingChosen = Signal(int)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.current().px
        self.opened: OpenedBook | None = None
        self.message = MessageBar()
        self.sheet = ChoiceField(_("Sheet"), [], style="combo")
        self.sheet.changed.connect(lambda value: self.sheetChosen.emit(int(value)))
        self.heading = IntField(_("Headings end in row"), least=1)
        self.heading.left.connect(self._heading_left)
        self.year = IntField(_("Year of the book"), least=1990, most=2099, hint=_("for dates like 5/9"))
        self.year.changed.connect(lambda _value: self._facts_changed())
        self.receiver = LineField(_("Who received, where no column tells"), max_length=200)
        self.receiver.changed.connect(lambda _value: self._facts_changed())
        self.waiting = ChoiceField(
            _("Which visits still wait for an answer"),
            [
                (Waiting.RUNNING, _("Those still in time")),
                (Waiting.ALL, _("All")),
                (Waiting.NONE, _("None")),
            ],
        )
        self.waiting.set_value(Waiting.RUNNING)
        self.waiting.changed.connect(lambda _value: self._facts_changed())
        facts = Card(_("The book"))
        if look.current().text_size > TWO_ROWS:
            facts.add_row((self.sheet, 3), (self.heading, 2), (self.year, 2))
            facts.add_row((self.receiver, 1), (self.waiting, 0))
        else:
            facts.add_row((self.sheet, 3), (self.heading, 2), (self.year, 2), (self.receiver, 4), (self.waiting, 0))
        self.columns = Card(_("What the columns mean"))
        self.remembered = QLabel()
        self.remembered.setProperty("ink", "small")
        self.columns.add_head(self.remembered)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, px(6), 0)
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(5))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._holder.setProperty("box", "scroll")
        area.setWidget(self._holder)
        self.area = area
        self.columns.lines.addWidget(area, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(px(16), px(4), px(16), px(8))
        lines.setSpacing(px(10))
        lines.addWidget(self.message)
        lines.addWidget(facts)
        lines.addWidget(self.columns, 1)
        self.combos: list[Combo] = []

    def show_book(self, opened: OpenedBook) -> None:
        """The sheet as it was recognised."""
        self.opened = opened
        self.sheet.set_options([(at, name) for at, name in enumerate(opened.book.sheets)])
        self.sheet.set_value(opened.index)
        self.sheet.setVisible(len(opened.book.sheets) > 1)
        self.heading.set_value(opened.layout.last + 1)
        self.year.set_value(opened.facts.year)
        self.receiver.set_value(opened.facts.receiver_name)
        self.waiting.set_value(opened.waiting)
        self.remembered.setText(
            _("As you chose it for the last book with these headings.") if opened.remembered else ""
        )
        self._fill(opened)
        self._tell_missing()

    def _fill(self, opened: OpenedBook) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        self.combos = []
        for at, words in enumerate((_("Heading in the file"), _("Values"), _("Meaning"))):
            head = QLabel(words)
            head.setProperty("ink", "small")
            self._grid.addWidget(head, 0, at)
        for column, heading in enumerate(opened.layout.headings):
            self._add(opened, column, heading)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 5)
        self._grid.setColumnStretch(2, 3)
        self._grid.setRowStretch(len(opened.layout.headings) + 1, 1)

    def _add(self, opened: OpenedBook, column: int, heading: str) -> None:
        name = QLabel(heading or _("(no heading)"))
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        told = " · ".join(_samples(opened, column)) or "–"
        values = QLabel(told if len(told) <= LONGEST_VALUES else told[:LONGEST_VALUES].rstrip() + "…")
        values.setTextFormat(Qt.TextFormat.PlainText)
        values.setProperty("ink", "muted")
        values.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        combo = Combo()
        for meaning in COLUMNS:
            combo.addItem(column_words(meaning), meaning)
        combo.setCurrentIndex(combo.findData(opened.layout.columns[column]))
        combo.setAccessibleName(_("Meaning of the column {heading}").format(heading=heading or column + 1))
        combo.activated.connect(partial(self._chosen, column))
        combo.setEnabled(fold(heading) != REASON_FOLDED)
        self.combos.append(combo)
        row = column + 1
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(values, row, 1)
        self._grid.addWidget(combo, row, 2)

    def _chosen(self, column: int, index: int) -> None:
        """A meaning holds for one column: the one that had it before is left out."""
        if self.opened is None:
            return
        meaning = BookColumn(self.combos[column].itemData(index))  # Qt gives back a plain text
        columns = list(self.opened.layout.columns)
        if meaning is not BookColumn.IGNORE and meaning in columns:
            other = columns.index(meaning)
            if other != column:
                columns[other] = BookColumn.IGNORE
                self.combos[other].setCurrentIndex(self.combos[other].findData(BookColumn.IGNORE))
        columns[column] = meaning
        self.opened = replace(self.opened, layout=replace(self.opened.layout, columns=tuple(columns)), remembered=False)
        self._tell_missing()
        self.changed.emit()

    def _facts_changed(self) -> None:
        if self.opened is None:
            return
        facts = replace(
            self.opened.facts, year=self.year.value() or None, receiver_name=clean_line(self.receiver.value())
        )
        self.opened = replace(self.opened, facts=facts, waiting=self.waiting.value() or Waiting.RUNNING)
        self.changed.emit()

    def _heading_left(self) -> None:
        row = self.heading.value()
        if self.opened is None or not row or row - 1 == self.opened.layout.last:
            return
        if row > len(self.opened.sheet.rows):
            self.heading.set_problem(_("The sheet has {rows} rows.").format(rows=len(self.opened.sheet.rows)))
            return
        self.heading.set_problem("")
        self.headingChosen.emit(row - 1)

    def _tell_missing(self) -> None:
        missing = self.opened.missing if self.opened else ()
        if not missing:
            self.message.clear()
            return
        named = ", ".join(column_words(column) for column in missing)
        said = _("Say which column holds: {columns}. Without it no line can be taken.").format(columns=named)
        self.message.tell(said, "warning", closable=False)


def _samples(opened: OpenedBook, column: int) -> list[str]:
    """The first different values of a column, not too long; none from the line of a denunciation."""
    found: list[str] = []
    for row in range(opened.layout.data, len(opened.sheet.rows)):
        cell = opened.sheet.cell(row, column)
        text = clean_line(cell.text)
        if text and not cell.joined and text not in found and not _is_secret(opened, row):
            found.append(text if len(text) <= LONGEST_SAMPLE else text[:LONGEST_SAMPLE].rstrip() + "…")
        if len(found) == SAMPLES:
            break
    return found


def _is_secret(opened: OpenedBook, row: int) -> bool:
    """Whether any cell of the row speaks of a denunciation: its person is kept secret on the screen too."""
    texts = (cell.text for cell in opened.sheet.rows[row])
    return any(read_classification(text[:200]).classification is Classification.DENUNCIATION for text in texts if text)


def page_head(title: str, *widgets: QWidget) -> QHBoxLayout:
    """The heading of a page with what stands at its right."""
    px = look.current().px
    row = QHBoxLayout()
    row.setContentsMargins(px(16), px(10), px(16), px(6))
    row.setSpacing(px(14))
    label = QLabel(title)
    label.setProperty("ink", "title")
    row.addWidget(label)
    row.addStretch()
    for widget in widgets:
        row.addWidget(widget)
    return row
