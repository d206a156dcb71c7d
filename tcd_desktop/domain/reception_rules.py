"""What must be right before a visit is saved, and what deserves a second look.

One function answers for the form, the service and the importer. Field names are those of `ReceptionDraft`; a
paper's fields are named "documents.0.name", "documents.0.pages", "documents.0.condition".

Blocking codes:

    missing                 a field marked M, or one that another answer makes necessary: delegated_by,
                            unsigned_reason, represented, representation_paper, a paper's name
    id_reason_needed        no ID number, id_kind is OTHER, but `note` does not tell why: an absent number
                            stops unless the officer chose "giấy tờ khác" and wrote the reason in `note`
    future_date             {today}: date, birth_date, id_issued, forwarded_on
    end_before_start        {start}: end_time
    before_visit            {date}: forwarded_on is before the visit
    birth_date_form         neither a year nor a date
    people_range            {low, high}: people
    pages_range             {low}: a paper's pages
    unknown_ground          {ground}: refusal_ground is none of the thirteen
    too_long, bad_character, not_nfc    see `text.text_problem`

Warnings:

    old_date                {date}: more than a year ago
    birth_date_old          {age}: more than 120 years
    issued_before_birth     id_issued
    no_id_number            the ID number is missing for the reason in `note`
    id_..., passport_form, phone_...    see `identity_checks`
    head_receives           receiver_rank: a scheduled or unscheduled reception is the head's or a delegate's
    group_representatives   role: {people, high} five people or more appoint 1-2 representatives (over ten: 5)
    missing                 guided_to, forwarded_to, refusal_ground: often known only after the citizen has
                            gone, and completed by an amendment; representation_paper of a group (văn bản cử
                            người đại diện); papers of a representative who is refused
    denunciation_in_person  role: a denunciation is made by the person, not by an authorised one
    denunciation_online     form: only when secrecy is assured (NĐ 154/2026 Điều 20(4))
    denunciation_guide      direction: told in person, so guided, not forwarded (Luật Tố cáo Điều 24(2))
    read_back_needed        read_back: without a petition the record is read back (NĐ 154/2026 Điều 14(1))
    signing_needed          signing: and signed or fingerprinted
    ground_not_for          refusal_ground: {ground} is not for this classification
    ground_not_in_force     refusal_ground: {ground, since} the decree began after the visit
    written_refusal         refusal_ground: {ground} needs notice Mẫu số 01/TCD within three working days
    original_paper          a paper's condition: originals should not be kept (Mẫu số 02/TCD note 5)
"""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, Final

from tcd_desktop.domain.identity_checks import id_number_warnings, phone_warnings
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.reception import CROWD, REQUIRED, ReceptionDraft, missing
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    IdKind,
    PaperCondition,
    ReceiverRank,
    ReceptionForm,
    ReceptionKind,
    Role,
    Signing,
)
from tcd_desktop.domain.text import text_problem

REFUSAL_GROUNDS: Final = frozenset(
    ["L9.1", "L9.2", "L9.3"] + [f"D4.1{point}" for point in ("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k")]
)
"""Luật Tiếp công dân Điều 9(1)-(3), NĐ 154/2026 Điều 4(1)a-k; their texts are data, `law.refusal_grounds`."""

WRITTEN_GROUNDS: Final = frozenset({"L9.3", "D4.1h"})
"""Refused by notice Mẫu số 01/TCD signed by the head; the others are explained in person (Điều 4(2), (3))."""

GROUND_KINDS: Final = {
    "L9.3": (Classification.COMPLAINT, Classification.DENUNCIATION),
    "D4.1e": (Classification.COMPLAINT, Classification.PETITION, Classification.FEEDBACK),
    "D4.1h": (Classification.PETITION, Classification.FEEDBACK),
}
"""Grounds that hold only for some classifications."""

DECREE_SINCE: Final = date(2026, 7, 1)
"""First day of NĐ 154/2026, so of the grounds D4.1."""

MULTILINE_FIELDS: Final = frozenset(
    {"content", "request", "settled_by", "attendees", "follow_up", "note", "unsigned_reason"}
)
"""Texts that may have several lines."""

LONG_TEXTS: Final = {"content": 20_000, "request": 5_000, "follow_up": 5_000, "note": 5_000}
TEXT_LIMIT: Final = 500
MAX_PEOPLE: Final = 100_000

_TEXT_FIELDS: Final = tuple(field.name for field in fields(ReceptionDraft) if field.type == "str")
_BIRTH: Final = re.compile(r"[0-9]{4}(-[0-9]{2}-[0-9]{2})?")
_PAPERED_ROLES: Final = {Role.AUTHORISED, Role.LEGAL_REPRESENTATIVE, Role.LAWYER, Role.LEGAL_AID}


class _Found(dict[str, Problem]):
    """Field -> problem. A field tells one thing at a time: the first that stops, else the first doubt."""

    def add(self, field: str, problem: Problem) -> None:
        held = self.get(field)
        if held is None or (held.warning and not problem.warning):
            self[field] = problem

    def stop(self, field: str, code: str, /, **facts: Any) -> None:
        self.add(field, Problem(code, facts))

    def doubt(self, field: str, code: str, /, **facts: Any) -> None:
        self.add(field, Problem(code, facts, warning=True))


def reception_problems(draft: ReceptionDraft, today: date) -> dict[str, Problem]:
    """Field -> what is missing, impossible or doubtful in a visit. The module docstring lists the codes."""
    found = _Found(missing(draft))
    for name in REQUIRED:
        _demand(draft, name, found)
    _check_texts(draft, found)
    _check_days(draft, today, found)
    _check_identity(draft, today, found)
    _check_role(draft, found)
    _check_receiver(draft, found)
    _check_record(draft, found)
    _check_direction(draft, today, found)
    _check_refusal(draft, found)
    _check_papers(draft, found)
    return dict(found)


def _check_texts(draft: ReceptionDraft, found: _Found) -> None:
    for name in _TEXT_FIELDS:
        limit = LONG_TEXTS.get(name, TEXT_LIMIT)
        problem = text_problem(getattr(draft, name), limit, multiline=name in MULTILINE_FIELDS)
        if problem:
            found.add(name, problem)


def _check_days(draft: ReceptionDraft, today: date, found: _Found) -> None:
    if draft.date and draft.date > today:
        found.stop("date", "future_date", today=today)
    elif draft.date and draft.date < today - timedelta(days=366):
        found.doubt("date", "old_date", date=draft.date)
    if draft.time and draft.end_time and draft.end_time < draft.time:
        found.stop("end_time", "end_before_start", start=draft.time)


def _check_identity(draft: ReceptionDraft, today: date, found: _Found) -> None:
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


def _check_birth(draft: ReceptionDraft, today: date, found: _Found) -> None:
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


def _check_role(draft: ReceptionDraft, found: _Found) -> None:
    """Who speaks for whom, with which paper (NĐ 154/2026 Điều 13; Luật Tiếp công dân Điều 29)."""
    if not 1 <= draft.people <= MAX_PEOPLE:
        found.stop("people", "people_range", low=1, high=MAX_PEOPLE)
    refused = draft.direction is Direction.REFUSE
    if draft.role in _PAPERED_ROLES or draft.role is Role.ORGANISATION_HEAD:
        _demand(draft, "represented", found, stops=not refused)
    if draft.role in _PAPERED_ROLES:
        _demand(draft, "representation_paper", found, stops=not refused)
    if draft.role is Role.GROUP_REPRESENTATIVE:
        _demand(draft, "representation_paper", found, stops=False)
    elif draft.people >= CROWD:
        found.doubt("role", "group_representatives", people=draft.people, high=2 if draft.people <= 10 else 5)
    if draft.role is Role.AUTHORISED and draft.is_secret:
        found.doubt("role", "denunciation_in_person")


def _demand(draft: ReceptionDraft, field: str, found: _Found, *, stops: bool = True) -> None:
    if not str(getattr(draft, field)).strip():
        found.add(field, Problem("missing", warning=not stops))


def _check_receiver(draft: ReceptionDraft, found: _Found) -> None:
    if draft.receiver_rank is ReceiverRank.DELEGATE:
        _demand(draft, "delegated_by", found)
    headed = draft.kind in (ReceptionKind.SCHEDULED, ReceptionKind.AD_HOC)
    if headed and draft.receiver_rank is ReceiverRank.OFFICER:
        found.doubt("receiver_rank", "head_receives")
    if draft.is_secret and draft.form is ReceptionForm.ONLINE:
        found.doubt("form", "denunciation_online")


def _check_record(draft: ReceptionDraft, found: _Found) -> None:
    """Without a petition: written down, read back, signed or fingerprinted (NĐ 154/2026 Điều 14(1))."""
    if draft.has_petition or draft.direction is Direction.REFUSE:
        return
    if not draft.read_back:
        found.doubt("read_back", "read_back_needed")
    if draft.signing is None:
        found.doubt("signing", "signing_needed")
    elif draft.signing is Signing.UNSIGNED:
        _demand(draft, "unsigned_reason", found)


def _check_direction(draft: ReceptionDraft, today: date, found: _Found) -> None:
    if draft.direction is Direction.GUIDE:
        _demand(draft, "guided_to", found, stops=False)
    if draft.direction is Direction.FORWARD:
        _demand(draft, "forwarded_to", found, stops=False)
        if draft.is_secret and not draft.has_petition:
            found.doubt("direction", "denunciation_guide")
    if draft.forwarded_on and draft.forwarded_on > today:
        found.stop("forwarded_on", "future_date", today=today)
    elif draft.forwarded_on and draft.date and draft.forwarded_on < draft.date:
        found.stop("forwarded_on", "before_visit", date=draft.date)


def _check_refusal(draft: ReceptionDraft, found: _Found) -> None:
    """The ground must be one of the law's (Luật Tiếp công dân Điều 9, NĐ 154/2026 Điều 4)."""
    if draft.direction is not Direction.REFUSE:
        return
    ground = draft.refusal_ground
    if not ground:
        found.doubt("refusal_ground", "missing")
    elif ground not in REFUSAL_GROUNDS:
        found.stop("refusal_ground", "unknown_ground", ground=ground)
    elif ground.startswith("D4.") and draft.date and draft.date < DECREE_SINCE:
        found.doubt("refusal_ground", "ground_not_in_force", ground=ground, since=DECREE_SINCE)
    elif draft.classification and draft.classification not in GROUND_KINDS.get(ground, Classification):
        found.doubt("refusal_ground", "ground_not_for", ground=ground)
    elif ground in WRITTEN_GROUNDS:
        found.doubt("refusal_ground", "written_refusal", ground=ground)


def _check_papers(draft: ReceptionDraft, found: _Found) -> None:
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
