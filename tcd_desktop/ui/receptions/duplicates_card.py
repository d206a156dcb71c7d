"""What may be the same as the visit being typed: a quiet card that comes by itself and never takes the keyboard.

Links chosen here are written when the visit is saved: before that there is nothing to link.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop import words
from tcd_desktop.domain.people.resemblance import SHORTEST_NUMBER, Telling, telling
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.domain.terms import LinkKind
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.services.done import Done
from tcd_desktop.services.people.links import Proposal, allowed_kinds
from tcd_desktop.store.unit import Change
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.candidate_line import CandidateLine
from tcd_desktop.ui.receptions.side_cards import Around, Place, SideCard
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job

PAUSE_MS = 450
"""Looking begins when nothing was typed for so long."""
KEY = "F3"
FEWEST_WORDS = 4
"""A content of fewer words is not looked for yet."""


class DuplicatesCard(SideCard):
    """Up to three proposals for the draft of a new visit, and what was decided on them."""

    place: ClassVar[Place] = "who"

    def __init__(self, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(around, _("Possibly the same"), parent)
        now = look.current()
        self.key = QLabel()
        self.key.setProperty("ink", "small")
        self.add_head(self.key)
        self.lines_box = QVBoxLayout()
        self.lines_box.setSpacing(now.px(4))
        self.chosen_box = QVBoxLayout()
        self.chosen_box.setSpacing(now.px(2))
        self.lines.setContentsMargins(now.px(10), now.px(4), now.px(10), now.px(6))
        self.lines.setSpacing(now.px(2))
        self.lines.addLayout(self.lines_box)
        self.lines.addLayout(self.chosen_box)
        self.candidates: list[CandidateLine] = []
        self.chosen: dict[str, tuple[LinkKind, Proposal]] = {}
        """Visit -> what was decided, written when the visit is saved."""
        self._draft = ReceptionDraft()
        self._asked: Telling | None = None
        self._record = ""
        self._job: Job | None = None
        self._came_from: QWidget | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._look)
        key_there = QShortcut(QKeySequence(KEY), around.form)
        key_there.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key_there.activated.connect(self.enter)
        self.hide()

    # -- what the form tells ------------------------------------------------------------------------

    def begin(self, record: str) -> None:
        """Another visit: nothing is known or decided. A saved visit has its proposals on its own page."""
        self.stop()
        self._record, self._asked = record, None
        self.chosen.clear()
        self._show([])

    def follow(self, draft: ReceptionDraft, *, sealed: bool) -> None:
        """Something was typed: look again when it pauses, if it says anything new."""
        if self._record or sealed:
            return
        if draft.is_secret != self._draft.is_secret and self.chosen:
            self.chosen.clear()  # a link with the visits of a person would tell who denounces
            self._show([])
        self._draft = draft
        told = telling(draft)
        if told == self._asked:
            return
        if enough(told):
            self._soon.start()
        else:
            self._soon.stop()
            self._forget()
            self._asked = told
            self._show([])

    def written(self, visit: Reception) -> None:
        """The visit stands in the book: what was decided is written after it."""
        chosen = [(other, kind) for other, (kind, _proposal) in self.chosen.items()]
        self.stop()
        self.chosen.clear()
        self._show([])
        if not chosen:
            return
        desk = self.around.office.links

        def work(_progress: Progress) -> Done[Reception]:
            changes: list[Change] = []
            entry = act = ""
            for other, kind in chosen:
                done = desk.link(other, visit.id, kind)
                changes += done.changes
                entry, act = done.entry, done.act
            return Done(act, visit, tuple(changes), entry)

        self.around.runner.write(work, failed=self._failed)

    def stop(self) -> None:
        """Nothing is looked for any more."""
        self._soon.stop()
        self._forget()

    def _forget(self) -> None:
        if self._job is not None:
            self._job.forget()
            self._job = None

    # -- looking ------------------------------------------------------------------------------------

    def _look(self) -> None:
        self._forget()
        draft, without = self._draft, tuple(self.chosen)
        self._asked = telling(draft)
        desk = self.around.office.links

        def work(_progress: Progress) -> list[Proposal]:
            return desk.propose(draft, without=without)

        self._job = self.around.runner.read(work, done=self._found, failed=self._not_found)

    def _found(self, proposals: list[Proposal]) -> None:
        self._job = None
        self._show([one for one in proposals if one.visit.id not in self.chosen])

    def _not_found(self, _error: Exception) -> None:
        """A help that does not work disturbs nobody; it is asked again at the next pause."""
        self._job, self._asked = None, None

    # -- showing ------------------------------------------------------------------------------------

    def _show(self, proposals: list[Proposal]) -> None:
        keyboard = any(line.hasFocus() for line in self.candidates)
        for line in self.candidates:
            self.lines_box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.candidates = []
        today = self.around.office.today()
        for proposal in proposals:
            kinds = allowed_kinds(self._draft.is_secret, proposal.visit.classification)
            line = CandidateLine(proposal, kinds, today, expanded=False)
            line.openRequest.connect(self.around.go)
            line.linkRequest.connect(self._decided)
            line.leaveRequest.connect(self.leave)
            line.stepRequest.connect(partial(self._step, line))
            line.focused.connect(partial(self._unfold, line))
            self.lines_box.addWidget(line)
            self.candidates.append(line)
        self._show_chosen()
        self._fold()
        self.setVisible(bool(self.candidates or self.chosen))
        if keyboard:
            self._take_keyboard()

    def _show_chosen(self) -> None:
        while self.chosen_box.count():
            item = self.chosen_box.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for other, (kind, proposal) in self.chosen.items():
            self.chosen_box.addWidget(self._chosen_line(other, kind, proposal))

    def _chosen_line(self, other: str, kind: LinkKind, proposal: Proposal) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        told = _("When saved: {kind}, {number}").format(kind=words.label(kind), number=proposal.visit.number)
        label = QLabel(told)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        row.addWidget(label, 1)
        back = QPushButton(_("Take back"))
        back.setProperty("kind", "link")
        back.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        back.setAccessibleName(_("Take back: {what}").format(what=told))
        icons.dress(back, "undo-2", "accent", 15)
        back.clicked.connect(partial(self._take_back, other))
        row.addWidget(back)
        return line

    # -- deciding -----------------------------------------------------------------------------------

    def _decided(self, proposal: Proposal, kind: LinkKind) -> None:
        self.chosen[proposal.visit.id] = (kind, proposal)
        left = [line.proposal for line in self.candidates if line.proposal is not proposal]
        self._show(left)
        if not left:
            self.leave()

    def _take_back(self, other: str, _checked: bool = False) -> None:
        self.chosen.pop(other, None)
        self._asked = None
        self._show_chosen()
        self._look()

    # -- the keyboard -------------------------------------------------------------------------------

    def enter(self) -> None:
        """F3: the keyboard goes to the first proposal, and back again."""
        if any(line.hasFocus() for line in self.candidates):
            self.leave()
        elif self.candidates and self.isVisible():
            self._came_from = QApplication.focusWidget()
            self._take_keyboard()

    def _unfold(self, chosen: CandidateLine) -> None:
        """One line at a time shows all it has: the card stays small beside the fields."""
        for line in self.candidates:
            line.expand(line is chosen)
        QTimer.singleShot(0, chosen, partial(_scroll_to, chosen))

    def _fold(self) -> None:
        """Beside the fields the best one is enough; the others come with the keyboard."""
        for number, line in enumerate(self.candidates):
            line.expand(False)
            line.setVisible(number == 0)
        more = len(self.candidates) - 1
        told = [_("{n} more").format(n=more)] if more > 0 else []
        self.key.setText("  ".join((*told, KEY)))

    def leave(self) -> None:
        """Esc: back to where the officer was typing."""
        self._fold()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None

    def _take_keyboard(self) -> None:
        if self.candidates:
            for line in self.candidates:
                line.show()
            self.candidates[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.leave()

    def _step(self, line: CandidateLine, by: int) -> None:
        at = self.candidates.index(line) + by
        if 0 <= at < len(self.candidates):
            self.candidates[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.around.tell(sentence, tone)


def _scroll_to(line: CandidateLine) -> None:
    """What was unfolded is to be seen whole, where the form scrolls."""
    parent = line.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(line, 0, look.current().px(16))
            return
        parent = parent.parentWidget()


def enough(told: Telling) -> bool:
    """Whether a draft says so much already that looking makes sense."""
    if len(told.words) >= FEWEST_WORDS:
        return True
    numbers = max(len(told.number), len(told.phone)) >= SHORTEST_NUMBER
    return not told.secret and (numbers or (len(told.name.split()) > 1 and bool(told.birth or told.address)))
