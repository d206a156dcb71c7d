"""The QR of a paper is the standard's: the same modules as reportlab's encoder makes, and a reader reads it back."""

from __future__ import annotations

import random

import pytest
from reportlab.graphics.barcode.qrencoder import QRAlphaNum, QRCode, QRErrorCorrectLevel

from tcd_desktop.documents.qr import LETTERS, MASK, code_modules
from tcd_desktop.domain.papers.paper_code import PaperCode


def slowly(text: str, version: int) -> tuple[tuple[bool, ...], ...]:
    """The same QR by reportlab alone."""
    code = QRCode(version, QRErrorCorrectLevel.M)
    code.addData(QRAlphaNum(text))
    code.makeImpl(False, MASK)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


@pytest.mark.parametrize(
    ("version", "length"), [(2, 1), (2, 37), (2, 38), (3, 39), (3, 61), (4, 62), (4, 90), (5, 122)]
)
def test_a_text_of_any_length_has_the_modules_of_the_standard(version: int, length: int) -> None:
    dice = random.Random(length)
    for _ in range(20):
        text = "".join(dice.choices(LETTERS, k=length))
        assert code_modules(text) == slowly(text, version)


@pytest.mark.parametrize("text", ["", "0", "TCD1:HN-BD:57/2026:RECEIPT-SLIP", "$" * 38, "0" * 61])
def test_awkward_texts_have_them_too(text: str) -> None:
    assert code_modules(text) == slowly(text, 2 if len(text) <= 38 else 3)


def test_a_reader_reads_it_back() -> None:
    import zxingcpp
    from PIL import Image

    for number in (1, 57, 9_999_999):
        text = str(PaperCode(office="HN-BD", number=number, series="B", year=2026, kind="denunciation-withdrawal"))
        rows = code_modules(text)
        edge = len(rows) + 8
        picture = Image.new("L", (edge, edge), 255)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                picture.putpixel((x + 4, y + 4), 0 if dark else 255)
        [found] = zxingcpp.read_barcodes(picture.resize((edge * 4, edge * 4), Image.Resampling.NEAREST))
        assert found.text == text


@pytest.mark.parametrize("text", ["chữ thường", "a", "É", "X" * 123])
def test_what_does_not_fit_the_set_or_the_paper_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"substring not found|too long"):
        code_modules(text)
