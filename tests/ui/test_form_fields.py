"""Forms under the hands of an officer: typing tools, dates, keys, problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n, words
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.domain.terms import Classification, Direction, PaperCondition, Sex
from tcd_desktop.ui.forms.form_fields import (
    BirthField,
    CheckField,
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
from tcd_desktop.ui.forms.typed_dates import parse_birth, parse_date, parse_time

TODAY = date(2026, 11, 23)


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    """What UniKey and Telex do through the input method."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def shown(qtbot: QtBot, *fields: Field) -> QWidget:
    window = QWidget()
    layout = QVBoxLayout(window)
    for field in fields:
        layout.addWidget(field)
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window  # which nobody else holds
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5/9", date(2026, 9, 5)),
        ("5/9/26", date(2026, 9, 5)),
        ("5.9.2026", date(2026, 9, 5)),
        ("05092026", date(2026, 9, 5)),
        ("050926", date(2026, 9, 5)),
        ("0509", date(2026, 9, 5)),
        ("hôm nay", TODAY),
        ("hom qua", date(2026, 11, 22)),
        ("31/2/2026", None),
        ("26095", None),
        ("5/9/0026", None),
        ("abc", None),
        ("1/1/99", date(1999, 1, 1)),
    ],
)
def test_dates_are_read_as_officers_type_them(typed: str, meant: date | None) -> None:
    assert parse_date(typed, TODAY) == meant


def test_a_birth_is_a_year_or_a_day_in_the_past() -> None:
    assert parse_birth("1968", TODAY) == "1968"
    assert parse_birth("5/9/68", TODAY) == "1968-09-05"
    assert parse_birth("5/9/27", TODAY) == "1927-09-05"
    assert parse_birth("", TODAY) == ""
    assert parse_birth("5/9", TODAY) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("8", time(8)), ("8h30", time(8, 30)), ("0830", time(8, 30)), ("14:05", time(14, 5)), ("25", None)],
)
def test_times_are_read_as_officers_type_them(typed: str, meant: time | None) -> None:
    assert parse_time(typed) == meant


def test_nothing_is_rewritten_while_a_typing_tool_composes(qtbot: QtBot) -> None:
    field = LineField("Họ tên")
    other = LineField("Khác")
    shown(qtbot, field, other)
    field.setFocus()
    told: list[object] = []
    field.changed.connect(told.append)
    compose(field.editor, "Nguye")
    assert field.editor.text() == "" and told == []
    compose(field.editor, "", "  Nguyễn  Thị ")
    assert field.editor.text() == "  Nguyễn  Thị "
    assert told == ["Nguyễn Thị"]
    other.setFocus()
    qtbot.waitUntil(lambda: field.editor.text() == "Nguyễn Thị")


def test_a_long_text_is_shown_from_its_beginning(qtbot: QtBot) -> None:
    field = LineField("Địa chỉ")
    qtbot.addWidget(field)
    field.set_value("Số 12 ngõ 5 phố Quỳnh Lôi, phường Bạch Mai, thành phố Hà Nội")
    assert field.editor.cursorPosition() == 0


def test_decomposed_letters_become_composed_ones(qtbot: QtBot) -> None:
    field = LineField("Họ tên")
    qtbot.addWidget(field)
    compose(field.editor, "", "Nguye\u0302\u0303n")
    assert field.value() == "Nguyễn"


def test_a_date_field_shows_the_whole_date_when_it_is_left(qtbot: QtBot) -> None:
    field, other = DateField("Ngày", today=lambda: TODAY), LineField("Khác")
    shown(qtbot, field, other)
    field.setFocus()
    qtbot.keyClicks(field.editor, "5/9")
    assert field.value() == date(2026, 9, 5)
    assert field.editor.text() == "5/9"
    other.setFocus()
    qtbot.waitUntil(lambda: field.editor.text() == "05/09/2026")


def test_a_text_that_is_no_date_stays_and_says_so(qtbot: QtBot) -> None:
    field = DateField("Ngày", today=lambda: TODAY)
    qtbot.addWidget(field)
    qtbot.keyClicks(field.editor, "31/2")
    assert field.value() is None
    field.set_problem("")
    assert field.problem() != "" and field.editor.property("state") == "problem"
    field.tidy()
    assert field.editor.text() == "31/2"


def test_other_typed_fields_keep_the_domains_types(qtbot: QtBot) -> None:
    birth, at, people = (
        BirthField("Sinh", today=lambda: TODAY),
        TimeField("Giờ"),
        IntField("Số người", least=1, empty=1),
    )
    for field, value in ((birth, "1968-09-05"), (at, time(8, 30)), (people, 12)):
        qtbot.addWidget(field)
        field.set_value(value)
        assert field.value() == value
    assert (birth.editor.text(), at.editor.text(), people.editor.text()) == ("05/09/1968", "08:30", "12")
    people.editor.clear()
    assert people.value() == 1
    qtbot.keyClicks(people.editor, "0")
    assert people.own_problem()


def test_segments_are_chosen_by_arrows_and_by_letters_without_marks(qtbot: QtBot) -> None:
    options = [
        (member, text)
        for member, text in zip(Classification, ("Khiếu nại", "Tố cáo", "Kiến nghị", "Phản ánh"), strict=True)
    ]
    field = ChoiceField("Phân loại", options)
    shown(qtbot, field)
    assert field.value() is None and field.segments is not None
    told: list[object] = []
    field.changed.connect(told.append)
    field.setFocus()
    first = field.segments.buttons[0]
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert field.value() is Classification.DENUNCIATION
    qtbot.keyClick(field.segments.buttons[1], Qt.Key.Key_P)
    assert field.value() is Classification.FEEDBACK
    assert told == [Classification.DENUNCIATION, Classification.FEEDBACK]
    field.set_value(None)
    assert field.value() is None


def test_a_drop_down_is_chosen_by_initials_and_not_by_the_wheel(qtbot: QtBot) -> None:
    labels = ("Thụ lý", "Hướng dẫn", "Chuyển đơn", "Yêu cầu cấp dưới", "Giải thích", "Chuyển lãnh đạo", "Từ chối")
    field = ChoiceField("Hướng xử lý", list(zip(Direction, labels, strict=True)))
    shown(qtbot, field)
    assert field.combo is not None
    field.setFocus()
    qtbot.keyClicks(field.combo, "cl")
    assert field.value() is Direction.TO_HEAD
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.combo, wheel)
    assert field.value() is Direction.TO_HEAD


def test_documents_are_entered_with_the_keyboard_alone(qtbot: QtBot) -> None:
    field = PapersField("Tài liệu", words.options(PaperCondition))  # type: ignore[arg-type]
    shown(qtbot, field)
    field.setFocus()
    compose(field.lines[0].name, "", "Đơn khiếu nại")
    assert len(field.lines) == 2
    qtbot.keyClick(field.lines[0].name, Qt.Key.Key_Return)
    qtbot.keyClicks(field.lines[0].pages, "3")
    qtbot.keyClick(field.lines[0].pages, Qt.Key.Key_Return)
    compose(field.lines[1].name, "", "Ảnh")
    assert field.value() == (Paper("Đơn khiếu nại", 3), Paper("Ảnh"))
    qtbot.keyClick(field.lines[0].name, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == (Paper("Ảnh"),)


def test_documents_are_shown_and_what_is_being_typed_is_left_alone(qtbot: QtBot) -> None:
    field = PapersField("Tài liệu", words.options(PaperCondition))  # type: ignore[arg-type]
    qtbot.addWidget(field)
    papers = (Paper("Một", 1, PaperCondition.ORIGINAL), Paper("Hai", None))
    field.set_value(papers)
    assert field.value() == papers
    line = field.lines[0]
    line.name.setText("Một ")
    field.set_value(papers)
    assert line.name.text() == "Một "
    field.set_value(())
    assert field.value() == () and len(field.lines) == 1


@dataclass(frozen=True)
class Draft:
    name: str = ""
    note: str = ""
    date: date | None = None
    sex: Sex | None = None
    has_petition: bool = False


def problems(draft: Draft) -> Mapping[str, Problem]:
    found = {} if draft.name else {"name": Problem("missing")}
    if draft.note == "?":
        found["note"] = Problem("old_date", warning=True)
    return found


def binding_of(qtbot: QtBot) -> FormBinding:
    fields: dict[str, Field] = {
        "name": LineField("Họ tên", required=True),
        "note": TextField("Ghi chú"),
        "date": DateField("Ngày", today=lambda: TODAY),
        "sex": ChoiceField("Giới tính", words.options(Sex)),
        "has_petition": CheckField("Có đơn"),
    }
    window = shown(qtbot, *fields.values())
    return FormBinding(DraftModel(Draft(), problems), fields, parent=window)


def test_the_view_model_goes_back_field_by_field() -> None:
    model = DraftModel(Draft(), problems)
    for text in ("N", "Ng", "Nguyễn"):
        model.change("name", text)
    model.pause()
    model.apply(note="a", sex=Sex.FEMALE)
    assert model.dirty and model.can_undo
    assert model.undo() and model.draft == Draft(name="Nguyễn")
    assert model.undo() and model.draft == Draft()
    assert not model.undo() and not model.dirty


def test_a_form_shows_problems_only_where_the_officer_has_been(qtbot: QtBot) -> None:
    binding = binding_of(qtbot)
    name = binding.fields["name"]
    assert name.problem() == ""
    assert name.focusProxy() is not None
    name.setFocus()
    binding.fields["note"].setFocus()
    qtbot.waitUntil(lambda: name.problem() != "")
    compose(binding.fields["name"].focusProxy() or name, "", "Ẩn")
    assert name.problem() == ""
    assert binding.model.draft == Draft(name="Ẩn")


def test_checking_shows_everything_and_goes_to_the_first_problem(qtbot: QtBot) -> None:
    binding = binding_of(qtbot)
    assert not binding.check()
    assert binding.fields["name"].problem()
    binding.apply(name="Ẩn", note="?")
    assert binding.check()  # a warning stops nothing
    note = binding.fields["note"]
    assert note.problem() and isinstance(note, TextField) and note.editor.property("state") == "warning"


def test_a_text_that_means_nothing_stops_the_save(qtbot: QtBot) -> None:
    binding = binding_of(qtbot)
    binding.apply(name="Ẩn")
    field = binding.fields["date"]
    assert isinstance(field, DateField)
    qtbot.keyClicks(field.editor, "99/99")
    assert not binding.check()
    assert binding.first_problem() is field


def test_filling_from_a_card_can_be_undone_and_marks_the_fields(qtbot: QtBot) -> None:
    binding = binding_of(qtbot)
    told: list[str] = []
    binding.changed.connect(told.append)
    assert binding.apply(name="Nguyễn Thị Ẩn", sex=Sex.FEMALE)
    assert binding.fields["sex"].value() is Sex.FEMALE
    assert binding.undo()
    assert binding.fields["name"].value() == "" and binding.fields["sex"].value() is None
    assert told == ["", ""]


def test_a_field_of_another_form_is_refused_at_once(qtbot: QtBot) -> None:
    field = LineField("x")
    qtbot.addWidget(field)
    with pytest.raises(ValueError, match="phone"):
        FormBinding(DraftModel(Draft(), problems), {"phone": field})


def test_every_field_is_named_for_those_who_cannot_see_it(qtbot: QtBot) -> None:
    i18n.set_language("en")
    field = LineField("Full name", required=True)
    qtbot.addWidget(field)
    assert field.editor.accessibleName() == "Full name, required"
    field.set_problem("This is needed.")
    assert field.editor.accessibleDescription() == "This is needed."
    i18n.set_language("vi")


def test_a_suggestion_is_one_press(qtbot: QtBot) -> None:
    field = LineField("Yêu cầu", suggestions=("Trả lời bằng văn bản",))
    qtbot.addWidget(field)
    item = field._chips.itemAt(0)
    button = item.widget() if item else None
    assert button is not None
    with qtbot.waitSignal(field.changed) as told:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.args == ["Trả lời bằng văn bản"]
