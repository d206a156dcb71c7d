"""Names of papers that came from elsewhere never become paths, programs or disguises."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcd_desktop.ui.cases.file_names import LONGEST, can_open, free_path, safe_name, size_words


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        ("Đơn khiếu nại.pdf", "Đơn khiếu nại.pdf"),
        ("..\\..\\x.pdf", "_.._x.pdf"),
        ("C:\\tệp.pdf", "C__tệp.pdf"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("lpt1.tar.gz", "_lpt1.tar.gz"),
        ("a.pdf\u202efdp.exe", "a.pdffdp.exe"),
        ("x.", "x"),
        ("x:ads", "x_ads"),
        ("\x00\x1f", "paper"),
        ("  .  ", "paper"),
    ],
)
def test_a_name_is_cleaned(shown: str, kept: str) -> None:
    assert safe_name(shown) == kept


def test_a_very_long_name_keeps_its_ending() -> None:
    name = safe_name("ẳ" * 5000 + ".pdf")
    assert len(name) <= LONGEST and name.endswith(".pdf")


def test_decomposed_letters_are_composed() -> None:
    assert safe_name("Đơn.pdf".replace("ơ", "o\u031b")) == "Đơn.pdf"


def test_programs_are_never_opened_papers_are() -> None:
    assert can_open("scan.PDF") and can_open("ảnh.jpg")
    assert not any(map(can_open, ("a.exe", "a.pdf\u202efdp.exe", "a.bat", "a.lnk", "a.js", "a", "a.html")))


def test_a_second_paper_of_one_name_gets_a_number(tmp_path: Path) -> None:
    first = free_path(tmp_path, "a.pdf")
    first.write_bytes(b"1")
    assert [first.name, free_path(tmp_path, "a.pdf").name] == ["a.pdf", "a (2).pdf"]


def test_sizes_are_said_as_people_write_them() -> None:
    assert [size_words(n) for n in (10, 2048, 3_600_000)] == ["1 KB", "2 KB", "3,4 MB"]
