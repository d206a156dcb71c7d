"""Whether two offices have the same books after the same entries (design/sync.md, S8).

A ward's bundle carries the sums of its books and where they stood; a superior's answer carries those of its copy. Each
side compares what it was told with its own sums of the very same place. They can only differ through an accident: a
row changed behind the program's back, a disk, a fault of the program. Then both sides say so, and the cure is at hand:
each side makes the tables in question anew from its journal, the ward sends everything again.

The place stands among the sums under a name that is no table's: `books`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from tcd_desktop.store.journal import digest
from tcd_desktop.store.journal.digest import Sum
from tcd_desktop.store.journal.lines import SCHEMA
from tcd_desktop.store.store import Connection, read_fact, read_facts, write_fact
from tcd_desktop.sync.manifest import TableDigest
from tcd_desktop.sync.scope import WARD_TABLES

PLACE: Final = "books"
TOLD: Final = "books.told"
DIFFER: Final = "books.differ"
OWN: Final = "books.own"
_KEPT: Final = 24
"""Sums of own exports that are remembered: an answer comes to one of the last ones."""


class Told(msgspec.Struct, frozen=True):
    """Sums of an office's books as a bundle carried them.

    `schema`: the version of the records they were made with; `stamp`: when the bundle was written.
    """

    schema: int
    sums: dict[str, TableDigest]
    stamp: str = ""

    @property
    def place(self) -> TableDigest | None:
        """Which entries the books were made of."""
        return self.sums.get(PLACE)


class Difference(msgspec.Struct, frozen=True):
    """Books that differ though they are made of the same entries: tables, and since when it is known (ISO)."""

    at: str
    tables: list[str]


def sums_of(connection: Connection, unit: str) -> dict[str, TableDigest]:
    """What a bundle says of an office's books as they are here now; {} when nothing of it is here."""
    place = digest.position(connection, unit)
    if not place.n:
        return {}
    found = {PLACE: place, **digest.sums(connection, unit, WARD_TABLES)}
    return {name: TableDigest(n=one.n, h=one.h) for name, one in found.items()}


def note_told(connection: Connection, unit: str, schema: int, told: Mapping[str, TableDigest], stamp: str) -> None:
    """At the superior: what the newest bundle of a ward says of its books; an older one says nothing new."""
    if not told:
        return
    text = read_fact(connection, f"{TOLD}.{unit}")
    known = msgspec.json.decode(text, type=Told) if text else None
    if known is None or (known.stamp < stamp and known.sums != told):
        write_fact(connection, f"{TOLD}.{unit}", _text(Told(schema, dict(told), stamp)))


def compare_with_told(connection: Connection, unit: str, own: Mapping[str, TableDigest], *, at: str) -> None:
    """At the superior: compares its sums of a ward's books with those the ward told, when both are of one place."""
    text = read_fact(connection, f"{TOLD}.{unit}")
    if text:
        _judge(connection, f"{DIFFER}.{unit}", msgspec.json.decode(text, type=Told), own, at)


def note_own(connection: Connection, own: Mapping[str, TableDigest]) -> None:
    """At the ward: remembers the sums of its books as an export carried them."""
    if not own:
        return
    kept = [one for one in _own(connection) if one.place != own.get(PLACE)]
    write_fact(connection, OWN, _text([*kept, Told(SCHEMA, dict(own))][-_KEPT:]))


def compare_with_answer(
    connection: Connection, unit: str, schema: int, told: Mapping[str, TableDigest], *, at: str
) -> None:
    """At the ward: compares what the superior's answer says of its books with what they were at that place."""
    answer = Told(schema, dict(told))
    if answer.place is None:
        return
    own = next((one for one in _own(connection) if one.place == answer.place), None)
    if own is None and digest.position(connection, unit) == Sum(answer.place.n, answer.place.h):
        own = Told(SCHEMA, sums_of(connection, unit))
    if own is not None and own.schema == SCHEMA:
        _judge(connection, DIFFER, answer, own.sums, at)


def difference(connection: Connection, unit: str = "") -> Difference | None:
    """What is known to differ: of a ward's books at its superior, or (no unit) of this ward's own."""
    text = read_fact(connection, f"{DIFFER}.{unit}" if unit else DIFFER)
    return msgspec.json.decode(text, type=Difference) if text else None


def differences(connection: Connection) -> dict[str, Difference]:
    """At the superior: the offices whose books differ."""
    found = read_facts(connection, f"{DIFFER}.")
    return {unit: msgspec.json.decode(text, type=Difference) for unit, text in found.items()}


def make_anew(connection: Connection, unit: str, found: Difference, *, at: str) -> int:
    """Makes the tables that differ anew from the journals here; how many records had been otherwise.

    Sums remembered of the wrong rows are forgotten.
    """
    mended = digest.make_anew(connection, unit, [table for table in found.tables if table in WARD_TABLES], at=at)
    if mended:
        write_fact(connection, OWN, "")
    return mended


def _judge(connection: Connection, fact: str, told: Told, own: Mapping[str, TableDigest], at: str) -> None:
    if told.schema != SCHEMA or told.place is None or told.place != own.get(PLACE):
        return  # other records, or other entries: nothing can be said
    tables = sorted(table for table, one in told.sums.items() if table != PLACE and table in own and own[table] != one)
    known = read_fact(connection, fact)
    if not tables:
        write_fact(connection, fact, "")
    elif not known or msgspec.json.decode(known, type=Difference).tables != tables:
        write_fact(connection, fact, _text(Difference(at, tables)))


def _own(connection: Connection) -> list[Told]:
    return msgspec.json.decode(read_fact(connection, OWN, "") or "[]", type=list[Told])


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode("ascii")
