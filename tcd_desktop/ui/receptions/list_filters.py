"""What the list of visits can be narrowed by, and the words between its stretches."""

from __future__ import annotations

from datetime import date

from tcd_desktop.domain.terms import Classification, Direction, ReceiverRank, ReceptionKind
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.store.lists.pages import ReceptionRow
from tcd_desktop.ui.filters.dimensions import Dimension, from_terms, period, yes_no
from tcd_desktop.ui.forms.typed_dates import show_date
from tcd_desktop.ui.receptions.source import Waiting

BATCH = "batch"
"""The dimension whose choices are read from the store: the old books that were imported."""


WAITING: tuple[tuple[Waiting, LazyText], ...] = (
    (Waiting.ALL, lazy("All")),
    (Waiting.OPEN, lazy("Not answered")),
    (Waiting.OVERDUE, lazy("Overdue")),
    (Waiting.ANSWERED, lazy("Answered")),
)
"""The buttons above the list."""


def dimensions() -> tuple[Dimension, ...]:
    """The filters in the order of their menu."""
    return (
        period(lazy("Days")),
        from_terms("classification", lazy("Classification"), Classification),
        from_terms("direction", lazy("Handling"), Direction),
        from_terms("kind", lazy("Kind of reception"), ReceptionKind),
        from_terms("rank", lazy("Received by"), ReceiverRank),
        yes_no("slip", lazy("Receipt slip"), lazy("Slip printed"), lazy("No slip")),
        Dimension(BATCH, lazy("Old book"), ()),
        yes_no("crowd", lazy("Crowds"), lazy("Five people or more")),
        yes_no("visits", lazy("Several contents"), lazy("Each visit once")),
        Dimension("citizen", lazy("Citizen"), (), show=lambda _id: _("one person")),
        Dimension("by", lazy("Answer due by"), (), show=_day),
    )


def _day(value: str) -> str:
    try:
        return show_date(date.fromisoformat(value))
    except ValueError:
        return value


STRETCHES: dict[str, LazyText] = {
    "mentioned": lazy("In what was said, addresses and papers"),
    "unaccented": lazy("The same letters with other marks"),
    "rest": lazy("These figures elsewhere"),
    "elsewhere": lazy("In the names of officers and bodies"),
    "near": lazy("Nothing fits; similar"),
}
"""Kind of a stretch of answers -> the words above its first row."""

ALWAYS = frozenset({"elsewhere", "near"})
"""Kinds that are told even when nothing stands above them."""


def divider(before: ReceptionRow | None, row: ReceptionRow) -> str:
    """The words above a row where another stretch of answers begins."""
    if before is not None and before.found == row.found:
        return ""
    if before is None and row.found not in ALWAYS:
        return ""
    words = STRETCHES.get(row.found)
    return str(words) if words else ""
