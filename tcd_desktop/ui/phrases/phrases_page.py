"""All phrases of the office: a list at the left, the chosen one at the right; new, changed, put away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.receptions.phrase import Phrase
from tcd_desktop.domain.receptions.phrase_text import as_key
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.done import Done
from tcd_desktop.ui.forms.form_fields import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.phrases.phrase_dialog import phrase_fields, show_refusal
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import done_sentence, failure
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

ROLE = int(Qt.ItemDataRole.UserRole)


class PhrasesPage(Page):
    """Esc goes back to where it was called from."""

    phrasesChanged = Signal()

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._runner = office, runner
        self._chosen: Phrase | None = None
        self._wanted = ""
        self.message = MessageBar()
        self.sought = QLineEdit()
        self.sought.setProperty("kind", "search")
        self.sought.setPlaceholderText(_("Find a phrase"))
        self.sought.setAccessibleName(_("Find a phrase"))
        self.sought.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Phrases"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(self._show_item)
        self.count = QLabel()
        self.count.setProperty("ink", "small")
        self.fields = phrase_fields(lines=8)
        self.new = _button(_("New phrase  Alt+N"), "plus")
        self.new.setShortcut(QKeySequence("Alt+N"))
        self.new.clicked.connect(self.begin)
        self.remove = _button(_("Put away"), "trash-2")
        self.remove.clicked.connect(self.put_away)
        self.save = QPushButton(_("Save  Ctrl+S"))
        self.save.setProperty("kind", "primary")
        self.save.clicked.connect(self.keep)
        if not office.may("phrase.add"):
            for button in (self.new, self.remove, self.save):
                button.hide()
        self._build()
        for key, slot in (("Ctrl+S", self.keep), ("Ctrl+Return", self.keep), ("Esc", self.popRequest.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.setFocusProxy(self.sought)
        self.read()

    @property
    def title(self) -> str:
        """What this page is for."""
        return _("Phrases")

    def read(self) -> None:
        """Reads the phrases (again)."""

        def work(_progress: Progress) -> list[Phrase]:
            return self._office.phrases.all()

        self._runner.read(work, done=self._arrived, failed=self._failed)

    def begin(self) -> None:
        """An empty phrase."""
        self.list.setCurrentRow(-1)
        self._show(None)
        self.fields["key"].setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Saves what stands in the fields."""
        values = {name: field.value() or "" for name, field in self.fields.items()}
        key = values["key"].strip().lstrip("/")
        values["key"] = key if key.isascii() else as_key(key)
        desk, chosen = self._office.phrases, self._chosen

        def work(_progress: Progress) -> Done[Phrase]:
            return desk.add(**values) if chosen is None else desk.change(chosen, **values)

        self._runner.write(work, done=self._done, failed=self._failed)

    def put_away(self) -> None:
        """The chosen phrase is no longer offered; it can be taken back from the recycle bin."""
        chosen = self._chosen
        if chosen is not None:
            self._runner.write(
                lambda _progress: self._office.phrases.remove(chosen), done=self._put_away, failed=self._failed
            )

    def store_changed(self, changes: object) -> None:
        """Reads again when a phrase changed elsewhere (an undo)."""
        if not isinstance(changes, tuple) or any(getattr(one, "table", "") == "phrase" for one in changes):
            self.read()

    def focus_list(self) -> None:
        """The keyboard goes to the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        now = look.current()
        heading = QLabel(self.title)
        heading.setProperty("ink", "title")
        head = QHBoxLayout()
        head.addWidget(heading)
        head.addStretch()
        head.addWidget(self.new)
        left, right = Card(), Card()
        left.lines.addWidget(self.sought)
        left.lines.addWidget(self.list, 1)
        left.lines.addWidget(self.count)
        right.add_row((self.fields["key"], 1), (self.fields["fields"], 1))
        right.lines.addWidget(self.fields["text"], 1)
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch()
        foot.addWidget(self.save)
        right.lines.addLayout(foot)
        columns = QHBoxLayout()
        columns.setSpacing(now.px(10))
        columns.addWidget(left, 2)
        columns.addWidget(right, 3)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(12))
        lines.setSpacing(now.px(8))
        lines.addLayout(head)
        lines.addWidget(self.message)
        lines.addLayout(columns, 1)

    def _arrived(self, phrases: list[Phrase]) -> None:
        wanted = self._wanted or (self._chosen.key if self._chosen else "")
        self.list.clear()
        for phrase in phrases:
            item = QListWidgetItem(f"/{phrase.key}    {' '.join(phrase.text.split())}")
            item.setData(ROLE, phrase)
            item.setToolTip(phrase.text)
            self.list.addItem(item)
        self._narrow()
        self._choose(wanted)

    def _choose(self, key: str) -> None:
        items = [self.list.item(at) for at in range(self.list.count())]
        self.list.setCurrentRow(next((at for at, item in enumerate(items) if item.data(ROLE).key == key), 0))

    def _narrow(self) -> None:
        sought, shown = fold(self.sought.text()).lstrip("/"), 0
        for at in range(self.list.count()):
            item = self.list.item(at)
            fits = sought in fold(item.text())
            item.setHidden(not fits)
            shown += fits
        self.count.setText(ngettext("{n} phrase", "{n} phrases", shown).format(n=shown))

    def _show_item(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(item.data(ROLE))

    def _show(self, phrase: Phrase | None) -> None:
        self._chosen = phrase
        for name, field in self.fields.items():
            field.set_value(getattr(phrase, name) if phrase else "")
            field.set_problem("")
        self.remove.setEnabled(phrase is not None)

    def _done(self, done: Done[Phrase]) -> None:
        self._wanted = done.value.key
        self.message.tell(done_sentence(done.act), "success")
        self.phrasesChanged.emit()
        self.read()

    def _put_away(self, done: Done[Phrase]) -> None:
        self._chosen, self._wanted = None, ""
        self.message.tell(done_sentence(done.act), "success")
        self.phrasesChanged.emit()
        self.read()

    def _failed(self, error: Exception) -> None:
        if not show_refusal(self.fields, error):
            self.message.tell(*failure(error))


def _button(text: str, icon: str) -> QPushButton:
    button = QPushButton(text)
    icons.dress(button, icon, "text", 16)
    return button
