"""Headings over several columns lie without holes and without overlap."""

from __future__ import annotations

from tcd_desktop.domain.reports.merged_heads import Head, columns, depth, head_cells

HEADS = (Head("Đơn vị"), Head("Tiếp", (Head("Số lượt"), Head("Trong đó", (Head("Số đoàn"), Head("Số người"))))))


def test_a_heading_lies_over_its_parts_and_reaches_down_where_it_has_none() -> None:
    assert depth(HEADS) == 3 and columns(HEADS) == 4
    found = {cell.title: (cell.row, cell.column, cell.rows, cell.columns) for cell in head_cells(HEADS)}
    assert found == {
        "Đơn vị": (0, 0, 3, 1),
        "Tiếp": (0, 1, 1, 3),
        "Số lượt": (1, 1, 2, 1),
        "Trong đó": (1, 2, 1, 2),
        "Số đoàn": (2, 2, 1, 1),
        "Số người": (2, 3, 1, 1),
    }


def test_every_place_of_the_headings_is_covered_once() -> None:
    covered = [
        (cell.row + down, cell.column + right)
        for cell in head_cells(HEADS)
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]
    assert sorted(covered) == [(row, column) for row in range(3) for column in range(4)]
