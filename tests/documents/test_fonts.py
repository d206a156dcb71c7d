"""The shipped fonts can write Vietnamese and are as wide as Times New Roman."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFontFace

from tcd_desktop.documents.fonts import Face, register_fonts, text_width, widths
from tcd_desktop.paths import shipped
from tests.documents.slips import LETTERS

FOLDER = shipped("resources", "fonts")
TIMES = {
    Face.REGULAR: "Times-Roman",
    Face.BOLD: "Times-Bold",
    Face.ITALIC: "Times-Italic",
    Face.BOLD_ITALIC: "Times-BoldItalic",
}


def test_there_are_134_vietnamese_letters_outside_ascii() -> None:
    assert len(LETTERS) == 134


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ttf")), ids=lambda path: path.name)
def test_every_shipped_font_has_every_vietnamese_letter(path: Path) -> None:
    face = TTFontFace(str(path))
    assert [letter for letter in LETTERS if ord(letter) not in face.charToGlyph] == []


def test_paper_and_window_have_four_faces_each_with_their_licences() -> None:
    names = {path.name for path in FOLDER.iterdir()}
    paper = {f"{face}.ttf" for face in Face}
    window = {f"BeVietnamPro-{weight}.ttf" for weight in ("Regular", "Medium", "SemiBold", "Bold")}
    assert paper | window == {name for name in names if name.endswith(".ttf")}
    for licence in ("OFL-LiberationSerif.txt", "OFL-BeVietnamPro.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / licence).read_text(encoding="utf-8")


@pytest.mark.parametrize("face", list(Face))
def test_a_text_is_as_wide_as_in_times_new_roman(face: Face) -> None:
    times = pdfmetrics.getFont(TIMES[face])
    ours = widths(face)
    different = [
        letter
        for letter in string.ascii_letters + string.digits + " .,:;()-/"
        if abs(ours.of(letter) - times.stringWidth(letter, 1000)) > 2
    ]
    assert different == []


def test_a_width_is_the_one_reportlab_uses_when_it_draws() -> None:
    text = "Nguyễn Thị Ẩn, phường Quỳnh Lôi"
    register_fonts()
    expected = pdfmetrics.stringWidth(text, str(Face.REGULAR), 14)
    assert text_width(text, Face.REGULAR, 14) == pytest.approx(expected)


def test_registering_again_keeps_the_same_fonts() -> None:
    register_fonts()
    before = pdfmetrics.getFont(str(Face.BOLD))
    register_fonts()
    assert pdfmetrics.getFont(str(Face.BOLD)) is before
