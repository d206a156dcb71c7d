"""What a letter is written from: the record it is about and everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.follow_up.directive import Reminder
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting


@dataclass(frozen=True, slots=True)
class GroundWords:
    """A ground of the law (căn cứ): its words and its article."""

    text: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """`subject` says which of the records leads. `settle_due` is the day by which the case must be settled.

    `grounds` are the words of why the visit was refused, or the petition not eligible. `reminded` is the name of the
    office a reminder goes to, `source` the document that gave it the `task`, `overdue` how many days past `due`.
    `sittings` are those of a month, for the poster; `conclusions` those of the sitting.
    """

    office: Office
    officer: Officer
    on: date
    subject: LetterSubject
    visit: Reception | None = None
    petition: Petition | None = None
    case: CaseFile | None = None
    steps: tuple[CaseStep, ...] = ()
    settle_due: date | None = None
    grounds: tuple[GroundWords, ...] = ()
    sitting: Sitting | None = None
    conclusion: Conclusion | None = None
    conclusions: tuple[Conclusion, ...] = ()
    reminder: Reminder | None = None
    reminded: str = ""
    source: str = ""
    task: str = ""
    due: date | None = None
    overdue: int = 0
    sittings: tuple[Sitting, ...] = ()
