"""The desks fit a screen of 1366 pixels at every text size, in Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tcd_desktop import i18n
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.reports.report_counting import CountingChoices
from tcd_desktop.domain.reports.report_period import quarter
from tcd_desktop.domain.reports.sent_report import NarrativePart
from tcd_desktop.domain.terms import Role
from tcd_desktop.jobs import SilentProgress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.ui.calendar.calendar_page import CalendarPage
from tcd_desktop.ui.cases.cases_page import CasesPage
from tcd_desktop.ui.cases.opened_files import OpenedFiles
from tcd_desktop.ui.citizens.citizens_page import CitizensPage
from tcd_desktop.ui.directives.directives_page import DirectivesPage
from tcd_desktop.ui.inspections.begin_page import BeginPage
from tcd_desktop.ui.inspections.inspections_page import InspectionsPage
from tcd_desktop.ui.inspections.round_page import RoundPage
from tcd_desktop.ui.letters.letter_form import LetterFormPage
from tcd_desktop.ui.letters.letter_page import LetterPage
from tcd_desktop.ui.letters.letters_page import LettersPage
from tcd_desktop.ui.letters.own_texts_page import OwnTextsPage
from tcd_desktop.ui.look import look
from tcd_desktop.ui.petitions.petitions_page import PetitionsPage
from tcd_desktop.ui.receptions.list_page import ReceptionsPage
from tcd_desktop.ui.reports.counting_page import CountingPage
from tcd_desktop.ui.reports.figure_lists import behind_figure
from tcd_desktop.ui.reports.monthly_page import MonthlyPage
from tcd_desktop.ui.reports.records_page import RecordsPage
from tcd_desktop.ui.reports.report_reading import read_report
from tcd_desktop.ui.reports.reports_page import ReportsPage
from tcd_desktop.ui.reports.sent_page import SentPage
from tcd_desktop.ui.reviews.report_page import ReviewReportPage
from tcd_desktop.ui.reviews.review_form_page import ReviewFormPage
from tcd_desktop.ui.reviews.reviews_page import ReviewsPage
from tcd_desktop.ui.wards.sheet_page import SheetPage
from tcd_desktop.ui.wards.wards_page import WardsPage
from tcd_desktop.ui.window.rail import RAIL
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, enrol, make_district, make_office
from tests.services.letters import conclusion_of, drafted, issued, sitting_of

Make = Callable[[OpenOffice, InlineRunner, Keeper], QWidget]


def _sheet(office: OpenOffice, runner: InlineRunner, _keeper: Keeper) -> QWidget:
    shown = office.board.compare(date(2026, 9, 15), date(2026, 12, 14))
    return SheetPage(office, runner, shown, shown.wards, shown.total)


def _form(office: OpenOffice, runner: InlineRunner, _keeper: Keeper) -> QWidget:
    entry = office.reviews.decide(office.reviews.proposals()[0], listed=True).value
    return ReviewFormPage(office, runner, office.reviews.row(entry.id))


def _begin(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> QWidget:
    return BeginPage(office, runner, keeper, [("P-01", "UBND phường P-01"), ("P-02", "UBND phường P-02")])


def _round(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> QWidget:
    held = office.inspections.begin("P-01", date(2026, 11, 1), date(2026, 11, 23), lead="Thanh tra quận").value.round
    return RoundPage(office, runner, keeper, held, "UBND phường P-01")


def _cases(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> QWidget:
    return CasesPage(office, runner, keeper, files=OpenedFiles())


def _sent(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> QWidget:
    period = quarter(2026, 4)
    parts = (NarrativePart(code="I.1", text="Tình hình ổn định."),)
    report = office.reports.make(period, figures=office.reports.count(period), narrative=parts).value
    return SentPage(office, runner, keeper, report)


def _records(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> QWidget:
    shown = read_report(office, quarter(2026, 4), SilentProgress())
    return RecordsPage(office, runner, keeper, OpenedFiles(), behind_figure(office, shown, ("01/TCD", "", 1), 1))


def _counting(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> QWidget:
    return CountingPage(office, runner, keeper, quarter(2026, 4), CountingChoices(), lambda _rule: None)


def _calendar(office: OpenOffice, runner: InlineRunner, keeper: Keeper) -> QWidget:
    sitting_of(office)
    return CalendarPage(office, runner, keeper)


def _letter_form(office: OpenOffice, runner: InlineRunner, _keeper: Keeper) -> QWidget:
    sitting = sitting_of(office)
    letter = drafted(office, "conclusion-notice", LetterSubject.CONCLUSION, conclusion_of(office, sitting).id)
    return LetterFormPage(office, runner, letter)


def _letter(office: OpenOffice, runner: InlineRunner, _keeper: Keeper) -> QWidget:
    sitting = sitting_of(office)
    letter = issued(office, "invitation", LetterSubject.SITTING, sitting.id)
    return LetterPage(office, runner, letter.id)


def _own_texts(office: OpenOffice, runner: InlineRunner, _keeper: Keeper) -> QWidget:
    return OwnTextsPage(office, runner)


PAGES: dict[str, Make] = {
    "letters": LettersPage,
    "form of a letter": _letter_form,
    "letter": _letter,
    "words of letters": _own_texts,
    "board": WardsPage,
    "cases": _cases,
    "citizens": CitizensPage,
    "directives": DirectivesPage,
    "petitions": PetitionsPage,
    "receptions": ReceptionsPage,
    "sheet": _sheet,
    "reviews": ReviewsPage,
    "report": ReviewReportPage,
    "form": _form,
    "inspections": InspectionsPage,
    "begin": _begin,
    "round": _round,
    "reports": ReportsPage,
    "month": MonthlyPage,
    "sent report": _sent,
    "records of a figure": _records,
    "counting": _counting,
    "calendar": _calendar,
}


@pytest.fixture
def district(tmp_path: Path) -> Iterator[OpenOffice]:
    office, ward = make_district(tmp_path / "district"), make_office(tmp_path / "ward")
    stick = tmp_path / "stick"
    stick.mkdir()
    enrol(ward, office, stick)
    crowd: dict[str, Any] = {
        "people": 12,
        "role": Role.GROUP_REPRESENTATIVE,
        "representation_paper": "Văn bản cử người đại diện",
    }
    ward.receptions.log(replace(DRAFT, **crowd), open_case=True)
    office.inbox.take([one.path for one in ward.outbox.export(stick)])
    ward.close()
    yield office
    office.close()


@pytest.mark.parametrize("size", [100, 125, 150])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_not_wider_than_its_place(
    name: str, size: int, district: OpenOffice, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    i18n.set_language("vi")
    look.apply(qapp, "light", size)
    try:
        page = PAGES[name](district, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
        qtbot.addWidget(page)
        page.show()
        assert page.minimumSizeHint().width() <= 1366 - look.current().px(RAIL)
        assert page.minimumSizeHint().height() <= 560
    finally:
        look.apply(qapp, "light", 100)
        i18n.set_language(i18n.DEFAULT)
