"""The four lists of the review desk: which case stands in which, their names, and what they say while empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tcd_desktop.domain.follow_up.review_row import ENDED, ReviewRow
from tcd_desktop.domain.language.text import fold
from tcd_desktop.i18n import _, lazy
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.empty_state import State
from tcd_desktop.ui.reviews.review_rows import matter, number

LISTED, PROPOSED, OVER, DISMISSED = range(4)
"""The buttons above the list."""

NONE_LISTED = State(
    lazy("No case is under review"),
    lazy("Crowded, complex and long-running cases are proposed from the books; take them on the list one by one."),
    lazy("Look at the proposals"),
    icon="clipboard-check",
)
NONE_PROPOSED = State(
    lazy("Nothing is proposed"),
    lazy("No open case meets the criteria, or every one that does was decided on."),
    icon="circle-check",
    tone="success",
)


def part_of(row: ReviewRow) -> int:
    """The list in which a row stands."""
    if row.open:
        return LISTED
    return OVER if row.entry.state in ENDED else DISMISSED


def part_names(rows: Iterable[ReviewRow], proposed: int) -> list[str]:
    """The words of the buttons above the list, each with its number where there is one."""
    counts = [0, proposed, 0, 0]
    for row in rows:
        counts[part_of(row)] += 1
    names = (_("On the list now"), _("Proposed"), _("Brought to an end"), _("Not taken on"))
    return [f"{name} ({count})" if count else name for name, count in zip(names, counts, strict=True)]


def searched(row: ReviewRow) -> str:
    """What a search may find: never who denounced (`petitioner` is empty then)."""
    return fold(f"{row.unit_name} {number(row)} {matter(row)} {row.petitioner}")


def review_head(title: str, told: QLabel, buttons: Sequence[QWidget], parts: QWidget) -> QVBoxLayout:
    """The heading with what is late and the acts of the page, and below it the buttons of the four lists."""
    now = look.current()
    heading = QLabel(title)
    heading.setProperty("ink", "title")
    head = QHBoxLayout()
    head.setContentsMargins(now.px(16), now.px(10), now.px(16), now.px(8))
    head.setSpacing(now.px(10))
    head.addWidget(heading)
    head.addWidget(told)
    head.addStretch()
    for button in buttons:
        head.addWidget(button)
    bar = QHBoxLayout()
    bar.setContentsMargins(now.px(16), 0, now.px(16), now.px(8))
    bar.addWidget(parts)
    bar.addStretch()
    both = QVBoxLayout()
    both.addLayout(head)
    both.addLayout(bar)
    return both
