"""Short questions in the place where they arise: a reason, a name. Enter answers, Esc leaves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.domain.papers.paper_rules import LONGEST_NAME
from tcd_desktop.domain.reasons import MIN_REASON
from tcd_desktop.i18n import _
from tcd_desktop.ui.look import look


class AskBar(QFrame):
    """One question with a line to answer it, suggestions, and one other way out. Hidden until `ask`."""

    answered = Signal(str)
    other = Signal()
    """The other way out was taken."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "bar")
        self.setProperty("tone", "neutral")
        self._least = 1
        self.question = QLabel()
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.line = QLineEdit()
        self.line.returnPressed.connect(self.answer)
        self.line.textChanged.connect(self._typed)
        self.accept = QPushButton()
        self.accept.clicked.connect(self.answer)
        self.way_out = QPushButton()
        self.way_out.clicked.connect(self._take_other)
        self.cancel = QPushButton(_("Cancel  Esc"))
        self.cancel.setProperty("kind", "quiet")
        self.cancel.clicked.connect(self.leave)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(now.px(6))
        acts = QHBoxLayout()
        acts.setSpacing(now.px(6))
        acts.addWidget(self.line, 1)
        acts.addWidget(self.accept)
        outs = QHBoxLayout()
        outs.setSpacing(now.px(6))
        outs.addWidget(self.way_out)
        outs.addStretch()
        outs.addWidget(self.cancel)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(10), now.px(8), now.px(10), now.px(8))
        lines.setSpacing(now.px(6))
        lines.addWidget(self.question)
        lines.addLayout(acts)
        lines.addLayout(self._chips)
        lines.addLayout(outs)
        self.hide()

    def ask(
        self,
        question: str,
        accept: str,
        *,
        text: str = "",
        suggestions: Sequence[str] = (),
        other: str = "",
        least: int = 1,
        tone: str = "neutral",
    ) -> None:
        """Asks. `other` are the words of the other way out ("" = none), `least` the fewest letters of an answer."""
        look.set_property(self, "tone", tone)
        look.restyle(self.question)
        self._least = least
        self.question.setText(question)
        self.line.setMaxLength(LONGEST_NAME if least == 1 else 300)
        self.line.setAccessibleName(question)
        self.line.setText(text)
        self.accept.setText(accept)
        self.way_out.setText(other)
        self.way_out.setVisible(bool(other))
        self._show_chips(suggestions)
        self._typed(text)
        self.show()
        (self.way_out if other else self.line).setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def answer(self) -> None:
        """Takes what was typed, once it is long enough."""
        text = self.line.text().strip()
        if len(text) >= self._least:
            self.hide()
            self.answered.emit(text)

    def leave(self) -> None:
        """Nothing is decided."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the question, not the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def _take_other(self) -> None:
        self.hide()
        self.other.emit()

    def _typed(self, text: str) -> None:
        self.accept.setEnabled(len(text.strip()) >= self._least)

    def _show_chips(self, suggestions: Sequence[str]) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for words in suggestions:
            button = QPushButton(words)
            button.setProperty("kind", "suggestion")
            button.clicked.connect(lambda _checked=False, words=words: self._suggest(words))
            self._chips.addWidget(button)
        if suggestions:
            self._chips.addStretch()

    def _suggest(self, words: str) -> None:
        self.line.setText(words)
        self.answer()


def removal_reasons() -> tuple[str, ...]:
    """Frequent reasons why a paper is removed."""
    return (_("Added to the wrong file"), _("Scanned again, clearer"), _("There twice"))


def card_reasons() -> tuple[str, ...]:
    """Frequent reasons why a copy of a citizen card is kept."""
    return (_("The law asks for a copy"), _("Proof of representation"))


__all__ = ["MIN_REASON", "AskBar", "card_reasons", "removal_reasons"]
