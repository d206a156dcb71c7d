"""When a day off comes or goes, open dates follow, each told before and after; tables of days come from files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Direction, OfficerRight
from tcd_desktop.old_books.day_table import read_day_table
from tcd_desktop.open_office import OpenOffice
from tests.offices import DRAFT, MONDAY, make_office

TODAY = MONDAY.date()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def visit(office: OpenOffice, record: str) -> Reception:
    found = office.receptions.find(record)
    assert found is not None
    return found


def test_a_new_day_off_moves_case_and_answer_and_says_so(office: OpenOffice) -> None:
    logged = office.receptions.log(DRAFT, open_case=True).value
    answered = office.receptions.log(replace(DRAFT, content="Việc khác")).value
    office.receptions.answer(answered.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.WRITTEN, on=TODAY)
    assert office.recounts.recount().value == []
    office.calendar.add(date(2026, 12, 1), working=False, reason="Nghỉ theo thông báo")
    done = office.recounts.recount()
    told = [(one.kind, one.number, one.before, one.after) for one in done.value]
    assert told == [
        ("case", "HS 1/2026", date(2026, 12, 3), date(2026, 12, 4)),
        ("answer", "1/2026", date(2026, 12, 8), date(2026, 12, 9)),
    ]
    assert visit(office, logged.id).answer_due == date(2026, 12, 9)
    assert visit(office, answered.id).answer_due == date(2026, 12, 8), "what was met keeps the date it was met by"
    last = office.cases.history(logged.case or "")[-1]
    assert last.act == "case.recount"
    assert {str(one.before): str(one.after) for one in last.changes if one.name == "due"} == {
        "2026-12-03": "2026-12-04"
    }
    office.undo.undo()
    assert visit(office, logged.id).answer_due == date(2026, 12, 8)


def test_the_date_of_a_written_refusal_follows_too(office: OpenOffice) -> None:
    draft = replace(
        DRAFT,
        direction=Direction.REFUSE,
        refusal_ground="L9.3",
        refusal_grounds_on=TODAY,
        refusal_explained=True,
        earlier_answer="Thông báo 12/TB-UBND ngày 01/10/2026 của UBND phường",
    )
    refused = office.receptions.log(draft).value
    assert refused.refusal_due == date(2026, 11, 27)
    office.calendar.add(date(2026, 11, 26), working=False, reason="Nghỉ bù")
    (moved,) = office.recounts.recount().value
    assert (moved.kind, moved.before, moved.after) == ("refusal", date(2026, 11, 27), date(2026, 11, 30))


def test_taking_a_day_out_moves_the_dates_back(office: OpenOffice) -> None:
    office.receptions.log(DRAFT)
    line = office.calendar.add(date(2026, 12, 1), working=False, reason="Nghỉ").value
    office.recounts.recount()
    office.calendar.remove(line)
    (moved,) = office.recounts.recount().value
    assert (moved.before, moved.after) == (date(2026, 12, 9), date(2026, 12, 8))


def test_who_only_looks_moves_nothing(office: OpenOffice) -> None:
    office.officer = replace(office.officer, right=OfficerRight.VIEWER)
    office.__dict__.pop("recounts", None)
    with pytest.raises(Refused):
        office.recounts.recount()


TABLE = """Bảng ngày nghỉ năm 2027,,,
Ngày,Loại,Lý do,Quyết định
02/01/2027,Làm bù,Làm bù cho ngày 04/01/2027,Thông báo 5/TB-UBND
04/01/2027,Nghỉ,Hoán đổi,Thông báo 5/TB-UBND
04/01/2027,Nghỉ,Hoán đổi lần nữa,
05/01/2027,Nghỉ,,
06/01/2027,chưa rõ,Họp,
"""


@pytest.mark.parametrize("kind", ["csv", "toml", "xlsx"])
def test_a_table_of_days_comes_from_a_file_and_goes_in_once(office: OpenOffice, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"ngay-nghi.{kind}"
    if kind == "csv":
        path.write_text(TABLE, encoding="utf-8-sig")
    elif kind == "toml":
        text = (
            '[[day]]\nday = 2027-01-02\nworking = true\nreason = "Làm bù"\n\n'
            '[[day]]\nday = 2027-01-04\nreason = "Hoán đổi"\ndecision = "Thông báo 5/TB-UBND"\n'
        )
        path.write_text(text, encoding="utf-8")
    else:
        import xlsxwriter

        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet()
        for row, line in enumerate(TABLE.splitlines()):
            for column, text in enumerate(line.split(",")):
                sheet.write_string(row, column, text)
        book.close()
    lines = read_day_table(path)
    made = office.calendar.add_all(lines).value
    assert [(one.day, one.working) for one in made] == [(date(2027, 1, 2), True), (date(2027, 1, 4), False)]
    assert made[1].decision == "Thông báo 5/TB-UBND"
    assert office.clocks.calendar(2027).is_working(date(2027, 1, 2))
    with pytest.raises(Refused) as refused:
        office.calendar.add_all(lines)
    assert refused.value.code == "no_days_in_file"
    office.undo.undo()
    assert office.calendar.days() == []


def test_a_file_without_days_is_refused(tmp_path: Path) -> None:
    for name, content, code in (("a.csv", "x,y\n1,2\n", "no_days_in_file"), ("b.toml", "[[", "file_not_read")):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        with pytest.raises(Refused) as refused:
            read_day_table(path)
        assert refused.value.code == code
