"""Where the steps of a case and what it obliges to belong together: "execute" assigns it, "executed" ends it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.cases.obligation_rules import OPEN_STATES, ObligationDraft, draft_from_case
from tcd_desktop.domain.follow_up.follow_up_terms import ObligationState
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.unit import Unit


def of_case(unit: Unit, case_id: str) -> list[Obligation]:
    """What a case obliges to, oldest first, as it is inside the unit."""
    condition = "\"case\" = ? AND office = ? AND removed = '' ORDER BY id"
    return ROWS["obligation"].some(unit.connection, condition, (case_id, unit.office))


def put_obligation(unit: Unit, draft: ObligationDraft, state: ObligationState) -> Obligation:
    """Enters an obligation inside an act."""
    values: dict[str, Any] = {f.name: getattr(draft, f.name) for f in fields(draft)}
    return unit.put(Obligation(**values, id=new_id(), office=unit.office, state=state))


def follow_step(unit: Unit, case: CaseFile, act: str, told: StepDraft, office_name: str) -> None:
    """Brings the obligation of a case in line with a step that was just taken in it; nothing for other steps."""
    open_ones = [one for one in of_case(unit, case.id) if one.state in OPEN_STATES]
    if act == "take_effect":
        for one in open_ones:
            unit.change(one, effective_on=told.on)
    elif act == "execute":
        given = {"responsible": told.body, "assigned_number": told.number, "assigned_on": told.dated or told.on}
        for one in open_ones:
            unit.change(one, state=ObligationState.IN_PROGRESS, **given)
        if not open_ones:
            _enter(unit, case, office_name)
    elif act == "executed":
        for one in open_ones:
            unit.change(one, state=ObligationState.DONE, done_on=told.dated or told.on, reason="")


def _enter(unit: Unit, case: CaseFile, office_name: str) -> None:
    """The obligation that was never registered by hand, as the steps of its case tell it."""
    condition = '"case" = ? AND office = ? AND removed = \'\' ORDER BY "on", id'
    steps: list[CaseStep] = ROWS["case_step"].some(unit.connection, condition, (case.id, case.office))
    draft = draft_from_case(case, steps, office_name)
    if draft.kind is None or draft.issued_on is None:
        return
    put_obligation(unit, draft, ObligationState.IN_PROGRESS)
