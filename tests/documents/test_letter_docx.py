"""The Word copy of a letter: the sheet's measures, marked as a draft, what was typed stays text."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tcd_desktop.documents.letter import render_letter
from tcd_desktop.documents.letter_docx import docx_file_name, letter_docx
from tcd_desktop.domain.letters.letter import SigningForm
from tcd_desktop.domain.letters.letter_paper import LetterPaper
from tcd_desktop.domain.letters.letter_text import LetterLayout, LetterSignature
from tests.documents.reading import runs, whole_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTICE = LetterPaper(
    layout=LetterLayout.TITLED,
    superior_name="Ủy ban nhân dân quận Hai Bà Trưng",
    office_name="Ủy ban nhân dân phường Quỳnh Lôi",
    locality="Quỳnh Lôi",
    number="07/TB-UBND",
    sign="TB-UBND",
    dated=date(2026, 2, 3),
    type_name="Thông báo",
    about="Thụ lý giải quyết khiếu nại",
    addressees=("Ông Nguyễn Văn Đức",),
    body=("Căn cứ Luật Tiếp công dân;", "Nội dung khiếu nại đủ điều kiện thụ lý./."),
    recipients=("- Như trên;", "- Lưu: VT, TCD."),
    signing=SigningForm.FOR,
    signing_for="Chủ tịch",
    signer_title="Phó Chủ tịch",
    signer="Trần Thị Ẩn",
    issued=datetime(2026, 2, 3, 9, 30),
)


def part(docx: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return ElementTree.fromstring(archive.read(name))


def words(docx: bytes, name: str = "word/document.xml") -> list[str]:
    """The paragraphs of a part that say something."""
    found = ["".join(text.text or "" for text in p.iter(f"{W}t")) for p in part(docx, name).iter(f"{W}p")]
    return [text for text in found if text]


def styled(docx: bytes, text: str) -> str:
    """The style of the first paragraph that says `text`."""
    for p in part(docx, "word/document.xml").iter(f"{W}p"):
        if "".join(t.text or "" for t in p.iter(f"{W}t")) == text:
            style = p.find(f"{W}pPr/{W}pStyle")
            assert style is not None
            return str(style.get(f"{W}val"))
    raise AssertionError(f"nothing says {text!r}")


def test_every_component_of_the_sheet_stands_in_the_copy_in_its_order() -> None:
    assert words(letter_docx(NOTICE)) == [
        "ỦY BAN NHÂN DÂNQUẬN HAI BÀ TRƯNG",
        "ỦY BAN NHÂN DÂNPHƯỜNG QUỲNH LÔI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 07/TB-UBND",
        "Quỳnh Lôi, ngày 03 tháng 02 năm 2026",
        "THÔNG BÁO",
        "Thụ lý giải quyết khiếu nại",
        "Kính gửi: Ông Nguyễn Văn Đức",
        "Căn cứ Luật Tiếp công dân;",
        "Nội dung khiếu nại đủ điều kiện thụ lý./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, TCD.",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Thị Ẩn",
    ]


def test_the_copy_says_in_three_places_that_it_is_a_draft() -> None:
    docx = letter_docx(NOTICE)
    for header in ("word/header1.xml", "word/header2.xml"):
        assert any("Dự thảo" in text for text in words(docx, header))
        marks = [e.get("string") for e in part(docx, header).iter("{urn:schemas-microsoft-com:vml}textpath")]
        assert "DỰ THẢO" in marks
    core = {e.tag.rpartition("}")[2]: e.text for e in part(docx, "docProps/core.xml")}
    assert core["contentStatus"] == "Dự thảo"
    assert core["title"] == "Dự thảo: Thông báo 07/TB-UBND"
    assert core["created"] == "2026-02-03T09:30:00+07:00"


def test_page_margins_and_sizes_are_those_of_the_decree() -> None:
    docx = letter_docx(NOTICE)
    section = part(docx, "word/document.xml").find(f"{W}body/{W}sectPr")
    assert section is not None
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert size is not None and margin is not None

    def mm(value: str | None) -> float:
        return int(value or "") / 20 * 25.4 / 72

    assert (round(mm(size.get(f"{W}w"))), round(mm(size.get(f"{W}h")))) == (210, 297)
    left, right, top = (mm(margin.get(f"{W}{side}")) for side in ("left", "right", "top"))
    assert 30 <= round(left, 1) <= 35 and 15 <= round(right, 1) <= 20 and 20 <= round(top, 1) <= 25
    styles = {s.get(f"{W}styleId"): s for s in part(docx, "word/styles.xml").iter(f"{W}style")}

    def look(name: str) -> tuple[float, bool, bool]:
        run = styles[name].find(f"{W}rPr")
        assert run is not None
        points = run.find(f"{W}sz")
        assert points is not None
        return int(points.get(f"{W}val") or "") / 2, run.find(f"{W}b") is not None, run.find(f"{W}i") is not None

    assert look(styled(docx, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) == (13, True, False)
    assert look(styled(docx, "Độc lập - Tự do - Hạnh phúc")) == (14, True, False)
    assert look(styled(docx, "Quỳnh Lôi, ngày 03 tháng 02 năm 2026")) == (14, False, True)
    assert look(styled(docx, "Căn cứ Luật Tiếp công dân;")) == (14, False, True)
    assert look(styled(docx, "Nội dung khiếu nại đủ điều kiện thụ lý./.")) == (14, False, False)
    assert look(styled(docx, "Nơi nhận:")) == (12, True, True)
    assert look(styled(docx, "- Như trên;")) == (11, False, False)
    fonts = part(docx, "word/styles.xml").find(f".//{W}rFonts")
    assert fonts is not None and fonts.get(f"{W}ascii") == "Times New Roman"


def test_what_was_typed_is_text_and_never_a_field_markup_or_a_control_character() -> None:
    nasty = "</w:t><w:fldSimple w:instr='DATE'/> {INCLUDETEXT \"C:\\\\x\"} =1+1 & \x00\x0b\ufffe\ud800 Ẩn"
    docx = letter_docx(replace(NOTICE, body=(nasty,), signer=nasty, about=nasty, mark=nasty, office_name=nasty))
    root = part(docx, "word/document.xml")
    assert not list(root.iter(f"{W}fldSimple")) and not list(root.iter(f"{W}instrText"))
    assert "</w:t><w:fldSimple w:instr='DATE'/> {INCLUDETEXT \"C:\\\\x\"} =1+1 & Ẩn" in words(docx)
    part(docx, "docProps/core.xml")


def test_decomposed_letters_come_out_composed() -> None:
    docx = letter_docx(replace(NOTICE, body=(unicodedata.normalize("NFD", "Nguyễn Thị Ẩn khiếu nại"),)))
    assert "Nguyễn Thị Ẩn khiếu nại" in words(docx)


def test_a_letter_has_its_subject_under_the_number_and_its_addressees_one_under_another() -> None:
    letter = replace(
        NOTICE,
        layout=LetterLayout.LETTER,
        type_name="",
        number="",
        sign="UBND-TCD",
        dated=None,
        about="V/v trả lời kiến nghị",
        addressees=("Ông Nguyễn Văn Đức", "Ban Tiếp công dân quận"),
        urgency="Khẩn",
    )
    said = words(letter_docx(letter))
    assert said.index("V/v trả lời kiến nghị") == next(i for i, x in enumerate(said) if x.endswith("./UBND-TCD")) + 1
    assert any(text.startswith("Quỳnh Lôi, ngày ...") for text in said)
    assert [text for text in said if "- " in text][1:3] == ["- Ông Nguyễn Văn Đức;", "- Ban Tiếp công dân quận."]
    assert "KHẨN" in said


def test_those_who_sign_minutes_stand_side_by_side_and_only_the_signer_is_named() -> None:
    signatures = (
        LetterSignature(title="Người ghi", note="(Ký, ghi rõ họ tên)"),
        LetterSignature(title="Người tiếp", signs=True),
    )
    docx = letter_docx(replace(NOTICE, layout=LetterLayout.MINUTES, signatures=signatures, recipients=()))
    cells = [
        ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in cell.iter(f"{W}p")]
        for cell in list(part(docx, "word/document.xml").iter(f"{W}tbl"))[-1].iter(f"{W}tc")
    ]
    assert cells == [["NGƯỜI GHI", "(Ký, ghi rõ họ tên)", "", ""], [""], ["NGƯỜI TIẾP", "", "", "Trần Thị Ẩn"]]


def test_grounds_articles_tables_and_appendices_are_what_they_are_on_the_pdf() -> None:
    body = (
        "Căn cứ Luật Tiếp công dân;",
        "QUYẾT ĐỊNH:",
        "Điều 1. Giao bộ phận tiếp công dân thực hiện.",
        "| STT | Nội dung |",
        "| 1 | Kiểm tra hiện trạng |",
        "Phụ lục I",
        "Danh sách",
        "Kèm danh sách này là đơn.",
    )
    docx = letter_docx(replace(NOTICE, body=body))
    assert styled(docx, "Căn cứ Luật Tiếp công dân;") == "CanCu"
    assert styled(docx, "QUYẾT ĐỊNH:") == "DeMuc"
    assert styled(docx, "Kiểm tra hiện trạng") == "OBang"
    root = part(docx, "word/document.xml")
    bold = [run for run in root.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None]
    assert ["".join(t.text or "" for t in run.iter(f"{W}t")) for run in bold] == ["Điều 1."]
    assert len(list(root.iter(f"{W}sectPr"))) == 2, "an appendix counts its pages from 1"
    assert any(text.startswith("(Kèm theo Thông báo số 07/TB-UBND") for text in words(docx))


@pytest.mark.parametrize("layout", list(LetterLayout))
def test_the_copy_says_what_the_pdf_says_whatever_the_layout(layout: LetterLayout) -> None:
    signatures = (LetterSignature(title="Người viết", signs=True),) if layout is LetterLayout.APPLICATION else ()
    paper = replace(NOTICE, layout=layout, signatures=signatures, mark="Mẫu số 01/TCD")
    pdf = "".join(whole_text(render_letter(paper)).split())
    for text in words(letter_docx(paper)):
        assert "".join(text.split()) in pdf, text


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert letter_docx(NOTICE) == letter_docx(NOTICE)


def test_the_file_is_named_after_its_number_and_nobody() -> None:
    assert docx_file_name(NOTICE) == "du-thao-07-TB-UBND.docx"
    assert docx_file_name(replace(NOTICE, number="", sign="QĐ-UBND")) == "du-thao-QD-UBND-20260203-0930.docx"
    assert docx_file_name(replace(NOTICE, number="", sign="")) == "du-thao-20260203-0930.docx"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_lays_it_out_like_the_sheet(tmp_path: Path) -> None:
    source = tmp_path / "copy.docx"
    source.write_bytes(letter_docx(replace(NOTICE, body=NOTICE.body * 14)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pdf = (tmp_path / "copy.pdf").read_bytes()
    text = whole_text(pdf)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text and "Trần Thị Ẩn" in text
    found = runs(pdf)
    country = next(run for run in found if run.text.startswith("CỘNG HÒA"))
    motto = next(run for run in found if run.text.startswith("Độc lập"))
    assert country.page == motto.page == 1 and country.y > motto.y
    assert country.right <= (210 - 15) * 72 / 25.4 + 0.5
    assert abs((country.left + country.right) - (motto.left + motto.right)) < 3
    numbers = [run for run in found if run.text.strip() == "2" and run.page == 2]
    assert numbers and numbers[0].y > (297 - 20) * 72 / 25.4
    assert not [run for run in found if run.page == 1 and run.text.strip() == "1"]
