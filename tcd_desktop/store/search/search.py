"""Full-text indexes of visits and cases: filled by the program, in bulk, one INSERT..SELECT for all that was touched.

Each kind of record has two contentless FTS5 tables (`detail=column`: which column a word stands in, not where). The
first holds folded words and answers nearly everything; the second holds the words as they are written and only tells
an exact spelling from others. Their row numbers are those of the log (`reception.rid`)
and of `case_key.n`, so "newest first" is the index's own order. Sealed identities are never in them: the columns they
would come from are empty. The text of papers is left out wherever a denunciation is near (see `OPEN_PAPER`): a signed
letter names its writer, and finding it by that name would tell who wrote it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

_OPTIONS = "content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0'"
HASH_SIZE = "INSERT INTO {table} ({table}, rank) VALUES ('hashsize', 16777216)"
"""FTS5 gathers 16 MiB of words before it writes a piece of index: a bulk load is half again as fast."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index pair. `number` is the row number's column.

    `first` are the columns that count before the others, `people` those of names.
    """

    main: str
    exact: str
    columns: tuple[str, ...]
    first: tuple[str, ...]
    people: tuple[str, ...]
    source: str
    number: str
    main_select: str
    exact_select: str
    kept: str

    @property
    def ddl(self) -> tuple[str, ...]:
        """The statements that make both tables."""
        columns = ", ".join(self.columns)
        return (
            f"CREATE VIRTUAL TABLE {self.main} USING fts5({columns}, {_OPTIONS}, detail=column, prefix='2 3')",
            f"CREATE VIRTUAL TABLE {self.exact} USING fts5(names, words, {_OPTIONS}, detail=column)",
            HASH_SIZE.format(table=self.main),
            HASH_SIZE.format(table=self.exact),
        )

    def fill(self, connection: Connection, where: str = "1") -> None:
        """Indexes the records that fit and are not in the recycle bin, in ascending order as FTS5 wants them."""
        tail = f"FROM {self.source} WHERE {self.kept} AND {where} ORDER BY {self.number}"
        columns = ", ".join(self.columns)
        connection.exec_driver_sql(
            f"INSERT INTO {self.main} (rowid, {columns}) SELECT {self.number}, {self.main_select} {tail}"
        )
        connection.exec_driver_sql(
            f"INSERT INTO {self.exact} (rowid, names, words) SELECT {self.number}, {self.exact_select} {tail}"
        )

    def forget(self, connection: Connection, numbers: str) -> None:
        """Takes entries out; `numbers` is a query of row numbers."""
        for table in (self.main, self.exact):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid IN ({numbers})")


OPEN_PAPER = """NOT EXISTS (SELECT 1 FROM reception d WHERE d.id = a.reception AND d.classification = 'denunciation')
AND NOT EXISTS (SELECT 1 FROM reception d WHERE d."case" = a."case" AND d.classification = 'denunciation')
AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.id = a."case" AND c.classification = 'denunciation')"""
"""Of an attachment `a`: no denunciation is near it, neither its visit nor its case nor another visit of the case."""

_PAPERS = f"""CASE WHEN r.classification = 'denunciation' OR NOT EXISTS (SELECT 1 FROM attachment_text) THEN '' ELSE
coalesce((SELECT group_concat(t.words, ' ') FROM attachment a JOIN attachment_text t ON t.sha256 = a.sha256
WHERE a.office = r.office AND a.removed = '' AND (a.reception = r.id OR a."case" = r."case")
AND {OPEN_PAPER}), '') END"""
"""The words of the papers of a visit and of its case; none when a denunciation is among them."""

RECEPTIONS = Index(
    main="reception_search",
    exact="reception_exact",
    columns=("name", "place", "content", "papers", "keys", "others"),
    first=("name", "place", "content", "papers", "keys"),
    people=("name", "keys"),
    source="reception r",
    number="r.rid",
    main_select=(
        "folded_names(r.name, r.represented, r.members), fold(r.address || ' ' || r.represented_address), "
        f"fold(r.content || ' ' || r.request), {_PAPERS}, "
        "search_keys(r.name, r.id_number, r.phone, r.number, r.year, r.series, r.members), "
        "fold(r.receiver_name || ' ' || r.settled_by || ' ' || r.guided_to || ' ' || r.forwarded_to)"
    ),
    exact_select=("written_names(r.name, r.represented, r.members), r.address || ' ' || r.content || ' ' || r.request"),
    kept="r.removed = ''",
)

_PEOPLE = """coalesce((SELECT group_concat(written_names(p.name, p.represented, p.members), ' ') FROM reception p
WHERE p."case" = c.id AND p.removed = '' AND c.classification <> 'denunciation'), '')"""
"""The people of a case's visits; nobody's in a denunciation, whoever came for it."""

CASES = Index(
    main="case_search",
    exact="case_exact",
    columns=("title", "people", "keys", "others"),
    first=("title", "people", "keys"),
    people=("people", "keys"),
    source="case_key k CROSS JOIN case_file c ON c.id = k.id AND c.office = k.office",
    number="k.n",
    main_select=f"fold(c.title), fold({_PEOPLE}), book_keys(c.number, c.year, c.series), fold(c.handler)",
    exact_select=f"{_PEOPLE}, c.title",
    kept="c.removed = ''",
)
INDEXES = (RECEPTIONS, CASES)

INDEXED_FIELDS = frozenset(
    {
        *("name", "represented", "members", "address", "represented_address", "content", "request"),
        *("id_number", "phone", "number", "date", "time", "removed", "classification", "case"),
        *("receiver_name", "settled_by", "guided_to", "forwarded_to"),
    }
)
"""A change of one of these makes the visit's index entry stale (and moves its row when day or time changed)."""

PIECE = 50_000
"""So many new visits are indexed at once: a large import need not remember all it brought."""

_CASE_FIELDS = frozenset({"name", "represented", "members", "case", "removed"})
"""What a case is found by of its visits."""


class Touched:
    """The records an act or an import touched, brought into the indexes together at its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._fresh: set[int] = set()
        self._stale: set[int] = set()
        self._cases: set[str] = set()

    def new_visit(self, rid: int, case: str | None) -> None:
        """A visit that was not indexed before."""
        self._fresh.add(rid)
        if case:
            self._cases.add(case)
        if len(self._fresh) >= PIECE:
            self._index_fresh()

    def _index_fresh(self) -> None:
        index_rows(self._connection, self._fresh - self._stale, fresh=True)
        self._fresh.clear()

    def visit(self, before: int, after: int, fields: Collection[str]) -> None:
        """A visit some of whose fields changed; its row number before and after."""
        self._stale |= {before, after}
        if not _CASE_FIELDS.isdisjoint(fields):
            self._cases.update(self._one(f'SELECT "case" FROM reception WHERE rid = {after} AND "case" IS NOT NULL'))
        if "classification" in fields or "case" in fields:
            self._stale.update(
                self._one(
                    f'SELECT o.rid FROM reception r JOIN reception o ON o."case" = r."case" WHERE r.rid = {after}'
                )
            )

    def record(self, table: str, identity: str) -> None:
        """A new or changed record of another table: a case, or a paper whose visits are found by its words."""
        if table == "case_file":
            self._cases.add(identity)
        elif table == "attachment":
            self._stale |= visits_with_papers(self._connection, "a.id = ?", (identity,))

    def _one(self, sql: str) -> list[Any]:
        return [row[0] for row in self._connection.exec_driver_sql(sql)]

    def finish(self) -> None:
        """Indexes what was touched."""
        self._index_fresh()
        index_rows(self._connection, self._stale)
        index_cases(self._connection, self._cases)


def visits_with_papers(connection: Connection, where: str, values: tuple[object, ...]) -> set[int]:
    """Row numbers of the visits that have some papers (alias `a`), themselves or through their case."""
    sql = (
        f"SELECT r.rid FROM attachment a JOIN reception r ON r.id = a.reception WHERE {where} UNION "
        f'SELECT r.rid FROM attachment a JOIN reception r ON r."case" = a."case" WHERE {where}'
    )
    return {row[0] for row in connection.exec_driver_sql(sql, (*values, *values))}


def index_rows(connection: Connection, rows: Iterable[int], *, fresh: bool = False) -> None:
    """(Re)indexes some visits by row number. `fresh` ones were not indexed before."""
    if not _remember(connection, "touched", [(rid,) for rid in rows]):
        return
    if not fresh:
        RECEPTIONS.forget(connection, "SELECT one FROM touched")
    RECEPTIONS.fill(connection, "r.rid IN (SELECT one FROM touched)")


def index_cases(connection: Connection, cases: Iterable[str]) -> None:
    """(Re)indexes some cases by id, whether they are known already or have not come yet."""
    if not _remember(connection, "touched_case", [(one,) for one in cases]):
        return
    chosen = "IN (SELECT one FROM touched_case)"
    CASES.forget(connection, f"SELECT n FROM case_key WHERE id {chosen}")
    connection.exec_driver_sql(f"DELETE FROM case_key WHERE id {chosen}")
    connection.exec_driver_sql(f"{_CASE_KEYS} WHERE id {chosen}")
    CASES.fill(connection, f"k.id {chosen}")


_CASE_KEYS = (
    "INSERT OR IGNORE INTO case_key (n, office, id) SELECT case_order(opened_on, id), office, id FROM case_file"
)


def _remember(connection: Connection, table: str, values: list[tuple[object]]) -> bool:
    """Keeps row numbers or ids in a table of this connection; False when there are none."""
    if not values:
        return False
    connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {table} (one PRIMARY KEY) WITHOUT ROWID")
    connection.exec_driver_sql(f"DELETE FROM {table}")
    connection.exec_driver_sql(f"INSERT OR IGNORE INTO {table} VALUES (?)", values)
    return True


def rebuild(connection: Connection) -> None:
    """Makes the indexes anew, from empty tables: FTS5's own 'delete-all' left other connections a corrupt one."""
    connection.exec_driver_sql("DELETE FROM case_key")
    connection.exec_driver_sql(_CASE_KEYS)
    for index in INDEXES:
        for table in (index.main, index.exact):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
        for statement in index.ddl:
            connection.exec_driver_sql(statement)
        index.fill(connection)


def stale_rows(connection: Connection) -> int:
    """How many records lack an index entry plus how many entries lack a record."""
    keyless = "SELECT count(*) FROM case_file WHERE id NOT IN (SELECT id FROM case_key)"
    lost = int(connection.exec_driver_sql(keyless).scalar_one())
    return lost + sum(_stale(connection, index, table) for index in INDEXES for table in (index.main, index.exact))


def _stale(connection: Connection, index: Index, table: str) -> int:
    kept = f"SELECT {index.number} AS one FROM {index.source} WHERE {index.kept}"
    sql = (
        f"SELECT (SELECT count(*) FROM ({kept}) WHERE one NOT IN (SELECT rowid FROM {table})) "
        f"+ (SELECT count(*) FROM {table} WHERE rowid NOT IN ({kept}))"
    )
    return int(connection.exec_driver_sql(sql).scalar_one())
