"""Which figures an office may carry over when it starts in the middle of a year (kê khai đầu kỳ).

The columns are those of the forms of TT 06/2025/TT-TTCP whose counting rules speak of what came from the period
before, and the entry columns of 01/TCD for visits that were counted in another book and are not imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tcd_desktop.domain.old_book.old_book import OpeningBalance
from tcd_desktop.domain.problems import Problem

HIGHEST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of a form. `carried`: its rule counts what the period before left over."""

    form: str
    column: str
    carried: bool

    @property
    def key(self) -> tuple[str, str]:
        """(form, column)."""
        return self.form, self.column


CARRIED: Final = tuple(
    Figure(form, column, carried=True)
    for form, column in (
        ("02/XLD", "1"),
        ("05/KQTH", "1"),
        ("05/KQTH", "16"),
        ("06/QLKNTC", "6"),
        ("06/QLKNTC", "13"),
    )
)
"""Đơn chưa xử lý, quyết định và kết luận chưa thi hành xong, cuộc thanh tra và kết luận thanh tra chuyển sang."""

VISITS: Final = tuple(Figure("01/TCD", str(column), carried=False) for column in range(5, 22))
"""Biểu 01/TCD, columns 5 to 21: columns 1 to 4 are their sums."""

FIGURES: Final = CARRIED + VISITS

SUMS: Final = {
    "1": ("5", "11", "17"),
    "2": ("6", "12", "18"),
    "3": ("7", "13", "19"),
    "4": ("8", "14", "20"),
}
"""Sum columns of 01/TCD: (1) = (5) + (11) + (17) ..."""

PARTS: Final = (("8", "5"), ("9", "6"), ("14", "11"), ("15", "12"), ("20", "17"), ("21", "18"))
"""(part, whole) of 01/TCD: no more crowds than visits, no more people in crowds than people."""

Values = dict[tuple[str, str], int]


def values_of(balances: list[OpeningBalance]) -> Values:
    """(form, column) -> value of the figures that are in force."""
    return {(one.form, one.column): one.value for one in balances if not one.removed}


def balance_problems(on: date | None, values: Values, today: date) -> dict[str, Problem]:
    """ "on" or "form:column" -> what is wrong."""
    found: dict[str, Problem] = {}
    if on is None:
        found["on"] = Problem("missing")
    elif on > today:
        found["on"] = Problem("future_date", {"today": today})
    for (form, column), value in values.items():
        if not 0 <= value <= HIGHEST:
            found[f"{form}:{column}"] = Problem("figure_range", {"low": 0, "high": HIGHEST})
    for part, whole in PARTS:
        here, there = values.get(("01/TCD", part), 0), values.get(("01/TCD", whole), 0)
        if here > there:
            found.setdefault(f"01/TCD:{part}", Problem("more_than_whole", {"column": whole}))
    return found
