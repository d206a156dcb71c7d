"""What the page of a letter looks like: its facts at the left, its paper at the right, the acts below each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.ui.filters.list_head import TWO_ROWS
from tcd_desktop.ui.forms.form_fields import IntField
from tcd_desktop.ui.forms.page_frame import page_head
from tcd_desktop.ui.lists.inspector import Inspector
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.slip_preview import SlipPreview
from tcd_desktop.ui.window.actions import key_text, row
from tcd_desktop.ui.window.bars import MessageBar

MOST_COPIES = 50
LARGE = 125
"""Text sizes above this leave room for the icons of the lesser acts only."""


class LetterPageFrame(QWidget):
    """The widgets of the page; the page connects them. `beside` are buttons of others, left of "PDF" and "print"."""

    def __init__(self, preview: SlipPreview, beside: Sequence[QPushButton]) -> None:
        super().__init__()
        self.setProperty("box", "page")
        now = look.current()
        self.message = MessageBar()
        self.heading = QLabel(_("Letter"))
        head, self.back = page_head(self.heading)
        self.facts = Inspector()
        self.facts.setProperty("box", "card")
        self.closed_note = QLabel(_("The words of this letter are sealed: it goes to who denounced."))
        self.closed_note.setProperty("ink", "muted")
        self.closed_note.setWordWrap(True)
        self.closed_note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.spoil_button = act_button("letter.spoil")
        self.reveal_button = act_button("letter.reveal")
        self.record_button = act_button("letter.record")
        paper = QVBoxLayout()
        paper.setSpacing(now.px(8))
        paper.addWidget(self.closed_note)
        paper.addWidget(preview, 1)
        paper.addWidget(self._paper_acts(beside))
        acts = QHBoxLayout()
        acts.setSpacing(now.px(8))
        for button in (self.spoil_button, self.reveal_button, self.record_button):
            acts.addWidget(button)
        acts.addStretch()
        left = QVBoxLayout()
        left.setSpacing(now.px(8))
        left.addWidget(self.facts, 1)
        left.addLayout(acts)
        body = QHBoxLayout()
        body.setContentsMargins(now.px(16), 0, now.px(16), now.px(12))
        body.setSpacing(now.px(12))
        body.addLayout(left, 4)
        body.addLayout(paper, 5)
        bars = QVBoxLayout()
        bars.setContentsMargins(now.px(16), 0, now.px(16), now.px(6))
        bars.addWidget(self.message)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(bars)
        lines.addLayout(body, 1)

    def _paper_acts(self, beside: Sequence[QPushButton]) -> QWidget:
        self.copies = IntField(_("Copies"), least=1, most=MOST_COPIES)
        self.copies.set_value(2)
        self.copies.editor.setFixedWidth(look.current().px(64))
        self.pdf_button = act_button("letter.pdf")
        self.print_button = QPushButton()
        self.print_button.setProperty("kind", "primary")
        icons.dress(self.print_button, "printer", "on_accent", 18)
        if look.current().text_size > LARGE:
            for button in (*beside, self.pdf_button):
                button.setAccessibleName(button.text())
                button.setText("")
        self.paper_acts = QWidget()
        lines, line = QVBoxLayout(self.paper_acts), QHBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        files = line
        if look.current().text_size > TWO_ROWS:  # the files above, the printer below
            files = QHBoxLayout()
            files.addStretch()
            lines.addLayout(files)
        lines.addLayout(line)
        line.addWidget(self.copies, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch()
        for button in (*beside, self.pdf_button):
            files.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignBottom)
        return self.paper_acts


def act_button(action: str) -> QPushButton:
    """A button with the words, the icon and the key of an act."""
    act = row(action)
    button = QPushButton(str(act.text))
    button.setToolTip(f"{act.text}  {key_text(action)}")
    icons.dress(button, act.icon, "text", 18)
    return button
