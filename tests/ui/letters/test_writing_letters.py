"""A letter by keys alone: from the record to the form, the number, the printer; put right, spoilt, taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tcd_desktop.domain.cases.case_file import Disclosure
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ReminderAbout
from tcd_desktop.domain.letters.letter import Letter, LetterState
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.people.protection import ProtectionRequest
from tcd_desktop.domain.terms import Classification
from tcd_desktop.law import case_grounds
from tcd_desktop.ui.cases.case_page import CasePage
from tcd_desktop.ui.dialogs.reason_dialog import ReasonDialog
from tcd_desktop.ui.letters.letter_page import LetterPage
from tcd_desktop.ui.letters.letters_card import LettersCard
from tcd_desktop.ui.letters.letters_page import LettersPage
from tcd_desktop.ui.letters.variable_picker import VariablePicker
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tests.documents.reading import whole_text
from tests.offices import DRAFT, SECRET, SECRET_WORDS
from tests.services.letters import (
    POST,
    TODAY,
    WHY,
    conclusion_of,
    guidance,
    refused_visit,
    secret_visit,
    sitting_of,
    visit_of,
)
from tests.ui.letters.conftest import CTRL, SHIFT, Walk
from tests.ui.receptions.conftest import OFFSCREEN, type_here

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, "propagateSizeHints", extend=True)
MEASURES = [one.code for one in case_grounds("protection", Classification.DENUNCIATION)]
RETURN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def letters(walk: Walk) -> list[Letter]:
    return walk.office.store.all(Letter, "removed = '' ORDER BY id")


def visit_page(walk: Walk, visit: str) -> VisitPage:
    walk.go("receptions", visit)
    if not isinstance(walk.window.page(), VisitPage):
        walk.key(RETURN)
    return walk.page(VisitPage)


# -- the whole way -----------------------------------------------------------------------------------------


def test_a_refusal_notice_is_written_issued_and_printed_by_keys(walk: Walk) -> None:
    visit = refused_visit(walk.office)
    page = visit_page(walk, visit.id)
    walk.key(Qt.Key.Key_W, CTRL)
    assert walk.menu()[0] == "Thông báo từ chối tiếp công dân"
    walk.key(RETURN)
    form = walk.form()
    assert "Nguyễn Văn Đức" in form.fields["body"].value()
    walk.wait(lambda: form.preview.pages() > 0)  # the paper is seen beside the fields
    walk.key(RETURN, CTRL)
    shown = walk.letter()
    (made,) = letters(walk)
    assert made.state is LetterState.ISSUED and made.book_number == "01/TB-UBND"
    assert shown.title.startswith("01/TB-UBND")
    walk.key(Qt.Key.Key_P, CTRL)
    walk.key(Qt.Key.Key_P, CTRL)
    assert len(walk.tray.sheets) == 2 and all(sheet.stat().st_size > 1000 for sheet in walk.tray.sheets)
    assert [one.print_no for one in walk.office.letters.prints(made.id)] == [1, 2]
    assert "reprint 1" in shown.message.text()
    walk.key(ESCAPE)
    assert walk.page(VisitPage) is page
    assert "01/TB-UBND" in walk.words(page) and "Refusal notice\n01/TB-UBND, 23/11/2026" in walk.words(page)


def test_the_notice_is_the_next_act_of_a_refused_visit_until_it_is_issued(walk: Walk) -> None:
    visit = refused_visit(walk.office)
    page = visit_page(walk, visit.id)
    assert page.view is not None
    likely = page.acts.buttons(page.view, with_open=False)[-1]
    assert likely.text() == "Write the refusal notice"  # type: ignore[attr-defined]
    page.acts.do("write_notice")
    walk.form().issue()
    walk.letter()
    walk.key(ESCAPE)
    assert "write_notice" not in walk.words(page) and "Write the refusal notice" not in walk.words(page)


def test_a_notice_begun_and_kept_is_gone_on_with_not_begun_twice(walk: Walk) -> None:
    visit = refused_visit(walk.office)
    page = visit_page(walk, visit.id)
    page.acts.do("write_notice")
    walk.key(Qt.Key.Key_S, CTRL)
    walk.key(ESCAPE)
    page.acts.do("write_notice")
    walk.form()
    assert len(letters(walk)) == 1


# -- from every record ---------------------------------------------------------------------------------------


def test_a_letter_is_written_from_a_case_and_stands_on_its_page(walk: Walk) -> None:
    case = walk.office.receptions.log(DRAFT, open_case=True).value.case or ""
    walk.go("cases", case)
    page = walk.page(CasePage)
    walk.key(Qt.Key.Key_W, CTRL)
    walk.key(RETURN)
    walk.key(Qt.Key.Key_S, CTRL)
    walk.key(ESCAPE)
    assert walk.page(CasePage) is page
    (card,) = [one for one in page.findChildren(LettersCard) if one.isVisible()]
    (made,) = letters(walk)
    assert made.case == case and [one.text().split("  ·  ")[0] for one in card.buttons] == ["Draft"]
    card.buttons[0].click()
    assert walk.form().letter_id == made.id


def test_a_letter_is_written_from_a_petition(walk: Walk) -> None:
    petition = walk.office.petitions.register(POST).value
    walk.go("petitions", petition.id)
    walk.key(Qt.Key.Key_W, CTRL)
    assert walk.menu()[0] == "Công văn chuyển đơn khiếu nại"
    walk.key(RETURN)
    walk.form().issue()
    assert letters(walk)[0].petition == petition.id and letters(walk)[0].number == 1


def test_a_letter_is_written_from_a_sitting_and_its_conclusion(walk: Walk) -> None:
    sitting = sitting_of(walk.office)
    conclusion = conclusion_of(walk.office, sitting)
    walk.go("calendar", sitting.id)
    walk.key(Qt.Key.Key_W, CTRL)
    assert "Biên bản buổi tiếp công dân của người đứng đầu" in walk.menu()
    walk.key(ESCAPE)
    page = walk.window.page()
    page.conclusion_list.choose(conclusion.id)  # type: ignore[union-attr]
    page.buttons["letter"].click()  # type: ignore[union-attr]
    form = walk.form()
    assert form.letter().target == conclusion.id and "Kiểm tra ngõ đi chung" in form.fields["body"].value()


def test_the_letter_of_a_reminder_is_one_key_from_the_directive(walk: Walk) -> None:
    told = DirectiveDraft(
        level=DirectiveLevel.DISTRICT, issuer="Chủ tịch quận", content="Kiểm tra", issued_on=TODAY, units=("P-02",)
    )
    directive = walk.office.directives.issue(told).value
    walk.office.reminders.remind(ReminderAbout.DIRECTIVE, directive.id, "P-02", on=TODAY, content="Báo cáo")
    walk.go("directives")
    walk.key(Qt.Key.Key_W, CTRL)
    form = walk.form()
    assert form.letter().kind == "reminder"
    form.issue()
    assert letters(walk)[0].number == 1


def test_the_poster_of_a_month_is_one_key_from_the_calendar(walk: Walk) -> None:
    sitting_of(walk.office)
    walk.go("calendar")
    walk.key(Qt.Key.Key_G, CTRL | SHIFT)
    form = walk.form()
    assert form.letter().kind == "calendar-poster" and "23/11/2026" in form.fields["body"].value()
    assert form.fields["number"].isHidden() and form.fields["addressees"].isHidden()
    walk.key(RETURN, CTRL)
    walk.key(Qt.Key.Key_P, CTRL)
    assert letters(walk)[0].state is LetterState.ISSUED and len(walk.tray.sheets) == 1


def test_who_asked_for_protection_is_offered_the_letter_to_the_body_that_protects(walk: Walk) -> None:
    visit = secret_visit(walk.office)
    case = visit.case or ""
    asked = walk.office.protections.ask(case, asked_on=TODAY, measures=MEASURES[:1])
    assert isinstance(asked.value, ProtectionRequest)
    walk.go("cases", case)
    page = walk.page(CasePage)
    assert page.view.protection is not None
    page.view.protection.buttons["letter"].click()
    walk.answer(WHY)
    assert walk.form().letter().kind == "protection-request"


# -- in the form -----------------------------------------------------------------------------------------------


def test_what_is_missing_is_said_beside_the_field_and_no_number_is_given(walk: Walk) -> None:
    page = visit_page(walk, visit_of(walk.office).id)
    page.acts.letters.write("guidance", LetterSubject.RECEPTION, page.view.visit.id)  # type: ignore[union-attr]
    form = walk.form()
    form.fields["body"].set_value("Kính gửi {nguoi_nhan}")
    form.fields["body"].changed.emit(form.fields["body"].value())
    walk.key(RETURN, CTRL)
    assert walk.form() is form and "{nguoi_nhan}" in form.fields["body"].problem()
    assert letters(walk) == []
    walk.key(Qt.Key.Key_S, CTRL)
    assert [one.state for one in letters(walk)] == [LetterState.DRAFT], "a draft may wait for it"


def test_a_value_of_the_record_is_put_where_the_cursor_stands(walk: Walk) -> None:
    page = visit_page(walk, visit_of(walk.office).id)
    page.acts.letters.write("guidance", LetterSubject.RECEPTION, page.view.visit.id)  # type: ignore[union-attr]
    form = walk.form()
    form.fields["about"].setFocus()
    before = form.fields["about"].value()
    walk.key(Qt.Key.Key_End)
    walk.key(Qt.Key.Key_Space, CTRL)
    picker = walk.dialog()
    assert isinstance(picker, VariablePicker)
    type_here("dia chi")
    assert "Số 12 ngõ 34" in picker.list.item(0).text() and "{" not in picker.list.item(0).text()
    walk.key(RETURN)
    assert form.fields["about"].value() == f"{before}{DRAFT.address}"
    assert form.model.draft.about.endswith(DRAFT.address)


def test_another_kind_fills_the_words_in_anew(walk: Walk) -> None:
    page = visit_page(walk, visit_of(walk.office).id)
    page.acts.letters.write("guidance", LetterSubject.RECEPTION, page.view.visit.id)  # type: ignore[union-attr]
    form = walk.form()
    identity = form.letter_id
    form.fields["kind"].set_value("answer-accepted")
    form.fields["kind"].changed.emit("answer-accepted")
    assert "được thụ lý" in form.fields["body"].value() and form.letter().kind == "answer-accepted"
    form.issue()
    (made,) = letters(walk)
    assert (made.id, made.kind) == (identity, "answer-accepted")


def test_whoever_leaves_keeps_the_draft_and_a_number_of_the_paper_register_is_taken(walk: Walk) -> None:
    page = visit_page(walk, visit_of(walk.office).id)
    page.acts.letters.write("guidance", LetterSubject.RECEPTION, page.view.visit.id)  # type: ignore[union-attr]
    form = walk.form()
    form.fields["note"].set_value("gọi lại")
    form.fields["note"].changed.emit("gọi lại")
    walk.key(ESCAPE)
    (kept,) = letters(walk)
    assert kept.note == "gọi lại" and kept.state is LetterState.DRAFT
    walk.go("letters", kept.id)
    form = walk.form()
    form.fields["number"].set_value(77)
    form.fields["number"].changed.emit(77)
    walk.key(RETURN, CTRL)
    assert letters(walk)[0].number == 77 and "77/" in walk.letter().title


def test_what_was_typed_and_not_saved_is_offered_again_after_a_crash(walk: Walk) -> None:
    made = walk.office.letters.draft("guidance", LetterSubject.RECEPTION, visit_of(walk.office).id)
    walk.office.letters.drafts.keep(replace(made, about="Gõ dở"))
    page = walk.go("letters")
    assert "1 letter was written and not saved." in walk.words(page)
    walk.key(Qt.Key.Key_F12)
    assert walk.form().fields["about"].value() == "Gõ dở"


def test_a_draft_is_thrown_away_with_a_reason(walk: Walk) -> None:
    made = walk.office.letters.draft("guidance", LetterSubject.RECEPTION, visit_of(walk.office).id)
    walk.office.letters.save(made)
    walk.go("letters", made.id)
    walk.form()
    walk.key(Qt.Key.Key_Delete, CTRL | SHIFT)
    dialog = walk.dialog()
    type_here("x")
    walk.key(RETURN, CTRL)
    assert letters(walk) and isinstance(dialog, ReasonDialog) and dialog.reason.problem()
    walk.answer("không cần nữa")
    assert letters(walk) == []
    walk.page(LettersPage)


# -- the page of a letter ----------------------------------------------------------------------------------------


def test_a_number_is_spoilt_with_a_reason_and_the_letter_cannot_be_printed_any_more(walk: Walk) -> None:
    made = guidance(walk.office, visit_of(walk.office))
    walk.go("letters", made.id)
    page = walk.letter()
    walk.key(Qt.Key.Key_Delete, CTRL)
    walk.answer("In sai nơi nhận")
    assert "In sai nơi nhận" in walk.words(page) and letters(walk)[0].state is LetterState.SPOILT
    walk.key(Qt.Key.Key_P, CTRL)
    assert walk.tray.sheets == []


def test_undoing_the_issue_makes_it_a_draft_again(walk: Walk) -> None:
    page = visit_page(walk, refused_visit(walk.office).id)
    page.acts.do("write_notice")
    walk.key(RETURN, CTRL)
    walk.letter()
    walk.key(Qt.Key.Key_Z, CTRL)
    assert letters(walk)[0].state is LetterState.DRAFT
    assert not walk.letter().frame.print_button.isEnabled()


def test_a_pc_without_printer_saves_the_paper_and_enters_it(walk: Walk) -> None:
    made = guidance(walk.office, visit_of(walk.office))
    walk.tray.present = False
    walk.go("letters", made.id)
    walk.letter()
    walk.key(Qt.Key.Key_P, CTRL)
    (path,) = walk.tray.saved
    assert path.name == "phieu-huong-dan-01-2026.pdf" and made.book_number in whole_text(path.read_bytes())
    assert len(walk.office.letters.prints(made.id)) == 1


def test_the_letter_leads_to_what_it_is_about(walk: Walk) -> None:
    visit = visit_of(walk.office)
    made = guidance(walk.office, visit)
    walk.go("letters", made.id)
    walk.letter()
    walk.key(Qt.Key.Key_O, CTRL)
    assert walk.window._desk == "receptions"


# -- who denounced -----------------------------------------------------------------------------------------------


def test_a_letter_to_who_denounced_asks_why_and_is_sealed_again_when_the_page_is_left(walk: Walk) -> None:
    visit = secret_visit(walk.office)
    page = visit_page(walk, visit.id)
    page.acts.letters.write("denunciation-forwarded-notice", LetterSubject.RECEPTION, visit.id)
    assert walk.office.store.all(Disclosure) == []
    walk.answer(WHY)
    form = walk.form()
    assert SECRET.name in form.fields["addressees"].value() and "kept sealed" in walk.words(form)
    walk.key(RETURN, CTRL)
    shown = walk.letter()
    assert SECRET.name in walk.words(shown), "right after it was issued it can be printed"
    walk.key(Qt.Key.Key_P, CTRL)
    assert len(walk.tray.sheets) == 1 and not any(word in walk.tray.titles[0] for word in SECRET_WORDS)
    walk.go("today")
    walk.go("receptions")
    assert not any(word in walk.words() for word in SECRET_WORDS)
    walk.go("letters", letters(walk)[0].id)
    closed = walk.page(LetterPage)
    assert not any(word in walk.words(closed) for word in SECRET_WORDS) and closed.frame.closed_note.isVisible()
    walk.key(Qt.Key.Key_P, CTRL)
    assert len(walk.tray.sheets) == 1, "nothing is printed of what is closed"
    walk.key(Qt.Key.Key_I, CTRL)
    walk.answer("In lại cho người tố cáo")
    assert SECRET.name in walk.words(closed)
    assert [one.reason for one in walk.office.store.all(Disclosure)] == [WHY, "In lại cho người tố cáo"]


def test_a_name_typed_into_what_goes_to_others_is_told_while_it_is_typed(walk: Walk) -> None:
    visit = secret_visit(walk.office)
    page = visit_page(walk, visit.id)
    page.acts.letters.write("forward-denunciation", LetterSubject.RECEPTION, visit.id)
    form = walk.form()
    assert not any(word in str(form.model.draft) for word in SECRET_WORDS)
    form.fields["about"].set_value(f"Đơn của {SECRET.name}")
    form.fields["about"].changed.emit(form.fields["about"].value())
    form._look_through()
    assert "names who denounced" in form.fields["about"].problem()
    walk.key(RETURN, CTRL)
    assert letters(walk) == []
