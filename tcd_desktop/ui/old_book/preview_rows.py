"""Lines of an old book beside each other: as they stand in the file, and as they will stand in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tcd_desktop import words
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.old_book.old_book_columns import BookColumn
from tcd_desktop.domain.old_book.old_book_sheet import EMPTY, Cell
from tcd_desktop.i18n import Text, _, lazy
from tcd_desktop.services.old_book.old_book_plan import Fate, Planned
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import paint_chip
from tcd_desktop.ui.old_book.book_work import OpenedBook
from tcd_desktop.words.old_book_words import mended_words, sentences

ROLE_CELL = Qt.ItemDataRole.UserRole + 21
LONGEST = 400

FATES: dict[Fate, tuple[Text, str, str]] = {
    Fate.READY: (lazy("Ready"), "success", "circle-check"),
    Fate.DOUBTFUL: (lazy("Look at it"), "warning", "triangle-alert"),
    Fate.REFUSED: (lazy("Not taken"), "danger", "circle-x"),
    Fate.KNOWN: (lazy("In the log"), "closed", "book-open"),
}
"""Fate -> words, tone, icon of its chip."""

COLUMNS: tuple[tuple[str, Text, int, tuple[BookColumn, ...]], ...] = (
    ("fate", lazy("State"), 134, ()),
    ("row", lazy("Row"), 56, ()),
    ("number", lazy("Number"), 60, (BookColumn.NUMBER,)),
    ("date", lazy("Date"), 118, (BookColumn.DATE,)),
    ("name", lazy("Full name"), 170, (BookColumn.NAME, BookColumn.NAME_ADDRESS)),
    ("address", lazy("Address"), 150, (BookColumn.ADDRESS,)),
    ("id_number", lazy("Identity paper"), 124, (BookColumn.ID_NUMBER,)),
    ("content", lazy("Content"), 240, (BookColumn.CONTENT,)),
    ("classification", lazy("Classification"), 110, (BookColumn.CLASSIFICATION, BookColumn.CLASS_PEOPLE)),
    ("direction", lazy("Handling"), 150, (
        BookColumn.ACCEPT, BookColumn.GUIDE, BookColumn.FORWARD, BookColumn.DIRECTION,
    )),
)  # fmt: skip
"""Key, heading, width, the columns of the book it comes from."""

SECRET = frozenset({"name", "address", "id_number"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: `after` in the log, `before` in the file ("" = the same), and why they differ."""

    after: str
    before: str = ""
    why: str = ""
    chip: Chip | None = None


class PreviewRows(QAbstractTableModel):
    """The lines of a plan, ready to be painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Planned] = []
        self._cells: list[tuple[Shown, ...]] = []

    def show_lines(self, opened: OpenedBook, lines: Sequence[Planned]) -> None:
        """Shows these lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self._cells = [cells_of(opened, planned) for planned in lines]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many lines."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return str(COLUMNS[section][1])
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; the tooltip tells both sides and why."""
        if not index.isValid():
            return None
        cell = self._cells[index.row()][index.column()]
        if role == ROLE_CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.chip.text if cell.chip else cell.after
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (cell.after, told_before(cell), cell.why)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(filter(None, (cell.after or (cell.chip.text if cell.chip else ""), told_before(cell))))
        return None


def told_before(cell: Shown) -> str:
    """ "in the file: NguyÔn V¨n A", or nothing."""
    return _("in the file: {text}").format(text=cell.before) if cell.before else ""


def cells_of(opened: OpenedBook, planned: Planned) -> tuple[Shown, ...]:
    """The cells of one line."""
    line, draft = planned.line, planned.line.draft
    text, tone, icon = FATES[planned.fate]
    after = {
        "row": str(line.row),
        "number": str(planned.number or line.number or ""),
        "date": f"{draft.date:%d/%m/%Y}" if draft.date else "",
        "name": _named(planned),
        "address": draft.address,
        "id_number": draft.id_number,
        "content": clean_line(draft.content)[:LONGEST],
        "classification": words.label(draft.classification),
        "direction": words.label(draft.direction),
    }
    shown = [Shown("", chip=Chip(str(text), tone, icon))]  # type: ignore[arg-type]
    for key, _title, _width, sources in COLUMNS[1:]:
        hidden = draft.is_secret and key in SECRET
        value = words.masked_name(draft.classification) if hidden and key == "name" else "" if hidden else after[key]
        before, why = ("", "") if hidden else _before(opened, planned, key, sources, value)
        shown.append(Shown(value, before, why))
    return tuple(shown)


def _named(planned: Planned) -> str:
    draft = planned.line.draft
    return _("{name} and {n} more").format(name=draft.name, n=draft.people - 1) if draft.people > 1 else draft.name


def _before(
    opened: OpenedBook, planned: Planned, key: str, sources: tuple[BookColumn, ...], after: str
) -> tuple[str, str]:
    """(what the file has, why it differs); nothing when it says the same."""
    cells = [cell for source in sources if (cell := _cell(opened, planned, source)).raw.strip()]
    if not cells:
        return "", ""
    before = clean_line(" ".join(_visible(cell.raw) for cell in cells))[:LONGEST]
    told = [mended_words(cell.mended) for cell in cells if cell.mended]
    told += [sentences([doubt]) for doubt in planned.line.doubts + planned.line.stops if doubt.field == key]
    return ("", "") if before == clean_line(after) and not told else (before, "; ".join(told))


def _visible(raw: str) -> str:
    """TCVN3's ư is a soft hyphen, which nobody sees."""
    return raw.replace("\u00ad", "-")


def _cell(opened: OpenedBook, planned: Planned, column: BookColumn) -> Cell:
    if column not in opened.layout.columns:
        return EMPTY
    return opened.sheet.cell(planned.line.rows[0], opened.layout.columns.index(column))


class PreviewDelegate(QStyledItemDelegate):
    """Two lines a cell: what will be, and under it, smaller, what is; a mended or doubtful cell has a quiet ground."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        now, cell = look.current(), index.data(ROLE_CELL)
        theme, rect = now.theme, QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(theme.selection))
        elif cell.why:
            painter.fillRect(rect.adjusted(1, 1, -1, -1), QColor(theme.warning.paper))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(now.px(8), now.px(3), -now.px(8), -now.px(3))
        if cell.chip is not None:
            paint_chip(painter, inner, cell.chip)
        else:
            self._paint_texts(painter, inner, cell, selected)
        if selected and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), now.px(3), rect.height()), QColor(theme.accent))
        painter.restore()

    def _paint_texts(self, painter: QPainter, inner: QRect, cell: Shown, selected: bool) -> None:
        theme = look.current().theme
        upper = QRect(inner)
        if cell.before:
            upper.setHeight(inner.height() * 55 // 100)
        ink = theme.on_selection if selected else theme.warning.ink if cell.why else theme.text
        painter.setFont(look.font(strong=bool(cell.why)))
        painter.setPen(QColor(ink))
        self._line(painter, upper, cell.after or "–")
        if cell.before:
            lower = QRect(inner.left(), upper.bottom(), inner.width(), inner.bottom() - upper.bottom())
            painter.setFont(look.font(-1))
            painter.setPen(QColor(theme.on_selection if selected else theme.muted))
            self._line(painter, lower, cell.before)

    def _line(self, painter: QPainter, rect: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines high."""
        return QSize(look.current().px(COLUMNS[index.column()][2]), row_height())


def row_height() -> int:
    """Of a line with its two texts."""
    return look.current().px(46)
