"""Reports are frozen, sent, withdrawn; what changes afterwards shows as a difference; typed figures stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop import law
from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.reports.report_period import PeriodKind, ReportPeriod, quarter, to_date
from tcd_desktop.domain.reports.sent_report import FigureRow, NarrativePart, SentReport
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.reports.report_desk import ReportDesk
from tcd_desktop.services.reports.report_figures import Difference, Origin
from tests.offices import MONDAY, make_office

Q4 = quarter(2026, 4)
TODAY = MONDAY.date()


class Books:
    """Stands in for the counting: what the books tell of each period, and with which choices they were asked."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[FigureRow, ...]] = {}
        self.choices: list[tuple[str, ...]] = []

    def __call__(self, period: ReportPeriod, counting: tuple[str, ...], progress: Progress) -> tuple[FigureRow, ...]:
        self.choices.append(counting)
        return self.told.get(period.code, ())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


@pytest.fixture
def books() -> Books:
    found = Books()
    found.told = {
        "2026-q4": (FigureRow(form="01/TCD", unit="P-01", values=(30, 31)),),
        "2026-q3": (FigureRow(form="01/TCD", unit="P-01", values=(10, 30)),),
    }
    return found


@pytest.fixture
def make_desk(office: OpenOffice, books: Books) -> Callable[..., ReportDesk]:
    def make(officer: Officer | None = None, today: date = TODAY) -> ReportDesk:
        return ReportDesk(
            office.store,
            office=office.office,
            officer=officer or office.officer,
            rules=law.report_rules(),
            count=books,
            today=lambda: today,
        )

    return make


@pytest.fixture
def desk(make_desk: Callable[..., ReportDesk]) -> ReportDesk:
    return make_desk()


def made(desk: ReportDesk) -> SentReport:
    parts = (NarrativePart(code="I.1", text="Tình hình ổn định.\n"),)
    return desk.make(Q4, figures=desk.count(Q4), narrative=parts, counting=("matters=visit",)).value


def test_a_report_stays_as_it_was_made_while_the_books_go_on(desk: ReportDesk, books: Books) -> None:
    report = made(desk)
    books.told["2026-q4"] = (FigureRow(form="01/TCD", unit="P-01", values=(33, 31)),)
    kept = desk.find(report.id)
    assert kept == report and kept.figures[0].values == (30, 31)
    assert (kept.first, kept.last, kept.made_on) == (date(2026, 9, 15), date(2026, 12, 14), MONDAY.date())
    assert kept.narrative[0].text == "Tình hình ổn định."
    assert desk.differences(kept) == (Difference("01/TCD", "P-01", 1, sent=30, now=33),)
    assert desk.differences(kept)[0].change == 3
    assert books.choices[-1] == ("matters=visit",), "differences are counted by the report's own choices"


def test_a_line_that_was_not_sent_differs_from_nothing(desk: ReportDesk, books: Books) -> None:
    report = made(desk)
    books.told["2026-q4"] = (*report.figures, FigureRow(form="02/XLD", unit="P-02", values=(0, 4)))
    assert desk.differences(report) == (Difference("02/XLD", "P-02", 2, sent=0, now=4),)


def test_sending_records_number_and_day_once(desk: ReportDesk) -> None:
    report = made(desk)
    sent = desk.send(report.id, number=" 12/BC-UBND ", on=MONDAY.date(), letter="abc").value
    assert (sent.number, sent.sent_on, sent.letter) == ("12/BC-UBND", MONDAY.date(), "abc")
    assert desk.standing("2026-q4") == sent
    with pytest.raises(Refused, match="report_sent"):
        desk.send(report.id, number="13/BC-UBND", on=MONDAY.date())


@pytest.mark.parametrize(
    ("number", "on", "field", "code"),
    [
        ("", MONDAY.date(), "number", "missing"),
        ("x" * 61, MONDAY.date(), "number", "too_long"),
        ("12", date(2026, 11, 24), "on", "future_date"),
        ("12", date(2026, 11, 20), "on", "before_step"),
    ],
)
def test_what_is_wrong_with_a_sending_is_named(desk: ReportDesk, number: str, on: date, field: str, code: str) -> None:
    report = made(desk)
    with pytest.raises(DraftRefused) as caught:
        desk.send(report.id, number=number, on=on)
    assert {name: problem.code for name, problem in caught.value.problems.items()} == {field: code}
    assert desk.find(report.id) == report


def test_a_withdrawn_report_stays_readable_and_another_takes_its_place(desk: ReportDesk) -> None:
    report = made(desk)
    desk.send(report.id, number="12", on=MONDAY.date())
    with pytest.raises(Refused, match="reason_needed"):
        desk.withdraw(report.id, "  ")
    desk.withdraw(report.id, "Sai số liệu biểu 02")
    assert desk.standing("2026-q4") is None
    assert [one.removed for one in desk.reports()] == ["Sai số liệu biểu 02"]
    with pytest.raises(Refused, match="report_withdrawn"):
        desk.withdraw(report.id, "x")
    with pytest.raises(Refused, match="report_withdrawn"):
        desk.send(report.id, number="1", on=TODAY)
    again = made(desk)
    assert desk.standing("2026-q4") == again and len(desk.reports()) == 2


def test_making_sending_and_withdrawing_can_be_taken_back(desk: ReportDesk, office: OpenOffice) -> None:
    report = made(desk)
    desk.send(report.id, number="12", on=MONDAY.date())
    office.undo.undo()
    kept = desk.find(report.id)
    assert kept is not None and kept.sent_on is None and kept.number == ""
    desk.withdraw(report.id, "Nhầm")
    office.undo.undo()
    assert desk.standing("2026-q4") == kept


def test_a_period_that_has_not_begun_and_an_empty_report_are_not_made(desk: ReportDesk, books: Books) -> None:
    with pytest.raises(Refused, match="period_not_begun"):
        desk.make(quarter(2027, 2), figures=desk.count(Q4))
    with pytest.raises(Refused, match="nothing_to_report"):
        desk.make(Q4, figures=())


def test_typed_figures_are_kept_changed_and_emptied(desk: ReportDesk) -> None:
    desk.type_figures("2026-q4", "06/QLKNTC", {"1": 3, "4": 2})
    desk.type_figures("2026-q4", "06/QLKNTC", {"1": 5, "4": None})
    kept = desk.entries("2026-q4")
    assert [(one.form, one.column, one.value) for one in kept] == [("06/QLKNTC", "1", 5)]
    assert desk.entries("2026-q3") == []
    with pytest.raises(DraftRefused) as caught:
        desk.type_figures("2026-q4", "06/QLKNTC", {"2": -1})
    assert set(caught.value.problems) == {"2"}
    with pytest.raises(Refused, match="unknown_period"):
        desk.type_figures("quý tư", "06/QLKNTC", {"1": 3})


def test_written_sections_are_kept_and_empty_ones_bring_the_proposal_back(desk: ReportDesk) -> None:
    desk.write_part("2026-6m", "02", "I.1", "Đơn tăng do giải phóng mặt bằng.\n")
    assert [(one.column, one.text) for one in desk.entries("2026-6m")] == [("I.1", "Đơn tăng do giải phóng mặt bằng.")]
    desk.write_part("2026-6m", "02", "I.1", "  ")
    assert desk.entries("2026-6m") == []
    with pytest.raises(DraftRefused):
        desk.write_part("2026-6m", "02", "I.1", "x" * 20_001)


def test_choices_of_counting_are_kept_for_the_period_and_offered_for_the_next(desk: ReportDesk) -> None:
    assert desk.counting("2026-q4") == ()
    desk.choose("2026-q3", ("matters=visit", "days=held"))
    assert desk.counting("2026-q3") == ("days=held", "matters=visit") and desk.counting("2026-q4") == ()
    made(desk)
    assert desk.counting("2027-q1") == ("matters=visit",)


def test_a_figure_is_compared_with_what_was_sent_and_else_with_the_books(desk: ReportDesk, books: Books) -> None:
    now = desk.count(Q4)
    compared = desk.compare(Q4, now)
    assert compared.before.origin is Origin.BOOKS and compared.before.values["01/TCD", "P-01", 1] == 10
    assert not compared.year_before.known
    assert compared.odd == {("01/TCD", "P-01", 1)}, "31 against 30 is no jump, nothing is against an empty year"
    last = desk.make(quarter(2026, 3), figures=(FigureRow(form="01/TCD", unit="P-01", values=(29, 31)),)).value
    desk.send(last.id, number="9", on=MONDAY.date())
    compared = desk.compare(Q4, now)
    assert compared.before.origin is Origin.SENT and compared.odd == frozenset()


def test_what_is_due_is_asked_for_until_it_is_sent(make_desk: Callable[..., ReportDesk], books: Books) -> None:
    assert make_desk(today=date(2026, 11, 23)).due() == []
    desk = make_desk(today=date(2026, 12, 15))
    assert [(one.period.code, one.due, one.made) for one in desk.due()] == [
        ("2026-q4", date(2026, 12, 17), False),
        ("2026-y", date(2026, 12, 17), False),
    ]
    report = made(desk)
    assert [one.made for one in desk.due()] == [True, False]
    desk.send(report.id, number="12", on=date(2026, 12, 15))
    year = to_date(PeriodKind.YEAR, 2026)
    assert [one.period for one in desk.due()] == [year]
    assert [one.period for one in make_desk(today=date(2027, 1, 10)).due()] == [year], "late, still asked for"
    assert make_desk(today=date(2027, 2, 20)).due() == []


def test_who_only_looks_makes_no_report(make_desk: Callable[..., ReportDesk], office: OpenOffice) -> None:
    viewer = replace(office.officer, right=OfficerRight.VIEWER)
    with office.store.unit(act="officer.add", officer=office.officer.id) as unit:
        unit.change(office.officer, right=OfficerRight.VIEWER)
        unit.commit()
    desk = make_desk(officer=viewer)
    for act in (
        lambda: made(desk),
        lambda: desk.type_figures("2026-q4", "06/QLKNTC", {"1": 3}),
        lambda: desk.choose("2026-q4", ("days=held",)),
    ):
        with pytest.raises(Refused, match="only_reads"):
            act()
    assert desk.reports() == [] and desk.entries("2026-q4") == []
