"""The tables of TT 06/2025/TT-TTCP as dated data (`resources/law/circular-06-2025/*.toml`).

Headings, order of columns, arithmetic and counting rules are the circular's own words, so they are Vietnamese.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from tcd_desktop.paths import shipped

FOLDER: Final = "circular-06-2025"
MONEY_SCALE: Final = 1_000_000
"""Money is counted in đồng and printed in triệu đồng (Trđ)."""

UNIT_WORDS: Final[Mapping[str, str]] = {
    "visits": "lượt",
    "people": "người",
    "matters": "vụ việc",
    "crowds": "đoàn",
    "days": "ngày",
    "petitions": "đơn",
    "decisions": "quyết định",
    "conclusions": "kết luận",
    "money": "triệu đồng",
    "land": "m2",
    "organisations": "tổ chức",
    "offices": "đơn vị",
    "cases": "vụ",
    "documents": "văn bản",
    "classes": "lớp",
    "rounds": "cuộc",
}
"""What a column counts -> the word of the circular."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `path`: the headings above it, outermost first; `formula`: what the row MS prints ("" = its number).

    `adds`: the figures of adjacent periods add up to that of both; the others count what is carried over, or a matter
    once for the whole period. `manual`: no book holds it, a person types it. `opening`: an opening balance may be
    carried into it. `sum`: it is computed from these columns. `scale` divides the figure when it is printed.
    """

    number: int
    path: tuple[str, ...]
    unit: str
    formula: str = ""
    adds: bool = False
    manual: bool = False
    opening: bool = False
    sum: tuple[int, ...] = ()

    @property
    def heading(self) -> str:
        """The lowest heading."""
        return self.path[-1]

    @property
    def unit_word(self) -> str:
        """What is counted, in Vietnamese: "vụ việc", "triệu đồng"."""
        return UNIT_WORDS[self.unit]

    @property
    def scale(self) -> int:
        """By what a figure is divided when it is printed: money stands in đồng."""
        return MONEY_SCALE if self.unit == "money" else 1

    @property
    def mark(self) -> str:
        """What the row MS prints above it: the formula, or its number."""
        return self.formula or str(self.number)


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """A heading with its place in the head of the table: row and column from 0, over so many rows and columns.

    Column 0 of the head is "Đơn vị"; column n of the table stands in column n.
    """

    text: str
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Term:
    """A column of this table (`table` "") or of another one."""

    table: str
    column: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Arithmetic between columns: one term, "=", "<=" or ">=", the sum of some terms. `text` is how it is written."""

    text: str
    left: Term
    sign: str
    right: tuple[Term, ...]

    def holds(self, left: int, right: int) -> bool:
        """Whether two numbers keep it."""
        if self.sign == "=":
            return left == right
        return left <= right if self.sign == "<=" else left >= right


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `note_line` is the number of the line for notes, `guide` the counting rules verbatim."""

    code: str
    title: str
    instrument: str
    effective_from: date
    note_line: int
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    guide: tuple[str, ...]

    def column(self, number: int) -> Column:
        """The column of a number (from 1)."""
        return self.columns[number - 1]

    @property
    def depth(self) -> int:
        """How many rows of headings there are above the row MS."""
        return max(len(column.path) for column in self.columns)

    def heading(self) -> tuple[HeadingCell, ...]:
        """The head of the table, "Đơn vị" first, then row by row from the left; merged as in the circular."""
        cells = [HeadingCell(UNIT_HEADING, 0, 0, self.depth, 1)]
        for row in range(self.depth):
            cells += self._heading_row(row)
        return tuple(cells)

    def _heading_row(self, row: int) -> list[HeadingCell]:
        cells: list[HeadingCell] = []
        last: tuple[str, ...] = ()
        for column in self.columns:
            if len(column.path) <= row:
                last = ()
                continue
            above = column.path[: row + 1]
            if above == last and len(column.path) > row + 1:
                joined = cells[-1]
                cells[-1] = HeadingCell(joined.text, row, joined.column, joined.rows, joined.columns + 1)
                continue
            lowest = len(column.path) == row + 1
            cells.append(HeadingCell(column.path[row], row, column.number, self.depth - row if lowest else 1, 1))
            last = () if lowest else above
        return cells


UNIT_HEADING: Final = "Đơn vị"
MARK_HEADING: Final = "MS"
TOTAL_HEADING: Final = "Tổng"
CODES: Final = ("01/TCD", "02/XLD", "03/GQKN", "04/GQTC", "05/KQTH", "06/QLKNTC")
"""The tables in the order of the report."""

_TERM: Final = re.compile(r"(?:(\d\d/[A-Z]+)\.)?(\d+)")
_RULE: Final = re.compile(r"([^<>=]+)(<=|>=|=)([^<>=]+)")


@cache
def tables() -> tuple[Table, ...]:
    """The six tables, in the order of the report."""
    return tuple(_table(code) for code in CODES)


def table(code: str) -> Table:
    """The table of a code ("02/XLD"). Raises KeyError when there is none."""
    for one in tables():
        if one.code == code:
            return one
    raise KeyError(code)


def with_sums(one: Table, values: Sequence[int]) -> tuple[int, ...]:
    """The figures with the columns that are sums of others computed anew."""
    made = list(values)
    for column in one.columns:
        if column.sum:
            made[column.number - 1] = sum(made[number - 1] for number in column.sum)
    return tuple(made)


def _table(code: str) -> Table:
    with shipped("resources", "law", FOLDER, code.lower().replace("/", "-") + ".toml").open("rb") as file:
        data = tomllib.load(file)
    return Table(
        code=data["code"],
        title=data["title"],
        instrument=data["instrument"],
        effective_from=data["effective_from"],
        note_line=data["note_line"],
        columns=tuple(_column(one) for one in data["column"]),
        rules=tuple(_rule(text) for text in data["rules"]),
        guide=tuple(data["guide"]),
    )


def _column(data: dict[str, Any]) -> Column:
    return Column(**{**data, "path": tuple(data["path"]), "sum": tuple(data.get("sum", ()))})


def _rule(text: str) -> Rule:
    parts = _RULE.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    left, sign, right = parts.groups()
    return Rule(text, _term(left), sign, tuple(_term(one) for one in right.split("+")))


def _term(text: str) -> Term:
    parts = _TERM.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    return Term(parts[1] or "", int(parts[2]))
