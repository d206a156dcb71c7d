"""The clocks of a case under this office's calendar, and the date that stands in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import msgspec

from tcd_desktop.domain.cases.case_clocks import Clock, clocks_of, next_due
from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.procedure import Procedure
from tcd_desktop.domain.cases.procedures import procedure_of
from tcd_desktop.domain.clocks.deadlines import Deadline
from tcd_desktop.domain.terms import Classification
from tcd_desktop.services.cases.clocks import ANSWER, Clocks

DUE_FIELDS = ("due", "due_rule", "due_basis")
POSTED = "DON.limit"
"""NĐ 154/2026/NĐ-CP Điều 41(3)b: a petition not handled for 45 days; the law knew no such day before 01/07/2026."""


def case_procedure(case: CaseFile) -> Procedure:
    """The procedure of a case, by its kind and instance."""
    return procedure_of(case.classification, instance=case.instance)


def case_clocks(case: CaseFile, steps: Sequence[CaseStep], clocks: Clocks) -> tuple[Clock, ...]:
    """Every clock that ran or runs in a case, in the order in which they began."""
    procedure = case_procedure(case)
    complaint = case.classification is Classification.COMPLAINT

    def compute(
        rule: str, start: date, *, suspended: tuple[tuple[date, date], ...], extensions: tuple[int, ...]
    ) -> Deadline:
        # a complex complaint has a longer limit by law; a complex denunciation is extended by a decision, a step
        return clocks.due(
            rule,
            start,
            complex=complaint and bool(case.complexity),
            remote=case.remote,
            suspended=suspended,
            extensions=extensions,
        )

    received = case.received_on or case.opened_on
    initial = tuple(
        rule for rule in procedure.clocks if _runs_here(rule, case) and (rule != POSTED or clocks.known(rule, received))
    )
    return clocks_of(procedure, steps, received=received, compute=compute, initial=initial)


def _runs_here(rule: str, case: CaseFile) -> bool:
    """The answer is owed to who came; the longest time a petition may lie, to who wrote."""
    return bool(case.reception) if rule == ANSWER else not case.reception if rule == POSTED else True


def with_due(case: CaseFile, steps: Sequence[CaseStep], clocks: Clocks) -> CaseFile:
    """The case with the date that has to be kept next, and why that date.

    A case moved by a version of the program that knew no steps keeps the date it was given then.
    """
    if case.state is not case_procedure(case).begins and not steps:
        return case
    clock = next_due(case_clocks(case, steps, clocks))
    deadline = clock.deadline if clock else None
    return replace(
        case,
        due=deadline.due if deadline else None,
        due_rule=deadline.rule if deadline else "",
        due_basis=msgspec.json.encode(deadline.as_json()).decode("utf-8") if deadline else "",
    )
