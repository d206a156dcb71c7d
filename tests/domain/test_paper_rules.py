"""Papers are named by a rule, and what must not be kept is refused with its reason."""

from __future__ import annotations

import unicodedata

import pytest

from tcd_desktop.domain.papers.media import Media
from tcd_desktop.domain.papers.paper_rules import (
    LONGEST_NAME,
    PaperLimits,
    checked_media,
    clean_name,
    next_running,
    number_mark,
    rule_name,
    slug,
    title_of,
)
from tcd_desktop.domain.problems import Refused
from tests.papers import bomb, picture, scan_pdf

PDF = Media("application/pdf", "pdf")


def test_a_paper_is_named_by_number_running_number_and_kind() -> None:
    mark = number_mark("HS 12/2026", case=True)
    assert rule_name(mark, 1, "Đơn khiếu nại", PDF) == "HS-12-2026_01_Don-khieu-nai.pdf"
    assert number_mark("57-B/2026", case=False) == "TCD-57-B-2026"
    assert rule_name("TCD-57-2026", 12, "", Media("image/jpeg", "jpg")) == "TCD-57-2026_12_Anh-chup.jpg"


def test_running_numbers_go_on_after_the_highest() -> None:
    names = ["HS-12-2026_01_Don.pdf", "HS-12-2026_07_Anh.jpg", "HS-1-2026_99_x.pdf", "HS-12-2026 khac.pdf"]
    assert next_running("HS-12-2026", names) == 8
    assert next_running("HS-2-2026", names) == 1


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Đơn khiếu nại.pdf", "Đơn khiếu nại"),
        ("Don_khieu_nai (1).pdf", "Don khieu nai 1"),
        ("SCAN0012.pdf", ""),
        ("scan_20261123_0912.pdf", ""),
        ("IMG_2034.JPG", ""),
        ("DSC00017.jpg", ""),
        ("Ảnh chụp màn hình 2026-11-23.png", ""),
        ("20261123.pdf", ""),
        ("a3f09bc1d2.pdf", ""),
        ("z5012345678901_0a1b2c3d4e5f60718293a4b5c6d7e8f9.jpg", ""),
        ("..\\..\\x", ""),
        ("C:\\Users\\Giấy chứng nhận.pdf", "Giấy chứng nhận"),
        ("😀.pdf", ""),
        ("", ""),
    ],
)
def test_a_file_name_gives_a_title_only_when_a_person_wrote_it(name: str, title: str) -> None:
    assert title_of(name) == title


def test_decomposed_names_are_composed() -> None:
    assert title_of(unicodedata.normalize("NFD", "Đơn tố cáo.pdf")) == "Đơn tố cáo"
    assert slug(unicodedata.normalize("NFD", "Đơn tố cáo")) == "Don-to-cao"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Đơn lần 2", "Đơn lần 2.pdf"),
        ("Đơn.PDF", "Đơn.pdf"),
        ("..\\..\\x", "x.pdf"),
        ("a/b:c", "a-b-c.pdf"),
        ("Đơn 😀", "Đơn 😀.pdf"),
        ("Đơn\u202efdp.exe", "Đơnfdp.exe.pdf"),
    ],
)
def test_a_name_typed_by_hand_keeps_its_ending(typed: str, kept: str) -> None:
    assert clean_name(typed, "pdf") == kept


def test_a_name_of_300_letters_is_shortened_and_none_is_refused() -> None:
    assert len(clean_name("ẳ" * 300, "pdf")) == LONGEST_NAME
    with pytest.raises(Refused, match="name_needed"):
        clean_name(" ..//.. ", "pdf")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "attachment_empty"),
        (b"x" * 5000, "a.txt", "attachment_too_big"),
        (b"MZ", "don.pdf", "attachment_program"),
        (b"\x00" * 40, "don.pdf", "attachment_unknown"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "attachment_damaged_picture"),
        (bomb(), "a.png", "picture_too_big"),
    ],
)
def test_what_must_not_be_kept_is_refused(content: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_media(content, name, PaperLimits(file=4000))
    assert refused.value.code == code


def test_papers_are_taken() -> None:
    assert checked_media(scan_pdf(), "x").ending == "pdf"
    assert checked_media(picture(), "x").is_picture
