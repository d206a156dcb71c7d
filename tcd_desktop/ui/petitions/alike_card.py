"""Petitions in the book that may be the one being typed; one of them can be said to be the first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.store.lists.petition_pages import PetitionRow
from tcd_desktop.ui.cases.case_words import full_day
from tcd_desktop.ui.forms.form import Card
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.petitions.petition_words import petitioner


class AlikeCard(Card):
    """`chosen(id)`: this is the same petition; "" = it is none of them."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("May be a repeated petition"), parent)
        self._count = QLabel()
        self._count.setProperty("ink", "muted")
        self.add_head(self._count)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(look.current().px(6))
        self.lines.addWidget(self._body)
        self.buttons: dict[str, QPushButton] = {}
        self.hide()

    def show_rows(self, rows: Sequence[PetitionRow], chosen: str, number: str = "") -> None:
        """The likely ones; when one is `chosen` (its `number`), only the way back is offered."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self.buttons.clear()
        if chosen:
            self._count.setText("")
            words = _("Registered as a repetition of {number}.").format(number=number)
            self._add(words, "", _("It is another petition"), "")
        else:
            self._count.setText(ngettext("{n} found", "{n} found", len(rows)).format(n=len(rows)))
            for one in rows:
                head = " · ".join(filter(None, (one.number, full_day(one.received_on), petitioner(one))))
                self._add(head, " ".join(one.content.split())[:160], _("The same"), one.id)
        self.setVisible(bool(rows) or bool(chosen))

    def _add(self, head: str, content: str, act: str, record: str) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        told = QVBoxLayout()
        told.setSpacing(0)
        for words, ink in ((head, "strong"), (content, "muted")):
            if words:
                label = QLabel(words)
                label.setWordWrap(True)
                label.setProperty("ink", ink)
                told.addWidget(label)
        row.addLayout(told, 1)
        button = QPushButton(act)
        button.setAccessibleName(f"{act}: {head}")
        icons.dress(button, "files" if record else "undo-2", "text", 16)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(record))
        self.buttons[record] = button
        row.addWidget(button)
        self._rows.addWidget(holder)
