"""Every kind of visit under the hands of an officer: representatives, groups, refusals, several contents, sittings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester

from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    ReceiverRank,
    ReceptionForm,
    ReceptionKind,
    RepresentationKind,
    Role,
    Signing,
)
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.forms.form_fields import ChoiceField
from tcd_desktop.ui.receptions.asking import NoticeDialog
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.members_model import MembersModel
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.ui.receptions.conftest import OFFSCREEN, PaperTray, a_draft, logged, press, type_here

ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Show = Callable[[Any], Any]

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


@pytest.fixture
def form(office: OpenOffice, runner: InlineRunner, keeper: Keeper, tray: PaperTray, shown: Show) -> ReceptionFormPage:
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper, printing=tray))
    return page


def visits(office: OpenOffice) -> list[Reception]:
    return office.store.all(Reception, "1 ORDER BY number")


def fill(form: ReceptionFormPage, **changes: Any) -> None:
    """As if everything had been typed."""
    draft = a_draft(**changes)
    form.binding.load(replace(draft, date=form.model.draft.date, receiver_name="Đỗ Thị Quỹ"), dirty=True)


def go_to(form: ReceptionFormPage, name: str) -> None:
    """The keyboard into a field."""
    form.fields[name].setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()


def cell(text: str = "") -> None:
    """Types a cell of the list and goes on to the next one."""
    type_here(text)
    press(ENTER)
    QApplication.processEvents()  # a table closes its editor in the next turn


def words_of(page: Any) -> str:
    """All that is to be read."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.text())


# --- representatives ------------------------------------------------------------------------------------


def test_a_lawyer_is_logged_by_keyboard_with_the_paper_and_the_card(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    fill(form)
    go_to(form, "role")
    type_here("law")
    press(ENTER)
    type_here("Le Van Binh")
    press(ENTER)
    type_here("Pho Thu")
    press(ENTER)
    type_here("r")
    press(ENTER)
    type_here("12/YC")
    press(ENTER)
    type_here("20/11/2026")
    press(ENTER)
    type_here("1234/LS")
    press(ENTER, CTRL)
    (visit,) = visits(office)
    assert (visit.role, visit.represented, visit.represented_address) == (Role.LAWYER, "Le Van Binh", "Pho Thu")
    assert visit.representation_kind is RepresentationKind.LEGAL_REQUEST
    assert (visit.representation_number, visit.representation_on) == ("12/YC", date(2026, 11, 20))
    assert visit.professional_card == "1234/LS"


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        (Role.SELF, set()),
        (Role.RELATED, set()),
        (Role.ORGANISATION_HEAD, {"represented", "represented_address", "representation_paper"}),
        (
            Role.AUTHORISED,
            {
                "represented",
                "represented_address",
                "representation_kind",
                "representation_number",
                "representation_on",
                "representation_scope",
            },
        ),
        (
            Role.LEGAL_AID,
            {
                "represented",
                "represented_address",
                "representation_kind",
                "representation_number",
                "representation_on",
                "professional_card",
            },
        ),
        (
            Role.GROUP_REPRESENTATIVE,
            {
                "represented",
                "representation_kind",
                "representation_number",
                "representation_on",
                "members",
                "members_signed",
                "police_informed",
                "order_note",
            },
        ),
    ],
)
def test_the_role_decides_what_is_asked(form: ReceptionFormPage, role: Role, asked: set[str]) -> None:
    form.binding.apply(role=role)
    names = [name for name in form.fields if name.startswith("represent") or "member" in name]
    names += ["professional_card", "police_informed", "order_note"]
    assert {name for name in names if form.fields[name].isVisible()} == asked


def test_the_papers_offered_are_those_of_the_role_and_nothing_chosen_is_lost(form: ReceptionFormPage) -> None:
    field = form.fields["representation_kind"]
    assert isinstance(field, ChoiceField) and field.combo is not None
    form.binding.apply(role=Role.LAWYER)
    lawyer = [field.combo.itemText(at) for at in range(field.combo.count())]
    assert lawyer[0] == "Request for legal help" and lawyer[-1] == "Other paper"
    form.binding.apply(representation_kind=RepresentationKind.LEGAL_REQUEST, represented="Lê Văn Bình")
    form.binding.apply(role=Role.AUTHORISED)
    assert field.value() is RepresentationKind.LEGAL_REQUEST, "it stays to be seen, in amber"
    form.binding.check()
    assert field.problem() == "Such a paper does not prove this role. Look at it again."
    form.binding.apply(role=Role.SELF)
    form.binding.apply(role=Role.LAWYER)
    assert form.fields["represented"].value() == "Lê Văn Bình", "nothing typed is lost when a section hides"


def test_what_a_representative_told_is_not_kept_for_somebody_who_came_for_himself(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    fill(form, role=Role.AUTHORISED, represented="Lê Văn Bình", representation_kind=RepresentationKind.CERTIFIED)
    form.binding.apply(role=Role.SELF)
    form.save(print_slip=False)
    (visit,) = visits(office)
    assert visit.represented == "" and visit.representation_kind is None


# --- groups -----------------------------------------------------------------------------------------------


def test_a_group_is_listed_by_keyboard_alone(form: ReceptionFormPage, office: OpenOffice) -> None:
    fill(form, role=Role.GROUP_REPRESENTATIVE, representation_kind=RepresentationKind.APPOINTMENT)
    go_to(form, "people")
    press(Qt.Key.Key_D, CTRL)
    table = form.extras.list.table
    assert form.stack.currentWidget() is form.extras.list
    assert form.extras.list.model.members()[0].name == "Nguyễn Thị Ẩn", "the citizen at the table comes first"
    assert form.extras.list.model.members()[0].speaks
    for name, address in (("Tran Van Be", "So 2"), ("Le Thi Co", "So 3")):
        for text in (name, "1960", "", address, ""):
            cell(text)
    assert [member.name for member in form.model.draft.members] == ["Nguyễn Thị Ẩn", "Tran Van Be", "Le Thi Co"]
    assert form.model.draft.people == 3, "three are listed, so three are there"
    table.setCurrentIndex(form.extras.list.model.index(1, 5))
    press(SPACE)
    assert [member.speaks for member in form.model.draft.members] == [True, True, False]
    press(Qt.Key.Key_G, CTRL)
    assert all(member.signed for member in form.model.draft.members)
    assert form.extras.list.rule.text() == "3 people: one of them speaks for all."
    press(ENTER, CTRL)
    assert form.stack.currentWidget() is form.view
    form.save(print_slip=False)
    (visit,) = visits(office)
    assert [(member.name, member.birth_date, member.address) for member in visit.members[1:]] == [
        ("Tran Van Be", "1960", "So 2"),
        ("Le Thi Co", "1960", "So 3"),
    ]
    assert visit.people == 3 and visit.members_signed


def test_a_list_is_pasted_and_the_rule_follows_its_length(form: ReceptionFormPage) -> None:
    form.binding.apply(role=Role.GROUP_REPRESENTATIVE, name="Nguyễn Thị Ẩn")
    form.extras.open_group()
    lines = "\n".join(f"{number}. Người Thứ {number}, 19{40 + number}, Số {number} phố Thử" for number in range(1, 12))
    QApplication.clipboard().setText(lines)
    press(Qt.Key.Key_V, CTRL)
    page = form.extras.list
    assert len(form.model.draft.members) == 12 == form.model.draft.people
    assert page.rule.text() == "12 people: one to 5 of them speak for all."
    assert "11 people were added" in page.message.text()
    press(Qt.Key.Key_V, CTRL)
    assert len(form.model.draft.members) == 12, "nobody is listed twice"
    assert "11 were listed already" in page.message.text()
    page.model.tick("speaks", True)
    assert "More speak than the law allows" in page.state.text()
    press(Qt.Key.Key_Escape)
    assert form.stack.currentWidget() is form.view, "Esc goes back to the form, not out of it"
    form.binding.check()
    assert form.fields["members"].problem() == "12 speak for 12 people; at most 5 may."


def test_a_list_is_read_from_a_file(form: ReceptionFormPage, tmp_path: Path) -> None:
    path = tmp_path / "danh sách.csv"
    path.write_text("Họ tên;Địa chỉ;Ký\nLê Văn Cò;Số 1;x\n;Số 2;\n", encoding="utf-8-sig")
    form.extras.open_group()
    form.extras.list.read_file(path)
    assert form.model.draft.members == (Member("Lê Văn Cò", "Số 1", signed=True),)
    assert "1 line has no name" in form.extras.list.message.text()
    form.extras.list.read_file(tmp_path / "không có.csv")
    assert "không có.csv" in form.extras.list.message.text()
    assert len(form.model.draft.members) == 1


def test_lines_of_a_list_are_taken_out_and_typing_composes_vietnamese(form: ReceptionFormPage) -> None:
    form.extras.open_group()
    table, model = form.extras.list.table, form.extras.list.model
    cell("Đỗ Thị Ngữ")
    assert [member.name for member in model.members()] == ["Đỗ Thị Ngữ"]
    table.setCurrentIndex(model.index(0, 0))
    press(Qt.Key.Key_Delete, CTRL)
    assert model.members() == () and form.model.draft.members == ()


def test_the_model_of_a_list_is_sound(qtmodeltester: ModelTester) -> None:
    model = MembersModel()
    model.show([Member("Lê Văn Cò", speaks=True), Member("Lê Văn Cốc")])
    qtmodeltester.check(model)
    model.add([Member("Lê Văn Cua")])
    model.take([0, 2])
    qtmodeltester.check(model)
    assert [member.name for member in model.members()] == ["Lê Văn Cốc"]


def test_the_list_of_a_sealed_denunciation_is_not_opened(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    members = (Member("Nguyễn Thị Ẩn", speaks=True, signed=True), Member("Phạm Văn Kín", signed=True))
    visit = logged(
        office,
        classification=Classification.DENUNCIATION,
        role=Role.GROUP_REPRESENTATIVE,
        people=2,
        members=members,
        representation_kind=RepresentationKind.APPOINTMENT,
    )
    page = shown(ReceptionFormPage(office, runner, keeper, visit.id))
    assert page.fields["members"].isHidden() and page.fields["represented"].isHidden()
    page.extras.open_group()
    assert page.stack.currentWidget() is page.view
    page.binding.apply(content="Nội dung khác.")
    page.save(print_slip=False)
    assert "Kín" not in words_of(page)
    assert office.receptions.reveal(visit.id, "kiểm tra thử").members == members


# --- refusals ---------------------------------------------------------------------------------------------


def test_a_written_refusal_shows_when_its_notice_is_due_and_is_recorded_later(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    fill(form, direction=Direction.REFUSE, refusal_ground="L9.3", documents=())
    assert form.fields["refusal_notice_number"].isVisible() and form.fields["refusal_explained"].isHidden()
    assert form.fields["earlier_answer"].isVisible()
    assert "27/11/2026" in form.due.due.text() and "01/TCD" in form.due.caption.text()
    form.due.why.setChecked(True)
    assert "3 working days" in form.due.reasons.text() and "Điều 4" in form.due.reasons.text()
    form.save(print_slip=False)
    page = form.after
    assert "27/11" in "\n".join(chip.accessibleName() for chip in page.findChildren(object) if _is_chip(chip))
    press(Qt.Key.Key_T, CTRL)
    dialog = page.findChild(NoticeDialog)
    dialog.accept_values()
    assert dialog.number.problem(), "a notice has a number"
    dialog.number.set_value("7/TB-UBND")
    dialog.accept_values()
    (visit,) = visits(office)
    assert (visit.refusal_notice_number, visit.refusal_notice_on) == ("7/TB-UBND", date(2026, 11, 23))
    page.store_changed(())
    assert "7/TB-UBND, 23/11/2026" in words_of(page.facts)


def test_a_refusal_by_word_is_ticked_as_explained(form: ReceptionFormPage, office: OpenOffice) -> None:
    fill(form, direction=Direction.REFUSE, refusal_ground="L9.1", documents=())
    assert form.fields["refusal_notice_number"].isHidden()
    go_to(form, "refusal_explained")
    press(SPACE)
    form.save(print_slip=False)
    assert visits(office)[0].refusal_explained and visits(office)[0].refusal_due is None


def test_nobody_is_refused_without_a_ground(form: ReceptionFormPage, office: OpenOffice) -> None:
    fill(form, direction=Direction.REFUSE, documents=())
    form.save(print_slip=False)
    assert visits(office) == [] and form.fields["refusal_ground"].problem()


# --- several contents ---------------------------------------------------------------------------------------


def test_another_content_of_the_same_visit_keeps_the_person_and_both_are_saved(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    fill(form)
    go_to(form, "content")
    press(Qt.Key.Key_N, CTRL | SHIFT)
    assert form.model.draft.name == "Nguyễn Thị Ẩn" and form.model.draft.content == ""
    assert form.model.draft.documents == ()
    type_here("f")
    press(TAB)
    type_here("Den duong hong")
    press(TAB)
    type_here("Sua den")
    form.binding.apply(has_petition=True, direction=Direction.EXPLAIN, phone="0987000111")
    assert [button.text() for button in form.view.matters_bar.buttons] == [
        "1. Complaint: Khiếu nại việc bồi thường…",
        "2. Feedback: Den duong hong",
    ]
    form.extras.show_matter(0)
    assert form.fields["content"].value() == "Khiếu nại việc bồi thường khi thu hồi đất."
    assert form.fields["phone"].value() == "0987000111", "what is known of the person is known everywhere"
    press(ENTER, CTRL)
    first, second = visits(office)
    assert second.same_visit == first.id and second.content == "Den duong hong"
    assert first.phone == second.phone == "0987000111"
    assert first.case is not None and second.case is None
    assert office.receptions.drafts() == {}
    (link,) = [button.text() for button in form.after.findChildren(object) if _is_matter_link(button)]
    assert link == "2/2026  Feedback: Den duong hong"


def test_a_content_with_a_problem_is_shown_before_anything_is_saved(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    fill(form)
    form.extras.add_matter()
    form.extras.show_matter(0)
    form.save(print_slip=False)
    assert visits(office) == []
    assert form.extras.matters.at == 1 and form.fields["content"].problem()
    form.extras.drop_matter()
    assert form.view.matters_bar.isHidden()
    form.save(print_slip=False)
    assert len(visits(office)) == 1


def test_several_contents_survive_a_crash(
    form: ReceptionFormPage, office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    fill(form)
    form.extras.add_matter()
    form.binding.apply(content="Đèn đường hỏng")
    form.autosave.keep()
    form.hide()
    again = shown(ReceptionFormPage(office, runner, keeper))
    again.recovered.actionRequest.emit()
    assert [draft.content for draft in again.extras.drafts()] == [a_draft().content, "Đèn đường hỏng"]
    again.recovered.dropRequest.emit(again.autosave.name)
    assert office.receptions.drafts() == {}


def test_another_content_is_added_to_a_saved_visit(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    visit = logged(office)
    page = shown(ReceptionFormPage(office, runner, keeper, split_of=visit.id))
    assert page.title == "Another content of visit 1/2026"
    assert page.fields["name"].value() == "Nguyễn Thị Ẩn" and not page.fields["name"].isEnabled()
    page.binding.apply(
        classification=Classification.FEEDBACK,
        content="Đèn đường hỏng",
        request="Sửa đèn",
        direction=Direction.EXPLAIN,
        has_petition=True,
    )
    page.save(print_slip=False)
    first, second = visits(office)
    assert second.same_visit == first.id and second.name == first.name


def test_from_a_denunciation_only_denunciations_are_split_and_nothing_is_shown(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    visit = logged(office, classification=Classification.DENUNCIATION)
    page = shown(ReceptionFormPage(office, runner, keeper, split_of=visit.id))
    enabled = [button.isEnabled() for button in page.fields["classification"].segments.buttons]
    assert enabled == [False, True, False, False]
    page.binding.apply(
        classification=Classification.DENUNCIATION,
        content="Tố cáo việc khác",
        request="Xử lý",
        direction=Direction.GUIDE,
        has_petition=True,
    )
    page.save(print_slip=False)
    assert len(visits(office)) == 2 and visits(office)[1].name == ""
    assert "Nguyễn Thị Ẩn" not in words_of(page)


# --- who receives, how, the record ----------------------------------------------------------------------------


def test_an_online_reception_reminds_of_its_duties(form: ReceptionFormPage) -> None:
    form.toggle_visit()
    assert form.visit_card.online.isHidden()
    form.binding.apply(form=ReceptionForm.ONLINE)
    assert form.visit_card.online.isVisible() and "Điều 16" in form.visit_card.online.text()


def test_a_sitting_of_the_day_tells_who_receives(form: ReceptionFormPage, office: OpenOffice) -> None:
    sitting = office.sittings.add(
        replace(
            office.sittings.blank(),
            day=date(2026, 11, 23),
            leader="Trần Văn Chủ",
            leader_title="Chủ tịch",
            place="Phòng họp",
        )
    ).value
    assert form.fields["sitting"].isHidden()
    form.toggle_visit()
    form.binding.apply(kind=ReceptionKind.SCHEDULED)
    field = form.fields["sitting"]
    assert isinstance(field, ChoiceField) and field.combo is not None and field.isVisible()
    field.combo.setCurrentIndex(1)
    field.combo.activated.emit(1)
    draft = form.model.draft
    assert draft.sitting == sitting.id
    assert (draft.receiver_name, draft.receiver_rank) == ("Trần Văn Chủ", ReceiverRank.HEAD)
    assert draft.place == "Phòng họp"


def test_who_wrote_the_statement_down_is_kept(form: ReceptionFormPage, office: OpenOffice) -> None:
    fill(form, has_petition=False, read_back=True, signing=Signing.FINGERPRINT, recorded_by="Bà Ghi", documents=())
    form.save(print_slip=False)
    assert visits(office)[0].recorded_by == "Bà Ghi"
    assert "written down by Bà Ghi, read back, Fingerprint" in words_of(form.after.facts)


# --- the page of a visit ----------------------------------------------------------------------------------------


def test_a_group_stands_in_the_facts_and_an_amended_list_shows_before_and_after(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    members = (Member("Nguyễn Thị Ẩn", "Số 1", speaks=True, signed=True), Member("Lê Văn Cò", "Số 2"))
    group = {"role": Role.GROUP_REPRESENTATIVE, "representation_kind": RepresentationKind.APPOINTMENT}
    visit = logged(office, people=2, members=members, **group)
    office.receptions.amend(visit.id, a_draft(people=2, members=members[:1], **group))
    page = shown(VisitPage(office, runner, keeper, visit.id))
    told = words_of(page.facts)
    assert "Nguyễn Thị Ẩn, Số 1 (speaks, signed)" in told and "Appointment of representatives" in told
    assert "People of the group: Nguyễn Thị Ẩn, Số 1 (speaks, signed); Lê Văn Cò, Số 2 → " in told


def test_the_slip_is_ticked_as_given_to_the_citizen(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    from PySide6.QtWidgets import QCheckBox

    visit = logged(office)
    office.slips.print(visit.id)
    page = shown(VisitPage(office, runner, keeper, visit.id))
    (tick,) = page.slip.findChildren(QCheckBox)
    tick.click()
    assert office.slips.printed(visit.id)[0].handed_over
    page.store_changed(())
    assert "given to the citizen" in words_of(page.slip)


def _is_chip(widget: object) -> bool:
    return type(widget).__name__ == "ChipLabel"


def _is_matter_link(widget: object) -> bool:
    parent = widget.parent() if hasattr(widget, "parent") else None
    return type(parent).__name__ == "MattersBlock" and type(widget).__name__ == "QPushButton"
