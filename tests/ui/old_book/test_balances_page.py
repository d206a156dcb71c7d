"""Opening figures in a window: typed, summed, checked, saved, changed, and their history told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.old_book.opening_figures import FIGURES
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.look import look
from tcd_desktop.ui.old_book.balances_page import BalancesPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import make_office

FIRST = ("02/XLD", "1")


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    look.apply(qapp, "light", 100)
    yield
    i18n.set_language(before)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    opened = make_office(tmp_path / "ward")
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot: QtBot, office: OpenOffice) -> BalancesPage:
    made = BalancesPage(office, InlineRunner())
    qtbot.addWidget(made)
    made.resize(1182, 656)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def type_into(page: BalancesPage, key: tuple[str, str], text: str) -> None:
    editor = page.fields[key].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)


def test_every_figure_of_the_list_has_a_field_that_says_its_column(page: BalancesPage) -> None:
    assert set(page.fields) == {figure.key for figure in FIGURES}
    assert all(key[1] in field.editor.accessibleName() for key, field in page.fields.items())


def test_figures_are_typed_summed_and_saved_by_keyboard(page: BalancesPage, office: OpenOffice) -> None:
    page.on.set_value(date(2026, 9, 1))
    for column, value in (("5", "40"), ("11", "3"), ("17", "2")):
        type_into(page, ("01/TCD", column), value)
    type_into(page, FIRST, "7")
    assert page.sums["1"].text().endswith("45")
    assert not page.can_close()
    QTest.keyClick(page.fields[FIRST].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    kept = {(one.form, one.column): one.value for one in office.balances.figures()}
    assert kept == {("01/TCD", "5"): 40, ("01/TCD", "11"): 3, ("01/TCD", "17"): 2, FIRST: 7}
    assert page.can_close() and "02/XLD (1) – → 7" in page.history.text()
    type_into(page, FIRST, "9")
    page.save()
    assert "02/XLD (1) 7 → 9" in page.history.text()


def test_a_figure_larger_than_its_whole_is_told_beside_the_field(page: BalancesPage, office: OpenOffice) -> None:
    page.on.set_value(date(2026, 9, 1))
    type_into(page, ("01/TCD", "5"), "1")
    type_into(page, ("01/TCD", "8"), "4")
    page.save()
    assert "column 5" in page.fields["01/TCD", "8"].problem() and office.balances.figures() == []


def test_without_a_day_nothing_is_saved_and_nothing_typed_is_lost(page: BalancesPage, office: OpenOffice) -> None:
    type_into(page, FIRST, "7")
    page.save()
    assert page.on.problem() and page.fields[FIRST].value() == 7 and office.balances.figures() == []


def test_an_undo_elsewhere_is_shown(page: BalancesPage, office: OpenOffice) -> None:
    page.on.set_value(date(2026, 9, 1))
    type_into(page, FIRST, "7")
    page.save()
    done = office.undo.undo()
    page.store_changed(done.changes)
    assert page.fields[FIRST].value() is None
