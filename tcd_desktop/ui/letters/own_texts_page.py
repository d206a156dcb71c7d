"""The office's own words for letters: the kinds at the left, their words with a picker and the paper at the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.letters.letter import Letter, OwnText
from tcd_desktop.domain.letters.letter_rules import LINE, WHOLE, bare_title, own_text_problems, sign_of
from tcd_desktop.domain.letters.letter_text import LetterText, fill
from tcd_desktop.domain.problems import DraftRefused, Problems
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.forms.form_fields import DateField, DraftModel, Field, FormBinding, LineField, TextField
from tcd_desktop.ui.forms.page_frame import page_foot, page_head, scrolled
from tcd_desktop.ui.forms.typed_dates import show_date
from tcd_desktop.ui.letters.example_values import example_values
from tcd_desktop.ui.letters.letter_fields import lines_of
from tcd_desktop.ui.letters.letter_words import kind_options, standing_words, text_or_none
from tcd_desktop.ui.letters.variable_picker import VariableHand
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

KIND = int(Qt.ItemDataRole.UserRole)
WITH_VARIABLES = ("body", "about", "recipients")
PAUSE_MS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm:
    """The words as they are typed."""

    since: date | None = None
    about: str = ""
    body: str = ""
    recipients: str = ""


class OwnTextsPage(Page):
    """What is saved holds for new letters from its day on; letters that were issued keep their words."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self.kind = ""
        self.text: LetterText | None = None
        self.own: OwnText | None = None
        self.fields: dict[str, Field] = {
            "since": DateField(_("From this day on"), today=office.today, required=True),
            "about": LineField(_("Subject"), max_length=LINE),
            "body": TextField(_("Words"), lines=10, hint=_("each line is a paragraph")),
            "recipients": TextField(_("Copies to (Nơi nhận)"), lines=3, hint=_("one on a line")),
        }
        body = self.fields["body"]
        assert isinstance(body, TextField)
        body.set_limit(WHOLE)
        self.model: DraftModel[TextForm] = DraftModel(TextForm(), self._problems)
        self.message = MessageBar()
        self.preview = SlipPreview(office.letters.preview, runner, name=_("Preview with a made-up record"))
        self._build()
        self.binding = FormBinding(self.model, self.fields, parent=self)
        self.binding.changed.connect(self._changed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        for key, slot in (("form.save", self.save), ("letter.variable", self.pick)):
            QShortcut(QKeySequence(row(key).shortcut), self, slot)
        self.hand = VariableHand(self, self.fields, WITH_VARIABLES, coded=True)
        self._read_kinds()
        self.kinds.setCurrentRow(0)

    @property
    def title(self) -> str:
        """The heading."""
        return _("Words of the letters")

    def _build(self) -> None:
        now = look.current()
        head, self.back = page_head(QLabel(self.title))
        self.back.clicked.connect(self.popRequest)
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(_("Kinds of letters"))
        self.kinds.setFixedWidth(now.px(270))
        self.kinds.setWordWrap(True)
        self.kinds.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.kinds.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kinds.currentItemChanged.connect(self._chosen)
        self.source = QLabel()
        self.source.setProperty("ink", "muted")
        self.source.setWordWrap(True)
        self.source.setTextFormat(Qt.TextFormat.PlainText)
        self.picker_button = QPushButton(f"{row('letter.variable').text}  {key_text('letter.variable')}")
        icons.dress(self.picker_button, "list", "text", 16)
        self.picker_button.clicked.connect(self.pick)
        self.back_button = QPushButton(_("Back to the shipped words"))
        icons.dress(self.back_button, "rotate-ccw", "text", 16)
        self.back_button.clicked.connect(self.withdraw)
        tools = QHBoxLayout()
        tools.addWidget(self.picker_button)
        tools.addWidget(self.back_button)
        tools.addStretch()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(now.px(12), now.px(4), now.px(12), now.px(12))
        column.setSpacing(now.px(8))
        column.addWidget(self.source)
        column.addLayout(tools)
        for name in ("about", "body", "recipients", "since"):
            column.addWidget(self.fields[name])
        column.addStretch()
        middle = QHBoxLayout()
        middle.setContentsMargins(now.px(12), 0, now.px(12), 0)
        middle.setSpacing(now.px(4))
        middle.addWidget(self.kinds)
        middle.addWidget(scrolled(inside), 5)
        middle.addWidget(self.preview, 4)
        self.take, self._told = QPushButton(_("Save  Ctrl+S")), QLabel()
        self.take.clicked.connect(self.save)
        foot = page_foot(self.take, self._told)
        if not self._office.may("own_text.save"):  # shown before it has a parent it would be a window for a moment
            foot.hide()
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), now.px(4))
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addLayout(middle, 1)
        lines.addWidget(foot)
        self.setFocusProxy(self.kinds)

    # -- which kind -----------------------------------------------------------------------------

    def _read_kinds(self) -> None:
        desk, today = self._office.own_texts, self._office.today()
        mine = desk.kinds()
        at = self.kinds.currentRow()
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for kind, name in kind_options(today):
            if text_or_none(kind, today) is None:
                continue
            item = QListWidgetItem("\n".join((name, _("own words"))) if kind in mine else name)
            item.setData(KIND, kind)
            self.kinds.addItem(item)
        self.kinds.setCurrentRow(at)
        self.kinds.blockSignals(False)

    def _chosen(self, item: QListWidgetItem | None, _before: Any = None) -> None:
        if item is None:
            return
        if self.model.dirty:
            self.save()
            if self.model.dirty:
                self._back_to(self.kind)
                return
        self.show_kind(str(item.data(KIND)))

    def _back_to(self, kind: str) -> None:
        """What was typed is wrong: the keyboard stays with it."""
        self.kinds.blockSignals(True)
        for at in range(self.kinds.count()):
            item = self.kinds.item(at)
            if item is not None and item.data(KIND) == kind:
                self.kinds.setCurrentRow(at)
        self.kinds.blockSignals(False)

    def show_kind(self, kind: str) -> None:
        """The words that hold today for a kind."""
        desk, today = self._office.own_texts, self._office.today()
        self.kind, self.text = kind, text_or_none(kind, today)
        self.own = next(iter(desk.of_kind(kind)), None)
        text = self.text
        if text is None:
            return
        shown = self.own or desk.blank(kind)
        self.model.load(_form(replace(shown, since=max(shown.since, today))))
        self.binding.show_draft()
        self.source.setText("\n".join(filter(None, (text.source, standing_words(text)))))
        self.back_button.setVisible(self.own is not None and self._office.may("own_text.withdraw"))
        words = _("The office's own words hold from {day} on.").format(day=show_date(shown.since)) if self.own else ""
        self._told.setText(words or _("The shipped words hold. What you change here holds for new letters."))
        self._draw()

    # -- typing -----------------------------------------------------------------------------------

    def _problems(self, form: TextForm) -> Problems:
        known = self.text.variables if self.text is not None else {}
        return own_text_problems(form.about, lines_of(form.body), lines_of(form.recipients), known)

    def _changed(self, _name: str) -> None:
        self._pause.start()

    def pick(self, _checked: bool = False) -> None:
        """The list of variables of this kind."""
        if self.text is not None:
            self.hand.pick(self.text.variables, self._examples())

    def _examples(self) -> dict[str, str]:
        return example_values(self._office.office, self._office.officer, self._office.today())

    def _draw(self) -> None:
        """The paper with a made-up record; what is wrong leaves the picture as it was."""
        text, form = self.text, self.model.draft
        if text is None or self.model.problems:
            return
        values, office = self._examples(), self._office.office

        def filled(lines: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(line for one in lines for line in fill(one, values).split("\n"))

        letter = Letter(
            id="example",
            office=office.id,
            kind=text.kind,
            instrument=text.instrument,
            sign=sign_of(text, office.name),
            about=fill(form.about, values),
            addressees=filled(text.addressees),
            body=filled(lines_of(form.body)),
            recipients=filled(lines_of(form.recipients)),
            signing=text.signing,
            signer_title=bare_title(office.head_title),
            signer=office.head_name,
        )
        self.preview.show_slip(letter)

    # -- saving --------------------------------------------------------------------------------------

    def save(self, _checked: bool = False) -> None:
        """Uses the words from their day on."""
        for field in self.fields.values():
            field.tidy()
        if not self.kind or not self.model.dirty or not self.binding.check():
            return
        form, desk = self.model.draft, self._office.own_texts
        text = OwnText(
            id="",
            office=self._office.office.id,
            kind=self.kind,
            since=form.since or self._office.today(),
            about=form.about,
            body=lines_of(form.body),
            recipients=lines_of(form.recipients),
        )
        self.model.load(form)
        self._runner.write(lambda _progress: desk.save(text), done=self._saved, failed=self._failed)

    def _saved(self, _done: Done[OwnText]) -> None:
        self.message.tell(_("The words are saved. Letters that were issued keep theirs."), "success")

    def withdraw(self, _checked: bool = False) -> None:
        """Back to the shipped words; it can be undone."""
        own, desk = self.own, self._office.own_texts
        if own is not None:
            why = _("Back to the shipped words")
            self.model.load(self.model.draft)

            def work(_progress: Progress) -> Done[OwnText]:
                return desk.withdraw(own.id, why)

            self._runner.write(work, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, DraftRefused):
            self.binding.show_problems(error.problems)
            return
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)

    def can_close(self) -> bool:
        """What is right is saved; what is wrong is told once."""
        if self.model.dirty:
            self.save()
        if self.model.dirty and not self.message.text():
            self.message.tell(
                _("Something is wrong in the words: put it right, or press Esc again to leave."), "warning"
            )
            return False
        self.preview.stop()
        return True

    def store_changed(self, changes: Any) -> None:
        """Reads the words again when some were changed."""
        if any(change.table == "own_text" for change in changes) and not self.model.dirty:
            self._read_kinds()
            self.show_kind(self.kind)


def _form(text: OwnText) -> TextForm:
    return TextForm(
        since=text.since, about=text.about, body="\n".join(text.body), recipients="\n".join(text.recipients)
    )
