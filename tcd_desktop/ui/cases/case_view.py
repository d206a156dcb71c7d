"""One case: what it is, when it is due and why, next steps, visits, papers, history; for pane and page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.receptions.reception import CROWD, Reception
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.law import case_grounds
from tcd_desktop.ui.cases.case_cards import FieldCard, PetitionsCard, ProtectionCard
from tcd_desktop.ui.cases.case_story import CaseStory
from tcd_desktop.ui.cases.case_words import class_chip, short_day, state_chip
from tcd_desktop.ui.cases.clocks_card import ClocksCard, ComplexityCard
from tcd_desktop.ui.cases.due_explanation import DueExplanation
from tcd_desktop.ui.cases.follow_up import FollowUpCard
from tcd_desktop.ui.cases.history_words import Event
from tcd_desktop.ui.cases.step_panel import StepPanel
from tcd_desktop.ui.cases.steps_card import StepsCard
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.flow import FlowLayout
from tcd_desktop.ui.look.link_line import link_line
from tcd_desktop.ui.papers.panel import PapersPanel
from tcd_desktop.words import masked_name


class CaseView(QScrollArea):
    """`wide` puts the story beside the papers (a page of its own); narrow is the pane beside the list."""

    stepRequest = Signal(str, object)
    """Act and `StepDraft`."""
    describeRequest = Signal(tuple, bool)
    visitRequest = Signal(str)
    petitionRequest = Signal(str)
    classifyRequest = Signal(str, str)
    """Field and tag."""
    protectRequest = Signal(str, str)
    """Act on protection and the id of the request."""
    taskRequest = Signal(object)
    attachRequest = Signal(object)

    def __init__(self, papers: PapersPanel, *, wide: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = wide
        self.steps: StepPanel | None = None
        self.complexity: ComplexityCard | None = None
        self.due: DueExplanation | None = None
        self.field: FieldCard | None = None
        self.protection: ProtectionCard | None = None
        self.papers = papers
        self.letters: Callable[[CaseStory], QWidget] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_nothing(_("Choose a case to see its deadline, papers and history."))

    def show_nothing(self, sentence: str) -> None:
        """Says what choosing a row will show."""
        body, lines = self._fresh()
        lines.addStretch()
        label = text(sentence, "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines.addWidget(label)
        lines.addStretch()
        self._take(body)

    def show_story(self, story: CaseStory) -> None:
        """Shows a case; the place of the scroll bar stays when it is the same case."""
        place = self.verticalScrollBar().value()
        body, lines = self._fresh()
        case = story.case
        lines.addWidget(text(case.title, "title" if self._wide else "heading"))
        lines.addWidget(text(_subtitle(story), "muted"))
        lines.addLayout(_chips(case, story.follow.chips if story.follow else ()))
        self.due = DueExplanation(case, story.today)
        left: list[QWidget] = [self.due]
        if story.own and not case.removed:
            self.steps = StepPanel(case, story.choices, lambda: story.today, across=2 if self._wide else 1)
            self.steps.takeRequest.connect(self.stepRequest)
            left.append(self.steps)
        if story.clocks:
            left.append(ClocksCard(story.clocks, story.today))
        if story.follow is not None and FollowUpCard.has_any(story.follow):
            follow = FollowUpCard(story.follow)
            follow.taskRequest.connect(self.taskRequest)
            follow.attachRequest.connect(self.attachRequest)
            left.append(follow)
        editable = story.own and not case.removed
        if case_grounds("complex", case.classification) and (editable or case.complexity or case.remote):
            self.complexity = ComplexityCard(case, editable=editable)
            self.complexity.describeRequest.connect(self.describeRequest)
            left.append(self.complexity)
        left += self._field_and_protection(story)
        right: list[QWidget] = [self.papers, _history(story.events)]
        if story.visits or not story.petitions:
            right.insert(0, self._visits(story))
        if story.petitions:
            petitions = PetitionsCard(story.petitions, case)
            petitions.petitionRequest.connect(self.petitionRequest)
            right.insert(len(right) - 2, petitions)
        if self.letters is not None:
            right.insert(-2, self.letters(story))
        if story.steps:
            right.insert(-1, StepsCard(story.steps, story.today))
        if case.state_note:
            left.insert(1, _note(case.state_note))
        if self._wide:
            lines.addLayout(_columns(left, right))
        else:
            for widget in (*left, *right):
                lines.addWidget(widget)
        lines.addStretch()
        self._take(body)
        self.verticalScrollBar().setValue(place)
        self.setAccessibleName(f"{case.book_number}. {case.title}")

    def _fresh(self) -> tuple[QWidget, QVBoxLayout]:
        now = look.current()
        self.steps = self.complexity = self.due = None
        self.field = self.protection = None
        self.papers.setParent(None)
        body = QWidget()
        body.setProperty("box", "scroll")
        lines = QVBoxLayout(body)
        edge = now.px(20 if self._wide else 14)
        lines.setContentsMargins(edge, now.px(14), edge, now.px(14))
        lines.setSpacing(now.px(10))
        return body, lines

    def _take(self, body: QWidget) -> None:
        old = self.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.setWidget(body)

    def _field_and_protection(self, story: CaseStory) -> list[QWidget]:
        editable, found = story.own and not story.case.removed, list[QWidget]()
        if editable or story.case.field or story.case.tag:
            self.field = FieldCard(story.case, story.tags, editable=editable, wide=self._wide)
            self.field.classifyRequest.connect(self.classifyRequest)
            found.append(self.field)
        if story.case.classification is not Classification.DENUNCIATION:
            return found
        self.protection = ProtectionCard(story.protection, editable=editable)
        self.protection.actRequest.connect(self.protectRequest)
        return [*found, self.protection]

    def _visits(self, story: CaseStory) -> QWidget:
        count = len(story.visits)
        card, lines = _card(ngettext("{n} visit", "{n} visits", count).format(n=count))
        for visit in story.visits:
            line = f"{visit.book_number}  ·  {short_day(visit.date, story.today)}  ·  {_who(visit)}"
            button = link_line(line, "file-text", partial(self._visit, visit.id))
            button.setToolTip(_("Open this visit"))
            lines.addWidget(button)
        return card

    def _visit(self, reception_id: str, _checked: bool = False) -> None:
        self.visitRequest.emit(reception_id)


def _subtitle(story: CaseStory) -> str:
    case = story.case
    opened = _("opened {day}").format(day=short_day(case.opened_on, story.today))
    parts = [case.book_number, opened, case.handler, "" if story.own else story.office_name]
    return "  ·  ".join(part for part in parts if part)


def _chips(case: CaseFile, more: tuple[Chip, ...] = ()) -> FlowLayout:
    row = FlowLayout(look.current().px(6))
    row.addWidget(ChipLabel(state_chip(case.state)))
    row.addWidget(ChipLabel(class_chip(case.classification)))
    if case.people >= CROWD:
        row.addWidget(ChipLabel(Chip(_("{n} people").format(n=case.people), "warning", "users")))
    for chip in more:
        row.addWidget(ChipLabel(chip))
    return row


def _who(visit: Reception) -> str:
    return visit.name or masked_name(visit.classification)


def _note(note: str) -> QWidget:
    card, lines = _card(_("Note"))
    lines.addWidget(text(note, ""))
    return card


def _history(events: tuple[Event, ...]) -> QWidget:
    card, lines = _card(_("History"))
    for event in events:
        lines.addWidget(text(event.title, "label"))
        for change in event.changes:
            lines.addWidget(text(change, ""))
        lines.addWidget(text(f"{event.when}  ·  {event.who}", "small"))
        lines.addSpacing(look.current().px(4))
    return card


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    now = look.current()
    card = QFrame()
    card.setProperty("box", "card")
    lines = QVBoxLayout(card)
    lines.setContentsMargins(now.px(12), now.px(10), now.px(12), now.px(10))
    lines.setSpacing(now.px(3))
    lines.addWidget(text(title, "heading"))
    return card, lines


def _columns(left: list[QWidget], right: list[QWidget]) -> QHBoxLayout:
    now = look.current()
    row = QHBoxLayout()
    row.setSpacing(now.px(14))
    for stack in (left, right):
        column = QVBoxLayout()
        column.setSpacing(now.px(10))
        for widget in stack:
            column.addWidget(widget)
        column.addStretch()
        row.addLayout(column, 1)
    return row


def text(words: str, ink: str) -> QLabel:
    """A selectable label that wraps; what came from elsewhere is never read as markup."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if ink:
        label.setProperty("ink", ink)
    return label
