"""The steps of a matter (giải quyết vụ việc): what may be done next, doing it, and the clocks that follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_clocks import Clock
from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.case_step_rules import StepDraft, allowed_step, state_after, step_problems
from tcd_desktop.domain.cases.procedure import Step
from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import AnswerKind, CaseState
from tcd_desktop.services.cases.case_due import DUE_FIELDS, case_clocks, case_procedure, with_due
from tcd_desktop.services.cases.clocks import Clocks
from tcd_desktop.services.cases.obligation_steps import follow_step
from tcd_desktop.services.done import Done
from tcd_desktop.services.rights import require_writing
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

EFFECT = "KN.effect"
_LINES = frozenset({"number", "signer", "body"})
_SUMMED_UP = ("result", "reason", "part", "body", "note")
"""What is shown beside the state: the first of these that was told."""
_RESULTS = frozenset(SettlementResult)
ACT_OF_ANSWER = {
    AnswerKind.ACCEPTED: "accept",
    AnswerKind.EXTENDED: "examine",
    AnswerKind.NOT_ACCEPTED: "refuse",
    AnswerKind.FORWARDED: "forward",
}
"""The step of a case that an answer to its citizen tells (Luật Tiếp công dân Điều 28(1) a-d)."""


@dataclass(frozen=True, slots=True)
class Recount:
    """A date that moved because a day off, a rule or the case itself changed."""

    case: CaseFile
    before: date | None
    after: date | None


class StepDesk:
    """Acts on the course of this office's matters."""

    def __init__(
        self, store: Store, *, office: Office, officer: Officer, clocks: Clocks, today: Callable[[], date]
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._clocks = clocks
        self._today = today

    def steps(self, case_id: str) -> list[CaseStep]:
        """The steps that were taken, oldest first, without those taken back."""
        return self._store.all(CaseStep, '"case" = ? AND removed = \'\' ORDER BY "on", id', (case_id,))

    def choices(self, case: CaseFile) -> tuple[Step, ...]:
        """What this officer may do next with a case."""
        taken = [one.act for one in self.steps(case.id)]
        offered = case_procedure(case).steps_from(case.state, taken=taken)
        return tuple(step for step in offered if self._officer.right in step.rights)

    def clocks(self, case: CaseFile) -> tuple[Clock, ...]:
        """Every clock that ran or runs in a case, with its explanation."""
        return case_clocks(case, self.steps(case.id), self._clocks)

    def take(self, case_id: str, act: str, draft: StepDraft) -> Done[CaseFile]:
        """Takes a step of the procedure and moves the case.

        Raises Refused("unknown_record" | "other_office" | "effect_not_yet" | codes of `case_step_rules`), DraftRefused.
        """
        case = self._own(case_id)
        taken = self.steps(case_id)
        step = allowed_step(case_procedure(case), case, act, taken, self._officer.right)
        told = cleaned(draft)
        if act == "take_effect":
            self._check_effect(case, taken, told.on)
        problems = step_problems(step, told, taken, self._today(), begun=self._begun(case))
        if problems:
            raise DraftRefused(problems)
        with self._store.unit(act="case.step", officer=self._officer.id) as unit:
            after = take_step(unit, case, step, told, taken, self._clocks)
            follow_step(unit, after, act, told, self._office.name)
            return Done("case.step", after, unit.commit(), unit.entry)

    def describe(self, case_id: str, *, complexity: Iterable[str], remote: bool) -> Done[CaseFile]:
        """Writes why a case is complex and whether it lies in a remote area; its clocks follow.

        Raises Refused("only_reads" | "unknown_record" | "other_office").
        """
        require_writing(self._officer)
        case = self._own(case_id)
        wanted = with_due(replace(case, complexity=tuple(complexity), remote=remote), self.steps(case_id), self._clocks)
        with self._store.unit(act="case.describe", officer=self._officer.id) as unit:
            after = unit.change(case, **_values(wanted, ("complexity", "remote", *DUE_FIELDS)))
            return Done("case.describe", after, unit.commit(), unit.entry)

    def recount(self) -> Done[list[Recount]]:
        """Computes the dates of all open cases anew: the table of days off or the law data have changed."""
        moved: list[Recount] = []
        condition = "office = ? AND state <> ? AND removed = ''"
        open_cases = self._store.all(CaseFile, condition, (self._office.id, CaseState.CLOSED.value))
        with self._store.unit(act="case.recount", officer=self._officer.id) as unit:
            for case in open_cases:
                wanted = with_due(case, self.steps(case.id), self._clocks)
                if wanted.due != case.due:
                    after = unit.change(case, **_values(wanted, DUE_FIELDS))
                    moved.append(Recount(after, case.due, after.due))
            changes = unit.commit()
        return Done("case.recount", moved, changes, unit.entry if moved else "")

    def _check_effect(self, case: CaseFile, taken: list[CaseStep], on: date | None) -> None:
        """A decision is in effect when the days for a second complaint are over (Luật Khiếu nại Điều 44)."""
        for clock in case_clocks(case, taken, self._clocks):
            if clock.rule == EFFECT and clock.running and clock.deadline and on and on <= clock.deadline.due:
                raise Refused("effect_not_yet", due=clock.deadline.due, article=clock.deadline.article)

    def _begun(self, case: CaseFile) -> date:
        """The day on which the matter came first: by visit, by post, or the file was opened."""
        visits = self._store.all(Reception, "\"case\" = ? AND removed = ''", (case.id,))
        petitions = self._store.all(Petition, "\"case\" = ? AND removed = ''", (case.id,))
        came = [*(one.date for one in visits), *(one.received_on for one in petitions)]
        return min([case.received_on or case.opened_on, *(day for day in came if day is not None)])

    def _own(self, case_id: str) -> CaseFile:
        case = self._store.find(CaseFile, case_id)
        if case is None or case.removed:
            raise Refused("unknown_record")
        if case.office != self._office.id:
            raise Refused("other_office")
        return case


def cleaned(draft: StepDraft) -> StepDraft:
    """The draft with texts in NFC, trimmed."""
    texts: dict[str, Any] = {
        f.name: (clean_line if f.name in _LINES else clean_block)(value)
        for f in fields(draft)
        if isinstance(value := getattr(draft, f.name), str)
    }
    return replace(draft, **texts)


def take_step(
    unit: Unit, case: CaseFile, step: Step, told: StepDraft, taken: list[CaseStep], clocks: Clocks
) -> CaseFile:
    """Writes a step and what follows from it for the case, inside an act."""
    day = told.on
    assert day is not None
    values = {f.name: getattr(told, f.name) for f in fields(told)}
    written = unit.put(
        CaseStep(
            **values,
            id=new_id(),
            office=case.office,
            case=case.id,
            act=step.act,
            frm=case.state,
            to=state_after(step, case, taken),
            document=step.document,
        )
    )
    wanted = with_due(replace(case, state=written.to), [*taken, written], clocks)
    settled = SettlementResult(told.result) if told.result in _RESULTS else None
    note = next((text for name in _SUMMED_UP if (text := values[name]) and text not in _RESULTS), "")
    return unit.change(
        case,
        state=written.to,
        state_note=note,
        result=settled or case.result,
        closed_on=day if written.to is CaseState.CLOSED else None,
        **_values(wanted, DUE_FIELDS),
    )


def step_of_answer(unit: Unit, case_id: str, visit: Reception, clocks: Clocks) -> None:
    """What an answer to the citizen says of the case, as a step of it; nothing when the case is further already."""
    case = unit.get(CaseFile, case_id)
    if case is None or visit.answer_kind is None or case.state not in (CaseState.RECEIVED, CaseState.UNDER_REVIEW):
        return
    act = ACT_OF_ANSWER[visit.answer_kind]
    step = next((one for one in case_procedure(case).steps_from(case.state) if one.act == act), None)
    if step is None:
        return
    condition = '"case" = ? AND office = ? AND removed = \'\' ORDER BY "on", id'
    taken = ROWS["case_step"].some(unit.connection, condition, (case.id, case.office))
    told = StepDraft(
        on=visit.answered_on, body=visit.forwarded_to, number=visit.forwarding_number, dated=visit.forwarded_on
    )
    take_step(unit, case, step, told, taken, clocks)


def _values(case: CaseFile, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(case, name) for name in names}
