"""What an issued letter tells the record it is about: the refusal notice its number, the answer its kind and day.

Written in the same act as the number, so that both are undone together; taken back when the letter is spoilt.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tcd_desktop.domain.cases.case_file import Petition
from tcd_desktop.domain.follow_up.directive import Reminder
from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.receptions.refusal_rules import needs_notice
from tcd_desktop.domain.sittings.sitting import Conclusion
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Direction
from tcd_desktop.services.cases.clocks import Clocks
from tcd_desktop.services.cases.step_desk import step_of_answer
from tcd_desktop.services.letters import letter_kinds as kinds
from tcd_desktop.services.receptions.reception_desk import statement_open
from tcd_desktop.store.unit import Unit

ANSWERS = {
    kinds.ANSWER_ACCEPTED: AnswerKind.ACCEPTED,
    kinds.ANSWER_MORE_TIME: AnswerKind.EXTENDED,
    kinds.ANSWER_GUIDED: AnswerKind.NOT_ACCEPTED,
    kinds.ANSWER_NOT_ACCEPTED: AnswerKind.NOT_ACCEPTED,
    kinds.ANSWER_FORWARDED: AnswerKind.FORWARDED,
    kinds.FORWARDED_NOTICE: AnswerKind.FORWARDED,
}
"""Luật Tiếp công dân Điều 28(1) a-d."""
FORWARDING = frozenset({kinds.FORWARD_COMPLAINT, kinds.FORWARD_DENUNCIATION, kinds.FORWARD_FEEDBACK})
GUIDING = frozenset({kinds.GUIDANCE, kinds.ANSWER_GUIDED})
_RECORDS: dict[LetterSubject, type[Any]] = {
    LetterSubject.RECEPTION: Reception,
    LetterSubject.PETITION: Petition,
    LetterSubject.CONCLUSION: Conclusion,
    LetterSubject.REMINDER: Reminder,
}
Fields = dict[str, Any]


class LetterEffects:
    """Works inside the unit of the act."""

    def __init__(self, clocks: Callable[[], Clocks]) -> None:
        self._clocks = clocks

    def apply(self, unit: Unit, letter: Letter, subject: LetterSubject, record: str) -> None:
        """Tells the record. Raises Refused("statement_open" | "notice_before_visit" | "answer_before_visit")."""
        known = _record(unit, subject, record)
        fields = told_by(letter, known)
        if not fields:
            return
        after = unit.change(known, **fields)
        if isinstance(after, Reception) and "answered_on" in fields and after.case:
            step_of_answer(unit, after.case, after, self._clocks())

    def take_back(self, unit: Unit, letter: Letter, subject: LetterSubject, record: str) -> None:
        """What the record still has of a spoilt letter goes; what was changed since stays."""
        known = _record(unit, subject, record)
        fields = told_by(letter, known, back=True)
        if known is not None and fields and all(getattr(known, name) == value for name, value in fields.items()):
            unit.change(known, **{name: "" if isinstance(value, str) else None for name, value in _plain(fields)})


def told_by(letter: Letter, record: Any, *, back: bool = False) -> Fields:
    """The fields of the record that a letter sets; empty when the law wants nothing there. `back`: looked at again."""
    number = {"number": letter.book_number, "day": letter.dated}
    if isinstance(record, Reception):
        return _visit_fields(letter, record, number, back)
    if isinstance(record, Petition) and letter.kind in (*FORWARDING, *GUIDING):
        return {"direction_number": number["number"], "direction_on": number["day"]}
    if isinstance(record, Conclusion) and letter.kind == kinds.CONCLUSION_NOTICE:
        return {"number": number["number"], "issued_on": number["day"]}
    if isinstance(record, Reminder) and letter.kind == kinds.REMINDER:
        return {"number": number["number"]}
    return {}


def _visit_fields(letter: Letter, visit: Reception, told: Fields, back: bool) -> Fields:
    day = letter.dated
    early = day is not None and visit.date is not None and day < visit.date
    if letter.kind == kinds.REFUSAL_NOTICE and (back or needs_notice(visit)):
        if early:
            raise Refused("notice_before_visit", visit=visit.date)
        return {"refusal_notice_number": told["number"], "refusal_notice_on": day}
    if letter.kind in FORWARDING and visit.direction is Direction.FORWARD:
        return {"forwarding_number": told["number"], "forwarded_on": day}
    if letter.kind == kinds.GUIDANCE and visit.direction is Direction.GUIDE:
        return {"guidance_number": told["number"]}
    if letter.kind in ANSWERS and (back or visit.answered_on is None):
        if early:
            raise Refused("answer_before_visit", visit=visit.date)
        if not back and statement_open(visit):
            raise Refused("statement_open")
        found = {"answer_kind": ANSWERS[letter.kind], "answer_channel": AnswerChannel.WRITTEN, "answered_on": day}
        if letter.kind in GUIDING and visit.direction is Direction.GUIDE:
            found["guidance_number"] = told["number"]
        return found
    return {}


def _plain(fields: Fields) -> list[tuple[str, Any]]:
    """Codes of the law are texts too, but empty ones are None."""
    return [(name, None if name.startswith("answer") else value) for name, value in fields.items()]


def _record(unit: Unit, subject: LetterSubject, record: str) -> Any:
    kind = _RECORDS.get(subject)
    return unit.get(kind, record) if kind is not None else None
