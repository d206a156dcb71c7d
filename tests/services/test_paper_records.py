"""From the code on a paper to its record: of this office, of its wards at the superior, and why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tcd_desktop.documents.raster import page_image
from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.papers.paper_code import RECEIPT_SLIP, PaperCode, read_paper_code
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.scanners.pictures import Picture, codes_in
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.services.papers.paper_records import PaperRecord, record_of
from tests.offices import DRAFT, MONDAY, SECRET, SECRET_WORDS, enrol, make_district, make_office

TODAY = MONDAY.date()


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    office = make_office(tmp_path / "ward")
    yield office
    office.close()


def scanned(pdf: bytes, dpi: float = 200) -> PaperCode:
    """What a scanner reads from a paper that came out of the printer."""
    page = page_image(pdf, 0, dpi)
    grey = Picture(page.width, page.height, page.data[::4])
    texts = codes_in(grey)
    assert len(texts) == 1
    code = read_paper_code(texts[0])
    assert code is not None
    return code


def issued(office: OpenOffice, visit: Reception, kind: str = "guidance", number: int | None = None) -> Letter:
    desk = office.letters
    draft = replace(
        desk.draft(kind, LetterSubject.RECEPTION, visit.id),
        body=("Hướng dẫn công dân gửi đơn đến cơ quan có thẩm quyền.",),
        about="hướng dẫn",
        addressees=("Ông Nguyễn Văn Đức",),
        signer="Trần Văn Chính",
        signer_title="CHỦ TỊCH",
    )
    return desk.issue(draft, on=TODAY, number=number).value


@pytest.mark.parametrize("dpi", [110, 200, 300])
def test_a_printed_slip_leads_to_its_visit(ward: OpenOffice, dpi: float) -> None:
    visits = [ward.receptions.log(DRAFT).value for _ in range(3)]
    for visit in visits:
        code = scanned(ward.slips.print(visit.id).value.pdf, dpi)
        assert record_of(ward.store, code) == PaperRecord("receptions", visit.id)


def test_a_printed_letter_leads_to_the_letter_not_to_the_visit_of_that_number(ward: OpenOffice) -> None:
    visit = ward.receptions.log(DRAFT).value
    letter = issued(ward, visit)
    assert (letter.number, visit.number) == (1, 1)
    code = scanned(ward.letters.print(letter).value.pdf)
    assert record_of(ward.store, code) == PaperRecord("letters", letter.id)


def test_a_letter_with_a_number_of_the_paper_register_is_found(ward: OpenOffice) -> None:
    letter = issued(ward, ward.receptions.log(DRAFT).value, number=174)
    assert letter.series == ""
    assert record_of(ward.store, scanned(ward.letters.print(letter).value.pdf)) == PaperRecord("letters", letter.id)


def test_the_code_of_a_denunciation_says_nothing_of_the_denouncer(ward: OpenOffice) -> None:
    visit = ward.receptions.log(SECRET).value
    code = scanned(ward.slips.print(visit.id).value.pdf)
    assert str(code) == "TCD1:P-01:1/2026:RECEIPT-SLIP"
    assert not any(word.upper() in str(code) for word in SECRET_WORDS)


def test_a_number_nobody_has_gets_a_sentence_with_it(ward: OpenOffice) -> None:
    ward.receptions.log(DRAFT)
    for code in (
        PaperCode(office="P-01", number=2, year=2026, kind=RECEIPT_SLIP),
        PaperCode(office="P-01", number=1, series="B", year=2026, kind=RECEIPT_SLIP),
        PaperCode(office="P-01", number=1, year=2025, kind=RECEIPT_SLIP),
        PaperCode(office="P-01", number=1, year=2026, kind="guidance"),
    ):
        with pytest.raises(Refused) as caught:
            record_of(ward.store, code)
        assert caught.value.code == "paper_unknown"
        number = str(code).split(":")[2]
        assert number in refusal_sentence(caught.value)


def test_a_paper_of_another_office_is_named_as_such(ward: OpenOffice) -> None:
    with pytest.raises(Refused) as caught:
        record_of(ward.store, PaperCode(office="HN-KHAC", number=1, year=2026, kind=RECEIPT_SLIP))
    assert caught.value.code == "paper_other_office"
    assert "HN-KHAC" in refusal_sentence(caught.value)


def test_an_office_whose_code_has_small_letters_finds_its_own_papers(tmp_path: Path) -> None:
    office = make_office(tmp_path / "small", code="p-02")
    try:
        visit = office.receptions.log(DRAFT).value
        code = scanned(office.slips.print(visit.id).value.pdf)
        assert record_of(office.store, code).id == visit.id
    finally:
        office.close()


def test_the_superior_office_finds_the_papers_of_its_wards_once_it_has_their_books(
    ward: OpenOffice, tmp_path: Path
) -> None:
    district = make_district(tmp_path / "district")
    stick = tmp_path / "stick"
    stick.mkdir()
    try:
        enrol(ward, district, stick)
        visit = ward.receptions.log(DRAFT).value
        code = scanned(ward.slips.print(visit.id).value.pdf)
        with pytest.raises(Refused) as caught:
            record_of(district.store, code)
        assert caught.value.code == "paper_other_office" and "P-01" in refusal_sentence(caught.value)
        files = [one.path for one in ward.outbox.export(stick)]
        assert [one.outcome for one in district.inbox.take(files)] == ["applied"]
        assert record_of(district.store, code) == PaperRecord("receptions", visit.id)
        assert district.office.kind is OfficeKind.DISTRICT
    finally:
        district.close()
