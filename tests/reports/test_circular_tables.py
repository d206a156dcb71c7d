"""The tables of TT 06/2025/TT-TTCP as data: shape, headings, arithmetic; rules that are broken and their suspects."""

from __future__ import annotations

from datetime import date

import pytest

from tcd_desktop.domain.old_book.opening_figures import FIGURES
from tcd_desktop.domain.reports.report_period import quarter
from tcd_desktop.domain.reports.sent_report import FigureRow
from tcd_desktop.domain.terms import Classification
from tcd_desktop.law import classification_buckets
from tcd_desktop.reports.circular.figures import (
    BrokenRule,
    TableFigures,
    broken_rules,
    count,
    count_all,
    figures_of,
    suspects,
)
from tcd_desktop.reports.circular.tables import CODES, Table, Term, table, tables, with_sums
from tcd_desktop.store.figures.circular.petitions import ADDS
from tcd_desktop.store.figures.circular_figures import WIDTHS
from tests.reports.circular_books import (
    WARD,
    amounts,
    case,
    handed_over,
    new_store,
    obligation,
    petition,
    put,
    step,
    visit,
)

PERIOD = quarter(2026, 4)
DAY = date(2026, 10, 5)


def test_the_six_tables_have_the_columns_of_the_circular() -> None:
    assert {one.code: len(one.columns) for one in tables()} == {
        "01/TCD": 21,
        "02/XLD": 25,
        "03/GQKN": 23,
        "04/GQTC": 25,
        "05/KQTH": 31,
        "06/QLKNTC": 17,
    }
    assert tuple(WIDTHS) == CODES and all(WIDTHS[one.code] == len(one.columns) for one in tables())
    for one in tables():
        assert [column.number for column in one.columns] == list(range(1, len(one.columns) + 1))
        assert one.note_line == len(one.columns) + 1
        assert one.effective_from == date(2025, 9, 30)
        assert one.guide[-1] == f"- Nội dung ghi chú viết vào dòng {one.note_line} (nếu có)"
        assert one.title == one.title.upper()


@pytest.mark.parametrize("form", tables(), ids=lambda one: one.code)
def test_the_head_of_a_table_is_covered_by_its_headings_without_gap_or_overlap(form: Table) -> None:
    covered = [
        (row, column)
        for cell in form.heading()
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    assert sorted(covered) == [(row, column) for row in range(form.depth) for column in range(len(form.columns) + 1)]


def test_headings_are_merged_as_in_the_circular() -> None:
    first = {(cell.text, cell.column): (cell.row, cell.rows, cell.columns) for cell in table("01/TCD").heading()}
    assert table("01/TCD").depth == 4
    assert first["Đơn vị", 0] == (0, 4, 1)
    assert first["Tổng số lượt tiếp", 1] == (0, 4, 1)
    assert first["Tiếp thường xuyên", 5] == (0, 1, 5)
    assert first["Trong đó đoàn đông người", 8] == (1, 1, 2)
    assert first["Tiếp định kỳ và đột xuất của Thủ trưởng", 10] == (0, 1, 12)
    assert first["Ủy quyền tiếp", 16] == (1, 1, 6)
    assert first["Trong đó đoàn đông người", 20] == (2, 1, 2)
    second = {(cell.text, cell.column): (cell.row, cell.rows, cell.columns) for cell in table("02/XLD").heading()}
    assert second["Số đơn thuộc thẩm quyền", 4] == (0, 4, 1)
    assert second["Số đơn thuộc thẩm quyền", 6] == (0, 1, 17)
    assert second["Phân loại theo lĩnh vực", 15] == (2, 1, 4)
    assert second["Chuyển đơn", 25] == (2, 2, 1)
    fifth = {(cell.text, cell.column): (cell.row, cell.rows, cell.columns) for cell in table("05/KQTH").heading()}
    assert fifth["Kết quả thực hiện Kết luận nội dung tố cáo", 16] == (0, 1, 16)
    assert fifth["Phải trả", 22] == (2, 1, 2)
    assert fifth["Tiền (Trđ)", 24] == (3, 1, 1)
    sixth = {(cell.text, cell.column): (cell.row, cell.rows, cell.columns) for cell in table("06/QLKNTC").heading()}
    assert sixth["Thanh tra trách nhiệm", 6] == (0, 1, 7)
    assert sixth["Chuyển cơ quan điều tra", 11] == (2, 1, 2)
    assert sixth["Số cuộc đã ban hành kết luận", 8] == (1, 3, 1)


def test_the_arithmetic_is_that_of_the_circular() -> None:
    said = {one.code: [rule.text for rule in one.rules] for one in tables()}
    assert said["01/TCD"] == ["1=5+11+17", "2=6+12+18", "3=7+13+19", "4=8+14+20"]
    assert "12=15+16+17+18" in said["02/XLD"] and "5<=4" in said["02/XLD"]
    assert said["05/KQTH"][0] == "1>=03/GQKN.7" and "16>=04/GQTC.7" in said["05/KQTH"]
    crossing = table("03/GQKN").rules[0]
    assert (crossing.left, crossing.sign, crossing.right) == (Term("", 1), "=", (Term("02/XLD", 6),))
    for form in tables():
        for column in form.columns:
            printed = column.formula.split("=")
            assert not column.formula or printed[0] == str(column.number)
            for side in printed[1:]:
                assert f"{column.number}={side}" in said[form.code]


def test_money_is_counted_in_dong_and_printed_in_million() -> None:
    assert [one.number for one in table("03/GQKN").columns if one.scale == 1_000_000] == [13, 15]
    assert table("03/GQKN").column(13).unit_word == "triệu đồng"
    assert table("03/GQKN").column(14).unit_word == "m2"


def test_opening_balances_and_sums_are_where_the_office_may_type_them() -> None:
    marked = {(one.code, str(column.number)) for one in tables() for column in one.columns if column.opening}
    assert marked == {figure.key for figure in FIGURES}
    assert with_sums(table("01/TCD"), [0] * 4 + list(range(5, 22)))[:4] == (5 + 11 + 17, 6 + 12 + 18, 39, 42)


def test_every_field_of_the_classification_is_counted_in_its_column() -> None:
    for kind in Classification:
        found = classification_buckets(kind)
        for one in found.fields:
            expression = ADDS[one.column]
            named = f"'{one.code}'" in expression and "NOT IN" not in expression
            assert named or (one.code == "other" and "NOT IN" in expression), (kind, one.code, one.column)


def filled(**rows: tuple[int, ...]) -> TableFigures:
    return TableFigures("03/GQKN", rows)


def test_what_does_not_add_up_is_named_by_table_rule_office_and_both_sides() -> None:
    good = (3, 2, 0, 2, 0, 0, 1, 1, *([0] * 15))
    bad = (3, 4, 0, 2, 0, 0, 1, 0, *([0] * 11), 1, 0, 0, 0)
    found = broken_rules([filled(A=good, B=bad)])
    assert [(one.rule.text, one.unit, one.left, one.right) for one in found] == [
        ("2=3+4+5+6", "B", 4, 2),
        ("2<=1", "B", 4, 3),
        ("7=8+9+10+11+12", "B", 1, 0),
        ("20<=19", "B", 1, 0),
    ]
    petitions = TableFigures("02/XLD", {"A": (5,) * 25})
    crossing = [one for one in broken_rules([petitions, filled(A=good)]) if one.table == "03/GQKN"]
    assert [(one.rule.text, one.left, one.right) for one in crossing] == [("1=02/XLD.6", 3, 5)]


def test_a_typed_figure_is_put_in_and_the_sums_follow() -> None:
    whole = TableFigures(
        "01/TCD", {"A": with_sums(table("01/TCD"), [0] * 21), "B": with_sums(table("01/TCD"), [1] * 21)}
    )
    typed = whole.with_values("A", {5: 7, 17: 2})
    assert typed.value("A", 1) == 9 and typed.value("B", 1) == 3 and typed.total[0] == 12
    assert figures_of(typed.kept()) == (typed,)
    assert typed.kept()[0] == FigureRow(form="01/TCD", unit="A", values=typed.rows["A"])


def test_the_decision_whose_result_nobody_chose_is_the_suspect() -> None:
    store = new_store()
    plain, odd, second = (case(DAY, instance=number) for number in (1, 1, 2))
    put(store, [plain, odd, second])
    put(store, [step(plain, "decide", DAY, result="right"), step(odd, "decide", DAY, result="changed")])
    put(store, [step(second, "decide", DAY, result="changed")])
    with store.reading() as connection:
        found = broken_rules(count_all(connection, PERIOD, (WARD,)))
        assert [(one.table, one.rule.text, one.left, one.right) for one in found] == [
            ("03/GQKN", "7=8+9+10+11+12", 3, 2)
        ]
        assert [one.id for one in suspects(connection, found[0], PERIOD)] == [odd.id]
    store.close()


def test_handled_officials_beyond_the_people_handled_point_at_their_decision() -> None:
    store = new_store()
    first, other = case(DAY), case(DAY)
    wrong = obligation(first, DAY, amounts=amounts(handled_people=(1, 1), handled_officials=(3, 3)))
    right = obligation(other, DAY, amounts=amounts(handled_people=(1, 1), handled_officials=(1, 1)))
    put(store, [first, other, wrong, right, step(first, "decide", DAY, result="wrong")])
    put(store, [step(other, "decide", DAY, result="wrong")])
    with store.reading() as connection:
        found = broken_rules(count_all(connection, PERIOD, (WARD,)))
        assert [(one.table, one.rule.text) for one in found] == [("03/GQKN", "20<=19"), ("05/KQTH", "12<=11")]
        assert [one.id for one in suspects(connection, found[1], PERIOD)] == [wrong.id]
    store.close()


def test_typed_figures_that_do_not_add_up_have_no_record_to_suspect() -> None:
    store = new_store()
    with store.reading() as connection:
        counted = count(connection, table("06/QLKNTC"), PERIOD, (WARD,)).with_values(WARD, {8: 3})
        found = broken_rules([counted])
        assert found == [BrokenRule("06/QLKNTC", table("06/QLKNTC").rules[0], WARD, 3, 0)]
        assert suspects(connection, found[0], PERIOD) == ()
    store.close()


def test_an_office_without_books_has_a_row_of_noughts() -> None:
    store = new_store()
    line = visit(DAY, has_petition=True)
    put(store, [line, handed_over(line), petition(DAY, office="P-02")])
    with store.reading() as connection:
        counted = count_all(connection, PERIOD, ("P-03", WARD))
    assert all(set(one.rows["P-03"]) == {0} and list(one.rows) == ["P-03", WARD] for one in counted)
    assert counted[1].total[0] == 1  # the petition of P-02 was not asked for
    store.close()
