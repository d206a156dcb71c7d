"""The book of letters: drafted from a record, kept, issued under numbers of the own row, printed, spoilt, undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import IssuedDocument, Petition
from tcd_desktop.domain.follow_up.directive import Reminder
from tcd_desktop.domain.follow_up.follow_up_terms import ReminderAbout
from tcd_desktop.domain.letters.letter import Letter, LetterState, SigningForm
from tcd_desktop.domain.letters.letter_text import BLANK, LetterSubject
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Conclusion
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, CaseState, Direction, ReceiverRank
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.letters.letter_numbers import LetterNumbers
from tcd_desktop.store.lists.letter_pages import LetterQuery, LetterRow
from tests.documents.reading import whole_text
from tests.offices import DRAFT, make_office
from tests.services.letters import (
    POST,
    TODAY,
    conclusion_of,
    drafted,
    guidance,
    issued,
    refused_visit,
    sitting_of,
    visit_of,
    words_on,
)

RECEPTION, PETITION, CASE = LetterSubject.RECEPTION, LetterSubject.PETITION, LetterSubject.CASE


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward", head_name="Trần Văn Mẫu", head_title="Chủ tịch")
    yield office
    office.close()


def rows(office: OpenOffice, query: LetterQuery | None = None) -> list[LetterRow]:
    with office.store.reading() as connection:
        return list(office.letters.pages.page(connection, query or LetterQuery()).rows)


def letter(office: OpenOffice, one: Letter) -> Letter:
    found = office.letters.find(one.id)
    assert found is not None
    return found


def visit(office: OpenOffice, one: Reception) -> Reception:
    found = office.receptions.find(one.id)
    assert found is not None
    return found


# -- drafting -------------------------------------------------------------------------------------------


def test_a_draft_is_filled_in_from_the_visit(ward: OpenOffice) -> None:
    made = drafted(ward, "answer-accepted", RECEPTION, visit_of(ward).id)
    whole = "\n".join(made.body)
    assert "Nguyễn Văn Đức" in whole and "lấn ra ngõ đi chung" in whole and "23/11/2026" in whole
    assert made.addressees == ("Ông Nguyễn Văn Đức",)
    assert (made.sign, made.signer, made.signer_title) == ("TB-UBND", "Trần Văn Mẫu", "Chủ tịch")
    assert made.state is LetterState.DRAFT and rows(ward) == []


def test_what_nobody_knows_is_left_as_dots_to_be_written_by_hand(ward: OpenOffice) -> None:
    made = drafted(ward, "answer-accepted", RECEPTION, visit_of(ward).id)
    assert BLANK in "\n".join(made.body)
    assert "{" not in "\n".join((*made.body, *made.recipients, made.about))


def test_every_kind_that_is_offered_can_be_drafted_and_drawn(ward: OpenOffice) -> None:
    sitting = sitting_of(ward)
    case = ward.receptions.log(DRAFT, open_case=True).value.case or ""
    records = {
        RECEPTION: [visit_of(ward).id, refused_visit(ward).id],
        PETITION: [ward.petitions.register(POST).value.id],
        CASE: [case],
        LetterSubject.SITTING: [sitting.id],
        LetterSubject.CONCLUSION: [conclusion_of(ward, sitting).id],
        LetterSubject.REMINDER: [ward.reminders.remind(ReminderAbout.CASE, case, "P-01", on=TODAY).value.id],
        LetterSubject.CALENDAR: ["2026-11"],
    }
    drawn = set()
    for subject, ids in records.items():
        for record in ids:
            kinds = ward.letters.kinds_for(subject, record)
            assert kinds, subject
            for one in kinds:
                paper = ward.letters.preview(drafted(ward, one.kind, subject, record))
                assert paper.startswith(b"%PDF"), one.kind
                drawn.add(one.kind)
    assert len(drawn) > 20


def test_a_kind_of_another_record_is_refused(ward: OpenOffice) -> None:
    with pytest.raises(Refused) as told:
        ward.letters.draft("reminder", RECEPTION, visit_of(ward).id)
    assert told.value.code == "letter_subject"


def test_the_refusal_notice_is_offered_first_with_its_day_and_only_to_who_was_refused(ward: OpenOffice) -> None:
    refused = refused_visit(ward)
    first = ward.letters.kinds_for(RECEPTION, refused.id)[0]
    assert (first.kind, first.fits, first.due) == ("refusal-notice", True, date(2026, 11, 27))
    kinds = {one.kind for one in ward.letters.kinds_for(RECEPTION, visit_of(ward).id)}
    assert "refusal-notice" not in kinds and "answer-accepted" in kinds


def test_what_was_issued_is_asked_for_no_more(ward: OpenOffice) -> None:
    refused = refused_visit(ward)
    issued(ward, "refusal-notice", RECEPTION, refused.id)
    offered = {one.kind: one.fits for one in ward.letters.kinds_for(RECEPTION, refused.id)}
    assert offered["refusal-notice"] is False


def test_a_visit_with_the_head_is_offered_its_minutes(ward: OpenOffice) -> None:
    seen = visit_of(ward, receiver_rank=ReceiverRank.HEAD)
    assert {one.kind: one.fits for one in ward.letters.kinds_for(RECEPTION, seen.id)}["reception-minutes"]


# -- keeping a draft --------------------------------------------------------------------------------------


def test_a_draft_is_kept_with_what_is_missing_and_stands_first_in_the_book(ward: OpenOffice) -> None:
    first = guidance(ward, visit_of(ward))
    made = drafted(ward, "answer-guided", RECEPTION, visit_of(ward).id, body=(), about="Còn viết dở {tên}")
    done = ward.letters.save(made)
    assert done.changes and [row.id for row in rows(ward)] == [made.id, first.id]
    assert ward.letters.problems(letter(ward, made)).keys() >= {"body", "about"}


def test_a_draft_that_was_saved_again_is_one_line_with_the_new_words(ward: OpenOffice) -> None:
    made = drafted(ward, "guidance", RECEPTION, visit_of(ward).id)
    ward.letters.save(made)
    ward.letters.save(replace(made, about="Hướng dẫn khác", signing=SigningForm.FOR))
    assert [(row.about, row.state) for row in rows(ward)] == [("Hướng dẫn khác", LetterState.DRAFT)]
    assert letter(ward, made).signing is SigningForm.FOR


def test_what_is_typed_is_kept_for_the_officer_until_it_is_saved(ward: OpenOffice) -> None:
    made = drafted(ward, "guidance", RECEPTION, visit_of(ward).id, about="Gõ dở")
    ward.letters.drafts.keep(made)
    assert ward.letters.drafts.all() == [made] and rows(ward) == []
    ward.letters.save(made)
    assert ward.letters.drafts.all() == []


def test_an_issued_letter_keeps_its_words(ward: OpenOffice) -> None:
    made = guidance(ward, visit_of(ward))
    with pytest.raises(Refused) as told:
        ward.letters.save(replace(made, about="Khác"))
    assert told.value.code == "letter_issued"


# -- issuing -----------------------------------------------------------------------------------------------


def test_letters_are_numbered_in_a_row_of_their_own_that_begins_again_each_year(ward: OpenOffice) -> None:
    one = visit_of(ward)
    numbers = [guidance(ward, one).number for _again in range(3)]
    assert numbers == [1, 2, 3]
    old = drafted(ward, "guidance", RECEPTION, one.id)
    assert ward.letters.issue(old, on=date(2025, 12, 30)).value.number == 1
    assert guidance(ward, one).book_number.startswith("04/")


def test_two_pcs_apart_never_give_the_same_number(ward: OpenOffice) -> None:
    one = visit_of(ward)
    here = guidance(ward, one)
    ward.letters._numbers = LetterNumbers("B")
    there = guidance(ward, one)
    assert (here.number, there.number) == (1, 1)
    assert here.book_number != there.book_number and "01-B/" in there.book_number
    assert not any(row.doubled for row in rows(ward))


def test_a_number_of_the_paper_register_is_kept_as_it_is_and_not_given_twice(ward: OpenOffice) -> None:
    one = visit_of(ward)
    first = ward.letters.issue(drafted(ward, "guidance", RECEPTION, one.id), on=TODAY, number=145).value
    assert (first.number, first.series) == (145, "")
    with pytest.raises(Refused) as told:
        ward.letters.issue(drafted(ward, "guidance", RECEPTION, one.id), on=TODAY, number=145)
    assert told.value.code == "letter_number_taken" and "145/" in str(told.value.facts["number"])
    with pytest.raises(Refused) as told:
        ward.letters.issue(drafted(ward, "guidance", RECEPTION, one.id), on=TODAY, number=100_000)
    assert told.value.code == "letter_number"


def test_a_number_taken_on_paper_is_passed_over(ward: OpenOffice) -> None:
    one = visit_of(ward)
    ward.letters.issue(drafted(ward, "guidance", RECEPTION, one.id), on=TODAY, number=1)
    assert guidance(ward, one).number == 2


def test_a_letter_is_not_dated_after_today(ward: OpenOffice) -> None:
    with pytest.raises(Refused) as told:
        ward.letters.issue(drafted(ward, "guidance", RECEPTION, visit_of(ward).id), on=TODAY + timedelta(days=1))
    assert told.value.code == "letter_future" and rows(ward) == []


def test_a_letter_without_words_or_with_a_variable_nobody_fills_is_not_issued(ward: OpenOffice) -> None:
    made = drafted(ward, "guidance", RECEPTION, visit_of(ward).id)
    for body, code in (
        ((), "missing"),
        (("Ông {ten_nguoi} được biết",), "unknown_variable"),
        (("Một {",), "lone_brace"),
    ):
        with pytest.raises(DraftRefused) as told:
            ward.letters.issue(replace(made, body=body), on=TODAY)
        assert told.value.problems["body"].code == code
    assert rows(ward) == []


def test_a_poster_and_a_paper_of_the_citizen_have_no_number(ward: OpenOffice) -> None:
    sitting_of(ward)
    poster = ward.letters.issue(drafted(ward, "calendar-poster", LetterSubject.CALENDAR, "2026-11"), on=TODAY).value
    assert poster.state is LetterState.ISSUED and poster.book_number == ""
    assert guidance(ward, visit_of(ward)).number == 1


# -- what the record is told -----------------------------------------------------------------------------------


def test_an_answer_that_is_issued_is_the_answer_of_the_visit_and_of_its_case(ward: OpenOffice) -> None:
    asked = ward.receptions.log(DRAFT, open_case=True).value
    issued(ward, "answer-accepted", RECEPTION, asked.id)
    told = visit(ward, asked)
    assert (told.answer_kind, told.answer_channel, told.answered_on) == (
        AnswerKind.ACCEPTED,
        AnswerChannel.WRITTEN,
        TODAY,
    )
    case = ward.cases.find(asked.case or "")
    assert case is not None and case.state is CaseState.ACCEPTED


def test_the_refusal_notice_tells_its_number_and_day(ward: OpenOffice) -> None:
    refused = refused_visit(ward)
    made = issued(ward, "refusal-notice", RECEPTION, refused.id)
    told = visit(ward, refused)
    assert (told.refusal_notice_number, told.refusal_notice_on) == (made.book_number, TODAY)


def test_a_notice_or_an_answer_is_not_older_than_the_visit(ward: OpenOffice) -> None:
    for kind, one, code in (
        ("refusal-notice", refused_visit(ward), "notice_before_visit"),
        ("answer-accepted", visit_of(ward), "answer_before_visit"),
    ):
        with pytest.raises(Refused) as told:
            ward.letters.issue(drafted(ward, kind, RECEPTION, one.id), on=TODAY - timedelta(days=1))
        assert told.value.code == code
        assert all(row.state is LetterState.DRAFT for row in rows(ward))


def test_a_petition_that_is_passed_on_and_a_conclusion_and_a_reminder_get_their_numbers(ward: OpenOffice) -> None:
    petition = ward.petitions.register(POST).value
    made = issued(ward, "forward-complaint", PETITION, petition.id)
    stored = ward.store.find(Petition, petition.id)
    assert stored is not None and (stored.direction_number, stored.direction_on) == (made.book_number, TODAY)
    conclusion = conclusion_of(ward, sitting_of(ward))
    notice = issued(ward, "conclusion-notice", LetterSubject.CONCLUSION, conclusion.id)
    told = ward.store.find(Conclusion, conclusion.id)
    assert told is not None and (told.number, told.issued_on) == (notice.book_number, TODAY)
    case = ward.receptions.log(DRAFT, open_case=True).value.case or ""
    reminder = ward.reminders.remind(ReminderAbout.CASE, case, "P-01", on=TODAY, content="Báo cáo kết quả").value
    sent = issued(ward, "reminder", LetterSubject.REMINDER, reminder.id)
    known = ward.store.find(Reminder, reminder.id)
    assert known is not None and known.number == sent.book_number != ""


def test_a_letter_that_forwards_a_visit_gives_it_its_number(ward: OpenOffice) -> None:
    passed = visit_of(ward, direction=Direction.FORWARD, forwarded_to="Chủ tịch UBND quận")
    made = issued(ward, "forward-complaint", RECEPTION, passed.id)
    told = visit(ward, passed)
    assert (told.forwarding_number, told.forwarded_on) == (made.book_number, TODAY)


# -- undoing -----------------------------------------------------------------------------------------------


def test_undoing_the_issue_takes_the_answer_back_and_the_number_waits_for_this_letter(ward: OpenOffice) -> None:
    asked = visit_of(ward)
    made = issued(ward, "answer-accepted", RECEPTION, asked.id)
    ward.undo.undo()
    assert letter(ward, made).state is LetterState.DRAFT and visit(ward, asked).answered_on is None
    other = guidance(ward, visit_of(ward))
    assert other.number == made.number + 1
    again = ward.letters.issue(letter(ward, made), on=TODAY).value
    assert again.number == made.number and visit(ward, asked).answered_on == TODAY


def test_a_letter_that_was_printed_is_not_undone_but_spoilt(ward: OpenOffice) -> None:
    done = ward.letters.issue(drafted(ward, "guidance", RECEPTION, visit_of(ward).id), on=TODAY)
    ward.letters.print(done.value)
    with pytest.raises(Refused) as told:
        ward.undo.undo(done.entry)
    assert told.value.code == "letter_printed"
    assert letter(ward, done.value).state is LetterState.ISSUED


def test_spoiling_keeps_the_number_with_its_reason_and_takes_the_answer_back(ward: OpenOffice) -> None:
    asked = visit_of(ward)
    made = issued(ward, "answer-accepted", RECEPTION, asked.id)
    with pytest.raises(Refused) as told:
        ward.letters.spoil(made.id, "x")
    assert told.value.code == "reason_needed"
    ward.letters.spoil(made.id, "In sai tên người nhận")
    row = rows(ward)[0]
    assert (row.state, row.number, row.reason) == (LetterState.SPOILT, 1, "In sai tên người nhận")
    assert visit(ward, asked).answered_on is None
    assert guidance(ward, asked).number == 2
    with pytest.raises(Refused) as told:
        ward.letters.print(made)
    assert told.value.code == "letter_spoilt"


def test_a_draft_is_thrown_away_and_a_number_it_had_kept_is_explained(ward: OpenOffice) -> None:
    plain = drafted(ward, "guidance", RECEPTION, visit_of(ward).id)
    ward.letters.save(plain)
    ward.letters.discard(plain.id, "không cần nữa")
    assert rows(ward) == []
    made = guidance(ward, visit_of(ward))
    ward.undo.undo()
    ward.letters.discard(made.id, "không cần nữa")
    row = rows(ward)[0]
    assert (row.state, row.number, row.reason) == (LetterState.SPOILT, made.number, "không cần nữa")
    assert guidance(ward, visit_of(ward)).number == made.number + 1


# -- printing -----------------------------------------------------------------------------------------------


def test_every_print_stands_in_the_register_and_from_the_second_on_the_paper_says_so(ward: OpenOffice) -> None:
    made = guidance(ward, visit_of(ward))
    first, second = (ward.letters.print(made, copies=copies).value for copies in (3, 1))
    assert [(one.print_no, one.copies) for one in ward.letters.prints(made.id)] == [(1, 3), (2, 1)]
    assert ward.letters.stored_pdf(first.document) == first.pdf
    assert "In lại lần 1" in whole_text(second.pdf) and "In lại" not in whole_text(first.pdf)
    assert made.book_number in whole_text(first.pdf) and "DỰ THẢO" not in whole_text(first.pdf)
    stored = ward.store.find(IssuedDocument, second.document.id)
    assert stored is not None and (stored.letter, stored.number) == (made.id, made.book_number)


def test_a_draft_is_not_printed_and_its_preview_says_what_it_is(ward: OpenOffice) -> None:
    made = drafted(ward, "guidance", RECEPTION, visit_of(ward).id)
    ward.letters.save(made)
    with pytest.raises(Refused) as told:
        ward.letters.print(made)
    assert told.value.code == "letter_not_issued"
    assert "DỰ THẢO" in words_on(ward, made)


# -- the book -----------------------------------------------------------------------------------------------


def test_the_book_is_narrowed_by_words_kind_state_and_day(ward: OpenOffice) -> None:
    made = guidance(ward, visit_of(ward))
    kept = drafted(ward, "answer-guided", RECEPTION, visit_of(ward, name="Đỗ Thị Ẩn").id)
    ward.letters.save(kept)
    assert [row.id for row in rows(ward, LetterQuery(text="do thi an"))] == [kept.id]
    assert [row.id for row in rows(ward, LetterQuery(text=made.book_number.casefold()))] == [made.id]
    assert [row.id for row in rows(ward, LetterQuery(kind="guidance"))] == [made.id]
    assert [row.id for row in rows(ward, LetterQuery(state=LetterState.DRAFT))] == [kept.id]
    assert rows(ward, LetterQuery(since=TODAY + timedelta(days=1))) == []


def test_a_case_has_the_letters_of_its_visits_and_petitions_too(ward: OpenOffice) -> None:
    asked = ward.receptions.log(DRAFT, open_case=True).value
    about_visit = guidance(ward, asked)
    about_case = issued(ward, "acceptance-proposal", CASE, asked.case or "")
    elsewhere = guidance(ward, visit_of(ward))
    found = {one.id for one in ward.letters.of_record(CASE, asked.case or "")}
    assert found == {about_visit.id, about_case.id} and elsewhere.id not in found
