"""A whole import is taken back: everything as before, the sender learns it, and the same stick can come again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.undone_import import UndoneImport
from tcd_desktop.store.journal import ledger
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.schema.rows import ROWS
from tests.attacks.books import Books
from tests.offices import DRAFT, MONDAY, enrol, make_office

REASON = "Nhập nhầm thẻ nhớ của máy tập huấn"


def tables(books: Books) -> dict[str, list[str]]:
    """Every record the district holds but what it says of imports taken back."""
    with books.district.store.reading() as connection:
        names = [name for name in ROWS if name != "undone_import"]
        held = {name: connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY id") for name in (*names, "conflict")}
        return {name: [repr(tuple(row)) for row in rows] for name, rows in held.items()}


def last_import(books: Books) -> str:
    with books.district.store.reading() as connection:
        return ledger.lines(connection, "direction = 'in' AND outcome = 'applied'", limit=1)[0].bundle


def undo(books: Books) -> UndoneImport:
    return books.district.undo_import.undo(last_import(books), REASON).value


def test_everything_is_as_before_the_import_and_it_can_be_imported_again(books: Books) -> None:
    first = books.log()
    books.send()
    before = tables(books)
    books.ward.receptions.amend(first.id, replace(first, phone="0900000001"))
    second = books.ward.receptions.log(DRAFT, open_case=True).value
    stick = books.ward.outbox.export(books.stick)[0].path
    result = books.take(stick)
    after = tables(books)
    plan = books.district.undo_import.preview(last_import(books))
    assert plan.blockers == [] and plan.gone["reception"] == 1 and plan.back["reception"] == 1
    told = undo(books)
    assert tables(books) == before and books.visits().keys() == {first.id}
    assert (told.unit, told.last - told.first + 1) == ("P-01", result.balance.new + result.balance.updated)
    assert books.district.check() == []
    again = books.take(stick)
    assert again.outcome == "applied" and again.balance == result.balance
    assert tables(books) == after and second.id in books.visits()
    assert books.district.check() == [] and books.quarantined() == []


def test_the_first_import_of_a_ward_can_be_taken_back_too(books: Books) -> None:
    before = tables(books)
    books.log()
    stick = books.ward.outbox.export(books.stick)[0].path
    books.take(stick)
    undo(books)
    assert tables(books) == before and books.district.check() == []
    assert books.take(stick).outcome == "applied" and books.district.check() == []


def test_nothing_that_came_is_lost_the_entries_are_kept_aside_whole(books: Books) -> None:
    books.log()
    received = books.send().balance.received
    undo(books)
    assert [code for code, _seq in books.quarantined()] == ["E_UNDONE"] * received


def test_a_ward_that_was_told_applied_learns_otherwise_and_sends_again(books: Books) -> None:
    visit = books.log()
    books.send()
    books.ward.inbox.take([answer.path for answer in books.district.outbox.export(books.stick)])
    assert books.ward.outbox.waiting().operations == 0
    undo(books)
    answers = [answer.path for answer in books.district.outbox.export(books.stick) if answer.office == "P-01"]
    assert [result.outcome for result in books.ward.inbox.take(answers)] == ["applied"]
    assert books.ward.outbox.waiting().operations > 0 and books.ward.outbox.waiting().confirmed == 0
    (told,) = books.ward.store.all(UndoneImport)
    assert told.reason == REASON and told.unit == "P-01" and told.office == "Q"
    assert books.other.store.all(UndoneImport) == [], "nobody else is told"
    assert books.send().outcome == "applied" and visit.id in books.visits()
    back = [answer.path for answer in books.district.outbox.export(books.stick) if answer.office == "P-01"]
    books.ward.inbox.take(back)
    assert books.ward.outbox.waiting().operations == 0


def test_a_later_import_of_the_same_pc_is_named_and_stops_it(books: Books) -> None:
    books.log()
    books.send()
    first = last_import(books)
    books.log()
    books.send()
    (blocker,) = books.district.undo_import.preview(first).blockers
    assert blocker.kind == "import" and blocker.last >= blocker.first > 1
    before = books.state()
    with pytest.raises(Refused) as refused:
        books.district.undo_import.undo(first, REASON)
    assert refused.value.code == "undo_built_on" and books.state() == before
    undo(books)
    books.district.undo_import.undo(first, REASON)
    assert books.visits() == {} and books.district.check() == []


def test_what_the_district_wrote_of_a_record_is_named_and_stops_it(books: Books) -> None:
    visit = books.ward.receptions.log(DRAFT, open_case=True).value
    books.send()
    directive = Directive(
        id=new_id(),
        office="Q",
        level=DirectiveLevel.DISTRICT,
        issuer="Chủ tịch UBND quận",
        issued_on=MONDAY.date(),
        content="Giải quyết dứt điểm",
        units=("P-01",),
        cases=(visit.case or "",),
    )
    with books.district.store.unit(act="directive.add", officer=books.district.officer.id) as unit:
        unit.put(directive)
        unit.commit()
    blockers = books.district.undo_import.preview(last_import(books)).blockers
    assert [(one.kind, one.office, one.table) for one in blockers] == [("entry", "Q", "directive")]
    with pytest.raises(Refused):
        undo(books)


def test_what_another_pc_of_the_ward_wrote_on_top_stops_it_and_what_it_wrote_beside_does_not(
    books: Books, tmp_path: Path
) -> None:
    second = make_office(tmp_path / "second")
    try:
        enrol(second, books.district, books.stick)
        visit = books.log()
        books.send()
        first = last_import(books)
        second.receptions.log(DRAFT)
        assert books.send(second).outcome == "applied"
        assert books.district.undo_import.preview(first).blockers == []
        books.district.undo_import.undo(first, REASON)
        assert visit.id not in books.visits() and len(books.visits()) == 1 and books.district.check() == []
    finally:
        second.close()


def test_a_reason_is_needed_and_answers_and_unknown_imports_are_refused(books: Books) -> None:
    books.log()
    books.send()
    for bundle, reason, code in (
        (last_import(books), "  ", "reason_needed"),
        ("ab" * 16, REASON, "undo_unknown"),
        ("", REASON, "undo_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            books.district.undo_import.undo(bundle, reason)
        assert refused.value.code == code
    books.ward.inbox.take([answer.path for answer in books.district.outbox.export(books.stick)])
    with books.ward.store.reading() as connection:
        answer = ledger.lines(connection, "direction = 'in'", limit=1)[0].bundle
    with pytest.raises(Refused) as refused:
        books.ward.undo_import.undo(answer, REASON)
    assert refused.value.code == "undo_not_ops"


def test_an_import_that_brought_nothing_new_has_nothing_to_take_back(books: Books) -> None:
    books.log()
    books.send()
    books.ward.outbox.export(books.stick, full=True)
    books.send(full=True)
    with pytest.raises(Refused) as refused:
        undo(books)
    assert refused.value.code == "undo_nothing"


def test_taking_back_is_in_the_journal_with_its_reason_and_in_the_ledger_of_files(books: Books) -> None:
    books.log()
    books.send()
    done = books.district.undo_import.undo(last_import(books), f"  {REASON} ")
    assert done.entry and books.district.store.find_own(UndoneImport, done.value.id) == done.value
    assert done.value.reason == REASON
    outcomes = [line.outcome for line in books.district.inbox.ledger()]
    assert outcomes[0] == "undone" and outcomes[1] == "applied"
    with pytest.raises(Refused) as refused:
        books.district.undo.undo(done.entry)
    assert refused.value.code == "not_reversible"
