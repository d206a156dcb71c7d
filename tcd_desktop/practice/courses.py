"""How practice cases go on after they were accepted: the steps of their procedure, on the days of the story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.terms import CaseState as S
from tcd_desktop.domain.terms import Classification as C
from tcd_desktop.open_office import OpenOffice

_CLOSE = ("close",)
_ENDED = {S.GUIDED: _CLOSE, S.FORWARDED: _CLOSE, S.NOT_ACCEPTED: _CLOSE, S.FILED: _CLOSE, S.ANSWERED: _CLOSE}
_COMPLAINT = ("verify", "dialogue", "decide", "send")
_DENUNCIATION = ("notify", "verify", "conclude", "send", "handle", "publish", "close")
_ANSWER = ("answer", "close")
_FEEDBACK: Mapping[S, tuple[str, ...]] = {**_ENDED, S.UNDER_REVIEW: _ANSWER, S.ACCEPTED: _ANSWER}

SETTLING: Mapping[C, Mapping[S, tuple[str, ...]]] = {
    C.COMPLAINT: {**_ENDED, S.UNDER_REVIEW: ("accept", *_COMPLAINT), S.ACCEPTED: _COMPLAINT},
    C.DENUNCIATION: {**_ENDED, S.UNDER_REVIEW: ("accept", *_DENUNCIATION), S.ACCEPTED: _DENUNCIATION},
    C.PETITION: _FEEDBACK,
    C.FEEDBACK: _FEEDBACK,
}
"""Kind -> state -> the steps that settle a case on one day."""

EFFECT = ("take_effect", "close")
"""What follows when nobody has complained a second time."""

RESULTS = (SettlementResult.RIGHT, SettlementResult.PARTLY, SettlementResult.WRONG, SettlementResult.WRONG)


def settle(office: OpenOffice, case: CaseFile, day: date, chance: Random) -> None:
    """Takes the steps that settle a case, all on one day; nothing for one that is not ready for it."""
    _take(office, case, SETTLING[case.classification].get(case.state, ()), day, chance)


def take_effect(office: OpenOffice, case: CaseFile, day: date, chance: Random) -> None:
    """A decided complaint comes into legal effect and is closed."""
    if case.classification is C.COMPLAINT and case.state is S.DECIDED:
        _take(office, case, EFFECT, day, chance)


def _take(office: OpenOffice, case: CaseFile, acts: tuple[str, ...], day: date, chance: Random) -> None:
    number = chance.randint(1, 400)
    for act in acts:
        settled = act in ("decide", "conclude")
        office.steps.take(
            case.id,
            act,
            StepDraft(
                on=day,
                number=f"{number}/QĐ-UBND" if act in ("accept", "decide", "conclude", "handle") else "",
                dated=day,
                signer=office.office.head_name,
                result=chance.choice(RESULTS).value if settled else "Đã trả lời công dân",
            ),
        )
