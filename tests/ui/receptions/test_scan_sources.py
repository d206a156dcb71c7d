"""A card from a picture, a camera, a serial port; and what is told when it does not go."""

from __future__ import annotations

import os
import struct
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage, QPainter, QTransform
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.problems import Refused
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.scanners.camera import BUSY, LIBRARY, NONE, Camera, CameraUnavailable
from tcd_desktop.scanners.pictures import Picture
from tcd_desktop.scanners.serial_port import SerialPort
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.receptions.card_camera import CameraDialog
from tcd_desktop.ui.receptions.card_picture import card_in_frame, card_in_picture, grey, load_picture
from tcd_desktop.ui.receptions.card_port import PortDialog
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.scanners.codes import CARD, OTHER, beside, code, coloured, whole
from tests.ui.receptions.conftest import OFFSCREEN, logged, press

Show = Callable[[Any], Any]
pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, "libpng", "qt.gui.imageio", extend=True)


@pytest.fixture
def form(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show) -> ReceptionFormPage:
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper))
    return page


def image(picture: Picture) -> QImage:
    return QImage(picture.pixels, picture.width, picture.height, picture.width, QImage.Format.Format_Grayscale8).copy()


def photograph(turn: float = 0.0, size: int = 1400, scale: int = 5) -> QImage:
    """A card as a telephone takes it: somewhere in a large grey picture, turned."""
    paper = QImage(size, size, QImage.Format.Format_RGB32)
    paper.fill(QColor("#b8b2a6"))
    turned = image(code(CARD, scale)).transformed(QTransform().rotate(turn), Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(paper)
    painter.drawImage(QPoint((size - turned.width()) // 2, (size - turned.height()) // 3), turned)
    painter.end()
    return paper


# --- pictures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [0, 17, 90, 135, 180])
def test_a_photograph_is_read_however_it_is_turned(turn: float) -> None:
    assert card_in_picture(photograph(turn)) == CARD


def test_a_small_code_in_a_large_photograph_is_read() -> None:
    assert card_in_picture(photograph(size=4200, scale=4)) == CARD


def test_of_several_codes_the_card_is_taken() -> None:
    assert card_in_picture(image(beside(code(OTHER), code(CARD)))) == CARD
    assert card_in_frame(coloured(beside(code(OTHER), code(CARD)))) == CARD


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp"])
def test_picture_files_are_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"thẻ.{kind}"
    assert photograph().save(str(path))
    assert card_in_picture(load_picture(path)) == CARD


def png(width: int, height: int) -> bytes:
    """A PNG of one bit a pixel, all white: small on the disk, as large as one likes in memory."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        card_in_picture(load_picture(path))
    return refused.value.code


def test_bombs_broken_files_and_pictures_without_a_card_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(png(20_000, 20_000))
    assert bomb.stat().st_size < 100_000 and refusal(bomb) == "picture_too_large"
    for content in (b"", b"\x89PNG\r\n\x1a\n rubbish", b"GIF89a" + b"\0" * 50, b"ftypheic" * 9):
        bad = tmp_path / "bad.png"
        bad.write_bytes(content)
        assert refusal(bad) == "picture_unreadable"
    assert refusal(tmp_path / "missing.png") == "picture_unreadable"
    assert refusal(tmp_path) == "picture_unreadable"
    blank, other = tmp_path / "blank.png", tmp_path / "other.png"
    image(whole(400, 300, 220)).save(str(blank))
    image(code(OTHER)).save(str(other))
    assert refusal(blank) == "picture_no_code" and refusal(other) == "picture_no_card"
    huge = tmp_path / "huge.bmp"
    with huge.open("wb") as file:
        file.truncate(41 * 2**20)
    assert refusal(huge) == "picture_too_large"


def test_the_gaps_between_lines_are_left_out() -> None:
    odd = QImage(3, 2, QImage.Format.Format_Grayscale8)
    odd.fill(7)
    assert grey(odd) == Picture(3, 2, bytes([7] * 6))


def test_a_picture_in_the_clipboard_is_pasted_and_read(form: ReceptionFormPage) -> None:
    QGuiApplication.clipboard().setImage(photograph())
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form.model.draft.name == "Nguyễn Thị Ẩn" and form.scan.text() == ""


def test_a_pasted_text_is_still_a_text(form: ReceptionFormPage) -> None:
    QGuiApplication.clipboard().setText(CARD)
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form.scan.text() == CARD
    press(Qt.Key.Key_Return)
    assert form.model.draft.name == "Nguyễn Thị Ẩn"


def test_a_picture_file_is_dropped_and_forgotten(form: ReceptionFormPage, office: OpenOffice, tmp_path: Path) -> None:
    path = tmp_path / "the.png"
    photograph().save(str(path))
    before = {one: one.stat().st_size for one in office.home.rglob("*") if "blobs" in str(one)}
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    form.scan.dropEvent(event)
    assert form.model.draft.name == "Nguyễn Thị Ẩn"
    assert {one: one.stat().st_size for one in office.home.rglob("*") if "blobs" in str(one)} == before


def test_beside_what_the_picture_says_no_word_of_looking_for_it_is_left(form: ReceptionFormPage) -> None:
    form.binding.apply(name="Lê Văn Khác", id_number="001068012345")
    QApplication.clipboard().setImage(photograph())
    form.scan.setFocus()
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form.overwrite.isVisible()
    assert not form.message.isVisible()


def test_a_picture_without_a_card_is_told_and_changes_nothing(form: ReceptionFormPage) -> None:
    before = form.model.draft
    form.sources.take_picture(image(whole(300, 300, 255)))
    assert "QR" in form.message.text() and form.model.draft == before


def test_the_other_ways_are_reached_by_keyboard(form: ReceptionFormPage) -> None:
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Picture file…", "Camera…", "Scanner on a serial port…"]
    menu.close()


# --- the camera ----------------------------------------------------------------------------------------


@dataclass
class Film:
    """A camera that shows what it is given."""

    frames: list[Picture | None]
    closed: bool = False

    def picture(self) -> Picture | None:
        if not self.frames:
            raise CameraUnavailable(BUSY)
        return self.frames.pop(0)

    def close(self) -> None:
        self.closed = True


@dataclass
class FilmCameras:
    film: Film
    fault: str = ""
    opened: list[int] = field(default_factory=list)

    def names(self) -> list[str]:
        if self.fault:
            raise CameraUnavailable(self.fault)
        return ["Camera trước", "Camera sau"]

    def open(self, number: int) -> Camera:
        self.opened.append(number)
        return self.film


def camera_dialog(form: ReceptionFormPage, cameras: FilmCameras) -> CameraDialog:
    form.sources._cameras = cameras
    return form.sources.show_camera()


def test_a_card_before_the_camera_is_read_and_the_camera_let_go(form: ReceptionFormPage, qtbot: QtBot) -> None:
    empty, seen = coloured(whole(320, 240, 90)), coloured(code(CARD))
    cameras = FilmCameras(Film([None, empty, empty, seen, *[empty] * 50]))
    dialog = camera_dialog(form, cameras)
    assert dialog.which.isVisible() and cameras.opened == [0]
    qtbot.waitUntil(lambda: form.model.draft.name == "Nguyễn Thị Ẩn", timeout=5000)
    assert cameras.film.closed


def test_esc_lets_the_camera_go(form: ReceptionFormPage, qtbot: QtBot) -> None:
    cameras = FilmCameras(Film([coloured(whole(320, 240, 90))] * 1000))
    dialog = camera_dialog(form, cameras)
    QTest.qWait(150)
    assert not dialog.preview._image.isNull(), "what the camera sees is shown"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert cameras.film.closed and form.model.draft.name == ""


@pytest.mark.parametrize(("fault", "word"), [(LIBRARY, "omni-camera"), (NONE, "No camera"), (BUSY, "Another program")])
def test_why_there_is_no_picture_is_told(form: ReceptionFormPage, fault: str, word: str) -> None:
    cameras = FilmCameras(Film([]), fault)
    dialog = camera_dialog(form, cameras)
    assert word in dialog.told.text() and dialog.again.isVisible()
    cameras.fault = ""
    cameras.film.frames = [None] * 1000
    dialog.again.click()
    assert "Hold" in dialog.told.text() and dialog.again.isHidden()
    dialog.reject()
    assert cameras.film.closed


def test_a_camera_that_is_pulled_out_is_told(form: ReceptionFormPage, qtbot: QtBot) -> None:
    cameras = FilmCameras(Film([None]))
    dialog = camera_dialog(form, cameras)
    qtbot.waitUntil(lambda: dialog.again.isVisible(), timeout=3000)
    assert "Another program" in dialog.told.text() and cameras.film.closed
    dialog.reject()


def test_a_camera_that_opens_after_esc_is_let_go(form: ReceptionFormPage) -> None:
    cameras = FilmCameras(Film([None] * 10))
    dialog = camera_dialog(form, cameras)
    late = Film([])
    dialog.reject()
    dialog._opened(late)
    assert late.closed


# --- the serial port -----------------------------------------------------------------------------------

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals play the port")


@pytest.fixture
def port(tmp_path: Path) -> Iterator[tuple[str, int]]:
    import tty

    hand, device = os.openpty()
    tty.setraw(device)
    yield os.ttyname(device), hand
    os.close(hand)
    os.close(device)


@posix
def test_a_scanner_on_a_port_is_heard_while_the_form_is_seen(
    office: OpenOffice, threads: Runner, tmp_path: Path, shown: Show, qtbot: QtBot, port: tuple[str, int]
) -> None:
    name, hand = port
    logged(office)
    before = threading.active_count()
    keeper = Keeper(Settings(card_port=name), tmp_path / "settings.json")
    page = ReceptionFormPage(office, threads, keeper)
    states: list[str] = []
    page.sources.listener.state.connect(states.append)
    shown(page)
    qtbot.waitUntil(lambda: states == ["scanner_open"], timeout=5000)
    os.write(hand, CARD.encode() + b"\r")
    qtbot.waitUntil(lambda: page.known.isVisible(), timeout=5000)
    assert page.model.draft.name == "Nguyễn Thị Ẩn"
    page.hide()
    assert not any("scanner" in thread.name for thread in threading.enumerate())
    assert threading.active_count() <= before + 4, "only the runner's own"
    page.show()
    assert any("scanner" in thread.name for thread in threading.enumerate())
    page.hide()


@posix
def test_a_port_is_chosen_tried_and_kept(
    form: ReceptionFormPage, keeper: Keeper, runner: InlineRunner, qtbot: QtBot, port: tuple[str, int]
) -> None:
    name, hand = port
    dialog = PortDialog(keeper, runner, form, ports=lambda: [SerialPort(name, "Honeywell 1900")])
    dialog.open()
    assert dialog.port.value() == name, "the only one is proposed"
    states: list[str] = []
    dialog.listener.state.connect(states.append)
    dialog.attempt.click()
    qtbot.waitUntil(lambda: states == ["scanner_open"], timeout=5000)
    assert "Scan a card" in dialog.told.text()
    os.write(hand, b"khong phai the\r")
    qtbot.waitUntil(lambda: "no citizen card" in dialog.told.text(), timeout=3000)
    os.write(hand, CARD.encode() + b"\r\n")
    qtbot.waitUntil(lambda: "works" in dialog.told.text(), timeout=3000)
    assert form.model.draft.name == "", "a try fills nothing in"
    dialog.accept_values()
    assert (keeper.value.card_port, keeper.value.card_speed) == (name, 9600)
    assert not any("scanner" in thread.name for thread in threading.enumerate())


def test_the_port_is_tried_and_the_dialog_left_by_keys(
    form: ReceptionFormPage, keeper: Keeper, runner: InlineRunner, qtbot: QtBot, port: tuple[str, int]
) -> None:
    name, _hand = port
    dialog = PortDialog(keeper, runner, form, ports=lambda: [SerialPort(name, "Honeywell 1900")])
    dialog.open()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is dialog.attempt
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Scan a card" in dialog.told.text(), timeout=5000)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert keeper.value.card_port == "", "Enter on the button that cancels has cancelled"


def test_a_wrong_port_gets_a_sentence(
    form: ReceptionFormPage, keeper: Keeper, runner: InlineRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    missing = str(tmp_path / "COM9")
    keeper.update(card_port=missing)
    dialog = PortDialog(keeper, runner, form, ports=list)
    dialog.open()
    assert dialog.port.value() == missing, "the one in use is kept though it is not plugged in"
    dialog.attempt.click()
    qtbot.waitUntil(lambda: "Plug the scanner in" in dialog.told.text(), timeout=3000)
    dialog.reject()
    assert not any("scanner" in thread.name for thread in threading.enumerate())
    assert keeper.value.card_port == missing


def test_no_port_and_nothing_chosen_are_told(form: ReceptionFormPage, keeper: Keeper, runner: InlineRunner) -> None:
    dialog = PortDialog(keeper, runner, form, ports=list)
    dialog.open()
    assert "no serial port" in dialog.told.text()
    dialog.attempt.click()
    assert "Choose a port" in dialog.told.text()
    dialog.accept_values()
    assert keeper.value.card_port == ""


def test_an_unplugged_scanner_is_told_once_and_its_return_too(form: ReceptionFormPage) -> None:
    told: list[tuple[str, str]] = []
    form.sources.told.connect(lambda sentence, tone: told.append((sentence, tone)))
    form.sources.listener.port = "COM3"
    for state in ("scanner_open", "scanner_absent", "scanner_absent", "scanner_open"):
        form.sources.listener.state.emit(state)
    assert [tone for _sentence, tone in told] == ["warning", "success"]
    assert all("COM3" in sentence for sentence, _tone in told)
