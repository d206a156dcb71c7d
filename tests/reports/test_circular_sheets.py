"""The six tables as files: the workbook and the PDF say what the tables say, in the circular's layout."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tcd_desktop.reports.circular.figures import TableFigures
from tcd_desktop.reports.circular.tables import CODES, table, tables, with_sums
from tcd_desktop.reports.circular_sheets.pdf import circular_pdf
from tcd_desktop.reports.circular_sheets.sheet_facts import heads_of, printed, unit_name
from tcd_desktop.reports.circular_sheets.xlsx import write_circular
from tests.documents.reading import page_texts
from tests.reports.test_narrative import facts

UNITS = (("P-01", "UBND phường Một"), ("P-02", "Ủy ban nhân dân phường Hai"))


def figures(units: tuple[str, ...] = ("P-01", "P-02")) -> tuple[TableFigures, ...]:
    """Figures that differ everywhere: office 1 has 1001, 1002, …, office 2 has 2001, 2002, …."""
    return tuple(
        TableFigures(
            form.code,
            {
                unit: with_sums(form, [1000 * at + column.number for column in form.columns])
                for at, unit in enumerate(units, start=1)
            },
        )
        for form in tables()
    )


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    target = tmp_path / "bao-cao.xlsx"
    write_circular(target, figures(), facts(units=UNITS, notes={"02/XLD": "=SUM(1;2) là ghi chú"}))
    return openpyxl.load_workbook(target)


def cells(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("code", CODES)
def test_a_sheet_has_every_heading_merged_as_in_the_circular(book: openpyxl.Workbook, code: str) -> None:
    form, sheet = table(code), book[code.replace("/", "-")]
    rows = cells(sheet)
    first = next(at for at, row in enumerate(rows) if row[0] == "Đơn vị")
    assert rows[first + form.depth][0] == "MS"
    ranges = {str(one) for one in sheet.merged_cells.ranges}
    for cell in heads_of(form):
        top, left = first + cell.row, 1 + cell.column
        assert rows[top][left] == cell.title
        if cell.rows > 1 or cell.columns > 1:
            start = openpyxl.utils.get_column_letter(left + 1)
            end = openpyxl.utils.get_column_letter(left + cell.columns)
            assert f"{start}{top + 1}:{end}{top + cell.rows}" in ranges


@pytest.mark.parametrize("code", CODES)
def test_the_figures_are_numbers_and_their_sum_is_the_last_line(book: openpyxl.Workbook, code: str) -> None:
    form = table(code)
    rows = {str(row[0]): row[1 : len(form.columns) + 1] for row in cells(book[code.replace("/", "-")])}
    counted = next(one for one in figures() if one.table == code)
    for name, values in (
        ("Phường Một", counted.rows["P-01"]),
        ("Phường Hai", counted.rows["P-02"]),
        ("Tổng cộng", counted.total),
    ):
        assert rows[name] == [
            value / column.scale if column.scale != 1 else value
            for column, value in zip(form.columns, values, strict=True)
        ]


def test_nothing_in_the_workbook_is_reckoned(book: openpyxl.Workbook) -> None:
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in found)
    assert any(str(cell.value).endswith("=SUM(1;2) là ghi chú") for cell in found)


def test_every_sheet_prints_on_a4_on_its_side_with_its_head_on_each_page(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape" and int(sheet.page_setup.paperSize) == 9
        assert sheet.print_title_rows and sheet.freeze_panes


def test_the_pdf_has_every_table_with_its_figures_and_who_signs() -> None:
    made = facts(units=UNITS, maker="Lê Thị Thử", number="12/BC-UBND", sent_on=date(2026, 12, 16))
    texts = page_texts(circular_pdf(figures(), made))
    whole = " ".join(texts)
    for form in tables():
        (page,) = [text for text in texts if f"Biểu số: {form.code}" in text]
        assert form.title in page and "15/09/2026" in page and "14/12/2026" in page
        counted = next(one for one in figures() if one.table == form.code)
        for column, value in zip(form.columns, counted.rows["P-02"], strict=True):
            assert printed(column, value) in page, (form.code, column.number)
    assert whole.count("Lê Thị Thử") >= 6 and "CHỦ TỊCH" in whole and "Đỗ Văn Ẩn" in whole
    assert "12/BC-UBND" in whole


def test_a_single_office_has_no_line_that_adds_up(tmp_path: Path) -> None:
    target = tmp_path / "mot.xlsx"
    write_circular(target, figures(("P-01",)), facts())
    names = [row[0] for row in cells(openpyxl.load_workbook(target)["01-TCD"])]
    assert "Phường Một" in names and "Tổng cộng" not in names


def test_a_workbook_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        write_circular(tmp_path / "khong-co" / "a.xlsx", figures(), facts(units=UNITS))
    assert list(tmp_path.iterdir()) == []


def test_money_is_printed_in_millions_and_offices_by_their_short_names() -> None:
    money = next(column for column in table("03/GQKN").columns if column.unit == "money")
    assert printed(money, 12_500_000) == "12,5" and printed(money, 1_234_567_890_000) == "1.234.567,89"
    assert printed(replace(money, unit="visits"), 1_234_567) == "1.234.567"
    assert unit_name("Ủy ban nhân dân phường Hai") == "Phường Hai" and unit_name("Thanh tra") == "Thanh tra"
