"""One of the six tables as a model: offices and their sum; which cells are typed, odd or do not add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tcd_desktop.i18n import _
from tcd_desktop.reports.circular.figures import TableFigures
from tcd_desktop.reports.circular.tables import Column, Table, table
from tcd_desktop.reports.circular_sheets.sheet_facts import printed, unit_name
from tcd_desktop.services.reports.report_figures import TOTAL, Earlier, Place
from tcd_desktop.ui.reports.report_reading import ShownReport
from tcd_desktop.words.report_words import change_words, period_name

Index = QModelIndex | QPersistentModelIndex
ROLE_MARKS: Final = Qt.ItemDataRole.UserRole + 10
"""The `Marks` of a cell."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be seen of a cell besides its figure. `change` is the odd change's direction: 1, -1, 0; `earlier`: it
    is of a period before."""

    typed: bool = False
    broken: bool = False
    changed: bool = False
    change: int = 0
    total: bool = False
    earlier: bool = False


class FiguresModel(QAbstractTableModel):
    """Shows one table of a report; `editable` while figures may be typed.

    Below the offices and their sum stand the same figures of the period before and of a year ago, as far as known.
    """

    def __init__(self, form: str, *, editable: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.form: Table = table(form)
        self._may_type = editable
        self._shown: ShownReport | None = None
        self._figures: TableFigures | None = None
        self.units: list[tuple[str, str]] = []
        self.earlier: list[tuple[str, Earlier]] = []
        self._broken: frozenset[Place] = frozenset()
        self._changed: dict[Place, int] = {}

    def show_report(self, shown: ShownReport) -> None:
        """Shows the table of a report; the place of the keyboard stays when the lines are the same."""
        figures = shown.figures(self.form.code)
        units = [(code, name) for code, name in shown.units if code in figures.rows]
        if len(units) > 1:
            units.append((TOTAL, _("Sum of the offices")))
        same = [code for code, _name in units] == [code for code, _name in self.units]
        if not same:
            self.beginResetModel()
            self.earlier = []
        self._shown, self._figures, self.units = shown, figures, units
        self._broken = frozenset(
            (self.form.code, one.unit, term.column)
            for one in shown.broken
            for term in (one.rule.left, *one.rule.right)
            if (term.table or one.table) == self.form.code
        )
        self._changed = {(one.form, one.unit, one.column): one.sent for one in shown.changed}
        if not same:
            self.endResetModel()
        self._show_earlier(_earlier_of(shown))
        if same and units:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.form.columns) - 1))

    def wait(self) -> None:
        """Shows no figures until they are counted: those of another period would be taken for its own."""
        self._shown = self._figures = None
        if self.units:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.form.columns) - 1))

    def _show_earlier(self, found: list[tuple[str, Earlier]]) -> None:
        """The lines below come and go without moving the place of the keyboard."""
        first, had, have = len(self.units), len(self.earlier), len(found)
        if have > had:
            self.beginInsertRows(QModelIndex(), first + had, first + have - 1)
        elif have < had:
            self.beginRemoveRows(QModelIndex(), first + have, first + had - 1)
        self.earlier = found
        if have > had:
            self.endInsertRows()
        elif have < had:
            self.endRemoveRows()

    # -- Qt's questions ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Offices, their sum, earlier figures."""
        return 0 if parent.isValid() else len(self.units) + len(self.earlier)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """The columns of the circular."""
        return 0 if parent.isValid() else len(self.form.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Numbers above, offices at the left."""
        if orientation is Qt.Orientation.Horizontal:
            if not 0 <= section < len(self.form.columns):
                return None
            if role == Qt.ItemDataRole.DisplayRole:
                return str(section + 1)
            return " › ".join(self.form.columns[section].path) if role == Qt.ItemDataRole.ToolTipRole else None
        if not 0 <= section < self.rowCount():
            return None
        if section >= len(self.units):
            name, earlier = self.earlier[section - len(self.units)]
            if role == Qt.ItemDataRole.ToolTipRole:
                return f"{name}: {period_name(earlier.period)}"
            return name if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return unit_name(self.units[section][1])
        return self.units[section][1] if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A figure, its marks, and what a screen reader says of it."""
        if not index.isValid() or self._figures is None or not index.row() < self.rowCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return printed(self.column(index), self.value(index))
        if role == Qt.ItemDataRole.EditRole:
            return printed(self.column(index), self.value(index)) if self.value(index) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.told(index)
        return self.marks(index) if role == ROLE_MARKS else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Typed figures of the own office are written in place."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.typed(index) else flags

    # -- what a cell is ------------------------------------------------------------------------------

    def unit(self, index: Index) -> str:
        """The office of a line, "" for their sum; earlier figures are those of the last line above them."""
        return self.units[min(index.row(), len(self.units) - 1)][0]

    def earlier_at(self, index: Index) -> Earlier | None:
        """Which earlier period a line tells, None for the present one."""
        at = index.row() - len(self.units)
        return self.earlier[at][1] if at >= 0 else None

    def column(self, index: Index) -> Column:
        """The column of the circular."""
        return self.form.columns[index.column()]

    def place(self, index: Index) -> Place:
        """(table, office, column) of a cell."""
        return self.form.code, self.unit(index), index.column() + 1

    def value(self, index: Index) -> int:
        """The figure; money in đồng."""
        assert self._figures is not None
        unit, earlier = self.unit(index), self.earlier_at(index)
        if earlier is not None:
            return self._earlier(earlier.values, self.place(index))
        return self._figures.total[index.column()] if unit == TOTAL else self._figures.value(unit, index.column() + 1)

    def typed(self, index: Index) -> bool:
        """Whether a person types it here."""
        if not index.isValid() or self._shown is None or not self._may_type or self.earlier_at(index) is not None:
            return False
        return self.column(index).manual and self.unit(index) == self._shown.own

    def marks(self, index: Index) -> Marks:
        """What is to be seen of a cell."""
        if self.earlier_at(index) is not None:
            return Marks(earlier=True)
        place, shown = self.place(index), self._shown
        change = 0
        if shown is not None and shown.compared is not None and place in shown.compared.odd:
            change = 1 if self.value(index) > self._odd_against(place) else -1
        return Marks(
            self.typed(index), place in self._broken, place in self._changed, change, self.unit(index) == TOTAL
        )

    def _odd_against(self, place: Place) -> int:
        """The earlier figure that made it odd: the period before, or else a year ago."""
        assert self._shown is not None and self._shown.compared is not None
        compared = self._shown.compared
        before, year = compared.before.values.get(place, 0), compared.year_before.values.get(place, 0)
        return before if compared.before.known else year

    def told(self, index: Index) -> str:
        """ "Phường Nguyễn Du, column 5, Tiếp thường xuyên › Số lượt tiếp: 12 lượt; period before 10, up 2"."""
        column, earlier = self.column(index), self.earlier_at(index)
        name = period_name(earlier.period) if earlier else unit_name(self.units[index.row()][1])
        path = " › ".join(column.path)
        figure = printed(column, self.value(index))
        words = [
            _("{office}, column {number}, {path}: {figure} {unit}").format(
                office=name, number=column.number, path=path, figure=figure, unit=column.unit_word
            )
        ]
        return "; ".join((*words, *self.compared_words(index)))

    def compared_words(self, index: Index) -> list[str]:
        """The figures of earlier periods and the one that was sent."""
        if self._shown is None or self.earlier_at(index) is not None:
            return []
        column, place, value, compared = self.column(index), self.place(index), self.value(index), self._shown.compared
        words = []
        if compared is not None:
            same = compared.before.period == compared.year_before.period
            asked = [(compared.before, _("period before {figure}, {change}"))] if not same else []
            asked.append((compared.year_before, _("a year ago {figure}, {change}")))
            for earlier, pattern in asked:
                if earlier.known:
                    then = self._earlier(earlier.values, place)
                    words.append(pattern.format(figure=printed(column, then), change=_change(column, value, then)))
        if place in self._changed:
            words.append(_("sent as {figure}").format(figure=printed(column, self._changed[place])))
        if self.typed(index):
            words.append(_("typed by hand"))
        return words

    def _earlier(self, values: Any, place: Place) -> int:
        form, unit, column = place
        if unit != TOTAL:
            return int(values.get(place, 0))
        return sum(int(values.get((form, code, column), 0)) for code, _name in self.units if code != TOTAL)


def _earlier_of(shown: ShownReport) -> list[tuple[str, Earlier]]:
    """(name of the line, figures); one line when both are the same period."""
    if shown.compared is None:
        return []
    before, year = shown.compared.before, shown.compared.year_before
    found = [(_("Period before"), before)] if before.period != year.period else []
    return [one for one in (*found, (_("A year ago"), year)) if one[1].known]


def _change(column: Column, now: int, then: int) -> str:
    if column.scale == 1 or now == then:
        return change_words(now, then)
    told = _("up {n}") if now > then else _("down {n}")
    return told.format(n=printed(column, abs(now - then)))
