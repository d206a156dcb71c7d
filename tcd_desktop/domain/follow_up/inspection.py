"""Thanh tra, kiểm tra trách nhiệm: how an office receives citizens and settles, found in its own books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.follow_up.follow_up_terms import FindingState


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRound:
    """Một cuộc thanh tra, kiểm tra trách nhiệm of one office over a period of its work."""

    id: str
    office: str
    unit: str
    since: date
    until: date
    begun_on: date
    lead: str = ""
    decision_number: str = ""
    conclusion: str = ""
    closed_on: date | None = None
    removed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Một tồn tại, thiếu sót. `code` is the rule that found it ("" = a person), `record` what it is about.

    `count` is how many times in the period; the correction asked for has its date, the answer its own.
    """

    id: str
    office: str
    round: str
    unit: str
    code: str = ""
    text: str
    record: str = ""
    count: int = 1
    state: FindingState = FindingState.FOUND
    asked_on: date | None = None
    due: date | None = None
    reply: str = ""
    corrected_on: date | None = None
    removed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingReply:
    """Báo cáo kết quả khắc phục: what the office that was inspected answers to a finding. A record of its own, which
    travels up with its books; `corrected` False: it says that the finding is not so, or not yet put right."""

    id: str
    office: str
    finding: str
    on: date
    content: str
    corrected: bool = True
    removed: str = ""
