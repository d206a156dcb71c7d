"""The paged model: any length, the same place after a refresh, nothing read in `data()`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tcd_desktop.i18n import lazy
from tcd_desktop.ui.lists.paged_model import PAGE, ROLE_CHIP, ROLE_ID, Chip, Column, PagedModel
from tcd_desktop.ui.window.runner import InlineRunner, Runner
from tests.ui.fake_rows import FakeSource

COLUMNS = (
    Column("number", lazy("No."), 60, text=lambda row: str(row.number), align="right"),
    Column("name", lazy("Name"), 180, text=lambda row: row.name, stretch=True),
    Column("state", lazy("State"), 90, text=lambda row: row.state, chip=lambda row: Chip(row.state, "warning")),
)


def model_of(length: int, runner: InlineRunner | Runner) -> PagedModel:
    return PagedModel(FakeSource(length), COLUMNS, runner=runner)


def test_a_paged_model_of_every_length_keeps_the_rules_of_qt(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    for length in (0, 1, PAGE, PAGE + 1, 1000, 1001, 5300):
        model = model_of(length, InlineRunner())
        qtmodeltester.check(model)
        model.set_query("")
        assert model.rowCount() == length
        qtmodeltester._cleanup()


def test_a_short_list_has_its_full_length_without_anchors(qtbot: QtBot) -> None:
    model = model_of(900, InlineRunner())
    model.set_query("")
    assert model.rowCount() == 900
    assert model.total == 900
    source = model._source
    assert isinstance(source, FakeSource) and "anchors" not in source.calls


def test_a_million_rows_have_a_full_scrollbar_and_the_last_row_can_be_read(qtbot: QtBot) -> None:
    runner = Runner()
    model = model_of(1_000_000, runner)
    with qtbot.waitSignal(model.loaded, timeout=5000):
        model.set_query("")
    assert model.index(0, 1).data() == FakeSource(1_000_000).row(1_000_000).name
    qtbot.waitUntil(lambda: model.rowCount() == 1_000_000, timeout=20_000)
    last = model.index(999_999, 0)
    assert last.data() is None
    qtbot.waitUntil(lambda: last.data() == "1", timeout=5000)
    middle = model.index(499_999, 0)
    qtbot.waitUntil(lambda: middle.data() == "500001", timeout=5000)
    runner.close()


def test_before_the_anchors_arrive_a_long_list_grows_when_it_is_scrolled(qtbot: QtBot) -> None:
    runner = Runner()
    model = model_of(30_000, runner)
    with qtbot.waitSignal(model.loaded, timeout=5000):
        model.set_query("")
    grown = model.rowCount()
    assert grown in (PAGE, 30_000)
    model.fetchMore()
    qtbot.waitUntil(lambda: model.rowCount() > PAGE, timeout=5000)
    runner.close()


def test_an_answer_to_an_old_query_is_not_shown(qtbot: QtBot) -> None:
    runner = Runner()
    model = model_of(30_000, runner)
    model.set_query("nguyễn")
    model.set_query("hoàng")
    qtbot.waitUntil(lambda: model.total is not None, timeout=10_000)
    assert {model.index(row, 1).data() for row in range(PAGE)} == {
        name for name in (model.index(row, 1).data() for row in range(PAGE)) if name and name.startswith("Hoàng")
    }
    runner.close()


def test_a_refresh_finds_the_same_record_again_deep_in_the_list(qtbot: QtBot) -> None:
    runner = InlineRunner()
    source = FakeSource(20_000)
    model = PagedModel(source, COLUMNS, runner=runner)
    model.set_query("")
    row = 12_345
    model.index(row, 0).data()
    qtbot.waitUntil(lambda: model.index(row, 0).data(ROLE_ID) is not None, timeout=2000)
    known = model.index(row, 0).data(ROLE_ID)
    source.length += 3
    model.refresh(around=row)
    assert model.rowCount() == 20_003
    assert model.row_of(known) == row + 3
    assert model.index(row + 3, 0).data(ROLE_ID) == known


def test_chips_and_alignment_come_from_the_columns(qtbot: QtBot) -> None:
    model = model_of(10, InlineRunner())
    model.set_query("")
    assert model.index(0, 2).data(ROLE_CHIP) == Chip(model.index(0, 2).data(), "warning")
    assert model.index(0, 0).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == str(COLUMNS[1].title)


def test_a_source_that_fails_keeps_the_rows_and_tells(qtbot: QtBot) -> None:
    source = FakeSource(10)
    model = PagedModel(source, COLUMNS, runner=InlineRunner())
    model.set_query("")

    def broken(query: object, *, before: object, size: int) -> None:
        raise OSError("disk")

    source_class = type("Broken", (), {"page": staticmethod(broken), "count": source.count, "anchors": source.anchors})
    model._source = source_class()
    with qtbot.waitSignal(model.failed, timeout=1000):
        model.refresh()
    assert model.rowCount() == 10


def test_a_page_in_the_middle_of_a_million_is_one_anchor_and_three_steps_away(qtbot: QtBot) -> None:
    source = FakeSource(1_000_000)
    model = PagedModel(source, COLUMNS, runner=InlineRunner())
    model.set_query("")
    source.calls.clear()
    model.index(777_777, 0).data()
    qtbot.waitUntil(lambda: model.index(777_777, 0).data() is not None, timeout=2000)
    assert source.calls.count("page") <= 4
