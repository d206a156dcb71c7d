"""The people of a group as a table to type in; the last line is always empty and adds a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.people.member_list import birth_text
from tcd_desktop.domain.people.person import Member
from tcd_desktop.i18n import LazyText, lazy
from tcd_desktop.ui.forms.typed_dates import show_birth

Index = QModelIndex | QPersistentModelIndex

COLUMNS: tuple[tuple[str, LazyText], ...] = (
    ("name", lazy("Full name")),
    ("birth_date", lazy("Born")),
    ("id_number", lazy("Number of the identity paper")),
    ("address", lazy("Address")),
    ("phone", lazy("Telephone")),
    ("speaks", lazy("Speaks")),
    ("signed", lazy("Signed")),
)
TICKS = frozenset({"speaks", "signed"})
TYPED = tuple(at for at, (name, _words) in enumerate(COLUMNS) if name not in TICKS)
"""Columns into which something is typed."""


class MembersModel(QAbstractTableModel):
    """`members()` are the people; `edited` tells of every change by hand."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._members: list[Member] = []

    def members(self) -> tuple[Member, ...]:
        """The people in their order."""
        return tuple(self._members)

    def show(self, members: Iterable[Member]) -> None:
        """Other people, without telling `edited`."""
        self.beginResetModel()
        self._members = list(members)
        self.endResetModel()

    def add(self, members: Sequence[Member]) -> None:
        """Puts people at the end of the list."""
        if not members:
            return
        first = len(self._members)
        self.beginInsertRows(QModelIndex(), first, first + len(members) - 1)
        self._members += members
        self.endInsertRows()
        self.edited.emit()

    def take(self, rows: Iterable[int]) -> int:
        """Takes people out; how many."""
        gone = [row for row in sorted(set(rows), reverse=True) if row < len(self._members)]
        for row in gone:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._members[row]
            self.endRemoveRows()
        if gone:
            self.edited.emit()
        return len(gone)

    def tick(self, name: str, ticked: bool) -> None:
        """Ticks or clears a column for everybody."""
        column = next(at for at, (field, _words) in enumerate(COLUMNS) if field == name)
        self._members = [_ticked(member, name, ticked) for member in self._members]
        if self._members:
            self.dataChanged.emit(self.index(0, column), self.index(len(self._members) - 1, column))
            self.edited.emit()

    # -- what Qt asks -------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The people and the empty line."""
        return 0 if parent.isValid() else len(self._members) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Five to type, two to tick."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a column, number of a line."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return str(COLUMNS[section][1])
        return str(section + 1) if section < len(self._members) else "+"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Ticks are for people who have a name."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if COLUMNS[index.column()][0] not in TICKS:
            return base | Qt.ItemFlag.ItemIsEditable
        return base | Qt.ItemFlag.ItemIsUserCheckable if index.row() < len(self._members) else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid() or index.row() >= len(self._members):
            return None
        name = COLUMNS[index.column()][0]
        value = getattr(self._members[index.row()], name)
        if name in TICKS:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return str(COLUMNS[index.column()][1])
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return show_birth(value) or value if name == "birth_date" else value
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What was typed or ticked; a name in the empty line adds a person."""
        if not index.isValid():
            return False
        name = COLUMNS[index.column()][0]
        if role == Qt.ItemDataRole.CheckStateRole and name in TICKS and index.row() < len(self._members):
            return self._set(index, name, Qt.CheckState(value) == Qt.CheckState.Checked)
        if role != Qt.ItemDataRole.EditRole or name in TICKS:
            return False
        text = clean_line(str(value or ""))
        text = birth_text(text) if name == "birth_date" else text
        if index.row() < len(self._members):
            return self._set(index, name, text)
        if text:
            self._begin(index.row(), _typed(Member(""), name, text))
        return bool(text)

    def _begin(self, row: int, member: Member) -> None:
        """The empty line becomes a person, and another empty line follows it."""
        self.beginInsertRows(QModelIndex(), row + 1, row + 1)
        self._members.append(member)
        self.endInsertRows()
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        self.edited.emit()

    def _set(self, index: Index, name: str, value: Any) -> bool:
        member = self._members[index.row()]
        if getattr(member, name) == value:
            return False
        self._members[index.row()] = (
            _ticked(member, name, value) if isinstance(value, bool) else _typed(member, name, value)
        )
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True


def _ticked(member: Member, name: str, value: bool) -> Member:
    return replace(member, speaks=value) if name == "speaks" else replace(member, signed=value)


def _typed(member: Member, name: str, text: str) -> Member:
    values: dict[str, Any] = {name: text}
    return replace(member, **values)
