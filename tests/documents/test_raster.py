"""Pages as pictures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tcd_desktop.documents.raster import PageImage, page_count, page_image, page_images
from tcd_desktop.documents.receipt_slip import render_receipt_slip
from tests.documents.slips import PAPERS, SLIP


def dark_pixels(image: PageImage) -> int:
    return sum(1 for green in image.data[1::4] if green < 128)


def test_an_a4_page_has_the_pixels_of_its_resolution() -> None:
    (image,) = page_images(render_receipt_slip(SLIP), 100)
    assert (image.width, image.height) == (827, 1170)
    assert len(image.data) == image.stride * image.height == 827 * 4 * 1170


def test_the_page_is_white_with_black_writing() -> None:
    (image,) = page_images(render_receipt_slip(SLIP), 72)
    assert image.data[:3] == b"\xff\xff\xff"
    assert 2_000 < dark_pixels(image) < image.width * image.height / 5


def test_twice_the_resolution_shows_four_times_the_ink() -> None:
    pdf = render_receipt_slip(SLIP)
    small, large = page_image(pdf, 0, 150), page_image(pdf, 0, 300)
    assert large.width == pytest.approx(small.width * 2, abs=1)
    assert dark_pixels(large) == pytest.approx(dark_pixels(small) * 4, rel=0.15)


def test_all_pages_come_in_their_order() -> None:
    pdf = render_receipt_slip(replace(SLIP, papers=PAPERS * 12))
    images = page_images(pdf, 50)
    assert len(images) == page_count(pdf) == 3
    assert images[1] == page_image(pdf, 1, 50)
    assert len({image.data for image in images}) == 3


def test_several_threads_may_ask_at_once() -> None:
    pdf = render_receipt_slip(SLIP)
    expected = page_image(pdf, 0, 40)
    with ThreadPoolExecutor(4) as threads:
        assert all(image == expected for image in threads.map(lambda _: page_image(pdf, 0, 40), range(40)))


def test_bytes_that_are_no_pdf_are_refused() -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        page_images(b"not a document", 100)


def test_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(IndexError):
        page_image(render_receipt_slip(SLIP), 1, 100)
