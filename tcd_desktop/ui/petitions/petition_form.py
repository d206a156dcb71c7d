"""The form of a petition by post, box or another office: registering it, several contents at once, judging it later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.cases.case_file import PetitionDraft
from tcd_desktop.domain.cases.petition_rules import petition_problems
from tcd_desktop.domain.problems import DraftRefused, Problems
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.store.lists.petition_pages import PetitionRow
from tcd_desktop.ui.forms.choice_field import Segments
from tcd_desktop.ui.forms.desk_form import SavingPage
from tcd_desktop.ui.forms.form_fields import DraftModel, FormBinding
from tcd_desktop.ui.forms.page_frame import column, page_foot, page_head, scrolled
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.petitions.alike_card import AlikeCard
from tcd_desktop.ui.petitions.form_fields import SHARED, cards, fitting, follow, make_fields
from tcd_desktop.ui.petitions.petition_story import draft_of
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.runner import Job, RunnerLike
from tcd_desktop.words import label

LOOK_MS = 500
"""After so long without a key the book is asked for petitions that look alike."""
TWO_COLUMNS = 960
"""Width at 100 % from which the form has two columns."""
_LOOKED_AT = frozenset({"name", "id_number", "content", "classification", ""})


class PetitionFormPage(SavingPage):
    """`petition` "" = a new one. Several contents of one letter are parts; all are registered in one act."""

    def __init__(
        self, office: OpenOffice, runner: RunnerLike, petition: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(runner, parent)
        self._office, self._petition = office, petition
        self._looking: Job | None = None
        self._found: list[PetitionRow] = []
        self._numbers: dict[str, str] = {}
        saved = office.petitions.find(petition) if petition else None
        first = draft_of(saved) if saved else office.petitions.blank()
        self.masked = saved is not None and saved.sealed is not None
        self._sealed = self.masked
        if saved is not None and saved.duplicate_of:
            known = office.petitions.find(saved.duplicate_of)
            self._numbers[saved.duplicate_of] = known.book_number if known else ""
        self.parts: list[PetitionDraft] = [first]
        self.wishes: list[bool] = [False]
        self.at = 0
        self._lines = office.tags.lines()
        self.fields = make_fields(office.today)
        self.model: DraftModel[PetitionDraft] = DraftModel(first, self._problems)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._build()
        self.binding = FormBinding(self.model, self.fields, parent=self)
        self.binding.changed.connect(self._follow)
        QShortcut(QKeySequence(row("petition.content").shortcut), self, self.add_part)
        self._follow("start")

    @property
    def title(self) -> str:
        """What this page is for."""
        return _("Examine, direct, correct a petition") if self._petition else _("Register a petition")

    # -- how it is laid out -----------------------------------------------------------

    def _build(self) -> None:
        now = look.current()
        left, right = cards(self.fields)
        self.alike = AlikeCard()
        self.alike.chosen.connect(self._same)
        self.sealed_note = QLabel(_("Who denounced is sealed. It stays as it is; the page of the petition shows it."))
        self.sealed_note.setWordWrap(True)
        self.sealed_note.setProperty("ink", "muted")
        self.sealed_note.setVisible(self.masked)
        left[1].lines.insertWidget(1, self.sealed_note)
        self.case = QCheckBox(_("Open a case file with it"))
        self.case.clicked.connect(self._wish)
        self.case.setVisible(not self._petition)
        right[1].lines.addWidget(self.case)
        inside = QWidget()
        line = QHBoxLayout(inside)
        line.setContentsMargins(now.px(16), now.px(4), now.px(16), now.px(12))
        line.setSpacing(now.px(12))
        line.addLayout(column(*left, self.alike), 1)
        line.addLayout(column(*right), 1)
        self.columns = line
        self.switch = QHBoxLayout()
        self.switch.setContentsMargins(now.px(16), 0, now.px(16), now.px(6))
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        words = "  ".join((_("Another content"), key_text("petition.content")))
        self.more = QPushButton(words)
        icons.dress(self.more, "plus", "text", 16)
        self.more.setToolTip(_("A letter about several things is registered as several petitions"))
        self.more.clicked.connect(self.add_part)
        self.more.setVisible(not self._petition)
        head.addWidget(self.more)
        self.take, self._told = QPushButton(_("Save  Ctrl+S")), QLabel()
        self.take.clicked.connect(self.save)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addLayout(self.switch)
        lines.addWidget(scrolled(inside), 1)
        lines.addWidget(page_foot(self.take, self._told))
        self.setFocusProxy(self.fields["source"])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large letters the two columns stand one under the other."""
        narrow = event.size().width() < look.current().px(TWO_COLUMNS)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.columns.setDirection(way)
        super().resizeEvent(event)

    def _problems(self, draft: PetitionDraft) -> Problems:
        found = petition_problems(draft, self._office.today())
        if self.masked:  # what is sealed is not looked at
            for name in ("name", "id_number", "phone"):
                found.pop(name, None)
        return found

    # -- what follows from what was typed ----------------------------------------------

    def _follow(self, name: str) -> None:
        draft = self.model.draft
        if name in ("classification", "eligible") and (values := fitting(draft)):
            self.model.apply(**values)
            draft = self.model.draft
        tags: dict[str, str] = {}
        if draft.classification is not None:
            tags = self._tags(draft.classification)
        if name == "tag" and tags.get(draft.tag) and draft.field != tags[draft.tag]:
            self.binding.apply(field=tags[draft.tag])
            draft = self.model.draft
        follow(self.fields, draft, tags, masked=self.masked)
        self.case.setChecked(self.wishes[self.at])
        self.case.setEnabled(draft.duplicate_of is None)
        self._say()
        if name in _LOOKED_AT and draft.duplicate_of is None:
            self._timer.start()

    def _tags(self, classification: Classification) -> dict[str, str]:
        from tcd_desktop.domain.cases.class_tag import tags_on

        return tags_on(self._lines, classification, self.model.draft.received_on or self._office.today())

    def _say(self) -> None:
        count = len(self.parts)
        if count > 1:
            words = ngettext("{n} petition is registered", "{n} petitions are registered", count).format(n=count)
        elif self.model.draft.is_secret:
            words = _("Who denounced is sealed: lists, searches and prints never name them.")
        else:
            words = ""
        self._told.setText(words)

    def look(self) -> None:
        """Asks the book for petitions that look alike."""
        draft, but, desk = self.model.draft, self._petition, self._office.petitions
        if draft.duplicate_of or not (draft.content or draft.name or draft.id_number):
            self._show_alike([])
            return
        if self._looking:
            self._looking.forget()

        def ask(_progress: Progress) -> list[PetitionRow]:
            return desk.alike(draft, but=but)

        self._looking = self._runner.read(ask, done=self._show_alike)

    def _show_alike(self, rows: list[PetitionRow]) -> None:
        self._looking, self._found = None, list(rows)
        self._numbers |= {one.id: one.number for one in rows}
        first = self.model.draft.duplicate_of or ""
        self.alike.show_rows(rows, first, self._numbers.get(first, ""))

    def _same(self, petition_id: str) -> None:
        """The petition of the book that this one repeats; of a repetition its first."""
        chosen = next((one for one in self._found if one.id == petition_id), None)
        first = chosen.duplicate_of or chosen.id if chosen else None
        if chosen is not None and chosen.duplicate_of:
            self._numbers[chosen.duplicate_of] = chosen.number
        self.model.apply(duplicate_of=first)
        if first:
            self.wishes[self.at] = False
        self._follow("duplicate_of")
        self._show_alike(self._found)

    def _wish(self, _checked: bool = False) -> None:
        self.wishes[self.at] = self.case.isChecked()

    # -- several contents ---------------------------------------------------------------

    def add_part(self, _checked: bool = False) -> None:
        """Another content of the same letter; the present one has to be whole."""
        if self._petition or not self.binding.check():
            return
        self._keep()
        now = self.parts[self.at]
        shared = {name: getattr(now, name) for name in SHARED}
        self.parts.append(replace(PetitionDraft(), **shared))
        self.wishes.append(False)
        self.show_part(len(self.parts) - 1)

    def show_part(self, at: int) -> None:
        """Goes to one of the contents; person and origin are those of all."""
        self._keep()
        self.at = at
        self.binding.load(self.parts[at], dirty=True)
        self._segments()
        self._show_alike([])
        self.fields["classification"].setFocus()

    def _keep(self) -> None:
        self.parts[self.at] = self.model.draft
        shared = {name: getattr(self.model.draft, name) for name in SHARED}
        self.parts = [replace(part, **shared) for part in self.parts]

    def _segments(self) -> None:
        while self.switch.count():
            item = self.switch.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        if len(self.parts) < 2:
            return
        new = _("New content")
        names = [f"{n}. {label(part.classification) or new}" for n, part in enumerate(self.parts, 1)]
        segments = Segments(names)
        segments.set_index(self.at)
        segments.chosen.connect(self.show_part)
        self.switch.addWidget(segments)
        remove = QPushButton(_("Leave this content out"))
        remove.setProperty("kind", "link")
        remove.clicked.connect(partial(self._leave_out, self.at))
        self.switch.addWidget(remove)
        self.switch.addStretch()

    def _leave_out(self, at: int, _checked: bool = False) -> None:
        if len(self.parts) > 1:
            self._keep()
            del self.parts[at], self.wishes[at]
            self.at = max(0, at - 1)
            self.binding.load(self.parts[self.at], dirty=True)
            self._segments()

    # -- saving -------------------------------------------------------------------------

    def act(self) -> Callable[[], Done[Any]]:
        """Registers every content in one act, or writes the changes."""
        self._keep()
        desk, parts, wishes = self._office.petitions, list(self.parts), list(self.wishes)
        if self._petition:
            return partial(desk.change, self._petition, parts[0])
        return partial(desk.register_all, parts, open_cases=wishes)

    def written(self, done: Done[Any]) -> None:
        """Tells the numbers, then back to the desk."""
        made = done.value if isinstance(done.value, list) else [done.value]
        numbers = ", ".join(one.book_number for one in made)
        words = _("Saved: {numbers}.") if self._petition else _("Registered: {numbers}.")
        self.messageRequest.emit(words.format(numbers=numbers), "success")
        super().written(done)

    def show_refused(self, error: DraftRefused) -> None:
        """The content in which something is wrong is shown first."""
        if error.row is not None and error.row != self.at:
            self.show_part(error.row)
        super().show_refused(error)
