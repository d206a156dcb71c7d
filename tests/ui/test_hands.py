"""The whole window by keyboard: Tab reaches everything in order, everything has a name, focus is seen, nothing scrolls
into another value."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.cases.case_page import CasePage
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.forms.form_fields import ChoiceField, DateField, IntField, LineField, TextField
from tcd_desktop.ui.papers.page import PapersPage
from tcd_desktop.ui.papers.place import SavedPlace
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.receptions.visit_page import VisitPage
from tcd_desktop.ui.window.page import Page
from tcd_desktop.ui.window.runner import InlineRunner
from tests.papers import scan_pdf
from tests.ui.receptions.conftest import english, keeper, logged, office, runner, shown

__all__ = ["english", "keeper", "office", "runner", "shown"]
Show = Callable[[QWidget], Any]
UI = Path(__file__).resolve().parents[2] / "tcd_desktop" / "ui"
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
PAGES = ("form", "visit", "list", "case", "papers")


@pytest.fixture
def pages(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> dict[str, Callable[[], QWidget]]:
    visit = logged(office, open_case=True)
    office.attachments.add("a.pdf", scan_pdf(2), reception=visit.id)
    case = visit.case or ""
    return {
        "form": lambda: ReceptionFormPage(office, runner, keeper),
        "visit": lambda: VisitPage(office, runner, keeper, visit.id),
        "list": lambda: ReceptionsPage(office, runner, keeper),
        "case": lambda: CasePage(office, runner, keeper, OpenedFiles(), case),
        "papers": lambda: PapersPage(office, runner, keeper, SavedPlace(office, reception=visit.id)),
    }


def reachable(page: QWidget) -> list[QWidget]:
    """The widgets at which Tab stops, in its order, once around."""
    QApplication.processEvents()
    first = QApplication.focusWidget()
    assert first is not None and page.isAncestorOf(first)
    found = [first]
    for _step in range(300):
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, Qt.Key.Key_Tab)
        following = QApplication.focusWidget()
        assert following is not None
        if following is now:
            break
        if following in found:
            return found
        found.append(following)
    return found


def controls(page: QWidget) -> list[QWidget]:
    """What Tab must reach: visible, enabled, wanting the keyboard by Tab."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_every_control_and_is_caught_by_none(
    pages: dict[str, Callable[[], QWidget]], name: str, shown: Show
) -> None:
    host, page = QWidget(), pages[name]()  # a page is never a window itself
    QVBoxLayout(host).addWidget(page)
    shown(host)
    page.setFocus()
    found = reachable(page)
    missing = [f"{type(w).__name__} {named(w)!r}" for w in controls(page) if w not in found]
    assert not missing


def named(widget: QWidget) -> str:
    """How somebody who cannot see knows a control."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text or widget.toolTip()


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name(pages: dict[str, Callable[[], QWidget]], name: str, shown: Show) -> None:
    page = shown(pages[name]())
    nameless = [f"{type(w).__name__} in {type(w.parent()).__name__}" for w in controls(page) if not named(w)]
    assert not nameless


def drawn(widget: QWidget) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    widget.render(painter, QPoint())
    painter.end()
    return image


@pytest.mark.parametrize("make", [LineField, TextField, DateField, IntField])
def test_the_keyboard_is_seen_where_it_is(qtbot: QtBot, make: Callable[[str], Any]) -> None:
    window = QWidget()
    field, other = make("Một"), LineField("Khác")
    field.setParent(window)
    other.setParent(window)
    other.move(0, 120)
    qtbot.addWidget(window)
    window.resize(400, 240)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    other.setFocus()
    without = drawn(field.editor)
    field.setFocus()
    assert drawn(field.editor) != without


def test_the_wheel_changes_no_value(qtbot: QtBot) -> None:
    choice = ChoiceField("Chọn", [(number, str(number)) for number in range(9)], style="combo")
    number, day = IntField("Số"), DateField("Ngày")
    for field in (choice, number, day):
        qtbot.addWidget(field)
    choice.set_value(4)
    number.set_value(4)
    assert choice.combo is not None
    for widget in (choice.combo, number.editor, day.editor):
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
        QApplication.sendEvent(widget, wheel)
    assert (choice.value(), number.value(), day.value()) == (4, 4, None)


def test_no_page_uses_a_control_that_the_wheel_changes() -> None:
    """Drop-downs are `Combo`; Qt's own boxes with arrows, sliders and calendars are not used at all."""
    forbidden = {
        "QComboBox",
        "QSpinBox",
        "QDoubleSpinBox",
        "QDateEdit",
        "QTimeEdit",
        "QDateTimeEdit",
        "QSlider",
        "QDial",
    }
    found = []
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if called in forbidden:
                found.append(f"{path.relative_to(UI).as_posix()}:{node.lineno} {called}")  # type: ignore[attr-defined]
    assert found == []


@pytest.mark.parametrize("name", PAGES)
def test_no_control_of_a_page_has_arrows_for_the_wheel(
    pages: dict[str, Callable[[], QWidget]], name: str, shown: Show
) -> None:
    page = shown(pages[name]())
    assert page.findChildren(QAbstractSpinBox) == []


def test_tab_selects_what_stands_in_a_line(qtbot: QtBot) -> None:
    window = QWidget()
    one, two = LineField("Một"), LineField("Hai")
    one.setParent(window)
    two.setParent(window)
    two.set_value("Nguyễn Thị Ẩn")
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    one.setFocus()
    QTest.keyClick(one.editor, Qt.Key.Key_Tab)
    assert two.editor.selectedText() == "Nguyễn Thị Ẩn"


def test_a_field_that_gets_the_keyboard_before_its_window_is_shown_has_it_then(qtbot: QtBot) -> None:
    window = QWidget()
    one, two = LineField("Một"), LineField("Mật khẩu", password=True)
    lines = QVBoxLayout(window)
    lines.addWidget(one)
    lines.addWidget(two)
    qtbot.addWidget(window)
    two.setFocus()
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    assert QApplication.focusWidget() is two.editor


def test_a_window_that_names_a_field_as_its_proxy_has_the_keyboard_there(qtbot: QtBot) -> None:
    window, page = QWidget(), QWidget()
    one, two = LineField("Một"), LineField("Mật khẩu", password=True)
    lines = QVBoxLayout(page)
    lines.addWidget(one)
    lines.addWidget(two)
    page.setFocusProxy(two)
    QVBoxLayout(window).addWidget(page)
    qtbot.addWidget(window)
    page.setFocus()
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    assert QApplication.focusWidget() is two.editor


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot) -> None:
    """Also in a page, not only in a dialog; in a line of text it presses nothing."""
    page = Page()
    lines = QVBoxLayout(page)
    line, button, off = QLineEdit(), QPushButton("Chọn tệp"), QPushButton("Xóa")
    off.setEnabled(False)
    for widget in (line, button, off):
        lines.addWidget(widget)
    qtbot.addWidget(page)
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("button"))
    off.clicked.connect(lambda: pressed.append("off"))
    page.show()
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert pressed == []
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert pressed == ["button", "button"]
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["button", "button"], "Ctrl+Enter is the page's own key"
