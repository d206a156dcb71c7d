"""Whether one operation of another office can be taken into the books: a value nobody can mean, a record of others.

What is not fit is kept aside whole and blocks nothing else. An operation that no program of ours would write is
another matter: it refuses the bundle (see `merge`).
"""

from __future__ import annotations

import typing
from datetime import date, datetime
from typing import Any, Final

from msgspec import UNSET, Struct
from sqlalchemy import Connection

from tcd_desktop.store.journal import erasing
from tcd_desktop.store.journal.lines import FIELDS, RECORDS, Op, table_of
from tcd_desktop.store.schema.rows import ROWS

RANGE: Final = "E_RANGE"
OWNER: Final = "E_OWNER"
REFERENCE: Final = "E_REFERENCE"

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2149, 6, 5)
"""Days a book can hold: a visit's row number has 16 bits for its day (see `rows.row_order`)."""
MOST = 2**31 - 1
"""The greatest whole number of any field; amounts of money fit in."""
COUNTED: Final = frozenset({"number", "year", "people", "pages", "copies", "print_no", "nth", "first", "last", "epoch"})
"""Fields that cannot be below zero."""


def _kinds(table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(names of the fields that hold days, of those that hold whole numbers) of a table."""
    hints = typing.get_type_hints(RECORDS[table])
    days, numbers = [], []
    for name in FIELDS[table].__struct_fields__:
        kinds = set(typing.get_args(hints[name])) or {hints[name]}
        if kinds & {date, datetime}:
            days.append(name)
        elif int in kinds:
            numbers.append(name)
    return tuple(days), tuple(numbers)


_KINDS: Final = {table: _kinds(table) for table in RECORDS}

_TOLD_OF: Final = {"directive_progress": ("directive", "directive"), "finding_reply": ("finding", "finding")}
"""Table -> (its field, the table named by it): what an office tells of a record its superior addressed to it."""


def unfit(connection: Connection, office: str, op: Op, *, from_above: bool = False) -> str:
    """The code for which an operation of an office is kept aside; "" when it is fit. `from_above`: of the superior."""
    table = table_of(op)
    if not in_range(table, op.after):
        return RANGE
    if table == "erasure" and op.kind == "put":
        return _erasure_unfit(connection, office, op.after, op.record, from_above)
    told = _TOLD_OF.get(table)
    return _addressed(connection, office, told[1], getattr(op.after, told[0])) if told else ""


def _erasure_unfit(connection: Connection, office: str, fields: Struct, record: str, from_above: bool) -> str:
    """An office erases what is its own, its superior also what is of the office below."""
    row = ROWS["erasure"].row(office, record, fields)
    if row is None or not erasing.makes_sense(fields):
        return "E_SCHEMA"
    unit = getattr(fields, "unit")  # noqa: B009
    own = connection.exec_driver_sql("SELECT office FROM chain WHERE own = 1 LIMIT 1").scalar()
    if ROWS[fields.kind].known_elsewhere(connection, unit, [fields.record]):  # type: ignore[attr-defined]
        return OWNER
    return "" if unit == office or (from_above and unit == own) else OWNER


def in_range(table: str, fields: Struct) -> bool:
    """Whether every day and every number of some fields is one that people mean."""
    days, numbers = _KINDS[table]
    for name in days:
        value = getattr(fields, name)
        if value is not UNSET and value is not None and not _day_fits(value):
            return False
    for name in numbers:
        value = getattr(fields, name)
        if value is not UNSET and value is not None and not (0 if name in COUNTED else -MOST) <= value <= MOST:
            return False
    return True


def _day_fits(value: date | datetime) -> bool:
    day = value.date() if isinstance(value, datetime) else value
    return FIRST_DAY <= day <= LAST_DAY


def _addressed(connection: Connection, office: str, table: str, record: Any) -> str:
    """An answer is taken when what it answers is known here and was addressed to the office that answers."""
    if record is UNSET:
        return ""
    asked = ROWS[table].one(connection, "id = ?", (record,))
    if asked is None:
        return REFERENCE
    units = getattr(asked, "units", None)
    named = set(units) if units is not None else {asked.unit}
    return "" if office in named or not named else OWNER
