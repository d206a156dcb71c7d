"""Imports as people see them: the records before anything is kept, who has not sent, what is aside, taking back."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.lines import SCHEMA
from tcd_desktop.ui.exchange.district_page import DistrictExchangePage
from tcd_desktop.ui.exchange.standing import standing
from tcd_desktop.ui.exchange.ward_page import WardExchangePage
from tcd_desktop.ui.window.office_window import OfficeWindow
from tcd_desktop.ui.window.runner import InlineRunner
from tcd_desktop.ui.window.session_runner import SessionRunner
from tests.attacks.books import Books, history_of, line
from tests.offices import SECRET, SECRET_WORDS
from tests.ui.exchange.sticks import read_stick


@pytest.fixture
def page(books: Books, tmp_path: Path, qtbot: QtBot) -> DistrictExchangePage:
    made = DistrictExchangePage(books.district, InlineRunner(), Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    return made


def cells(model: object) -> list[list[str]]:
    rows, columns = model.rowCount(), model.columnCount()  # type: ignore[attr-defined]
    return [[str(model.index(row, column).data() or "") for column in range(columns)] for row in range(rows)]  # type: ignore[attr-defined]


def test_the_records_of_a_bundle_are_listed_before_it_is_applied_and_no_denouncer_is_named(
    books: Books, page: DistrictExchangePage
) -> None:
    visit = books.log()
    books.ward.receptions.log(SECRET)
    file = books.ward.outbox.export(books.stick)[0].path
    page.receive.look_into([file])
    page.receive.list.list_records()
    assert page.receive.stack.currentWidget() is page.receive.records
    shown = cells(page.receive.records.view.model)
    text = repr(shown)
    assert visit.name in text and "Kept secret (denunciation)" in text
    assert not any(word in text for word in SECRET_WORDS)
    page.receive.records.leave.click()
    assert books.visits() == {}
    page.receive.take_shown()
    assert len(books.visits()) == 2


def test_the_board_names_who_has_not_sent_first_and_what_is_missing(books: Books, page: DistrictExchangePage) -> None:
    books.log()
    books.send()
    page.show_part("board")
    rows = page.board.rows.rows
    assert [row.unit for row in rows] == ["P-02", "P-01"]
    assert rows[0].late and rows[0].days is None and not rows[1].late
    assert rows[1].last == history_of(books.ward)[0].seq and rows[1].expired_on is None
    page.board.view.choose(rows[0].device)


def test_what_is_kept_aside_is_listed_with_its_reason_and_tried_again(books: Books, page: DistrictExchangePage) -> None:
    seq = history_of(books.ward)[0].seq + 1
    wrong = line("citizen", "e" * 32, seq, kind="set", after={"name": "x"}, before={"name": "y"})
    books.take(books.forge(books.ward, [wrong]))
    page.show_part("kept")
    (row,) = page.kept.rows.rows
    assert (row.code, row.office, row.seq) == ("E_PARENT", "P-01", seq)
    assert "has not come here yet" in cells(page.kept.view.model)[0][-1]
    page.kept.try_again()
    assert len(page.kept.rows.rows) == 1 and "0 entries count now" in page.kept.card.message._text.text()


def test_an_import_is_taken_back_with_a_reason_from_the_ledger(books: Books, page: DistrictExchangePage) -> None:
    books.log()
    books.send()
    page.show_part("ledger")
    page.ledger.show_line(page.ledger.rows.rows[0])
    page.ledger.show_undo()
    panel = page.ledger.undo
    assert "Leaves the books" in panel.facts.text() and not panel.card.button.isEnabled()
    panel.reason.setText("Nhập nhầm")
    assert panel.card.button.isEnabled()
    panel.undo()
    assert books.visits() == {} and "taken back" in panel.card.sentence.text()
    panel.leave.click()
    assert page.ledger.rows.rows[0].outcome == "undone"


def test_what_rests_on_an_import_is_named_and_there_is_nothing_to_press(
    books: Books, page: DistrictExchangePage
) -> None:
    books.log()
    books.send()
    books.log()
    books.send()
    page.ledger._chosen = books.district.inbox.ledger()[-1].bundle
    page.ledger.show_undo()
    assert "take that one back first" in page.ledger.undo.facts.text()
    assert not page.ledger.undo.reason.isVisible() and not page.ledger.undo.card.button.isEnabled()


def code_of(page: WardExchangePage) -> str:
    """Where the ward stands, as the page has read it last."""
    return page.at.code if page.at else ""


def test_the_ward_reads_that_its_entries_were_taken_back_and_sends_them_again(
    books: Books, tmp_path: Path, qtbot: QtBot
) -> None:
    ward = WardExchangePage(books.ward, InlineRunner(), Keeper(Settings(), tmp_path / "w.json"))
    qtbot.addWidget(ward)
    books.log()
    books.send()
    bundle = books.district.inbox.ledger()[0].bundle
    answers = [one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01"]
    read_stick(ward, answers)
    assert code_of(ward) == "confirmed" and ward.notes.isHidden()
    books.district.undo_import.undo(bundle, "Nhập nhầm")
    read_stick(ward, [one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01"])
    assert code_of(ward) == "waiting", "what is on the old stick does not count any more"
    assert "Nhập nhầm" in ward.notes.words.text() and not ward.notes.isHidden()
    books.send()
    read_stick(ward, [one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01"])
    assert code_of(ward) == "confirmed" and ward.notes.isHidden()
    assert books.ward.store.read(journal.own_chain).seq == standing(books.ward).waiting.confirmed


def test_after_an_upgrade_the_window_takes_what_waited_by_itself(
    books: Books, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.log()
    assert books.take(books.forge(books.ward, [], schema_ver=SCHEMA + 1)).outcome == "parked"
    runner = SessionRunner()
    window = OfficeWindow(books.district, runner, Keeper(Settings(), tmp_path / "s.json"))
    qtbot.addWidget(window)
    try:
        window.take_what_waited()
        qtbot.waitUntil(lambda: not books.district.inbox.upgraded() and not runner.busy(), timeout=30_000)
        assert books.visits() == {}
        monkeypatch.setattr("tcd_desktop.sync.inbox.SCHEMA", SCHEMA + 1)
        window.take_what_waited()
        qtbot.waitUntil(lambda: len(books.visits()) == 1 and not runner.busy(), timeout=30_000)
        assert books.district.inbox.parked() == []
    finally:
        window.leave()
        runner.close()
