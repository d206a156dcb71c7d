"""Words for the figures that an office carries over: the columns of the forms of TT 06/2025/TT-TTCP."""

from __future__ import annotations

from tcd_desktop.i18n import LazyText, lazy

FORMS: dict[str, LazyText] = {
    "01/TCD": lazy("Results of citizen reception"),
    "02/XLD": lazy("Handling of petitions"),
    "05/KQTH": lazy("Carrying out of decisions and conclusions"),
    "06/QLKNTC": lazy("State management"),
}

FIGURES: dict[tuple[str, str], LazyText] = {
    ("02/XLD", "1"): lazy("Petitions not handled yet"),
    ("05/KQTH", "1"): lazy("Complaint decisions not carried out yet"),
    ("05/KQTH", "16"): lazy("Denunciation conclusions not carried out yet"),
    ("06/QLKNTC", "6"): lazy("Inspections without a conclusion yet"),
    ("06/QLKNTC", "13"): lazy("Inspection conclusions not carried out yet"),
    ("01/TCD", "5"): lazy("Visits"),
    ("01/TCD", "6"): lazy("People"),
    ("01/TCD", "7"): lazy("Matters"),
    ("01/TCD", "8"): lazy("Crowds"),
    ("01/TCD", "9"): lazy("People in crowds"),
    ("01/TCD", "10"): lazy("Reception days"),
    ("01/TCD", "11"): lazy("Visits"),
    ("01/TCD", "12"): lazy("People"),
    ("01/TCD", "13"): lazy("Matters"),
    ("01/TCD", "14"): lazy("Crowds"),
    ("01/TCD", "15"): lazy("People in crowds"),
    ("01/TCD", "16"): lazy("Reception days"),
    ("01/TCD", "17"): lazy("Visits"),
    ("01/TCD", "18"): lazy("People"),
    ("01/TCD", "19"): lazy("Matters"),
    ("01/TCD", "20"): lazy("Crowds"),
    ("01/TCD", "21"): lazy("People in crowds"),
}
"""(form, column) -> what it counts."""

BLOCKS: tuple[tuple[LazyText, tuple[str, ...]], ...] = (
    (lazy("Regular reception"), ("5", "6", "7", "8", "9")),
    (lazy("The head receives"), ("10", "11", "12", "13", "14", "15")),
    (lazy("A delegate receives"), ("16", "17", "18", "19", "20", "21")),
)
"""The blocks of 01/TCD and their columns."""
