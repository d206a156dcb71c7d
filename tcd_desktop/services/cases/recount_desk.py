"""Dates that move when the table of days off or the law data change (tính lại hạn), of cases and visits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import CaseState
from tcd_desktop.services.cases.case_due import DUE_FIELDS, with_due
from tcd_desktop.services.cases.clocks import Clocks
from tcd_desktop.services.done import Done
from tcd_desktop.services.receptions.log_lines import moved_clocks
from tcd_desktop.services.rights import require_writing
from tcd_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Moved:
    """One date that moved. `kind`: the next deadline of a case, the answer to or the refusal notice of a visit."""

    kind: Literal["case", "answer", "refusal"]
    record: str
    number: str
    before: date | None
    after: date | None


class RecountDesk:
    """Computes open dates anew; what was met keeps the date it was met by."""

    def __init__(
        self, store: Store, *, office: Office, officer: Officer, clocks: Clocks, today: Callable[[], date]
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._clocks = clocks
        self._today = today

    def recount(self) -> Done[list[Moved]]:
        """Writes the dates that moved, in one act; nothing when none did. Raises Refused("only_reads")."""
        require_writing(self._officer)
        self._clocks.forget()
        moved: list[Moved] = []
        cases, visits = self._cases(), self._visits()
        with self._store.unit(act="case.recount", officer=self._officer.id) as unit:
            for case, wanted in cases:
                unit.change(case, **{name: getattr(wanted, name) for name in DUE_FIELDS})
                if wanted.due != case.due:
                    moved.append(Moved("case", case.id, case.book_number, case.due, wanted.due))
            for visit, values in visits:
                unit.change(visit, **values)
                moved += _moved_of(visit, values)
            changes = unit.commit()
        return Done("case.recount", moved, changes, unit.entry if changes else "")

    def _cases(self) -> list[tuple[CaseFile, CaseFile]]:
        condition = "office = ? AND state <> ? AND removed = ''"
        found = []
        for case in self._store.all(CaseFile, condition, (self._office.id, CaseState.CLOSED.value)):
            steps = self._store.all(CaseStep, '"case" = ? AND removed = \'\' ORDER BY "on", id', (case.id,))
            wanted = with_due(case, steps, self._clocks)
            if wanted.due != case.due:
                found.append((case, wanted))
        return found

    def _visits(self) -> list[tuple[Reception, dict[str, Any]]]:
        condition = (
            "office = ? AND removed = '' AND batch IS NULL AND ((answered_on IS NULL AND answer_due IS NOT NULL) "
            "OR (refusal_notice_on IS NULL AND refusal_due IS NOT NULL))"
        )
        found = []
        for visit in self._store.all(Reception, condition, (self._office.id,)):
            values = moved_clocks(visit, self._clocks)
            if values:
                found.append((visit, values))
        return found


def _moved_of(visit: Reception, values: dict[str, Any]) -> list[Moved]:
    kinds: tuple[tuple[Literal["answer", "refusal"], str], ...] = (
        ("answer", "answer_due"),
        ("refusal", "refusal_due"),
    )
    return [
        Moved(kind, visit.id, visit.book_number, getattr(visit, name), values[name])
        for kind, name in kinds
        if name in values
    ]
