"""Crowded, complex and long-running cases under review (rà soát: QĐ 1849/QĐ-TTg, KH 363/KH-TTCP, KH 191/KH-UBND)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.follow_up.follow_up_terms import ReviewCriterion, ReviewPlan, ReviewSource, ReviewState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEntry:
    """One line of the review list. It names the case, never the petitioner: who he is stays with the case.

    `unit` is the office whose case it is; `criteria` why it is on the list; `proposed_by_rule` False when a person
    put it there; `plan` and `measure` what is to be done, by `responsible` under `leader` until `due`.
    """

    id: str
    office: str
    unit: str
    case: str
    source: ReviewSource = ReviewSource.DISTRICT
    criteria: tuple[ReviewCriterion, ...] = ()
    proposed_by_rule: bool = False
    first_arisen: date | None = None
    history: str = ""
    obstacles: str = ""
    plan: ReviewPlan | None = None
    measure: str = ""
    responsible: str = ""
    leader: str = ""
    due: date | None = None
    state: ReviewState = ReviewState.PROPOSED
    result: str = ""
    closing_number: str = ""
    closed_on: date | None = None
    note: str = ""
    removed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewProgress:
    """Kết quả trong kỳ of a case under review, told by the superior or by the office whose case it is."""

    id: str
    office: str
    unit: str
    entry: str
    on: date
    content: str
    removed: str = ""
