"""What a ward's stick will carry, chosen and counted before it is written; sticks that fail in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tcd_desktop.domain.cases.case_file import Attachment
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync import upward
from tcd_desktop.sync.bundle_writer import write_bundle
from tcd_desktop.sync.refusals import Code, ExportFailed
from tcd_desktop.ui.exchange.send_card import EVERYTHING, SendCard
from tcd_desktop.ui.exchange.standing import standing, standing_words
from tcd_desktop.ui.papers.paper_list import detail
from tcd_desktop.ui.papers.place import SavedPlace
from tcd_desktop.ui.window.runner import InlineRunner
from tests.offices import DRAFT, enrol, make_district, make_office
from tests.papers_with_text import a_pdf


@pytest.fixture
def district(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_district(tmp_path / "district")
    yield made
    made.close()


@pytest.fixture
def ward(tmp_path: Path, district: OpenOffice) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    (tmp_path / "stick").mkdir()
    enrol(made, district, tmp_path / "stick")
    yield made
    made.close()


@pytest.fixture
def stick(ward: OpenOffice, tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def card(ward: OpenOffice, qtbot: QtBot) -> SendCard:
    visit = ward.receptions.log(DRAFT).value
    for words in ("Đơn khiếu nại", "Giấy chứng nhận"):
        ward.attachments.add("scan.pdf", a_pdf(words), reception=visit.id)
    made = SendCard(ward, InlineRunner())
    qtbot.addWidget(made)
    made.show_standing(standing(ward))
    made.show()
    return made


def answer(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    district.inbox.take(sorted(stick.glob("TCD_P-01_*.tcdb")))
    (one,) = district.outbox.export(stick)
    ward.inbox.take([one.path])


def test_the_card_tells_changes_papers_and_room_before_anything_is_written(card: SendCard) -> None:
    told = card.sentence.text()
    assert "changes and 2 papers" in told and "It needs at most" in told
    assert "2 papers" in card.with_papers.text() and card.with_papers.isVisible()
    assert card.button.isEnabled()


def test_papers_may_stay_for_another_time_and_are_offered_again(card: SendCard, ward: OpenOffice, stick: Path) -> None:
    card.with_papers.setChecked(False)
    assert "paper" not in card.sentence.text()
    card.send(stick)
    assert "You may take the stick out" in card.message.text() and "paper" not in card.message.text()
    assert standing(ward).code == "waiting", "the papers are not on a stick"
    card.with_papers.setChecked(True)
    card.send(stick)
    assert "and 2 papers, read back and compared" in card.message.text()
    assert standing(ward).code == "on_stick"


def test_after_the_receipt_there_is_nothing_to_send_but_everything_may_go_again(
    card: SendCard, ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    card.send(stick)
    answer(ward, district, stick)
    at = standing(ward)
    card.show_standing(at)
    assert at.code == "confirmed" and standing_words(at).tone == "success"
    assert not card.button.isEnabled() and not card.with_papers.isVisible()
    card.range.buttons[EVERYTHING].click()
    assert card.button.isEnabled() and "and 2 papers" in card.sentence.text()
    card.send(stick, full=True)
    assert "and 2 papers" in card.message.text()


def test_papers_the_superior_lacks_are_waiting_again(
    card: SendCard, ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    card.with_papers.setChecked(False)
    card.send(stick)
    (visit,) = {paper.reception for paper in ward.store.all(Attachment)}
    answer(ward, district, stick)
    seen = SavedPlace(district, reception=str(visit), editable=False)
    assert all(detail(paper).startswith("not received yet") for paper in seen.papers())
    at = standing(ward)
    assert at.code == "waiting" and "2 papers wait to be sent" in standing_words(at).title
    card.with_papers.setChecked(True)
    card.show_standing(at)
    card.send(stick)
    answer(ward, district, stick)
    assert standing(ward).code == "confirmed"
    assert not any("not received" in detail(paper) for paper in seen.papers())
    assert seen.content(seen.papers()[0].id).startswith(b"%PDF")


def test_a_stick_that_is_full_after_some_files_offers_to_go_on_with_another(
    card: SendCard, ward: OpenOffice, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upward, "volume_room", lambda _root: 16 * 1024)
    write, calls = write_bundle, []

    def fails_at_the_second(path: Path, **given: object) -> object:
        calls.append(path)
        if len(calls) == 2:
            raise ExportFailed(Code.STICK_FULL)
        return write(path, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(upward, "write_bundle", fails_at_the_second)
    card.refresh()
    assert "files." in card.sentence.text()
    card.send(stick)
    first = [path.name for path in stick.glob("*.tcdb")]
    assert len(first) == 1 and "not enough room" in card.message.text()
    assert "1 of " in card.message.text() and card.further.isVisible()
    assert standing(ward).code == "waiting", "nothing counts as sent"
    other = tmp_path / "other stick"
    other.mkdir()
    card.send(other, elsewhere=True)
    assert "You may take the stick out" in card.message.text() and not card.further.isVisible()
    assert first[0] not in {path.name for path in other.iterdir()}
    assert standing(ward).code == "on_stick"
