"""The month's report: what it tells against the books, kept and read again, its paper and its workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel, ReviewSource
from tcd_desktop.domain.office import Office
from tcd_desktop.domain.reports.report_period import MonthRule, ReportPeriod, month
from tcd_desktop.domain.reports.sent_report import NarrativePart, ReportKind
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.jobs import Cancelled, SilentProgress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.open_office.monthly_facts import monthly_facts
from tcd_desktop.reports.monthly.facts import MonthlyFacts
from tcd_desktop.reports.monthly.paper import monthly_paper, monthly_pdf
from tcd_desktop.reports.monthly.report import MonthlyReport, kept_report, parts_of, report_of
from tcd_desktop.reports.monthly.sections import Chart, MonthlySection, missing
from tcd_desktop.reports.monthly.xlsx import write_monthly
from tests.documents.reading import page_texts, whole_text
from tests.offices import MONDAY, SECRET_WORDS
from tests.ui.reports.desk import make_world

TODAY = MONDAY.date()
NOVEMBER = month(2026, 11, MonthRule.CALENDAR)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[OpenOffice]:
    made, wards = make_world(tmp_path)
    yield made
    for ward in wards:
        ward.close()
    made.close()


def gathered(office: OpenOffice, period: ReportPeriod = NOVEMBER) -> MonthlyFacts:
    return monthly_facts(office, period, SilentProgress())


def section(report: MonthlyReport, code: str) -> MonthlySection:
    return next(one for one in report.sections if one.code == code)


def directive(units: tuple[str, ...], due: date, content: str = "Rà soát vụ việc tồn đọng.") -> DirectiveDraft:
    return DirectiveDraft(
        level=DirectiveLevel.DISTRICT,
        issuer="Chủ tịch UBND quận",
        number="15/UBND",
        content=content,
        issued_on=date(2026, 11, 2),
        due=due,
        units=units,
    )


def test_visits_and_petitions_are_those_of_the_books(district: OpenOffice) -> None:
    report = report_of(gathered(district))
    visits = section(report, "visits")
    assert [row[0] for row in visits.rows] == ["Phường Một", "Phường Hai", "Quận Thử Nghiệm", "Tổng cộng"]
    assert [row[5] for row in visits.rows] == [3, 4, 0, 7] and visits.total
    assert "đã tiếp 7 lượt" in visits.text
    petitions = section(report, "petitions")
    with district.store.reading() as connection:
        held = connection.exec_driver_sql("SELECT count(*) FROM petition WHERE removed = ''").scalar_one()
    assert petitions.rows[-1][1] == held > 0
    assert [chart.title for chart in visits.charts] == [
        "Lượt tiếp công dân trong kỳ theo đơn vị",
        "Lượt tiếp công dân 12 tháng gần nhất",
    ]
    assert visits.charts[0].bars[:2] == (("Phường Một", 3), ("Phường Hai", 4))
    assert len(visits.charts[1].bars) == 12 and visits.charts[1].bars[-1] == ("11/2026", 7)


def test_what_is_overdue_is_told_by_office(district: OpenOffice) -> None:
    district.directives.issue(directive(("P-01", "P-02"), date(2026, 11, 10)))
    district.directives.issue(directive(("P-02",), date(2026, 11, 20)))
    district.directives.issue(directive(("P-02",), date(2026, 12, 20)))
    report = report_of(gathered(district))
    overdue = section(report, "overdue")
    assert [row[4] for row in overdue.rows] == [1, 2, 0, 3]
    assert [row[1] for row in overdue.rows] == [2, 2, 0, 4], "cases that are open"
    assert overdue.charts[0].bars[0] == ("Phường Hai", 2), "the latest first"
    told = section(report, "directives")
    assert "Còn 3 ý kiến chỉ đạo" in told.text and "trong đó quá hạn 2" in told.text
    assert [row[4] for row in told.rows] == ["quá hạn 13 ngày", "quá hạn 3 ngày", "-"]
    assert told.rows[0][2] == "Phường Một, Phường Hai"


def test_many_offices_are_named_in_short(district: OpenOffice) -> None:
    facts = gathered(district)
    district.directives.issue(directive(("P-01", "P-02"), date(2026, 12, 20)))
    (line,) = gathered(district).directives
    units = tuple((f"P-{at:02d}", f"UBND phường Số {at}") for at in range(1, 19))
    many = replace(line, waiting=tuple(code for code, _name in units))
    shown = report_of(replace(facts, directives=[many])).sections
    rows = next(one for one in shown if one.code == "directives").rows
    assert rows[0][2] == "Phường Một, Phường Hai và 16 đơn vị khác"


def test_a_denunciation_under_review_is_a_number_only(district: OpenOffice) -> None:
    for case in district.store.all(CaseFile, "office = 'P-01'"):
        district.reviews.add(case.id, source=ReviewSource.DISTRICT)
    report = report_of(gathered(district))
    rows = section(report, "reviews").rows
    assert len(rows) == 2
    assert sum("(tố cáo, không nêu nội dung)" in str(row[1]) for row in rows) == 1
    assert sum("Hàng xóm xây nhà" in str(row[1]) for row in rows) == 1
    text = whole_text(monthly_pdf(report))
    assert not any(word in text for word in (*SECRET_WORDS, "biên lai"))


def test_a_ward_reports_to_its_superior_and_sums_nothing(tmp_path: Path) -> None:
    from tests.ui.reports.desk import make_ward

    office = make_ward(tmp_path / "ward")
    report = report_of(gathered(office))
    assert [row[0] for row in section(report, "visits").rows] == ["Phường Một"]
    paper = monthly_paper(report)
    assert paper.addressees == ("UBND quận Thử Nghiệm",) and paper.office == "UBND phường Một"
    assert paper.sign == "BC-UBND"
    office.close()


def test_the_district_signs_as_its_inspectorate(district: OpenOffice) -> None:
    paper = monthly_paper(report_of(gathered(district)))
    assert paper.superior == "UBND quận Thử Nghiệm" and paper.addressees == ("UBND quận Thử Nghiệm",)
    assert (paper.office, paper.sign, paper.signer_title) == ("Thanh tra quận", "BC-TTr", "Chánh Thanh tra")


def test_the_paper_has_every_section_and_its_charts(district: OpenOffice) -> None:
    district.reports.write_part(NOVEMBER.code, "month", "proposals", "Đề nghị bổ sung biên chế.")
    report = report_of(gathered(district))
    assert missing(report.sections) == ["VII. NHẬN XÉT CHUNG"]
    pdf = monthly_pdf(report)
    text = whole_text(pdf)
    for one in report.sections:
        assert one.heading in text
        for chart in one.charts:
            assert chart.title in text
    assert "Đề nghị bổ sung biên chế." in text and "tháng 11 năm 2026" in text
    assert pdf == monthly_pdf(report), "the same report gives the same bytes"
    assert len(page_texts(pdf)) < 6


def test_a_long_list_is_cut_on_paper_and_whole_in_the_workbook(district: OpenOffice, tmp_path: Path) -> None:
    report = report_of(gathered(district))
    long = replace(
        section(report, "inspections"),
        rows=tuple(("Phường Một", f"Cuộc {at}", 1, 0, "-") for at in range(250)),
    )
    shown = replace(report, sections=tuple(long if one.code == "inspections" else one for one in report.sections))
    text = whole_text(monthly_pdf(shown))
    assert "Cuộc 199" in text and "Cuộc 200" not in text and "… và 50 việc khác, xem danh mục kèm theo." in text
    target = tmp_path / "thang.xlsx"
    write_monthly(target, shown)
    rows = [row[1] for row in openpyxl.load_workbook(target)["VI"].iter_rows(values_only=True)]
    assert "Cuộc 249" in rows


def test_a_kept_report_is_the_same_report(district: OpenOffice) -> None:
    district.directives.issue(directive(("P-01",), date(2026, 11, 10), "Giải quyết | báo cáo\n# ngay = 1"))
    district.reports.write_part(NOVEMBER.code, "month", "assessment", "Tốt.\n| không phải bảng |\n# không phải biểu đồ")
    report = report_of(gathered(district))
    made = district.reports.make(NOVEMBER, kind=ReportKind.MONTHLY, figures=(), narrative=parts_of(report.sections))
    kept = kept_report(made.value, district.office)
    assert kept.sections == tuple(_without_bars(one) for one in report.sections)
    assert kept.period == NOVEMBER and kept.made_on == TODAY


def _without_bars(one: MonthlySection) -> MonthlySection:
    """A stroke inside a cell would end it; it is kept as a slash."""
    rows = tuple(tuple(cell.replace("|", "/") if isinstance(cell, str) else cell for cell in row) for row in one.rows)
    return replace(one, rows=rows)


@pytest.mark.parametrize(
    "text",
    ["", "I. Chỉ có tiêu đề", "I.\n| a |", "I.\n| a | b |\n| 1 | x |", "I.\n# ", "I.\n#  | 5", "I.\n# a\n# b | -5"],
)
def test_whatever_a_report_from_elsewhere_keeps_is_read(text: str) -> None:
    from tcd_desktop.domain.reports.sent_report import SentReport

    parts = tuple(NarrativePart(code=code, text=text) for code in ("visits", "reviews", "assessment", "unknown"))
    report = SentReport(
        id="a", office="P-01", kind=ReportKind.MONTHLY, period="2026-m11", first=NOVEMBER.first, last=NOVEMBER.last,
        made_on=TODAY, narrative=parts,
    )  # fmt: skip
    office = Office(id="P-01", office="P-01", kind=OfficeKind.WARD, name="UBND phường Một", superior_name="UBND quận")
    kept = kept_report(report, office)
    assert len(kept.sections) == 4
    assert monthly_pdf(kept).startswith(b"%PDF")


def test_a_chart_is_read_back_with_a_name_that_holds_a_number(district: OpenOffice) -> None:
    one = MonthlySection(
        "visits", "I. X", "Lời.", charts=(Chart("Theo tháng 2026", (("01/2026", 5), ("Phường 2", 0))),)
    )
    (part,) = parts_of((one,))
    report = district.reports.make(NOVEMBER, kind=ReportKind.MONTHLY, figures=(), narrative=(part,)).value
    assert kept_report(report, district.office).sections == (one,)


def test_gathering_stops_when_it_is_cancelled(district: OpenOffice) -> None:
    class Stopped(SilentProgress):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        monthly_facts(district, NOVEMBER, Stopped())
