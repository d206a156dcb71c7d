"""The directives that name a case and what it obliges to, on the case's own page; both are one key away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.review import ReviewEntry
from tcd_desktop.domain.follow_up.review_row import OPEN
from tcd_desktop.domain.terms import CaseState, OfficerRight
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.cases.obligation_desk import ENDED
from tcd_desktop.services.follow_up.directive_desk import DirectiveLine
from tcd_desktop.ui.directives.directive_rows import state_chip as directive_chip
from tcd_desktop.ui.directives.directive_task import FollowTask
from tcd_desktop.ui.directives.obligation_rows import day_chip
from tcd_desktop.ui.directives.obligation_rows import state_chip as obligation_chip
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.link_line import link_line
from tcd_desktop.ui.reviews.review_rows import state_chip as review_chip
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.words import label, show

FOLLOWED = frozenset({"directive", "directive_progress", "obligation", "review_entry"})
"""Tables whose changes show here."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is followed of one case of `office`, seen `here`. `open_ones` are the directives it could be attached to."""

    case: str
    office: str
    here: str
    today: date
    directives: tuple[DirectiveLine, ...]
    obligations: tuple[Obligation, ...]
    open_ones: tuple[Directive, ...]
    may_direct: bool
    may_register: bool
    review: ReviewEntry | None = None
    may_review: bool = False

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Beside the state of the case: that somebody above asks about it, that it is under review."""
        directed = (Chip(_("Directed"), "warning", "megaphone"),) if self.directives else ()
        reviewed = (Chip(_("On the review list"), "warning", "clipboard-check"),)
        return directed + (reviewed if self.review is not None and self.review.state in OPEN else ())


def read_follow_up(office: OpenOffice, case: CaseFile) -> FollowUp:
    """Reads it, in a reader thread."""
    desk, writes = office.directives, office.officer.right is not OfficerRight.VIEWER
    named = desk.about_case(case.id)
    may_direct = writes and office.is_superior and not case.removed
    open_ones = []
    if may_direct:
        known = {one.id for one in named}
        mine = "office = ? AND closed_on IS NULL AND removed = '' ORDER BY issued_on DESC, id LIMIT 100"
        found = office.store.all(Directive, mine, (office.office.id,))
        open_ones = [one for one in found if case.office in one.units and one.id not in known]
    obligations = office.obligations.of_case(case.id)
    own = case.office == office.office.id
    review = office.reviews.open_of_case(case.id)
    return FollowUp(
        case=case.id,
        office=case.office,
        here=office.office.id,
        today=office.today(),
        directives=tuple(desk.line(one.id) for one in named),
        obligations=tuple(obligations),
        open_ones=tuple(open_ones),
        may_direct=may_direct,
        may_register=writes and own and not obligations and not case.removed and case.state in ENDED,
        review=review,
        may_review=may_direct and review is None and case.state is not CaseState.CLOSED,
    )


class FollowUpCard(QFrame):
    """`taskRequest(FollowTask)` opens a line or a form, `attachRequest(FollowUp)` asks to which directive."""

    taskRequest = Signal(object)
    attachRequest = Signal(object)

    def __init__(self, follow: FollowUp, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._follow = follow
        self.setProperty("box", "card")
        now = look.current()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(10))
        self._lines.setSpacing(now.px(5))
        heading = QLabel(_("Directives, execution, review"))
        heading.setProperty("ink", "heading")
        self._lines.addWidget(heading)
        self.links: list[QPushButton] = []
        for line in follow.directives:
            words = " · ".join((line.directive.number or line.directive.issuer, show(line.directive.issued_on)))
            task = FollowTask("directives", line.id)
            self._line(
                words,
                _("Open the directive {words}"),
                [directive_chip(line, follow.today, follow.here)],
                task,
                "megaphone",
            )
        for one in follow.obligations:
            chips = [chip for chip in (day_chip(one, follow.today) or obligation_chip(one.state),) if chip]
            words = " · ".join(filter(None, (one.number, one.responsible))) or show(one.issued_on)
            self._line(words, _("Open the execution {words}"), chips, FollowTask("obligations", one.id), "stamp")
        if follow.review is not None:
            words = " · ".join((_("On the review list"), label(follow.review.source)))
            chips = [review_chip(follow.review.state)]
            task = FollowTask("reviews", follow.review.id)
            self._line(words, _("Open the line of the review: {words}"), chips, task, "clipboard-check")
        self.acts: dict[str, QPushButton] = {}
        if follow.may_direct and follow.open_ones:
            self._act("attach", _("Attach to a directive"), "link", partial(self.attachRequest.emit, follow))
        if follow.may_direct:
            task = FollowTask("directives", "", "new", follow.case, follow.office)
            self._act("new", _("Enter a directive about this case"), "plus", partial(self.taskRequest.emit, task))
        if follow.may_register:
            task = FollowTask("obligations", "", "new", follow.case)
            self._act("register", _("Register the decision"), "stamp", partial(self.taskRequest.emit, task))
        if follow.may_review:
            task = FollowTask("reviews", "", "new", follow.case)
            self._act("review", _("Put under review"), "clipboard-check", partial(self.taskRequest.emit, task))

    @staticmethod
    def has_any(follow: FollowUp | None) -> bool:
        """Whether there is anything to show or to do."""
        return follow is not None and bool(
            follow.directives
            or follow.obligations
            or follow.review
            or follow.may_direct
            or follow.may_register
            or follow.may_review
        )

    def _line(self, words: str, name: str, chips: Sequence[Chip], task: FollowTask, icon: str) -> None:
        row = QHBoxLayout()
        button = link_line(words, icon, partial(self._go, task))
        button.setAccessibleName(name.format(words=words))
        row.addWidget(button, 1)
        for chip in chips:
            row.addWidget(ChipLabel(chip))
        self._lines.addLayout(row)
        self.links.append(button)

    def _act(self, name: str, words: str, icon: str, act: Any) -> None:
        button = QPushButton(words)
        button.setProperty("kind", "quiet")
        icons.dress(button, icon, "text", 16)
        button.clicked.connect(lambda _checked=False: act())
        self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.acts[name] = button

    def _go(self, task: FollowTask, _checked: bool = False) -> None:
        self.taskRequest.emit(task)


class FollowHands(QObject):
    """Attaches the shown case to a directive; sentences go to `told`."""

    told = Signal(str, str)

    def __init__(self, office: OpenOffice, runner: RunnerLike, host: QWidget) -> None:
        super().__init__(host)
        self._office, self._runner, self._host = office, runner, host

    def attach(self, follow: FollowUp) -> None:
        """Asks for the directive and attaches."""
        from tcd_desktop.ui.dialogs.act_dialog import ActDialog
        from tcd_desktop.ui.forms.form_fields import ChoiceField

        options = [(one.id, _words(one)) for one in follow.open_ones]
        field = ChoiceField(_("Which directive"), options, style="combo", required=True)
        field.set_value(options[0][0])
        dialog = ActDialog(
            _("Attach to a directive"),
            _("The office of the case reads the directive again with its next answer on the stick."),
            _("Attach to a directive"),
            {"directive": field},
            self._host,
            needed=("directive",),
        )
        dialog.given.connect(lambda values: self._write(values["directive"], follow.case))
        dialog.open()

    def _write(self, directive: str, case: str) -> None:
        desk = self._office.directives
        self._runner.write(lambda _progress: desk.attach(directive, case), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)


def _words(one: Directive) -> str:
    content = one.content.split("\n", 1)[0]
    return " · ".join(filter(None, (one.number or one.issuer, content[:70])))
