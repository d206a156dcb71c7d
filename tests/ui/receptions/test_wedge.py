"""A scanner that types like a keyboard, into every kind of field, with typing tools and layouts in its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.domain.terms import Sex
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.receptions import key_strokes
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.wedge import SILENCE_MS, Wedge, better
from tcd_desktop.ui.window.runner import InlineRunner
from tests.ui.receptions.conftest import CARD, OFFSCREEN, press

Show = Callable[[Any], Any]
ENTER, TAB, BACKSPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backspace
PRESS, NONE, SHIFT = QEvent.Type.KeyPress, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


@pytest.fixture
def form(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show) -> Iterator[ReceptionFormPage]:
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper))
    ticking(page)
    yield page


def ticking(page: ReceptionFormPage, step: float = 8) -> None:
    """The scanner's clock: so many milliseconds from key to key, however slow this machine is."""
    now = [0.0]

    def clock() -> float:
        now[0] += step
        return now[0]

    wedge_of(page)._clock = clock


def wedge_of(page: ReceptionFormPage) -> Wedge:
    found = page.findChildren(Wedge)
    assert len(found) == 1
    return found[0]


def key(text: str, code: int = 0, scan: int = 0, modifiers: Qt.KeyboardModifier = NONE) -> None:
    widget = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert widget is not None
    for kind in (PRESS, QEvent.Type.KeyRelease):
        number = code or (ord(text.upper()) if text.isascii() and text else 0)
        QApplication.sendEvent(widget, QKeyEvent(kind, number, modifiers, scan, 0, 0, text))


def scan(text: str, end: Any = ENTER) -> None:
    """As a scanner types: key by key, whatever letters they are."""
    for letter in text:
        key(letter)
    if end is not None:
        key("\r" if end == ENTER else "\t", end)


def compose(commit: str = "", preedit: str = "", replace: tuple[int, int] = (0, 0)) -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit, *replace)
    widget = QApplication.focusWidget()
    assert widget is not None
    QApplication.sendEvent(widget, event)


def read(form: ReceptionFormPage) -> tuple[str, str, Sex | None]:
    draft = form.model.draft
    return draft.name, draft.id_number, draft.sex


CITIZEN = ("Nguyễn Thị Ẩn", "001168012345", Sex.FEMALE)


@pytest.mark.parametrize("end", [ENTER, TAB, None])
@pytest.mark.parametrize("name", ["name", "id_number", "content", "date", "people", "phone", "has_petition", "id_kind"])
def test_a_card_is_recognised_in_every_kind_of_field_and_leaves_nothing_there(
    form: ReceptionFormPage, qtbot: QtBot, name: str, end: Any
) -> None:
    if name == "date":
        form.toggle_visit()
    before = form.model.draft
    form.fields[name].setFocus()
    scan(CARD, end)
    if end is None:
        assert form.model.draft.name == ""
        qtbot.waitUntil(lambda: form.model.draft.name != "", timeout=SILENCE_MS * 10)
    assert read(form) == CITIZEN
    if name not in ("name", "id_number"):
        assert getattr(form.model.draft, name) == getattr(before, name)
    assert "|" not in "".join(line.text() for line in form.findChildren(QLineEdit))
    assert "|" not in "".join(block.toPlainText() for block in form.findChildren(QPlainTextEdit))


def test_a_card_in_the_scan_box_and_in_a_document_is_recognised(form: ReceptionFormPage) -> None:
    press(Qt.Key.Key_F2)
    scan(CARD)
    assert read(form) == CITIZEN and form.scan.text() == ""
    form.begin_new()
    form.binding.apply(documents=(Paper("Đơn", 2),))
    form.fields["documents"].lines[0].name.setFocus()  # type: ignore[attr-defined]
    scan(CARD)
    assert read(form) == CITIZEN
    assert form.model.draft.documents[0] == Paper("Đơn", 2)


def test_what_stood_in_the_field_stays_around_the_cursor(form: ReceptionFormPage) -> None:
    block = form.fields["content"].focusProxy()
    assert isinstance(block, QPlainTextEdit)
    form.binding.apply(content="Trình bày: hết")
    block.setFocus()
    cursor = block.textCursor()
    cursor.setPosition(len("Trình bày: "))
    block.setTextCursor(cursor)
    scan(CARD)
    assert form.model.draft.content == "Trình bày: hết" == block.toPlainText()
    assert read(form) == CITIZEN


def test_the_end_of_a_scan_neither_saves_nor_moves_nor_writes_a_line(form: ReceptionFormPage) -> None:
    form.fields["content"].setFocus()
    scan(CARD)
    here = QApplication.focusWidget()
    key("\r", ENTER)
    key("\n", ENTER)
    assert QApplication.focusWidget() is here
    assert form.model.draft.content == ""


def test_keys_go_to_the_fields_again_after_the_scan(form: ReceptionFormPage) -> None:
    scan(CARD)
    ticking(form, 200)
    form.fields["phone"].setFocus()
    for figure in "0912345678":
        key(figure)
    assert form.model.draft.phone == "0912345678"


def test_a_hand_may_type_a_number_and_a_bar(form: ReceptionFormPage) -> None:
    ticking(form, 90)
    form.fields["note"].show()
    form.other.unfold()
    form.fields["note"].setFocus()
    for letter in "001168012345| a":
        key(letter)
    assert not wedge_of(form).capturing
    assert form.fields["note"].value() == "001168012345| a"
    assert form.model.draft.id_number == ""


def test_a_quick_number_list_that_is_no_card_is_put_where_it_was_typed(form: ReceptionFormPage) -> None:
    form.fields["content"].setFocus()
    scan("Số 001168012345,001168012346", None)
    assert wedge_of(form).capturing
    wedge_of(form)._finish()
    assert form.model.draft.content == "Số 001168012345,001168012346"
    assert form.model.draft.id_number == ""


def test_a_scanner_slower_than_a_hand_is_known_at_its_enter(form: ReceptionFormPage) -> None:
    ticking(form, 120)
    form.fields["content"].setFocus()
    scan(CARD)
    assert read(form) == CITIZEN and form.model.draft.content == ""


# --- typing tools and layouts --------------------------------------------------------------------------


def test_a_typing_tool_that_takes_letters_back_is_followed(form: ReceptionFormPage) -> None:
    """UniKey: each key of Telex that changes a letter sends backspaces and the letter anew."""
    scan("001168012345|012345678|NGUYEE", None)
    for _twice in range(2):
        key("\b", BACKSPACE)
    scan("ÊN", None)
    for _twice in range(2):
        key("\b", BACKSPACE)
    scan("ỄN THỊ ẨN|05091968|Nữ|Số 12 phố Quỹ Đỗ|01082024")
    assert read(form) == CITIZEN


@pytest.mark.parametrize("name", ["NGUYEENX THIJ AARN", "Nguyeenx Vawn", "NGUY?N TH? ?N", "NGN", "NNGUUYỄN?"])
def test_what_a_typing_tool_ate_or_doubled_is_not_used_and_asked_for(form: ReceptionFormPage, name: str) -> None:
    scan(f"001168012345|012345678|{name}|05091968|Nuwx|Số 12 phố Quỹ Đỗ|01082024")
    draft = form.model.draft
    assert (draft.name, draft.id_number, draft.birth_date) == ("", "001168012345", "1968-09-05")
    assert draft.sex is Sex.FEMALE, "the number tells it"
    assert draft.address == "Số 12 phố Quỹ Đỗ"
    assert "by hand" in form.message.text()
    assert QApplication.focusWidget() is form.fields["name"].focusProxy()


def test_a_card_that_comes_through_the_input_method_is_read(form: ReceptionFormPage) -> None:
    """ibus, Windows Telex: figures are committed one by one, words are composed first."""
    for figure in "001168012345":
        compose(figure)
    compose("|")
    compose("012345678|")
    for preedit in ("N", "NG", "NGUYỄ", "NGUYỄN"):
        compose(preedit=preedit)
    compose("NGUYỄN ")
    compose("THI")
    compose("Ị", replace=(-1, 1))
    compose(" ẨN|05091968|Nữ|Số 12 phố Quỹ Đỗ|010820", preedit="24")
    key("\r", ENTER)
    assert read(form) == CITIZEN
    assert form.model.draft.id_issued is not None, "what was still composed belongs to it"


def test_a_composition_before_the_scan_is_not_lost(form: ReceptionFormPage) -> None:
    form.fields["content"].setFocus()
    compose(preedit="việ")
    compose("việc")
    scan(CARD)
    assert form.model.draft.content == "việc" and read(form) == CITIZEN


def physical(letter: str) -> tuple[int, bool]:
    """The number of the key (X11) a scanner strikes for a letter."""
    for table, shifted in ((key_strokes._PLAIN, False), (key_strokes._SHIFTED, True)):
        for number, sign in table.items():
            if sign == letter:
                return number + 8, shifted
    raise LookupError(letter)


def test_the_keys_themselves_are_read_where_the_layout_swaps_figures_and_bars(
    form: ReceptionFormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A French layout: the unshifted figures are letters and signs, the bar is another sign."""
    monkeypatch.setitem(key_strokes._OFFSETS, "offscreen", 8)
    french = {**dict(zip("1234567890", "&é\"'(-è_çà", strict=True)), "|": "µ"}
    for letter in "001168012345|012345678|LE VAN AN|05091968|Nam|So 1|01082024":
        number, shifted = physical(letter)
        key(french.get(letter, letter), 0x20, number, SHIFT if shifted else NONE)
    key("\r", ENTER)
    draft = form.model.draft
    assert (draft.id_number, draft.birth_date, draft.sex) == ("001168012345", "1968-09-05", Sex.MALE)
    assert not any(sign in line.text() for line in form.findChildren(QLineEdit) for sign in "é&µ")


def test_the_vietnamese_layout_is_read_without_native_keys(form: ReceptionFormPage) -> None:
    keys = dict(zip("1234567890", "ăâêô\u0300\u0309\u0303\u0301\u0323đ", strict=True))
    scan("".join(keys.get(letter, letter) for letter in CARD.replace("Số 12 ngõ 34 phố", "Phố")))
    assert read(form) == CITIZEN


def test_of_two_recordings_the_one_that_says_more_is_taken() -> None:
    assert better(CARD, "001168012345|") == CARD
    assert better("à&&|", CARD) == CARD
    assert better("xin chào", "") == ""


def test_the_key_of_a_keyboard_is_told_on_each_system() -> None:
    def event(scan_code: int, modifiers: Qt.KeyboardModifier = NONE) -> QKeyEvent:
        return QKeyEvent(PRESS, 0x20, modifiers, scan_code, 0, 0, "x")

    assert key_strokes.stroke(event(10), "xcb") == "1" and key_strokes.stroke(event(2), "windows") == "1"
    assert key_strokes.stroke(event(51, SHIFT), "xcb") == "|" and key_strokes.stroke(event(43, SHIFT), "windows") == "|"
    assert key_strokes.stroke(event(79, Qt.KeyboardModifier.KeypadModifier), "windows") == "1"
    assert key_strokes.stroke(event(10), "cocoa") == ""
    assert key_strokes.stroke(event(10, Qt.KeyboardModifier.ControlModifier), "xcb") == ""


def test_other_windows_are_left_alone(form: ReceptionFormPage, qtbot: QtBot) -> None:
    form.hide()
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.setFocus()
    QApplication.processEvents()
    assert isinstance(QApplication.focusWidget(), QWidget)
    scan(CARD, None)
    assert other.text() == CARD
