"""What must be right before a visit is saved, and what deserves a second look.

One function answers for the form, the service and the importer. Field names are those of `ReceptionDraft`; a
paper's fields are named "documents.0.name", "documents.0.pages", "documents.0.condition".

The rules of one subject stand in a module of their own, with its codes: who speaks for whom
(`representation_rules`), groups (`group_rules`), refusals (`refusal_rules`). Here are the codes of the rest.

Blocking codes:

    missing                 a field marked M, or one that another answer makes necessary: delegated_by,
                            unsigned_reason, a paper's name
    id_reason_needed        no ID number, id_kind is OTHER, but `note` does not tell why: an absent number
                            stops unless the officer chose "giấy tờ khác" and wrote the reason in `note`
    future_date             {today}: date, birth_date, id_issued, forwarded_on
    end_before_start        {start}: end_time
    before_visit            {date}: forwarded_on is before the visit
    birth_date_form         neither a year nor a date
    people_range            {low, high}: people
    pages_range             {low}: a paper's pages
    too_long, bad_character, not_nfc    see `text.text_problem`

Warnings:

    old_date                {date}: more than a year ago
    birth_date_old          {age}: more than 120 years
    issued_before_birth     id_issued
    no_id_number            the ID number is missing for the reason in `note`
    id_..., passport_form, phone_...    see `identity_checks`
    head_receives           receiver_rank: a scheduled or unscheduled reception is the head's or a delegate's
    missing                 guided_to, forwarded_to: often known only after the citizen has gone, and completed by
                            an amendment
    denunciation_online     form: only when secrecy is assured (NĐ 154/2026 Điều 20(4))
    denunciation_guide      direction: told in person, so guided, not forwarded (Luật Tố cáo Điều 24(2))
    read_back_needed        read_back: without a petition the record is read back (NĐ 154/2026 Điều 14(1))
    signing_needed          signing: and signed or fingerprinted
    online_not_yet          form: {since} online reception began after the visit
    names_denouncer         a text that is not sealed tells who denounced (see `named_in_text`)
    original_paper          a paper's condition: originals should not be kept (Mẫu số 02/TCD note 5)
"""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, timedelta
from typing import Final

from tcd_desktop.domain.findings import Findings
from tcd_desktop.domain.language.text import text_problem
from tcd_desktop.domain.people.group_rules import check_group
from tcd_desktop.domain.people.identity_checks import id_number_warnings, phone_warnings
from tcd_desktop.domain.people.named_in_text import CODE as NAMES_DENOUNCER
from tcd_desktop.domain.people.named_in_text import fields_that_name
from tcd_desktop.domain.people.representation_rules import check_representation
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.receptions.reception import REQUIRED, ReceptionDraft, missing
from tcd_desktop.domain.receptions.refusal_rules import (
    DECREE_SINCE,
    GROUND_KINDS,
    REFUSAL_GROUNDS,
    WRITTEN_GROUNDS,
    check_refusal,
)
from tcd_desktop.domain.terms import (
    Direction,
    IdKind,
    PaperCondition,
    ReceiverRank,
    ReceptionForm,
    ReceptionKind,
    Signing,
)

__all__ = [
    "DECREE_SINCE",
    "GROUND_KINDS",
    "MAX_PEOPLE",
    "MULTILINE_FIELDS",
    "REFUSAL_GROUNDS",
    "WRITTEN_GROUNDS",
    "reception_problems",
]

ONLINE_SINCE: Final = date(2026, 7, 1)
"""Tiếp công dân trực tuyến: Luật 136/2025/QH15, NĐ 154/2026 Điều 16."""

MULTILINE_FIELDS: Final = frozenset(
    {"content", "request", "settled_by", "attendees", "follow_up", "note", "unsigned_reason", "order_note"}
)
"""Texts that may have several lines."""

LONG_TEXTS: Final = {"content": 20_000, "request": 5_000, "follow_up": 5_000, "note": 5_000}
TEXT_LIMIT: Final = 500
MAX_PEOPLE: Final = 100_000

_TEXT_FIELDS: Final = tuple(field.name for field in fields(ReceptionDraft) if field.type == "str")
_BIRTH: Final = re.compile(r"[0-9]{4}(-[0-9]{2}-[0-9]{2})?")


def reception_problems(draft: ReceptionDraft, today: date) -> dict[str, Problem]:
    """Field -> what is missing, impossible or doubtful in a visit. The module docstring lists the codes."""
    found = Findings(missing(draft))
    for name in REQUIRED:
        found.demand(draft, name)
    _check_texts(draft, found)
    _check_days(draft, today, found)
    _check_identity(draft, today, found)
    _check_people(draft, found)
    check_representation(draft, today, found)
    check_group(draft, found)
    _check_receiver(draft, found)
    _check_record(draft, found)
    _check_direction(draft, today, found)
    check_refusal(draft, today, found)
    _check_papers(draft, found)
    _check_secrecy(draft, found)
    return dict(found)


def _check_texts(draft: ReceptionDraft, found: Findings) -> None:
    for name in _TEXT_FIELDS:
        limit = LONG_TEXTS.get(name, TEXT_LIMIT)
        problem = text_problem(getattr(draft, name), limit, multiline=name in MULTILINE_FIELDS)
        if problem:
            found.add(name, problem)


def _check_days(draft: ReceptionDraft, today: date, found: Findings) -> None:
    if draft.date and draft.date > today:
        found.stop("date", "future_date", today=today)
    elif draft.date and draft.date < today - timedelta(days=366):
        found.doubt("date", "old_date", date=draft.date)
    if draft.time and draft.end_time and draft.end_time < draft.time:
        found.stop("end_time", "end_before_start", start=draft.time)


def _check_identity(draft: ReceptionDraft, today: date, found: Findings) -> None:
    _check_birth(draft, today, found)
    if not draft.id_number and draft.id_kind is IdKind.OTHER:
        problem = Problem("no_id_number", warning=True) if draft.note.strip() else Problem("id_reason_needed")
        found["id_number"] = problem
    for doubt in id_number_warnings(draft.id_kind, draft.id_number, draft.birth_date, draft.sex):
        found.add("id_number", doubt)
    for doubt in phone_warnings(draft.phone):
        found.add("phone", doubt)
    if draft.id_issued and draft.id_issued > today:
        found.stop("id_issued", "future_date", today=today)
    elif draft.id_issued and _BIRTH.fullmatch(draft.birth_date):
        born = draft.birth_date if len(draft.birth_date) > 4 else f"{draft.birth_date}-01-01"
        if draft.id_issued.isoformat() < born:
            found.doubt("id_issued", "issued_before_birth")


def _check_birth(draft: ReceptionDraft, today: date, found: Findings) -> None:
    if not draft.birth_date:
        return
    born = _first_day(draft.birth_date)
    if born is None:
        found.stop("birth_date", "birth_date_form")
    elif born > today:
        found.stop("birth_date", "future_date", today=today)
    elif today.year - born.year > 120:
        found.doubt("birth_date", "birth_date_old", age=today.year - born.year)


def _first_day(birth_date: str) -> date | None:
    """The first day that "YYYY" or "YYYY-MM-DD" can mean; None when it is neither."""
    if not _BIRTH.fullmatch(birth_date):
        return None
    try:
        return date.fromisoformat(birth_date if len(birth_date) > 4 else f"{birth_date}-01-01")
    except ValueError:
        return None


def _check_people(draft: ReceptionDraft, found: Findings) -> None:
    if not 1 <= draft.people <= MAX_PEOPLE:
        found.stop("people", "people_range", low=1, high=MAX_PEOPLE)


def _check_receiver(draft: ReceptionDraft, found: Findings) -> None:
    if draft.receiver_rank is ReceiverRank.DELEGATE:
        found.demand(draft, "delegated_by")
    headed = draft.kind in (ReceptionKind.SCHEDULED, ReceptionKind.AD_HOC)
    if headed and draft.receiver_rank is ReceiverRank.OFFICER:
        found.doubt("receiver_rank", "head_receives")
    if draft.form is ReceptionForm.ONLINE and draft.date and draft.date < ONLINE_SINCE:
        found.doubt("form", "online_not_yet", since=ONLINE_SINCE)
    elif draft.is_secret and draft.form is ReceptionForm.ONLINE:
        found.doubt("form", "denunciation_online")


def _check_record(draft: ReceptionDraft, found: Findings) -> None:
    """Without a petition: written down, read back, signed or fingerprinted (NĐ 154/2026 Điều 14(1))."""
    if draft.has_petition or draft.direction is Direction.REFUSE:
        return
    if not draft.read_back:
        found.doubt("read_back", "read_back_needed")
    if draft.signing is None:
        found.doubt("signing", "signing_needed")
    elif draft.signing is Signing.UNSIGNED:
        found.demand(draft, "unsigned_reason")


def _check_direction(draft: ReceptionDraft, today: date, found: Findings) -> None:
    if draft.direction is Direction.GUIDE:
        found.demand(draft, "guided_to", stops=False)
    if draft.direction is Direction.FORWARD:
        found.demand(draft, "forwarded_to", stops=False)
        if draft.is_secret and not draft.has_petition:
            found.doubt("direction", "denunciation_guide")
    if draft.forwarded_on and draft.forwarded_on > today:
        found.stop("forwarded_on", "future_date", today=today)
    elif draft.forwarded_on and draft.date and draft.forwarded_on < draft.date:
        found.stop("forwarded_on", "before_visit", date=draft.date)


def _check_secrecy(draft: ReceptionDraft, found: Findings) -> None:
    """Only the identity fields are sealed: who denounced should not be named beside them."""
    if not draft.is_secret:
        return
    texts = {name: getattr(draft, name) for name in MULTILINE_FIELDS}
    texts |= {f"documents.{index}.name": paper.name for index, paper in enumerate(draft.documents)}
    for name in fields_that_name(draft, texts):
        found.doubt(name, NAMES_DENOUNCER)


def _check_papers(draft: ReceptionDraft, found: Findings) -> None:
    for index, paper in enumerate(draft.documents):
        key = f"documents.{index}"
        if not paper.name.strip():
            found.stop(f"{key}.name", "missing")
        elif problem := text_problem(paper.name, TEXT_LIMIT):
            found.add(f"{key}.name", problem)
        if paper.pages is not None and paper.pages < 1:
            found.stop(f"{key}.pages", "pages_range", low=1)
        if paper.condition is PaperCondition.ORIGINAL:
            found.doubt(f"{key}.condition", "original_paper")
