"""An invented list of any length, with the manners of the store: keyset pages, capped counts, anchors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

FAMILIES = ("Nguyễn Thị", "Trần Văn", "Lê Hữu", "Phạm Quỹ", "Hoàng Đỗ", "Vũ Thế", "Đặng Ngọc", "Bùi Tường")
GIVEN = ("Ẩn", "Bưởi", "Chiểu", "Dũng", "Đượm", "Hằng", "Nguyệt", "Quyết", "Thuỷ", "Vỹ")
MATTERS = (
    "Khiếu nại việc bồi thường, hỗ trợ khi thu hồi đất mở rộng ngõ",
    "Phản ánh tiếng ồn của quán ăn mở quá 23 giờ",
    "Kiến nghị sửa đường điện trong khu tập thể cũ",
    "Tố cáo cán bộ nhận tiền khi làm thủ tục",
)
KINDS = ("complaint", "feedback", "petition", "denunciation")


@dataclass(frozen=True, slots=True)
class FakeRow:
    """A line of an invented reception log."""

    id: str
    number: int
    day: date
    name: str
    matter: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class FakePage:
    rows: tuple[FakeRow, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class FakeCount:
    value: int
    capped: bool


@dataclass(slots=True)
class FakeSource:
    """`length` rows, newest first; the query is a piece of text that the name must hold ("" = all)."""

    length: int
    calls: list[str] = field(default_factory=list)

    def row(self, number: int) -> FakeRow:
        """Row by its number in the book."""
        kind = number % 4
        secret = KINDS[kind] == "denunciation"
        return FakeRow(
            id=f"r{number}",
            number=number,
            day=date(2026, 11, 23) - timedelta(days=(self.length - number) // 40),
            name="" if secret else f"{FAMILIES[number % 8]} {GIVEN[number % 10]}",
            matter=MATTERS[kind],
            kind=KINDS[kind],
            state=("due", "overdue", "done", "closed")[number // 3 % 4],
        )

    def _numbers(self, query: str | None, below: int) -> range | list[int]:
        if not query:
            return range(below - 1, 0, -1)
        return [n for n in range(below - 1, 0, -1) if query.casefold() in self.row(n).name.casefold()]

    def page(self, query: str | None, *, before: int | None, size: int) -> FakePage:
        self.calls.append("page")
        numbers = self._numbers(query, self.length + 1 if before is None else before)
        taken = list(numbers[: size + 1])
        return FakePage(tuple(self.row(n) for n in taken[:size]), taken[size - 1] if len(taken) > size else None)

    def count(self, query: str | None, cap: int) -> FakeCount:
        self.calls.append("count")
        value = len(self._numbers(query, self.length + 1))
        return FakeCount(min(value, cap), value > cap)

    def anchors(self, query: str | None, every: int = 1000) -> Sequence[int]:
        self.calls.append("anchors")
        numbers = self._numbers(query, self.length + 1)
        return [numbers[at - 1] for at in range(every, len(numbers), every)]
