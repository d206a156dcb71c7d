"""What a figure or a line of the morning shows in the list of visits: those due by a day, those of some days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tcd_desktop.store.lists.pages import ReceptionQuery
from tcd_desktop.ui.receptions.source import ListChoice, Waiting


@dataclass(frozen=True, slots=True)
class DueChoice(ListChoice):
    """The unanswered visits due by a day. Another choice of the filter above the list drops the day."""

    by: date | None = None

    def query(self, today: date) -> ReceptionQuery:
        """The same as a question to the store."""
        asked = super(DueChoice, self).query(today)
        return replace(asked, waiting_by=self.by) if self.by and self.waiting is Waiting.OPEN else asked


@dataclass(frozen=True, slots=True)
class DayChoice(ListChoice):
    """The visits of some days, both included."""

    since: date | None = None
    until: date | None = None

    def query(self, today: date) -> ReceptionQuery:
        """The same as a question to the store."""
        return replace(super(DayChoice, self).query(today), since=self.since, until=self.until)
