"""Tables as files: what another program reads in them."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tcd_desktop.jobs import Cancelled, SilentProgress
from tcd_desktop.reports.table_file import Cell, TableColumn, TableHead, write_table

HEAD = TableHead("UBND phường Quỳnh Lôi", "Danh sách lượt tiếp", ("Lọc: Khiếu nại", "Lập ngày 23/11/2026"))
COLUMNS = (TableColumn("Số", 10), TableColumn("Ngày", 12), TableColumn("Nội dung", 60))


def rows_of(path: Path) -> list[list[object]]:
    sheet = load_workbook(path).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def write(target: Path, rows: list[tuple[Cell, ...]]) -> int:
    return write_table(target, HEAD, COLUMNS, rows, total=len(rows), progress=SilentProgress())


def test_head_headings_and_rows_are_read_back_as_they_were(tmp_path: Path) -> None:
    target = tmp_path / "danh-sach.xlsx"
    assert write(target, [("57/2026", date(2026, 11, 23), "Đặng Thị Ẩn"), ("58/2026", None, "")]) == 2
    rows = rows_of(target)
    assert [row[0] for row in rows[:4]] == [HEAD.office, HEAD.title, *HEAD.lines]
    assert rows[5] == ["Số", "Ngày", "Nội dung"]
    assert rows[6][0] == "57/2026" and rows[6][2] == "Đặng Thị Ẩn"
    assert rows[6][1].date() == date(2026, 11, 23)  # type: ignore[attr-defined]
    assert rows[7] == ["58/2026", None, None]
    sheet = load_workbook(target).worksheets[0]
    assert sheet.freeze_panes == "A7"
    assert sheet.column_dimensions["C"].width > 50
    assert sheet["B7"].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84912345678", "-1", "@SUM(A1)", "  =cmd|' /C calc'!A0", "0912345678", "001056012345", "1e5", "23/11"],
)
def test_texts_stay_texts_and_nothing_is_reckoned(tmp_path: Path, text: str) -> None:
    target = tmp_path / "a.xlsx"
    write(target, [(text, None, "")])
    cell = load_workbook(target).worksheets[0]["A7"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert cell.quotePrefix is (text.strip()[0] in "=+-@")


def test_letters_that_a_file_may_not_hold_do_not_break_it(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    write(target, [("a\x0bb", None, "dòng một\ndòng hai"), ("x" * 40_000, None, "")])
    rows = rows_of(target)
    assert rows[6][2] == "dòng một\ndòng hai"
    assert len(str(rows[7][0])) == 32_767


class Stopper:
    """Asks to stop after some steps."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.steps: list[tuple[int, int]] = []

    def step(self, done: int, total: int, text: str = "") -> None:
        self.steps.append((done, total))
        self.left -= 1

    def cancelled(self) -> bool:
        return self.left <= 0


def test_a_cancelled_table_leaves_nothing_and_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"the old one")
    stopper = Stopper(2)
    with pytest.raises(Cancelled):
        write_table(target, HEAD, COLUMNS, [("1", None, "")] * 5000, total=5000, progress=stopper)
    assert stopper.steps == [(500, 5000), (1000, 5000)]
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
    assert target.read_bytes() == b"the old one"


def test_a_failure_while_rows_are_read_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[Cell, ...]]:
        yield ("1", None, "")
        raise RuntimeError("the store is gone")

    with pytest.raises(RuntimeError):
        write_table(tmp_path / "a.xlsx", HEAD, COLUMNS, rows(), total=0, progress=SilentProgress())
    assert list(tmp_path.iterdir()) == []


def test_a_hundred_thousand_rows_take_little_memory(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no resource module")
    row = ("57/2026", date(2026, 11, 23), "Khiếu nại việc bồi thường khi thu hồi đất. " * 4)
    write(tmp_path / "warm.xlsx", [row])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.monotonic()
    written = write_table(
        tmp_path / "a.xlsx", HEAD, COLUMNS, (row for _ in range(100_000)), total=0, progress=SilentProgress()
    )
    assert written == 100_000
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 60, "MiB more than before"
    assert time.monotonic() - begin < 120
