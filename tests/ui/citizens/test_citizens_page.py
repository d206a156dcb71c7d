"""The citizens desk: finding, the pane, correcting, merging side by side, parting; at the district only reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.citizens.citizen_dialogs import AmendCitizenDialog, SplitDialog
from tcd_desktop.ui.citizens.citizen_page import CitizenPage
from tcd_desktop.ui.citizens.citizens_page import ALIKE, MERGED, CitizensPage
from tcd_desktop.ui.citizens.merge_dialog import MergeDialog
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.look.link_line import ElidedButton
from tcd_desktop.ui.receptions.source import ListChoice
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, SECRET, enrol, make_district, make_office

OLD = replace(DRAFT, id_number="012345678", phone="", address="Số 7 phố Cũ", documents=())
REASON = "Cùng một người"
CTRL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing the keyboard", extend=True)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    office.receptions.log(OLD)
    office.receptions.log(DRAFT)
    office.receptions.log(
        replace(DRAFT, name="Vũ Thị Xa", id_number="034170000001", phone="", content="Xin khai sinh.")
    )
    office.receptions.log(SECRET)
    yield office
    office.close()


class Table:
    """A citizens page and where it wanted to go."""

    def __init__(self, office: OpenOffice, folder: Path, qtbot: QtBot) -> None:
        self.runner = InlineRunner()
        self.office = office
        self.gone: list[tuple[str, object]] = []
        self.page = CitizensPage(office, self.runner, Keeper(Settings(), folder / "s.json"))
        self.runner.changed.connect(self.page.store_changed)
        self.page.goRequest.connect(lambda desk, argument: self.gone.append((desk, argument)))
        qtbot.addWidget(self.page)
        self.page.resize(1180, 640)
        self.page.show()
        self.page.activateWindow()
        assert QTest.qWaitForWindowActive(self.page)

    def names(self) -> list[str]:
        return [self.page.model.record(row).name for row in range(self.page.model.rowCount())]

    def citizen(self, number: str) -> Citizen:
        return self.office.store.all(Citizen, "id_number = ?", (number,))[0]

    def show(self, number: str) -> Citizen:
        citizen = self.citizen(number)
        self.page.show_citizen(citizen.id)
        QTest.qWait(200)  # the list waits a moment before it tells what was chosen
        assert self.page.pane.view is not None and self.page.pane.view.citizen.id == citizen.id
        return citizen

    def text(self) -> str:
        QApplication.processEvents()  # what is shown anew is laid out
        pane = self.page.pane
        told = [one for kind in (QLabel, QPushButton) for one in pane.findChildren(kind) if one.isVisible()]
        chips = [chip.accessibleName() for chip in pane.findChildren(ChipLabel) if chip.isVisible()]
        return " | ".join([*(_words(one) for one in told), *chips])

    def button(self, text: str) -> QPushButton:
        found = [b for b in self.page.pane.findChildren(QPushButton) if b.text() == text and b.isVisible()]
        assert found, f"no button {text!r} in {self.text()}"
        return found[0]


def _words(shown: QLabel | QPushButton) -> str:
    """All words of a link, also where the pane is too narrow for them."""
    return shown.toolTip() if isinstance(shown, ElidedButton) else shown.text()


@pytest.fixture
def table(ward: OpenOffice, tmp_path: Path, qtbot: QtBot) -> Table:
    return Table(ward, tmp_path, qtbot)


def dialog(kind: type[QWidget]) -> QWidget:
    (found,) = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
    return found


def test_the_list_finds_without_accents_and_a_denouncer_never_stands_in_it(table: Table) -> None:
    assert table.names() == ["Vũ Thị Xa", DRAFT.name, DRAFT.name]
    assert table.page.search("duc") and table.names() == [DRAFT.name] * 2
    table.page.search("012345678")
    assert table.names() == [DRAFT.name]
    table.page.search(SECRET.name)
    assert table.names() == []
    table.page.show_all()
    assert len(table.names()) == 3


def test_the_pane_shows_facts_visits_history_and_who_may_be_the_same(table: Table) -> None:
    table.show(DRAFT.id_number)
    text = table.text()
    assert "1 visit" in text and DRAFT.address in text and "Known since this visit" in text
    assert "Possibly the same person" in text and "012345678" in text
    table.page.filters.chosen.emit(ALIKE)
    assert table.names() == [DRAFT.name] * 2


def test_a_visit_opens_in_the_log(table: Table) -> None:
    citizen = table.show(DRAFT.id_number)
    visit = table.page.pane.view.visits[0]  # type: ignore[union-attr]
    next(b for b in table.page.pane.findChildren(QPushButton) if visit.number in _words(b)).click()
    assert table.gone == [("receptions", visit.id)]
    table.page.pane.logRequest.emit(citizen.id)
    assert table.gone[-1] == ("receptions", ListChoice(citizen=citizen.id))


def test_a_citizen_is_corrected_and_a_wrong_value_stays_in_the_dialog(table: Table) -> None:
    citizen = table.show(DRAFT.id_number)
    QTest.keyClick(table.page.list.table, Qt.Key.Key_E, CTRL)
    asked = dialog(AmendCitizenDialog)
    assert isinstance(asked, AmendCitizenDialog)
    asked.fields["name"].set_value("")
    asked.accept_values()
    assert asked.isVisible() and asked.fields["name"].problem()
    asked.fields["name"].set_value("Nguyễn Văn Đực")
    asked.fields["phone"].set_value("0900000001")
    asked.accept_values()
    after = table.office.citizens.find(citizen.id)
    assert after == replace(citizen, name="Nguyễn Văn Đực", phone="0900000001")
    assert "Full name: Nguyễn Văn Đức → Nguyễn Văn Đực" in table.text()
    assert "Nguyễn Văn Đực" in table.names()


def test_merging_shows_both_side_by_side_and_takes_what_was_chosen(table: Table) -> None:
    new, old = table.show(DRAFT.id_number), table.citizen("012345678")
    table.button("Compare and merge").click()
    asked = dialog(MergeDialog)
    assert isinstance(asked, MergeDialog) and asked.preview is not None
    assert (asked.preview.keeper.id, asked.preview.other.id) == (new.id, old.id)
    assert set(asked.takes) == {"id_number", "address", "phone"} and not asked.takes["phone"].isChecked()
    asked.takes["address"].setChecked(True)
    asked.accept_values()
    assert asked.isVisible() and asked.reason.problem()
    asked.reason.set_value(REASON)
    asked.accept_values()
    assert table.office.citizens.find(old.id) == replace(old, merged_into=new.id)
    assert table.office.citizens.find(new.id) == replace(new, address=old.address)
    assert "2 visits" in table.text() and "Merged with" in table.text()
    table.page.filters.chosen.emit(MERGED)
    assert [table.page.model.record(0).id] == [old.id]


def test_the_other_one_is_chosen_by_typing_and_may_be_kept_instead(table: Table) -> None:
    table.show("034170000001")
    table.page.list.table.setFocus()
    QTest.keyClick(table.page.list.table, Qt.Key.Key_G, CTRL)
    asked = dialog(MergeDialog)
    assert isinstance(asked, MergeDialog) and not asked.take.isEnabled()
    QTest.keyClicks(asked.search.editor, "012345")
    QTest.qWait(300)
    assert asked.found.count() == 1
    QTest.keyClick(asked.search.editor, Qt.Key.Key_Return)
    assert asked.preview is not None and asked.preview.keeper.name == "Vũ Thị Xa"
    asked.swap()
    assert asked.preview.keeper.id_number == "012345678"
    asked.reason.set_value(REASON)
    asked.accept_values()
    assert table.citizen("034170000001").merged_into == table.citizen("012345678").id


def test_parting_needs_a_reason_and_gives_all_back(table: Table) -> None:
    new, old = table.citizen(DRAFT.id_number), table.citizen("012345678")
    table.office.citizens.merge(new.id, old.id, take=("address",), reason=REASON)
    table.page.store_changed(())
    table.show(DRAFT.id_number)
    table.button("Part").click()
    asked = dialog(SplitDialog)
    assert isinstance(asked, SplitDialog)
    asked.accept_values()
    assert asked.isVisible() and asked.reason.problem()
    asked.reason.set_value("Hai người khác nhau")
    asked.accept_values()
    assert (table.office.citizens.find(new.id), table.office.citizens.find(old.id)) == (new, old)


def test_two_people_are_not_proposed_again(table: Table) -> None:
    table.show(DRAFT.id_number)
    table.button("Two people").click()
    assert "Possibly the same person" not in table.text()


def test_enter_opens_the_citizen_as_a_page_with_the_same_acts(table: Table, qtbot: QtBot) -> None:
    citizen = table.show(DRAFT.id_number)
    pushed: list[QWidget] = []
    table.page.pushRequest.connect(pushed.append)
    QTest.keyClick(table.page.list.table, Qt.Key.Key_Return)
    (page,) = pushed
    assert isinstance(page, CitizenPage) and page.title == citizen.name
    qtbot.addWidget(page)
    page.show()
    table.runner.changed.connect(page.store_changed)
    page.hands.amend()
    asked = dialog(AmendCitizenDialog)
    assert isinstance(asked, AmendCitizenDialog)
    asked.fields["phone"].set_value("0900000001")
    asked.accept_values()
    assert page.pane.view is not None and page.pane.view.citizen.phone == "0900000001"


def test_the_district_sees_the_citizens_of_its_wards_and_changes_nothing(
    ward: OpenOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    district, stick = make_district(tmp_path / "district"), tmp_path / "stick"
    stick.mkdir()
    try:
        enrol(ward, district, stick)
        district.inbox.take([bundle.path for bundle in ward.outbox.export(stick)])
        table = Table(district, tmp_path, qtbot)
        assert len(table.names()) == 3
        table.show(DRAFT.id_number)
        words = [_words(button) for button in table.page.pane.findChildren(QPushButton)]
        assert not {"Amend", "Merge with…", "Compare and merge", "Two people"} & set(words)
        table.page.hands.amend()
        table.page.hands.merge()
        assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, MergeDialog | AmendCitizenDialog)]
    finally:
        district.close()
