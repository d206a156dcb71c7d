"""The best hits of every other kind beside the list, while the list shown finds its own.

Down and Up choose, Enter goes there, Esc closes. While a typing tool composes a letter, its keys are its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.pages import CaseQuery, ReceptionQuery
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.window.runner import Job, RunnerLike

SHORTEST = 2
OF_A_KIND = 4
"""Hits of each kind; the lists show all of them."""
WIDE = 400
ROLE_HIT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: the desk that shows it, its id, and two texts."""

    desk: str
    id: str
    title: str
    detail: str


def read_hits(office: OpenOffice, text: str, today: date) -> list[Hit]:
    """The best hits of every kind, visits first. For a reader thread. Denouncers are named nowhere."""
    found: list[Hit] = []
    with office.store.reading() as connection:
        visits = office.receptions.pages.page(connection, ReceptionQuery(text=text), size=OF_A_KIND).rows
        cases = office.cases.pages.page(connection, CaseQuery(text=text), size=OF_A_KIND).rows
    for visit in visits:
        name = visit.name or words.masked_name(visit.classification)
        day = f"{visit.date:%d/%m/%Y}"
        found.append(Hit("receptions", visit.id, f"{visit.number}  {name}", f"{day}  {_line(visit.content)}"))
    for case in cases:
        found.append(Hit("cases", case.id, f"{case.number}  {_line(case.title)}", words.label(case.state)))
    for citizen in office.citizens.search(text, most=OF_A_KIND):
        told = "  ".join(part for part in (citizen.birth_date[:4], _line(citizen.address)) if part)
        found.append(Hit("citizens", citizen.id, citizen.name, told))
    return found


def _line(text: str) -> str:
    return " ".join(text.split())


class QuickSearch(QFrame):
    """The hits for the words in the box `search`; a child of the window, so that the keyboard stays where it is."""

    goRequest = Signal(str, object)
    """Show this desk with this record."""

    def __init__(
        self, search: QLineEdit, office: OpenOffice, runner: RunnerLike, desks: frozenset[str], window: QWidget
    ) -> None:
        super().__init__(window)
        self.setProperty("box", "sheet")
        self._search, self._office, self._runner, self._desks = search, office, runner, desks
        self._window = window
        self._job: Job | None = None
        self._composing = False
        self._shown_desk = ""
        now = look.current()
        self.hits = QListWidget()
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.hits.setAccessibleName(_("Best hits"))
        self.hits.itemClicked.connect(self._go)
        self._told = QLabel(_("Down and Up choose, Enter goes there, Esc closes."))
        self._told.setProperty("ink", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(now.px(6), now.px(6), now.px(6), now.px(6))
        column.setSpacing(now.px(4))
        column.addWidget(self.hits)
        column.addWidget(self._told)
        search.installEventFilter(self)
        self.hide()

    def ask(self, text: str, shown_desk: str) -> None:
        """Reads the hits for a text; those of the desk that is shown stand in its list already."""
        self._shown_desk = shown_desk
        if self._job is not None:
            self._job.forget()
            self._job.cancel()
            self._job = None
        if len(text) < SHORTEST or not self._search.hasFocus():
            self.hide()
            return
        office, today = self._office, self._office.today()

        def work(_progress: Progress) -> list[Hit]:
            return read_hits(office, text, today)

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _failed(self, _error: Exception) -> None:
        self.hide()  # the list says what is wrong

    def _arrived(self, found: list[Hit]) -> None:
        self._job = None
        kept = [hit for hit in found if hit.desk != self._shown_desk and hit.desk in self._desks]
        self.hits.clear()
        names = {"receptions": _("Visits"), "cases": _("Cases"), "citizens": _("Citizens")}
        pictures = {"receptions": "book-open", "cases": "folder-open", "citizens": "users"}
        desk = ""
        for hit in kept:
            if hit.desk != desk:
                desk = hit.desk
                heading = QListWidgetItem(names[desk])
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setFont(look.font(-1, strong=True))
                self.hits.addItem(heading)
            item = QListWidgetItem(f"{hit.title}   {hit.detail}".rstrip())
            item.setData(ROLE_HIT, hit)
            item.setIcon(icons.icon(pictures[desk], "muted"))
            self.hits.addItem(item)
        if kept and self._search.hasFocus():
            self._place()
            self.show()
            self.raise_()
        else:
            self.hide()

    def _place(self) -> None:
        now = look.current()
        rows = sum(self.hits.sizeHintForRow(at) for at in range(self.hits.count()))
        self.hits.setIconSize(QSize(now.px(16), now.px(16)))
        self.hits.setFixedHeight(min(rows + now.px(6), now.px(380)))
        self.setFixedWidth(now.px(WIDE))
        self.adjustSize()
        below = self._search.mapTo(self._window, QPoint(0, self._search.height())).y()
        # at the right, where the inspector is: the list that finds the same words stays to be seen
        self.move(self._window.width() - self.width() - now.px(12), below + now.px(64))

    def chosen(self) -> Hit | None:
        """The hit that Enter goes to."""
        item = self.hits.currentItem()
        hit = item.data(ROLE_HIT) if item is not None else None
        return hit if isinstance(hit, Hit) else None

    def _go(self, item: QListWidgetItem) -> None:
        hit = item.data(ROLE_HIT)
        if isinstance(hit, Hit):
            self.hide()
            self.goRequest.emit(hit.desk, hit.id)

    def _step(self, step: int) -> bool:
        """Chooses the next or the one before, passing over headings; False beyond the ends."""
        at = self.hits.currentRow() + step
        while 0 <= at < self.hits.count():
            if self.hits.item(at).data(ROLE_HIT) is not None:
                self.hits.setCurrentRow(at)
                return True
            at += step
        self.hits.setCurrentRow(-1)
        return step < 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the search box while hits are shown."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif event.type() == QEvent.Type.FocusOut:
            self._composing = False
            self.hide()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.isVisible():
            return not self._composing and self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self._step(1 if key == Qt.Key.Key_Down else -1):
                return True
            self.hide()  # beyond the last hit the list begins
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            hit = self.chosen()
            self.hide()
            if hit is not None:
                self.goRequest.emit(hit.desk, hit.id)
            return hit is not None
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False
