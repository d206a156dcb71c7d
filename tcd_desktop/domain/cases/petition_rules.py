"""What must be right before a petition (đơn) stands in the petition book, and what deserves a second look.

Blocking codes:

    missing               classification, received_on, content; sender of one that another body passed on;
                          directed_to of one that is guided, forwarded or given to an office below;
                          direction_reason of one that is filed away or refused; grounds of one that is not eligible
    future_date           {today}: received_on, petition_date, incoming_on, direction_on
    written_after         {date}: petition_date is after it was received
    signers_range         {low, high}
    eligible_grounds      an eligible petition has no grounds against it
    accept_not_eligible   direction: what is not eligible is not accepted
    accept_outside        direction: what is outside the office's competence is not accepted
    too_long, bad_character, not_nfc

Warnings:

    no_petitioner         name: without name and address the petition is not eligible (TT 05/2021 Điều 6), but a
                          denunciation with clear content and evidence may be checked (Luật Tố cáo Điều 25(2))
    anonymous_accept      direction: an anonymous denunciation goes to inspection, not accepted (Luật Tố cáo Điều 25)
    denunciation_forward  direction: by post one outside competence is forwarded in 5 working days, not guided
    original_papers       original papers go back to the citizen (TT 05/2021)
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from tcd_desktop.domain.cases.case_file import PetitionDraft
from tcd_desktop.domain.language.text import text_problem
from tcd_desktop.domain.people.identity_checks import id_number_warnings, phone_warnings
from tcd_desktop.domain.people.named_in_text import CODE as NAMES_DENOUNCER
from tcd_desktop.domain.people.named_in_text import fields_that_name
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.receptions.reception_rules import MAX_PEOPLE
from tcd_desktop.domain.terms import Classification, PetitionDirection, PetitionSource

PASSED_ON: Final = frozenset(
    {PetitionSource.TRANSFER, PetitionSource.LEADER, PetitionSource.DEPUTY, PetitionSource.PRESS}
)
"""Sources in which another body sent the petition."""

_TO_SOMEBODY: Final = frozenset({PetitionDirection.GUIDE, PetitionDirection.FORWARD, PetitionDirection.REQUIRE_LOWER})
_REASONED: Final = frozenset({PetitionDirection.FILE, PetitionDirection.REFUSE})
"""Filing away and not accepting are answered for: with a reason."""

_TEXTS: Final = {
    "name": 500,
    "address": 500,
    "sender": 500,
    "incoming_number": 200,
    "content": 20_000,
    "request": 5_000,
    "directed_to": 500,
    "direction_number": 200,
    "direction_reason": 5_000,
    "note": 5_000,
}
MULTILINE: Final = frozenset({"content", "request", "direction_reason", "note"})


def petition_problems(draft: PetitionDraft, today: date) -> dict[str, Problem]:
    """Field -> what is missing, impossible or doubtful. The module docstring lists the codes."""
    found: dict[str, Problem] = {}

    def stop(name: str, code: str, /, **facts: Any) -> None:
        if name not in found or found[name].warning:
            found[name] = Problem(code, facts)

    def doubt(name: str, code: str, /, **facts: Any) -> None:
        found.setdefault(name, Problem(code, facts, warning=True))

    for name in ("classification", "received_on", "content"):
        if not str(getattr(draft, name) or "").strip():
            stop(name, "missing")
    if draft.source in PASSED_ON and not draft.sender.strip():
        stop("sender", "missing")
    for name in ("received_on", "petition_date", "incoming_on", "direction_on"):
        day = getattr(draft, name)
        if day is not None and day > today:
            stop(name, "future_date", today=today)
    if draft.petition_date and draft.received_on and draft.petition_date > draft.received_on:
        stop("petition_date", "written_after", date=draft.received_on)
    if not 1 <= draft.signers <= MAX_PEOPLE:
        stop("signers", "signers_range", low=1, high=MAX_PEOPLE)
    for name, limit in _TEXTS.items():
        problem = text_problem(getattr(draft, name), limit, multiline=name in MULTILINE)
        if problem is not None:
            found.setdefault(name, problem)
    _judge(draft, stop, doubt)
    for warning in id_number_warnings(draft.id_kind, draft.id_number, draft.birth_date, draft.sex):
        found.setdefault("id_number", warning)
    for warning in phone_warnings(draft.phone):
        found.setdefault("phone", warning)
    if draft.is_secret:
        for name in fields_that_name(draft, {name: getattr(draft, name) for name in MULTILINE}):
            doubt(name, NAMES_DENOUNCER)
    return found


def _judge(draft: PetitionDraft, stop: Any, doubt: Any) -> None:
    """Eligibility, competence and direction must agree."""
    if draft.eligible is False and not draft.ineligible:
        stop("ineligible", "missing")
    if draft.eligible and draft.ineligible:
        stop("ineligible", "eligible_grounds")
    if not draft.anonymous and not (draft.name.strip() and draft.address.strip()):
        doubt("name", "no_petitioner")
    if draft.original_papers:
        doubt("original_papers", "original_papers")
    if draft.direction in _TO_SOMEBODY and not draft.directed_to.strip():
        stop("directed_to", "missing")
    if draft.direction in _REASONED and not draft.direction_reason.strip():
        stop("direction_reason", "missing")
    secret = draft.classification is Classification.DENUNCIATION
    if draft.direction is PetitionDirection.ACCEPT:
        if draft.eligible is False:
            stop("direction", "accept_not_eligible")
        elif draft.within_competence is False:
            stop("direction", "accept_outside")
        elif draft.anonymous and secret:
            doubt("direction", "anonymous_accept")
    if secret and draft.direction is PetitionDirection.GUIDE:
        doubt("direction", "denunciation_forward")
