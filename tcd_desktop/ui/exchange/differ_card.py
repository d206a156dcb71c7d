"""Sổ không khớp: this ward's books and the superior's copy differ though the same entries went in; and the cure."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.sync.books_compared import Difference
from tcd_desktop.ui.exchange.record_words import kind_word
from tcd_desktop.ui.exchange.work_card import label
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.look import icons, look


def kinds_words(tables: Iterable[str]) -> str:
    """ "Citizen, Visit"."""
    return ", ".join(sorted({kind_word(table) for table in tables}))


class DifferCard(Card):
    """Hidden while nothing is known to differ. `cured`: everything is to be sent again."""

    cured = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("The books differ"), parent)
        look.set_property(self, "box", "bar")
        look.set_property(self, "tone", "danger")
        self.words = label("")
        self.button = QPushButton(_("Send everything again…"))
        icons.dress(self.button, "upload", "text", 18)
        self.button.clicked.connect(self.cured)
        self.lines.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch()
        self.lines.addLayout(row)
        self.hide()

    def show_difference(self, found: Difference | None) -> None:
        """Says which records differ and what to do."""
        if found is not None:
            self.words.setText(differ_sentence(found))
            self.setAccessibleDescription(self.words.text())
        self.setVisible(found is not None)


def differ_sentence(found: Difference) -> str:
    """What a ward is told."""
    return _(
        "This office's books and the copy at the superior office are not the same ({kinds}), though the same entries "
        "went into both. Nothing is lost: the journals agree. Send everything again; both sides then make these "
        "records anew."
    ).format(kinds=kinds_words(found.tables))
