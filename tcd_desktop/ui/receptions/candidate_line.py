"""One visit that may be the same, in a few lines: score, number, day, state, reasons, and what can be decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.terms import LinkKind
from tcd_desktop.i18n import _
from tcd_desktop.services.people.links import Proposal
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.receptions.columns import due_chip, short_date, shown_name
from tcd_desktop.ui.receptions.known_citizen import ElidedLabel
from tcd_desktop.words.likeness import reason_words

KIND_ICONS = {
    LinkKind.DUPLICATE: "copy",
    LinkKind.SECOND_INSTANCE: "scale",
    LinkKind.SAME_MATTER: "link",
    LinkKind.CONTINUATION: "arrow-right",
}


class CandidateLine(QFrame):
    """A proposal. With the keyboard on it: Enter opens, 1 to 4 link, Delete says "not a duplicate"."""

    openRequest = Signal(str)
    linkRequest = Signal(object, object)
    """The proposal and the LinkKind."""
    leaveRequest = Signal()
    stepRequest = Signal(int)
    focused = Signal()

    def __init__(
        self,
        proposal: Proposal,
        kinds: Sequence[LinkKind],
        today: date,
        *,
        own: bool = True,
        expanded: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.proposal, self.kinds, self._own = proposal, tuple(kinds), own
        now = look.current()
        self.setProperty("box", "candidate")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        visit, resemblance = proposal.visit, proposal.resemblance
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(7), now.px(3), now.px(7), now.px(3))
        lines.setSpacing(now.px(1))
        head = QHBoxLayout()
        head.setSpacing(now.px(6))
        score = Chip(f"{resemblance.score}/100", "warning" if resemblance.strong else "neutral")
        self.score = ChipLabel(score)
        self.score.setAccessibleName(_("Score {score} of 100").format(score=resemblance.score))
        head.addWidget(self.score)
        number = QLabel(f"{visit.number} · {short_date(visit.date, today)}")
        number.setProperty("ink", "strong")
        head.addWidget(number)
        self._state = due_chip(visit.answer_due, visit.answered_on, today)
        self.reasons = "; ".join(reason_words(reason.code, reason.facts) for reason in resemblance.reasons)
        self.short = ElidedLabel()
        self.short.setText(self.reasons)
        head.addWidget(self.short, 1)
        lines.addLayout(head)
        name = shown_name(visit.name, visit.classification)
        who = " · ".join(filter(None, (name, words.label(visit.classification), proposal.office_name)))
        self.details = QWidget()
        more = QVBoxLayout(self.details)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(now.px(2))
        more.addWidget(_label(self.reasons, ""))
        more.addWidget(_label(who, "small"))
        more.addWidget(_label(_first_words(visit.content), "small"))
        if self._state:
            state = QHBoxLayout()
            state.addWidget(ChipLabel(self._state))
            state.addStretch()
            more.addLayout(state)
        more.addLayout(self._buttons())
        lines.addWidget(self.details)
        self.setToolTip(" ".join(visit.content.split()))
        self.setAccessibleName(f"{visit.number}, {who}. {self.reasons}")
        self.expand(expanded)

    def expand(self, expanded: bool = True) -> None:
        """All of it with the buttons, or one line."""
        self.details.setVisible(expanded)
        self.short.setVisible(not expanded)

    @property
    def expanded(self) -> bool:
        """Whether all of it is to be seen."""
        return not self.details.isHidden()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(look.current().px(4))
        self.open_button = _link_button(_("Open"), "panel-right", _("Open this visit; Esc comes back  (Enter)"))
        self.open_button.clicked.connect(self.open_visit)
        row.addWidget(self.open_button)
        self.link_button = _link_button(_("Link"), "link", _("Link with one of the kinds  (1 to 4)"))
        self.link_button.clicked.connect(self._menu)
        self.no_button = _link_button(_("Not a duplicate"), "unlink", _("Never ask again for these two  (Delete)"))
        self.no_button.clicked.connect(partial(self.decide, LinkKind.NOT_DUPLICATE))
        for button in (self.link_button, self.no_button):
            row.addWidget(button)
            if not self._own:
                button.hide()
        row.addStretch()
        return row

    def open_visit(self, _checked: bool = False) -> None:
        """The officer wants to read it."""
        self.openRequest.emit(self.proposal.visit.id)

    def decide(self, kind: LinkKind, _checked: bool = False) -> None:
        """What the two have to do with each other."""
        if self._own and (kind in self.kinds or kind is LinkKind.NOT_DUPLICATE):
            self.linkRequest.emit(self.proposal, kind)

    def menu(self) -> QMenu:
        """The kinds of links, with their figures."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, kind in enumerate(self.kinds, start=1):
            action = menu.addAction(icons.icon(KIND_ICONS[kind]), f"{words.label(kind)}\t{number}")
            action.triggered.connect(partial(self.decide, kind))
        return menu

    def _menu(self, _checked: bool = False) -> None:
        self.menu().popup(self.link_button.mapToGlobal(QPoint(0, self.link_button.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a line."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_visit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepRequest.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.leaveRequest.emit()
        elif key == Qt.Key.Key_Delete:
            self.decide(LinkKind.NOT_DUPLICATE)
        elif event.text().isdigit() and 1 <= int(event.text()) <= len(self.kinds):
            self.decide(self.kinds[int(event.text()) - 1])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows that the keyboard is here, and all there is to know."""
        super().focusInEvent(event)
        self.expand()
        self.focused.emit()
        look.set_property(self, "chosen", "true")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And that it went."""
        super().focusOutEvent(event)
        look.set_property(self, "chosen", "false")


def _first_words(content: str) -> str:
    line = " ".join(content.split())
    return line if len(line) <= 160 else line[:160].rsplit(" ", 1)[0] + "…"


def _label(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    if ink:
        label.setProperty("ink", ink)
    return label


def _link_button(text: str, icon: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "link")
    icons.dress(button, icon, "accent", 15)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return button
