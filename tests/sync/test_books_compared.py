"""Two offices compare their books after the same entries: an accident is found, told on both sides, and mended."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import chain, digest, journal
from tcd_desktop.store.journal.merge import Merge
from tcd_desktop.store.store import Store
from tcd_desktop.sync import books_compared
from tcd_desktop.sync.scope import WARD_TABLES
from tests.offices import DRAFT, SECRET, make_office

NOW = "2026-11-23T09:30:00"


def round_trip(ward: OpenOffice, district: OpenOffice, stick: Path, *, full: bool = False) -> None:
    taken = district.inbox.take([one.path for one in ward.outbox.export(stick, full=full)])
    assert {one.outcome for one in taken} == {"applied"}
    answered = ward.inbox.take([one.path for one in district.outbox.export(stick)])
    assert {one.outcome for one in answered} == {"applied"}


def told(ward: OpenOffice, district: OpenOffice) -> tuple[list[str], list[str]]:
    """The tables that differ as the ward and as the district know it."""
    here = ward.store.read(books_compared.difference)
    there = district.store.read(lambda connection: books_compared.difference(connection, "P-01"))
    return (here.tables if here else []), (there.tables if there else [])


def behind_the_back(office: OpenOffice, sql: str) -> None:
    with office.store.writing() as connection:
        assert connection.exec_driver_sql(sql).rowcount == 1


def some_visits(ward: OpenOffice) -> None:
    ward.receptions.log(DRAFT)
    ward.receptions.log(SECRET)
    visit = ward.receptions.log(replace(DRAFT, name="Trần Thị Mẫu", id_number="001166012346")).value
    ward.receptions.amend(visit.id, replace(DRAFT, name="Trần Thị Mẫu", id_number="001166012346", phone="0900000001"))


def test_the_same_books_have_the_same_sums_at_both_ends(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    some_visits(ward)
    round_trip(ward, district, stick)
    here, there = (office.store.read(lambda c: books_compared.sums_of(c, "P-01")) for office in (ward, district))
    assert here == there and here["reception"].n == 3
    assert told(ward, district) == ([], [])


@pytest.mark.parametrize("end", ["ward", "district"])
@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ("UPDATE reception SET content = 'khác' WHERE name = 'Nguyễn Văn Đức'", ["reception"]),
        ("UPDATE citizen SET phone = '' WHERE name = 'Trần Thị Mẫu'", ["citizen"]),
        ("DELETE FROM citizen WHERE name = 'Trần Thị Mẫu'", ["citizen"]),
    ],
)
def test_s8_a_row_changed_behind_the_programs_back_is_told_at_both_ends_and_mended_by_sending_everything_again(
    ward: OpenOffice, district: OpenOffice, stick: Path, end: str, sql: str, tables: list[str]
) -> None:
    some_visits(ward)
    round_trip(ward, district, stick)
    whole = ward.store.read(lambda c: digest.sums(c, "P-01", WARD_TABLES))
    behind_the_back({"ward": ward, "district": district}[end], sql)
    ward.receptions.log(DRAFT)
    round_trip(ward, district, stick)
    assert told(ward, district) == (tables, tables)
    round_trip(ward, district, stick, full=True)
    assert told(ward, district) == ([], [])
    for office in (ward, district):
        now = office.store.read(lambda c: digest.sums(c, "P-01", WARD_TABLES))
        assert now["citizen"] == whole["citizen"] or now["citizen"].n == whole["citizen"].n + 1
    assert ward.store.read(lambda c: books_compared.sums_of(c, "P-01")) == district.store.read(
        lambda c: books_compared.sums_of(c, "P-01")
    )


def test_what_a_ward_writes_after_its_export_is_no_difference(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    some_visits(ward)
    sent = ward.outbox.export(stick)
    ward.receptions.log(DRAFT)
    district.inbox.take([one.path for one in sent])
    ward.inbox.take([one.path for one in district.outbox.export(stick)])
    assert told(ward, district) == ([], [])
    behind_the_back(district, "UPDATE reception SET request = '' WHERE name = 'Trần Thị Mẫu'")
    round_trip(ward, district, stick)
    assert told(ward, district) == (["reception"], ["reception"])


def test_a_table_with_an_entry_kept_aside_is_not_compared(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    some_visits(ward)
    round_trip(ward, district, stick)
    line = ward.store.read(lambda c: next(journal.lines_after(c, journal.own_chain(c), 5)))
    with district.store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO quarantine (hash, device, epoch, seq, code, line, at) "
            "SELECT x'00', device, 1, 99, 'E_RANGE', ?, ? FROM chain WHERE office = 'P-01'",
            (line, NOW),
        )
        left = digest.sums(connection, "P-01", WARD_TABLES)
    assert len(left) == len(WARD_TABLES) - 1


def test_s8_the_order_in_which_the_histories_of_two_pcs_come_makes_no_other_sum(tmp_path: Path) -> None:
    pcs = [make_office(tmp_path / name, code="P-01") for name in ("one", "two", "three")]
    chains = []
    for number, pc in enumerate(pcs):
        for turn in range(4):
            pc.receptions.log(replace(DRAFT, name=f"Người {number} {turn}", id_number=f"00105601{number}{turn}00"))
        chains.append(
            pc.store.read(lambda c: (journal.own_chain(c), list(journal.lines_after(c, journal.own_chain(c), 0))))
        )
        pc.close()
    luck = random.Random(20261124)
    seen = set()
    for turn in range(25):
        order = [number for number, (_chain, lines) in enumerate(chains) for _line in lines]
        luck.shuffle(order)
        store = Store.create(None, bytes(32), device=f"{turn:032x}", office="Q")
        seen.add(tuple(sorted(_sums_after(store, chains, order).items())))
        store.close()
    assert len(seen) == 1


def _sums_after(store: Store, chains: list, order: list[int]) -> dict[str, digest.Sum]:  # type: ignore[type-arg]
    """The lines of several PCs, one at a time, each PC's in its own order."""
    done = [0] * len(chains)
    with store.writing() as connection:
        for number in order:
            source, lines = chains[number]
            found = journal.find_chain(connection, source.device, 1) or journal.open_chain(
                connection, device=source.device, office="P-01", epoch=1, own=False
            )
            first, line = done[number] + 1, lines[done[number]]
            merge = Merge(connection, found, first=first, prev=found.head, tables=WARD_TABLES, at=NOW)
            (head,) = chain.hashes(found.head, [line])
            merge.block([line], [head])
            merge.finish(last=first, head=head)
            done[number] += 1
        return {"books": digest.position(connection, "P-01"), **digest.sums(connection, "P-01", WARD_TABLES)}


def test_a_row_that_no_journal_knows_is_taken_out(ward: OpenOffice) -> None:
    some_visits(ward)
    strange = Citizen(id="f" * 32, office="P-01", name="Không Ai")
    with ward.store.writing() as connection:
        from tcd_desktop.store.journal.lines import fields_of, put_fields
        from tcd_desktop.store.schema.rows import ROWS

        row = ROWS["citizen"].row("P-01", strange.id, fields_of(put_fields(strange), "citizen"))
        assert row is not None
        ROWS["citizen"].insert(connection, [row])
        assert digest.make_anew(connection, "P-01", ["citizen"], at=NOW) == 1
    assert ward.store.find(Citizen, strange.id) is None
