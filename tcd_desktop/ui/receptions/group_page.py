"""The list of a group (đoàn): typed, pasted or read from a file, who speaks, who has signed.

It lies over the form and writes into the draft at once; Esc or Ctrl+Enter goes back to the form.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.people.group_rules import MAX_MEMBERS
from tcd_desktop.domain.people.member_list import MemberList, members_from_text
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.services.people.member_files import read_members
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.group_words import rule_sentence, state_sentence, too_many
from tcd_desktop.ui.receptions.members_model import MembersModel
from tcd_desktop.ui.receptions.members_table import MembersTable
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import RunnerLike

CTRL = Qt.KeyboardModifier.ControlModifier


class GroupPage(QWidget):
    """`changed` tells the people after every change; `finished` asks to go back to the form."""

    changed = Signal(object)
    finished = Signal()

    def __init__(self, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._people = 1
        self._secret = False
        self.model = MembersModel(self)
        self.model.edited.connect(self._edited)
        self.table = MembersTable(self.model)
        self.table.pasted.connect(self.paste)
        self.message = MessageBar()
        self._build()

    def _build(self) -> None:
        now = look.current()
        self.rule = QLabel()
        self.rule.setProperty("ink", "title")
        self.state = QLabel()
        self.state.setProperty("ink", "muted")
        self.keys = QLabel(_("Type and press Enter. Space ticks. Ctrl+V pastes lines from Excel, Word or a message."))
        self.keys.setProperty("ink", "small")
        self.keys.setWordWrap(True)
        self.paste_button = _button(_("Paste  Ctrl+V"), "copy")
        self.paste_button.clicked.connect(self._paste_clipboard)
        self.file_button = _button(_("Read a file…  Ctrl+O"), "table")
        self.file_button.clicked.connect(self.ask_file)
        self.sign_button = _button(_("All have signed  Ctrl+G"), "signature")
        self.sign_button.clicked.connect(self.sign_all)
        self.remove_button = _button(_("Remove  Ctrl+Delete"), "x")
        self.remove_button.clicked.connect(self.table.remove_chosen)
        self.done = QPushButton(_("Back to the form  Ctrl+Enter"))
        self.done.setProperty("kind", "primary")
        self.done.clicked.connect(self.finished)
        acts = QHBoxLayout()
        acts.setSpacing(now.px(8))
        for button in (self.paste_button, self.file_button, self.sign_button, self.remove_button):
            acts.addWidget(button)
        acts.addStretch()
        foot = QHBoxLayout()
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.done)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(10))
        lines.setSpacing(now.px(8))
        lines.addWidget(self.rule)
        lines.addWidget(self.state)
        lines.addWidget(self.message)
        lines.addLayout(acts)
        lines.addWidget(self.table, 1)
        lines.addLayout(foot)
        self.setFocusProxy(self.table)

    def show_group(self, draft: ReceptionDraft) -> None:
        """The people of a visit; in an empty list the citizen at the table comes first and speaks."""
        self._people, self._secret = draft.people, draft.is_secret
        self.message.clear()
        self.model.show(draft.members)
        if not draft.members and draft.name:
            first = Member(
                draft.name, draft.address, draft.id_number, draft.birth_date, draft.phone, speaks=True, signed=False
            )
            self.model.add([first])
        self._show_state()
        self.table.go_to_end()

    def paste(self, text: str) -> None:
        """Takes lines of any form; those already listed are left alone."""
        self._take(members_from_text(text))

    def ask_file(self) -> None:
        """Asks which file the list is in."""
        kinds = _("Lists (*.xlsx *.xls *.csv *.txt);;All files (*)")
        name, _kind = QFileDialog.getOpenFileName(self, _("List of the group"), "", kinds)
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Reads a list away from the window."""

        def work(_progress: Progress) -> MemberList:
            return read_members(path)

        self._runner.read(work, done=self._take, failed=self._failed)

    def sign_all(self) -> None:
        """Ticks everybody's signature, or clears them when all are ticked."""
        members = self.model.members()
        self.model.tick("signed", not all(member.signed for member in members))

    def _paste_clipboard(self) -> None:
        self.paste(QApplication.clipboard().text())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, found: MemberList) -> None:
        if not found.members and not found.left_out:
            self.message.tell(_("There are no names to paste. Copy the lines of the list first."), "warning")
            return
        known = {(member.name, member.id_number or member.address) for member in self.model.members()}
        new = [member for member in found.members if (member.name, member.id_number or member.address) not in known]
        room = MAX_MEMBERS - len(self.model.members())
        self.model.add(new[:room])
        parts = [ngettext("{n} person was added.", "{n} people were added.", len(new[:room])).format(n=len(new[:room]))]
        if known_before := len(found.members) - len(new):
            told = ngettext("{n} was listed already.", "{n} were listed already.", known_before)
            parts.append(told.format(n=known_before))
        if found.left_out:
            told = ngettext("{n} line has no name.", "{n} lines have no name.", found.left_out)
            parts.append(told.format(n=found.left_out))
        if len(new) > room:
            parts.append(_("The list is full: at most {limit} people.").format(limit=MAX_MEMBERS))
        doubtful = not new or found.left_out > 0 or len(new) > room
        self.message.tell(" ".join(parts), "warning" if doubtful else "success")
        self.table.go_to_end()

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.message.tell(sentence, tone)

    def _edited(self) -> None:
        self._show_state()
        self.changed.emit(self.model.members())

    def _show_state(self) -> None:
        members = self.model.members()
        people = max(self._people, len(members))
        self.rule.setText(rule_sentence(people))
        parts = [state_sentence(members)]
        if too_many(self._people, members):
            parts.append(_("More speak than the law allows."))
        if self._secret:
            parts.append(_("A denunciation: the list is kept secret with the identity."))
        self.state.setText("  ".join(parts))
        look.set_property(self.state, "ink", "warning" if too_many(self._people, members) else "muted")

    def event(self, event: QEvent) -> bool:
        """Esc is for this list, not for leaving the form."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _own_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the buttons."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and event.modifiers() & CTRL):
            self.finished.emit()
        elif event.modifiers() == CTRL and event.key() == Qt.Key.Key_O:
            self.ask_file()
        elif event.modifiers() == CTRL and event.key() == Qt.Key.Key_G:
            self.sign_all()
        else:
            super().keyPressEvent(event)


def _own_key(event: QKeyEvent) -> bool:
    keys = (Qt.Key.Key_O, Qt.Key.Key_G, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return event.key() == Qt.Key.Key_Escape or (event.modifiers() == CTRL and event.key() in keys)


def _button(text: str, icon: str) -> QPushButton:
    button = QPushButton(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    icons.dress(button, icon, "text", 18)
    return button
