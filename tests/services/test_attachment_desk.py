"""Papers of visits and cases: kept by content, named by rule, refused for a reason, never lost with a draft."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from tcd_desktop.documents import scans
from tcd_desktop.documents.raster import page_image
from tcd_desktop.domain.papers.media import picture_size
from tcd_desktop.domain.papers.paper_rules import PaperLimits
from tcd_desktop.domain.problems import Refused
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.services.papers.attachment_desk import AttachmentDesk
from tcd_desktop.services.papers.paper_checks import PaperChecks
from tcd_desktop.store.drafts import staged
from tests.offices import DRAFT, SECRET, Clock, enrol, make_district, make_office, reopen
from tests.papers import CARD, bomb, card_pdf, card_picture, picture, scan_pdf

FORM = "form.20261123-093000"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    opened = make_office(tmp_path / "ward")
    yield opened
    opened.close()


@pytest.fixture
def visit(office: OpenOffice) -> str:
    return office.receptions.log(DRAFT).value.id


@pytest.fixture
def case(office: OpenOffice) -> str:
    found = office.receptions.log(DRAFT, open_case=True).value.case
    assert found
    return found


def desk_with(office: OpenOffice, limits: PaperLimits) -> AttachmentDesk:
    checks = PaperChecks(scans, limits)
    return AttachmentDesk(
        office.store, office.blobs, office=office.office, officer=office.officer, checks=checks, today=office.today
    )


def blobs(office: OpenOffice) -> list[str]:
    return sorted(path.name for path in (office.home / "blobs").glob("*/*"))


def test_a_paper_is_kept_encrypted_and_named_by_the_number_of_its_case(office: OpenOffice, case: str) -> None:
    first = office.attachments.add("Đơn khiếu nại.pdf", scan_pdf(2, "NOI DUNG"), case=case).value
    second = office.attachments.add("IMG_0001.jpg", picture(kind="JPEG"), case=case).value
    assert [first.name, second.name] == ["HS-1-2026_01_Don-khieu-nai.pdf", "HS-1-2026_02_Anh-chup.jpg"]
    assert (first.pages, first.media_type, first.added_on) == (2, "application/pdf", office.today())
    assert office.attachments.content(first) == scan_pdf(2, "NOI DUNG")
    stored = (office.home / "blobs" / first.sha256[:2] / first.sha256).read_bytes()
    assert b"PDF" not in stored


def test_a_paper_of_a_visit_is_found_with_its_case_too(office: OpenOffice, visit: str) -> None:
    paper = office.attachments.add("Đơn.pdf", scan_pdf(), reception=visit).value
    assert paper.name == "TCD-1-2026_01_Don.pdf" and paper.case is None
    case = office.cases.open_from(visit).value.id
    assert office.attachments.papers(case=case) == [paper]
    later = office.attachments.add("Thêm.pdf", scan_pdf(2), reception=visit).value
    assert later.case == case and later.name.startswith("HS-1-2026_01_")
    assert {one.id for one in office.attachments.papers(reception=visit)} == {paper.id, later.id}


def test_the_ending_of_a_name_says_what_the_content_is(office: OpenOffice, visit: str) -> None:
    paper = office.attachments.add("Đơn.exe", scan_pdf(), reception=visit).value
    assert paper.name.endswith("_Don.pdf")


@pytest.mark.parametrize(
    "name",
    [
        "..\\..\\x",
        "CON",
        "ẳ" * 300 + ".pdf",
        "😀.pdf",
        unicodedata.normalize("NFD", "Đơn tố cáo.pdf"),
        "a\x00b\n.pdf",
        "",
    ],
)
def test_hostile_names_become_plain_ones(office: OpenOffice, visit: str, name: str) -> None:
    kept = office.attachments.add(name, scan_pdf(), reception=visit).value.name
    assert kept.isascii() and kept.startswith("TCD-1-2026_01_") and kept.endswith(".pdf")
    assert not set(kept) & set('\\/:*?"<>|\n\x00') and len(kept) <= 120


def test_the_same_content_is_not_kept_twice_in_one_place(office: OpenOffice, visit: str, case: str) -> None:
    first = office.attachments.add("Đơn.pdf", scan_pdf(), reception=visit).value
    with pytest.raises(Refused) as refused:
        office.attachments.add("khác.pdf", scan_pdf(), reception=visit)
    assert refused.value.code == "attachment_known" and refused.value.facts == {"name": first.name}
    office.attachments.add("Đơn.pdf", scan_pdf(), case=case)
    assert len(blobs(office)) == 1, "one content is one blob"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "attachment_empty"),
        (b"MZ\x90", "attachment_program"),
        (b"\x00\x01" * 9, "attachment_unknown"),
        (bomb(), "picture_too_big"),
        (b"text " * 2000, "attachment_too_big"),
    ],
)
def test_what_is_refused_leaves_no_trace(office: OpenOffice, visit: str, content: bytes, code: str) -> None:
    desk = desk_with(office, PaperLimits(file=9000))
    with pytest.raises(Refused) as refused:
        desk.add("Đơn.pdf", content, reception=visit)
    assert refused.value.code == code
    assert desk.papers(reception=visit) == [] and blobs(office) == []


def test_a_case_holds_only_so_much(office: OpenOffice, case: str) -> None:
    first, second = scan_pdf(1), scan_pdf(2)
    desk = desk_with(office, PaperLimits(owner=len(first) + len(second) - 1))
    desk.add("a.pdf", first, case=case)
    with pytest.raises(Refused, match="owner_full"):
        desk.add("b.pdf", second, case=case)


def test_files_of_the_disk_that_cannot_be_read_are_refused(office: OpenOffice, visit: str, tmp_path: Path) -> None:
    locked, gone, folder = tmp_path / "locked.pdf", tmp_path / "gone.pdf", tmp_path / "folder"
    folder.mkdir()
    locked.write_bytes(scan_pdf())
    codes = {}
    for path in (gone, folder):
        with pytest.raises(Refused) as refused:
            office.attachments.add_file(path, reception=visit)
        codes[path.name] = refused.value.code
    assert codes == {"gone.pdf": "file_missing", "folder": "file_unreadable"}
    if sys.platform != "win32" and os.geteuid() != 0:
        locked.chmod(0)
        with pytest.raises(Refused, match="file_unreadable"):
            office.attachments.add_file(locked, reception=visit)


def test_a_picture_of_a_citizen_card_needs_a_reason(office: OpenOffice, visit: str) -> None:
    for name, content in (("the.jpg", card_picture(kind="JPEG", scale=5)), ("the.pdf", card_pdf())):
        with pytest.raises(Refused) as refused:
            office.attachments.add(name, content, reception=visit)
        assert refused.value.code == "card_picture"
        assert not refused.value.facts, "what the card says stands in no exception"
        assert office.attachments.card_text(content) == CARD
    kept = office.attachments.add(
        "the.pdf", card_pdf(), reception=visit, card_reason="Công dân ủy quyền, phải nộp kèm bản sao"
    ).value
    assert kept.card_reason.startswith("Công dân")
    plain = office.attachments.add("Đơn.pdf", scan_pdf(), reception=visit, card_reason="không cần").value
    assert plain.card_reason == "", "only a card's picture carries a reason"


def test_a_code_that_is_no_card_asks_nothing(office: OpenOffice, visit: str) -> None:
    assert office.attachments.add("a.png", card_picture("https://example.org"), reception=visit).value.card_reason == ""


def test_the_name_of_a_denouncers_file_is_not_taken_over(office: OpenOffice) -> None:
    visit = office.receptions.log(SECRET, open_case=True).value
    name = f"Đơn của {SECRET.name}.pdf"
    paper = office.attachments.add(name, scan_pdf(), reception=visit.id).value
    assert paper.name == "HS-1-2026_01_Tai-lieu.pdf"
    office.staged.add(FORM, name, scan_pdf(2))
    (staged,) = office.staged.attach(FORM, visit.id).value
    assert staged.name == "HS-1-2026_02_Tai-lieu.pdf"


def test_a_paper_is_renamed_tied_and_removed_and_all_that_can_be_undone(office: OpenOffice, visit: str) -> None:
    desk = office.attachments
    paper = desk.add("scan1.pdf", scan_pdf(), reception=visit).value
    assert desk.rename(paper.id, "Biên bản.exe").value.name == "Biên bản.exe.pdf"
    desk.rename(paper.id, paper.name)
    tied = desk.tie(paper.id, "Bản phô tô giấy chứng nhận").value
    assert (tied.paper, tied.name) == ("Bản phô tô giấy chứng nhận", "TCD-1-2026_01_Ban-pho-to-giay-chung-nhan.pdf")
    with pytest.raises(Refused, match="reason_needed"):
        desk.remove(paper.id, " ")
    done = desk.remove(paper.id, "Gắn nhầm hồ sơ")
    assert desk.papers(reception=visit) == []
    with pytest.raises(Refused, match="unknown_record"):
        desk.rename(paper.id, "x")
    office.undo.undo(done.entry)
    assert desk.papers(reception=visit) == [tied]


def test_the_number_of_a_removed_paper_is_not_given_again(office: OpenOffice, visit: str) -> None:
    desk = office.attachments
    desk.remove(desk.add("a.pdf", scan_pdf(), reception=visit).value.id, "Quét nhầm")
    assert desk.add("a.pdf", scan_pdf(), reception=visit).value.name.startswith("TCD-1-2026_02_")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP"])
def test_a_picture_is_turned(office: OpenOffice, visit: str, kind: str) -> None:
    paper = office.attachments.add("a", picture(60, 40, kind), reception=visit).value
    turned = office.attachments.turn(paper.id, 1).value
    assert picture_size(office.attachments.content(turned)) == (40, 60)
    assert turned.length == len(office.attachments.content(turned)) and turned.sha256 != paper.sha256


def test_a_pdf_is_turned_and_a_text_is_not(office: OpenOffice, visit: str) -> None:
    paper = office.attachments.add("a.pdf", scan_pdf(2), reception=visit).value
    turned = office.attachments.turn(paper.id, 3).value
    page = page_image(office.attachments.content(turned), 1, 72)
    assert page.width > page.height
    text = office.attachments.add("a.txt", b"text", reception=visit).value
    with pytest.raises(Refused, match="attachment_unturnable"):
        office.attachments.turn(text.id, 1)


def test_papers_of_other_offices_are_not_touched(office: OpenOffice, tmp_path: Path) -> None:
    other = make_office(tmp_path / "other", code="P-02")
    try:
        foreign = other.receptions.log(DRAFT).value
        with office.store.writing() as connection:
            from tcd_desktop.store.journal.lines import fields_of, put_fields
            from tcd_desktop.store.schema.rows import ROWS

            row = ROWS["reception"].row("P-02", foreign.id, fields_of(put_fields(foreign), "reception"))
            assert row is not None
            ROWS["reception"].insert(connection, [row])
    finally:
        other.close()
    with pytest.raises(Refused, match="other_office"):
        office.attachments.add("a.pdf", scan_pdf(), reception=foreign.id)
    with pytest.raises(Refused, match="unknown_record"):
        office.attachments.add("a.pdf", scan_pdf(), reception="nobody")
    with pytest.raises(Refused, match="unknown_record"):
        office.attachments.add("a.pdf", scan_pdf())


def test_the_room_in_the_next_bundle_is_what_no_bundle_has_carried(tmp_path: Path) -> None:
    ward, district, stick = make_office(tmp_path / "ward"), make_district(tmp_path / "district"), tmp_path / "stick"
    stick.mkdir()
    try:
        enrol(ward, district, stick)
        visit = ward.receptions.log(DRAFT).value.id
        first = ward.attachments.add("a.pdf", scan_pdf(1), reception=visit).value
        assert ward.attachments.room(reception=visit).bundle == first.length
        ward.outbox.export(stick)
        ward.attachments.rename(first.id, "Tên khác")
        second = ward.attachments.add("b.pdf", scan_pdf(2), reception=visit).value
        ward.staged.add(FORM, "c.pdf", scan_pdf(3))
        room = ward.attachments.room(reception=visit, draft=FORM)
        assert room.bundle == second.length + len(scan_pdf(3))
        assert room.owner == first.length + second.length + len(scan_pdf(3))
    finally:
        ward.close()
        district.close()


# -- drafts ---------------------------------------------------------------------------------------------


def test_papers_of_a_draft_outlive_the_program_and_belong_to_the_visit_once_it_is_saved(
    office: OpenOffice, tmp_path: Path
) -> None:
    office.staged.add(FORM, "Đơn khiếu nại.pdf", scan_pdf(2))
    office.staged.add(FORM, "IMG_1.jpg", picture(kind="JPEG"))
    assert all(b"PDF" not in path.read_bytes() for path in (office.home / "blobs").glob("*/*"))
    again = reopen(office)
    try:
        kept = again.staged.papers(FORM)
        assert [(one.name, one.pages) for one in kept] == [("Đơn khiếu nại.pdf", 2), ("02.jpg", 1)]
        assert again.staged.content(kept[0]) == scan_pdf(2)
        visit = again.receptions.log(DRAFT, open_case=True).value
        done = again.staged.attach(FORM, visit.id)
        assert [one.name for one in done.value] == ["HS-1-2026_01_Don-khieu-nai.pdf", "HS-1-2026_02_Anh-chup.jpg"]
        assert again.attachments.papers(reception=visit.id) == done.value
        assert again.staged.papers(FORM) == [] and again.check() == []
        again.undo.undo(done.entry)
        assert again.attachments.papers(reception=visit.id) == []
    finally:
        again.close()


def test_the_name_of_a_paper_that_waits_stands_nowhere_openly(office: OpenOffice) -> None:
    """A paper is added before the class of the visit is chosen: its file may be called after the denouncer."""
    desk = office.staged
    kept = desk.add(FORM, "Đơn của Phạm Thị Kín.pdf", scan_pdf(2), paper="Đơn của Phạm Thị Kín").value
    gone = desk.add(FORM, "Phạm Thị Kín.jpg", picture(kind="JPEG")).value
    desk.remove(FORM, gone.id)
    with office.store.reading() as connection:
        lists = connection.exec_driver_sql("SELECT value FROM fact WHERE name LIKE '%form%'").scalars().all()
    assert len(lists) == 2 and not any("Kín" in one or "Kin" in one for one in lists)
    assert desk.papers(FORM) == [kept] and kept.name == "Đơn của Phạm Thị Kín.pdf"
    assert desk.restore(FORM, gone.id).value == gone
    assert [one.sha256 for one in desk.papers(FORM)] == [kept.sha256, gone.sha256]


def test_the_list_of_an_earlier_version_is_read_and_a_paper_closed_for_others_keeps_its_content(
    office: OpenOffice,
) -> None:
    desk = office.staged
    one = desk.add(FORM, "Đơn.pdf", scan_pdf(2)).value
    strange = structs.replace(one, id="0" * 32, name="", title="", closed='{"to":{},"v":1}')
    with office.store.writing() as connection:
        staged.keep(connection, FORM, [one, strange])
    first, second = desk.papers(FORM)
    assert first == one
    assert second.name == "02.pdf" and desk.content(second) == scan_pdf(2)


def test_a_crash_between_saving_and_forgetting_the_draft_adds_nothing_twice(office: OpenOffice, visit: str) -> None:
    paper = office.staged.add(FORM, "Đơn.pdf", scan_pdf()).value
    office.attachments.take([paper], visit)  # and here the power went
    assert office.staged.attach(FORM, visit).value == []
    assert len(office.attachments.papers(reception=visit)) == 1


def test_papers_of_a_draft_are_renamed_tied_turned_taken_out_and_brought_back(office: OpenOffice) -> None:
    desk = office.staged
    paper = desk.add(FORM, "scan.jpg", picture(60, 40, "JPEG")).value
    assert desk.rename(FORM, paper.id, "Ảnh ngõ").value.name == "Ảnh ngõ.jpg"
    assert desk.tie(FORM, paper.id, "Ảnh hiện trạng").value.name == "Ảnh hiện trạng.jpg"
    turned = desk.turn(FORM, paper.id, 1).value
    assert picture_size(desk.content(turned)) == (40, 60)
    assert len(blobs(office)) == 1, "the picture before it was turned is thrown away"
    desk.remove(FORM, paper.id)
    assert desk.papers(FORM) == []
    assert desk.restore(FORM, paper.id).value == turned and desk.papers(FORM) == [turned]
    for act in (desk.remove, desk.restore):
        with pytest.raises(Refused, match="unknown_record"):
            act(FORM, "nobody")


def test_a_draft_that_is_thrown_away_takes_its_contents_along(office: OpenOffice, visit: str) -> None:
    desk = office.staged
    shared = office.attachments.add("a.pdf", scan_pdf(), reception=visit).value
    desk.add(FORM, "a.pdf", scan_pdf())
    gone = desk.add(FORM, "b.pdf", scan_pdf(2)).value
    desk.remove(FORM, gone.id)
    assert len(blobs(office)) == 2
    desk.drop(FORM)
    assert blobs(office) == [shared.sha256]


def test_papers_whose_draft_is_long_gone_are_swept_away(tmp_path: Path) -> None:
    office = make_office(tmp_path / "other")
    clock = office.clock
    assert isinstance(clock, Clock)
    try:
        desk = office.staged
        office.receptions.save_draft(FORM, DRAFT)
        desk.add(FORM, "a.pdf", scan_pdf())
        gone = desk.add("form.20261123-080000", "b.pdf", scan_pdf(2)).value
        desk.add("form.20261123-080000", "c.pdf", scan_pdf(3))
        desk.remove("form.20261123-080000", gone.id)
        assert desk.sweep() == 0, "a draft thrown away today may be brought back"
        clock.moment += timedelta(days=9)
        desk.add("form.20261201-080000", "d.pdf", scan_pdf(4))
        assert desk.sweep() == 2
        assert len(desk.papers(FORM)) == 1 and len(desk.papers("form.20261201-080000")) == 1
        assert len(blobs(office)) == 2
    finally:
        office.close()


def test_drafts_have_the_same_rules(office: OpenOffice) -> None:
    office.staged.add(FORM, "a.pdf", scan_pdf())
    for content, code in (
        (scan_pdf(), "attachment_known"),
        (card_picture(), "card_picture"),
        (b"MZ", "attachment_program"),
    ):
        with pytest.raises(Refused) as refused:
            office.staged.add(FORM, "b.pdf", content)
        assert refused.value.code == code


def test_a_full_disk_is_told_and_nothing_half_is_left(
    office: OpenOffice, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tcd_desktop.store.closed.blobs.os.fsync", full)
    with pytest.raises(Refused, match="store_full"):
        office.attachments.add("a.pdf", scan_pdf(), reception=visit)
    assert blobs(office) == [] and office.attachments.papers(reception=visit) == []


def test_a_damaged_pdf_is_kept_without_a_number_of_pages(office: OpenOffice, visit: str) -> None:
    paper = office.attachments.add("a.pdf", b"%PDF-1.7 torn", reception=visit).value
    assert paper.pages is None and office.attachments.content(paper) == b"%PDF-1.7 torn"
