"""What is typed when cases are put under review by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tcd_desktop.domain.follow_up.follow_up_terms import ReviewSource
from tcd_desktop.domain.language.text import text_problem
from tcd_desktop.domain.problems import Problem

LONG_NOTE: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """`cases` are ids; `note` says why they are put on the list."""

    cases: tuple[str, ...] = ()
    source: ReviewSource = ReviewSource.DISTRICT
    note: str = ""

    def problems(self, _today: date) -> dict[str, Problem]:
        """Field -> what is missing or impossible: missing, no_cases (cases), codes of `text.text_problem`."""
        found: dict[str, Problem] = {} if self.cases else {"cases": Problem("no_cases")}
        if not self.note.strip():
            found["note"] = Problem("missing")
        elif problem := text_problem(self.note, LONG_NOTE, multiline=True):
            found["note"] = problem
        return found
