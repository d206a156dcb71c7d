"""What pages of any list have in common: keyset pages, counts that stop at a cap, stretches of answers to a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from tcd_desktop.store.search.search import Index
from tcd_desktop.store.search.search_query import Asked, Kind, Stretch

T = TypeVar("T")
CAP = 1000

Cursor = tuple[int, int]
"""(stretch, row number) of the last row shown. A list that is not searched has one stretch, 0."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many; `capped` means "more than `value`"."""

    value: int
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows and the cursor after the last of them (None = the end)."""

    rows: tuple[T, ...]
    next: Any | None


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of a list in SQL: from where, on which conditions, in which (descending) order of row numbers."""

    tables: str
    order: str
    conditions: tuple[str, ...] = ()
    values: tuple[Any, ...] = field(default=())
    kind: Kind = ""

    def where(self) -> str:
        """The conditions as a clause."""
        return " AND ".join(self.conditions) or "1"

    def select(
        self, columns: str, *, before: int | None = None, limit: int | None = None
    ) -> tuple[str, tuple[Any, ...]]:
        """The statement for some columns of the rows after a row number, and its values."""
        sql = f"SELECT {columns} FROM {self.tables} WHERE {self.where()}"
        values = self.values
        if before is not None:
            sql += f" AND {self.order} < ?"
            values = (*values, before)
        sql += f" ORDER BY {self.order} DESC"
        return (f"{sql} LIMIT {limit}" if limit is not None else sql), values


def search_source(index: Index, stretches: Sequence[Stretch], at: int, tables: str = "") -> Source:
    """The stretch number `at` of a search without the rows of those before it; `tables` are joined to `s`."""
    stretch = stretches[at]
    name = index.exact if stretch.exact else index.main
    conditions, values = [], list[Any]()
    match = stretch.match
    for number, earlier in enumerate(stretches[:at]):
        if earlier.exact == stretch.exact and earlier.also in ("", stretch.also):
            match = f"({match}) NOT ({earlier.match})"
        elif number + 1 < at and earlier.exact and stretches[number + 1].exact:
            continue  # the wider exact stretch after it holds its rows too
        else:
            # comes to be asked only when the earlier rows are all shown, so they are few
            numbers, given = _numbers(index, earlier)
            conditions.append(f"s.rowid NOT IN ({numbers})")
            values += given
    if stretch.also:
        conditions.append(f"s.rowid IN (SELECT rowid FROM {index.main} WHERE {index.main} MATCH ?)")
        values.append(stretch.also)
    return Source(
        tables=f"{name} s {tables}".rstrip(),
        order="s.rowid",
        conditions=(f"s.{name} MATCH ?", *conditions),
        values=(match, *values),
        kind=stretch.kind,
    )


def _numbers(index: Index, stretch: Stretch) -> tuple[str, list[str]]:
    name = index.exact if stretch.exact else index.main
    sql, values = f"SELECT rowid FROM {name} WHERE {name} MATCH ?", [stretch.match]
    if stretch.also:
        sql += f" AND rowid IN (SELECT rowid FROM {index.main} WHERE {index.main} MATCH ?)"
        values.append(stretch.also)
    return sql, values


def read_page(
    connection: Connection, sources: Sequence[Source], columns: str, *, before: Cursor | None, size: int
) -> tuple[list[tuple[Any, Kind]], Cursor | None]:
    """(row, kind of its stretch) of `size` rows after a cursor, and the cursor after them. A row's last column is
    its row number."""
    at, after = before if before is not None else (0, None)
    found: list[tuple[Any, Kind]] = []
    places: list[Cursor] = []
    for number in range(at, len(sources)):
        source = sources[number]
        sql, values = source.select(columns, before=after, limit=size + 1 - len(found))
        after = None
        for row in connection.exec_driver_sql(sql, values):
            found.append((row, source.kind))
            places.append((number, row[-1]))
        if len(found) > size:
            return found[:size], places[size - 1]
    return found, None


def read_count(connection: Connection, source: Source, cap: int) -> Count:
    """How many rows a stretch has, at most the cap."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {source.tables} WHERE {source.where()} LIMIT {cap + 1})"
    found = int(connection.exec_driver_sql(sql, source.values).scalar_one())
    return Count(min(found, cap), found > cap)


def read_numbers(connection: Connection, sources: Sequence[Source]) -> Iterator[Cursor]:
    """The cursor of every row, in the order of the list."""
    for number, source in enumerate(sources):
        sql, values = source.select(source.order)
        for row in connection.exec_driver_sql(sql, values):
            yield number, row[0]


def read_anchors(connection: Connection, sources: Sequence[Source], near: Source | None, *, every: int) -> list[Cursor]:
    """The cursor of every `every`-th row; of the stretch `near`, which comes after the others, when they have none."""
    rows = read_numbers(connection, sources)
    first = next(rows, None)
    if first is not None:
        rows = chain([first], rows)
    elif near is not None:
        rows = ((len(sources), order) for _, order in read_numbers(connection, [near]))
    return list(islice(rows, every - 1, None, every))


def whole_source(index: Index, question: Asked, tables: str = "") -> Source:
    """All rows of a search together, for counting them."""
    return search_source(index, (Stretch("", question.all),), 0, tables)
