"""The whole path through the real windows: a card is read, a visit logged, its slip printed, the books exported,
looked at and imported by the district, receipted, and the ward sees green."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification, Direction
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.lists.pages import CaseQuery, ReceptionQuery
from tcd_desktop.ui.cases.cases_page import CasesPage
from tcd_desktop.ui.exchange.district_page import DistrictExchangePage
from tcd_desktop.ui.exchange.ward_page import WardExchangePage
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.printing import new_printer
from tcd_desktop.ui.today.today_page import TodayPage
from tcd_desktop.ui.wards.wards_page import WardsPage
from tcd_desktop.ui.window.office_window import OfficeWindow
from tcd_desktop.ui.window.session_runner import SessionRunner
from tests.offices import make_district, make_office

CARD = "001190012345|012345678|Nguyễn Thị Ẩn|05091990|Nữ|Số 12 ngõ 34 phố Thử Nghiệm|01062021"
PATIENCE = 15_000


class PdfPrinter:
    """A printer that prints into files of a folder, and a save dialog that always says yes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def available(self) -> bool:
        """There is one."""
        return True

    def ask(self, copies: int, title: str, parent: QWidget) -> QPrinter:
        """Prints into a file."""
        printer = new_printer(copies, title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / "paper.pdf"))
        return printer

    def ask_file(self, name: str, parent: QWidget) -> Path:
        """Saves where the paper is."""
        return self.folder / "slip.pdf"


class Seat:
    """Somebody sitting at the window of an office."""

    def __init__(self, office: OpenOffice, folder: Path, qtbot: QtBot) -> None:
        self.office, self.qtbot = office, qtbot
        self.runner = SessionRunner()
        keeper = Keeper(Settings(), folder / f"{office.office.id}.json")
        self.window = OfficeWindow(office, self.runner, keeper, printing=PdfPrinter(folder))
        self.window.show()
        self.rest()

    def rest(self) -> None:
        """Until nothing is being read or written any more, and what was answered has been shown.

        One look is not enough: an answer may be on its way to the window, and start the next reading.
        """
        quiet = 0
        until = time.monotonic() + PATIENCE / 1000
        while quiet < 5:
            assert time.monotonic() < until, "still at work"
            self.qtbot.wait(15)
            quiet = 0 if self.runner.busy() else quiet + 1

    def at(self, desk: str) -> QWidget:
        """Goes to a desk."""
        self.window.show_desk(desk)
        self.rest()
        page = self.window.page()
        assert page is not None
        return page

    def front(self) -> None:
        """Brings the window to the front, so that keys reach it."""

        def active() -> bool:
            self.window.activateWindow()
            return self.window.isActiveWindow()

        self.qtbot.waitUntil(active, timeout=PATIENCE)

    def leave(self) -> None:
        """Closes the window and the office."""
        self.window.close()
        self.runner.close()
        self.office.close()
        self.window.deleteLater()


@pytest.fixture
def seats(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[tuple[Seat, Seat]]:
    """A ward and a district, not yet joined."""
    look.apply(qapp, "light", 100)
    ward = Seat(make_office(tmp_path / "ward"), tmp_path, qtbot)
    district = Seat(make_district(tmp_path / "district"), tmp_path, qtbot)
    yield ward, district
    ward.leave()
    district.leave()


def say(editor: QWidget, text: str) -> None:
    """Types a text as a Vietnamese typing tool hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    editor.setFocus()
    QApplication.sendEvent(editor, event)


def choose_folder(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Every dialog that asks for a folder gets this one."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))


def choose_file(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Every dialog that asks for a file gets this one."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))


def join(ward: Seat, district: Seat, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ward joins the district: two files, two telephone calls."""
    asking = ward.at("exchange")
    assert isinstance(asking, WardExchangePage)
    assert asking.at is not None and asking.at.code == "alone"
    choose_folder(monkeypatch, stick)
    asking.join.request_button.click()
    ward.rest()
    spoken = asking.join.digits.digits
    granting = district.at("exchange")
    assert isinstance(granting, DistrictExchangePage)
    granting.show_part("enrol")
    choose_file(monkeypatch, next(stick.glob("*.req")))
    granting.grant.open_button.click()
    district.rest()
    say(granting.grant.typed.editor, spoken)
    granting.grant.card.button.click()
    district.rest()
    choose_file(monkeypatch, next(stick.glob("*.ans")))
    asking.join.answer_button.click()
    say(asking.join.root.editor, granting.grant.own_digits.digits)
    asking.join.button.click()
    ward.rest()


def log_a_visit(ward: Seat) -> Reception:
    """From Ctrl+N to the number in the book, the person from a card."""
    ward.front()
    ward.qtbot.keyClick(ward.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    ward.rest()
    form = ward.window.page()
    assert isinstance(form, ReceptionFormPage)
    ward.qtbot.keyClick(form, Qt.Key.Key_F2)
    say(form.scan, CARD)
    ward.qtbot.keyClick(form.scan, Qt.Key.Key_Return)
    ward.rest()
    assert form.model.draft.name == "Nguyễn Thị Ẩn"
    fields = form.fields
    editors = {name: fields[name].focusProxy() for name in ("content", "request")}
    assert isinstance(editors["content"], QPlainTextEdit)
    say(editors["content"], "Hàng xóm đổ rác ra ngõ đi chung, mùi rất khó chịu.")
    request = editors["request"]
    assert request is not None
    say(request, "Đề nghị phường kiểm tra, xử lý.")
    press(fields["classification"], Classification.FEEDBACK)
    press(fields["direction"], Direction.ACCEPT)
    papers = fields["documents"].focusProxy()
    assert isinstance(papers, QLineEdit)
    say(papers, "Đơn phản ánh")
    ward.qtbot.keyClick(papers, Qt.Key.Key_Return)
    pages = ward.window.focusWidget() or papers
    ward.qtbot.keyClicks(pages, "2")
    form.save(print_slip=True)
    ward.rest()
    with ward.office.store.reading() as connection:
        rows = ward.office.receptions.pages.page(connection, ReceptionQuery(), size=2).rows
    assert len(rows) == 1, form.message.text() or form.model.problems
    found = ward.office.receptions.find(rows[0].id)
    assert found is not None
    return found


def press(field: object, value: object) -> None:
    """Chooses one of a few."""
    from tcd_desktop.ui.forms.choice_field import ChoiceField

    assert isinstance(field, ChoiceField)
    field.set_value(value)
    field.changed.emit(value)


def test_a_visit_goes_from_the_card_to_the_district_and_its_receipt_turns_the_ward_green(
    seats: tuple[Seat, Seat], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward, district = seats
    stick = tmp_path / "stick"
    stick.mkdir()
    join(ward, district, stick, monkeypatch)

    visit = log_a_visit(ward)
    assert (visit.name, visit.id_number, visit.number) == ("Nguyễn Thị Ẩn", "001190012345", 1)
    assert visit.case and visit.answer_due
    paper = tmp_path / "paper.pdf"
    qtbot.waitUntil(paper.exists, timeout=PATIENCE)
    assert len(PdfReader(paper).pages) == 2, "one copy for the citizen, one for the office"
    (document,) = ward.office.slips.printed(visit.id)
    assert (document.number, document.copies) == ("1/2026", 2)
    printed = PdfReader(BytesIO(ward.office.slips.stored_pdf(document))).pages[0].extract_text()
    assert "Nguyễn Thị Ẩn" in printed and "Đơn phản ánh" in printed

    exchange = ward.at("exchange")
    assert isinstance(exchange, WardExchangePage)
    assert exchange.at is not None and exchange.at.code == "waiting"
    assert exchange.glance.words is not None and exchange.glance.words.tone == "warning"
    choose_folder(monkeypatch, stick)
    exchange.send.button.click()
    ward.rest()
    assert len(list(stick.glob("*.tcdb"))) == 1, exchange.send.message.text()
    assert exchange.at.code == "on_stick"

    receiving = district.at("exchange")
    assert isinstance(receiving, DistrictExchangePage)
    receiving.show_part("receive")
    receiving.receive.drop.button.click()
    district.rest()
    (seen,) = receiving.receive.shown
    assert (seen.preview, seen.result.outcome, seen.seen.signature) == (True, "applied", "valid")
    assert seen.result.balance.adds_up and seen.result.balance.new > 0
    assert district.office.receptions.find(visit.id) is None, "a preview keeps nothing"

    receiving.receive.card.button.click()
    district.rest()
    (taken,) = receiving.receive.shown
    assert (taken.preview, taken.result.outcome) == (False, "applied")
    assert taken.result.balance == seen.result.balance, "the preview said what would happen"
    arrived = district.office.receptions.find(visit.id)
    assert arrived is not None and arrived.content == visit.content

    wards = district.at("wards")
    assert isinstance(wards, WardsPage)
    assert [ward.figures.visits for ward in wards.model.rows] == [1, 1], "the ward and the sum"
    cases = district.at("cases")
    assert isinstance(cases, CasesPage)
    cases.activated(CaseQuery(offices=(visit.office,)))
    district.rest()
    assert cases.view.model.rowCount() == 1
    assert cases.view.choose(visit.case)
    qtbot.waitUntil(lambda: cases.hands.shown == visit.case, timeout=PATIENCE)
    district.rest()
    assert cases.pane.due is not None and cases.pane.steps is None, "another office's case is only read"

    receiving.receive.answer.click()
    receiving.answer.card.button.click()
    district.rest()
    assert len(list(stick.glob("TCD_Q_R*.tcdb"))) == 1, receiving.answer.card.message.text()

    exchange = ward.at("exchange")
    assert isinstance(exchange, WardExchangePage)
    exchange.receive.button.click()
    ward.rest()
    exchange.stick.card.button.click()
    ward.rest()
    assert exchange.at is not None and exchange.at.code == "confirmed", exchange.stick.card.sentence.text()
    assert exchange.glance.words is not None and exchange.glance.words.tone == "success"
    today = ward.at("today")
    assert isinstance(today, TodayPage)
    assert today.figures["visits"].number() == "1"
    assert isinstance(ward.at("receptions"), QWidget)


def test_a_file_that_was_changed_on_the_way_is_refused_and_changes_nothing(
    seats: tuple[Seat, Seat], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward, district = seats
    stick = tmp_path / "stick"
    stick.mkdir()
    join(ward, district, stick, monkeypatch)
    (exported,) = ward.office.outbox.export(stick)
    spoiled = bytearray(exported.path.read_bytes())
    spoiled[-40] ^= 1
    exported.path.write_bytes(bytes(spoiled))
    receiving = district.at("exchange")
    assert isinstance(receiving, DistrictExchangePage)
    receiving.receive.look_into([stick])
    district.rest()
    (seen,) = receiving.receive.shown
    assert seen.result.outcome == "refused"
    assert not receiving.receive.card.button.isEnabled(), "there is nothing to import"
    assert receiving.receive.list.view.current_id() == str(exported.path), "the refused file is chosen"


def test_the_wrong_digits_do_not_enrol_a_ward(
    seats: tuple[Seat, Seat], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward, district = seats
    stick = tmp_path / "stick"
    stick.mkdir()
    ward.office.enrolment.request(stick)
    granting = district.at("exchange")
    assert isinstance(granting, DistrictExchangePage)
    granting.grant.open_request(next(stick.glob("*.req")))
    district.rest()
    say(granting.grant.typed.editor, "1" * 48)
    choose_folder(monkeypatch, stick)
    granting.grant.card.button.click()
    district.rest()
    assert not list(stick.glob("*.ans"))
    assert granting.grant.card.message.text()
    assert not district.office.board.wards()
