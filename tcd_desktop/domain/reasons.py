"""The reason of an act, as it is kept in the journal: one word or two at least, not a key pressed by mistake."""

from __future__ import annotations

from typing import Final

from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.problems import Refused

MIN_REASON: Final = 5
"""Letters."""
LONGEST_REASON: Final = 300
"""Letters, where a reason stands in one line of a register."""


def reason_line(text: str, most: int = LONGEST_REASON) -> str:
    """A reason that stands in one line, cleaned. Raises Refused("reason_needed" | "reason_too_long")."""
    reason = clean_line(text)
    _check_length(reason)
    if len(reason) > most:
        raise Refused("reason_too_long", most=most)
    return reason


def reason_block(text: str) -> str:
    """A reason that may have several lines, cleaned. Raises Refused("reason_needed")."""
    reason = clean_block(text)
    _check_length(reason)
    return reason


def _check_length(reason: str) -> None:
    if len(reason) < MIN_REASON:
        raise Refused("reason_needed")
