"""Visits are found by what their papers say, unless a denunciation is near."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tcd_desktop.domain.cases.case_file import Attachment
from tcd_desktop.domain.terms import Classification
from tcd_desktop.jobs import SilentProgress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.pages import ReceptionPages, ReceptionQuery
from tests.offices import DRAFT, SECRET, make_office
from tests.papers_with_text import a_docx, a_pdf


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    assert made.check() == []
    made.close()


def attach(office: OpenOffice, content: bytes, name: str, **where: str) -> Attachment:
    digest = office.blobs.put(content)
    paper = Attachment(id=digest[:32], office=office.office.id, name=name, sha256=digest, length=len(content), **where)
    with office.store.unit(act="attachment.add", officer=office.officer.id) as unit:
        unit.put(paper)
        unit.commit()
    return paper


def found(office: OpenOffice, text: str) -> int:
    with office.store.reading() as connection:
        return ReceptionPages().count(connection, ReceptionQuery(text=text)).value


def read(office: OpenOffice) -> int:
    return office.paper_reader.read_all(SilentProgress())


def test_a_visit_is_found_by_its_papers_and_by_those_of_its_case(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    attach(office, a_pdf("Biên bản hòa giải ngày hôm ấy"), "bien-ban.pdf", reception=visit.id)
    case = office.receptions.find(visit.id).case  # type: ignore[union-attr]
    attach(office, a_docx("Quyết định thu hồi sổ đỏ"), "quyet-dinh.docx", case=str(case))
    assert found(office, "hoa giai") == found(office, "quyet dinh so do") == 0
    assert read(office) == 2
    assert read(office) == 0, "a paper is read once"
    assert found(office, "hoa giai") == found(office, "quyet dinh so do") == 1
    assert found(office, "duc hoa giai so do") == 1, "names and papers together"


def test_a_paper_that_is_removed_is_no_longer_found_and_its_words_are_gone(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    paper = attach(office, a_docx("Biên bản hòa giải"), "a.docx", reception=visit.id)
    read(office)
    with office.store.unit(act="attachment.remove", officer=office.officer.id) as unit:
        unit.change(paper, removed="nhầm")
        unit.commit()
    assert found(office, "hoa giai") == 0
    read(office)
    assert words_kept(office) == 0


def test_the_papers_of_a_denunciation_are_not_read(office: OpenOffice) -> None:
    visit = office.receptions.log(SECRET).value
    attach(office, a_docx("Tôi là Phạm Thị Kín, xin tố cáo"), "don.docx", reception=visit.id)
    assert read(office) == 0
    assert found(office, "pham thi kin") == 0
    assert words_kept(office) == 0


def test_what_becomes_a_denunciation_is_forgotten_with_its_whole_case(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT, open_case=True).value
    case = office.receptions.find(visit.id).case  # type: ignore[union-attr]
    attach(office, a_docx("Đơn của ông Đặng Kín Đáo"), "don.docx", case=str(case))
    attach(office, a_docx("Giấy tờ có tên Kín Đáo"), "giay.docx", reception=visit.id)
    read(office)
    assert found(office, "kin dao") == 1
    with office.store.unit(act="test", officer="") as unit:  # no desk does this; another PC's journal might
        unit.change(visit, classification=Classification.DENUNCIATION)
        unit.commit()
    assert found(office, "kin dao") == 0
    read(office)
    assert words_kept(office) == 0


def test_a_damaged_paper_stops_nothing_and_one_that_is_missing_is_looked_for_again(office: OpenOffice) -> None:
    visit = office.receptions.log(DRAFT).value
    attach(office, b"%PDF-1.7 cut off", "hong.pdf", reception=visit.id)
    late = attach(office, a_docx("Biên bản hòa giải"), "a.docx", reception=visit.id)
    path = office.blobs.path(late.sha256)
    path.rename(path.with_suffix(".away"))
    read(office)
    assert found(office, "hoa giai") == 0
    path.with_suffix(".away").rename(path)
    read(office)
    assert found(office, "hoa giai") == 1


def words_kept(office: OpenOffice) -> int:
    with office.store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM attachment_text WHERE words <> ''").scalar_one())
