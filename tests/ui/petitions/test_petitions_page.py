"""The petition book: registering by keyboard, several contents, repetitions, masks, reveal, filters, tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.cases.case_file import Disclosure, Petition, PetitionDraft, Subject
from tcd_desktop.domain.terms import Classification, PetitionDirection, PetitionSource
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.petitions.national_page import NationalPage
from tcd_desktop.ui.petitions.petition_form import PetitionFormPage
from tcd_desktop.ui.petitions.petition_page import PetitionPage
from tcd_desktop.ui.petitions.petitions_page import PetitionsPage
from tcd_desktop.ui.petitions.protection_page import ProtectionPage
from tcd_desktop.ui.petitions.reveal_dialog import RevealPetitionDialog
from tcd_desktop.ui.petitions.tags_page import TagsPage
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import MONDAY, SECRET, SECRET_WORDS, make_office

TODAY = MONDAY.date()
POST = PetitionDraft(
    source=PetitionSource.POST,
    received_on=date(2026, 11, 20),
    classification=Classification.COMPLAINT,
    name="Trần Thị Bưởi",
    address="Số 5 phố Thử Nghiệm",
    content="Khiếu nại quyết định xử phạt xây dựng trái phép",
)
HIDDEN = replace(
    POST,
    classification=Classification.DENUNCIATION,
    name=SECRET_WORDS[0],
    address=SECRET_WORDS[2],
    phone=SECRET_WORDS[3],
    content="Tố cáo việc thu tiền không có biên lai",
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    yield office
    office.close()


class Desk:
    """The desk and the pages pushed on it."""

    def __init__(self, office: OpenOffice, folder: Path, qtbot: QtBot) -> None:
        self.office, self._qtbot = office, qtbot
        self.runner = InlineRunner()
        self.page = PetitionsPage(office, self.runner, Keeper(Settings(), folder / "s.json"))
        self.pushed: list[Page] = []
        self.went: list[tuple[str, object]] = []
        self.told: list[str] = []
        self.take(self.page)

    def take(self, page: Page) -> Page:
        page.pushRequest.connect(lambda pushed: self.pushed.append(self.take(pushed)))
        page.goRequest.connect(lambda desk, argument: self.went.append((desk, argument)))
        page.messageRequest.connect(lambda sentence, _tone: self.told.append(sentence))
        self.runner.changed.connect(page.store_changed)
        self._qtbot.addWidget(page)
        page.resize(1180, 640)
        with self._qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    def form(self, petition: str = "") -> PetitionFormPage:
        page = PetitionFormPage(self.office, self.runner, petition)
        self.take(page)
        return page


@pytest.fixture
def desk(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> Desk:
    return Desk(ward, tmp_path, qtbot)


def typed(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def words(widget: QWidget) -> str:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def fill(form: PetitionFormPage, **values: object) -> None:
    for name, value in values.items():
        form.fields[name].set_value(value)
        form.fields[name].changed.emit(form.fields[name].value())


def test_a_letter_is_registered_by_keyboard(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.page, Qt.Key.Key_Insert)
    form = desk.pushed[-1]
    assert isinstance(form, PetitionFormPage)
    fields = form.fields
    assert fields["sender"].isHidden(), "a letter by post has no sender but its writer"
    typed(fields["name"].focusProxy(), "Đỗ Thị Ẩn")
    typed(fields["address"].focusProxy(), "Số 7 ngõ Quỳnh")
    fields["classification"].segments.buttons[2].click()
    typed(fields["content"].editor, "Kiến nghị sửa đèn đường")
    typed(fields["subjects"].lines[0][0], "UBND phường P-01")
    assert len(fields["subjects"].lines) == 2, "an empty line follows"
    qtbot.keyClick(fields["content"].editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [field.problem() for field in fields.values() if field.problem() and not field.isHidden()] == []
    (made,) = desk.office.store.all(Petition)
    assert (made.name, made.content, made.subjects) == (
        "Đỗ Thị Ẩn",
        "Kiến nghị sửa đèn đường",
        (Subject("UBND phường P-01"),),
    )
    assert desk.told == ["Registered: Đ 1/2026."]
    assert [desk.page.view.model.record(0).number] == ["Đ 1/2026"]


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(desk: Desk) -> None:
    form = desk.form()
    fill(form, source=PetitionSource.TRANSFER, name="Lê Văn Ổi")
    assert not form.fields["sender"].isHidden()
    form.save()
    assert form.fields["sender"].problem() and form.fields["content"].problem()
    assert desk.office.store.all(Petition) == [] and form.fields["name"].value() == "Lê Văn Ổi"
    assert not form.can_close() and form.can_close(), "the first Esc says so, the second leaves"


def test_grounds_are_asked_when_it_is_not_eligible_and_follow_the_class(desk: Desk) -> None:
    form = desk.form()
    fill(form, classification=Classification.COMPLAINT, content="Khiếu nại", field="land")
    assert form.fields["ineligible"].isHidden()
    fill(form, eligible=False)
    ticks = form.fields["ineligible"]
    assert not ticks.isHidden() and {"complained_of", "several"} <= set(ticks.boxes)
    ticks.boxes["complained_of"].click()
    ticks.boxes["several"].click()
    assert form.model.draft.ineligible == ("complained_of", "several")
    fill(form, classification=Classification.DENUNCIATION)
    assert form.model.draft.ineligible == ("several",) and form.model.draft.field == ""
    fill(form, classification=Classification.COMPLAINT, field="land", direction=PetitionDirection.FILE)
    assert not form.fields["direction_reason"].isHidden() and form.fields["directed_to"].isHidden()


def test_several_contents_become_several_petitions_in_one_act(desk: Desk, qtbot: QtBot) -> None:
    form = desk.form()
    fill(form, name="Lê Văn Ổi", address="Số 3", classification=Classification.COMPLAINT, content="Khiếu nại xử phạt")
    form.case.click()
    form.more.click()
    assert form.at == 1 and form.fields["content"].value() == "" and form.fields["name"].value() == "Lê Văn Ổi"
    fill(form, classification=Classification.FEEDBACK, content="Phản ánh ngập nước", name="Lê Văn Ổi Sửa")
    form.save()
    made = sorted(desk.office.store.all(Petition), key=lambda one: one.number)
    assert [(one.number, one.name, one.content) for one in made] == [
        (1, "Lê Văn Ổi Sửa", "Khiếu nại xử phạt"),
        (2, "Lê Văn Ổi Sửa", "Phản ánh ngập nước"),
    ]
    assert made[0].case and made[1].case is None
    desk.runner.write(lambda _progress: desk.office.undo.undo())
    assert all(one.removed for one in desk.office.store.all(Petition))


def test_a_repetition_is_found_while_it_is_typed_and_joined_to_the_first(desk: Desk) -> None:
    first = desk.office.petitions.register(POST, open_case=True).value
    form = desk.form()
    fill(form, name=POST.name, address="Số 5", classification=Classification.COMPLAINT, content=POST.content)
    form.look()
    assert set(form.alike.buttons) == {first.id} and not form.alike.isHidden()
    form.alike.buttons[first.id].click()
    assert form.model.draft.duplicate_of == first.id and "Đ 1/2026" in words(form.alike)
    form.alike.buttons[""].click()
    assert form.model.draft.duplicate_of is None
    form.alike.buttons[first.id].click()
    form.save()
    again = next(one for one in desk.office.store.all(Petition) if one.number == 2)
    assert (again.duplicate_of, again.case) == (first.id, first.case)


def test_a_denouncer_is_masked_until_a_reason_is_given_and_again_for_the_next(desk: Desk, ward: OpenOffice) -> None:
    made = ward.petitions.register(HIDDEN).value
    desk.page.view.refresh()
    row = desk.page.view.model.record(0)
    shown = "\n".join(column.text(row) for column in desk.page.view.model.columns if column.text)
    desk.page.hands.show(made.id)
    for text in (shown, words(desk.page.inspector)):
        assert "Kept secret" in text and not any(word in text for word in SECRET_WORDS)
    desk.page.hands.reveal()
    dialog = desk.page.findChild(RevealPetitionDialog)
    assert dialog is not None
    dialog.accept_values()
    assert dialog.reason.problem() and not ward.store.all(Disclosure)
    dialog.reason.set_value("Xác minh danh tính")
    dialog.accept_values()
    assert SECRET_WORDS[0] in words(desk.page.inspector) and SECRET_WORDS[2] in words(desk.page.inspector)
    assert [line.reason for line in ward.store.all(Disclosure)] == ["Xác minh danh tính"]
    other = ward.petitions.register(POST).value
    desk.page.hands.show(other.id)
    desk.page.hands.show(made.id)
    assert SECRET_WORDS[0] not in words(desk.page.inspector)


def test_a_sealed_petition_is_judged_without_its_identity(desk: Desk, ward: OpenOffice) -> None:
    made = ward.petitions.register(HIDDEN).value
    form = desk.form(made.id)
    assert form.fields["name"].isHidden() and not form.sealed_note.isHidden()
    fill(form, direction=PetitionDirection.FORWARD, directed_to="Công an quận", within_competence=False)
    form.save()
    after = ward.petitions.find(made.id)
    assert after is not None and after.directed_to == "Công an quận" and after.sealed == made.sealed


def test_the_list_is_searched_narrowed_and_goes_to_the_page(desk: Desk, ward: OpenOffice) -> None:
    first = ward.petitions.register(replace(POST, eligible=True, direction=PetitionDirection.ACCEPT)).value
    ward.petitions.register(replace(POST, source=PetitionSource.BOX, name="Vũ Văn Na", content="Phản ánh rác"))
    desk.page.store_changed(())
    desk.page.search("vu van")
    assert desk.page.view.model.total == 1
    desk.page.search("")
    desk.page.narrow.changed.emit({"source": "box"})
    assert desk.page.view.model.record(0).name == "Vũ Văn Na" and desk.page.view.model.total == 1
    desk.page.show_all()
    desk.page.which.chosen.emit(1)
    assert desk.page.view.model.total == 1
    desk.page.show_all()
    desk.page.activated(first.id)
    page = desk.pushed[-1]
    assert isinstance(page, PetitionPage) and page.title == "Petition Đ 1/2026"
    page.hands.go_to_case()
    case = ward.petitions.find(first.id)
    assert case is not None and case.case
    page.hands.go_to_case()
    assert desk.went[-1] == ("cases", case.case)


def test_tags_are_added_offered_and_fill_the_field(desk: Desk, ward: OpenOffice) -> None:
    desk.page.more_menu().actions()[1].trigger()
    page = desk.pushed[-1]
    assert isinstance(page, TagsPage)
    page.name.set_value("Giải phóng mặt bằng")
    page.kind.set_value(Classification.COMPLAINT)
    page.kind.changed.emit(Classification.COMPLAINT)
    page.bucket.set_value("land")
    page.add()
    assert [(row.line.name, row.now) for row in page.rows.rows] == [("Giải phóng mặt bằng", True)]
    page.name.set_value("Giải phóng mặt bằng")
    page.add()
    assert "already" in page.notice.text()
    form = desk.form()
    fill(form, classification=Classification.COMPLAINT, tag="Giải phóng mặt bằng")
    assert form.model.draft.field == "land" and form.fields["field"].value() == "land"


def test_the_national_file_is_written_from_the_window(desk: Desk, tmp_path: Path) -> None:
    desk.office.petitions.register(POST)
    page = NationalPage(desk.office, desk.runner)
    desk.take(page)
    page.write(tmp_path / "a.json", date(2026, 1, 1), TODAY)
    assert (tmp_path / "a.json").exists() and "Đơn: 1" in page.told.text()
    page.write(tmp_path / "none" / "a.json", date(2026, 1, 1), TODAY)
    assert page.message.text() and page.take.isEnabled()


def test_requests_for_protection_are_listed_without_a_name(desk: Desk, ward: OpenOffice) -> None:
    case = ward.receptions.log(SECRET, open_case=True).value.case or ""
    ward.protections.ask(case, asked_on=TODAY, measures=["work"])
    page = ProtectionPage(ward, desk.runner, Keeper(Settings(), Path(ward.home) / "s.json"))
    desk.take(page)
    assert [row.case_number for row in page.rows.rows] == ["HS 1/2026"]
    page.view.openRequest.emit(page.rows.rows[0].id)
    assert desk.went[-1] == ("cases", case)


def test_the_form_stands_in_one_column_where_it_is_narrow(desk: Desk) -> None:
    form = desk.form()
    assert form.columns.direction() is form.columns.Direction.LeftToRight
    form.resize(720, 640)
    assert form.columns.direction() is form.columns.Direction.TopToBottom
