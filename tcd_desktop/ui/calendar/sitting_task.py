"""What another page asks of the calendar: a sitting, and the act that comes next there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SittingTask:
    """`act` as in `sitting_acts.WORDS` ("post", "hold"), or "finish" for a `conclusion`; "" only opens the sitting."""

    sitting: str
    act: str = ""
    conclusion: str = ""
