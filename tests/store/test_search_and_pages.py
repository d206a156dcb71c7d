"""The log's pages and the search without accents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.pages import CasePages, CaseQuery, ReceptionPages, ReceptionQuery
from tcd_desktop.store.lists.reception_pages import _plain
from tcd_desktop.store.search.search import rebuild
from tests.offices import DRAFT, SECRET, SECRET_WORDS, make_office

PAGES = ReceptionPages()


@pytest.fixture
def office(tmp_path: Path):
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def log(office: OpenOffice, **changes: object) -> Reception:
    return office.receptions.log(replace(DRAFT, **changes)).value


def found(office: OpenOffice, text: str, **filters: object) -> list[str]:
    with office.store.reading() as connection:
        page = PAGES.page(connection, ReceptionQuery(text=text, **filters))
    return [row.name for row in page.rows]


def test_a_name_is_found_without_accents_with_them_and_by_its_beginning(office: OpenOffice) -> None:
    log(office, name="Đặng Thị Hường")
    log(office, name="Trần Văn Hương")
    for typed in ("dang", "Đặng", "dang thi hu", "HUONG dang", "đang hường"):
        assert found(office, typed) == ["Đặng Thị Hường"], typed
    assert len(found(office, "huong")) == 2


def test_content_address_book_number_and_last_digits_are_found(office: OpenOffice) -> None:
    log(office, id_number="001056099999", phone="0912111222", address="Phố Lò Đúc")
    log(office, id_number="001056088888", content="Ô nhiễm tiếng ồn", phone="")
    assert len(found(office, "lo duc")) == 1
    assert len(found(office, "o nhiem")) == 1
    assert len(found(office, "9999")) == 1
    assert len(found(office, "1222")) == 1
    assert len(found(office, "xyz")) == 0


def test_a_single_letter_being_typed_does_not_narrow_yet_but_a_digit_does(office: OpenOffice) -> None:
    log(office, name="Trần Văn Tám")
    log(office, name="Trần Thị Bưởi", content="Việc thứ 7", has_petition=False)
    assert len(found(office, "tran x")) == 2
    assert len(found(office, "x")) == 2
    assert found(office, "tran 7") == ["Trần Thị Bưởi"]


def test_signs_and_operators_in_a_search_are_only_text(office: OpenOffice) -> None:
    log(office)
    for typed in ('"', "duc*", "(", "NEAR(", "duc AND", "name:duc", "-", "^duc", "%", "';--"):
        found(office, typed)
    assert found(office, "duc OR khong") == []


def test_visits_of_one_minute_stand_in_the_order_of_their_numbers(office: OpenOffice) -> None:
    logged = [log(office, name=f"Người {at:02d}").number for at in range(25)]
    for text in ("", "nguoi"):
        with office.store.reading() as connection:
            page = PAGES.page(connection, ReceptionQuery(text=text))
        assert [row.number for row in page.rows] == [f"{number}/2026" for number in reversed(logged)]


def test_a_visit_put_into_another_minute_stands_there_by_its_number(office: OpenOffice) -> None:
    logged = [log(office, time=time(9, at % 3)) for at in range(9)]
    for visit in logged:
        office.receptions.amend(visit.id, replace(DRAFT, time=time(14, 0)))
    with office.store.reading() as connection:
        page = PAGES.page(connection, ReceptionQuery())
    assert [row.number for row in page.rows] == [visit.book_number for visit in reversed(logged)]


def test_pages_go_on_where_they_stopped_and_never_repeat_or_skip(office: OpenOffice) -> None:
    for minute in range(23):
        log(office, name=f"Người {minute:02d}", time=time(8, minute % 7))
    for text in ("", "nguoi"):
        seen, cursor = [], None
        with office.store.reading() as connection:
            while True:
                page = PAGES.page(connection, ReceptionQuery(text=text), before=cursor, size=5)
                seen += [row.rid for row in page.rows]
                cursor = page.next
                if cursor is None:
                    break
        assert len(seen) == 23 and seen == sorted(set(seen), reverse=True)


def test_the_newest_visit_comes_first_whatever_the_order_of_logging(office: OpenOffice) -> None:
    log(office, name="Hôm Nay")
    log(office, name="Hôm Trước", date=date(2026, 11, 20))
    log(office, name="Sáng Sớm", time=time(7, 30))
    assert found(office, "") == ["Hôm Nay", "Sáng Sớm", "Hôm Trước"]


def test_moving_a_visit_to_another_day_moves_it_in_the_list_and_keeps_it_findable(office: OpenOffice) -> None:
    visit = log(office, name="Người Đổi Ngày")
    log(office, name="Người Khác", date=date(2026, 11, 20))
    office.receptions.amend(visit.id, replace(visit, date=date(2026, 11, 19)))
    assert found(office, "") == ["Người Khác", "Người Đổi Ngày"]
    assert found(office, "doi ngay") == ["Người Đổi Ngày"]
    assert office.check() == []


def test_an_amended_name_is_found_and_the_old_one_no_longer(office: OpenOffice) -> None:
    visit = log(office, name="Nguyễn Văn Nhầm")
    office.receptions.amend(visit.id, replace(visit, name="Nguyễn Văn Đúng"))
    assert found(office, "nham") == []
    assert found(office, "dung") == ["Nguyễn Văn Đúng"]


def test_a_denouncer_is_in_no_list_and_cannot_be_searched(office: OpenOffice) -> None:
    office.receptions.log(SECRET)
    for words in SECRET_WORDS:
        assert found(office, words) == []
    assert found(office, "bien lai") == [""]


def test_counts_stop_at_the_cap_and_filters_narrow_the_log(office: OpenOffice) -> None:
    for _ in range(6):
        log(office)
    log(office, classification=Classification.FEEDBACK)
    with office.store.reading() as connection:
        capped = PAGES.count(connection, ReceptionQuery(text="duc"), cap=5)
        assert (capped.value, capped.capped) == (5, True)
        assert PAGES.count(connection, ReceptionQuery()).value == 7
        feedback = ReceptionQuery(classification=Classification.FEEDBACK)
        assert PAGES.count(connection, feedback).value == 1
        due = ReceptionQuery(waiting_by=date(2026, 12, 8))
        assert PAGES.count(connection, due).value == 7
        early = ReceptionQuery(waiting_by=date(2026, 12, 7))
        assert PAGES.count(connection, early).value == 0


def test_the_visits_of_some_days_are_those_of_these_days_only(office: OpenOffice) -> None:
    for day in (20, 21, 22, 23):
        for at in (time(0, 0), time(23, 59)):
            log(office, date=date(2026, 11, day), time=at)
    with office.store.reading() as connection:

        def days(since: date | None, until: date | None) -> list[int]:
            query = ReceptionQuery(offices=(office.office.id,), since=since, until=until)
            rows = PAGES.page(connection, query).rows
            assert PAGES.count(connection, query).value == len(rows)
            return [row.date.day for row in rows]

        assert days(date(2026, 11, 21), date(2026, 11, 22)) == [22, 22, 21, 21]
        assert days(date(2026, 11, 23), None) == [23, 23]
        assert days(None, date(2026, 11, 20)) == [20, 20]
        assert days(None, date.max) == [23, 23, 22, 22, 21, 21, 20, 20]
        assert days(None, date(1969, 12, 31)) == []


@pytest.mark.parametrize(
    "question", [{"waiting_by": date(2026, 11, 23)}, {"since": date(2026, 11, 23), "until": date(2026, 11, 23)}]
)
def test_the_morning_figures_never_read_the_whole_log(office: OpenOffice, question: dict[str, date]) -> None:
    source = _plain(ReceptionQuery(offices=(office.office.id,), **question), None)
    sql = f"EXPLAIN QUERY PLAN SELECT 1 FROM {source.tables} WHERE {source.where()}"
    with office.store.reading() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(sql, source.values)]
    assert plan in (
        ["SEARCH r USING INDEX reception_waiting (answer_due<?)"],
        ["SEARCH r USING INDEX reception_waiting (answer_due>? AND answer_due<?)"],
        ["SEARCH r USING INDEX reception_office (office=? AND rid>? AND rid<?)"],
    )


def test_anchors_split_the_log_into_equal_stretches(office: OpenOffice) -> None:
    for minute in range(12):
        log(office, time=time(8, minute))
    with office.store.reading() as connection:
        anchors = PAGES.anchors(connection, ReceptionQuery(), every=5)
        assert len(anchors) == 2
        page = PAGES.page(connection, ReceptionQuery(), before=anchors[0], size=5)
    assert [row.time for row in page.rows] == [f"08:0{minute}" for minute in (6, 5, 4, 3, 2)]


def test_a_rebuilt_index_finds_the_same(office: OpenOffice) -> None:
    for number in range(30):
        log(office, name=f"Người {number:02d}")
    with office.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reception_search")
    assert {fault.code for fault in office.check()} == {"search"}
    with office.store.writing() as connection:
        rebuild(connection)
    assert office.check() == []
    assert len(found(office, "nguoi")) == 30


def test_cases_are_paged_by_the_day_they_were_opened(office: OpenOffice) -> None:
    for day in (18, 20, 19):
        visit = log(office, date=date(2026, 11, day))
        office.cases.open_from(visit.id)
    seen, cursor = [], None
    with office.store.reading() as connection:
        while True:
            page = CasePages().page(connection, CaseQuery(), before=cursor, size=1)
            seen += [row.opened_on.day for row in page.rows]
            cursor = page.next
            if cursor is None:
                break
    assert seen == [20, 19, 18]
