"""What must be told of an obligation (quyết định, kết luận phải tổ chức thực hiện), and where it stands.

Blocking codes: missing, future_date {today}, before_document {date} (a day before the document itself), amount_range
(a figure below 0), reason_needed (what cannot be carried out says why), too_long, bad_character, not_nfc.
Warning: more_done_than_due (amounts: more is done than was ordered).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.obligation import AMOUNTS, Amount, Obligation
from tcd_desktop.domain.follow_up.follow_up_terms import ObligationKind, ObligationState
from tcd_desktop.domain.language.text import text_problem
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.terms import Classification

OPEN_STATES: Final = frozenset({ObligationState.WAITING, ObligationState.IN_PROGRESS})
"""Not carried out yet (chưa thực hiện xong)."""

MOST: Final = 10**15
"""A figure above this is a slip of the finger: in đồng more than the budget of the country."""

_KINDS: Final = {
    Classification.COMPLAINT: ObligationKind.COMPLAINT_DECISION,
    Classification.DENUNCIATION: ObligationKind.DENUNCIATION_CONCLUSION,
}
_LIMITS: Final = {
    "number": 100,
    "issuer": 300,
    "summary": 2_000,
    "duty": 10_000,
    "responsible": 300,
    "assigned_number": 100,
}
_BLOCKS: Final = frozenset({"summary", "duty"})
_DAYS: Final = ("issued_on", "effective_on", "received_on", "assigned_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationDraft:
    """What is typed of an obligation."""

    kind: ObligationKind | None = None
    case: str | None = None
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    summary: str = ""
    duty: str = ""
    effective_on: date | None = None
    received_on: date | None = None
    responsible: str = ""
    assigned_number: str = ""
    assigned_on: date | None = None
    due: date | None = None
    amounts: tuple[Amount, ...] = ()

    def problems(self, today: date) -> dict[str, Problem]:
        """Field -> what is missing or impossible."""
        found = {
            name: Problem("missing")
            for name in ("kind", "issued_on", "summary")
            if not getattr(self, name) or not str(getattr(self, name)).strip()
        }
        for name in _DAYS:
            day: date | None = getattr(self, name)
            if day is not None and day > today:
                found[name] = Problem("future_date", {"today": today})
            elif day is not None and self.issued_on is not None and day < self.issued_on:
                found[name] = Problem("before_document", {"date": self.issued_on})
        if self.due is not None and self.issued_on is not None and self.due < self.issued_on:
            found["due"] = Problem("before_document", {"date": self.issued_on})
        for name, limit in _LIMITS.items():
            problem = text_problem(getattr(self, name), limit, multiline=name in _BLOCKS)
            if problem is not None and name not in found:
                found[name] = problem
        amounts = amounts_problem(self.amounts)
        if amounts is not None:
            found["amounts"] = amounts
        return found


def amounts_problem(amounts: Iterable[Amount]) -> Problem | None:
    """What is wrong with the figures; a doubt when more is done than was due."""
    doubt: Problem | None = None
    for one in amounts:
        if one.what not in AMOUNTS or not 0 <= one.due <= MOST or not 0 <= one.done <= MOST:
            return Problem("amount_range", {"high": MOST})
        if one.done > one.due:
            doubt = Problem("more_done_than_due", warning=True)
    return doubt


def is_open(obligation: Obligation) -> bool:
    """Whether it still has to be carried out."""
    return obligation.state in OPEN_STATES


def overdue_by(obligation: Obligation, today: date) -> int:
    """Days past the day it had to be carried out by; 0 when in time, ended or without a day."""
    if obligation.due is None or not is_open(obligation):
        return 0
    return max((today - obligation.due).days, 0)


def kind_of(case: CaseFile) -> ObligationKind | None:
    """The kind of document a case ends with that has to be carried out; None for petitions and feedback."""
    return _KINDS.get(case.classification)


def draft_from_case(case: CaseFile, steps: Sequence[CaseStep], office_name: str) -> ObligationDraft:
    """The draft as the file tells it: the decision or conclusion with its number and day, its legal effect.

    Of a denunciation only the number of the file is told: what the conclusion says of people stays in the file.
    """
    taken = [one for one in steps if not one.removed]
    ended = next((one for one in reversed(taken) if one.act in ("decide", "conclude")), None)
    effect = next((one for one in reversed(taken) if one.act == "take_effect"), None)
    given = next((one for one in reversed(taken) if one.act == "execute"), None)
    secret = case.classification is Classification.DENUNCIATION
    issued = (ended.dated or ended.on) if ended else None
    return ObligationDraft(
        kind=kind_of(case),
        case=case.id,
        number=ended.number if ended else "",
        issued_on=issued,
        issuer=office_name,
        summary=f"Kết luận nội dung tố cáo, hồ sơ {case.book_number}" if secret else case.title,
        effective_on=_not_before(effect.on if effect else None, issued),
        responsible=given.body if given else "",
        assigned_number=given.number if given else "",
        assigned_on=_not_before(given.dated if given else None, issued),
    )


def _not_before(day: date | None, issued: date | None) -> date | None:
    return day if day is not None and (issued is None or day >= issued) else None
