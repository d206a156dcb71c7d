"""How the books are asked for a table: rows of records, and what each row adds to which column.

A `RowSet` is one SELECT and, for columns, an expression over its rows. The same set answers both questions: its sums
are the figures, its rows the records behind them, so a figure and its list cannot tell different things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, text

from tcd_desktop.domain.reports.report_counting import DEFAULT_COUNTING, CountingChoices
from tcd_desktop.store.schema.rows import row_order

Cursor = tuple[int, int | str]
"""(row set, order in it) of the last record shown."""

_ALL: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Asked:
    """For which days (both included), offices and choices a table is asked.

    `kept`: its petitions lie ready on the connection (`petitions.kept_petitions`), for several tables.
    """

    first: date
    last: date
    units: tuple[str, ...]
    counting: CountingChoices = DEFAULT_COUNTING
    kept: bool = False

    def values(self) -> dict[str, Any]:
        """What every statement may name: first, last, low and high row numbers of visits, units."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "low": row_order(self.first, None, ""),
            "high": row_order(self.last + timedelta(days=1), None, ""),
            "units": msgspec.json.encode(self.units).decode("utf-8"),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A record behind a figure and how much it adds to it: 1, people, đồng, m2.

    `table` and `id` name the record ("opening_balance": a figure carried over). `title` is empty for a denunciation
    (`secret`), `day` the one that put it into the period.
    """

    table: str
    id: str
    office: str
    day: date
    amount: int = 1
    number: str = ""
    title: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Omitted:
    """A record that a table leaves out, or puts where nobody said, and why.

    Codes of `reason`: see `store.figures.circular_figures.REASONS`. `detail` is what a person wrote, if anything.
    """

    member: Member
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RowSet:
    """`source`: a SELECT of office, tbl, id, day, seq and facts; `adds`: column -> expression over them, an integer.

    `seq` is unique in the set and puts its rows in order. `values` are bound beside those of `Asked`.
    """

    source: str
    adds: Mapping[int, str]
    values: Mapping[str, Any] = field(default_factory=dict)


OFFICES: Final = "office IN (SELECT value FROM json_each(:units))"


def add_sums(connection: Connection, rows: RowSet, asked: Asked, found: dict[str, list[int]], width: int) -> None:
    """Adds the sums of a row set to the figures of each office."""
    sums = ", ".join(f"coalesce(sum({expression}), 0)" for expression in rows.adds.values())
    sql = f"SELECT office, {sums} FROM ({rows.source}) WHERE {OFFICES} GROUP BY office"
    for office, *values in connection.execute(text(sql), {**asked.values(), **rows.values}):
        figures = found.setdefault(office, [0] * width)
        for column, value in zip(rows.adds, values, strict=True):
            figures[column - 1] += int(value)


def members_of(
    connection: Connection,
    sets: Sequence[RowSet],
    columns: Iterable[int],
    asked: Asked,
    *,
    after: Cursor | None,
    limit: int | None,
) -> tuple[list[Member], Cursor | None]:
    """The rows that add to some columns together, set after set, and the cursor after them (None = the end)."""
    wanted = tuple(columns)
    start, seq = after if after is not None else (0, None)
    found: list[Member] = []
    places: list[Cursor] = []
    for number in range(start, len(sets)):
        rows = sets[number]
        parts = [f"({rows.adds[column]})" for column in wanted if column in rows.adds]
        if parts:
            left = _ALL if limit is None else limit + 1 - len(found)
            for row in connection.execute(*_page(rows, " + ".join(parts), asked, seq, left)):
                found.append(_member(row))
                places.append((number, row[5]))
        seq = None
        if limit is not None and len(found) > limit:
            return found[:limit], places[limit - 1]
    return found, None


def _page(rows: RowSet, amount: str, asked: Asked, seq: int | str | None, limit: int) -> tuple[Any, dict[str, Any]]:
    values = {**asked.values(), **rows.values, "most": limit}
    condition = f"{OFFICES} AND ({amount}) <> 0"
    if seq is not None:
        condition += " AND seq > :seq"
        values["seq"] = seq
    sql = f"SELECT tbl, id, office, day, {amount}, seq FROM ({rows.source}) WHERE {condition} ORDER BY seq LIMIT :most"
    return text(sql), values


def _member(row: Any) -> Member:
    return Member(table=row[0], id=row[1], office=row[2], day=date.fromisoformat(row[3]), amount=int(row[4]))
