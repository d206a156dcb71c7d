"""The glance: a large sign, a title and a sentence that say where this ward stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tcd_desktop.ui.exchange.standing import Standing, StandingWords, standing_words
from tcd_desktop.ui.look import icons, look


class StandingCard(QFrame):
    """`words` is what it shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = look.current()
        self.setProperty("box", "bar")
        self.words: StandingWords | None = None
        self._sign = QLabel()
        self._title = QLabel()
        self._title.setProperty("ink", "title")
        self._title.setWordWrap(True)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        lines = QVBoxLayout()
        lines.setSpacing(now.px(2))
        lines.addWidget(self._title)
        lines.addWidget(self._sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(now.px(18), now.px(14), now.px(18), now.px(14))
        row.setSpacing(now.px(16))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(lines, 1)

    def show_standing(self, at: Standing) -> None:
        """Shows where the ward stands."""
        self.words = words = standing_words(at)
        look.set_property(self, "tone", words.tone)
        icons.dress(self._sign, words.icon, words.tone, 40)
        self._title.setText(words.title)
        self._sentence.setText(words.sentence)
        for label in (self._title, self._sentence):
            look.restyle(label)
        self.setAccessibleName(f"{words.title}. {words.sentence}")
