"""An old book comes into the log in one act: numbers, secrets, doubles, gaps, and the way out and in again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.domain.cases.case_file import Petition
from tcd_desktop.domain.old_book.old_book import OldBook, OpeningBalance
from tcd_desktop.domain.old_book.old_book_columns import recognise
from tcd_desktop.domain.old_book.old_book_rows import BookFacts, OldLine, read_lines
from tcd_desktop.domain.old_book.opening_figures import balance_problems
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind
from tcd_desktop.jobs import Cancelled
from tcd_desktop.old_books.book_file import open_book, read_sheet
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.old_book.old_book_desk import Source, Waiting
from tcd_desktop.services.old_book.old_book_plan import Fate
from tcd_desktop.store.lists.pages import ReceptionQuery
from tests.offices import DRAFT, MONDAY, make_office
from tests.old_books_made import LINES, SECRET_WORDS, make_excel

SOURCE = Source("So 2026.xlsx", "ab" * 32)
TODAY = MONDAY.date()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    opened = make_office(tmp_path / "ward")
    yield opened
    assert opened.check() == []
    opened.close()


@pytest.fixture
def lines(tmp_path: Path) -> list[OldLine]:
    return read(tmp_path, LINES)


def read(folder: Path, rows: Any) -> list[OldLine]:
    sheet = read_sheet(open_book(make_excel(folder / "book.xlsx", rows)), 0)
    return list(read_lines(sheet, recognise(sheet), BookFacts(2026)))


def taken(office: OpenOffice, lines: list[OldLine], **options: Any) -> OldBook:
    return office.old_books.take(office.old_books.plan(lines), SOURCE, **options).value


def visits(office: OpenOffice) -> list[Reception]:
    return office.store.all(Reception, "removed = '' ORDER BY year, number")


def entries(office: OpenOffice) -> int:
    sql = "SELECT count(DISTINCT json_extract(CAST(line AS TEXT), '$.entry')) FROM journal"
    return int(office.store.read(lambda connection: connection.exec_driver_sql(sql).scalar_one()))


def test_an_import_is_one_act_and_all_its_visits_name_it(office: OpenOffice, lines: list[OldLine]) -> None:
    before = entries(office)
    book = taken(office, lines)
    assert entries(office) == before + 1
    assert {visit.batch for visit in visits(office)} == {book.id} and len(visits(office)) == 4
    assert (book.taken, book.refused, book.file_name) == (4, 2, "So 2026.xlsx")


def test_a_visit_keeps_the_number_of_the_book_and_the_next_one_follows(
    office: OpenOffice, lines: list[OldLine]
) -> None:
    taken(office, lines)
    assert [visit.number for visit in visits(office)] == [1, 2, 3, 4]
    assert office.receptions.log(DRAFT).value.number == 5


def test_a_number_that_is_taken_gives_way_and_the_old_one_is_noted(office: OpenOffice, lines: list[OldLine]) -> None:
    held = office.receptions.log(DRAFT).value
    plan = office.old_books.plan(lines)
    first = plan.lines[0]
    assert (held.number, first.number, first.own) == (1, 5, False)
    assert any(doubt.problem.code == "number_taken" for doubt in first.line.doubts)
    taken(office, lines)
    moved = next(visit for visit in visits(office) if visit.name == "Nguyễn Thị Ẩn")
    assert moved.number == 5 and "Số trong sổ cũ: 1." in moved.note and "dòng 7" in moved.note
    assert office.receptions.log(DRAFT).value.number == 6


def test_a_line_without_a_number_never_takes_that_of_a_later_line(office: OpenOffice, tmp_path: Path) -> None:
    plan = office.old_books.plan(read(tmp_path, [("", *LINES[0][1:]), (1, *LINES[1][1:])]))
    assert [planned.number for planned in plan.lines] == [2, 1]


def test_a_number_no_book_of_a_ward_reaches_is_not_believed(office: OpenOffice, tmp_path: Path) -> None:
    plan = office.old_books.plan(read(tmp_path, [(912345, *LINES[0][1:])]))
    assert plan.lines[0].number == 1 and plan.lines[0].fate is Fate.DOUBTFUL


def test_an_old_denunciation_is_sealed_like_any_other(office: OpenOffice, lines: list[OldLine]) -> None:
    taken(office, lines)
    secret = visits(office)[3]
    assert secret.is_secret and secret.sealed and not (secret.name or secret.address or secret.id_number)
    assert office.receptions.reveal(secret.id, "kiểm tra nhập sổ").name == SECRET_WORDS[0]
    text = office.store.read(
        lambda connection: "\n".join(
            bytes(row[0]).decode("utf-8") for row in connection.exec_driver_sql("SELECT line FROM journal")
        )
    )
    assert not any(word in text for word in SECRET_WORDS)
    names = [citizen.name for citizen in office.store.all(Citizen)]
    assert sorted(names) == ["Nguyễn Thị Ẩn", "Trần Văn Đức"]


def test_gaps_of_the_old_book_do_not_stop_and_the_future_does(office: OpenOffice, tmp_path: Path) -> None:
    bare = ("", "1/2/26", "Nguyễn Văn A", "", "Xin gặp cán bộ", *[""] * 8)
    coming = (2, "1/2/27", "Nguyễn Văn A", "", "Kiến nghị", *[""] * 8)
    plan = office.old_books.plan(read(tmp_path, [bare, coming]))
    assert [planned.fate for planned in plan.lines] == [Fate.DOUBTFUL, Fate.REFUSED]
    assert plan.lines[1].line.stops[0].problem.code == "future_date"


def test_impossible_values_beside_the_visit_are_left_empty_and_told(office: OpenOffice, tmp_path: Path) -> None:
    line = read(tmp_path, LINES[:1])[0]
    line = replace(line, draft=replace(line.draft, birth_date="2044-01-01"))
    (planned,) = office.old_books.plan([line]).lines
    assert planned.line.draft.birth_date == "" and planned.fate is Fate.DOUBTFUL


def test_what_is_there_already_is_not_taken_twice(office: OpenOffice, lines: list[OldLine], tmp_path: Path) -> None:
    taken(office, lines)
    again = office.old_books.plan(lines)
    assert again.taken == 0 and again.count(Fate.KNOWN) == 4
    with pytest.raises(Refused) as refused:
        office.old_books.take(again, SOURCE)
    assert refused.value.code == "old_book_nothing"
    other = office.old_books.plan(read(tmp_path, [(9, *LINES[3][1:2], "Lê Thị Khác - Số 1", *LINES[3][3:])]))
    assert other.lines[0].fate is not Fate.KNOWN, "another denouncer on the same day is somebody else"


def test_renumbered_visits_are_known_again_by_their_content(office: OpenOffice, lines: list[OldLine]) -> None:
    office.receptions.log(DRAFT)
    taken(office, lines)
    assert office.old_books.plan(lines).count(Fate.KNOWN) == 4


def test_the_same_line_twice_in_a_book_is_taken_once(office: OpenOffice, tmp_path: Path) -> None:
    plan = office.old_books.plan(read(tmp_path, [LINES[0], LINES[0]]))
    assert [planned.fate for planned in plan.lines] == [Fate.READY, Fate.REFUSED]
    assert plan.lines[1].line.stops[0].problem.facts["row"] == 7


def test_known_citizens_keep_their_newer_address_and_new_ones_their_latest(office: OpenOffice, tmp_path: Path) -> None:
    office.receptions.log(DRAFT)
    older = (1, "1/2/26", "Nguyễn Văn Đức - Chỗ ở cũ", DRAFT.id_number, "Kiến nghị", "KNPA", 1, *[""] * 6)
    new = (2, "1/3/26", "Trần Thị Bé - Số 2 phố Mới", "001168012399", "Kiến nghị 2", "KNPA", 1, *[""] * 6)
    newer = (3, "1/4/26", "Trần Thị Bé - Số 3 phố Mới", "001168012399", "Kiến nghị 3", "KNPA", 1, *[""] * 6)
    taken(office, read(tmp_path, [older, new, newer]))
    found = {citizen.name: citizen.address for citizen in office.store.all(Citizen)}
    assert found == {"Nguyễn Văn Đức": DRAFT.address, "Trần Thị Bé": "Số 3 phố Mới"}


@pytest.mark.parametrize(
    ("waiting", "due"), [(Waiting.RUNNING, [False, True]), (Waiting.ALL, [True, True]), (Waiting.NONE, [False, False])]
)
def test_only_visits_that_are_still_in_time_wait_for_an_answer(
    office: OpenOffice, tmp_path: Path, waiting: Waiting, due: list[bool]
) -> None:
    rows = [(1, "5/1/26", *LINES[0][2:]), (2, "20/11/26", *LINES[1][2:])]
    taken(office, read(tmp_path, rows), waiting=waiting)
    assert [visit.answer_due is not None for visit in visits(office)] == due


def test_a_whole_import_goes_into_the_bin_and_comes_back(office: OpenOffice, lines: list[OldLine]) -> None:
    book = taken(office, lines)
    own = office.receptions.log(replace(DRAFT, id_number="001168012345")).value
    before = entries(office)
    office.old_books.take_back(book.id, "nhập nhầm sổ của năm khác")
    assert entries(office) == before + 1 and [visit.id for visit in visits(office)] == [own.id]
    assert [one.removed for one in office.old_books.imports()] == ["nhập nhầm sổ của năm khác"]
    kept = office.store.all(Citizen, "removed = ''")
    assert [citizen.id_number for citizen in kept] == ["001168012345"], "the citizen of another visit stays"
    with office.store.reading() as connection:
        assert office.receptions.pages.count(connection, ReceptionQuery(text="duc")).value == 1
    office.old_books.put_back(book.id)
    assert [visit.number for visit in visits(office)] == [1, 2, 3, 4, 5]
    assert len(office.store.all(Citizen, "removed = ''")) == 2
    with office.store.reading() as connection:
        assert office.receptions.pages.count(connection, ReceptionQuery(text="quy")).value == 1


def test_petitions_go_and_come_with_their_visits(office: OpenOffice, tmp_path: Path) -> None:
    told = (1, "1/2/26", "Nguyễn Văn A - Số 1", "", "Có đơn khiếu nại việc đền bù", "KN", 1, *[""] * 6)
    book = taken(office, read(tmp_path, [told]))
    assert len(office.store.all(Petition, "removed = ''")) == 1
    office.old_books.take_back(book.id, "nhập nhầm sổ")
    assert office.store.all(Petition, "removed = ''") == []
    office.old_books.put_back(book.id)
    assert len(office.store.all(Petition, "removed = ''")) == 1


def test_a_reason_is_needed_and_nothing_is_taken_back_twice(office: OpenOffice, lines: list[OldLine]) -> None:
    book = taken(office, lines)
    for reason, code in (("", "reason_needed"), ("x" * 400, "reason_too_long")):
        with pytest.raises(Refused) as refused:
            office.old_books.take_back(book.id, reason)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        office.old_books.put_back(book.id)
    assert refused.value.code == "not_removed"
    office.old_books.take_back(book.id, "nhập nhầm sổ")
    with pytest.raises(Refused) as refused:
        office.old_books.take_back(book.id, "nhập nhầm sổ")
    assert refused.value.code == "removed_already"


def test_the_general_undo_and_redo_take_an_import_back_and_do_it_again(
    office: OpenOffice, lines: list[OldLine]
) -> None:
    taken(office, lines)
    office.undo.undo()
    assert visits(office) == []
    office.undo.redo()
    assert [visit.number for visit in visits(office)] == [1, 2, 3, 4]
    assert office.receptions.log(DRAFT).value.number == 5


def test_a_taken_back_book_may_be_imported_again_under_its_own_numbers(
    office: OpenOffice, lines: list[OldLine]
) -> None:
    book = taken(office, lines)
    office.old_books.take_back(book.id, "sửa cột rồi nhập lại")
    second = taken(office, lines)
    assert [visit.number for visit in visits(office)] == [1, 2, 3, 4]
    for desk in (lambda: office.old_books.put_back(book.id), lambda: office.recycle.restore("old_book", book.id)):
        with pytest.raises(Refused) as refused:
            desk()
        assert refused.value.code == "old_book_numbers_taken"
    assert {visit.batch for visit in visits(office)} == {second.id}


def test_the_recycle_bin_gives_a_whole_import_back_too(office: OpenOffice, lines: list[OldLine]) -> None:
    book = taken(office, lines)
    office.old_books.take_back(book.id, "nhập nhầm sổ")
    office.recycle.restore("old_book", book.id)
    assert [visit.number for visit in visits(office)] == [1, 2, 3, 4]
    assert len(office.store.all(Citizen, "removed = ''")) == 2


def test_a_cancelled_import_leaves_nothing(office: OpenOffice, lines: list[OldLine]) -> None:
    class Stops:
        asked = 0

        def step(self, done: int, total: int, text: str = "") -> None: ...

        def cancelled(self) -> bool:
            self.asked += 1
            return self.asked > 2

    with pytest.raises(Cancelled):
        office.old_books.take(office.old_books.plan(lines), SOURCE, progress=Stops())
    assert visits(office) == [] and office.old_books.imports() == []
    assert office.receptions.log(DRAFT).value.number == 1


def test_it_is_told_how_many_visits_have_been_worked_on_since(office: OpenOffice, lines: list[OldLine]) -> None:
    book = taken(office, lines)
    assert office.old_books.worked_on(book.id) == 0
    office.receptions.answer(visits(office)[0].id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.WRITTEN, on=TODAY)
    assert office.old_books.worked_on(book.id) == 1
    assert office.old_books.same_file(SOURCE.sha256) == office.old_books.imports()[0]
    assert office.old_books.same_file("00" * 32) is None


# --- opening balances -------------------------------------------------------------------------------


def test_opening_figures_are_saved_changed_emptied_and_keep_their_history(office: OpenOffice) -> None:
    desk = office.balances
    desk.set({("02/XLD", "1"): 7, ("01/TCD", "5"): 40}, on=date(2026, 9, 1), today=TODAY, note="sổ giấy")
    desk.set({("02/XLD", "1"): 9}, on=date(2026, 9, 1), today=TODAY)
    assert [(one.form, one.column, one.value) for one in desk.figures()] == [("02/XLD", "1", 9)]
    told = [(line.form, line.column, line.before, line.after) for line in desk.history()]
    assert set(told) == {
        ("02/XLD", "1", None, 7), ("02/XLD", "1", 7, 9), ("01/TCD", "5", None, 40), ("01/TCD", "5", 40, None),
    }  # fmt: skip
    assert all(line.officer == "Lê Thị Thử" and isinstance(line.at, datetime) for line in desk.history())
    office.undo.undo()
    assert {(one.form, one.value) for one in desk.figures()} == {("02/XLD", 7), ("01/TCD", 40)}


def test_impossible_opening_figures_are_refused_by_field(office: OpenOffice) -> None:
    with pytest.raises(DraftRefused) as refused:
        office.balances.set({("01/TCD", "5"): 1, ("01/TCD", "8"): 2}, on=None, today=TODAY)
    assert set(refused.value.problems) == {"on", "01/TCD:8"}
    assert office.store.all(OpeningBalance) == []
    assert set(balance_problems(date(2027, 1, 1), {("02/XLD", "1"): -1}, TODAY)) == {"on", "02/XLD:1"}
