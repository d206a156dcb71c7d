"""The office's own days off and make-up working days, over the computed holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tcd_desktop.domain.clocks.day_lines import DayLine, judged
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import DayOff, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.services.cases.clocks import Clocks, days_off
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit


class CalendarDesk:
    """Edits the table of days off; dates already computed follow when `RecountDesk` is asked."""

    def __init__(self, store: Store, *, officer: Officer, clocks: Clocks) -> None:
        self._store = store
        self._officer = officer
        self._clocks = clocks

    def days(self) -> list[DayOff]:
        """The office's own table, by date."""
        return self._store.all(DayOff, "active = 1 AND office = ? ORDER BY day", (self._store.office,))

    def in_force(self) -> list[DayOff]:
        """The superior's days that came down, then the own table, whose lines stand over them."""
        return days_off(self._store)

    def add(self, day: date, *, working: bool, reason: str, decision: str = "") -> Done[DayOff]:
        """A day off, or a make-up working day. Raises Refused("reason_needed" | "day_known")."""
        reason = clean_line(reason)
        if not reason:
            raise Refused("reason_needed")
        if any(known.day == day for known in self.days()):
            raise Refused("day_known", day=day)
        with self._store.unit(act="calendar.add", officer=self._officer.id) as unit:
            line = unit.put(
                DayOff(
                    id=new_id(),
                    office=unit.office,
                    day=day,
                    working=working,
                    reason=reason,
                    decision=clean_line(decision),
                )
            )
            return self._done("calendar.add", line, unit)

    def add_all(self, lines: Iterable[DayLine]) -> Done[list[DayOff]]:
        """The days of a file that are taken, in one act. Raises Refused("no_days_in_file")."""
        taken = [line for line in judged(lines, (known.day for known in self.days())) if line.taken]
        if not taken:
            raise Refused("no_days_in_file")
        with self._store.unit(act="calendar.import", officer=self._officer.id) as unit:
            made = [
                unit.put(
                    DayOff(
                        id=new_id(),
                        office=unit.office,
                        day=line.day,
                        working=bool(line.working),
                        reason=line.reason,
                        decision=line.decision,
                    )
                )
                for line in taken
            ]
            changes = unit.commit()
        self._clocks.forget()
        return Done("calendar.import", made, changes, unit.entry)

    def remove(self, line: DayOff) -> Done[DayOff]:
        """Takes a line out of the table; it stays in the journal."""
        return self._set_active("calendar.remove", line, False)

    def _set_active(self, act: str, line: DayOff, active: bool) -> Done[DayOff]:
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            after = unit.change(line, active=active)
            return self._done(act, after, unit)

    def _done(self, act: str, line: DayOff, unit: Unit) -> Done[DayOff]:
        changes = unit.commit()
        self._clocks.forget()
        return Done(act, line, changes, unit.entry)
