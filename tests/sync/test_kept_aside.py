"""Entries that do not fit are kept aside, told to their office, tried again; what is missing is asked for."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tcd_desktop.domain.follow_up.directive import Directive, DirectiveProgress
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.store.journal.balance import Balance
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.journal.lines import SCHEMA
from tcd_desktop.sync.not_taken import not_taken
from tcd_desktop.sync.return_notes import waiting_stretches, wanted, wants_for
from tests.attacks.books import Books, history_of, line
from tests.offices import DRAFT


def after(books: Books) -> int:
    return history_of(books.ward)[0].seq + 1


def progress(seq: int, directive: str) -> bytes:
    fields = {"content": "Đã làm xong", "directive": directive, "on": "2026-11-20"}
    return line("directive_progress", f"{seq:032x}", seq, after=fields)


def directive(books: Books, *units: str) -> Directive:
    record = Directive(
        id=new_id(),
        office="Q",
        level=DirectiveLevel.DISTRICT,
        issuer="Chủ tịch UBND quận",
        issued_on=date(2026, 11, 1),
        content="Giải quyết dứt điểm",
        units=units,
    )
    with books.district.store.unit(act="directive.add", officer=books.district.officer.id) as unit:
        unit.put(record)
        unit.commit()
    return record


def answer(books: Books) -> None:
    """The district's answer to the ward is read there."""
    books.ward.inbox.take([one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01"])


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2199-01-01"},
        {"date": "0001-01-01"},
        {"number": -1},
        {"people": 2**40},
        {"received_on": "9999-12-31"},
    ],
)
def test_a_value_nobody_can_mean_is_kept_aside_and_blocks_nothing_else(books: Books, fields: dict[str, Any]) -> None:
    visit = books.log()
    table = "petition" if "received_on" in fields else "reception"
    given = {"content": "x", "number": 9, "year": 2026} if table == "reception" else {"year": 2026, "number": 1}
    wrong = line(table, "e" * 32, after(books), after=dict(sorted((given | fields).items())))
    right = line("citizen", "d" * 32, after(books) + 1, after={"name": "Trần Văn Thử"})
    result = books.take(books.forge(books.ward, [wrong, right]))
    assert result.outcome == "applied" and result.balance.adds_up and result.balance.refused == 1
    assert books.quarantined() == [("E_RANGE", after(books))] and set(books.visits()) == {visit.id}
    assert books.district.check() == []


def test_an_answer_to_a_directive_nobody_knows_waits_and_counts_once_the_directive_is_there(books: Books) -> None:
    record = Directive(
        id="a" * 32,
        office="Q",
        level=DirectiveLevel.DISTRICT,
        issuer="Chủ tịch UBND quận",
        issued_on=date(2026, 11, 1),
        content="Giải quyết dứt điểm",
        units=("P-01",),
    )
    result = books.take(books.forge(books.ward, [progress(after(books), record.id)]))
    assert result.balance.refused == 1 and books.quarantined() == [("E_REFERENCE", after(books))]
    with books.district.store.unit(act="directive.add", officer=books.district.officer.id) as unit:
        unit.put(record)
        unit.commit()
    books.district.inbox.try_again()
    assert books.quarantined() == [] and len(books.district.store.all(DirectiveProgress)) == 1
    assert books.district.check() == []


def test_an_answer_to_a_directive_for_others_is_kept_aside(books: Books) -> None:
    theirs = directive(books, "P-02")
    books.take(books.forge(books.ward, [progress(after(books), theirs.id)]))
    books.district.inbox.try_again()
    assert books.quarantined() == [("E_OWNER", after(books))]
    assert books.district.store.all(DirectiveProgress) == []


def test_the_sender_is_told_which_record_was_kept_aside_and_why_and_that_it_is_settled(books: Books) -> None:
    visit = books.log()
    chain, _lines = history_of(books.ward)
    books.send()
    with books.district.store.writing() as connection:  # as an older program of the district may have judged
        connection.exec_driver_sql(
            "INSERT INTO quarantine SELECT j.hash, c.device, c.epoch, j.seq, 'E_RANGE', j.line, '2026-11-23T09:30:00' "
            "FROM journal j JOIN chain c ON c.id = j.chain WHERE j.record = ?",
            (visit.id,),
        )
    answer(books)
    with books.ward.store.reading() as connection:
        (told,) = not_taken(connection, visit.id)
        assert (told.table, told.code, told.seq <= chain.seq) == ("reception", "E_RANGE", True)
    books.district.inbox.try_again()
    answer(books)
    with books.ward.store.reading() as connection:
        assert not_taken(connection) == []
    assert books.district.check() == [] and visit.id in books.visits()


def test_a_missing_stretch_is_asked_for_and_sent_again(books: Books) -> None:
    books.log()
    books.send()
    answer(books)
    chain, _lines = history_of(books.ward)
    lost = books.log()
    books.ward.outbox.export(books.stick)[0].path.unlink()
    with books.ward.store.writing() as connection:  # a receipt the district does not remember
        from tcd_desktop.store.journal import acks

        at = history_of(books.ward)[0]
        acks.note(connection, device=at.device, epoch=1, seq=at.seq, head=at.head, level="applied", at="2026-11-23")
    later = books.log()
    assert books.send().outcome == "parked"
    with books.district.store.reading() as connection:
        (stretch,) = waiting_stretches(connection)
        assert (stretch.office, stretch.need) == ("P-01", chain.seq + 1)
        (want,) = wants_for(connection, "P-01")
        assert (want.first, want.last) == (chain.seq + 1, stretch.first - 1)
        assert wants_for(connection, "P-02") == []
    answer(books)
    with books.ward.store.reading() as connection:
        assert wanted(connection) == [want]
    written = books.ward.outbox.export(books.stick)[0]
    assert written.first == want.first
    assert books.take(written.path).outcome == "applied"
    assert {lost.id, later.id} <= set(books.visits())
    with books.district.store.reading() as connection:
        assert waiting_stretches(connection) == [] and wants_for(connection, "P-01") == []


def test_after_an_upgrade_what_waited_is_taken_without_another_stick(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.log()
    assert books.take(books.forge(books.ward, [], schema_ver=SCHEMA + 1)).outcome == "parked"
    books.district.inbox.try_again()
    assert books.visits() == {} and not books.district.inbox.upgraded()
    monkeypatch.setattr("tcd_desktop.sync.inbox.SCHEMA", SCHEMA + 1)
    assert books.district.inbox.upgraded()
    assert [result.outcome for result in books.district.inbox.try_again()] == ["applied"]
    assert len(books.visits()) == 1 and books.district.inbox.parked() == []


def test_the_sheet_adds_up_for_each_kind_of_record(books: Books) -> None:
    visit = books.ward.receptions.log(DRAFT, open_case=True).value
    books.ward.receptions.amend(visit.id, visit.__class__(**{**_fields(visit), "phone": "0900000001"}))
    balance = books.send().balance
    assert balance.adds_up and balance.tables["reception"] == {"new": 1, "updated": 1}
    assert sum(count for parts in balance.tables.values() for count in parts.values()) == balance.received
    again = books.send(full=True).balance
    assert again.identical == again.received and again.tables["reception"] == {"identical": 2}


def _fields(visit: Reception) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in Reception.__dataclass_fields__}


def test_a_sheet_that_does_not_add_up_changes_nothing(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    books.log()
    before = books.state()
    count = Balance.count
    monkeypatch.setattr(
        Balance, "count", lambda self, part, table, times=1: table == "citizen" or count(self, part, table, times)
    )
    result = books.send()
    assert (result.outcome, result.code) == ("refused", "E_BALANCE") and books.state() == before


def test_a_preview_lists_the_records_and_names_nobody_of_a_denunciation(books: Books) -> None:
    from tests.offices import SECRET, SECRET_WORDS

    visit = books.log()
    secret = books.ward.receptions.log(SECRET).value
    file = books.ward.outbox.export(books.stick)[0].path
    (result,) = books.district.inbox.take([file], dry_run=True)
    lines = {one.record: one for one in result.records}
    assert (lines[visit.id].name, lines[visit.id].outcome) == (DRAFT.name, "new")
    assert lines[secret.id].secret and lines[secret.id].name == ""
    text = json.dumps([repr(one) for one in result.records], ensure_ascii=False)
    assert not any(word in text for word in SECRET_WORDS) and "Tố cáo việc thu tiền" not in text
    (real,) = books.district.inbox.take([file])
    assert real.records == result.records


def test_only_so_many_bundles_wait_and_a_further_one_stays_on_its_stick(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from tcd_desktop.sync import inbox_folder

    monkeypatch.setattr(inbox_folder, "DEFAULT", replace(inbox_folder.DEFAULT, parked=1))
    books.log()
    assert books.take(books.forge(books.ward, [], schema_ver=SCHEMA + 1)).outcome == "parked"
    second = books.take(books.forge(books.other, [], schema_ver=SCHEMA + 1))
    assert (second.outcome, second.code) == ("refused", "parking_full")
    assert len(books.district.inbox.parked()) == 1
