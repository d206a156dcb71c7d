"""The exchange page of a ward with two PCs: one stick between them and one to the district, the same two buttons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.calendar.calendar_rows import calendar_year, source_chip
from tcd_desktop.ui.exchange.answer_panel import AnswerPanel
from tcd_desktop.ui.exchange.ward_cards import files_for
from tcd_desktop.ui.exchange.ward_page import WardExchangePage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, enrol, make_district, make_office
from tests.ui.exchange.sticks import read_stick


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def offices(tmp_path: Path, stick: Path) -> Iterator[list[OpenOffice]]:
    """A district and two PCs of one ward; the second one was enrolled later."""
    made = [make_district(tmp_path / "district"), make_office(tmp_path / "one"), make_office(tmp_path / "two")]
    for ward in made[1:]:
        enrol(ward, made[0], stick)
    yield made
    for office in made:
        office.close()


def page_of(office: OpenOffice, qtbot: QtBot, tmp_path: Path) -> WardExchangePage:
    page = WardExchangePage(office, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(page)
    page.resize(1180, 640)
    page.show()
    return page


def tone(page: WardExchangePage) -> str:
    """The tone of the glance as it is now."""
    page.refresh()
    assert page.glance.words is not None
    return page.glance.words.tone


def test_one_pc_reads_the_other_and_its_next_stick_carries_both(
    offices: list[OpenOffice], stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    district, one, two = offices
    two.receptions.log(DRAFT)
    there = page_of(two, qtbot, tmp_path)
    there.send.send(stick)
    here = page_of(one, qtbot, tmp_path)
    read_stick(here, stick)
    assert here.stick.card.sentence.text().startswith("From the other PCs of this office:")
    assert "Bundles of this office's other PCs go along" in here.send.sentence.text()
    here.send.send(stick)
    results = district.inbox.take(sorted(stick.glob("TCD_P-01_*.tcdb")))
    assert {result.outcome for result in results} == {"applied"}
    assert len(district.store.all(Reception, "office = 'P-01'")) == 1


def test_green_waits_for_the_receipt_of_what_the_other_pc_gave_too(
    offices: list[OpenOffice], stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    district, one, two = offices
    here = page_of(one, qtbot, tmp_path)
    here.send.send(stick)
    district.inbox.take(sorted(stick.glob("TCD_P-01_*.tcdb")))
    read_stick(here, [answer.path for answer in district.outbox.export(stick)])
    assert tone(here) == "success"
    two.receptions.log(DRAFT)
    (bundle,) = [exported.path for exported in two.outbox.export(stick) if not exported.carried]
    read_stick(here, [bundle])
    assert tone(here) == "warning" and here.send.button.isEnabled()
    here.send.send(stick)
    assert tone(here) == "warning", "writing a stick alone is never green"
    district.inbox.take([bundle])
    read_stick(here, [answer.path for answer in district.outbox.export(stick)])
    assert tone(here) == "success"


def test_a_folder_is_looked_through_for_the_other_pcs_and_for_answers_to_us(
    offices: list[OpenOffice], stick: Path
) -> None:
    _district, one, two = offices
    for name in ("enrol-P-01-x.req", "TCD_P-02_0a1b2c3d_e1_000001-000002_v1of1.tcdb", "anh.tcdb"):
        (stick / name).write_bytes(b"x")
    own = one.outbox.export(stick)[0].path
    other = two.outbox.export(stick)[0].path
    found = files_for(stick, "P-01", one.keyring.device.device_id)
    assert other in found and own not in found and len(found) == 1


def test_the_district_reads_of_each_ward_what_waits_lies_on_a_stick_and_was_read(
    offices: list[OpenOffice], stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    district, one, two = offices
    district.calendar.add(date(2026, 12, 2), working=False, reason="Nghỉ hoán đổi", decision="Thông báo 12")
    panel = AnswerPanel(district, InlineRunner())
    qtbot.addWidget(panel)

    def told() -> str:
        panel.refresh()
        return " ".join(label.text() for label in panel.findChildren(QLabel) if not label.isHidden())

    assert "to be written" in told()
    panel.write(stick)
    assert "on the stick of" in told() and "to be written" not in told()
    for ward in (one, two):
        page = page_of(ward, qtbot, tmp_path)
        read_stick(page, stick)
        page.send.send(stick)
    district.inbox.take(sorted(stick.glob("TCD_P-01_*.tcdb")))
    assert "Everything was read" in told()


def test_the_superiors_days_are_told_from_the_own_ones_and_cannot_be_removed_at_the_ward(
    offices: list[OpenOffice], stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    district, one, _two = offices
    visit = one.receptions.log(DRAFT).value
    district.calendar.add(date(2026, 12, 2), working=False, reason="Nghỉ hoán đổi", decision="Thông báo 12")
    district.outbox.export(stick)
    page = page_of(one, qtbot, tmp_path)
    read_stick(page, stick)
    assert "computed again" in page.stick.card.sentence.text()
    moved = one.receptions.find(visit.id)
    assert moved is not None and moved.answer_due == date(2026, 12, 9)
    year = calendar_year(2026, one.calendar.in_force(), "P-01")
    (row,) = [row for row in year.rows if row.day == date(2026, 12, 2)]
    assert row.own is None and source_chip(row).text == "Of the superior office"
