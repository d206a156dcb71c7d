"""What was written lately is offered while it is typed; nothing of a denunciation is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from tcd_desktop.domain.terms import Classification, Direction
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper
from tcd_desktop.store.lists.recent_values import address_tails
from tcd_desktop.ui.receptions.form_page import ReceptionFormPage
from tcd_desktop.ui.receptions.recent_offers import read_recent
from tcd_desktop.ui.window.runner import InlineRunner
from tests.ui.receptions.conftest import CARD, OFFSCREEN, logged, press, type_here
from tests.ui.receptions.test_wedge import scan, ticking

Show = Callable[[Any], Any]
pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


@pytest.fixture
def form(office: OpenOffice, runner: InlineRunner, keeper: Keeper, shown: Show) -> ReceptionFormPage:
    for number in (1, 2):
        logged(office, direction=Direction.GUIDE, guided_to="Tòa án nhân dân", address=f"Số {number} phố Thử, Hà Nội")
    logged(office, attendees="Bà Lê Thị Thư ký", settled_by="UBND phường cũ", place="Phòng họp 2", id_place="Nơi khác")
    page: ReceptionFormPage = shown(ReceptionFormPage(office, runner, keeper))
    return page


def popup_of(form: ReceptionFormPage, name: str) -> tuple[QLineEdit, QCompleter]:
    line = form.fields[name].focusProxy()
    assert isinstance(line, QLineEdit)
    completer = line.completer()
    assert completer is not None
    return line, completer


def offered(completer: QCompleter) -> list[str]:
    model = completer.completionModel()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("guided_to", "t", "Tòa án nhân dân"),
        ("forwarded_to", "t", "Tòa án nhân dân"),
        ("attendees", "b", "Bà Lê Thị Thư ký"),
        ("settled_by", "u", "UBND phường cũ"),
        ("id_place", "n", "Nơi khác"),
    ],
)
def test_recent_values_are_offered_and_taken_by_the_keyboard(
    form: ReceptionFormPage, name: str, typed: str, value: str
) -> None:
    form.toggle_visit()
    form.other.unfold()
    form.binding.apply(direction=Direction.FORWARD if name == "forwarded_to" else Direction.GUIDE)
    line, completer = popup_of(form, name)
    line.setFocus()
    type_here(typed)
    assert value in offered(completer) and completer.popup().isVisible()
    while completer.popup().currentIndex().data() != value:
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert getattr(form.model.draft, name) == value


def test_the_end_of_an_address_is_offered_behind_a_comma(form: ReceptionFormPage) -> None:
    line, completer = popup_of(form, "address")
    line.setFocus()
    type_here("So 9 pho Khac")
    assert not completer.popup().isVisible(), "the beginning is each one's own"
    type_here(", h")
    assert offered(completer) == ["Hà Nội"] and completer.popup().isVisible()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert form.model.draft.address == "So 9 pho Khac, Hà Nội"


def test_nothing_of_a_denunciation_is_offered(office: OpenOffice) -> None:
    secret = {
        "classification": Classification.DENUNCIATION,
        "direction": Direction.GUIDE,
        "guided_to": "Nơi kín",
        "attendees": "Người kín",
        "address": "Số 1, ngõ Kín",
        "place": "Phòng kín",
    }
    logged(office, **secret)
    logged(office, **secret)
    assert "ín" not in repr(read_recent(office))


def test_ends_of_addresses() -> None:
    assert address_tails("Số 1 phố A, phường B, Hà Nội") == ["phường B, Hà Nội", "Hà Nội"]
    assert address_tails("Số 1 phố A") == [] and address_tails("") == []


def test_a_card_is_recognised_while_a_list_of_proposals_is_open(form: ReceptionFormPage) -> None:
    form.binding.apply(direction=Direction.GUIDE)
    ticking(form)
    line, completer = popup_of(form, "guided_to")
    line.setFocus()
    type_here("t")
    assert completer.popup().isVisible()
    ticking(form)
    scan(CARD)
    assert form.model.draft.name == "Nguyễn Thị Ẩn"
    assert line.text() == "t" and not completer.popup().isVisible()
