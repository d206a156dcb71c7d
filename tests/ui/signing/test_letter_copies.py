"""The Word copy of a letter and its digital signature, from the pages of letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.letters.letter_form import LetterFormPage
from tcd_desktop.ui.letters.letter_page import LetterPage
from tcd_desktop.ui.signing.sign_act import Signable
from tcd_desktop.ui.window.runner import InlineRunner
from tests.documents.test_letter_docx import words
from tests.offices import make_office
from tests.services.letters import TODAY, WHY, secret_visit, visit_of
from tests.ui.signing.conftest import stroke

Show = Callable[[QWidget], Any]
RECEPTION = LetterSubject.RECEPTION
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward", head_name="Trần Văn Mẫu", head_title="Chủ tịch")
    yield made
    made.close()


@pytest.fixture
def letter(office: OpenOffice) -> Letter:
    """An issued answer."""
    drafted = office.letters.draft("answer-accepted", RECEPTION, visit_of(office).id)
    return office.letters.issue(drafted, on=TODAY).value


class Folder:
    """Where the copy is saved, in the place of the system's dialog."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.saved: list[Path] = []

    def __call__(self, name: str, _parent: QWidget) -> Path:
        self.saved.append(self.folder / name)
        return self.saved[-1]


def test_a_draft_and_an_issued_letter_have_a_copy_that_says_draft(
    office: OpenOffice, runner: InlineRunner, letter: Letter, shown: Show, tmp_path: Path
) -> None:
    folder = Folder(tmp_path)
    draft = office.letters.draft("answer-accepted", RECEPTION, visit_of(office).id)
    for page in (LetterFormPage(office, runner, draft), LetterPage(office, runner, letter.id)):
        shown(page)
        page.word.ask = folder
        stroke(page, Qt.Key.Key_W, BOTH)
    of_draft, of_issued = folder.saved
    assert of_issued.name.startswith("du-thao-") and of_issued.suffix == ".docx"
    for path in (of_draft, of_issued):
        docx = path.read_bytes()
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words(docx) and "Trần Văn Mẫu" in words(docx)
        assert any("Dự thảo" in text for text in words(docx, "word/header1.xml"))
        assert any("Nguyễn Văn Đức" in text for text in words(docx))
    assert letter.book_number in "\n".join(words(of_issued.read_bytes()))


def test_what_is_typed_now_stands_in_the_copy(
    office: OpenOffice, runner: InlineRunner, shown: Show, tmp_path: Path
) -> None:
    draft = office.letters.draft("answer-accepted", RECEPTION, visit_of(office).id)
    page = shown(LetterFormPage(office, runner, draft))
    page.word.ask = Folder(tmp_path)
    page.fields["signer"].set_value("Lê Thị Ẩn")
    page.fields["signer"].changed.emit("Lê Thị Ẩn")
    page.word.button.click()
    assert "Lê Thị Ẩn" in words(page.word.ask.saved[0].read_bytes())
    assert "marked as a draft" in page.message.text()


def test_a_file_that_cannot_be_written_is_told(
    office: OpenOffice, runner: InlineRunner, letter: Letter, shown: Show, tmp_path: Path
) -> None:
    page = shown(LetterPage(office, runner, letter.id))
    page.word.ask = Folder(tmp_path / "no such folder")
    page.word.save()
    assert "cannot be written" in page.message.text()
    page.word.ask = lambda _name, _parent: None
    page.message.clear()
    page.word.save()
    assert page.message.text() == ""


def test_a_letter_to_who_denounced_has_no_copy(
    office: OpenOffice, runner: InlineRunner, shown: Show, tmp_path: Path
) -> None:
    visit = secret_visit(office)
    kinds = [one for one in office.letters.kinds_for(RECEPTION, visit.id) if one.text.to_citizen]
    opened = office.letters.open_identity(RECEPTION, visit.id, WHY)
    sealed = office.letters.draft(kinds[0].kind, RECEPTION, visit.id, opened=opened)
    folder = Folder(tmp_path)
    page = shown(LetterFormPage(office, runner, sealed, opened=opened))
    page.word.ask = folder
    page.word.save()
    assert folder.saved == [] and "no Word copy" in page.message.text()
    office.letters.save(sealed)
    closed = shown(LetterPage(office, runner, sealed.id))
    closed.word.ask = folder
    closed.word.save()
    assert folder.saved == []
    assert not list(tmp_path.glob("*.docx"))


def test_a_printed_letter_is_handed_to_the_signing_page_and_a_spoilt_one_is_not(
    office: OpenOffice, runner: InlineRunner, letter: Letter, shown: Show
) -> None:
    page = shown(LetterPage(office, runner, letter.id))
    asked: list[Signable] = []
    page.signRequest.connect(asked.append)
    stroke(page, Qt.Key.Key_J)
    assert asked == [] and not page.signing.button.isVisibleTo(page), "nothing was printed yet"
    document = office.letters.print(letter).value.document
    page.store_changed(())
    stroke(page, Qt.Key.Key_J)
    assert [one.document for one in asked] == [document] and asked[0].file_name.endswith(".pdf")
    assert page.signing.button.isVisibleTo(page)
    office.letters.spoil(letter.id, "đánh nhầm số")
    page.store_changed(())
    stroke(page, Qt.Key.Key_J)
    assert len(asked) == 1
