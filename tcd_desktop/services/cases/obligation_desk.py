"""Decisions in legal effect and conclusions (thi hành quyết định, kết luận): registered, assigned, followed, ended.

Each ward enters its own; the district reads those of all its wards and reminds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.cases.obligation import Amount, Obligation
from tcd_desktop.domain.cases.obligation_rules import (
    ObligationDraft,
    amounts_problem,
    draft_from_case,
    is_open,
    kind_of,
    overdue_by,
)
from tcd_desktop.domain.follow_up.directive import Reminder
from tcd_desktop.domain.follow_up.follow_up_terms import ObligationState, ReminderAbout
from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.domain.terms import CaseState
from tcd_desktop.services.cases.case_due import case_procedure
from tcd_desktop.services.cases.clocks import Clocks
from tcd_desktop.services.cases.obligation_steps import put_obligation
from tcd_desktop.services.cases.step_desk import take_step
from tcd_desktop.services.done import Done
from tcd_desktop.services.rights import require_writing
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

_LINES = ("number", "issuer", "responsible", "assigned_number")
_BLOCKS = ("summary", "duty")
_OPEN_FIRST = "state IN ('done', 'impossible'), coalesce(\"due\", '9999'), issued_on DESC, id"
ENDED = (CaseState.DECIDED, CaseState.IN_EFFECT, CaseState.CONCLUDED, CaseState.HANDLED, CaseState.PUBLISHED)
"""Where a case stands that may have something to carry out."""


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """An obligation with the number of its case ("" = none here) and the reminders about it, in their order."""

    obligation: Obligation
    case_number: str
    reminders: tuple[Reminder, ...]

    @property
    def id(self) -> str:
        """The obligation's id."""
        return self.obligation.id

    def overdue_by(self, today: date) -> int:
        """Days past its day."""
        return overdue_by(self.obligation, today)


class ObligationDesk:
    """Acts on this office's obligations; reads those of every office whose books are here."""

    def __init__(
        self, store: Store, *, office: Office, officer: Officer, clocks: Clocks, today: Callable[[], date]
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._clocks = clocks
        self._today = today

    # -- reading --------------------------------------------------------------------------------------

    def lines(self) -> list[ObligationLine]:
        """Every obligation known here: the open ones first, the earliest due at the top."""
        return self._lines(self._store.all(Obligation, f"removed = '' ORDER BY {_OPEN_FIRST}"))

    def line(self, obligation_id: str) -> ObligationLine:
        """One obligation. Raises Refused("unknown_record")."""
        found = self._store.find(Obligation, obligation_id)
        if found is None:
            raise Refused("unknown_record")
        return self._lines([found])[0]

    def of_case(self, case_id: str) -> list[Obligation]:
        """What a case obliges to."""
        return self._store.all(Obligation, f"\"case\" = ? AND removed = '' ORDER BY {_OPEN_FIRST}", (case_id,))

    def waiting_here(self, until: date) -> list[Obligation]:
        """This office's open obligations that are due by a day, the earliest first."""
        condition = (
            "done_on IS NULL AND state IN ('waiting', 'in_progress') AND office = ? AND removed = '' AND due <= ? "
            "ORDER BY due, id"
        )
        return self._store.all(Obligation, condition, (self._office.id, until.isoformat()))

    def unregistered(self) -> list[CaseFile]:
        """This office's decided or concluded cases that nothing was registered for, the youngest first."""
        states = ", ".join(f"'{state.value}'" for state in ENDED)
        condition = (
            f"office = ? AND state IN ({states}) AND classification IN ('complaint', 'denunciation') AND removed = '' "
            "AND NOT EXISTS (SELECT 1 FROM obligation o WHERE o.\"case\" = case_file.id AND o.removed = '') "
            "ORDER BY opened_on DESC, id DESC LIMIT 200"
        )
        return self._store.all(CaseFile, condition, (self._office.id,))

    def from_case(self, case_id: str) -> ObligationDraft:
        """The draft a case fills in. Raises Refused("unknown_record" | "nothing_to_execute")."""
        case = self._store.find_own(CaseFile, case_id)
        if case is None or case.removed:
            raise Refused("unknown_record")
        if kind_of(case) is None:
            raise Refused("nothing_to_execute")
        return draft_from_case(case, self._steps(case_id), self._office.name)

    def issuers(self) -> list[str]:
        """Who issued earlier ones, the most frequent first."""
        return self._frequent("issuer")

    def responsibles(self) -> list[str]:
        """Who carried out earlier ones, the most frequent first."""
        return self._frequent("responsible")

    # -- acts -----------------------------------------------------------------------------------------

    def register(self, draft: ObligationDraft) -> Done[Obligation]:
        """Enters an obligation. Raises DraftRefused."""
        told = self._checked(draft)
        state = ObligationState.IN_PROGRESS if told.assigned_on else ObligationState.WAITING
        require_writing(self._officer)
        with self._store.unit(act="obligation.register", officer=self._officer.id) as unit:
            made = put_obligation(unit, told, state)
            return Done("obligation.register", made, unit.commit(), unit.entry)

    def change(self, obligation_id: str, draft: ObligationDraft) -> Done[Obligation]:
        """Corrects what was entered. Raises DraftRefused, Refused("unknown_record" | "other_office")."""
        current = self._own(obligation_id)
        told = self._checked(draft)
        values = {f.name: getattr(told, f.name) for f in fields(told)}
        require_writing(self._officer)
        with self._store.unit(act="obligation.change", officer=self._officer.id) as unit:
            return self._done("obligation.change", unit, unit.change(current, **values))

    def assign(
        self, obligation_id: str, *, responsible: str, number: str, on: date, due: date | None = None
    ) -> Done[Obligation]:
        """Gives it to somebody with a letter (giao tổ chức thực hiện, Luật Khiếu nại Điều 46); its case follows.

        Raises DraftRefused, Refused("unknown_record" | "other_office" | "obligation_ended").
        """
        current = self._open(obligation_id)
        told = replace(draft_of(current), responsible=responsible, assigned_number=number, assigned_on=on, due=due)
        told = self._checked(told)
        if not told.responsible:
            raise DraftRefused({"responsible": Problem("missing")})
        require_writing(self._officer)
        with self._store.unit(act="obligation.assign", officer=self._officer.id) as unit:
            after = unit.change(
                current,
                responsible=told.responsible,
                assigned_number=told.assigned_number,
                assigned_on=on,
                due=due,
                state=ObligationState.IN_PROGRESS,
            )
            step = StepDraft(on=on, body=told.responsible, number=told.assigned_number, dated=on)
            self._move_case(unit, current, "execute", step)
            return self._done("obligation.assign", unit, after)

    def tell(
        self, obligation_id: str, *, progress: str, reason: str = "", amounts: Sequence[Amount] | None = None
    ) -> Done[Obligation]:
        """Writes how far it is, and why it is late; what was given up goes on.

        Raises DraftRefused, Refused("unknown_record" | "other_office" | "obligation_done").
        """
        current = self._own(obligation_id)
        if current.state is ObligationState.DONE:
            raise Refused("obligation_done")
        figures = current.amounts if amounts is None else tuple(amounts)
        problem = amounts_problem(figures)
        progress = clean_block(progress)
        problems = {} if progress else {"progress": Problem("missing")}
        if problem is not None and not problem.warning:
            problems["amounts"] = problem
        if problems:
            raise DraftRefused(problems)
        require_writing(self._officer)
        with self._store.unit(act="obligation.tell", officer=self._officer.id) as unit:
            after = unit.change(
                current,
                progress=progress,
                reason=clean_block(reason),
                amounts=figures,
                state=ObligationState.IN_PROGRESS,
                done_on=None,
            )
            return self._done("obligation.tell", unit, after)

    def finish(self, obligation_id: str, on: date, *, progress: str = "") -> Done[Obligation]:
        """Finds it carried out; all figures are done, its case moves on.

        Raises DraftRefused, Refused("unknown_record" | "other_office" | "obligation_ended").
        """
        current = self._open(obligation_id)
        self._check_day(on, current)
        require_writing(self._officer)
        with self._store.unit(act="obligation.finish", officer=self._officer.id) as unit:
            after = unit.change(
                current,
                state=ObligationState.DONE,
                done_on=on,
                progress=clean_block(progress) or current.progress,
                reason="",
                amounts=tuple(replace(one, done=max(one.due, one.done)) for one in current.amounts),
            )
            self._move_case(unit, current, "executed", StepDraft(on=on, dated=on))
            return self._done("obligation.finish", unit, after)

    def give_up(self, obligation_id: str, reason: str) -> Done[Obligation]:
        """Says that it cannot be carried out, and why.

        Raises DraftRefused, Refused("unknown_record" | "other_office" | "obligation_ended").
        """
        current = self._open(obligation_id)
        reason = clean_block(reason)
        if not reason:
            raise DraftRefused({"reason": Problem("reason_needed")})
        require_writing(self._officer)
        with self._store.unit(act="obligation.give_up", officer=self._officer.id) as unit:
            after = unit.change(current, state=ObligationState.IMPOSSIBLE, reason=reason)
            return self._done("obligation.give_up", unit, after)

    def reopen(self, obligation_id: str, reason: str) -> Done[Obligation]:
        """Goes on with one that was ended by mistake or too early; the reason stands with it.

        Raises DraftRefused, Refused("unknown_record" | "other_office" | "obligation_open").
        """
        current = self._own(obligation_id)
        if is_open(current):
            raise Refused("obligation_open")
        reason = clean_block(reason)
        if not reason:
            raise DraftRefused({"reason": Problem("reason_needed")})
        require_writing(self._officer)
        with self._store.unit(act="obligation.reopen", officer=self._officer.id) as unit:
            after = unit.change(current, state=ObligationState.IN_PROGRESS, done_on=None, reason=reason)
            return self._done("obligation.reopen", unit, after)

    # -- inside ---------------------------------------------------------------------------------------

    def _done(self, act: str, unit: Unit, after: Obligation) -> Done[Obligation]:
        return Done(act, after, unit.commit(), unit.entry)

    def _move_case(self, unit: Unit, obligation: Obligation, act: str, told: StepDraft) -> None:
        """The step of the case that says the same, when it is the next one and this officer may take it."""
        case = unit.get(CaseFile, obligation.case) if obligation.case else None
        if case is None or case.removed:
            return
        taken = self._steps(case.id)
        offered = case_procedure(case).steps_from(case.state, taken=[one.act for one in taken])
        step = next((one for one in offered if one.act == act and self._officer.right in one.rights), None)
        last = max((one.on for one in taken), default=None)
        if step is not None and told.on is not None and (last is None or told.on >= last):
            take_step(unit, case, step, told, taken, self._clocks)

    def _lines(self, found: Sequence[Obligation]) -> list[ObligationLine]:
        reminders: dict[str, list[Reminder]] = {}
        condition = "about = ? AND removed = '' ORDER BY \"on\", nth, unit, id"
        for one in self._store.all(Reminder, condition, (ReminderAbout.OBLIGATION.value,)):
            reminders.setdefault(one.target, []).append(one)
        cases = 'id IN (SELECT "case" FROM obligation WHERE "case" IS NOT NULL)'
        numbers = {case.id: case.book_number for case in self._store.all(CaseFile, cases)}
        return [ObligationLine(one, numbers.get(one.case or "", ""), tuple(reminders.get(one.id, ()))) for one in found]

    def _steps(self, case_id: str) -> list[CaseStep]:
        return self._store.all(CaseStep, '"case" = ? AND removed = \'\' ORDER BY "on", id', (case_id,))

    def _frequent(self, column: str) -> list[str]:
        sql = (
            f"SELECT \"{column}\" FROM obligation WHERE office = ? AND removed = '' AND \"{column}\" <> '' "
            "GROUP BY 1 ORDER BY count(*) DESC, max(id) DESC LIMIT 6"
        )
        with self._store.reading() as connection:
            return [str(row[0]) for row in connection.exec_driver_sql(sql, (self._office.id,))]

    def _check_day(self, on: date, current: Obligation) -> None:
        if on > self._today():
            raise DraftRefused({"on": Problem("future_date", {"today": self._today()})})
        if on < current.issued_on:
            raise DraftRefused({"on": Problem("before_document", {"date": current.issued_on})})

    def _checked(self, draft: ObligationDraft) -> ObligationDraft:
        texts: dict[str, Any] = {name: clean_line(getattr(draft, name)) for name in _LINES}
        texts |= {name: clean_block(getattr(draft, name)) for name in _BLOCKS}
        told = replace(draft, **texts)
        problems = told.problems(self._today())
        if any(not one.warning for one in problems.values()):
            raise DraftRefused(problems)
        return told

    def _open(self, obligation_id: str) -> Obligation:
        current = self._own(obligation_id)
        if not is_open(current):
            raise Refused("obligation_ended")
        return current

    def _own(self, obligation_id: str) -> Obligation:
        found = self._store.find(Obligation, obligation_id)
        if found is None or found.removed:
            raise Refused("unknown_record")
        if found.office != self._office.id:
            raise Refused("other_office")
        return found


def draft_of(obligation: Obligation) -> ObligationDraft:
    """What was entered, for the form to change."""
    return ObligationDraft(**{f.name: getattr(obligation, f.name) for f in fields(ObligationDraft)})
