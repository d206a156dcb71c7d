"""Facts that are wrong with a draft or refused in an act; the sentences live in `tcd_desktop.words`.

A `Problem` carries a stable code and the facts a sentence needs. It never holds text for people.

Exceptions:

    Refused                 the user's business: a rule says no; told in a sentence with what to do next
      DraftRefused          a draft has problems in named fields
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or doubtful.

    `code` names the sentence ("missing", "future_date", ...); `facts` fill its placeholders.
    A `warning` never stops an act.
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    warning: bool = False


Problems = Mapping[str, Problem]
"""Field name -> what is wrong with it."""


def blocking(problems: Problems) -> dict[str, Problem]:
    """Those that stop an act, without the warnings."""
    return {name: problem for name, problem in problems.items() if not problem.warning}


class Refused(Exception):
    """A rule says no. Nothing was changed. `code` names the sentence, `facts` fill it."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class DraftRefused(Refused):
    """A draft cannot be saved: `problems` names each field and what is wrong with it."""

    def __init__(self, problems: Problems, *, row: int | None = None) -> None:
        super().__init__("draft", row=row)
        self.problems = problems
        self.row = row
