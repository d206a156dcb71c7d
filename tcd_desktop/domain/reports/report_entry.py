"""What people type into a report that no book counts: columns of a table, sections of the narrative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NARRATIVE: Final = "02"
"""`form` of the sections of Mẫu số 02; the `column` is the section's code in the pack."""
MONTHLY: Final = "month"
"""`form` of the sections of the monthly report to the People's Committee."""
COUNTING: Final = "counting"
"""`form` of the choices of counting; the `column` names the choice, the text what was chosen."""
NOTES: Final = "note"
"""`column` of a table's line "Ghi chú"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """One figure of the office itself (`text` empty) or one section, of the period with this code.

    A ward's entries travel up with its books, so that the superior's sums hold them. A figure that was emptied again
    has `removed`.
    """

    id: str
    office: str
    period: str
    form: str
    column: str
    value: int = 0
    text: str = ""
    removed: str = ""
