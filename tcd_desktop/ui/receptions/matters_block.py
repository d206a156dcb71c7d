"""Under the facts of a visit: the other contents of the same visit, each a line of the book of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop import words
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.i18n import _
from tcd_desktop.ui.look import icons, look

LONGEST = 60


class MattersBlock(QWidget):
    """A link for each of the other lines; no room while the visit is one line. Never a denunciation among open ones."""

    def __init__(
        self, visit: Reception, matters: Sequence[Reception], go: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look.current().px(2))
        self.buttons: list[QPushButton] = []
        others = [one for one in matters if one.id != visit.id]
        if not others:
            self.hide()
            return
        heading = QLabel(_("Other contents of the same visit"))
        heading.setProperty("ink", "heading")
        lines.addWidget(heading)
        for one in others:
            button = QPushButton(_line(one))
            button.setProperty("kind", "link")
            icons.dress(button, "link", "accent", 16)
            button.clicked.connect(partial(self._clicked, go, one.id))
            self.buttons.append(button)
            lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _clicked(self, go: Callable[[str], object], record: str, _checked: bool = False) -> None:
        go(record)


def _line(visit: Reception) -> str:
    content = " ".join(visit.content.split())
    short = f"{content[:LONGEST].rstrip()}…" if len(content) > LONGEST else content
    return f"{visit.book_number}  {words.label(visit.classification)}: {short}"
