"""What a place shows when it has nothing to show: what it is for, and the next act."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import Text
from tcd_desktop.ui.look import icons, look


@dataclass(frozen=True, slots=True)
class State:
    """A designed state: `icon`, a short `title`, one `sentence`, and the words of the button ("" = no
    button)."""

    title: Text
    sentence: Text
    action: Text = ""
    icon: str = "inbox"
    tone: str = "muted"
    second: Text = ""
    """A quieter act under the button ("" = none)."""

    def for_one_who(self, writes: bool) -> State:
        """The same without its acts for who may only look."""
        return self if writes else replace(self, action="", second="")


class EmptyState(QWidget):
    """A centred picture, title, sentence and button. `actionRequest` is the button, `secondRequest` the quiet one."""

    actionRequest = Signal()
    secondRequest = Signal()

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel()
        self._title.setProperty("ink", "title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        self._sentence = QLabel()
        self._sentence.setProperty("ink", "muted")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        self._sentence.setMaximumWidth(now.px(460))
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self.actionRequest)
        self.second = QPushButton()
        self.second.setProperty("kind", "link")
        self.second.clicked.connect(self.secondRequest)
        layout = QVBoxLayout(self)
        layout.setSpacing(now.px(10))
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(self._title)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self._sentence, 10)
        row.addStretch()
        layout.addLayout(row)
        layout.addSpacing(now.px(6))
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.second, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.set_state(state)

    def take_keyboard(self) -> bool:
        """The keyboard goes on the button; False when there is none."""
        if self.button.isHidden():
            return False
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def set_state(self, state: State) -> None:
        """Shows another state."""
        icons.dress(self._icon, state.icon, state.tone, 44)
        self._title.setText(str(state.title))
        self._sentence.setText(str(state.sentence))
        self.button.setText(str(state.action))
        self.button.setVisible(bool(str(state.action)))
        self.second.setText(str(state.second))
        self.second.setVisible(bool(str(state.second)))
        self.setAccessibleName(f"{state.title}. {state.sentence}")
