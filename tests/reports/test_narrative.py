"""Mẫu số 02: the circular's outline, its figures, what only a person can write, its paper."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tcd_desktop.documents.report_paper import render_report
from tcd_desktop.domain.letters.letter_text import variables_in
from tcd_desktop.domain.reports.report_period import MonthRule as Rule
from tcd_desktop.domain.reports.report_period import PeriodKind, days, month, quarter, to_date
from tcd_desktop.domain.reports.sent_report import NarrativePart
from tcd_desktop.reports.circular.figures import TableFigures
from tcd_desktop.reports.circular.tables import tables
from tcd_desktop.reports.circular_sheets.narrative import (
    Section,
    kept_sections,
    narrative_pack,
    period_in_words,
    sections,
)
from tcd_desktop.reports.circular_sheets.narrative_paper import narrative_paper
from tcd_desktop.reports.circular_sheets.sheet_facts import SheetFacts
from tests.documents.reading import whole_text

FACTS = {"protect.all": "2", "protect.work": "1", "protect.life": "1"}
Q4 = quarter(2026, 4)


def figures(**more: dict[int, int]) -> tuple[TableFigures, ...]:
    """Six tables of one office in which every figure is its column's number, unless `more` says otherwise."""
    found = []
    for form in tables():
        values = [column.number for column in form.columns]
        for column, value in more.get(f"t{form.code[:2]}", {}).items():
            values[column - 1] = value
        found.append(TableFigures(form.code, {"P-01": tuple(values)}))
    return tuple(found)


def told(code: str, found: tuple[Section, ...]) -> str:
    return next(one.text for one in found if one.code == code)


def facts(**more: object) -> SheetFacts:
    values: dict[str, object] = {
        "superior": "UBND quận Thử Nghiệm",
        "office": "UBND phường Một",
        "place": "Thử Nghiệm",
        "first": Q4.first,
        "last": Q4.last,
        "made_on": date(2026, 12, 15),
        "units": (("P-01", "UBND phường Một"),),
        "signer_title": "Chủ tịch",
        "signer": "Đỗ Văn Ẩn",
    }
    return SheetFacts(**{**values, **more})  # type: ignore[arg-type]


def test_every_variable_of_the_pack_is_a_figure_of_a_table() -> None:
    found = sections(figures(), {}, FACTS, {})
    assert not any("{" in one.proposed for one in found)
    named = {name for one in narrative_pack()["section"] for name in variables_in(one.get("text", ""))}
    columns = {name for name in named if re.fullmatch(r"\d\d\.\d+", name)}
    widths = {form.code[:2]: len(form.columns) for form in tables()}
    assert all(int(name[3:]) <= widths[name[:2]] for name in columns) and len(columns) > 90
    assert named - columns - FACTS.keys() == {name for name in named if "@" in name or "/" in name}


def test_the_outline_is_the_circulars() -> None:
    headings = [one["heading"] for one in narrative_pack()["section"]]
    chapters = [one for one in headings if re.match(r"[IVX]+\. ", one)]
    assert [one.split(".")[0] for one in chapters] == ["I", "II", "III", "IV", "V", "VI"]
    codes = [one["code"] for one in narrative_pack()["section"]]
    assert len(set(codes)) == len(codes)


def test_figures_stand_in_the_words_as_they_stand_in_the_tables() -> None:
    found = sections(figures(t01={1: 12_345}, t03={15: 12_500_000}), {}, FACTS, {})
    assert "Tổng số lượt tiếp: 12.345 lượt" in told("II.1", found)
    assert "trả lại cho tổ chức, cá nhân 12,5 triệu đồng" in told("II.3.a", found)
    assert "Tổng số người được bảo vệ: 2 người" in told("II.5", found)


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (12, 10, "tăng 2 (20,0%)"),
        (9, 12, "giảm 3 (25,0%)"),
        (12, 12, "không thay đổi"),
        (3, 0, "tăng 3"),
    ],
)
def test_a_figure_is_compared_with_the_same_period_a_year_ago(now: int, then: int, words: str) -> None:
    earlier = {("02/XLD", 6): then, ("01/TCD", 1): 5}
    text = told("I.1.a", sections(figures(t02={6: now}), {}, FACTS, earlier))
    assert f"so với cùng kỳ năm trước {words};" in text


def test_without_books_a_year_ago_nothing_is_claimed() -> None:
    assert "(chưa có số liệu để so sánh)" in told("I.1.a", sections(figures(), {}, FACTS, {}))


def test_a_share_of_nothing_is_nothing() -> None:
    text = told("I.1.a", sections(figures(t02={6: 0, 9: 0}), {}, FACTS, {}))
    assert "đất đai 0 đơn (0%)" in text


def test_what_a_person_wrote_stands_instead_and_what_only_a_person_can_write_is_missing() -> None:
    found = sections(figures(), {"II.1": "Tự viết.", "III.2": "Chưa có kinh phí."}, FACTS, {})
    assert told("II.1", found) == "Tự viết."
    missing = [one.code for one in found if one.missing]
    assert "III.2" not in missing and "III.1" in missing and "II.1" not in missing
    assert all(one.guide for one in found if one.missing), "what the circular asks for is said"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Q4, "quý IV năm 2026"),
        (to_date(PeriodKind.HALF_YEAR, 2026), "6 tháng đầu năm 2026"),
        (to_date(PeriodKind.NINE_MONTHS, 2026), "9 tháng năm 2026"),
        (to_date(PeriodKind.YEAR, 2026), "năm 2026"),
        (month(2026, 11, Rule.CUT), "tháng 11 năm 2026"),
        (days(date(2026, 11, 1), date(2026, 11, 20)), "từ ngày 01/11/2026 đến ngày 20/11/2026"),
    ],
)
def test_papers_name_every_kind_of_period(period: object, words: str) -> None:
    assert period_in_words(period) == words  # type: ignore[arg-type]


def test_the_paper_has_head_words_dots_and_end() -> None:
    found = sections(figures(), {"III.1": "Đã tiếp dân đúng lịch."}, FACTS, {})
    pdf = render_report(narrative_paper(Q4, found, facts(number="12/BC-UBND", sent_on=date(2026, 12, 16))))
    text = whole_text(pdf)
    for words in (
        "UBND PHƯỜNG MỘT",
        "Số: 12/BC-UBND",
        "ngày 16 tháng 12 năm 2026",
        "Công tác tiếp công dân, giải quyết khiếu nại, tố cáo quý IV năm 2026",
        "Đã tiếp dân đúng lịch.",
        "VI. KIẾN NGHỊ, ĐỀ XUẤT",
        "Đỗ Văn Ẩn",
        "01/TCD, 02/XLD, 03/GQKN, 04/GQTC, 05/KQTH, 06/QLKNTC",
    ):
        assert words in text, words
    assert pdf == render_report(narrative_paper(Q4, found, facts(number="12/BC-UBND", sent_on=date(2026, 12, 16))))


def test_a_report_keeps_the_words_it_was_made_with() -> None:
    found = sections(figures(), {"III.1": "Một."}, FACTS, {})
    kept = kept_sections([NarrativePart(code=one.code, text=one.text) for one in found])
    assert [(one.code, one.heading, one.text) for one in kept] == [(one.code, one.heading, one.text) for one in found]
    assert kept_sections([NarrativePart(code="02/XLD", text="Ghi chú")]) == ()
