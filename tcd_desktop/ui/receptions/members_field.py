"""The people of a group in one line of the form; the list itself is a page of its own (`group_page`)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tcd_desktop.domain.people.person import Member
from tcd_desktop.i18n import Text, _
from tcd_desktop.ui.forms.field import Field
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.group_words import state_sentence
from tcd_desktop.ui.window.actions import key_text


class MembersField(Field):
    """Members as a tuple; `openRequest` asks for the list."""

    openRequest = Signal()

    def __init__(self, label: Text, *, parent: QWidget | None = None) -> None:
        super().__init__(label, parent=parent)
        now = look.current()
        self._members: tuple[Member, ...] = ()
        holder = QWidget()
        self.button = QPushButton(f"{_('List of people')}  {key_text('form.group')}")
        icons.dress(self.button, "users", "text", 18)
        self.button.clicked.connect(self.openRequest)
        self.state = QLabel()
        self.state.setProperty("ink", "small")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(10))
        row.addWidget(self.button)
        row.addWidget(self.state, 1)
        self._place(holder, self.button)
        self._show()

    def value(self) -> Any:
        """The members."""
        return self._members

    def set_value(self, value: Any) -> None:
        """Shows how far the list has come."""
        self._members = tuple(value)
        self._show()

    def _show(self) -> None:
        self.state.setText(state_sentence(self._members))
