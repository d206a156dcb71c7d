"""Where a page ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.documents.pages import Row, paginate

HEIGHT = 100.0
row = st.builds(
    Row,
    height=st.floats(1, 140),
    above=st.floats(0, 20),
    keep=st.booleans(),
)


@given(st.lists(row, max_size=60))
def test_every_row_stands_on_exactly_one_page_in_its_order(rows: list[Row]) -> None:
    placed = [placed.row for page in paginate(rows, HEIGHT) for placed in page]
    assert placed == rows


@given(st.lists(row, max_size=60))
def test_rows_stand_one_under_another_inside_the_page(rows: list[Row]) -> None:
    for page in paginate(rows, HEIGHT):
        end = 0.0
        for placed in page:
            assert placed.top >= end - 0.001
            end = placed.top + placed.row.height
        assert end <= HEIGHT + 0.1 or len(page) == 1


@given(st.lists(st.floats(1, 30), min_size=1, max_size=60))
def test_kept_rows_share_their_page_with_the_next(heights: list[float]) -> None:
    rows = [Row(height, keep=index % 3 == 1) for index, height in enumerate(heights)]
    pages = paginate(rows, HEIGHT)
    for page in pages[:-1]:
        assert not page[-1].row.keep


def test_an_empty_document_has_one_page() -> None:
    assert paginate([], HEIGHT) == [[]]


def test_the_gap_above_a_row_is_dropped_at_the_top_of_a_page() -> None:
    first, second = paginate([Row(80, above=10), Row(80, above=10)], HEIGHT)
    assert (first[0].top, second[0].top) == (0, 0)


def test_rows_kept_together_beyond_a_page_are_broken_all_the_same() -> None:
    pages = paginate([Row(40, keep=True)] * 6, HEIGHT)
    assert [len(page) for page in pages] == [2, 2, 2]
