"""Typing Vietnamese into every kind of field: input methods, bursts of Telex on Windows, pasting, undo, counting."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n, words
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import Classification, PaperCondition
from tcd_desktop.ui.forms.form_fields import (
    BirthField,
    ChoiceField,
    DateField,
    DraftModel,
    Field,
    FormBinding,
    IntField,
    LineField,
    PapersField,
    TextField,
    TimeField,
)
from tcd_desktop.ui.forms.typing import Line, pasted_block, pasted_line
from tcd_desktop.ui.look import look
from tcd_desktop.ui.look.qt_words import QtWords

TODAY = date(2026, 11, 23)
OFFSCREEN = ("does not support raise", "does not support grabbing the keyboard")


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    """What an input method does: letters being composed, then what was meant."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def burst(widget: QWidget, text: str) -> None:
    """What UniKey sends on Windows: keys, and backspaces (<) before the letter with its mark."""
    for letter in text:
        key = Qt.Key.Key_Backspace if letter == "<" else 0
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            typed = "\b" if letter == "<" else letter
            QApplication.sendEvent(widget, QKeyEvent(kind, int(key), Qt.KeyboardModifier.NoModifier, typed))


def shown(qtbot: QtBot, *fields: QWidget) -> QWidget:
    window = QWidget()
    layout = QVBoxLayout(window)
    for field in fields:
        layout.addWidget(field)
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window  # type: ignore[attr-defined]
    window.resize(700, 400)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return window


KINDS: dict[str, Any] = {
    "line": lambda: LineField("Họ tên"),
    "block": lambda: TextField("Nội dung"),
    "date": lambda: DateField("Ngày", today=lambda: TODAY),
    "birth": lambda: BirthField("Sinh", today=lambda: TODAY),
    "time": lambda: TimeField("Giờ"),
    "number": lambda: IntField("Số người"),
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_is_rewritten_while_letters_are_composed(qtbot: QtBot, kind: str) -> None:
    field = KINDS[kind]()
    shown(qtbot, field)
    field.setFocus()
    editor = field.editor
    told: list[object] = []
    field.changed.connect(told.append)
    text = editor.text if isinstance(editor, QLineEdit) else editor.toPlainText
    for letters in ("h", "ho", "hô", "hôm"):
        compose(editor, letters)
        assert text() == "" and told == []
    compose(editor, "", "hôm")
    compose(editor, "n")
    compose(editor, "", " nay")
    assert text() == "hôm nay"


@pytest.mark.parametrize("kind", ["line", "block", "date", "time"])
def test_bursts_of_backspace_and_letter_arrive_whole(qtbot: QtBot, kind: str) -> None:
    field = KINDS[kind]()
    shown(qtbot, field)
    field.setFocus()
    burst(field.editor, "ho<ôm nay")
    text = field.editor.text() if isinstance(field.editor, QLineEdit) else field.editor.toPlainText()
    assert text == "hôm nay"
    if kind == "date":
        assert field.value() == TODAY


def test_a_document_is_named_by_bursts_and_by_composing(qtbot: QtBot) -> None:
    field = PapersField("Tài liệu", words.options(PaperCondition))
    shown(qtbot, field)
    field.setFocus()
    burst(field.lines[0].name, "D<Đo<ơn")
    compose(field.lines[1].name, "Gia")
    assert field.lines[1].name.text() == ""
    compose(field.lines[1].name, "", "Giấy")
    assert [paper.name for paper in field.value()] == ["Đơn", "Giấy"]


LABELS = ("Khiếu nại", "Tố cáo", "Kiến nghị", "Phản ánh")


@pytest.mark.parametrize(
    ("typed", "meant"), [("khie<ê", "Khiếu nại"), ("kie<ê", "Kiến nghị"), ("pa", "Phản ánh"), ("tc", "Tố cáo")]
)
@pytest.mark.parametrize("style", ["combo", "segments"])
def test_choices_are_found_without_marks_and_through_bursts(qtbot: QtBot, typed: str, meant: str, style: Any) -> None:
    field = ChoiceField("Phân loại", list(zip(Classification, LABELS, strict=True)), style=style)
    shown(qtbot, field)
    field.setFocus()
    for letter in typed:
        widget = QApplication.focusWidget()
        assert widget is not None
        burst(widget, letter)
    value = field.value()
    assert value is not None and LABELS[list(Classification).index(value)] == meant


# -- pasting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Nguye\u0302\u0303n\tThị\r\nẨn", "Nguyễn Thị Ẩn"),
        ("\u202eẨn\u200b", "Ẩn"),
        (" phố  Huế ", " phố Huế "),
        ("dòng một\u2028dòng hai", "dòng một dòng hai"),
        ("\n\n", ""),
    ],
)
def test_a_pasted_line_is_clean(pasted: str, kept: str) -> None:
    assert pasted_line(pasted) == kept


def test_a_pasted_block_keeps_its_lines() -> None:
    assert pasted_block("Một\r\n\thai\u202e\rba") == "Một\n hai\nba"


def test_what_is_pasted_is_cleaned_and_taken_back_by_one_key(qtbot: QtBot) -> None:
    line, block = LineField("Địa chỉ"), TextField("Nội dung")
    shown(qtbot, line, block)
    QGuiApplication.clipboard().setText("số 12\r\nphố Hue\u0302\u0301\u202e")
    for field, wanted in ((line, "Nhà số 12 phố Huế"), (block, "Nhà số 12\nphố Huế")):
        field.setFocus()
        compose(field.editor, "", "Nhà ")
        QTest.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert field.value() == wanted
        QTest.keyClick(field.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert field.value() == "Nhà"
    QGuiApplication.clipboard().clear()


def test_a_password_is_pasted_as_it_is(qtbot: QtBot) -> None:
    field = LineField("Mật khẩu", password=True)
    shown(qtbot, field)
    QGuiApplication.clipboard().setText(" a  b ")
    field.setFocus()
    QTest.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == " a  b "
    QGuiApplication.clipboard().clear()


def test_files_dropped_on_a_field_are_left_to_the_page(qtbot: QtBot) -> None:
    line, block = Line(), TextField("Nội dung").editor
    qtbot.addWidget(line)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/a.pdf")])
    data.setText("/tmp/a.pdf")
    event = QDropEvent(
        QPointF(2, 2), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(line, event)
    assert line.text() == "" and not block.canInsertFromMimeData(data)


# -- undo, menu, counting ------------------------------------------------------------------------------------


def test_tidying_a_field_can_be_taken_back(qtbot: QtBot) -> None:
    name, day, block = LineField("Họ tên"), DateField("Ngày", today=lambda: TODAY), TextField("Nội dung")
    other = LineField("Khác")
    shown(qtbot, name, day, block, other)
    for field, typed, tidy in ((name, "Ẩn  Thị", "Ẩn Thị"), (day, "5/9", "05/09/2026"), (block, "a  \n", "a")):
        field.setFocus()
        told: list[object] = []
        compose(field.editor, "", typed)
        field.changed.connect(told.append)
        other.setFocus()
        text = field.editor.text if isinstance(field.editor, QLineEdit) else field.editor.toPlainText
        qtbot.waitUntil(lambda text=text, tidy=tidy: text() == tidy)
        assert told == [], "the value is the same: nobody is told"
        field.editor.undo()
        assert text() == typed


@pytest.mark.qt_log_ignore(*OFFSCREEN)
@pytest.mark.parametrize("kind", ["line", "block"])
def test_the_menu_of_a_field_speaks_vietnamese(qtbot: QtBot, qapp: QApplication, kind: str) -> None:
    i18n.set_language("vi")
    translator = QtWords()
    qapp.installTranslator(translator)
    try:
        field = KINDS[kind]()
        shown(qtbot, field)
        if isinstance(field.editor, QPlainTextEdit):
            menu = field.editor.createStandardContextMenu()
        else:
            place = QPoint(4, 4)
            QApplication.sendEvent(
                field.editor,
                QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, field.editor.mapToGlobal(place)),
            )
            menu = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible())
        said = [action.text().split("\t")[0].replace("&", "") for action in menu.actions() if action.text()]
        english = {"Undo", "Redo", "Cut", "Copy", "Paste", "Delete", "Select All"}
        assert len(said) >= 6 and not english & set(said), said
        menu.close()
        menu.deleteLater()
    finally:
        qapp.removeTranslator(translator)


def test_a_field_counts_near_its_limit_only(qtbot: QtBot) -> None:
    i18n.set_language("en")
    line, block = LineField("Tên", max_length=40), TextField("Nội dung")
    block.set_limit(100)
    shown(qtbot, line, block)
    line.setFocus()
    QTest.keyClicks(line.editor, "a" * 19)
    assert line.note.words() == ""
    QTest.keyClicks(line.editor, "a" * 6)
    assert line.note.words() == "15 letters left"
    QTest.keyClicks(line.editor, "a" * 30)
    assert line.note.words() == "0 letters left" and len(line.editor.text()) == 40
    block.editor.setPlainText("b" * 50)
    assert block.note.words() == ""
    block.editor.setPlainText("b" * 103)
    assert block.note.words() == "3 letters too many"
    i18n.set_language("vi")


def test_a_form_of_a_visit_knows_the_limits_of_its_texts(qtbot: QtBot) -> None:
    i18n.set_language("en")
    fields: dict[str, Field] = {"content": TextField("Nội dung"), "settled_by": TextField("Đã giải quyết")}
    window = shown(qtbot, *fields.values())
    FormBinding(DraftModel(ReceptionDraft(), lambda _draft: {}), fields, parent=window)
    for name, length in (("content", 20_001), ("settled_by", 501)):
        field = fields[name]
        assert isinstance(field, TextField)
        field.editor.setPlainText("x" * length)
        assert field.note.words() == "1 letter too many"
    i18n.set_language("vi")


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("date", "t2", "Mon 30/11/2026"),
        ("date", "+10", "Thu 03/12/2026"),
        ("date", "05/09/2026", ""),
        ("date", "31/2", ""),
        ("time", "830", "08:30"),
        ("birth", "5/9/68", "05/09/1968"),
    ],
)
def test_a_field_says_what_it_understood(qtbot: QtBot, kind: str, typed: str, said: str) -> None:
    i18n.set_language("en")
    field = KINDS[kind]()
    shown(qtbot, field)
    QTest.keyClicks(field.editor, typed)
    assert field.note.words() == said
    field.tidy()
    assert field.note.words() == ""
    i18n.set_language("vi")


def test_what_is_said_never_moves_the_form(qtbot: QtBot) -> None:
    field = KINDS["date"]()
    shown(qtbot, field)
    before = field.minimumSizeHint()
    QTest.keyClicks(field.editor, "+10")
    assert field.minimumSizeHint() == before
    field.note.resize(30, 16)
    assert field.note.shown() == "" or len(field.note.shown()) < len(field.note.words())


@pytest.mark.parametrize("size", [100, 150])
def test_fields_have_room_for_what_they_hold(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    look.apply(qapp, "light", size)
    try:
        fields = {"date": "05/09/2026", "birth": "05/09/1968", "time": "08:30", "number": "99999"}
        for kind, text in fields.items():
            field = KINDS[kind]()
            qtbot.addWidget(field)
            field.ensurePolished()
            room = field.editor.minimumWidth() - look.current().px(2 * 8 + 4)
            assert field.editor.fontMetrics().horizontalAdvance(text) <= room, kind
    finally:
        look.apply(qapp, "light", 100)


def test_times_and_dates_show_their_usual_form_when_left(qtbot: QtBot) -> None:
    at, other = TimeField("Giờ"), LineField("Khác")
    shown(qtbot, at, other)
    at.setFocus()
    QTest.keyClicks(at.editor, "8g30")
    assert at.value() == time(8, 30)
    other.setFocus()
    qtbot.waitUntil(lambda: at.editor.text() == "08:30")
