"""What a decision in legal effect or a conclusion orders, and how far it was carried out (thi hành)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.follow_up.follow_up_terms import ObligationKind, ObligationState


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure to carry out and how much of it is: `what` is a code of `AMOUNTS`. Money in đồng, land in m2."""

    what: str
    due: int = 0
    done: int = 0


AMOUNTS = (
    "state_money",
    "state_land",
    "organisations_money",
    "organisations_land",
    "people_money",
    "people_land",
    "organisations",
    "people",
    "handled_organisations",
    "handled_people",
    "handled_officials",
    "prosecuted_cases",
    "prosecuted_people",
    "prosecuted_officials",
)
"""Figures of Biểu 05/KQTH: to be recovered for the State, given back, handled, prosecuted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Quyết định giải quyết khiếu nại đã có hiệu lực, kết luận tố cáo, kết luận của Tổ công tác: what they order.

    `effective_on` is the first day of legal effect, `assigned_...` the letter that gave it to `responsible`
    (Luật Khiếu nại Điều 46). `reason` says why it is late or cannot be carried out.
    """

    id: str
    office: str
    kind: ObligationKind
    case: str | None = None
    number: str = ""
    issued_on: date
    issuer: str = ""
    summary: str
    duty: str = ""
    effective_on: date | None = None
    received_on: date | None = None
    responsible: str = ""
    assigned_number: str = ""
    assigned_on: date | None = None
    due: date | None = None
    amounts: tuple[Amount, ...] = ()
    state: ObligationState = ObligationState.WAITING
    progress: str = ""
    reason: str = ""
    done_on: date | None = None
    removed: str = ""
