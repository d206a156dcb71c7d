"""What must be told with a step of a matter, and what a rule forbids.

Blocking codes of fields:

    missing            {field} the step cannot be without: number, dated, reason, body, result, days, part, on
    future_date        {today}: on, dated
    before_step        {date}: on is before the step taken last
    extension_range    {high}: an extension is of 1 to 30 days (Luật Tố cáo Điều 30)
    too_long, bad_character, not_nfc   see `text.text_problem`

Refused, before any field is asked:

    step_unknown, step_not_now, step_once   see `procedure.Procedure.step`
    step_right         {act}: this officer may not take it
    extension_complex  {act, article}: only a complex matter is extended; name its grounds first
    extension_used     {most}: a complex matter is extended once, a specially complex one twice
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.procedure import Procedure, Step
from tcd_desktop.domain.language.text import text_problem
from tcd_desktop.domain.problems import Problem, Refused
from tcd_desktop.domain.terms import CaseState, OfficerRight

LONGEST_EXTENSION: Final = 30
VERY_COMPLEX: Final = 2
"""So many grounds make a denunciation specially complex (NĐ 31/2019/NĐ-CP Điều 3(3))."""

_FIELD_OF_NEED: Final = {"date": "dated"}
_TEXTS: Final = {"number": 80, "signer": 200, "reason": 2000, "body": 500, "result": 2000, "part": 2000, "note": 5000}
_SEVERAL_LINES: Final = frozenset({"reason", "result", "part", "note"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDraft:
    """What is told with a step: the fields of `CaseStep` a person types."""

    on: date | None = None
    number: str = ""
    dated: date | None = None
    signer: str = ""
    reason: str = ""
    body: str = ""
    result: str = ""
    days: int = 0
    part: str = ""
    note: str = ""


def allowed_step(
    procedure: Procedure, case: CaseFile, act: str, taken: Sequence[CaseStep], right: OfficerRight
) -> Step:
    """The step of that name, when rule and right allow it now. Raises Refused with the codes of the module."""
    done = [one.act for one in taken if not one.removed]
    step = procedure.step(act, case.state, taken=done)
    if right not in step.rights:
        raise Refused("step_right", act=act)
    if step.extends:
        _check_extension(case, step, done.count(act))
    return step


def _check_extension(case: CaseFile, step: Step, used: int) -> None:
    if not case.complexity:
        raise Refused("extension_complex", act=step.act, article=step.article)
    most = 2 if len(case.complexity) >= VERY_COMPLEX else 1
    if used >= most:
        raise Refused("extension_used", most=most, article=step.article)


def step_problems(
    step: Step, draft: StepDraft, taken: Sequence[CaseStep], today: date, *, begun: date | None = None
) -> dict[str, Problem]:
    """Field -> what is missing or impossible in what was told with a step; `begun` is when the matter arrived."""
    found: dict[str, Problem] = {}
    for need in ("on", *step.needs):
        name = _FIELD_OF_NEED.get(need, need)
        value = getattr(draft, name)
        if not (value.strip() if isinstance(value, str) else value):
            found[name] = Problem("missing")
    if "days" not in found and step.extends and not 1 <= draft.days <= LONGEST_EXTENSION:
        found["days"] = Problem("extension_range", {"high": LONGEST_EXTENSION})
    for name in ("on", "dated"):
        day = getattr(draft, name)
        if day is not None and day > today:
            found[name] = Problem("future_date", {"today": today})
    last = max((one.on for one in taken if not one.removed), default=None)
    if last is not None and draft.on is not None and draft.on < last:
        found["on"] = Problem("before_step", {"date": last})
    elif begun is not None and draft.on is not None and draft.on < begun:
        found["on"] = Problem("before_receipt", {"date": begun})
    for name, limit in _TEXTS.items():
        problem = text_problem(getattr(draft, name), limit, multiline=name in _SEVERAL_LINES)
        if problem is not None and name not in found:
            found[name] = problem
    return found


def state_after(step: Step, case: CaseFile, taken: Sequence[CaseStep]) -> CaseState:
    """Where the matter stands after a step; a resumed one goes on from where it was suspended."""
    if step.to is not None:
        return step.to
    if case.state is not CaseState.SUSPENDED:
        return case.state
    suspensions = [one for one in taken if not one.removed and one.to is CaseState.SUSPENDED]
    return suspensions[-1].frm if suspensions else CaseState.VERIFYING
