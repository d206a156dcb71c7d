"""Under the facts of a visit: how it belongs together with others, to be taken back; and what may be the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import LinkKind
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.services.people.links import LinkedVisit, Proposal, allowed_kinds
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.candidate_line import KIND_ICONS, CandidateLine
from tcd_desktop.ui.receptions.columns import short_date, shown_name
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike
from tcd_desktop.words.likeness import link_words


@dataclass(frozen=True, slots=True)
class LinksView:
    """What is known of one visit's links, and what is proposed."""

    links: tuple[LinkedVisit, ...]
    proposals: tuple[Proposal, ...]


class LinksBlock(QWidget):
    """Reads in the background and takes no room while there is nothing. At the superior nothing is decided here."""

    def __init__(
        self,
        office: OpenOffice,
        runner: RunnerLike,
        visit: Reception,
        go: Callable[[str], object],
        tell: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._visit = office, runner, visit
        self._go, self._tell = go, tell
        self._own = office.writes_in(visit.office)
        self._job: Job | None = None
        self.view: LinksView | None = None
        self.candidates: list[CandidateLine] = []
        self.take_back: list[QPushButton] = []
        now = look.current()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(now.px(4))
        self.read()

    def read(self) -> None:
        """Asks again."""
        if self._job is not None:
            self._job.forget()
        desk, visit = self._office.links, self._visit

        def work(_progress: Progress) -> LinksView:
            return LinksView(tuple(desk.links_of(visit.id)), tuple(desk.propose(visit)))

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _arrived(self, view: LinksView) -> None:
        self._job, self.view = None, view
        self._clear()
        if view.links:
            self._heading(_("Belongs together with"))
            for linked in view.links:
                self._lines.addWidget(self._link_line(linked))
        if view.proposals:
            self._heading(_("Possibly the same"))
            for proposal in view.proposals:
                self._lines.addWidget(self._candidate(proposal))

    def _clear(self) -> None:
        self.candidates, self.take_back = [], []
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _heading(self, text: str) -> None:
        label = QLabel(text)
        label.setProperty("ink", "heading")
        self._lines.addWidget(label)

    def _link_line(self, linked: LinkedVisit) -> QWidget:
        now, other = look.current(), linked.other
        line = QWidget()
        box = QVBoxLayout(line)
        box.setContentsMargins(0, 0, 0, now.px(2))
        box.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(now.px(4))
        told = link_words(linked.link.kind, other.book_number, other_is_earlier=linked.earlier)
        go = QPushButton(told)
        go.setProperty("kind", "link")
        icons.dress(go, KIND_ICONS.get(linked.link.kind, "link"), "accent", 16)
        go.setToolTip(_("Open this visit"))
        go.clicked.connect(partial(self._open, other.id))
        row.addWidget(go)
        row.addStretch()
        if self._own:
            back = QPushButton(_("Take back"))
            back.setProperty("kind", "link")
            icons.dress(back, "unlink", "accent", 15)
            back.setAccessibleName(_("Take back: {what}").format(what=told))
            back.clicked.connect(partial(self._unlink, linked.link.id))
            self.take_back.append(back)
            row.addWidget(back)
        box.addLayout(row)
        when = short_date(other.date, self._office.today())
        # beside a denunciation nobody is named: the same person may have made both
        name = "" if self._visit.is_secret else shown_name(other.name, other.classification)
        who = " · ".join(filter(None, (when, name, linked.link.note)))
        box.addWidget(_small(who))
        return line

    def _candidate(self, proposal: Proposal) -> CandidateLine:
        kinds = allowed_kinds(self._visit.is_secret, proposal.visit.classification)
        line = CandidateLine(proposal, kinds, self._office.today(), own=self._own, expanded=False)
        line.openRequest.connect(self._go)
        line.linkRequest.connect(self._link)
        line.stepRequest.connect(partial(self._step, line))
        line.leaveRequest.connect(partial(self._fold, None))
        line.focused.connect(partial(self._fold, line))
        self.candidates.append(line)
        return line

    def _open(self, visit: str, _checked: bool = False) -> None:
        self._go(visit)

    def _link(self, proposal: Proposal, kind: LinkKind) -> None:
        desk, one, other = self._office.links, self._visit.id, proposal.visit.id

        def work(_progress: Progress) -> Done[Link]:
            return desk.link(one, other, kind)

        self._runner.write(work, done=self._decided, failed=self._failed)

    def _unlink(self, link: str, _checked: bool = False) -> None:
        desk = self._office.links

        def work(_progress: Progress) -> Done[Link]:
            return desk.unlink(link)

        self._runner.write(work, done=self._decided, failed=self._failed)

    def _decided(self, _done: Done[Link]) -> None:
        self.read()

    def _step(self, line: CandidateLine, by: int) -> None:
        at = self.candidates.index(line) + by
        if 0 <= at < len(self.candidates):
            self.candidates[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _fold(self, chosen: CandidateLine | None) -> None:
        """One line at a time shows all it has."""
        for line in self.candidates:
            line.expand(line is chosen)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self._tell(sentence, tone)


def _small(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    label.setProperty("ink", "small")
    return label
