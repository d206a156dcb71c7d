"""The form of a case under review: where it comes from, what hinders it, plan and measure, who and by when."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.follow_up.follow_up_terms import ReviewPlan, ReviewSource, ReviewState
from tcd_desktop.domain.follow_up.review import ReviewEntry
from tcd_desktop.domain.follow_up.review_row import OPEN, ReviewRow
from tcd_desktop.domain.problems import DraftRefused, Problems
from tcd_desktop.i18n import _
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.calendar.page_frame import column, page_foot, page_head, scrolled
from tcd_desktop.ui.forms.form_fields import (
    Card,
    ChoiceField,
    DateField,
    DraftModel,
    Field,
    FormBinding,
    LineField,
    TextField,
)
from tcd_desktop.ui.look import look
from tcd_desktop.ui.reviews.review_rows import matter, number
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike


class ReviewFormPage(Page):
    """Ctrl+S saves. What the books know already (decisions, directives, people) is not asked for."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, row: ReviewRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner, self._row = office, runner, row
        self._saving = False
        self.fields = self._make_fields()
        self.model: DraftModel[ReviewEntry] = DraftModel(row.entry, self._problems)
        self.message = MessageBar()
        self._build()
        self.binding = FormBinding(self.model, self.fields, parent=self)
        for key in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(self.save)

    def _make_fields(self) -> dict[str, Field]:
        states = [(state, words.word(state)) for state in ReviewState if state in OPEN]
        return {
            "source": ChoiceField(_("Source of the list"), list(words.options(ReviewSource)), style="combo"),
            "history": TextField(
                _("Course of the settlement before these books"),
                lines=3,
                placeholder=_("decisions, judgments and answers that the case itself does not hold"),
            ),
            "obstacles": TextField(_("Result of the review; difficulties"), lines=4),
            "note": TextField(_("Note"), lines=2),
            "plan": ChoiceField(_("Plan of settlement"), list(words.options(ReviewPlan)), style="combo"),
            "measure": TextField(_("Proposed measure"), lines=4),
            "responsible": LineField(_("Unit in charge")),
            "leader": LineField(_("Leader responsible")),
            "due": DateField(_("To be done by"), today=self._office.today),
            "state": ChoiceField(_("State"), states, style="combo"),
        }

    def _build(self) -> None:
        fields, now = self.fields, look.current()
        review, plan = Card(_("What the review found")), Card(_("What is to be done"))
        for name in ("source", "history", "obstacles", "note"):
            review.add_row((fields[name], 1))
        plan.add_row((fields["plan"], 1), (fields["state"], 1))
        plan.add_row((fields["measure"], 1))
        plan.add_row((fields["responsible"], 1), (fields["leader"], 1))
        plan.add_row((fields["due"], 1), (QWidget(), 1))
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(now.px(16), now.px(4), now.px(16), now.px(12))
        row.setSpacing(now.px(12))
        row.addLayout(column(review), 1)
        row.addLayout(column(plan), 1)
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        self.take, self._told = QPushButton(_("Save  Ctrl+S")), QLabel(matter(self._row))
        self.take.clicked.connect(self.save)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self.message)
        lines.addWidget(scrolled(inside), 1)
        lines.addWidget(page_foot(self.take, self._told))
        self.setFocusProxy(fields["plan"])

    @property
    def title(self) -> str:
        """Which case."""
        return _("Review of {case}").format(case=number(self._row))

    def _problems(self, entry: ReviewEntry) -> Problems:
        return self._office.reviews.problems(entry)

    def can_close(self) -> bool:
        """A form that was touched is not lost in silence: the first Esc says so, the second leaves."""
        if not self.model.dirty or self._saving or self.message.text():
            return True
        self.message.tell(_("Nothing was saved yet. Esc again leaves the form."), "warning")
        return False

    def save(self, _checked: bool = False) -> None:
        """Saves when nothing stops."""
        for field in self.fields.values():
            field.tidy()
        if self._saving or not self.binding.check():
            return
        self._saving = True
        desk, entry = self._office.reviews, self.model.draft
        values = {name: getattr(entry, name) for name in self.fields}
        self._runner.write(lambda _progress: desk.change(entry.id, **values), done=self._saved, failed=self._failed)

    def _saved(self, _done: Done[Any]) -> None:
        self.popRequest.emit()

    def _failed(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, DraftRefused):
            self.binding.show_problems(error.problems)
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)
