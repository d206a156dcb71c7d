"""Logging a visit, the case, the slip, the answer, secrecy: as the officer does them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import Disclosure, Petition
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.clocks.deadlines import Deadline
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, CaseState, Classification, Direction
from tcd_desktop.open_office import OpenOffice, open_office
from tests.offices import DRAFT, MONDAY, PASSWORD, SECRET, SECRET_WORDS, make_office, reopen

TODAY = MONDAY.date()


@pytest.fixture
def office(tmp_path: Path):
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def test_a_visit_gets_the_next_number_of_the_year_and_its_answer_date(office: OpenOffice) -> None:
    first = office.receptions.log(DRAFT).value
    second = office.receptions.log(DRAFT).value
    assert [first.book_number, second.book_number] == ["1/2026", "2/2026"]
    assert first.answer_due == date(2026, 12, 8)
    assert office.receptions.find(first.id) == first


def test_the_officer_and_the_place_are_filled_in(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    assert (visit.receiver_name, visit.receiver_title) == ("Lê Thị Thử", "Công chức Tư pháp - Hộ tịch")
    assert visit.place == "UBND phường P-01"


def test_an_empty_draft_names_every_missing_field_and_saves_nothing(office: OpenOffice) -> None:
    with pytest.raises(DraftRefused) as refused:
        office.receptions.log(ReceptionDraft())
    named = {name for name, problem in refused.value.problems.items() if not problem.warning}
    assert {"date", "name", "address", "content", "request", "classification", "direction"} <= named
    assert office.store.all(Reception) == []


def test_of_several_visits_all_are_saved_or_none(office: OpenOffice) -> None:
    with pytest.raises(DraftRefused) as refused:
        office.receptions.log_all([DRAFT, replace(DRAFT, name="")])
    assert refused.value.row == 1
    assert office.store.all(Reception) == []


def test_texts_are_cleaned_and_composed(office: OpenOffice) -> None:
    visit = office.receptions.log(replace(DRAFT, name="  Nguye\u0302\u0303n\u200b  Va\u0306n  ")).value
    assert visit.name == "Nguyễn Văn"


def test_a_returning_citizen_is_one_citizen_with_the_newest_address(office: OpenOffice) -> None:
    office.receptions.log(DRAFT)
    office.receptions.log(replace(DRAFT, address="Nhà mới"))
    citizens = office.store.all(Citizen)
    assert [citizen.address for citizen in citizens] == ["Nhà mới"]
    assert office.receptions.known_citizen(DRAFT.id_number) == citizens[0]


def test_a_petition_is_entered_when_one_was_handed_over(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    office.receptions.log(replace(DRAFT, has_petition=False))
    assert [petition.reception for petition in office.store.all(Petition)] == [visit.id]


def test_a_refused_visit_owes_no_answer(office: OpenOffice) -> None:
    refused = replace(DRAFT, direction=Direction.REFUSE, refusal_ground="L9.2")
    assert office.receptions.log(refused).value.answer_due is None


def test_a_denouncers_identity_is_sealed_and_makes_no_citizen(office: OpenOffice) -> None:
    visit = office.receptions.log(SECRET).value
    assert (visit.name, visit.address, visit.id_number, visit.phone) == ("", "", "", "")
    assert visit.sealed and not any(word.encode() in visit.sealed for word in SECRET_WORDS)
    assert office.store.all(Citizen) == []
    shown = repr(office.cases.history(visit.id)) + repr(office.store.all(Petition))
    assert not any(word in shown for word in SECRET_WORDS)


def test_looking_at_a_denouncer_needs_a_reason_and_leaves_a_line(office: OpenOffice) -> None:
    visit = office.receptions.log(SECRET).value
    with pytest.raises(Refused) as refused:
        office.receptions.reveal(visit.id, " ")
    assert refused.value.code == "reason_needed"
    assert office.store.all(Disclosure) == []
    opened = office.receptions.reveal(visit.id, "Chủ tịch yêu cầu xác minh")
    assert (opened.name, opened.id_number) == SECRET_WORDS[:2]
    seen = office.store.all(Disclosure)
    assert [(line.reception, line.officer) for line in seen] == [(visit.id, office.officer.id)]


def test_a_denunciation_can_be_amended_without_opening_it_and_keeps_its_seal(office: OpenOffice) -> None:
    visit = office.receptions.log(SECRET).value
    amended = office.receptions.amend(visit.id, replace(visit, content="Nội dung đã sửa")).value
    assert (amended.content, amended.name, amended.sealed) == ("Nội dung đã sửa", "", visit.sealed)
    assert office.receptions.reveal(visit.id, "Kiểm tra lại").name == SECRET_WORDS[0]


def test_a_visit_cannot_become_a_denunciation_afterwards(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    with pytest.raises(Refused) as refused:
        office.receptions.amend(visit.id, replace(visit, classification=Classification.DENUNCIATION))
    assert refused.value.code == "amend_secret"


def test_an_amendment_keeps_both_texts_in_the_history_and_can_be_taken_back(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    done = office.receptions.amend(visit.id, replace(visit, phone="0900000009"))
    assert office.undo.undo(done.entry).value.act == done.act
    assert office.receptions.find(visit.id) == visit
    changes = [(line.act, line.changes[0].before, line.changes[0].after) for line in office.cases.history(visit.id)[1:]]
    assert changes == [
        ("reception.amend", "0912345678", "0900000009"),
        ("reception.amend.undo", "0900000009", "0912345678"),
    ]


def test_a_case_is_opened_from_a_visit_with_the_earliest_deadline(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    case = office.cases.open_from(visit.id, title="Lấn chiếm ngõ").value
    assert (case.book_number, case.title, case.state) == ("HS 1/2026", "Lấn chiếm ngõ", CaseState.RECEIVED)
    assert (case.due, case.due_rule) == (date(2026, 12, 3), "KN1.accept")
    assert office.receptions.find(visit.id).case == case.id
    assert office.store.all(Petition)[0].case == case.id
    with pytest.raises(Refused) as refused:
        office.cases.open_from(visit.id)
    assert refused.value.code == "case_exists"


def test_the_deadline_of_a_case_explains_itself(office: OpenOffice) -> None:
    import json

    case = office.cases.open_from(office.receptions.log(DRAFT).value.id).value
    why = Deadline.from_json(json.loads(case.due_basis))
    assert "27" in why.article
    assert date(2026, 11, 24) in dict(why.skipped)


def test_a_case_moves_only_along_the_table_and_the_step_can_be_undone(office: OpenOffice) -> None:
    case = office.receptions.log(DRAFT, open_case=True).value.case
    with pytest.raises(Refused) as refused:
        office.steps.take(case, "close", StepDraft(on=TODAY))
    assert refused.value.code == "step_not_now"
    done = office.steps.take(case, "accept", StepDraft(on=TODAY, note="Thụ lý"))
    assert (done.value.due_rule, done.value.due) == ("KN1.settle", date(2026, 12, 23))
    assert office.undo.undo(done.entry).value.act == done.act
    assert office.cases.find(case).state is CaseState.RECEIVED
    assert office.cases.find(case).due_rule == "KN1.accept"


def test_an_answer_is_recorded_and_moves_the_case(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    answered = office.receptions.answer(
        visit.id, kind=AnswerKind.NOT_ACCEPTED, channel=AnswerChannel.WRITTEN, on=TODAY
    ).value
    assert answered.answered_on == TODAY
    case = office.cases.find(visit.case)
    assert (case.state, case.due) == (CaseState.NOT_ACCEPTED, None)


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 11, 22), "answer_before_visit"), (date(2026, 11, 25), "answer_in_future")]
)
def test_an_answer_is_dated_between_the_visit_and_today(office: OpenOffice, day: date, code: str) -> None:
    visit = office.receptions.log(DRAFT).value
    with pytest.raises(Refused) as refused:
        office.receptions.answer(visit.id, kind=AnswerKind.ACCEPTED, channel=AnswerChannel.IN_PERSON, on=day)
    assert refused.value.code == code


def test_the_slip_is_printed_registered_and_marked_when_printed_again(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    first = office.slips.print(visit.id).value
    second = office.slips.print(visit.id).value
    assert first.pdf.startswith(b"%PDF") and office.slips.stored_pdf(first.document) == first.pdf
    assert [document.print_no for document in office.slips.printed(visit.id)] == [1, 2]
    assert "154/2026" in first.document.instrument
    old = office.receptions.log(replace(DRAFT, date=date(2026, 6, 30))).value
    assert "04/2021" in office.slips.print(old.id).value.document.instrument
    assert first.document.copies == 2 and second.pdf != first.pdf


def test_a_denunciation_gets_three_copies_and_its_own_name_on_its_slip(office: OpenOffice) -> None:
    import pypdfium2

    visit = office.receptions.log(SECRET).value
    printed = office.slips.print(visit.id).value
    with pypdfium2.PdfDocument(printed.pdf) as pdf:
        page = pdf[0]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        text_page.close()
        page.close()
    assert printed.document.copies == 3
    assert SECRET_WORDS[0] in text


def test_nothing_handed_over_gives_no_slip(office: OpenOffice) -> None:
    visit = office.receptions.log(replace(DRAFT, documents=())).value
    with pytest.raises(Refused) as refused:
        office.slips.print(visit.id)
    assert refused.value.code == "no_documents"


def test_a_draft_survives_closing_and_is_dropped_when_done(office: OpenOffice) -> None:
    office.receptions.save_draft("form", SECRET)
    again = reopen(office)
    try:
        assert again.receptions.drafts() == {"form": SECRET}
        again.receptions.drop_draft("form")
        assert again.receptions.drafts() == {}
    finally:
        again.close()


def test_the_offices_own_day_off_moves_the_next_deadline_and_can_be_undone(office: OpenOffice) -> None:
    done = office.calendar.add(date(2026, 12, 1), working=False, reason="Nghỉ do bão", decision="QĐ 12")
    assert office.receptions.log(DRAFT).value.answer_due == date(2026, 12, 9)
    assert office.undo.undo(done.entry).value.act == done.act
    assert office.receptions.log(DRAFT).value.answer_due == date(2026, 12, 8)


def test_a_wrong_password_opens_nothing(office: OpenOffice) -> None:
    office.close()
    with pytest.raises(Refused) as refused:
        open_office(office.home, "sai-mat-khau")
    assert refused.value.code == "wrong_password"
    open_office(office.home, PASSWORD).close()


def test_the_whole_folder_shows_no_word_of_anybody(office: OpenOffice) -> None:
    office.receptions.log(SECRET)
    office.receptions.log(DRAFT, open_case=True)
    office.receptions.save_draft("form", SECRET)
    office.slips.print(office.store.all(Reception)[0].id)
    words = [*SECRET_WORDS, DRAFT.name, DRAFT.content[:20], DRAFT.id_number]
    for path in office.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(word.encode() in content for word in words), path.name


def test_a_healthy_office_has_no_faults_and_damage_is_named(office: OpenOffice) -> None:
    case = office.receptions.log(DRAFT, open_case=True).value.case
    attachment = office.attachments.add("a.txt", b"abc", case=case).value
    assert office.check() == []
    office.blobs.path(attachment.sha256).write_bytes(b"x" * 40)
    with office.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reception_search")
        connection.exec_driver_sql("DELETE FROM petition")
    codes = {fault.code for fault in office.check()}
    assert codes == {"attachment_damaged", "search", "table"}
