"""What the form of a letter looks like: fields at the left, the paper at the right, the acts at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.forms.form_fields import Field
from tcd_desktop.ui.forms.page_frame import column, page_head, scrolled
from tcd_desktop.ui.letters.letter_fields import cards
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.bars import MessageBar

SIDE_BY_SIDE = 900
"""Width at 100 % from which the paper stands beside the fields."""


class LetterFormFrame(QWidget):
    """The widgets of the form; the page connects them."""

    def __init__(self, fields: dict[str, Field], preview: SlipPreview, word_button: QPushButton) -> None:
        super().__init__()
        self.setProperty("box", "page")
        now = look.current()
        self.message = MessageBar()
        self.heading = QLabel()
        head, self.back = page_head(self.heading)
        self.picker_button = QPushButton(f"{row('letter.variable').text}  {key_text('letter.variable')}")
        icons.dress(self.picker_button, "list", "text", 16)
        self.picker_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        first, words, signature = cards(fields)
        words.add_head(self.picker_button)
        self.entry = scrolled(_with_margin(column(first, words, signature)))
        self.body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.body.setSpacing(now.px(8))
        self.body.setContentsMargins(now.px(8), 0, now.px(12), 0)
        self.body.addWidget(self.entry, 1)
        self.body.addWidget(preview, 1)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), 0)
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addLayout(self.body, 1)
        lines.addWidget(self._foot(word_button))

    def _foot(self, word_button: QPushButton) -> QFrame:
        now = look.current()
        self.told = QLabel()
        self.told.setProperty("ink", "muted")
        self.told.setWordWrap(True)
        self.discard_button = QPushButton()
        self.discard_button.setAccessibleName(str(row("letter.discard").text))
        self.discard_button.setToolTip(f"{row('letter.discard').text}  {key_text('letter.discard')}")
        icons.dress(self.discard_button, "trash-2", "text", 18)
        self.discard_button.setFixedWidth(now.px(44))
        self.save_button = QPushButton(_("Keep the draft  {key}").format(key=key_text("form.save")))
        icons.dress(self.save_button, "save", "text", 18)
        self.issue_button = QPushButton(f"{row('letter.issue').text}  {key_text('letter.issue')}")
        self.issue_button.setProperty("kind", "primary")
        icons.dress(self.issue_button, "stamp", "on_accent", 18)
        foot = QFrame()
        foot.setProperty("box", "foot")
        line = QHBoxLayout(foot)
        line.setContentsMargins(now.px(16), now.px(8), now.px(16), now.px(8))
        line.addWidget(self.told, 1)
        for button in (self.discard_button, word_button, self.save_button, self.issue_button):
            line.addWidget(button)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large letters the paper stands below the fields."""
        narrow = event.size().width() < look.current().px(SIDE_BY_SIDE)
        self.body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        super().resizeEvent(event)


def _with_margin(lines: QVBoxLayout) -> QWidget:
    inside = QWidget()
    now = look.current()
    lines.setContentsMargins(now.px(8), now.px(4), now.px(8), now.px(12))
    inside.setLayout(lines)
    return inside
