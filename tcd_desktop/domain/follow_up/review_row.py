"""One line of the review list with everything that is known of its case, for the screen, the table file, the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.follow_up_terms import ReviewState
from tcd_desktop.domain.follow_up.review import ReviewEntry, ReviewProgress
from tcd_desktop.domain.terms import Classification

OPEN = frozenset({ReviewState.LISTED, ReviewState.IN_PROGRESS, ReviewState.STUCK, ReviewState.AT_COURT})
ENDED = frozenset({ReviewState.SETTLED, ReviewState.WITHDRAWN, ReviewState.CLOSED_BY_NOTICE})

DECIDING = frozenset(
    {"decide", "conclude", "answer", "refuse", "take_effect", "end", "close", "sue", "second_complaint"}
)
"""Steps of a matter that belong to the history of decisions (quá trình giải quyết)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """An entry with its case. `petitioner` and `address` are empty for a denunciation and where nothing is known.

    `steps` are those that decided something, oldest first; `directives` those from above that name the case;
    `progress` newest first.
    """

    entry: ReviewEntry
    case: CaseFile | None = None
    unit_name: str = ""
    petitioner: str = ""
    address: str = ""
    content: str = ""
    request: str = ""
    people: int = 0
    steps: tuple[CaseStep, ...] = ()
    directives: tuple[Directive, ...] = ()
    progress: tuple[ReviewProgress, ...] = ()

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id

    @property
    def secret(self) -> bool:
        """Who brought the matter is kept secret; so is one whose case is not here."""
        return self.case is not None and self.case.classification is Classification.DENUNCIATION

    @property
    def open(self) -> bool:
        """On the list and not ended."""
        return self.entry.state in OPEN

    def overdue_by(self, today: date) -> int:
        """Days past the date of its measure; 0 when in time, ended or without a date."""
        due = self.entry.due
        return max((today - due).days, 0) if due and self.open else 0

    def told_between(self, since: date, until: date) -> tuple[ReviewProgress, ...]:
        """What was done in a period, both days included, newest first."""
        return tuple(one for one in self.progress if since <= one.on <= until)

    def moved_between(self, since: date, until: date) -> bool:
        """Whether something happened to it in a period: progress, a decision, its end."""
        ended = self.entry.closed_on is not None and since <= self.entry.closed_on <= until
        return ended or bool(self.told_between(since, until)) or any(since <= one.on <= until for one in self.steps)
