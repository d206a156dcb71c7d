"""The filters of a list: a button with a menu, and a line of chips and saved filters that is there only when needed.

bar = FilterBar("receptions", dimensions, keeper, today)
head.addWidget(bar.button); page.addWidget(bar)
bar.changed.connect(self._filtered)      the values now
bar.show_values(values)                  another place chose them
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import Text, _
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.filters.days_strip import DaysStrip
from tcd_desktop.ui.filters.dimensions import PERIOD, SINCE, UNTIL, Dimension, Values, chips
from tcd_desktop.ui.filters.saved import SavedFilters
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.flow import FlowLayout
from tcd_desktop.ui.window.actions import key_text, row


class FilterBar(QFrame):
    """See the module. `changed` carries the values; those of keys that are no dimension are kept as they are."""

    changed = Signal(dict)

    def __init__(
        self,
        name: str,
        dimensions: Sequence[Dimension],
        keeper: Keeper,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self._dimensions, self._today = list(dimensions), today
        self.values: Values = {}
        self.button = QPushButton(_("Filter"))
        icons.dress(self.button, "list-filter", "text", 16)
        self.button.setToolTip(f"{row('list.filter').text}  {key_text('list.filter')}")
        self.button.clicked.connect(self.open_menu)
        self.saved = SavedFilters(name, keeper, self)
        self.saved.applied.connect(self._apply)
        self.saved.changed.connect(self._show)
        self.days = DaysStrip(today, self)
        self.days.chosen.connect(self._days_typed)
        self._line = QWidget()
        self._flow = FlowLayout(now.px(6), self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
        column.setSpacing(now.px(6))
        column.addWidget(self.days)
        column.addWidget(self.saved.naming)
        column.addWidget(self._line)
        self._show()

    def watch_keys(self, page: QWidget) -> None:
        """The keys that work anywhere in the page of the list."""
        keys: list[tuple[str, Callable[[], object]]] = [(row("list.filter").shortcut, self.open_menu)]
        keys += [(f"Ctrl+{number}", partial(self.saved.apply_pinned, number - 1)) for number in range(1, 10)]
        for key, slot in keys:
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def dimension(self, key: str) -> Dimension:
        """A dimension by key."""
        return next(one for one in self._dimensions if one.key == key)

    def set_options(self, key: str, options: Sequence[tuple[str, Text]]) -> None:
        """Other choices of a dimension, read later than the page was made."""
        at = next(at for at, one in enumerate(self._dimensions) if one.key == key)
        self._dimensions[at] = self._dimensions[at].with_options(options)
        self._show()

    def show_values(self, values: Mapping[str, str]) -> None:
        """Shows filters that were chosen elsewhere, without telling."""
        self.values = {key: value for key, value in values.items() if value}
        self._show()

    def words(self) -> list[str]:
        """The filters in words, for the head of a table file."""
        return [text for _key, text in chips(self._dimensions, self.values, self._today())]

    # -- choosing ---------------------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """Every dimension with its choices, and the saved filters."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for dimension in self._dimensions:
            if not dimension.options:
                continue
            part = menu.addMenu(str(dimension.title)) if len(dimension.options) > 1 or dimension.dates else menu
            for value, text in dimension.options:
                action = part.addAction(str(text))
                action.setCheckable(True)
                action.setChecked(self.values.get(dimension.key, "") == value)
                action.triggered.connect(partial(self._choose, dimension.key, value))
            if dimension.dates:
                part.addSeparator()
                part.addAction(_("Other days…")).triggered.connect(self._other_days)
        menu.addSeparator()
        self.saved.add_to(menu, self.values)
        clear = menu.addAction(_("Without filters"))
        clear.setEnabled(bool(self.values))
        clear.triggered.connect(self.clear)
        return menu

    def open_menu(self) -> None:
        """The menu below its button, with the keyboard in it."""
        self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def clear(self) -> None:
        """Takes every filter away."""
        known = {dimension.key for dimension in self._dimensions} | {SINCE, UNTIL}
        self._apply({key: value for key, value in self.values.items() if key not in known})

    def remove(self, key: str) -> None:
        """Takes one filter away."""
        gone = {PERIOD, SINCE, UNTIL} if self.dimension(key).dates else {key}
        self._apply({known: value for known, value in self.values.items() if known not in gone})

    def _choose(self, key: str, value: str, _checked: bool = False) -> None:
        if self.values.get(key) == value:
            self.remove(key)
            return
        gone = {PERIOD, SINCE, UNTIL} if key == PERIOD else {key}
        kept = {known: given for known, given in self.values.items() if known not in gone}
        self._apply({**kept, key: value})

    def _other_days(self) -> None:
        self.days.open(self.values)

    def _days_typed(self, since: object, until: object) -> None:
        kept = {key: value for key, value in self.values.items() if key not in (PERIOD, SINCE, UNTIL)}
        days = {SINCE: since, UNTIL: until}
        self._apply({**kept, **{key: day.isoformat() for key, day in days.items() if isinstance(day, date)}})

    def _apply(self, values: Mapping[str, str]) -> None:
        self.show_values(values)
        self.changed.emit(dict(self.values))

    # -- the line ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for button in self.saved.buttons(self.values):
            self._flow.addWidget(button)
        on = chips(self._dimensions, self.values, self._today())
        for key, text in on:
            self._flow.addWidget(self._chip(key, text))
        if on:
            self._flow.addWidget(self._quiet(_("Save this filter"), self._save))
        if len(on) > 1:
            self._flow.addWidget(self._quiet(_("Without filters"), self.clear))
        self._line.setVisible(self._flow.count() > 0)
        self.setVisible(self._flow.count() > 0 or self.days.isVisibleTo(self) or self.saved.naming.isVisibleTo(self))

    def _chip(self, key: str, text: str) -> QPushButton:
        chip = QPushButton(text)
        chip.setProperty("kind", "suggestion")
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands after the words
        icons.dress(chip, "x", "muted", 14)
        chip.setAccessibleName(_("Take the filter away: {words}").format(words=text))
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(partial(self._chip_clicked, key))
        return chip

    def _chip_clicked(self, key: str) -> None:
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)  # the chip goes, the keyboard stays near
        self.remove(key)

    def _quiet(self, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "link")
        button.clicked.connect(slot)
        return button

    def _save(self) -> None:
        self.saved.begin_naming(self.values)

    def showing_changed(self) -> None:
        """A strip of the bar was opened or closed."""
        self._show()
