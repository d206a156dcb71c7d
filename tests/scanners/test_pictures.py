"""Codes in pictures: several, turned, small, in colour."""

from __future__ import annotations

import pytest

from tcd_desktop.scanners.pictures import Picture, codes_in
from tests.scanners.codes import CARD, OTHER, beside, code, coloured, turned, whole


def test_a_card_in_a_picture_is_read_with_its_vietnamese_letters() -> None:
    assert codes_in(code(CARD)) == (CARD,)


def test_several_codes_are_all_read_once() -> None:
    assert set(codes_in(beside(code(CARD), code(OTHER), code(CARD)))) == {CARD, OTHER}


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_turned_code_is_read(times: int) -> None:
    assert codes_in(turned(code(CARD), times)) == (CARD,)


def test_a_small_code_is_read() -> None:
    assert codes_in(code(CARD, scale=2)) == (CARD,)


def test_a_picture_in_colours_is_read() -> None:
    assert codes_in(coloured(code(CARD)), thorough=False) == (CARD,)


def test_a_picture_without_a_code_gives_nothing() -> None:
    assert codes_in(whole(300, 200, 200)) == ()
    assert codes_in(Picture(1, 1, b"\x00")) == ()


def test_doubling_keeps_every_pixel() -> None:
    assert Picture(2, 1, b"\x01\x02").doubled() == Picture(4, 2, b"\x01\x01\x02\x02" * 2)
