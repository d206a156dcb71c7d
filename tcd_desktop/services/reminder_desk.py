"""Reminders (văn bản đôn đốc): each has its number in the row of those about the same thing to the same office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tcd_desktop.domain.case_terms import ReminderAbout
from tcd_desktop.domain.directive import Reminder
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.text import clean_block, clean_line
from tcd_desktop.services.done import Done
from tcd_desktop.store.clock import new_id
from tcd_desktop.store.store import Store

REPEATED = 3
"""After so many reminders without an answer the head of the office is told, not the officer again."""


class ReminderDesk:
    """Writes reminders of this office."""

    def __init__(self, store: Store, *, office: Office, officer: Officer, today: Callable[[], date]) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._today = today

    def remind(
        self,
        about: ReminderAbout,
        target: str,
        unit_code: str,
        *,
        on: date,
        number: str = "",
        content: str = "",
        due: date | None = None,
    ) -> Done[Reminder]:
        """Reminds an office of a directive, a case, an execution, a review or a bundle ("" = target unknown).

        Raises Refused("date_in_future" | "reminder_due").
        """
        if on > self._today():
            raise Refused("date_in_future", today=self._today())
        if due is not None and due < on:
            raise Refused("reminder_due", date=on)
        before = [one for one in reminders_about(self._store, about, target) if one.unit == unit_code]
        with self._store.unit(act="reminder.write", officer=self._officer.id) as unit:
            made = unit.put(
                Reminder(
                    id=new_id(),
                    office=unit.office,
                    about=about,
                    target=target,
                    unit=unit_code,
                    on=on,
                    nth=len(before) + 1,
                    number=clean_line(number),
                    content=clean_block(content),
                    due=due,
                )
            )
            return Done("reminder.write", made, unit.commit(), unit.entry)

    def received(self) -> list[Reminder]:
        """The reminders this office was sent, newest first."""
        condition = "unit = ? AND office <> ? AND removed = '' ORDER BY \"on\" DESC, id DESC"
        return self._store.all(Reminder, condition, (self._office.id, self._office.id))


def reminders_about(store: Store, about: ReminderAbout, target: str) -> list[Reminder]:
    """The reminders about one thing, oldest first."""
    condition = "target = ? AND about = ? AND removed = '' ORDER BY \"on\", id"
    return store.all(Reminder, condition, (target, about.value))
