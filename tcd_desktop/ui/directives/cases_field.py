"""The cases a directive concerns: found by typing, kept as lines that can be taken away."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tcd_desktop.i18n import Text, _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.pages import CasePages, CaseQuery
from tcd_desktop.ui.cases.case_words import short_office
from tcd_desktop.ui.directives.case_links import CaseLink, case_links, link_of
from tcd_desktop.ui.forms.field import Field
from tcd_desktop.ui.forms.typing import Line
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.link_line import ElidedButton
from tcd_desktop.ui.window.runner import Job, RunnerLike

SHOWN = 6
PAUSE_MS = 200
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CasesField(Field):
    """The value is the ids in the order in which they were chosen. Down goes into what was found, Enter takes it."""

    def __init__(self, label: Text, office: OpenOffice, runner: RunnerLike, names: Mapping[str, str]) -> None:
        super().__init__(label)
        self._office, self._runner, self._names = office, runner, dict(names)
        self._ids: tuple[str, ...] = ()
        self._links: dict[str, CaseLink] = {}
        self._job: Job | None = None
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look.current().px(4))
        self.editor = Line()
        self.editor.setPlaceholderText(_("Type a number, a name or words of the matter"))
        self.editor.textEdited.connect(self._typed)
        self.found = QListWidget()
        self.found.setAccessibleName(_("Cases found"))
        self.found.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.found.itemActivated.connect(self._take_item)
        self.found.itemClicked.connect(self._take_item)
        self.found.installEventFilter(self)
        self.found.hide()
        self._chosen = QVBoxLayout()
        self._chosen.setSpacing(look.current().px(2))
        lines.addWidget(self.editor)
        lines.addWidget(self.found)
        lines.addLayout(self._chosen)
        self._place(body, self.editor)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.look_up)

    # -- finding --------------------------------------------------------------------------------------

    def _typed(self, _text: str) -> None:
        self._timer.start()

    def look_up(self) -> None:
        """Reads the cases that fit what is typed."""
        self._timer.stop()
        text = self.editor.text().strip()
        if self._job is not None:
            self._job.forget()
            self._job = None
        if len(text) < 2:
            self.found.hide()
            return
        self._job = self._runner.read(partial(self._read, text), done=self._arrived)

    def _read(self, text: str, _progress: Progress) -> list[CaseLink]:
        with self._office.store.reading() as connection:
            rows = CasePages().page(connection, CaseQuery(text=text), size=SHOWN).rows
        wards = self._office.is_superior
        names = {code: short_office(name) if wards else "" for code, name in self._names.items()}
        return [
            link_of(row.id, row.office, row.number, row.title, row.classification, names.get(row.office, ""))
            for row in rows
        ]

    def _arrived(self, links: list[CaseLink]) -> None:
        self._job = None
        self.found.clear()
        for link in links:
            if link.id in self._ids:
                continue
            item = QListWidgetItem(link.words)
            icons_name = "lock" if link.secret else "folder-open"
            item.setIcon(icons.icon(icons_name, "secret" if link.secret else "muted", 16))
            item.setData(Qt.ItemDataRole.UserRole, link)
            self.found.addItem(item)
        if not self.found.count():
            item = QListWidgetItem(_("No case found"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(item)
        height = self.found.sizeHintForRow(0) * self.found.count() + 2 * self.found.frameWidth() + 2
        self.found.setFixedHeight(height)
        self.found.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes into the list, Enter takes the first or the chosen one, Esc closes the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(watched, event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        open_, key = not self.found.isHidden(), Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and open_:
            self._close()
            return True
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if watched is self.editor and key == Qt.Key.Key_Down and open_:
            self.found.setFocus(Qt.FocusReason.OtherFocusReason)
            self.found.setCurrentRow(0)
            return True
        if watched is self.found and key == Qt.Key.Key_Up and self.found.currentRow() == 0:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if key in ENTERS and (open_ or self._timer.isActive()):
            if self._timer.isActive():
                self.look_up()
            self._take_item(self.found.currentItem() or self.found.item(0))
            return True
        return False

    def _close(self) -> None:
        self.found.hide()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- chosen ---------------------------------------------------------------------------------------

    def _take_item(self, item: QListWidgetItem | None) -> None:
        link = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if not isinstance(link, CaseLink):
            return
        self._links[link.id] = link
        self._ids = tuple(dict.fromkeys((*self._ids, link.id)))
        self.editor.clear()
        self._close()
        self._show()
        self.changed.emit(self._ids)

    def drop(self, case: str, _checked: bool = False) -> None:
        """Takes a case away."""
        self._ids = tuple(one for one in self._ids if one != case)
        self._show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self._ids)

    def offices(self) -> list[str]:
        """The offices of the chosen cases."""
        return list(dict.fromkeys(self._links[case].office for case in self._ids if case in self._links))

    def value(self) -> Any:
        """The ids."""
        return self._ids

    def set_value(self, value: Any) -> None:
        """Shows cases; their words are read when they are not known yet."""
        self._ids = tuple(value or ())
        unknown = [case for case in self._ids if case not in self._links]
        if unknown:
            self._runner.read(lambda _progress: case_links(self._office, unknown, self._names), done=self._named)
        self._show()

    def _named(self, links: dict[str, CaseLink]) -> None:
        self._links |= links
        self._show()

    def _show(self) -> None:
        while self._chosen.count():
            item = self._chosen.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for case in self._ids:
            link = self._links.get(case)
            words = link.words if link else _("A case that is not on this PC")
            button = ElidedButton(words)
            button.setProperty("kind", "suggestion")
            button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands after the words
            icons.dress(button, "x", "muted", 14)
            button.setAccessibleName(_("Take the case away: {words}").format(words=words))
            button.setToolTip(button.accessibleName())
            button.clicked.connect(partial(self.drop, case))
            self._chosen.addWidget(button)
