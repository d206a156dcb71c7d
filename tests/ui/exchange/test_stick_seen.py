"""A ward sees what a stick will bring before anything is kept, reads it with one key, and the same lines stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.settings import Keeper, Settings
from tcd_desktop.sync.answer_told import kept_told
from tcd_desktop.ui.exchange.ward_page import WardExchangePage
from tcd_desktop.ui.window.runner import InlineRunner
from tests.attacks.books import Books, history_of, line
from tests.offices import MONDAY
from tests.ui.exchange.sticks import read_stick


@pytest.fixture
def page(books: Books, tmp_path: Path, qtbot: QtBot) -> Iterator[WardExchangePage]:
    made = WardExchangePage(books.ward, InlineRunner(), Keeper(Settings(), tmp_path / "w.json"))
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    yield made


def answers(books: Books) -> list[Path]:
    return [one.path for one in books.district.outbox.export(books.stick) if one.office == "P-01"]


def told(page: WardExchangePage) -> dict[str, str]:
    """What each line is about -> its chip and what it means."""
    return {line.about: f"{line.chip.text}: {line.detail}" for line in page.stick.rows.rows}


def give_much(books: Books) -> None:
    """The ward has sent; the superior gives a directive and a day off."""
    books.log()
    books.send()
    draft = DirectiveDraft(
        level=DirectiveLevel.DISTRICT, issuer="Chủ tịch", content="Kiểm tra sổ", issued_on=MONDAY.date(),
        units=("P-01",), number="12/CV",
    )  # fmt: skip
    books.district.directives.issue(draft)
    books.district.calendar.add(date(2026, 12, 2), working=False, reason="Nghỉ hoán đổi", decision="Thông báo 12")


def test_what_would_come_is_shown_and_nothing_is_kept(books: Books, page: WardExchangePage) -> None:
    give_much(books)
    page.receive.look_into_files(answers(books))
    seen = told(page)
    assert seen["Directive: 12/CV · Kiểm tra sổ"] == "New: To be carried out; it stands under Directives."
    assert seen["Day of the calendar: 02/12/2026 · Nghỉ hoán đổi"].startswith("New: ")
    assert any(words.startswith("Receipt: ") and "changes confirmed" in words for words in seen.values())
    assert "Nothing has been changed yet." in page.stick.card.sentence.text()
    assert "Directive" in page.stick.card.sentence.text()
    assert books.ward.store.all(Directive) == [] and page.at is not None and page.at.code != "confirmed"
    assert books.ward.inbox.ledger()[0].direction == "out", "looking is not entered in the ledger"


def test_one_key_reads_it_and_the_same_lines_stay(books: Books, page: WardExchangePage, qtbot: QtBot) -> None:
    give_much(books)
    page.activateWindow()
    page.receive.look_into_files(answers(books))
    before = told(page)
    assert page.focusWidget() is page.stick.card.button
    with qtbot.waitSignal(page.storeChanged) as changed:
        qtbot.keyClick(page.stick.card.button, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    assert told(page) == before and page.stick.stick is not None and page.stick.stick.read
    assert {change.table for change in changed.args[0]} >= {"directive", "day_off"}
    assert [one.content for one in books.ward.store.all(Directive)] == ["Kiểm tra sổ"]
    assert page.stick.card.button.isHidden() and page.focusWidget() is page.stick.leave
    qtbot.keyClick(page.stick.leave, Qt.Key.Key_Escape)  # type: ignore[no-untyped-call]
    assert not page.stick.isVisible() and page.at is not None and page.at.waiting.confirmed > 0


def test_a_line_opens_on_its_desk_only_after_it_was_read(books: Books, page: WardExchangePage) -> None:
    give_much(books)
    page.receive.look_into_files(answers(books))
    gone: list[tuple[str, object]] = []
    page.goRequest.connect(lambda desk, record: gone.append((desk, record)))
    directive = next(line for line in page.stick.rows.rows if line.table == "directive")
    page.stick.open_line(directive.id)
    assert gone == []
    page.stick.take()
    page.stick.open_line(directive.id)
    assert gone == [("directives", directive.record)]


def test_what_the_superior_did_not_take_stands_first_with_the_next_step(books: Books, page: WardExchangePage) -> None:
    visit = books.log()
    books.send()
    seq = history_of(books.ward)[0].seq
    digest = books.ward.store.read(
        lambda c: c.exec_driver_sql("SELECT hash FROM journal WHERE seq = ?", (seq,)).scalar()
    )
    with books.district.store.writing() as connection:
        chain = history_of(books.ward)[0]
        text = line("reception", visit.id, seq, kind="set", after={"note": "x"}, before={"note": ""})
        connection.exec_driver_sql(
            "INSERT INTO quarantine (hash, device, epoch, seq, code, line, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (digest, chain.device, chain.epoch, seq, "E_RANGE", text, "2026-11-23T09:00:00"),
        )
    page.receive.look_into_files(answers(books))
    first = page.stick.rows.rows[0]
    assert first.chip.text == "Not taken over" and first.chip.tone == "danger" and first.detail


def test_what_was_told_is_kept_with_the_file(books: Books, page: WardExchangePage) -> None:
    give_much(books)
    read_stick(page, answers(books))
    entry = books.ward.inbox.ledger()[0]
    kept = books.ward.store.read(kept_told)[entry.bundle]
    assert kept.fresh == kept.confirmed > 0
    page.ledger.show_line(entry)
    assert "Arrived up to entry" in " ".join(label for label in _labels(page))


def _labels(page: WardExchangePage) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in page.ledger._pane.findChildren(QLabel)]


def test_a_stick_where_nothing_can_be_read_asks_for_no_key_and_is_in_the_ledger(
    books: Books, page: WardExchangePage, tmp_path: Path
) -> None:
    broken = tmp_path / "TCD_Q_R000001_P-01.tcdb"
    broken.write_bytes(b"not a bundle")
    page.receive.look_into_files([broken])
    assert page.stick.stick is None and not page.stick.isVisible()
    assert broken.name in page.receive.message.text()
    assert books.ward.inbox.ledger()[0].outcome == "refused"


def test_reading_the_stick_again_says_that_it_is_known(books: Books, page: WardExchangePage) -> None:
    give_much(books)
    files = answers(books)
    read_stick(page, files)
    page.leave_stick()
    page.receive.look_into_files(files)
    assert "read before" in page.receive.message.text() and not page.stick.isVisible()
