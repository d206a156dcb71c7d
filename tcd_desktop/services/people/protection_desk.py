"""Protection of denouncers (bảo vệ người tố cáo: Luật Tố cáo Chương VI): asked for, decided, ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.people.protection import ProtectionRequest
from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.domain.terms import Classification
from tcd_desktop.services.done import Done
from tcd_desktop.services.rights import require_reveal
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store


class ProtectionDesk:
    """Acts on requests for protection of this office. Nobody's name stands in them: the case tells who asked."""

    def __init__(self, store: Store, *, office: Office, officer: Officer, today: Callable[[], date]) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._today = today

    def of_case(self, case_id: str) -> list[ProtectionRequest]:
        """The requests of a case, oldest first."""
        return self._store.all(ProtectionRequest, "\"case\" = ? AND removed = '' ORDER BY asked_on, id", (case_id,))

    def all(self) -> list[ProtectionRequest]:
        """Every request, the newest first."""
        return self._store.all(ProtectionRequest, "removed = '' ORDER BY asked_on DESC, id DESC")

    def ask(
        self, case_id: str, *, asked_on: date | None, measures: Iterable[str], note: str = ""
    ) -> Done[ProtectionRequest]:
        """Enters a request (yêu cầu áp dụng biện pháp bảo vệ) with the measures asked for.

        Raises Refused("reveal_right" | "unknown_record" | "other_office" | "protection_not_secret"), DraftRefused.
        """
        require_reveal(self._officer)
        case = self._store.find(CaseFile, case_id)
        if case is None or case.removed:
            raise Refused("unknown_record")
        if case.office != self._office.id:
            raise Refused("other_office")
        if case.classification is not Classification.DENUNCIATION:
            raise Refused("protection_not_secret")
        chosen = tuple(measures)
        problems = {} if chosen else {"measures": Problem("missing")}
        problems |= self._day_problem("asked_on", asked_on, case.opened_on)
        if problems or asked_on is None:
            raise DraftRefused(problems)
        with self._store.unit(act="protection.ask", officer=self._officer.id) as unit:
            made = unit.put(
                ProtectionRequest(
                    id=new_id(),
                    office=unit.office,
                    case=case.id,
                    reception=case.reception,
                    asked_on=asked_on,
                    measures=chosen,
                    note=clean_block(note),
                )
            )
            return Done("protection.ask", made, unit.commit(), unit.entry)

    def decide(
        self, request_id: str, *, granted: bool | None, on: date | None, number: str = ""
    ) -> Done[ProtectionRequest]:
        """The decision: measures are applied, or refused. Raises Refused("protection_decided" | ...), DraftRefused."""
        request = self._own(request_id)
        if request.decided_on is not None:
            raise Refused("protection_decided", on=request.decided_on)
        problems = {} if granted is not None else {"granted": Problem("missing")}
        problems |= self._day_problem("decided_on", on, request.asked_on)
        if granted and not number.strip():
            problems["number"] = Problem("missing")
        if problems:
            raise DraftRefused(problems)
        return self._change("protection.decide", request, granted=granted, decided_on=on, number=clean_line(number))

    def end(self, request_id: str, *, on: date | None) -> Done[ProtectionRequest]:
        """The measures end (chấm dứt việc bảo vệ). Raises Refused("protection_not_granted" | ...), DraftRefused."""
        request = self._own(request_id)
        if not request.granted or request.ended_on is not None or request.decided_on is None:
            raise Refused("protection_not_granted")
        problems = self._day_problem("ended_on", on, request.decided_on)
        if problems:
            raise DraftRefused(problems)
        return self._change("protection.end", request, ended_on=on)

    def _day_problem(self, name: str, day: date | None, least: date) -> dict[str, Problem]:
        if day is None:
            return {name: Problem("missing")}
        if day > self._today():
            return {name: Problem("future_date", {"today": self._today()})}
        return {name: Problem("before_step", {"date": least})} if day < least else {}

    def _own(self, request_id: str) -> ProtectionRequest:
        require_reveal(self._officer)
        found = self._store.find(ProtectionRequest, request_id)
        if found is None or found.removed:
            raise Refused("unknown_record")
        if found.office != self._office.id:
            raise Refused("other_office")
        return found

    def _change(self, act: str, request: ProtectionRequest, **values: Any) -> Done[ProtectionRequest]:
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            after = unit.change(request, **values)
            return Done(act, after, unit.commit(), unit.entry)
