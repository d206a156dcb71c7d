"""Questions that PCs which worked apart leave to a person: two values of one field, a removal beside a change.

Nothing is blocked and nothing is lost: the record shows one value, both stand in the journal. A decision is an
operation that names all it decided between; the value that was not taken can be taken later, however old the decision.
Only the office that owns a record decides; its superior sees the questions and reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import UNSET

from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.people.person import IDENTITY_FIELDS
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.rights import may_write
from tcd_desktop.services.done import Done
from tcd_desktop.services.recycle.binned_words import BinnedWords, Called
from tcd_desktop.services.recycle.recycle_desk import RecycleDesk
from tcd_desktop.store.journal import journal, standing
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.store.journal.journal import Entry
from tcd_desktop.store.journal.lines import RECORDS, set_fields
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection, Store

MOST: Final = 500
"""Questions listed at once."""
AHEAD: Final = timedelta(hours=48)
"""A stamp so far ahead of the moment in which it came here is of a clock that is wrong."""
RESTORE: Final = "conflict.restore"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that stand side by side: `value` of `who` on `pc`, written at `at`.

    `hash` names the operation. `shown`: the record shows it now. `doubtful`: the PC's clock was wrong. `removal`: it
    put the record into the recycle bin; `changed` are the fields of a change that did not see that. `closed`: what
    somebody wrote openly of a person who denounced; it is shown to nobody and cannot be taken.
    """

    hash: str
    value: Any
    who: str
    pc: str
    at: datetime
    shown: bool = False
    doubtful: bool = False
    removal: bool = False
    changed: tuple[tuple[str, Any], ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Field `field` of a record of `office`; `called` is what the record is called. `own`: may be decided here.

    `decided`: the operation that decided already; its sides can still be taken.
    """

    id: str
    table: str
    record: str
    field: str
    office: str
    called: Called
    sides: tuple[Side, ...]
    own: bool
    decided: Side | None = None

    @property
    def about_removal(self) -> bool:
        """Whether somebody removed what another one changed."""
        return self.field == standing.REMOVED


class ConflictDesk:
    """The questions of all offices whose books are here; decisions on those of the own one."""

    def __init__(self, store: Store, recycle: RecycleDesk, *, office: Office, officer: Officer) -> None:
        self._store = store
        self._recycle = recycle
        self._office = office
        self._officer = officer

    # -- reading ------------------------------------------------------------------------------------

    def count(self) -> int:
        """How many questions are open in the books here."""
        with self._store.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM conflict").scalar_one())

    def open(self, *, most: int = MOST) -> list[Question]:
        """The open questions, those that came last first."""
        sql = f"SELECT tbl, record, field FROM conflict ORDER BY at DESC, id LIMIT {most}"
        return self._read(sql, ())

    def decided(self, *, most: int = MOST) -> list[Question]:
        """What was decided, the latest decision first."""
        sql = f"SELECT tbl, record, field, hash FROM decided ORDER BY at DESC, hash, field LIMIT {most}"
        return self._read(sql, ())

    def of_record(self, table: str, record: str) -> list[Question]:
        """The open questions of one record."""
        sql = "SELECT tbl, record, field FROM conflict WHERE tbl = ? AND record = ? ORDER BY field"
        return self._read(sql, (table, record))

    def _read(self, sql: str, values: tuple[str, ...]) -> list[Question]:
        with self._store.reading() as connection:
            rows = list(connection.exec_driver_sql(sql, values))
            reader = _Reader(connection)
            found = [reader.question(*row) for row in rows]
        words = BinnedWords(self._store)
        writes = may_write(self._officer.right)
        return [
            Question(
                id=f"{table}.{record.id}.{field}.{decided.hash if decided else ''}",
                table=table,
                record=record.id,
                field=field,
                office=record.office,
                called=words.of(record),
                sides=sides,
                own=writes and record.office == self._office.id,
                decided=decided,
            )
            for table, record, field, sides, decided in filter(None, found)
        ]

    # -- acts ---------------------------------------------------------------------------------------

    def take(self, table: str, identity: str, field: str, side: str) -> Done[Any]:
        """Decides for the value an operation gave, in an open question or long after it was decided.

        Raises Refused("unknown_record" | "other_office" | "no_such_value" | "value_closed").
        """
        record = self._own(table, identity)
        with self._store.reading() as connection:
            entries = journal.entries_of(connection, self._office.id, identity)
        given = next((entry for entry in entries if entry.hash.hex() == side), None)
        if given is None or field not in ROWS[table].names or not _touches(given, field):
            raise Refused("no_such_value")
        value = standing.value_of(table, given, field)
        if _is_closed(table, field, record, value):
            raise Refused("value_closed")
        return self._decide(record, table, field, value)

    def keep_removed(self, table: str, identity: str) -> Done[Any]:
        """A removed record stays removed, the change beside it known. Raises what `take` raises, "not_removed"."""
        record = self._own(table, identity)
        if not record.removed:
            raise Refused("not_removed")
        return self._decide(record, table, standing.REMOVED, record.removed)

    def bring_back(self, table: str, identity: str) -> Done[Any]:
        """A removed record comes back with the change that did not see its removal, and with what went with it.

        Raises what `RecycleDesk.restore` raises.
        """
        record = self._own(table, identity)
        try:
            return self._recycle.restore(table, identity)
        except Refused as refused:
            if refused.code not in ("removed_elsewhere", "not_removed"):
                raise
        return self._decide(record, table, standing.REMOVED, "")

    def _decide(self, record: Any, table: str, field: str, value: Any) -> Done[Any]:
        with self._store.reading() as connection:
            sql = "SELECT 1 FROM conflict WHERE tbl = ? AND record = ? AND field = ?"
            is_open = connection.exec_driver_sql(sql, (table, record.id, field)).first() is not None
        act = journal.DECISION if is_open else RESTORE
        if not is_open and getattr(record, field) == value:
            raise Refused("value_shown")
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            after = unit.decide(record, **{field: value})
            return Done(act, after, unit.commit(), unit.entry)

    def _own(self, table: str, identity: str) -> Any:
        record: Any = self._store.find(RECORDS[table], identity) if table in RECORDS else None
        if record is None:
            raise Refused("unknown_record")
        if record.office != self._office.id:
            raise Refused("other_office")
        return record


def _touches(entry: Entry, field: str) -> bool:
    return entry.op.kind == "put" or getattr(entry.op.after, field, UNSET) is not UNSET


def _is_closed(table: str, field: str, record: Any, value: Any) -> bool:
    """Whether a value says who denounced."""
    return table in standing.SEALED_TABLES and field in IDENTITY_FIELDS and bool(record.is_secret) and bool(value)


class _Reader:
    """Reads the sides of questions; officers and PCs are looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._who = {one: name for one, name in connection.exec_driver_sql("SELECT id, name FROM officer")}
        self._own_device = journal.own_chain(connection).device
        self._series = {
            device: series for device, series in connection.exec_driver_sql("SELECT id, series FROM device")
        }

    def question(self, table: str, identity: str, field: str, decision: str = "") -> Any:
        record = ROWS[table].one(self._connection, "id = ?", (identity,))
        if record is None:
            return None
        entries = journal.entries_of(self._connection, record.office, identity)
        if decision:
            found = [one for one in standing.decisions(entries, table, field) if one[0].hash.hex() == decision]
            if not found:
                return None
            by, heads = found[0]
            sides = self._sides(table, record, field, heads, None)
            return table, record, field, sides, self._side(table, record, field, by, None)
        question = standing.question_of(entries, table, field)
        if not question.heads:
            return None
        winner = journal.shown_head(list(question.heads))
        late = {entry.hash for entry in question.late}
        sides = self._sides(table, record, field, question.sides, winner, late)
        return table, record, field, sides, None

    def _sides(
        self, table: str, record: Any, field: str, heads: Iterable[Entry], winner: Entry | None, late: Any = ()
    ) -> tuple[Side, ...]:
        ordered = sorted(heads, key=lambda entry: (entry.op.at, entry.hash))
        return tuple(self._side(table, record, field, entry, winner, entry.hash in late) for entry in ordered)

    def _side(
        self, table: str, record: Any, field: str, entry: Entry, winner: Entry | None, late: bool = False
    ) -> Side:
        op = entry.op
        late = late or not _touches(entry, field)
        value = None if late else standing.value_of(table, entry, field)
        closed = not late and _is_closed(table, field, record, value)
        given = set_fields(op.after) if late else {}
        secret = table in standing.SEALED_TABLES and record.is_secret
        changed = tuple(
            (name, None if secret and name in (*IDENTITY_FIELDS, "sealed") else it) for name, it in given.items()
        )
        return Side(
            hash=entry.hash.hex(),
            value=None if closed or isinstance(value, bytes) else value,
            who=self._who.get(op.officer, ""),
            pc=self._pc(entry),
            at=stamp_time(op.at),
            shown=winner is not None and entry.hash == winner.hash and not closed,
            doubtful=self._is_doubtful(entry),
            removal=field == standing.REMOVED and bool(value),
            changed=changed,
            closed=closed,
        )

    def _pc(self, entry: Entry) -> str:
        """ "" for this PC; the letter of its series when it is known, else the beginning of its id."""
        if entry.device == self._own_device:
            return ""
        return self._series.get(entry.device, "") or entry.device[:6]

    def _is_doubtful(self, entry: Entry) -> bool:
        """Far ahead of the moment in which it came here, as the ledger says."""
        sql = (
            "SELECT min(b.at) FROM bundle b JOIN chain c ON c.device = b.device AND c.epoch = b.epoch "
            "WHERE c.id = ? AND b.direction = 'in' AND b.outcome = 'applied' AND ? BETWEEN b.first AND b.last"
        )
        came = self._connection.exec_driver_sql(sql, (entry.chain, entry.seq)).scalar()
        if came is None:
            return False
        return stamp_time(entry.op.at) > datetime.fromisoformat(came).astimezone() + AHEAD
