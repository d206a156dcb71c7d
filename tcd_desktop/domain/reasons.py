"""How long a reason must at least be that is kept in the journal: one word or two, not a key pressed by mistake."""

from __future__ import annotations

from typing import Final

MIN_REASON: Final = 5
"""Letters."""
LONGEST_REASON: Final = 300
"""Letters, where a reason stands in one line of a register."""
