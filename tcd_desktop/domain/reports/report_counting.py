"""What TT 06/2025/TT-TTCP leaves open in its counting rules, as choices of the office that reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class MatterCounting(StrEnum):
    """Số vụ việc của Biểu 01/TCD: mỗi vụ việc một lần trong kỳ và khối, or so often as it was received."""

    PERIOD = "period"
    VISIT = "visit"


class HeadTakes(StrEnum):
    """ "Vụ việc tiếp thường xuyên có Thủ trưởng tiếp thì chỉ nhập 1 lần vào mục Thủ trưởng tiếp" (Biểu 01/TCD).

    MATTERS: the matter only; the regular visits took place and stay visits. VISITS: its regular visits, people and
    crowds are left out too.
    """

    MATTERS = "matters"
    VISITS = "visits"


class DayCounting(StrEnum):
    """Cột (10), (16): every day that was announced and not put off, or only those that were held."""

    ANNOUNCED = "announced"
    HELD = "held"


class RefusedVisits(StrEnum):
    """Từ chối tiếp (Luật Tiếp công dân Điều 9): nobody was received, so it is no "lượt tiếp"; or it counts as one."""

    LEFT_OUT = "left_out"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingChoices:
    """The choices under which figures are counted; a sent report keeps them (`SentReport.counting`)."""

    matters: MatterCounting = MatterCounting.PERIOD
    head: HeadTakes = HeadTakes.MATTERS
    days: DayCounting = DayCounting.ANNOUNCED
    refused: RefusedVisits = RefusedVisits.LEFT_OUT

    def codes(self) -> tuple[str, ...]:
        """ "matters=period", ...: what a sent report keeps."""
        return tuple(f"{name}={getattr(self, name)}" for name in CHOICES)

    @classmethod
    def from_codes(cls, codes: Iterable[str]) -> CountingChoices:
        """The choices a report was counted under; what is not understood has its default."""
        known: dict[str, Any] = {}
        for code in codes:
            name, _sign, value = code.partition("=")
            kind = CHOICES.get(name)
            if kind is not None and value in set(kind):
                known[name] = kind(value)
        return cls(**known)


CHOICES: Final[dict[str, type[StrEnum]]] = {
    "matters": MatterCounting,
    "head": HeadTakes,
    "days": DayCounting,
    "refused": RefusedVisits,
}
"""Field of `CountingChoices` -> what may be chosen."""

ARTICLES: Final = {
    "matters": "Biểu 01/TCD cột (3), (7), (13), (19)",
    "head": "Biểu 01/TCD, hướng dẫn cách ghi biểu",
    "days": "Biểu 01/TCD cột (10), (16)",
    "refused": "Luật Tiếp công dân Điều 9; Biểu 01/TCD cột (11), (12), (17), (18)",
}
"""Field of `CountingChoices` -> where the circular leaves it open."""

DEFAULT_COUNTING: Final = CountingChoices()
