"""Random histories of five devices: whoever has the same operations shows the same, in whatever order they came.

Two PCs of each of two wards and the district write, remove, bring back, decide, undo decisions, merge citizens and
begin new epochs; stretches of their journals go round, doubled, cut anywhere and in any order. In the end everybody
has everything, and every table of every device is the same. TCD_FIVE_DEVICES=5000 runs so many histories.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Engine

from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification
from tcd_desktop.store.engine import open_engine
from tcd_desktop.store.journal import journal, standing
from tcd_desktop.store.journal.chain import hashes
from tcd_desktop.store.journal.lines import RECORDS
from tcd_desktop.store.journal.merge import Merge, MergeRefused
from tcd_desktop.store.journal.reversal import reverse
from tcd_desktop.store.schema import schema
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.search.search import stale_rows
from tcd_desktop.store.store import Store

HISTORIES = int(os.environ.get("TCD_FIVE_DEVICES", "25"))
STEPS = 36
STEPS_OF_ALL_VERSIONS = schema.bring_up_to_date
TABLES = ("reception", "citizen")
PHONES = ("0900000001", "0900000002", "")


@cache
def _statements() -> tuple[str, ...]:
    """What makes empty books, without the steps of all versions: a thousand histories need five thousand books."""
    engine = open_engine(None, b"k" * 32)
    STEPS_OF_ALL_VERSIONS(engine)
    sql = "SELECT name, sql FROM sqlite_master WHERE sql <> '' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    with engine.connect() as connection:
        rows = list(connection.exec_driver_sql(sql))
    engine.dispose()
    own_tables = tuple(f"{name}_" for name, text in rows if text.startswith("CREATE VIRTUAL"))
    return tuple(text for name, text in rows if not name.startswith(own_tables) or text.startswith("CREATE INDEX"))


def _empty_books(engine: Engine) -> None:
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        for statement in _statements():
            connection.exec_driver_sql(statement)


@dataclass
class Device:
    """One PC: its books in memory, a clock of its own that may be hours wrong, the decisions it could undo."""

    name: str
    store: Store
    decided: list[str] = field(default_factory=list)


@dataclass
class World:
    """Everything one history may touch."""

    chance: random.Random
    devices: list[Device] = field(default_factory=list)
    made: int = 0
    now: int = 1_795_430_000_000

    def add(self, name: str, office: str, number: int) -> None:
        wrong = self.chance.choice((0, 0, 0, -86_400_000, 3 * 86_400_000))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(schema, "bring_up_to_date", _empty_books)
            store = Store.create(
                None, b"k" * 32, device=f"{number:032x}", office=office, now=lambda: self.tick() + wrong
            )
        self.devices.append(Device(name, store))

    def tick(self) -> int:
        self.now += self.chance.choice((0, 1, 60_000))
        return self.now

    def of_office(self, device: Device, kind: Any) -> list[Any]:
        return device.store.all(kind, "office = ? ORDER BY id", (device.store.office,))


def visit(world: World, device: Device) -> None:
    """A new visit with its citizen."""
    world.made += 1
    office, identity = device.store.office, f"{world.made:032x}"
    known = world.of_office(device, Citizen)
    with device.store.unit(act="reception.log", officer="x") as unit:
        if known and world.chance.random() < 0.5:
            citizen = world.chance.choice(known)
        else:
            citizen = unit.put(Citizen(id=f"c{world.made:031x}", office=office, name="Nguyễn Văn Đức"))
        unit.put(
            Reception(
                id=identity,
                office=office,
                year=2026,
                number=unit.next_number("reception", 2026, device.name),
                series=device.name,
                date=date(2026, 11, 23),
                time=time(9, 0),
                name="Nguyễn Văn Đức",
                content="Phản ánh tiếng ồn",
                classification=Classification.FEEDBACK,
                citizen=citizen.id,
            )
        )
        unit.commit()


def amend(world: World, device: Device) -> None:
    """A change of one or two fields, also of a record that lies in the bin here."""
    kind = world.chance.choice((Reception, Citizen))
    known = world.of_office(device, kind)
    if known:
        values: dict[str, Any] = {"phone": world.chance.choice(PHONES), "address": world.chance.choice(("1", "2"))}
        if kind is Reception:
            values |= {"note": world.chance.choice("ab"), "date": date(2026, 11, world.chance.choice((20, 23)))}
        names = world.chance.sample(sorted(values), k=world.chance.choice((1, 2)))
        with device.store.unit(act="reception.amend", officer="x") as unit:
            unit.change(world.chance.choice(known), **{name: values[name] for name in names})
            unit.commit()


def seal(world: World, device: Device) -> None:
    """A visit turns out to be a denunciation, or not to be one."""
    known = world.of_office(device, Reception)
    if known:
        secret = world.chance.random() < 0.7
        fields: dict[str, Any] = {"classification": Classification.FEEDBACK}
        if secret:
            fields = {"classification": Classification.DENUNCIATION, "name": "", "phone": "", "sealed": b"closed"}
        with device.store.unit(act="reception.amend", officer="x") as unit:
            unit.change(world.chance.choice(known), **fields)
            unit.commit()


def remove(world: World, device: Device) -> None:
    """Into the bin, or out of it."""
    known = world.of_office(device, world.chance.choice((Reception, Citizen)))
    if known:
        record = world.chance.choice(known)
        with device.store.unit(act="reception.remove", officer="x") as unit:
            unit.change(record, removed="" if record.removed else f"Nhập nhầm {world.chance.choice('12')}")
            unit.commit()


def merge_citizens(world: World, device: Device) -> None:
    """Two citizens are one person, or two again."""
    known = world.of_office(device, Citizen)
    if len(known) > 1:
        kept, other = world.chance.sample(known, k=2)
        with device.store.unit(act="citizen.merge", officer="x") as unit:
            unit.change(other, merged_into=None if other.merged_into else kept.id)
            unit.commit()


def decide(world: World, device: Device) -> None:
    """One of the open questions of the own office is decided for one of its sides."""
    with device.store.reading() as connection:
        rows = list(connection.exec_driver_sql("SELECT tbl, record, field, heads FROM conflict ORDER BY id"))
    for table, identity, name, heads in world.chance.sample(rows, k=len(rows)):
        record: Any = device.store.find_own(RECORDS[table], identity)
        if record is None:
            continue
        with device.store.unit(act=journal.DECISION, officer="x") as unit:
            entries = journal.entries_of(unit.connection, device.store.office, identity)
            chosen = world.chance.choice(heads.split())
            side = next(one for one in entries if one.hash.hex() == chosen)
            value = getattr(record, name) if name == standing.REMOVED else standing.value_of(table, side, name)
            unit.decide(record, **{name: value})
            unit.commit()
            device.decided.append(unit.entry)
        with device.store.reading() as connection:
            still = "SELECT 1 FROM conflict WHERE tbl = ? AND record = ? AND field = ? AND heads = ?"
            assert connection.exec_driver_sql(still, (table, identity, name, heads)).first() is None
        return


def undo_decision(world: World, device: Device) -> None:
    """A decision is taken back, or what took it back is."""
    if device.decided:
        entry = device.decided[-1]
        with device.store.reading() as connection:
            act = journal.own_entry(connection, entry)[0].act
        try:
            with device.store.unit(act=f"{act}.undo", officer="x", undoes=entry) as unit:
                reverse(unit, entry, "")
                unit.commit()
                device.decided[-1] = unit.entry
        except Refused as refused:
            assert refused.code == "changed_since"


def new_epoch(_world: World, device: Device) -> None:
    """The PC was put back from a copy and noticed it."""
    with device.store.writing() as connection:
        chain = journal.own_chain(connection)
        if chain.seq:
            journal.begin_epoch(connection, chain, epoch=chain.epoch + 1)


def carry(world: World, _device: Device) -> None:
    """A stick goes from one device to another with some stretch of some chain the sender wrote."""
    sender, reader = world.chance.sample(world.devices, k=2)
    with sender.store.reading() as connection:
        chains = [chain for chain in journal.own_chains(connection) if chain.seq]
    if chains and sender.store.office != "Q":
        chain = world.chance.choice(chains)
        first = world.chance.randint(1, chain.seq)
        send(sender, reader, chain, first, world.chance.randint(first, chain.seq))


def tell(world: World, device: Device) -> None:
    """The other PC of the office gets everything this one wrote."""
    for other in world.devices:
        if other is not device and other.store.office == device.store.office:
            with device.store.reading() as connection:
                chains = [chain for chain in journal.own_chains(connection) if chain.seq]
            for chain in chains:
                send(device, other, chain, 1, chain.seq)


def send(sender: Device, reader: Device, chain: journal.Chain, first: int, last: int) -> None:
    """One stretch; one that leaves a gap is refused whole and comes again later."""
    with sender.store.reading() as connection:
        lines = list(journal.lines_after(connection, chain, first - 1))[: last - first + 1]
        prev = journal.hash_at(connection, chain, first - 1)
    heads = hashes(prev, lines)
    try:
        with reader.store.writing() as connection:
            known = journal.find_chain(connection, chain.device, chain.epoch) or journal.open_chain(
                connection,
                device=chain.device,
                office=chain.office,
                epoch=chain.epoch,
                own=False,
                forked_from=chain.forked_from,
            )
            before = known.seq
            merge = Merge(connection, known, first=first, prev=prev, tables=set(RECORDS), at="2026-11-23T09:00:00")
            merge.block(lines, heads)
            balance = merge.finish(last=last, head=heads[-1])
            assert balance.adds_up and (last > before or balance.identical == balance.received)
    except MergeRefused as refused:
        assert refused.code == "E_GAP"


ACTS = (
    *(visit, new_epoch, merge_citizens, seal),
    *(amend, amend, amend, amend, remove, remove, decide, decide, decide, undo_decision),
    *(tell, tell, tell, tell, carry, carry),
)


def play(seed: int) -> World:
    """One history, and then everybody gets everything from everybody, in pieces and in any order."""
    world = World(random.Random(seed))
    for number, (name, office) in enumerate(
        (("A", "P-01"), ("B", "P-01"), ("C", "P-02"), ("D", "P-02"), ("A", "Q")), 1
    ):
        world.add(name, office, number)
    for device in world.devices[:4]:
        visit(world, device)
        tell(world, device)
    for _ in range(STEPS):
        writer = world.chance.choice(world.devices[:4])
        world.chance.choice(ACTS)(world, writer)
    spread(world)
    return world


def spread(world: World) -> None:
    """Until nobody lacks anything."""
    wanted = []
    for sender in world.devices[:4]:
        with sender.store.reading() as connection:
            own = [chain for chain in journal.own_chains(connection) if chain.seq]
        wanted += [(sender, reader, chain) for reader in world.devices for chain in own if reader is not sender]
    while wanted:
        sender, reader, chain = one = world.chance.choice(wanted)
        with reader.store.reading() as connection:
            known = journal.find_chain(connection, chain.device, chain.epoch)
        have = known.seq if known else 0
        if have >= chain.seq:
            wanted.remove(one)
            continue
        first = world.chance.randint(1, min(have + 2, chain.seq))
        send(sender, reader, chain, first, world.chance.randint(first, chain.seq))


def digests(store: Store) -> dict[str, str]:
    """Every table, what is open with the value shown, what was decided, what is kept aside, the journal."""
    found = {}
    with store.reading() as connection:
        for table in ROWS:
            columns = ", ".join(f'"{name}"' for name in ("office", "id", *ROWS[table].names))
            found[table] = _digest(connection, f"SELECT {columns} FROM {table} ORDER BY office, id")
        found["conflict"] = _digest(
            connection, "SELECT tbl, record, field, shown, heads FROM conflict ORDER BY 1, 2, 3"
        )
        found["decided"] = _digest(connection, "SELECT hash, field, office, heads, at FROM decided ORDER BY 1, 2")
        found["quarantine"] = _digest(connection, "SELECT hash, code FROM quarantine ORDER BY hash")
        found["journal"] = _digest(connection, "SELECT hash, record FROM journal ORDER BY hash")
        assert stale_rows(connection) == 0 and journal.broken_places(connection) == []
    return found


def _digest(connection: Any, sql: str) -> str:
    return sha256(repr([tuple(row) for row in connection.exec_driver_sql(sql)]).encode()).hexdigest()[:16]


def close(world: World) -> None:
    for device in world.devices:
        device.store.close()


@pytest.mark.parametrize("seed", range(HISTORIES) if HISTORIES <= 100 else [HISTORIES])
def test_whoever_has_the_same_operations_shows_the_same(seed: int) -> None:
    for one in [seed] if HISTORIES <= 100 else range(HISTORIES):
        world = play(one)
        try:
            first, *others = [digests(device.store) for device in world.devices]
            for other in others:
                assert other == first, one
        finally:
            close(world)


def test_the_histories_have_what_they_are_for() -> None:
    """Questions, decisions, decisions taken back and removals beside changes do come about."""
    found = {"open": 0, "decided": 0, "undone": 0, "late": 0, "epochs": 0}
    for seed in range(25):
        world = play(seed)
        with world.devices[4].store.reading() as connection:
            for name, sql in (
                ("open", "SELECT count(*) FROM conflict"),
                ("decided", "SELECT count(*) FROM decided"),
                ("undone", 'SELECT count(*) FROM journal WHERE instr(line, \'"act":"conflict.settle.\') > 0'),
                ("late", "SELECT count(*) FROM conflict WHERE field = 'removed'"),
                ("epochs", "SELECT count(*) FROM chain WHERE epoch > 1"),
            ):
                found[name] += connection.exec_driver_sql(sql).scalar_one()
        close(world)
    assert min(found.values()) > 0, found
