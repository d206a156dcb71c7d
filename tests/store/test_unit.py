"""One act = one transaction = one journal entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

KEY = b"k" * 32


@pytest.fixture
def store(tmp_path: Path):
    made = Store.create(tmp_path / "tcd.db", KEY, device="ab" * 16, office="P-01")
    yield made
    made.close()


def citizen(name: str = "Trần Thị Ẩn", **fields: str) -> Citizen:
    return Citizen(id=new_id(), office="P-01", name=name, **fields)


def test_leaving_a_unit_without_commit_changes_nothing(store: Store) -> None:
    with store.unit(act="citizen.add", officer="o") as unit:
        unit.put(citizen())
    assert store.all(Citizen) == []
    assert store.read(journal.own_chain).seq == 0


def test_a_failing_act_leaves_no_trace_and_the_next_one_works(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.unit(act="citizen.add", officer="o") as unit:
        unit.put(citizen())
        1 / 0  # noqa: B018
    with store.unit(act="citizen.add", officer="o") as unit:
        unit.put(citizen("Còn Lại"))
        unit.commit()
    assert [found.name for found in store.all(Citizen)] == ["Còn Lại"]


def test_the_journal_tells_who_changed_what_from_what_to_what(store: Store) -> None:
    person = citizen(phone="0900000001")
    with store.unit(act="citizen.add", officer="o1") as unit:
        unit.put(person)
        unit.commit()
    with store.unit(act="citizen.change", officer="o2") as unit:
        unit.change(person, phone="0900000002")
        unit.commit()
    added, changed = store.read(lambda connection: journal.history(connection, person.id))
    assert (added.act, added.officer, added.created) == ("citizen.add", "o1", True)
    assert (changed.act, changed.officer, changed.created) == ("citizen.change", "o2", False)
    assert [(c.name, c.before, c.after) for c in changed.changes] == [("phone", "0900000001", "0900000002")]


def test_setting_the_same_value_writes_nothing(store: Store) -> None:
    person = citizen()
    with store.unit(act="citizen.add", officer="o") as unit:
        unit.put(person)
        unit.change(person, name=person.name)
        unit.commit()
    assert store.read(journal.own_chain).seq == 1


def test_operations_are_numbered_without_gaps_and_chained(store: Store) -> None:
    for number in range(5):
        with store.unit(act="citizen.add", officer="o") as unit:
            unit.put(citizen(f"Người {number}"))
            unit.commit()
    with store.reading() as connection:
        assert journal.own_chain(connection).seq == 5
        assert journal.broken_places(connection) == []


@pytest.mark.parametrize(
    "damage", ["DELETE FROM journal WHERE seq = 2", "UPDATE journal SET line = x'7b7d' WHERE seq = 2"]
)
def test_a_changed_or_removed_line_shows(store: Store, damage: str) -> None:
    for number in range(3):
        with store.unit(act="citizen.add", officer="o") as unit:
            unit.put(citizen(f"Người {number}"))
            unit.commit()
    with store.writing() as connection:
        connection.exec_driver_sql(damage)
    assert store.read(journal.broken_places) == [("ab" * 16, 2)]


def test_the_last_line_cannot_be_cut_off_unseen(store: Store) -> None:
    for number in range(3):
        with store.unit(act="citizen.add", officer="o") as unit:
            unit.put(citizen(f"Người {number}"))
            unit.commit()
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM journal WHERE seq = 3")
    assert store.read(journal.broken_places) == [("ab" * 16, 3)]


def test_the_file_is_encrypted_and_a_wrong_key_is_refused(store: Store, tmp_path: Path) -> None:
    with store.unit(act="citizen.add", officer="o") as unit:
        unit.put(citizen("Người Không Ai Thấy"))
        unit.commit()
    store.close()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "Người Không Ai Thấy".encode() not in content and not content.startswith(b"SQLite")
    with pytest.raises(StoreUnavailable):
        Store.open(tmp_path / "tcd.db", b"x" * 32)


def test_a_database_from_the_future_is_refused(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO schema_version VALUES (999)")
    store.close()
    with pytest.raises(StoreUnavailable) as refused:
        Store.open(tmp_path / "tcd.db", KEY)
    assert refused.value.code == "store_from_future"


def test_numbers_of_a_book_are_given_once_each_and_begin_anew_every_year(store: Store) -> None:
    given = []
    for year in (2025, 2026, 2026):
        with store.unit(act="reception.log", officer="o") as unit:
            given.append(unit.next_number("reception", year, "A"))
            unit.put(citizen())
            unit.commit()
    assert given == [1, 1, 2]


def test_a_number_of_an_act_that_failed_is_given_to_the_next(store: Store) -> None:
    with store.unit(act="reception.log", officer="o") as unit:
        unit.next_number("reception", 2026, "A")
    with store.unit(act="reception.log", officer="o") as unit:
        assert unit.next_number("reception", 2026, "A") == 1
