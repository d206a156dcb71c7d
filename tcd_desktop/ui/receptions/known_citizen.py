"""A citizen who was here before: the history card, shown as soon as the number of the identity paper is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.people.person import Citizen, Person
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.citizen_history import CitizenHistory, PastVisit, read_history
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.flow import FlowLayout
from tcd_desktop.ui.receptions.columns import short_date
from tcd_desktop.ui.receptions.past_visits import PastVisits

_SAME = {f.name for f in fields(Citizen)} & {f.name for f in fields(Person)}


def known_person(history: CitizenHistory) -> Person:
    """What is known of a citizen, to fill the form from."""
    return Person(**{name: getattr(history.citizen, name) for name in _SAME})


def find_known(office: OpenOffice, numbers: Sequence[str]) -> CitizenHistory | None:
    """Somebody of this office with one of these numbers, or None. For a reader thread."""
    with office.store.reading() as connection:
        return read_history(connection, office.office.id, numbers, office.today())


class KnownCard(QFrame):
    """How often, open cases, awaited answers, last visits; and the offers to fill in and to go on with a matter.

    F6 fills in, F7 goes to the visits, Enter opens one, F8 takes its matter up again; Esc goes back to the form.
    """

    fillRequest = Signal(object)
    """The CitizenHistory."""
    openRequest = Signal(str)
    """Id of a visit to look at."""
    matterChanged = Signal(object)
    """The PastVisit whose matter this visit is about, None = another matter."""
    left = Signal()
    """Esc: the keyboard goes back to the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "card")
        self.known: CitizenHistory | None = None
        self.matter: PastVisit | None = None
        self._may_take = True
        picture = QLabel()
        icons.dress(picture, "user-check", "accent", 18)
        self._title, self._times = ElidedLabel(), ElidedLabel()
        self._title.setProperty("ink", "heading")
        self._times.setProperty("ink", "muted")
        self.fill = _link(_("Fill in  F6"), "clipboard-pen")
        self.fill.clicked.connect(self._fill)
        self.visits = PastVisits()
        self.visits.opened.connect(self.openRequest)
        self.visits.currentRowChanged.connect(self._show_offers)
        self.go = _link(_("Visits  F7"), "list")
        self.go.clicked.connect(self.enter)
        self.same = _link("", "link")
        self.same.clicked.connect(self.take_matter)
        self._told = QLabel()
        self._told.setProperty("ink", "success")
        self._told.setWordWrap(True)
        self._chips = FlowLayout(now.px(6))  # one under the other where the column is narrow
        head = QHBoxLayout()
        head.setSpacing(now.px(8))
        head.addWidget(picture)
        head.addWidget(self._title, 1)
        head.addWidget(self.fill)
        foot = QHBoxLayout()
        foot.addWidget(self.go)
        foot.addStretch()
        foot.addWidget(self.same)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(14), now.px(8), now.px(8), now.px(6))
        lines.setSpacing(now.px(4))
        lines.addLayout(head)
        lines.addWidget(self._times)
        lines.addLayout(self._chips)
        lines.addWidget(self.visits)
        lines.addWidget(self._told)
        lines.addLayout(foot)
        self._told.hide()
        self.hide()

    def show_known(self, known: CitizenHistory | None, today: date, *, fillable: bool) -> None:
        """Shows a citizen; `fillable` when something would change by filling in."""
        changed = known is not self.known
        self.known = known
        self.setVisible(known is not None)
        if changed:
            self._set_matter(None)
        if known is None:
            return
        self.fill.setVisible(fillable)
        if not changed:
            return
        self._title.setText(known.citizen.name)
        times = ngettext("came {n} time before", "came {n} times before", known.count).format(n=known.count)
        this_year = ngettext("{n} this year", "{n} this year", known.this_year).format(n=known.this_year)
        self._times.setText(f"{times}, {this_year}")
        self._show_chips(_chips(known, today))
        self.visits.show_visits(known.visits, today)
        self.visits.setVisible(bool(known.visits))
        self.go.setVisible(bool(known.visits))
        self._show_offers()
        self.setAccessibleName(f"{known.citizen.name}. {self._times.text()}. {', '.join(self.chips())}")

    def text(self) -> str:
        """What is shown, "" when hidden."""
        if self.isHidden():
            return ""
        lines = [self.visits.item(row).text() for row in range(self.visits.count())]
        return "\n".join([self._title.text(), self._times.text(), *self.chips(), *lines])

    def chips(self) -> list[str]:
        """The words of the chips shown."""
        found = [self._chips.itemAt(at) for at in range(self._chips.count())]
        widgets = [item.widget() for item in found if item is not None]
        return [widget.accessibleName() for widget in widgets if isinstance(widget, ChipLabel)]

    def enter(self) -> None:
        """The keyboard goes to the visits."""
        if self.known is not None and self.visits.count():
            self.visits.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_matter(self) -> None:
        """This visit is about the same matter as the chosen one; asked again: it is not."""
        visit = self.visits.visit()
        if self.known is not None and visit is not None and self._may_take:
            self._set_matter(None if visit == self.matter else visit)

    def offer_matter(self, offered: bool) -> None:
        """Whether the matter of an earlier visit may be taken up: never for a denunciation."""
        self._may_take = offered
        if not offered:
            self._set_matter(None)
        self._show_offers()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the card, not the form."""
        if event.key() == Qt.Key.Key_Escape and self.visits.hasFocus():
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _set_matter(self, visit: PastVisit | None) -> None:
        if visit == self.matter:
            return
        self.matter = visit
        told = ""
        if visit is not None:
            told = _("The same matter as visit {number}").format(number=visit.number)
            told = f"{told}, {visit.case_number}." if visit.has_open_case else f"{told}."
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self._show_offers()
        self.matterChanged.emit(visit)

    def _show_offers(self, *_row: object) -> None:
        visit = self.visits.visit()
        self.same.setVisible(visit is not None and self._may_take)
        same = visit is not None and visit == self.matter
        self.same.setText(_("Another matter  F8") if same else _("Same matter  F8"))

    def _show_chips(self, chips: Sequence[Chip]) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for chip in chips:
            label = ChipLabel(chip)
            label.setAccessibleName(chip.text)
            self._chips.addWidget(label)

    def _fill(self) -> None:
        if self.known is not None:
            self.fillRequest.emit(self.known)


def _chips(known: CitizenHistory, today: date) -> list[Chip]:
    """Open cases and awaited answers, each with the day that comes first."""
    found = []
    if known.open_cases:
        count, due = len(known.open_cases), known.open_cases[0].case_due
        text = ngettext("{n} open case", "{n} open cases", count).format(n=count)
        found.append(_chip(text, due, today, "folder-open"))
    if known.waiting:
        count, due = len(known.waiting), known.waiting[0].answer_due
        text = ngettext("{n} answer owed", "{n} answers owed", count).format(n=count)
        found.append(_chip(text, due, today, "clock"))
    return found


def _chip(text: str, due: date | None, today: date, icon: str) -> Chip:
    if due is None:
        return Chip(text, "neutral", icon)
    late = due < today
    told = _("{what}, overdue {day}") if late else _("{what}, due {day}")
    return Chip(told.format(what=text, day=short_date(due, today)), "danger" if late else "warning", icon)


def _link(text: str, icon: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "link")
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    icons.dress(button, icon, "accent", 16)
    return button


class ElidedLabel(QLabel):
    """One line that is shortened where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        """No width is too small."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line with an ellipsis."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()
