"""A closed line is corrected by amendment: the list marks it, the history shows both versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLabel

from tcd_desktop.domain.terms import Classification
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.store.lists.pages import ReceptionQuery
from tcd_desktop.ui.receptions.columns import columns
from tcd_desktop.ui.receptions.facts import read_view
from tcd_desktop.ui.receptions.history import HistoryBlock
from tcd_desktop.ui.receptions.original import OriginalBlock, original
from tcd_desktop.ui.receptions.source import ReceptionSource
from tests.ui.receptions.conftest import logged

Show = Callable[[Any], Any]


def marks(office: OpenOffice) -> list[str]:
    page = ReceptionSource(office).page(ReceptionQuery(), before=None, size=50)
    (number,) = [column for column in columns(office.today, str) if column.key == "number"]
    return [number.text(row) for row in page.rows]


def told(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_corrected_line_is_marked_in_the_list_until_the_correction_is_undone(office: OpenOffice) -> None:
    visit = logged(office)
    logged(office)
    assert "*" not in "".join(marks(office))
    office.receptions.amend(visit.id, replace(visit, request="Đề nghị khác"))
    assert sorted(marks(office)) == ["1/2026*", "2/2026"]
    office.undo.undo()
    assert sorted(marks(office)) == ["1/2026", "2/2026"]
    office.undo.redo()
    assert sorted(marks(office)) == ["1/2026*", "2/2026"]


def test_both_versions_stay_readable(office: OpenOffice, keeper: Keeper, shown: Show) -> None:
    visit = logged(office)
    for text in ("Lần sửa thứ nhất", "Lần sửa thứ hai"):
        office.receptions.amend(visit.id, replace(visit, content=text))
    view = read_view(office, visit.id, str)
    assert view is not None
    first = original(view.visit, view.history)
    assert first is not None and first.content == visit.content
    block = shown(HistoryBlock(view, office.today()))
    before_after = told(block)
    assert f"{visit.content} → Lần sửa thứ nhất" in before_after
    assert "Lần sửa thứ nhất → Lần sửa thứ hai" in before_after and "Đỗ Thị Quỹ" in before_after
    (first_line,) = block.findChildren(OriginalBlock)
    assert first_line.facts.isHidden()
    first_line.button.click()
    assert not first_line.facts.isHidden() and visit.content in told(first_line.facts)


def test_an_untouched_line_offers_no_first_version_and_an_answer_is_no_correction(office: OpenOffice) -> None:
    visit = logged(office)
    view = read_view(office, visit.id, str)
    assert view is not None and original(view.visit, view.history) is None


def test_the_first_version_of_a_denunciation_shows_no_identity(office: OpenOffice, shown: Show) -> None:
    visit = logged(office, classification=Classification.DENUNCIATION)
    office.receptions.amend(visit.id, replace(visit, content="Nội dung tố cáo đã sửa"))
    view = read_view(office, visit.id, str)
    assert view is not None
    assert "Ẩn" not in told(shown(HistoryBlock(view, office.today())))


def test_the_mark_of_a_corrected_line_is_seen_where_a_ward_has_a_thousand_visits(office: OpenOffice) -> None:
    from PySide6.QtGui import QFontMetrics

    from tcd_desktop.ui.look import look

    (number,) = [column for column in columns(office.today, str) if column.key == "number"]
    needed = QFontMetrics(look.font()).horizontalAdvance("1000/2026*")
    assert needed + 2 * look.current().px(10) <= look.current().px(number.width)
