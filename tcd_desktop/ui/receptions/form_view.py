"""All that is seen of the form: head, bars, cards, foot, and how they follow the draft. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tcd_desktop.domain.people.person import IDENTITY_FIELDS
from tcd_desktop.domain.problems import Problems, blocking
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import Direction
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.receptions import form_rules
from tcd_desktop.ui.receptions.answer_due import AnswerDueCard
from tcd_desktop.ui.receptions.autosave import RecoveredBar
from tcd_desktop.ui.receptions.form_frame import FormFoot, FormHead
from tcd_desktop.ui.receptions.form_layout import FormLayout, PreviewCard
from tcd_desktop.ui.receptions.form_matters import MattersBar
from tcd_desktop.ui.receptions.form_questions import OTHERS, VISIT, Fields
from tcd_desktop.ui.receptions.form_sections import HandlingCard, OtherCard, PapersCard, VisitCard, WhatCard, WhoCard
from tcd_desktop.ui.receptions.form_strips import GroupStrip, RepresentationStrip
from tcd_desktop.ui.receptions.known_citizen import KnownCard
from tcd_desktop.ui.receptions.overwrite_bar import OverwriteBar
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.runner import RunnerLike

BLOCKS = ("content", "request")
"""Texts of several lines that share the room that is left over."""


class FormView(QWidget):
    """The cards are public: the page joins them with what they do."""

    def __init__(
        self, office: OpenOffice, runner: RunnerLike, fields: Fields, parent: QWidget | None = None, *, amending: bool
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._fields = office, runner, fields
        self.head, self.foot = FormHead(self), FormFoot(amending=amending, parent=self)
        self.message, self.recovered = MessageBar(), RecoveredBar(office)
        self.overwrite, self.matters_bar, self.known = OverwriteBar(), MattersBar(), KnownCard()
        self.layout_ = FormLayout(self)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.head)
        lines.addWidget(self.head.bars(self.message, self.recovered, self.overwrite, self.matters_bar))
        lines.addWidget(self.layout_, 1)
        lines.addWidget(self.foot)

    def pieces(self) -> Iterator[None]:
        """Makes the cards one after the other, each in the place it stays in; between two the window may live."""
        fields, add = self._fields, self.layout_.add
        self.visit_card = VisitCard(fields)
        self.visit_card.hide()
        add("top", self.visit_card)
        yield
        self.who = WhoCard(fields)
        add("who", self.who)
        yield
        self.what = WhatCard(fields)
        add("what", self.what)
        yield
        self.papers, self.handling = PapersCard(fields), HandlingCard(fields)
        add("papers", self.papers)
        add("handling", self.known)
        add("handling", self.handling)
        yield
        self.due, self.other = AnswerDueCard(self._office, self._runner), OtherCard(fields)
        add("handling", self.due)
        add("handling", self.other)
        self.preview = SlipPreview(self._office.slips.preview, self._runner)
        self.layout_.set_preview(PreviewCard(self.preview))
        yield
        self.representation, self.group = RepresentationStrip(fields), GroupStrip(fields)
        add("below", self.representation)
        add("below", self.group)
        for name in BLOCKS:
            fields[name].worded.connect(self.fit_blocks)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def between(self) -> dict[str, tuple[QWidget, ...]]:
        """What Tab visits besides the fields, before which of them."""
        return {OTHERS[0]: (self.handling.open_case, self.due.why, self.other.toggle)}

    def show_draft(self, draft: ReceptionDraft, title: str, *, sealed: bool) -> None:
        """Everything that depends on what is typed."""
        for name, shown in form_rules.shown_fields(draft).items():
            self._fields[name].setVisible(shown)
        self._show_identity(draft, sealed)
        self.representation.show_role(draft)
        self.group.show_group(draft)
        self.visit_card.show_form(draft.form)
        self.head.show_visit(title, draft)
        self.due.show_clock(draft)
        self.handling.show_ground(draft.refusal_ground if draft.direction is Direction.REFUSE else "")
        self.preview.show_slip(form_rules.pruned(draft))
        self.fit_blocks()

    def _show_identity(self, draft: ReceptionDraft, sealed: bool) -> None:
        self.who.secret.setVisible(draft.is_secret)
        for name in (*form_rules.FILLED, *(IDENTITY_FIELDS if sealed else ())):
            self._fields[name].setVisible(not sealed)
        self.who.sealed.setVisible(sealed)
        self.who.reveal.setVisible(sealed)
        self.head.scan.setVisible(not sealed)

    def unfold(self, problems: Problems) -> None:
        """Shows the folded cards in which something stops."""
        stopping = blocking(problems)
        if any(name in stopping or self._fields[name].own_problem() for name in VISIT):
            self.visit_card.show()
            self.head.show_unfolded(True)
        number = stopping.get("id_number")
        if any(name in stopping for name in OTHERS) or (number and number.code == "id_reason_needed"):
            self.other.unfold()

    def fit_blocks(self) -> None:
        """A block of text with a problem asks for the room of its sentence; one without takes what is left over."""
        for name in BLOCKS:
            block = self._fields[name]
            lines = block.layout()
            needed = lines.minimumHeightForWidth(block.width()) if lines is not None and block.problem() else 0
            block.setMinimumHeight(needed)

    def toggle_visit(self) -> bool:
        """Shows or hides when, where and by whom; True when it shows now."""
        shown = self.visit_card.isHidden()
        self.visit_card.setVisible(shown)
        self.head.show_unfolded(shown)
        return shown

    def stop(self) -> None:
        """The page goes away."""
        self.preview.stop()
        self.due.stop()

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        self.layout_.follow_keyboard(now)
