"""S1 to S7, C8, C14: bundles that are right in every byte and could still be misunderstood."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.jobs import SilentProgress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.reports.table_file import TableColumn, TableHead, write_table
from tcd_desktop.store.journal import journal
from tcd_desktop.sync.sending_board import LATE_DAYS, senders
from tests.attacks.books import Books, history_of
from tests.offices import DRAFT, MONDAY, enrol, make_office

HOSTILE = ("'; DROP TABLE reception; --", "<b onmouseover=alert(1)>x</b>", "=cmd|' /C calc'!A0", "{name} %s %n \\u0000")


@pytest.fixture
def second(books: Books, tmp_path: Path) -> Iterator[OpenOffice]:
    """The other PC of ward P-01, with everything the first has written so far."""
    made = make_office(tmp_path / "second")
    enrol(made, books.district, books.stick)
    yield made
    made.close()


def hand_over(books: Books, sender: OpenOffice, reader: OpenOffice) -> None:
    for old in books.stick.glob("*.tcdb"):
        old.unlink()
    files = [one.path for one in sender.outbox.export(books.stick)]
    for result in reader.inbox.take(files):  # the stick also carries what is meant for others, or came from the reader
        assert result.outcome in ("applied", "already") or result.code in ("E_DIRECTION", "E_RECIPIENT"), result
    reader.refresh()


def share(books: Books, second: OpenOffice) -> Reception:
    """A visit that both PCs of the ward know."""
    visit = books.log()
    hand_over(books, second, books.district)
    hand_over(books, books.ward, books.district)
    (answer,) = [one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01"]
    for office in (books.ward, second):
        office.inbox.take([answer])
        office.refresh()
    hand_over(books, books.ward, second)
    assert second.receptions.find(visit.id) is not None
    return visit


def conflicts(office: OpenOffice) -> list[tuple[str, str]]:
    with office.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT record, field FROM conflict ORDER BY record, field")
        return [(record, field) for record, field in rows]


@pytest.mark.parametrize("text", HOSTILE)
def test_c8_text_that_other_programs_would_run_is_kept_word_for_word(books: Books, text: str) -> None:
    visit = books.ward.receptions.log(replace(DRAFT, content=text, address=text)).value
    books.send()
    seen = books.visits()[visit.id]
    assert (seen.content, seen.address) == (text, text) and books.district.check() == []


def test_c8_a_formula_goes_into_a_workbook_as_text(tmp_path: Path) -> None:
    columns, rows = [TableColumn("Nội dung", 40)], [[text] for text in HOSTILE]
    target = tmp_path / "x.xlsx"
    write_table(target, TableHead("P-01", HOSTILE[2]), columns, rows, total=len(rows), progress=SilentProgress())
    with zipfile.ZipFile(target) as book:
        assert not any(b"<f>" in book.read(name) or b"<hyperlink" in book.read(name) for name in book.namelist())
    sheet = load_workbook(target).active
    assert set(HOSTILE) <= {cell.value for row in sheet.iter_rows() for cell in row}


def test_c14_a_bundle_of_an_older_program_is_taken_and_its_lines_are_kept_as_they_were(books: Books) -> None:
    visit = books.log()
    chain, lines = history_of(books.ward)
    result = books.take(books.forge(books.ward, [], schema_ver=1))
    assert result.outcome == "applied" and visit.id in books.visits()
    with books.district.store.reading() as connection:
        known = journal.find_chain(connection, chain.device, 1)
        assert known is not None and list(journal.lines_after(connection, known, 0)) == lines


def test_s1_one_citizen_in_two_wards_is_never_made_one_by_an_import(books: Books) -> None:
    first, second = books.log(), books.log(books.other)
    books.send()
    books.send(books.other)
    known = books.district.store.all(Citizen, "id_number = ?", (DRAFT.id_number,))
    assert {one.office for one in known} == {"P-01", "P-02"} and len({one.id for one in known}) == 2
    seen = books.visits()
    assert seen[first.id].citizen != seen[second.id].citizen and conflicts(books.district) == []


def test_s2_two_pcs_change_different_fields_of_one_visit_and_both_stay(books: Books, second: OpenOffice) -> None:
    visit = share(books, second)
    books.ward.receptions.amend(visit.id, replace(visit, phone="0900000001"))
    theirs = second.receptions.find(visit.id)
    assert theirs is not None
    second.receptions.amend(visit.id, replace(theirs, request="Đề nghị trả lời bằng văn bản."))
    for sender in (books.ward, second):
        hand_over(books, sender, books.district)
    seen = books.visits()[visit.id]
    assert (seen.phone, seen.request) == ("0900000001", "Đề nghị trả lời bằng văn bản.")
    assert conflicts(books.district) == []


def test_s3_two_pcs_change_one_field_and_both_values_are_kept_in_every_order(books: Books, second: OpenOffice) -> None:
    visit = share(books, second)
    books.ward.receptions.amend(visit.id, replace(visit, phone="0900000001"))
    theirs = second.receptions.find(visit.id)
    assert theirs is not None
    second.receptions.amend(visit.id, replace(theirs, phone="0900000002"))
    for sender in (second, books.ward):
        hand_over(books, sender, books.district)
    hand_over(books, second, books.ward)
    shown = {books.visits()[visit.id].phone}
    own = books.ward.receptions.find(visit.id)
    assert own is not None
    shown.add(own.phone)
    assert len(shown) == 1 and shown <= {"0900000001", "0900000002"}, "every office shows the same of the two"
    assert conflicts(books.district) == conflicts(books.ward) == [(visit.id, "phone")]
    with books.district.store.reading() as connection:
        told = b"".join(
            bytes(row[0])
            for row in connection.exec_driver_sql("SELECT line FROM journal WHERE record = ?", (visit.id,))
        )
    assert b"0900000001" in told and b"0900000002" in told, "nothing is lost"


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_s7_the_order_of_imports_makes_no_difference(books: Books, order: tuple[int, ...]) -> None:
    visit = books.log()
    files = [books.ward.outbox.export(books.stick)[0].path]
    books.ward.receptions.amend(visit.id, replace(visit, phone="0900000009"))
    files.append(books.ward.outbox.export(books.stick)[0].path)
    books.log(books.other)
    files.append(books.other.outbox.export(books.stick)[0].path)
    for at in order:
        books.take(files[at])
    assert books.visits()[visit.id].phone == "0900000009" and len(books.visits()) == 2
    assert books.district.check() == []


def test_s4_a_visit_that_one_pc_removes_and_the_other_amends_is_a_question_and_loses_no_word(
    books: Books, second: OpenOffice
) -> None:
    visit = share(books, second)
    with books.ward.store.unit(act="reception.remove", officer=books.ward.officer.id) as unit:
        known = unit.get(Reception, visit.id)
        assert known is not None
        unit.change(known, removed="Nhập nhầm")
        unit.commit()
    theirs = second.receptions.find(visit.id)
    assert theirs is not None
    second.receptions.amend(visit.id, replace(theirs, phone="0900000002"))
    hand_over(books, second, books.ward)
    hand_over(books, books.ward, second)
    for office in (books.ward, second):
        (question,) = office.conflicts.of_record("reception", visit.id)
        assert question.about_removal
        with office.store.reading() as connection:
            kept = connection.exec_driver_sql("SELECT phone FROM reception WHERE id = ?", (visit.id,)).scalar_one()
        assert kept == "0900000002", "what was typed is there whatever is decided"
    books.ward.conflicts.bring_back("reception", visit.id)
    hand_over(books, books.ward, second)
    again = second.receptions.find(visit.id)
    assert again is not None and (again.removed, again.phone) == ("", "0900000002")


def test_s6_a_directive_and_a_change_at_the_ward_stand_side_by_side(books: Books) -> None:
    visit = books.log()
    books.send()
    order = Directive(
        id="0d" * 16,
        office="Q",
        level=DirectiveLevel.DISTRICT,
        issuer="Chủ tịch UBND quận Thử Nghiệm",
        number="12/CĐ",
        issued_on=MONDAY.date(),
        content="Báo cáo việc tiếp công dân.",
        units=("P-01",),
    )
    with books.district.store.unit(act="directive.issue", officer=books.district.officer.id) as unit:
        unit.put(order)
        unit.commit()
    books.ward.receptions.amend(visit.id, replace(visit, phone="0900000007"))
    answer = next(one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01")
    assert books.ward.inbox.take([answer])[0].outcome == "applied"
    assert books.send().outcome == "applied"
    for office in (books.ward, books.district):
        assert [one.content for one in office.store.all(Directive)] == [order.content]
        assert {one.id: one.phone for one in office.store.all(Reception)} == {visit.id: "0900000007"}
        assert conflicts(office) == [] and office.check() == []


def test_m9_a_stick_read_twice_is_said_and_a_ward_that_was_forgotten_is_named_first(books: Books) -> None:
    books.log()
    (written,) = books.ward.outbox.export(books.stick)
    assert [books.take(written.path).outcome for _ in range(2)] == ["applied", "already"]
    listed = senders(books.district.store, office="Q", today=MONDAY.date() + timedelta(days=3))
    assert [(one.unit, one.days, one.late) for one in listed] == [("P-02", None, True), ("P-01", 3, False)]
    assert listed[1].last == history_of(books.ward)[0].seq
    later = senders(books.district.store, office="Q", today=MONDAY.date() + timedelta(days=LATE_DAYS + 1))
    assert all(one.late for one in later)
