"""What the makers of practice visits remember of a visit, and what they give away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Direction
from tcd_desktop.practice.comers import Comer
from tcd_desktop.practice.matters import Matter, Words
from tcd_desktop.practice.outcomes import Outcome
from tcd_desktop.practice.sessions import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeVisit:
    """A visit and what became of it. `draft` is complete; `draft.receiver` is empty (see `receiver_key`).

    `repeat_of` is the position (0 = first) among this ward's visits of the first visit of the same person for
    the same matter. `case_of` is the position of the visit that opened the case file of the matter, this one
    when `opens_case`, None when there is none. `same_visit` is the position of the visit of which this is another
    content. `notice_number` and `notice_on` are of a written refusal that was issued. `case_field` is a code of
    resources/law/classification-2025.toml. `due_on` is the tenth working day after the visit; `answered_on`
    and the two after it are None while there is no answer.
    """

    draft: ReceptionDraft
    receiver_key: str
    title: str
    opens_case: bool
    case_of: int | None
    case_field: str
    repeat_of: int | None
    same_visit: int | None = None
    notice_number: str = ""
    notice_on: date | None = None
    outcome: Outcome
    due_on: date
    answered_on: date | None
    answer_kind: AnswerKind | None
    answer_channel: AnswerChannel | None


@dataclass(slots=True)
class Remembered:
    """A first visit that somebody may come back for; `case_of` is the visit that opened its case."""

    number: int
    index: int
    comer: Comer
    matter: Matter
    words: Words
    title: str
    case_of: int | None


@dataclass(frozen=True, slots=True)
class AtTable:
    """The line that was written last; `further`: it was itself another content of the one before."""

    number: int
    index: int
    minute: int
    comer: Comer
    matter: Matter
    session: Session
    direction: Direction
    further: bool
