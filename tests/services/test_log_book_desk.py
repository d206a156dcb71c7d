"""The log book of a period: which lines, in which order, and whose identity stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tcd_desktop.domain.cases.case_file import Disclosure
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.log_book import BookLine, BookQuery, BookTotals, Receivers
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification, OfficerRight, ReceiverRank
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.receptions.log_book_desk import LogBookDesk
from tcd_desktop.store.journal import journal
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, make_office

TODAY = MONDAY.date()
WHY = "Đoàn thanh tra huyện yêu cầu"


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    yield office
    office.close()


def log(ward: OpenOffice, ago: int = 0, **changes: Any) -> Reception:
    return ward.receptions.log(replace(DRAFT, date=TODAY - timedelta(days=ago), **changes)).value


def query(ward: OpenOffice, since: int = 30, until: int = 0, **more: Any) -> BookQuery:
    days: dict[str, Any] = {"since": TODAY - timedelta(days=since), "until": TODAY - timedelta(days=until)}
    return BookQuery(office=ward.office.id, **days, **more)


def numbers(ward: OpenOffice, asked: BookQuery) -> list[int]:
    return [line.visit.number for line in ward.log_books.lines(asked)]


def test_a_book_has_the_visits_of_its_days_oldest_first_both_ends_included(ward: OpenOffice) -> None:
    for ago in (0, 5, 3, 4, 9):
        log(ward, ago)
    assert numbers(ward, query(ward)) == [5, 2, 4, 3, 1]
    assert numbers(ward, query(ward, since=5, until=3)) == [2, 4, 3]
    assert numbers(ward, query(ward, since=4, until=4)) == [4]
    assert ward.log_books.count(query(ward, since=5, until=3)).lines == 3


def test_more_lines_than_are_read_at_once_come_whole_and_once(
    ward: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tcd_desktop.store.lists import log_book

    for ago in (7, 7, 7, 3, 3, 0, 0):
        log(ward, ago)
    asked = query(ward)
    with ward.store.reading() as connection:
        for at_once in (1, 2, 3, 100):
            lines = log_book.book_lines(connection, asked, at_once=at_once)
            assert sorted(line.visit.number for line in lines) == [1, 2, 3, 4, 5, 6, 7]


def test_only_the_head_or_only_officers_or_only_one_content(ward: OpenOffice) -> None:
    log(ward)
    log(ward, receiver_rank=ReceiverRank.HEAD)
    log(ward, receiver_rank=ReceiverRank.DELEGATE, classification=Classification.FEEDBACK, delegated_by="Trần Văn Mẫu")
    assert numbers(ward, query(ward, receivers=Receivers.HEAD)) == [2, 3]
    assert numbers(ward, query(ward, receivers=Receivers.OFFICERS)) == [1]
    assert numbers(ward, query(ward, classification=Classification.FEEDBACK)) == [3]
    assert ward.log_books.count(query(ward, receivers=Receivers.HEAD)).lines == 2


def test_a_line_in_the_recycle_bin_keeps_its_place_and_counts_nothing(ward: OpenOffice) -> None:
    log(ward, people=3)
    gone = log(ward, people=4)
    ward.recycle.remove("reception", gone.id, "Ghi trùng lượt 1/2026")
    lines = list(ward.log_books.lines(query(ward)))
    assert [line.visit.number for line in lines] == [1, 2]
    totals = BookTotals()
    for line in lines:
        totals.add(line.visit)
    assert (totals.lines, totals.visits, totals.people) == (2, 1, 3)


def test_a_line_tells_of_its_case_and_of_the_first_line_of_its_visit(ward: OpenOffice) -> None:
    first = ward.receptions.log(DRAFT, open_case=True).value
    second = ward.receptions.log(DRAFT).value
    with ward.store.unit(act="reception.amend", officer=ward.officer.id) as unit:
        unit.change(second, same_visit=first.id)
        unit.commit()
    one, two = ward.log_books.lines(query(ward))
    assert one.case_number == "HS 1/2026" and one.case_state is not None and two.case_number == ""
    assert two.same_visit == "1/2026"


def opened_book(ward: OpenOffice, asked: BookQuery) -> list[BookLine]:
    return list(ward.log_books.lines(asked, opened=True))


def test_a_denouncer_is_left_out_until_a_reason_is_given_and_again_when_the_page_is_left(ward: OpenOffice) -> None:
    ward.receptions.log(SECRET)
    asked = query(ward)
    assert not any(word in repr(list(ward.log_books.lines(asked))) for word in SECRET_WORDS)
    with pytest.raises(Refused) as caught:
        opened_book(ward, asked)
    assert caught.value.code == "reason_needed"
    count = ward.log_books.disclose(asked, f"  {WHY} ")
    assert (count.lines, count.secret) == (1, 1)
    (line,) = opened_book(ward, asked)
    assert line.visit.name == SECRET_WORDS[0] and line.visit.id_number == SECRET_WORDS[1]
    with pytest.raises(Refused):
        opened_book(ward, query(ward, since=31))
    ward.log_books.close()
    with pytest.raises(Refused):
        opened_book(ward, asked)


def test_who_opened_which_book_and_why_is_in_the_journal_without_the_denouncer(ward: OpenOffice) -> None:
    ward.receptions.log(SECRET)
    ward.receptions.log(SECRET)
    ward.log_books.disclose(query(ward), WHY)
    (kept,) = ward.store.all(Disclosure)
    assert kept.officer == ward.officer.id
    assert kept.reason == f"Sổ tiếp công dân 24/10/2026 - 23/11/2026, 2 tố cáo: {WHY}"
    with ward.store.reading() as connection:
        (entry,) = journal.entries_of(connection, ward.office.id, kept.id)
    assert entry.op.act == "denunciation.reveal_book" and not any(word in kept.reason for word in SECRET_WORDS)


@pytest.mark.parametrize(
    ("reason", "code"), [("", "reason_needed"), ("vì", "reason_needed"), ("a" * 301, "reason_too_long")]
)
def test_identities_are_not_opened_without_a_reason(ward: OpenOffice, reason: str, code: str) -> None:
    ward.receptions.log(SECRET)
    with pytest.raises(Refused) as caught:
        ward.log_books.disclose(query(ward), reason)
    assert caught.value.code == code and ward.store.all(Disclosure) == []


def test_a_book_without_denunciations_has_nothing_to_open(ward: OpenOffice) -> None:
    log(ward)
    with pytest.raises(Refused) as caught:
        ward.log_books.disclose(query(ward), WHY)
    assert caught.value.code == "nothing_secret"


def test_who_may_not_look_at_identities_may_not_open_the_book(ward: OpenOffice) -> None:
    ward.receptions.log(SECRET)
    plain = LogBookDesk(
        ward.store,
        office=ward.office,
        officer=replace(ward.officer, right=OfficerRight.VIEWER),
        secrecy=ward.log_books._secrecy,
        today=lambda: TODAY,
        practice=False,
    )
    with pytest.raises(Refused) as caught:
        plain.disclose(query(ward), WHY)
    assert caught.value.code == "reveal_right" and ward.store.all(Disclosure) == []


def test_a_turned_period_and_an_unknown_office_are_refused(ward: OpenOffice) -> None:
    for asked, code in (
        (query(ward, since=0, until=5), "period_turned"),
        (replace(query(ward), office="P-99"), "unknown_record"),
    ):
        with pytest.raises(Refused) as caught:
            ward.log_books.book(asked)
        assert caught.value.code == code


def test_totals_count_a_visit_with_several_contents_once(ward: OpenOffice) -> None:
    first = log(ward, people=6)
    totals = BookTotals()
    for one in (
        first,
        replace(first, id="b" * 32, same_visit=first.id, classification=Classification.FEEDBACK),
        replace(first, id="c" * 32, date=date(2026, 11, 24), people=1, receiver_rank=ReceiverRank.HEAD),
    ):
        totals.add(one)
    assert (totals.lines, totals.visits, totals.people, totals.crowds, totals.by_head) == (3, 2, 7, 1, 1)
    assert totals.classes == {Classification.COMPLAINT: 2, Classification.FEEDBACK: 1}
