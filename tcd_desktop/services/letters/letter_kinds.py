"""Which letters fit a record, the likeliest first: told by what was done with it, with the day by which one is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.letters.letter_text import LetterSubject, LetterText
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.receptions.refusal_rules import needs_notice
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.terms import (
    CaseState,
    Classification,
    Direction,
    PetitionDirection,
    ReceiverRank,
    Role,
    SittingKind,
    SittingState,
)
from tcd_desktop.services.letters.letter_facts import LetterFacts

REFUSAL_NOTICE = "refusal-notice"
ANSWER_ACCEPTED = "answer-accepted"
ANSWER_MORE_TIME = "answer-more-time"
ANSWER_GUIDED = "answer-guided"
ANSWER_NOT_ACCEPTED = "answer-not-accepted"
ANSWER_FORWARDED = "answer-forwarded"
FORWARDED_NOTICE = "denunciation-forwarded-notice"
CONCLUSION_NOTICE = "conclusion-notice"
FORWARD_COMPLAINT = "forward-complaint"
FORWARD_DENUNCIATION = "forward-denunciation"
FORWARD_FEEDBACK = "forward-feedback"
FEEDBACK_ANSWER = "feedback-answer"
GUIDANCE = "guidance"
SUPPLEMENT = "guidance-supplement"
REMINDER = "reminder"
REPRESENTATIVES = "representatives"
STATEMENT = "statement-record"
MINUTES = "reception-minutes"
SITTING_MINUTES = "sitting-minutes"
DIALOGUE_MINUTES = "dialogue-minutes"
INVITATION = "invitation"
CITIZEN_INVITATION = "citizen-invitation"
PROPOSAL = "acceptance-proposal"
PROTECTION = "protection-request"

_COMPLAINTS = frozenset({Classification.COMPLAINT})
_DENUNCIATIONS = frozenset({Classification.DENUNCIATION})
_FEEDBACK = frozenset({Classification.PETITION, Classification.FEEDBACK})
_ONLY_FOR = {
    FORWARD_COMPLAINT: _COMPLAINTS,
    FORWARD_DENUNCIATION: _DENUNCIATIONS,
    FORWARD_FEEDBACK: _FEEDBACK,
    FEEDBACK_ANSWER: _FEEDBACK,
    PROTECTION: _DENUNCIATIONS,
    "power-of-attorney": _COMPLAINTS | _FEEDBACK,
}
_PREFIXES = {"complaint-": _COMPLAINTS, "denunciation-": _DENUNCIATIONS}
"""Kinds that are written about some classifications only: a denunciation has letters of its own."""

Preferred = list[tuple[str, date | None]]


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """A kind that may be written. `fits`: the state of the record asks for it; `due` is the day by which."""

    text: LetterText
    fits: bool = False
    due: date | None = None

    @property
    def kind(self) -> str:
        """Its code."""
        return self.text.kind


def offered_kinds(
    facts: LetterFacts, texts: Iterable[LetterText], written: frozenset[str] | set[str] = frozenset()
) -> tuple[OfferedKind, ...]:
    """The texts in the order in which they are likely; what was issued already is asked for no more."""
    wanted = {kind: due for kind, due in preferred(facts) if kind not in written}
    rank = {kind: place for place, kind in enumerate(wanted)}
    allowed = [text for text in texts if _allowed(text, facts)]
    ranked = sorted(allowed, key=lambda text: (rank.get(text.kind, len(rank)), text.name))
    return tuple(OfferedKind(text, text.kind in wanted, wanted.get(text.kind)) for text in ranked)


def preferred(facts: LetterFacts) -> Preferred:
    """(kind, due day) of the letters that the record asks for, the most urgent first."""
    if facts.subject is LetterSubject.RECEPTION and facts.visit is not None:
        return _of_visit(facts.visit)
    if facts.subject is LetterSubject.PETITION and facts.petition is not None:
        return _of_petition(facts.petition)
    if facts.subject is LetterSubject.CASE and facts.case is not None:
        return _of_case(facts.case)
    if facts.subject is LetterSubject.SITTING and facts.sitting is not None:
        return _of_sitting(facts.sitting)
    if facts.subject is LetterSubject.CONCLUSION:
        return [(CONCLUSION_NOTICE, None)]
    if facts.subject is LetterSubject.REMINDER:
        return [(REMINDER, None)]
    return []


def _allowed(text: LetterText, facts: LetterFacts) -> bool:
    kind = _classification(facts)
    prefixed = next((only for prefix, only in _PREFIXES.items() if text.kind.startswith(prefix)), None)
    only = _ONLY_FOR.get(text.kind) or prefixed
    if text.kind == REFUSAL_NOTICE and (facts.visit is None or facts.visit.direction is not Direction.REFUSE):
        return False
    return only is None or kind is None or kind in only


def _classification(facts: LetterFacts) -> Classification | None:
    records: tuple[Reception | Petition | CaseFile | None, ...] = (facts.visit, facts.petition, facts.case)
    return next((one.classification for one in records if one is not None and one.classification), None)


def _forwarding(classification: Classification | None) -> tuple[str, str]:
    """The letter that passes it on, and the answer that tells the citizen."""
    if classification is Classification.DENUNCIATION:
        return FORWARD_DENUNCIATION, FORWARDED_NOTICE
    complaint = classification is Classification.COMPLAINT
    return (FORWARD_COMPLAINT if complaint else FORWARD_FEEDBACK), ANSWER_FORWARDED


def _of_visit(visit: Reception) -> Preferred:
    found: Preferred = []
    if needs_notice(visit) and visit.refusal_notice_on is None:
        found.append((REFUSAL_NOTICE, visit.refusal_due))
    due = visit.answer_due if visit.answered_on is None else None
    if visit.direction is Direction.FORWARD:
        found += [(kind, due) for kind in _forwarding(visit.classification)]
    elif visit.direction in (Direction.GUIDE, Direction.EXPLAIN):
        found += [(ANSWER_GUIDED, due), (GUIDANCE, None)]
    elif visit.direction is Direction.TO_HEAD:
        found += [(CITIZEN_INVITATION, None), (ANSWER_MORE_TIME, due)]
    elif visit.direction is not Direction.REFUSE:
        found += [(ANSWER_ACCEPTED, due), (PROPOSAL, None), (ANSWER_MORE_TIME, due)]
    if not visit.has_petition and visit.direction is not Direction.REFUSE:
        found.append((STATEMENT, None))
    if visit.role is Role.GROUP_REPRESENTATIVE:
        found.append((REPRESENTATIVES, None))
    if visit.receiver_rank is not ReceiverRank.OFFICER:
        found.append((MINUTES, None))
    if visit.is_secret:
        found.append((PROTECTION, None))
    return found


def _of_petition(petition: Petition) -> Preferred:
    ways: dict[PetitionDirection | None, tuple[str, ...]] = {
        PetitionDirection.FORWARD: _forwarding(petition.classification),
        PetitionDirection.GUIDE: (ANSWER_GUIDED, GUIDANCE),
        PetitionDirection.RETURN: (ANSWER_GUIDED, GUIDANCE),
        PetitionDirection.ACCEPT: (PROPOSAL, ANSWER_ACCEPTED),
        PetitionDirection.REFUSE: (ANSWER_NOT_ACCEPTED,),
        PetitionDirection.CHASE: (REMINDER,),
    }
    kinds = ways.get(petition.direction, ())
    if petition.direction_number:  # its letter went out on paper
        kinds = kinds[1:]
    return [(kind, None) for kind in (*kinds, *((PROTECTION,) if petition.is_secret else ()))]


def _of_case(case: CaseFile) -> Preferred:
    secret = case.classification is Classification.DENUNCIATION
    accepted = {
        Classification.COMPLAINT: ("complaint-accepted",),
        Classification.DENUNCIATION: (
            "denunciation-acceptance",
            "denunciation-notice-denouncer",
            "denunciation-notice-accused",
        ),
    }
    refused = {
        Classification.COMPLAINT: ("complaint-not-accepted",),
        Classification.DENUNCIATION: ("denunciation-not-accepted",),
    }
    matter = "denunciation" if secret else "complaint"
    ways: dict[CaseState, tuple[str, ...]] = {
        CaseState.RECEIVED: (PROPOSAL, ANSWER_MORE_TIME),
        CaseState.UNDER_REVIEW: (PROPOSAL, ANSWER_MORE_TIME),
        CaseState.AWAITING_PAPERS: (SUPPLEMENT,),
        CaseState.ACCEPTED: accepted.get(case.classification, (ANSWER_ACCEPTED,)),
        CaseState.NOT_ACCEPTED: refused.get(case.classification, (ANSWER_NOT_ACCEPTED,)),
        CaseState.GUIDED: (ANSWER_GUIDED, GUIDANCE),
        CaseState.FORWARDED: _forwarding(case.classification),
        CaseState.VERIFYING: (f"{matter}-extension",),
        CaseState.DIALOGUE: (CITIZEN_INVITATION,),
        CaseState.SUSPENDED: (f"{matter}-suspension", f"{matter}-resumption"),
        CaseState.ENDED: (f"{matter}-ending",),
        CaseState.DECIDED: ("complaint-decision",),
        CaseState.CONCLUDED: ("denunciation-result-notice",),
        CaseState.ANSWERED: (FEEDBACK_ANSWER,),
    }
    kinds = ways.get(case.state, ())
    return [(kind, case.due) for kind in kinds] + ([(PROTECTION, None)] if secret else [])


def _of_sitting(sitting: Sitting) -> Preferred:
    if sitting.state in (SittingState.PLANNED, SittingState.POSTED):
        return [(INVITATION, sitting.day)]
    minutes = DIALOGUE_MINUTES if sitting.kind is SittingKind.DIALOGUE else SITTING_MINUTES
    return [(minutes, None)] if sitting.state in (SittingState.HELD, SittingState.NOBODY_CAME) else []
