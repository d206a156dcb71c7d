"""The desk of reports for its tests: two wards and their district with books, and how a page is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.sittings.sitting_rules import SittingDraft
from tcd_desktop.domain.terms import Classification, Direction, OfficeKind
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.look.chips import ChipLabel
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, SECRET, enrol, make_district, make_office

CTRL = Qt.KeyboardModifier.ControlModifier
WARDS = (("P-01", "UBND phường Một"), ("P-02", "UBND phường Hai"))


def make_ward(home: Path, code: str = "P-01", name: str = "UBND phường Một") -> OpenOffice:
    """A ward with three visits in the quarter, one of them a denunciation, and a day of the head nobody posted."""
    office = make_office(home, OfficeKind.WARD, code, name=name)
    office.receptions.log(DRAFT, open_case=True)
    office.receptions.log(replace(DRAFT, id_number="001080012345", name="Trần Thị Hai", direction=Direction.GUIDE))
    office.receptions.log(SECRET, open_case=True)
    office.sittings.add(SittingDraft(day=date(2026, 11, 20), start=time(8), leader="Đỗ Chủ Tịch", place="Trụ sở"))
    return office


def make_world(folder: Path) -> tuple[OpenOffice, list[OpenOffice]]:
    """A district that holds the books of two wards, and the wards."""
    district, stick = make_district(folder / "district"), folder / "stick"
    stick.mkdir()
    wards = []
    for code, name in WARDS:
        ward = make_ward(folder / code, code, name)
        enrol(ward, district, stick)
        if code == "P-02":
            ward.receptions.log(replace(DRAFT, id_number="001080054321", classification=Classification.PETITION))
        results = district.inbox.take([one.path for one in ward.outbox.export(stick)])
        assert [one.outcome for one in results] == ["applied"]
        wards.append(ward)
    return district, wards


def show(qtbot: QtBot, page: Any, runner: InlineRunner) -> Any:
    """The page as the window shows it, with the keyboard."""
    runner.changed.connect(page.store_changed)
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    page.setFocus()
    return page


def keyboard_on(widget: QWidget) -> None:
    """As if it had been clicked."""
    widget.window().activateWindow()
    widget.setFocus()
    QApplication.processEvents()
    assert QTest.qWaitForWindowActive(widget.window())


def told(widget: QWidget) -> str:
    """What the labels of a page say."""
    chips = [chip.accessibleName() for chip in widget.findChildren(ChipLabel)]
    return "\n".join([*(label.text() for label in widget.findChildren(QLabel)), *chips])
