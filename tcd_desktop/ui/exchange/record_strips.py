"""What a record's own page says of the exchange: two PCs do not agree, or the superior did not take it over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import why_and_next
from tcd_desktop.sync.not_taken import NotTaken, not_taken
from tcd_desktop.sync.refusals import Code
from tcd_desktop.ui.conflicts.conflict_strip import ConflictStrip
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

MENDABLE = frozenset({Code.RANGE.value, Code.SCHEMA.value})
"""What a person at this office puts right by writing the record anew; everything else is settled by the exchange."""


class NotTakenStrip(MessageBar):
    """Why the superior did not take an entry of this record over, and one button for what mends it."""

    def __init__(
        self, office: OpenOffice, runner: RunnerLike, page: Page, mend: Callable[[str], None] | None = None
    ) -> None:
        super().__init__(page)
        self._office, self._runner, self._page, self._mend = office, runner, page, mend
        self._record = ""
        self._mendable = False
        self.actionRequest.connect(self._act)

    def follow(self, record: str) -> None:
        """Reads what is still open of a record."""
        self._record = record
        store = self._office.store

        def read(_progress: Progress) -> tuple[str, list[NotTaken]]:
            with store.reading() as connection:
                return record, not_taken(connection, record)

        self._runner.read(read, done=self._read)

    def _read(self, answer: tuple[str, list[NotTaken]]) -> None:
        record, found = answer
        if record != self._record:
            return
        if not found:
            self.clear()
            return
        one = next((one for one in found if not one.corrected), found[0])
        why, next_step = why_and_next(one.code, {})
        self._mendable = self._mend is not None and one.code in MENDABLE and not one.corrected
        if one.corrected:
            words = _("An entry was not taken over by the superior office. Its correction goes with the next stick.")
            self.tell(words, "neutral", action=_("To the exchange"), closable=False)
            return
        words = _("Not taken over by the superior office: {why} {next}")
        action = _("Correct…") if self._mendable else _("To the exchange")
        self.tell(words.format(why=why, next=next_step), "warning", action=action, closable=False)

    def _act(self) -> None:
        if self._mendable and self._mend is not None:
            self._mend(self._record)
        else:
            self._page.goRequest.emit("exchange", None)


class RecordStrips(QWidget):
    """Both strips over each other; put them over the record and `follow` what is shown. `mend` opens it for change."""

    def __init__(
        self, office: OpenOffice, runner: RunnerLike, page: Page, mend: Callable[[str], None] | None = None
    ) -> None:
        super().__init__(page)
        self.conflicts = ConflictStrip(office, runner, page)
        self.refused = NotTakenStrip(office, runner, page, mend)
        self._record = ("", "")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look.current().px(6))
        lines.addWidget(self.conflicts)
        lines.addWidget(self.refused)
        for bar in self._bars():
            bar.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With nothing to say it takes no room, not even that between two lines."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit()
        return super().eventFilter(watched, event)

    def _bars(self) -> tuple[QWidget, ...]:
        return self.conflicts, self.refused

    def _fit(self) -> None:
        self.setVisible(any(not bar.isHidden() for bar in self._bars()))

    def follow(self, table: str, record: str) -> None:
        """Reads what is open of a record."""
        self._record = table, record
        self.conflicts.follow(table, record)
        self.refused.follow(record)

    def again(self) -> None:
        """Something changed."""
        if self._record[1]:
            self.follow(*self._record)
