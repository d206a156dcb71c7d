"""Filters kept under a name: buttons above the list, in an order the officer chooses; kept in the settings per list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.i18n import _
from tcd_desktop.settings import Keeper, SavedFilter
from tcd_desktop.ui.filters.dimensions import Values
from tcd_desktop.ui.look import icons, look

LONGEST = 40
"""Letters of a name: it stands on a button."""


class SavedFilters(QObject):
    """The saved filters of one list. `naming` is the strip in which a name is typed."""

    applied = Signal(dict)
    changed = Signal()

    def __init__(self, name: str, keeper: Keeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._keeper = name, keeper
        self.naming = NameStrip(parent)
        self.naming.named.connect(self._named)
        self.naming.closed.connect(self.changed)
        self._values: Values = {}
        self._renamed: str = ""

    @property
    def all(self) -> tuple[SavedFilter, ...]:
        """Every saved filter, in order."""
        return self._keeper.value.filters.get(self._name, ())

    @property
    def pinned(self) -> list[SavedFilter]:
        """Those that are buttons."""
        return [one for one in self.all if one.pinned]

    def _keep(self, filters: tuple[SavedFilter, ...]) -> None:
        self._keeper.remember_filters(self._name, filters)
        self.changed.emit()

    def apply_pinned(self, number: int) -> None:
        """The filter of a button by its place, if there is one."""
        if number < len(self.pinned):
            self.applied.emit(dict(self.pinned[number].values))

    # -- naming -----------------------------------------------------------------------------------------

    def begin_naming(self, values: Mapping[str, str], renamed: str = "") -> None:
        """Asks for a name, for these values or for a filter that has another name."""
        self._values, self._renamed = dict(values), renamed
        self.naming.open(renamed)
        self.changed.emit()

    def _named(self, name: str) -> None:
        if self._renamed:
            kept = [one for one in self.all if one.name != name or one.name == self._renamed]
            self._keep(tuple(replace(one, name=name) if one.name == self._renamed else one for one in kept))
            return
        filters = list(self.all)
        at = next((at for at, one in enumerate(filters) if one.name == name), len(filters))
        filters[at : at + 1] = [SavedFilter(name, self._values)]
        self._keep(tuple(filters))

    # -- buttons and menus ------------------------------------------------------------------------------

    def buttons(self, values: Mapping[str, str]) -> list[QPushButton]:
        """A button for each pinned filter; the one in force is down."""
        made = []
        for number, one in enumerate(self.pinned):
            button = QPushButton(one.name)
            button.setProperty("kind", "pinned")
            button.setCheckable(True)
            button.setChecked(dict(values) == one.values)
            icons.dress(button, "bookmark", "muted", 14)
            key = f"Ctrl+{number + 1}" if number < 9 else ""
            button.setToolTip(f"{one.name}  {key}".rstrip())
            button.setAccessibleName(_("Saved filter: {name}").format(name=one.name))
            button.clicked.connect(partial(self._apply, one))
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            button.customContextMenuRequested.connect(partial(self._context, button, one))
            made.append(button)
        return made

    def _apply(self, one: SavedFilter, _checked: bool = False) -> None:
        self.applied.emit(dict(one.values))

    def _context(self, button: QPushButton, one: SavedFilter, at: QPoint) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._acts(menu, one)
        menu.popup(button.mapToGlobal(at))

    def add_to(self, menu: QMenu, values: Mapping[str, str]) -> None:
        """Saving, and every saved filter with what can be done with it."""
        save = menu.addAction(_("Save this filter"))
        save.setEnabled(bool(values))
        save.triggered.connect(lambda: self.begin_naming(values))
        if self.all:
            part = menu.addMenu(_("Saved filters"))
            for one in self.all:
                acts = part.addMenu(one.name)
                acts.addAction(_("Use")).triggered.connect(partial(self._apply, one))
                self._acts(acts, one)

    def _acts(self, menu: QMenu, one: SavedFilter) -> None:
        pin = menu.addAction(_("Button above the list"))
        pin.setCheckable(True)
        pin.setChecked(one.pinned)
        pin.triggered.connect(partial(self._pin, one))
        menu.addAction(_("Rename")).triggered.connect(partial(self._rename, one))
        filters = self.all
        place = filters.index(one) if one in filters else 0
        before, after = menu.addAction(_("Move to the left")), menu.addAction(_("Move to the right"))
        before.setEnabled(place > 0)
        after.setEnabled(place < len(filters) - 1)
        before.triggered.connect(partial(self._move, one, -1))
        after.triggered.connect(partial(self._move, one, 1))
        menu.addAction(_("Delete")).triggered.connect(partial(self._delete, one))

    def _pin(self, one: SavedFilter, pinned: bool) -> None:
        self._keep(tuple(replace(known, pinned=pinned) if known == one else known for known in self.all))

    def _rename(self, one: SavedFilter, _checked: bool = False) -> None:
        self.begin_naming(one.values, renamed=one.name)

    def _move(self, one: SavedFilter, step: int, _checked: bool = False) -> None:
        filters = list(self.all)
        at = filters.index(one)
        filters.insert(at + step, filters.pop(at))
        self._keep(tuple(filters))

    def _delete(self, one: SavedFilter, _checked: bool = False) -> None:
        self._keep(tuple(known for known in self.all if known != one))


class NameStrip(QFrame):
    """One field for a name. Enter keeps it, Esc leaves."""

    named = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        now = look.current()
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(_("Name of the filter"))
        self.field.setPlaceholderText(_("For instance: Land, not answered"))
        self.field.setFixedWidth(now.px(260))
        self.field.returnPressed.connect(self._keep)
        self.field.installEventFilter(self)
        keep, leave = QPushButton(_("Save")), QPushButton(_("Cancel"))
        keep.clicked.connect(self._keep)
        leave.clicked.connect(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(8))
        for widget in (QLabel(_("Name of the filter")), self.field, keep, leave):
            row.addWidget(widget)
        row.addStretch()
        self.hide()

    def open(self, name: str) -> None:
        """Asks for a name."""
        self.field.setText(name)
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _keep(self) -> None:
        name = clean_line(self.field.text())
        if not name:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._leave()
        self.named.emit(name)

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leaves."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._leave()
            return True
        return super().eventFilter(watched, event)
