"""The phrases in a form: "/" in every block of text, Ctrl+Shift+M keeps what is marked, Ctrl+M shows them all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.receptions.phrase import Phrase
from tcd_desktop.domain.receptions.phrase_text import values_of
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.forms.form_fields import FormBinding, TextField
from tcd_desktop.ui.phrases.phrase_dialog import PhraseDialog
from tcd_desktop.ui.phrases.phrases_page import PhrasesPage
from tcd_desktop.ui.phrases.slash_list import SlashList
from tcd_desktop.ui.window.actions import row
from tcd_desktop.ui.window.runner import RunnerLike


class FormPhrases(QObject):
    """Of one form; the phrases are read once and again when they change."""

    told = Signal(str, str)
    pushRequest = Signal(QWidget)
    """The page of all phrases, above the form."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, binding: FormBinding, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._runner, self._binding, self._page = office, runner, binding, page
        self._known: tuple[Phrase, ...] = ()
        self.lists = {
            name: SlashList(field.editor, name, phrases=self.known, values=self._values)
            for name, field in binding.fields.items()
            if isinstance(field, TextField)
        }
        for action, slot in (("form.phrase", self.keep_marked), ("form.phrases", self.show_all)):
            shortcut = QShortcut(QKeySequence(row(action).shortcut), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.read()

    def known(self) -> Sequence[Phrase]:
        """The phrases in use."""
        return self._known

    def read(self) -> None:
        """Reads the phrases (again)."""

        def work(_progress: Progress) -> list[Phrase]:
            return self._office.phrases.all()

        self._runner.read(work, done=self._arrived)

    def store_changed(self, changes: object) -> None:
        """Reads again when a phrase changed."""
        if not isinstance(changes, tuple) or any(getattr(one, "table", "") == "phrase" for one in changes):
            self.read()

    def keep_marked(self) -> PhraseDialog | None:
        """Asks for the name under which the marked text is kept."""
        for name, field in self._binding.fields.items():
            if isinstance(field, TextField) and field.editor.hasFocus():
                text = field.editor.textCursor().selectedText().replace("\u2029", "\n").strip()
                if text:
                    dialog = PhraseDialog(self._office, self._runner, text, name, self._page)
                    dialog.kept.connect(self._kept)
                    dialog.open()
                    return dialog
        self.told.emit(_("Mark the text that is to become a phrase first."), "neutral")
        return None

    def show_all(self) -> None:
        """The page of all phrases."""
        for one in self.lists.values():
            one.close()
        page = PhrasesPage(self._office, self._runner)
        page.phrasesChanged.connect(self.read)
        self.pushRequest.emit(page)

    def _values(self) -> dict[str, str]:
        return values_of(self._binding.model.draft, self._office.today())

    def _arrived(self, phrases: list[Phrase]) -> None:
        self._known = tuple(phrases)

    def _kept(self, phrase: Phrase) -> None:
        self.told.emit(_("Kept. “/{key}” puts it in.").format(key=phrase.key), "success")
        self.read()
