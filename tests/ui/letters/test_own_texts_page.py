"""The office's own words by keys: chosen, changed with the picker, checked, seen on paper, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tcd_desktop.ui.letters.letters_page import LettersPage
from tcd_desktop.ui.letters.own_texts_page import KIND, OwnTextsPage
from tcd_desktop.ui.letters.variable_picker import VariablePicker
from tests.services.letters import guidance, visit_of
from tests.ui.letters.conftest import CTRL, Walk
from tests.ui.receptions.conftest import OFFSCREEN, type_here

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, "propagateSizeHints", extend=True)


def words_page(walk: Walk, kind: str) -> OwnTextsPage:
    walk.go("letters")
    walk.key(Qt.Key.Key_M, CTRL)
    page = walk.page(OwnTextsPage)
    items = [page.kinds.item(row) for row in range(page.kinds.count())]
    page.kinds.setCurrentItem(next(item for item in items if item.data(KIND) == kind))
    assert page.kind == kind
    return page


def typed(page: OwnTextsPage, name: str, value: Any) -> None:
    page.fields[name].set_value(value)
    page.fields[name].changed.emit(value)


def test_words_are_changed_with_the_picker_seen_and_used(walk: Walk) -> None:
    page = words_page(walk, "guidance")
    typed(page, "body", "Mời đến ")
    page.fields["body"].setFocus()
    walk.key(Qt.Key.Key_End, CTRL)
    walk.key(Qt.Key.Key_Space, CTRL)
    picker = walk.dialog()
    assert isinstance(picker, VariablePicker)
    type_here("citizen_name")
    walk.key(Qt.Key.Key_Return)
    assert page.fields["body"].value() == "Mời đến {citizen_name}"
    walk.wait(lambda: page.preview.pages() > 0)
    page.save()
    assert guidance(walk.office, visit_of(walk.office)).body == ("Mời đến Nguyễn Văn Đức",)
    assert "own words" in page.kinds.currentItem().text() and page.back_button.isVisibleTo(page)


def test_a_variable_nothing_fills_is_told_in_a_sentence_and_nothing_is_saved(walk: Walk) -> None:
    page = words_page(walk, "guidance")
    typed(page, "body", "Kính gửi {ten_ong_ba}")
    page.save()
    assert "{ten_ong_ba}" in page.fields["body"].problem()
    assert walk.office.own_texts.kinds() == frozenset()
    assert not page.can_close() and page.can_close(), "the first Esc says so, the second leaves"


def test_back_to_the_shipped_words(walk: Walk) -> None:
    page = words_page(walk, "guidance")
    shipped = page.fields["body"].value()
    typed(page, "body", "Riêng của phường.")
    page.save()
    page.withdraw()
    assert page.fields["body"].value() == shipped and walk.office.own_texts.kinds() == frozenset()


def test_the_book_of_letters_is_saved_as_a_table_without_who_denounced(walk: Walk) -> None:
    made = guidance(walk.office, visit_of(walk.office))
    page = walk.go("letters")
    assert isinstance(page, LettersPage)
    target = walk.folder / "van-ban-di.xlsx"
    page.export.ask = lambda _name, _parent: target
    page.save_table()
    from openpyxl import load_workbook

    cells = [str(cell) for row in load_workbook(target).active.iter_rows(values_only=True) for cell in row if cell]
    assert made.book_number in cells and any("Phiếu hướng dẫn" in cell for cell in cells)


def test_the_book_is_searched_and_narrowed(walk: Walk) -> None:
    guidance(walk.office, visit_of(walk.office))
    page = walk.go("letters")
    assert isinstance(page, LettersPage)
    page.search("phieu huong dan")
    assert page.view.model.rowCount() == 1
    page.search("khong co gi")
    assert page.view.model.rowCount() == 0
    page.show_all()
    assert page.view.model.rowCount() == 1
