"""A report that is due stands on the morning screen and opens the desk at its period, until it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.reports.report_period import period_from_code
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.look import look
from tcd_desktop.ui.today.tasks import Section, Task, read_tasks
from tcd_desktop.ui.today.today_page import TodayPage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, Clock, make_district, make_office


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    i18n.set_language("en")
    look.apply(qapp, "light", 100)
    yield
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    office.receptions.log(DRAFT)
    yield office
    office.close()


def at(office: OpenOffice, day: date) -> None:
    assert isinstance(office.clock, Clock)
    office.clock.moment = datetime.combine(day, time(8))


def due(office: OpenOffice) -> list[Task]:
    return [task for task in read_tasks(office, None) if task.section is Section.REPORTS]


def test_nothing_is_due_weeks_before(ward: OpenOffice) -> None:
    assert due(ward) == []


def test_a_report_is_asked_for_until_it_was_sent(ward: OpenOffice) -> None:
    at(ward, date(2026, 12, 15))
    first, second = due(ward)
    assert first.heading == "Reports due · 2" and first.title == "Report: Quarter IV of 2026"
    assert (first.act, first.target) == ("Make the report", ("reports", "2026-q4"))
    assert second.target == ("reports", "2026-y") and "15/12/2025" in second.detail
    period = period_from_code("2026-q4")
    report = ward.reports.make(period, figures=ward.reports.count(period)).value
    assert due(ward)[0].act == "Record the sending"
    ward.reports.send(report.id, number="12", on=date(2026, 12, 15))
    assert [task.target for task in due(ward)] == [("reports", "2026-y")]


def test_a_late_report_is_red(ward: OpenOffice) -> None:
    at(ward, date(2026, 12, 20))
    chip = due(ward)[0].chip
    assert chip is not None and chip.tone == "danger"


def test_who_may_not_make_it_is_not_asked(ward: OpenOffice) -> None:
    with ward.store.unit(act="officer.add", officer=ward.officer.id) as unit:
        unit.change(ward.officer, right=OfficerRight.VIEWER)
        unit.commit()
    ward.refresh()
    at(ward, date(2026, 12, 15))
    assert due(ward) == []


def test_the_line_opens_the_desk_at_its_period(ward: OpenOffice, qtbot: QtBot, tmp_path: Path) -> None:
    at(ward, date(2026, 12, 15))
    page = TodayPage(ward, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(page)
    gone: list[Any] = []
    page.goRequest.connect(lambda *target: gone.append(target))
    page._do_task(due(ward)[0])
    assert gone == [("reports", "2026-q4")]


def test_the_districts_card_has_its_own_reports(qtbot: QtBot, tmp_path: Path) -> None:
    district = make_district(tmp_path / "district")
    at(district, date(2026, 12, 15))
    page = TodayPage(district, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(page)
    gone: list[Any] = []
    page.goRequest.connect(lambda *target: gone.append(target))
    (button,) = [one for one in page.side.findChildren(QPushButton) if "Quarter IV of 2026" in one.text()]
    button.click()
    assert gone == [("reports", "2026-q4")]
    page.refresh()
    shown = [one for one in page.side.findChildren(QPushButton) if "2026" in one.text() and not one.isHidden()]
    assert len(shown) == 2, "once each, read again or not"
    district.close()
