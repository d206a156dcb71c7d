"""What must be told of a directive, of progress on it, and of a reminder.

Blocking codes: missing, future_date {today}, before_directive {date} (due, progress: before the directive itself),
no_units (units: nobody has to act), too_long, bad_character, not_nfc (see `text.text_problem`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.domain.language.text import text_problem
from tcd_desktop.domain.problems import Problem

LONG_TEXT: Final = 10_000
TEXT: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveDraft:
    """What is typed of a directive (ý kiến chỉ đạo)."""

    level: DirectiveLevel | None = None
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None
    content: str = ""
    due: date | None = None
    units: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()

    def problems(self, today: date) -> dict[str, Problem]:
        """Field -> what is missing or impossible."""
        found = {
            name: Problem("missing")
            for name in ("level", "issuer", "issued_on", "content")
            if not getattr(self, name) or not str(getattr(self, name)).strip()
        }
        if not self.units:
            found["units"] = Problem("no_units")
        if self.issued_on and self.issued_on > today:
            found["issued_on"] = Problem("future_date", {"today": today})
        if self.due and self.issued_on and self.due < self.issued_on:
            found["due"] = Problem("before_directive", {"date": self.issued_on})
        for name, limit in (("issuer", TEXT), ("number", TEXT), ("content", LONG_TEXT)):
            problem = text_problem(getattr(self, name), limit, multiline=name == "content")
            if problem is not None and name not in found:
                found[name] = problem
        return found


def progress_problems(on: date | None, content: str, issued_on: date, today: date) -> dict[str, Problem]:
    """Field -> what is missing or impossible in a report of progress."""
    found: dict[str, Problem] = {}
    if on is None:
        found["on"] = Problem("missing")
    elif on > today:
        found["on"] = Problem("future_date", {"today": today})
    elif on < issued_on:
        found["on"] = Problem("before_directive", {"date": issued_on})
    if not content.strip():
        found["content"] = Problem("missing")
    elif problem := text_problem(content, LONG_TEXT, multiline=True):
        found["content"] = problem
    return found
