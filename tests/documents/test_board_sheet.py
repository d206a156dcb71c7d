"""The page for the chairman: one landscape page, whatever the wards; its words come back as they were written."""

from __future__ import annotations

import unicodedata
from datetime import date
from io import BytesIO

import pytest

from tcd_desktop.documents.board_sheet import BoardLine, BoardSheet, draw_board, sheet_words
from tcd_desktop.documents.raster import page_image, pdf_texts
from tcd_desktop.practice.wards import practice_wards

WARDS = [ward.name for ward in practice_wards()]


def sheet(wards: int = 18) -> BoardSheet:
    lines = [
        BoardLine(
            name=WARDS[at % len(WARDS)],
            figures={key: str(100 + at * 11) for key in sheet_words()["columns"]},
            bad=frozenset({"answers_overdue"}) if at == 3 else frozenset(),
            visits=100 + at * 7,
            late=at,
        )
        for at in range(wards)
    ]
    return BoardSheet(
        office="UBND quận Hai Bà Trưng",
        superior="UBND thành phố Hà Nội",
        officer="Nguyễn Thị Ẩn",
        since=date(2026, 9, 15),
        until=date(2026, 12, 14),
        today=date(2026, 11, 23),
        lines=tuple(lines),
        total=BoardLine("", {key: "9.999" for key in sheet_words()["columns"]}),
        months=tuple((date(2026, month, 1), month * 10) for month in range(1, 13)),
    )


@pytest.mark.parametrize("wards", [1, 18, 30])
def test_it_is_one_page_on_its_side(wards: int) -> None:
    from pypdf import PdfReader

    (page,) = PdfReader(BytesIO(draw_board(sheet(wards)))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


def test_its_words_come_back_as_composed_vietnamese() -> None:
    (text,) = pdf_texts(draw_board(sheet()), 2)
    assert text == unicodedata.normalize("NFC", text)
    told = " ".join(text.split())
    for words in (
        "UBND QUẬN HAI BÀ TRƯNG",
        "BẢNG TỔNG HỢP CÔNG TÁC TIẾP CÔNG DÂN",
        "Từ ngày 15/09/2026 đến ngày 14/12/2026",
        "Người lập: Nguyễn Thị Ẩn",
        "Tổng cộng",
        "9.999",
        *WARDS,
    ):
        assert words in told


def test_every_face_is_embedded() -> None:
    from pypdf import PdfReader

    (page,) = PdfReader(BytesIO(draw_board(sheet()))).pages
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts and all("FontFile2" in str(font["/FontDescriptor"].get_object()) for font in fonts)


def test_what_is_bad_is_marked_without_colour() -> None:
    """The triangle and the bold figure change the ink of their line; nothing on the page has a colour."""
    picture = page_image(draw_board(sheet()), 0, 60)
    pixels = memoryview(picture.data)
    assert all(pixels[at] == pixels[at + 1] == pixels[at + 2] for at in range(0, len(pixels), 4))
    good = BoardSheet(
        **{name: getattr(sheet(), name) for name in BoardSheet.__slots__}
        | {
            "lines": tuple(
                BoardLine(line.name, line.figures, frozenset(), line.visits, line.late) for line in sheet().lines
            )
        }
    )
    assert page_image(draw_board(good), 0, 60).data != picture.data


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert draw_board(sheet()) == draw_board(sheet())
