"""Undo and redo of every act: the reverse of an entry is another entry; what others did meanwhile is never undone."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcd_desktop.domain.cases.case_file import Attachment, CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.office import DayOff, Officer
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, CaseState, IdKind, OfficerRight
from tcd_desktop.open_office import OpenOffice, add_officer, open_office
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.lines import decode_own
from tcd_desktop.store.lists.pages import ReceptionQuery
from tests.offices import (
    DRAFT,
    MONDAY,
    PASSWORD,
    SECRET,
    SECRET_WORDS,
    Clock,
    enrol,
    make_district,
    make_office,
    reopen,
)
from tests.papers import scan_pdf

TOLD = StepDraft(
    on=MONDAY.date(),
    number="12/QĐ-UBND",
    dated=MONDAY.date(),
    reason="Có căn cứ",
    body="Tổ xác minh",
    result="right",
    days=10,
    part="Một nội dung",
)
"""Enough for every step."""

TABLES: tuple[type, ...] = (Reception, Petition, CaseFile, CaseStep, Attachment, Citizen, DayOff)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def everything(office: OpenOffice) -> dict[str, Any]:
    """Every record by id."""
    return {record.id: record for kind in TABLES for record in office.store.all(kind)}


def visible(office: OpenOffice) -> dict[str, Any]:
    """The records that are not in the bin."""
    return {
        name: record
        for name, record in everything(office).items()
        if not getattr(record, "removed", "") and getattr(record, "active", True)
    }


def refusal(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value


def second_officer(office: OpenOffice) -> OpenOffice:
    """The same office, opened by another officer of this PC."""
    other = Officer(id="b" * 32, office=office.office.id, name="Trần Văn Hai", right=OfficerRight.CLERK)
    add_officer(office, other, "mat-khau-hai", PASSWORD)
    return open_office(office.home, "mat-khau-hai", now=Clock())


def test_undoing_a_logged_visit_puts_all_of_it_into_the_bin_and_redoing_brings_it_back(office: OpenOffice) -> None:
    done = office.receptions.log(DRAFT, open_case=True)
    before = everything(office)
    undone = office.undo.undo(reason="Hoàn tác: ghi lượt tiếp 1/2026")
    assert (undone.act, undone.value.name) == ("reception.log.undo", "1/2026")
    assert visible(office) == {}
    assert {record.removed for record in everything(office).values()} == {"Hoàn tác: ghi lượt tiếp 1/2026"}
    redone = office.undo.redo()
    assert redone.act == "reception.log.redo"
    assert everything(office) == before
    assert done.entry not in ("", undone.entry)


def test_the_search_index_follows_undo_and_redo(office: OpenOffice) -> None:
    def found() -> list[str]:
        with office.store.reading() as connection:
            page = office.receptions.pages.page(connection, ReceptionQuery(text="nguyen duc"), before=None, size=9)
            return [row.number for row in page.rows]

    office.receptions.log(DRAFT)
    office.undo.undo()
    assert found() == []
    office.undo.redo()
    assert found() == ["1/2026"]
    assert office.check() == []


def test_a_number_that_was_undone_is_not_given_again(office: OpenOffice) -> None:
    office.receptions.log(DRAFT)
    office.undo.undo()
    assert office.receptions.log(DRAFT).value.book_number == "2/2026"


def test_an_answer_and_the_case_it_moved_go_back_together(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    before = visible(office)
    office.receptions.answer(visit.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.IN_PERSON, on=MONDAY.date())
    assert office.cases.find(visit.case).state is CaseState.ACCEPTED
    after = everything(office)
    office.undo.undo()
    assert visible(office) == before
    office.undo.redo()
    assert everything(office) == after


def test_the_deadlines_forget_a_day_off_that_was_undone_and_know_it_again(office: OpenOffice) -> None:
    office.calendar.add(date(2026, 12, 1), working=False, reason="Nghỉ do bão")
    office.undo.undo()
    assert office.receptions.log(DRAFT).value.answer_due == date(2026, 12, 8)
    office.undo.undo()
    office.undo.redo()
    office.undo.undo()
    office.calendar.add(date(2026, 12, 1), working=False, reason="Nghỉ do bão")
    assert office.receptions.log(DRAFT).value.answer_due == date(2026, 12, 9)


def test_a_new_act_forgets_what_could_be_redone(office: OpenOffice) -> None:
    office.receptions.log(DRAFT)
    office.undo.undo()
    assert office.undo.next_redo().act == "reception.log"
    office.receptions.log(DRAFT)
    assert office.undo.next_redo() is None
    assert refusal(office.undo.redo).code == "nothing_to_redo"


def test_a_look_at_an_identity_is_neither_undone_nor_in_the_way(office: OpenOffice) -> None:
    visit = office.receptions.log(SECRET).value
    office.undo.undo()
    office.undo.redo()
    office.receptions.reveal(visit.id, "Kiểm tra lại nội dung")
    assert office.undo.next_undo().act == "reception.log"


def test_a_printed_slip_cannot_be_unprinted_and_its_visit_not_be_undone(office: OpenOffice) -> None:
    logged = office.receptions.log(DRAFT)
    office.slips.print(logged.value.id)
    assert office.undo.next_undo().fixed
    assert refusal(office.undo.undo).code == "not_reversible"
    assert refusal(lambda: office.undo.undo(logged.entry)).code == "slip_issued"
    assert office.receptions.find(logged.value.id) == logged.value


def test_acts_are_undone_in_order_down_to_a_chosen_one(office: OpenOffice) -> None:
    first = office.receptions.log(DRAFT).value
    amended = office.receptions.amend(first.id, replace(first, phone="0900000001"))
    second = office.receptions.log(DRAFT).value
    office.slips.print(second.id)
    third = office.receptions.log(DRAFT).value
    assert [(step.act, step.name) for step in office.undo.recent()] == [
        ("reception.log", "3/2026"),
        ("slip.print", ""),
        ("reception.log", "2/2026"),
        ("reception.amend", "1/2026"),
        ("reception.log", "1/2026"),
    ]
    way = office.undo.path_to(amended.entry)
    office.undo.undo(way[0])
    assert office.receptions.find(third.id).removed
    assert refusal(lambda: office.undo.undo(way[1])).code == "slip_issued", "the visit with the slip stops the way"
    assert not office.receptions.find(second.id).removed and way[2:] == [amended.entry]
    office.undo.undo(amended.entry)
    assert office.receptions.find(first.id) == first


def test_what_another_officer_changed_since_is_not_undone_and_it_is_said_who_and_when(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    amended = office.receptions.amend(visit.id, replace(visit, phone="0900000001"))
    colleague = second_officer(office)
    try:
        assert colleague.undo.recent() == [], "each officer undoes the own acts"
        theirs = colleague.receptions.amend(visit.id, replace(amended.value, phone="0900000002", request="Khác"))
        error = refusal(lambda: office.undo.undo(amended.entry))
        assert (error.code, error.facts["field"], error.facts["who"]) == ("changed_since", "phone", "Trần Văn Hai")
        assert error.facts["when"].astimezone().date() == MONDAY.date()
        assert office.receptions.find(visit.id) == theirs.value, "nothing was changed"
        colleague.undo.undo()
        office.undo.undo(amended.entry)
        assert office.receptions.find(visit.id) == visit
    finally:
        colleague.close()


def test_a_visit_that_a_colleague_corrected_is_not_taken_back(office: OpenOffice) -> None:
    logged = office.receptions.log(DRAFT)
    colleague = second_officer(office)
    try:
        colleague.receptions.amend(logged.value.id, replace(logged.value, request="Đề nghị khác"))
        error = refusal(lambda: office.undo.undo(logged.entry))
        assert (error.code, error.facts["field"]) == ("changed_since", "request")
    finally:
        colleague.close()


def test_a_case_with_a_colleagues_visit_is_not_taken_away_from_under_it(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    opened = office.cases.open_from(visit.id)
    colleague = second_officer(office)
    try:
        colleague.receptions.log(DRAFT, case=opened.value.id)
        error = refusal(lambda: office.undo.undo(opened.entry))
        assert (error.code, error.facts["by"]) == ("rested_on", "reception")
    finally:
        colleague.close()


def test_a_citizen_who_came_again_to_a_colleague_stays_known(office: OpenOffice) -> None:
    logged = office.receptions.log(DRAFT)
    colleague = second_officer(office)
    try:
        again = colleague.receptions.log(replace(DRAFT, phone="0900000009")).value
        office.undo.undo(logged.entry)
        known = office.receptions.known_citizen(DRAFT.id_number)
        assert (known.id, known.phone) == (again.citizen, "0900000009")
    finally:
        colleague.close()


def test_the_list_of_acts_outlives_the_program_and_ends_at_midnight(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    office.receptions.amend(visit.id, replace(visit, phone="0900000001"))
    office.receptions.log(DRAFT)
    office.undo.undo()
    again = reopen(office)
    try:
        assert [step.act for step in again.undo.recent()] == ["reception.amend", "reception.log"]
        assert again.undo.redo().value.name == "2/2026"
        again.undo.undo()
        again.undo.undo()
        assert again.receptions.find(visit.id) == visit
        again.undo.redo()
        assert again.receptions.find(visit.id).phone == "0900000001"
    finally:
        again.close()
    tomorrow = open_office(office.home, PASSWORD, now=Clock(MONDAY + timedelta(days=1)))
    try:
        assert tomorrow.undo.recent() == []
        assert refusal(tomorrow.undo.undo).code == "nothing_to_undo"
    finally:
        tomorrow.close()


def test_an_undo_names_the_entry_it_reverses_in_every_line(office: OpenOffice) -> None:
    done = office.receptions.log(DRAFT, open_case=True)
    undone = office.undo.undo()
    with office.store.reading() as connection:
        ops = journal.own_entry(connection, undone.entry)
        first = journal.own_entry(connection, done.entry)
        lines = connection.exec_driver_sql("SELECT line FROM journal").scalars()
        assert sum(b'"undoes"' in line for line in lines) == len(ops) == len(first)
        assert journal.own_entry(connection, "0" * 32) == []
    assert {op.undoes for op in ops} == {done.entry}
    assert {op.act for op in ops} == {"reception.log.undo"}
    assert office.check() == []


def test_the_names_of_acts_tell_nothing_of_a_denouncer(office: OpenOffice) -> None:
    office.receptions.log(SECRET, open_case=True)
    office.undo.undo()
    told = repr(office.undo.next_redo()) + repr(office.undo.recent())
    assert not any(word in told for word in SECRET_WORDS)


# -- any acts in any order ------------------------------------------------------------------------------


class Player:
    """Does acts on a small office by number; a rule's refusal is part of the game."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office
        self.days = iter(range(1, 28))

    def visit(self, pick: int) -> Reception | None:
        known = self.office.store.all(Reception, "removed = '' ORDER BY rid")
        return known[pick % len(known)] if known else None

    def case(self, pick: int) -> CaseFile | None:
        known = self.office.store.all(CaseFile, "removed = '' ORDER BY id")
        return known[pick % len(known)] if known else None

    def act(self, kind: str, pick: int) -> None:
        with contextlib.suppress(Refused):
            getattr(self, f"_{kind}")(pick)

    def _log(self, pick: int) -> None:
        numbers = ("001056012345", "001166054321", "")
        base = SECRET if pick % 5 == 4 else DRAFT
        number = numbers[pick % 3] if base is DRAFT else base.id_number
        kind = IdKind.CITIZEN_CARD if number else IdKind.OTHER
        draft = replace(
            base, id_number=number, id_kind=kind, note="Không mang theo giấy tờ", phone=f"09000000{pick:02d}"
        )
        self.office.receptions.log(draft, open_case=pick % 2 == 0)

    def _amend(self, pick: int) -> None:
        if visit := self.visit(pick):
            self.office.receptions.amend(visit.id, replace(visit, content=f"Nội dung lần {pick}", date=DRAFT.date))

    def _answer(self, pick: int) -> None:
        if visit := self.visit(pick):
            kind = list(AnswerKind)[pick % len(AnswerKind)]
            self.office.receptions.answer(visit.id, kind=kind, channel=AnswerChannel.IN_PERSON, on=MONDAY.date())

    def _open(self, pick: int) -> None:
        if visit := self.visit(pick):
            self.office.cases.open_from(visit.id)

    def _move(self, pick: int) -> None:
        if case := self.case(pick):
            choices = self.office.steps.choices(case)
            if choices:
                self.office.steps.take(case.id, choices[pick % len(choices)].act, TOLD)

    def _attach(self, pick: int) -> None:
        if case := self.case(pick):
            self.office.attachments.add(f"giay-{pick}.pdf", scan_pdf(1, f"so {pick}"), case=case.id)

    def _day(self, pick: int) -> None:
        self.office.calendar.add(date(2026, 12, next(self.days)), working=False, reason=f"Lý do {pick}")

    def _noday(self, pick: int) -> None:
        if days := self.office.calendar.days():
            self.office.calendar.remove(days[pick % len(days)])

    def _bin(self, pick: int) -> None:
        if visit := self.visit(pick):
            told = frozenset({"case_goes", "case_stays", "answered"})
            self.office.recycle.remove("reception", visit.id, f"Ghi nhầm {pick}", told=told)

    def _bincase(self, pick: int) -> None:
        if case := self.case(pick):
            self.office.recycle.remove("case_file", case.id, f"Mở nhầm {pick}")

    def _restore(self, pick: int) -> None:
        if lines := self.office.recycle.bin.lines():
            line = sorted(lines, key=lambda one: one.id)[pick % len(lines)]
            self.office.recycle.restore(line.table, line.id)


KINDS = ("log", "amend", "answer", "open", "move", "attach", "day", "noday", "bin", "bincase", "restore")
STEPS = st.lists(st.tuples(st.sampled_from(("log", *KINDS)), st.integers(0, 20)), min_size=1, max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, some=st.integers(1, 14))
def test_undoing_any_acts_gives_the_tables_back_and_redoing_gives_them_again(
    steps: list[tuple[str, int]], some: int
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        office = make_office(Path(folder) / "ward")
        try:
            player = Player(office)
            states = [visible(office)]
            for kind, pick in steps:
                known = len(office.undo.recent(99))
                player.act(kind, pick)
                if len(office.undo.recent(99)) > known:
                    states.append(visible(office))
            after = everything(office)
            count = len(states) - 1
            for at in range(min(some, count)):
                office.undo.undo()
                assert visible(office) == states[-2 - at]
            for _ in range(min(some, count)):
                office.undo.redo()
            assert everything(office) == after
            for _ in range(count):
                office.undo.undo()
            assert visible(office) == states[0]
            assert refusal(office.undo.undo).code == "nothing_to_undo"
            for _ in range(count):
                office.undo.redo()
            assert everything(office) == after
            assert refusal(office.undo.redo).code == "nothing_to_redo"
            assert office.check() == []
            with office.store.reading() as connection:
                for line in connection.exec_driver_sql("SELECT line FROM journal").scalars():
                    decode_own(line)
        finally:
            office.close()


def test_a_bundle_carries_an_undo_like_any_act_and_the_district_shows_the_same(tmp_path: Path) -> None:
    ward, district, stick = make_office(tmp_path / "ward"), make_district(tmp_path / "district"), tmp_path / "stick"
    stick.mkdir()

    def deliver() -> None:
        files = [one.path for one in ward.outbox.export(stick)]
        assert [one.outcome for one in district.inbox.take(files)] == ["applied"]
        for kind in (Reception, Petition, CaseFile, Citizen):
            assert district.store.all(kind, "office = 'P-01' ORDER BY id") == ward.store.all(kind, "1 ORDER BY id")

    try:
        enrol(ward, district, stick)
        done = ward.receptions.log(DRAFT, open_case=True)
        deliver()
        ward.undo.undo(done.entry)
        deliver()
        with district.store.reading() as connection:
            last = journal.history(connection, done.value.id)[-1]
        assert (last.act, last.changes[0].name) == ("reception.log.undo", "removed")
        ward.undo.redo()
        ward.receptions.answer(
            done.value.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.IN_PERSON, on=MONDAY.date()
        )
        ward.undo.undo()
        deliver()
        assert refusal(lambda: district.undo.undo(done.entry)).code == "nothing_to_undo"
        assert district.check() == []
    finally:
        ward.close()
        district.close()


def test_a_field_on_which_two_pcs_disagree_is_not_decided_by_an_undo(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    amended = office.receptions.amend(visit.id, replace(visit, phone="0900000001"))
    with office.store.writing() as connection:
        columns = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(conflict)")]
        values = {"tbl": "reception", "record": visit.id, "office": "P-01", "field": "phone"}
        given = [values.get(name, "") for name in columns]
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO conflict VALUES ({marks})", tuple(given))
    error = refusal(lambda: office.undo.undo(amended.entry))
    assert (error.code, error.facts["field"]) == ("changed_since", "phone")
