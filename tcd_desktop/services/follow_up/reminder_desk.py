"""Reminders (văn bản đôn đốc): each has its number in the row of those about the same thing to the same office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.cases.obligation_rules import is_open
from tcd_desktop.domain.follow_up.directive import Directive, DirectiveProgress, Reminder
from tcd_desktop.domain.follow_up.directive_rules import LONG_TEXT, TEXT
from tcd_desktop.domain.follow_up.follow_up_terms import ReminderAbout
from tcd_desktop.domain.language.text import clean_block, clean_line, text_problem
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.services.done import Done
from tcd_desktop.services.rights import require_writing
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

REPEATED = 3
"""After so many reminders without an answer the head of the office is told, not the officer again."""


RECENT = timedelta(days=14)
"""So long a reminder of a missing bundle, a case or a review stands on the morning's list."""


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
        done = self.remind_all(about, target, [unit_code], on=on, number=number, content=content, due=due)
        return Done(done.act, done.value[0], done.changes, done.entry)

    def remind_all(
        self,
        about: ReminderAbout,
        target: str,
        unit_codes: Sequence[str],
        *,
        on: date,
        number: str = "",
        content: str = "",
        due: date | None = None,
    ) -> Done[list[Reminder]]:
        """One letter to several offices: each has its own count. Raises as `remind`, DraftRefused."""
        if on > self._today():
            raise Refused("date_in_future", today=self._today())
        if due is not None and due < on:
            raise Refused("reminder_due", date=on)
        number, content = clean_line(number), clean_block(content)
        _check_texts(number, content)
        before = Counter(one.unit for one in reminders_about(self._store, about, target))
        require_writing(self._officer)
        with self._store.unit(act="reminder.write", officer=self._officer.id) as unit:
            made = [
                unit.put(
                    Reminder(
                        id=new_id(),
                        office=unit.office,
                        about=about,
                        target=target,
                        unit=code,
                        on=on,
                        nth=before[code] + 1,
                        number=number,
                        content=content,
                        due=due,
                    )
                )
                for code in dict.fromkeys(unit_codes)
            ]
            return Done("reminder.write", made, unit.commit(), unit.entry)

    def unanswered(self) -> list[Reminder]:
        """The newest reminder of each matter that this office was sent and has not followed, newest first.

        A directive is followed by a report of that day or later, an obligation by carrying it out; of other matters a
        reminder stands for `RECENT` days.
        """
        found: dict[tuple[ReminderAbout, str], Reminder] = {}
        for one in self.received():
            found.setdefault((one.about, one.target), one)
        return [one for one in found.values() if not self._followed(one)]

    def _followed(self, reminder: Reminder) -> bool:
        if reminder.about is ReminderAbout.DIRECTIVE:
            directive = self._store.find(Directive, reminder.target)
            if directive is None or directive.removed or directive.closed_on is not None:
                return True
            condition = "directive = ? AND office = ? AND removed = '' AND \"on\" >= ? LIMIT 1"
            values = (reminder.target, self._office.id, reminder.on.isoformat())
            return bool(self._store.all(DirectiveProgress, condition, values))
        if reminder.about is ReminderAbout.OBLIGATION:
            obligation = self._store.find_own(Obligation, reminder.target)
            return obligation is None or bool(obligation.removed) or not is_open(obligation)
        return self._today() - reminder.on > RECENT

    def received(self) -> list[Reminder]:
        """The reminders this office was sent, newest first."""
        condition = "unit = ? AND office <> ? AND removed = '' ORDER BY \"on\" DESC, id DESC"
        return self._store.all(Reminder, condition, (self._office.id, self._office.id))


def _check_texts(number: str, content: str) -> None:
    texts = {"number": text_problem(number, TEXT), "content": text_problem(content, LONG_TEXT, multiline=True)}
    found = {name: problem for name, problem in texts.items() if problem is not None}
    if found:
        raise DraftRefused(found)


def reminders_about(store: Store, about: ReminderAbout, target: str) -> list[Reminder]:
    """The reminders about one thing, oldest first."""
    condition = "target = ? AND about = ? AND removed = '' ORDER BY \"on\", nth, unit, id"
    return store.all(Reminder, condition, (target, about.value))
