"""A report as it was sent (báo cáo đã gửi): its figures and its words stay what they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReportKind(StrEnum):
    """Báo cáo theo TT 06/2025/TT-TTCP, báo cáo tháng của địa phương."""

    CIRCULAR = "circular"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One line of a table: `form` "02/XLD", `unit` the code of the office, `values` column 1 on."""

    form: str
    unit: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativePart:
    """One section of the narrative (Mẫu 02): `code` names it in the pack, `text` is what was written."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReport:
    """Frozen on `made_on`. `period` is its code ("2026-q4", "2026-m11"), `first` and `last` its days.

    `counting` are the choices under which it was counted (what a "vụ việc" is, which days), `letter` the document it
    went with. What changes later in the books shows as the difference to these figures (điều chỉnh).
    """

    id: str
    office: str
    kind: ReportKind
    period: str
    first: date
    last: date
    made_on: date
    sent_on: date | None = None
    number: str = ""
    letter: str | None = None
    counting: tuple[str, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    narrative: tuple[NarrativePart, ...] = ()
    note: str = ""
    removed: str = ""
