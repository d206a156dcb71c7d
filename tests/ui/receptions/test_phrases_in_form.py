"""Phrases under the hands of an officer, with a typing tool that composes in every kind of field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from tcd_desktop.domain.terms import Classification, Direction, Sex
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.forms.form_fields import LineField, TextField
from tcd_desktop.ui.phrases.phrases_page import PhrasesPage
from tcd_desktop.ui.phrases.slash_list import SlashList
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.ui.receptions.conftest import OFFSCREEN, logged, press, type_here

Show = Callable[[Any], Any]
ENTER, TAB, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


@pytest.fixture
def form(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show) -> ReceptionFormPage:
    office.phrases.add("moi", "Câu mới của phường", "content")
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper))
    page.binding.apply(name="Nguyễn Thị Ẩn", sex=Sex.FEMALE, classification=Classification.COMPLAINT)
    page.other.unfold()
    return page


def at(form: ReceptionFormPage, name: str) -> QPlainTextEdit:
    editor = form.fields[name].focusProxy()
    assert isinstance(editor, QPlainTextEdit)
    editor.setFocus()
    return editor


def slash(form: ReceptionFormPage, name: str = "content") -> SlashList:
    return form.phrases.lists[name]


def offered(form: ReceptionFormPage, name: str = "content") -> list[str]:
    popup = slash(form, name).popup
    assert popup is not None
    return [popup.list.item(row).text().split()[0] for row in range(popup.list.count())]


def compose(widget: QWidget | None, *, preedit: str = "", commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    assert widget is not None
    QApplication.sendEvent(widget, event)


def test_a_slash_opens_the_list_and_enter_puts_the_phrase_in(form: ReceptionFormPage) -> None:
    editor = at(form, "content")
    type_here("Sau khi xem: /")
    assert slash(form).is_open() and offered(form)[0].startswith("/") and len(offered(form)) > 20
    type_here("hoi-t")
    assert offered(form) == ["/hoi-tinhtrang"]
    press(ENTER)
    assert not slash(form).is_open()
    assert form.model.draft.content.startswith("Sau khi xem: Bà Nguyễn Thị Ẩn hỏi tình hình")
    assert "/" not in editor.toPlainText()
    editor.undo()
    assert editor.toPlainText() == "Sau khi xem: /hoi-t", "one step back"


def test_tab_puts_it_in_too_and_goes_on_only_without_the_list(form: ReceptionFormPage) -> None:
    editor = at(form, "request")
    type_here("/xem")
    press(TAB)
    assert form.model.draft.request.startswith("Đề nghị UBND xem xét")
    assert QApplication.focusWidget() is editor
    press(TAB)
    assert QApplication.focusWidget() is not editor


def test_arrows_choose_and_those_of_the_field_come_first(form: ReceptionFormPage) -> None:
    at(form, "follow_up")
    type_here("/")
    first = offered(form, "follow_up")
    assert first[:2] == ["/bosung", "/chuyendon"]
    press(Qt.Key.Key_Down)
    press(ENTER)
    assert form.model.draft.follow_up.startswith("Đã chuyển đơn")


def test_esc_leaves_the_slash_and_neither_the_form(form: ReceptionFormPage) -> None:
    left: list[bool] = []
    form.popRequest.connect(lambda: left.append(True))
    at(form, "content")
    type_here("/x")
    press(ESC)
    assert not slash(form).is_open() and not left
    type_here("em")
    assert not slash(form).is_open(), "left alone until another slash is typed"
    assert form.model.draft.content == "/xem"
    press(ENTER)
    assert form.fields["content"].focusProxy().toPlainText() == "/xem\n"
    type_here("/")
    assert slash(form).is_open()


def test_a_slash_in_a_date_or_a_word_calls_nothing(form: ReceptionFormPage) -> None:
    at(form, "content")
    type_here("ngày 5/9 và/hoặc 1/")
    assert not slash(form).is_open()


def test_nothing_that_fits_closes_the_list(form: ReceptionFormPage) -> None:
    at(form, "content")
    type_here("/zzz")
    assert not slash(form).is_open()
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Backspace)
    assert slash(form).is_open()


def test_no_name_gets_into_a_denunciation(form: ReceptionFormPage) -> None:
    form.binding.apply(classification=Classification.DENUNCIATION)
    at(form, "content")
    type_here("/hoi-t")
    press(ENTER)
    assert "Ẩn" not in form.model.draft.content and form.model.draft.content.startswith("… …")


def test_the_marked_text_becomes_a_phrase(form: ReceptionFormPage, office: OpenOffice) -> None:
    editor = at(form, "content")
    form.binding.apply(content="Lời nói đầu. Câu hay dùng.")
    cursor = editor.textCursor()
    cursor.setPosition(len("Lời nói đầu. "))
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    dialog = form.phrases.keep_marked()
    assert dialog is not None and dialog.fields["text"].value() == "Câu hay dùng."
    dialog.accept_values()
    assert dialog.fields["key"].problem() and dialog.isVisible()
    dialog.fields["key"].set_value("Câu hay")
    dialog.accept_values()
    assert [one.text for one in office.phrases.all() if one.key == "cau-hay"] == ["Câu hay dùng."]
    editor.setFocus()
    cursor.clearSelection()
    editor.setTextCursor(cursor)
    type_here(" /cau")
    assert "/cau-hay" in offered(form)


def test_without_a_mark_that_is_told(form: ReceptionFormPage) -> None:
    at(form, "content")
    assert form.phrases.keep_marked() is None
    assert "Mark" in form.message.text()


def test_the_page_of_all_phrases_opens_above_and_what_changes_there_is_offered(
    form: ReceptionFormPage, office: OpenOffice
) -> None:
    pushed: list[QWidget] = []
    form.pushRequest.connect(pushed.append)
    editor = at(form, "content")
    QTest.keyClick(editor, Qt.Key.Key_M, CTRL)
    assert len(pushed) == 1 and isinstance(pushed[0], PhrasesPage)
    page = pushed[0]
    page.begin()
    page.fields["key"].set_value("trang-moi")
    page.fields["text"].set_value("Từ trang câu mẫu")
    page.keep()
    page.sought.setText("trang-moi")
    assert page.count.text().startswith("1")
    editor.setFocus()
    type_here("/trang-")
    assert "/trang-moi" in offered(form)
    page.put_away()
    press(ESC)
    assert "trang-moi" not in [one.key for one in office.phrases.all()]
    page.deleteLater()


# --- a typing tool composes ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", [ENTER, TAB, ESC, Qt.Key.Key_Down])
def test_while_something_is_composed_the_list_takes_no_key(form: ReceptionFormPage, key: Qt.Key) -> None:
    editor = at(form, "content")
    type_here("/h")
    assert slash(form).is_open()
    compose(editor, preedit="ôi")
    before = editor.toPlainText()
    chosen = slash(form).popup.list.currentRow()  # type: ignore[union-attr]
    handled = slash(form).eventFilter(editor, _key_event(key))
    assert not handled and editor.toPlainText() == before
    assert slash(form).popup.list.currentRow() == chosen  # type: ignore[union-attr]
    compose(editor, commit="oi-t")
    assert offered(form) == ["/hoi-tinhtrang"]
    press(ENTER)
    assert "hỏi tình hình" in form.model.draft.content


def _key_event(key: Qt.Key) -> Any:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def test_a_slash_that_is_committed_by_the_input_method_calls_too(form: ReceptionFormPage) -> None:
    editor = at(form, "content")
    compose(editor, preedit="/")
    assert not slash(form).is_open(), "not while it is composed"
    compose(editor, commit="/")
    assert slash(form).is_open()


def text_fields(form: ReceptionFormPage) -> list[str]:
    found = [name for name, field in form.fields.items() if isinstance(field, LineField | TextField)]
    return [name for name in found if form.fields[name].isVisible()]


def test_no_field_is_touched_while_a_word_is_composed(form: ReceptionFormPage, office: OpenOffice) -> None:
    """ "Nguyễn" as ibus and the keyboards of Windows send it: composed letter by letter, then committed."""
    form.toggle_visit()
    form.binding.apply(direction=Direction.GUIDE)
    names = text_fields(form)
    assert {"name", "address", "guided_to", "place", "content", "request", "note", "follow_up"} <= set(names)
    for name in names:
        editor = form.fields[name].focusProxy()
        assert isinstance(editor, QLineEdit | QPlainTextEdit)
        editor.setFocus()
        editor.selectAll()
        compose(editor, commit="")
        read = editor.text if isinstance(editor, QLineEdit) else editor.toPlainText
        editor.setText("") if isinstance(editor, QLineEdit) else editor.setPlainText("")
        for preedit in ("N", "Ng", "Ngu", "Nguy", "Nguyê", "Nguyễ", "Nguyễn"):
            compose(editor, preedit=preedit)
            assert read().replace(preedit, "") == "", name
        compose(editor, commit="Nguyễn")
        compose(editor, preedit="V")
        compose(editor, preedit="Vă")
        compose(editor, commit=" Văn")
        assert read() == "Nguyễn Văn", name
        if isinstance(getattr(form.model.draft, name), str) and name != "birth_date":
            assert form.fields[name].value() == "Nguyễn Văn"


def test_an_open_list_of_proposals_does_not_disturb_composing(
    office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show
) -> None:
    logged(office, direction=Direction.GUIDE, guided_to="Công an phường Nguyễn Du")
    form: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper))
    form.binding.apply(direction=Direction.GUIDE)
    line = form.fields["guided_to"].focusProxy()
    assert isinstance(line, QLineEdit)
    line.setFocus()
    type_here("C")
    completer = line.completer()
    assert completer is not None and completer.popup().isVisible()
    for preedit in ("ô", "ôn", "ông"):
        compose(line, preedit=preedit)
        assert line.text() == "C"
    compose(line, commit="ông")
    assert line.text() == "Công"
    compose(line, commit=" chứng")
    assert line.text() == "Công chứng" == form.model.draft.guided_to, "nothing proposed was written into it"
    completer.popup().hide()


def test_the_keys_of_phrases_are_in_the_table_of_keys() -> None:
    from tcd_desktop.ui.window.actions import row

    assert QKeySequence(row("form.phrases").shortcut) == QKeySequence("Ctrl+M")
    assert QKeySequence(row("form.phrase").shortcut) == QKeySequence("Ctrl+Shift+M")
