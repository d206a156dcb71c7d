"""Which open dates moved with the table of days off: each with its day before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.services.cases.recount_desk import Moved
from tcd_desktop.ui.cases.case_words import short_day
from tcd_desktop.ui.look import look

KINDS = {"case": lazy("deadline"), "answer": lazy("answer"), "refusal": lazy("refusal notice")}
MOST = 12
"""So many stand here; each is in the history of its record."""


class MovedDates(QWidget):
    """Empty until something was computed anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._body: QWidget | None = None
        self.hide()

    def show_dates(self, moved: Sequence[Moved], today: date) -> None:
        """Says how many moved, and how."""
        if self._body is not None:
            self._lines.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.current().px(10))
        grid.setColumnStretch(1, 1)
        grid.addWidget(_words(moved_sentence(moved), "strong"), 0, 0, 1, 3)
        for row, one in enumerate(moved[:MOST], start=1):
            grid.addWidget(_words(one.number, ""), row, 0)
            grid.addWidget(_words(str(KINDS[one.kind]), "muted"), row, 1)
            days = f"{short_day(one.before, today) or '–'} → {short_day(one.after, today) or '–'}"
            grid.addWidget(_words(days, ""), row, 2)
        if len(moved) > MOST:
            more = ngettext("and {n} more", "and {n} more", len(moved) - MOST).format(n=len(moved) - MOST)
            grid.addWidget(_words(more, "muted"), MOST + 1, 0, 1, 3)
        self._lines.addWidget(self._body)
        self.show()

    def words(self) -> str:
        """Everything that is written here."""
        return "\n".join(label.text() for label in self.findChildren(QLabel) if not label.isHidden())


def moved_sentence(moved: Sequence[Moved]) -> str:
    """ "3 dates moved"."""
    if not moved:
        return _("No open date moved.")
    return ngettext("{n} date moved", "{n} dates moved", len(moved)).format(n=len(moved))


def _words(text: str, ink: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(bool(ink == "strong"))
    if ink:
        label.setProperty("ink", ink)
    return label
