"""Lines of a table of days off (bảng ngày nghỉ, ngày làm bù) that comes from a file, before they are taken over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from tcd_desktop.domain.language.text import clean_line, fold
from tcd_desktop.domain.old_book.old_book_cells import read_day
from tcd_desktop.domain.old_book.old_book_sheet import Sheet

Verdict = Literal["new", "known", "twice", "no_reason", "no_kind"]
"""What becomes of a line: taken; stands in the table already; a second time in the file; without reason or kind."""

_WORKING: Final = ("lam bu", "ngay lam", "lam viec", "working", "make-up")
_OFF: Final = ("nghi", "off", "holiday", "le", "tet")


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the file. `row` is its place as the file counts, `working` None when its kind is not told."""

    row: int
    day: date
    working: bool | None
    reason: str
    decision: str = ""
    verdict: Verdict = "new"

    @property
    def taken(self) -> bool:
        """Whether it becomes a line of the office."""
        return self.verdict == "new"


def lines_of_sheet(sheet: Sheet) -> list[DayLine]:
    """Day, kind, reason, decision: the columns in this order. Rows without a day (titles, headings) are left out."""
    found = []
    for number in range(len(sheet.rows)):
        texts = [clean_line(sheet.cell(number, column).text) for column in range(4)]
        day = sheet.cell(number, 0).day or read_day(sheet.cell(number, 0), None).day
        if day is not None:
            found.append(DayLine(number + 1, day, kind_of(texts[1]), texts[2], texts[3]))
    return found


def lines_of_data(data: Mapping[str, Any]) -> list[DayLine]:
    """Of a TOML file with [[day]] tables: day, working, reason, decision."""
    found = []
    for number, line in enumerate(data.get("day", ()), start=1):
        day, working = line.get("day"), line.get("working", False)
        if isinstance(day, date) and isinstance(working, bool):
            reason, decision = (clean_line(str(line.get(name, ""))) for name in ("reason", "decision"))
            found.append(DayLine(number, day, working, reason, decision))
    return found


def kind_of(text: str) -> bool | None:
    """True for a make-up working day, False for a day off; nothing written is a day off, other words are not known."""
    folded = fold(text)
    if any(word in folded for word in _WORKING):
        return True
    return False if not folded or any(word in folded for word in _OFF) else None


def judged(lines: Iterable[DayLine], known: Iterable[date]) -> list[DayLine]:
    """The lines by day, each with what becomes of it. `known` are the days of the office's table."""
    seen, taken = set(known), set[date]()
    found = []
    for line in sorted(lines, key=lambda one: (one.day, one.row)):
        verdict: Verdict = "new"
        if line.day in taken:
            verdict = "twice"
        elif line.day in seen:
            verdict = "known"
        elif line.working is None:
            verdict = "no_kind"
        elif not line.reason:
            verdict = "no_reason"
        if verdict == "new":
            taken.add(line.day)
        found.append(DayLine(line.row, line.day, line.working, line.reason, line.decision, verdict))
    return found
