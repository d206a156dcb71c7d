"""The words in papers, and files that want to do harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from tcd_desktop.documents.paper_text import MOST, NoText, text_of
from tests.papers_with_text import a_docx, a_pdf, an_odt

WORDS = "Đơn khiếu nại về việc thu hồi đất ngõ Quỳnh"


def test_a_pdf_with_a_text_layer_gives_its_words() -> None:
    assert WORDS in " ".join((text_of(a_pdf(WORDS)) or "").split())


def test_word_and_opendocument_texts_give_their_paragraphs() -> None:
    assert text_of(a_docx(WORDS, "Trang <hai> & ba")) == f"{WORDS} Trang <hai> & ba"
    assert text_of(an_odt(WORDS)) == WORDS


def test_a_word_in_two_runs_is_one_word_and_a_tab_parts_two() -> None:
    body = "<w:p><w:r><w:t>Ngu</w:t></w:r><w:r><w:t>yễn</w:t><w:tab/><w:t>Ẩn</w:t></w:r></w:p>"
    assert text_of(a_docx(body, raw=True)) == "Nguyễn Ẩn"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f"{WORDS}\n".encode(), "don.txt"),
        (f"\ufeff{WORDS}".encode(), "don.txt"),
        (WORDS.encode("utf-16"), "don.txt"),
        (f"stt;nội dung\n1;{WORDS}".encode(), "bang.csv"),
    ],
)
def test_plain_text_is_read_in_its_encoding(content: bytes, name: str) -> None:
    assert WORDS in (text_of(content, name) or "")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0....", b"MZ....", b""])
def test_pictures_and_programs_have_no_text(content: bytes) -> None:
    assert text_of(content, "anh.png") is None


def test_a_long_paper_is_read_up_to_a_limit() -> None:
    assert len(text_of(a_docx(*["chữ " * 1000] * 100)) or "") == MOST


def test_damaged_and_hostile_files_are_refused_not_obeyed() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    for broken in (
        a_pdf(WORDS)[:200],
        a_docx("<w:p><w:t>", raw=True),
        a_docx(bomb, whole=True),
        a_docx("<w:p>" + "<w:r>" * 3000 + "</w:r>" * 3000 + "</w:p>", raw=True),
    ):
        with pytest.raises(NoText):
            text_of(broken)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (17 * 1024 * 1024))
    with pytest.raises(NoText):
        text_of(packed.getvalue())
