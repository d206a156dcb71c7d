"""On a record about which two PCs do not agree: a sentence with the way to the decision. It blocks nothing."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.conflicts.open_questions import count_questions, told
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.bars import MessageBar
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import RunnerLike

PART = "conflicts"
"""What `goRequest("exchange", ...)` carries to come to the list."""


class ConflictStrip(MessageBar):
    """Put it over the record; tell it `follow` when another one is shown and when the store changed."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: Page) -> None:
        super().__init__(page)
        self._office, self._runner = office, runner
        self._record = ("", "")
        self.actionRequest.connect(lambda: page.goRequest.emit("exchange", PART))

    def follow(self, table: str, record: str) -> None:
        """Reads what is open of a record."""
        self._record = table, record
        desk = self._office.conflicts

        def read(_progress: Progress) -> tuple[tuple[str, str], list[Any]]:
            return (table, record), desk.of_record(table, record)

        self._runner.read(read, done=self._read)

    def again(self) -> None:
        """Something changed."""
        if self._record[1]:
            self.follow(*self._record)

    def _read(self, answer: tuple[tuple[str, str], list[Any]]) -> None:
        from tcd_desktop.ui.conflicts.conflict_words import field_words

        asked, questions = answer
        if asked != self._record:
            return
        if not questions:
            self.clear()
            return
        fields = ", ".join(dict.fromkeys(field_words(one.table, one.field) for one in questions))
        sentence = _("Two PCs do not agree here: {fields}. Both values are kept.").format(fields=fields)
        self.tell(sentence, "warning", action=_("Compare and decide") if questions[0].own else _("Compare"))


class ConflictButton(QPushButton):
    """On the exchange page: the way into the list, with how many questions there are."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, page: Page) -> None:
        super().__init__(_("Differences between PCs"), page)
        self._office, self._runner = office, runner
        icons.dress(self, "scale", "text", 18)

    def refresh(self) -> None:
        """Counts again."""
        office = self._office

        def read(_progress: Progress) -> int:
            return count_questions(office)

        self._runner.read(read, done=self._read)

    def _read(self, count: int) -> None:
        words = _("Differences between PCs")
        self.setText(f"{words} · {count}" if count else words)
        self.setProperty("kind", "primary" if count else "")
        icons.dress(self, "scale", "on_accent" if count else "text", 18)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(f"{words}, {told(count)}" if count else words)
