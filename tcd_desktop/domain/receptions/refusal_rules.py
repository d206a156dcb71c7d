"""Refusing to receive somebody (Luật Tiếp công dân Điều 9, NĐ 154/2026/NĐ-CP Điều 4; domain 3.3, 6.7).

Two grounds are refused by notice Mẫu số 01/TCD within three working days from the day their grounds were sufficient;
the others are explained in person.

Blocking codes:

    missing                 refusal_ground, since the decree: nobody is refused without a ground (Điều 4(4))
    unknown_ground          {ground}: none of the thirteen
    future_date             {today}: refusal_grounds_on, refusal_notice_on
    before_visit            {date}: refusal_notice_on before the visit
    notice_before_grounds   {date}: refusal_notice_on before the grounds were sufficient

Warnings:

    missing                 refusal_ground of a visit before the decree
    ground_not_for          refusal_ground: {ground} is not for this classification
    ground_not_in_force     refusal_ground: {ground, since} the decree began after the visit
    written_refusal         refusal_ground: {ground} needs the notice, and it is not issued yet
    explain_refusal         refusal_explained: the reason is explained to the citizen in person
    earlier_answer_needed   earlier_answer: the ground rests on a written answer of the competent body
    notice_number_needed    refusal_notice_number: the notice has a day but no number
    notice_day_needed       refusal_notice_on: the notice has a number but no day
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from tcd_desktop.domain.findings import Findings
from tcd_desktop.domain.terms import Classification, Direction

if TYPE_CHECKING:
    from tcd_desktop.domain.receptions.reception import ReceptionDraft

REFUSAL_GROUNDS: Final = frozenset(
    ["L9.1", "L9.2", "L9.3"] + [f"D4.1{point}" for point in ("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k")]
)
"""Luật Tiếp công dân Điều 9(1)-(3), NĐ 154/2026 Điều 4(1)a-k; their texts are data, `law.refusal_grounds`."""

WRITTEN_GROUNDS: Final = frozenset({"L9.3", "D4.1h"})
"""Refused by notice Mẫu số 01/TCD signed by the head; the others are explained in person (Điều 4(2), (3))."""

ANSWERED_GROUNDS: Final = frozenset({"L9.3", "D4.1h", "D4.1i"})
"""They speak of an earlier answer, so it is asked which."""

_ANSWER_NEEDED: Final = frozenset({"L9.3", "D4.1i"})
"""They cannot stand without it: "thông báo bằng văn bản", "phải căn cứ vào văn bản trả lời"."""

GROUND_KINDS: Final = {
    "L9.3": (Classification.COMPLAINT, Classification.DENUNCIATION),
    "D4.1e": (Classification.COMPLAINT, Classification.PETITION, Classification.FEEDBACK),
    "D4.1h": (Classification.PETITION, Classification.FEEDBACK),
}
"""Grounds that hold only for some classifications."""

DECREE_SINCE: Final = date(2026, 7, 1)
"""First day of NĐ 154/2026, so of the grounds D4.1."""


def needs_notice(draft: ReceptionDraft) -> bool:
    """Whether the visit is refused on one of the two grounds that need a written notice."""
    return draft.direction is Direction.REFUSE and draft.refusal_ground in WRITTEN_GROUNDS


def grounds_day(draft: ReceptionDraft) -> date | None:
    """From when the three working days run: the day the grounds were sufficient, else the day of the visit."""
    return draft.refusal_grounds_on or draft.date


def check_refusal(draft: ReceptionDraft, today: date, found: Findings) -> None:
    """Adds what is wrong with a refusal."""
    if draft.direction is not Direction.REFUSE:
        return
    _check_ground(draft, found)
    if not draft.refusal_ground:
        return
    if needs_notice(draft):
        _check_notice(draft, today, found)
    elif not draft.refusal_explained:
        found.doubt("refusal_explained", "explain_refusal")
    if draft.refusal_ground in _ANSWER_NEEDED and not draft.earlier_answer.strip():
        found.doubt("earlier_answer", "earlier_answer_needed")


def _check_ground(draft: ReceptionDraft, found: Findings) -> None:
    """The ground must be one of the law's."""
    ground = draft.refusal_ground
    old = bool(draft.date and draft.date < DECREE_SINCE)
    if not ground:
        found.demand(draft, "refusal_ground", stops=not old)
    elif ground not in REFUSAL_GROUNDS:
        found.stop("refusal_ground", "unknown_ground", ground=ground)
    elif ground.startswith("D4.") and old:
        found.doubt("refusal_ground", "ground_not_in_force", ground=ground, since=DECREE_SINCE)
    elif draft.classification and draft.classification not in GROUND_KINDS.get(ground, Classification):
        found.doubt("refusal_ground", "ground_not_for", ground=ground)
    elif needs_notice(draft) and draft.refusal_notice_on is None:
        found.doubt("refusal_ground", "written_refusal", ground=ground)


def _check_notice(draft: ReceptionDraft, today: date, found: Findings) -> None:
    since, issued = draft.refusal_grounds_on, draft.refusal_notice_on
    if since and since > today:
        found.stop("refusal_grounds_on", "future_date", today=today)
    if issued and issued > today:
        found.stop("refusal_notice_on", "future_date", today=today)
    elif issued and since and issued < since:
        found.stop("refusal_notice_on", "notice_before_grounds", date=since)
    elif issued and draft.date and issued < draft.date:
        found.stop("refusal_notice_on", "before_visit", date=draft.date)
    if issued and not draft.refusal_notice_number.strip():
        found.doubt("refusal_notice_number", "notice_number_needed")
    elif draft.refusal_notice_number.strip() and not issued:
        found.doubt("refusal_notice_on", "notice_day_needed")
