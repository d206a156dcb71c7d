"""The words at the foot of the window: where the exchange stands, what is overdue, where the data are."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.exchange.standing import silence_words, standing_words
from tcd_desktop.ui.look.figures import grouped
from tcd_desktop.ui.today.morning import Morning
from tcd_desktop.ui.window.page import StatusItem


class OfficeStatus(QObject):
    """Knows the last morning that was read; `changed` when the words are others."""

    changed = Signal()

    def __init__(self, office: OpenOffice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._items: tuple[StatusItem, ...] = ()

    def items(self) -> tuple[StatusItem, ...]:
        """What the status bar shows."""
        folder = str(self._office.home)
        data = StatusItem(_("Data encrypted on this PC"), "lock", "neutral", folder)
        return (*self._items, data)

    def show_morning(self, morning: Morning) -> None:
        """Takes the words from a morning that was read."""
        items = (_exchange(morning), *_quiet(morning), _overdue(morning))
        if items != self._items:
            self._items = items
            self.changed.emit()


def _exchange(morning: Morning) -> StatusItem:
    if morning.standing is not None:
        words = standing_words(morning.standing)
        return StatusItem(words.short, words.icon, words.tone, words.sentence)
    missing = len(morning.missing)
    if not missing:
        return StatusItem(_("Every ward has sent"), "package-check", "success")
    text = ngettext("{n} ward has not sent", "{n} wards have not sent", missing).format(n=missing)
    return StatusItem(text, "package-x", "warning")


def _quiet(morning: Morning) -> tuple[StatusItem, ...]:
    """That the superior has been silent for long."""
    at = morning.standing
    words = silence_words(at.silence, at.today) if at is not None and at.silence else ""
    if at is None or at.silence is None or not words:
        return ()
    days = at.silence.days
    text = (
        _("Date of this PC in doubt")
        if days is None
        else ngettext("No word for {n} day", "No word for {n} days", days).format(n=grouped(days))
    )
    return (StatusItem(text, "hourglass", "warning", words),)


def _overdue(morning: Morning) -> StatusItem:
    number = morning.figures.overdue.value if morning.figures else morning.total("overdue_answers")
    if not number:
        return StatusItem(_("No answer overdue"), "circle-check", "success")
    text = ngettext("{n} answer overdue", "{n} answers overdue", number).format(n=number)
    return StatusItem(text, "triangle-alert", "danger")
