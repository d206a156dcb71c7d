"""Opening balances (số dư đầu kỳ): what reports add that was counted before this program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.old_book.old_book import OpeningBalance
from tcd_desktop.domain.old_book.opening_figures import Values, balance_problems
from tcd_desktop.domain.problems import DraftRefused
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One change of one figure: when, by whom, from what to what (None = it was not there)."""

    at: datetime
    officer: str
    form: str
    column: str
    before: int | None
    after: int | None


class BalanceDesk:
    """The figures of this office; each (form, column) has one."""

    def __init__(self, store: Store, *, officer: Officer) -> None:
        self._store = store
        self._officer = officer

    def figures(self) -> list[OpeningBalance]:
        """Those in force, by form and column."""
        found = self._store.all(OpeningBalance, "office = ? AND removed = '' ORDER BY form, id", (self._store.office,))
        return sorted(found, key=lambda one: (one.form, int(one.column) if one.column.isdigit() else 0))

    def set(self, values: Values, *, on: date | None, today: date, note: str = "") -> Done[list[OpeningBalance]]:
        """Keeps the figures as they are on a day; a column that is absent from `values` is taken out.

        Raises DraftRefused naming "on" or "form:column".
        """
        problems = balance_problems(on, values, today)
        if problems:
            raise DraftRefused(problems)
        assert on is not None
        note = clean_line(note)[:LONGEST_NOTE]
        held = {(one.form, one.column): one for one in self.figures()}
        with self._store.unit(act="balance.set", officer=self._officer.id) as unit:
            now = []
            for (form, column), value in values.items():
                known = held.get((form, column))
                if known is None:
                    new = OpeningBalance(
                        id=new_id(), office=unit.office, on=on, form=form, column=column, value=value, note=note
                    )
                    now.append(unit.put(new))
                else:
                    now.append(unit.change(known, value=value, on=on, note=note))
            for key, known in held.items():
                if key not in values:
                    unit.change(known, removed=TAKEN_OUT)
            return Done("balance.set", now, unit.commit(), unit.entry)

    def history(self) -> list[BalanceLine]:
        """Every change of a figure, the newest first."""
        everything = self._store.all(OpeningBalance, "office = ?", (self._store.office,))
        officers = {one.id: one.name for one in self._store.all(Officer)}
        with self._store.reading() as connection:
            lines = [
                line
                for balance in everything
                for entry in journal.history(connection, balance.id)
                if (line := _line(balance, entry, officers)) is not None
            ]
        return sorted(lines, key=lambda line: line.at, reverse=True)


TAKEN_OUT = "Bỏ số dư"
"""Why a figure lies in the recycle bin when it was emptied: official data are Vietnamese."""


def _line(balance: OpeningBalance, entry: journal.HistoryLine, officers: dict[str, str]) -> BalanceLine | None:
    changed = {change.name: change for change in entry.changes}
    who = officers.get(entry.officer, "")
    if entry.created:
        value = changed["value"].after if "value" in changed else 0
        return BalanceLine(entry.at, who, balance.form, balance.column, None, value)
    if "removed" in changed:
        gone = bool(changed["removed"].after)
        return BalanceLine(
            entry.at,
            who,
            balance.form,
            balance.column,
            balance.value if gone else None,
            None if gone else balance.value,
        )
    if "value" in changed:
        change = changed["value"]
        return BalanceLine(entry.at, who, balance.form, balance.column, change.before, change.after)
    return None
