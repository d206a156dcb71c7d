"""A paper of another time has the form of its time: through the books, the desk and the printer of a real office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcd_desktop.documents.letter_pack import letter_text
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.open_office import OpenOffice
from tests.documents.reading import whole_text
from tests.offices import make_office
from tests.services.letters import POST, TODAY

LAST_OLD, FIRST_NEW = date(2026, 6, 30), date(2026, 7, 1)
KIND = "complaint-accepted"


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    opened = make_office(tmp_path / "ward")
    yield opened
    opened.close()


def printed(ward: OpenOffice, on: date) -> tuple[str, str]:
    """The text of a letter that bears a day, and whose words the register says it has."""
    petition = ward.petitions.register(replace(POST, received_on=on)).value
    letter = ward.letters.draft(KIND, LetterSubject.PETITION, petition.id, on=on)
    issued = ward.letters.issue(replace(letter, signer_title="Chủ tịch"), on=on).value
    done = ward.letters.print(issued).value
    return whole_text(done.pdf), done.document.instrument


def test_the_last_day_of_the_old_form_and_the_first_of_the_new(ward: OpenOffice) -> None:
    old, whose = printed(ward, LAST_OLD)
    assert whose == letter_text(KIND, LAST_OLD).instrument and "124/2020" in whose
    assert "Số CMND/Hộ chiếu/Căn cước công dân:" in old and "ngày 30 tháng 6 năm 2026" in old
    new, whose = printed(ward, FIRST_NEW)
    assert whose == letter_text(KIND, FIRST_NEW).instrument and "155/2026" in whose
    assert "giấy chứng nhận căn cước" in new and "CMND" not in new


def test_an_old_letter_printed_again_today_still_has_its_old_form(ward: OpenOffice) -> None:
    petition = ward.petitions.register(replace(POST, received_on=LAST_OLD)).value
    letter = ward.letters.draft(KIND, LetterSubject.PETITION, petition.id, on=LAST_OLD)
    issued = ward.letters.issue(letter, on=LAST_OLD).value
    ward.letters.print(issued)
    again = ward.letters.print(issued).value
    text = whole_text(again.pdf)
    assert again.document.print_no == 2 and "In lại lần 1" in text
    assert "CMND" in text and again.document.instrument.startswith("Nghị định số 124/2020")


def test_without_a_day_the_words_are_todays(ward: OpenOffice) -> None:
    petition = ward.petitions.register(POST).value
    letter = ward.letters.draft(KIND, LetterSubject.PETITION, petition.id)
    assert letter.instrument == letter_text(KIND, TODAY).instrument
