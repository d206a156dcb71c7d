"""Pictures of codes, made for tests."""

from __future__ import annotations

import zxingcpp

from tcd_desktop.scanners.pictures import Picture

CARD = "001168012345|012345678|NGUYỄN THỊ ẨN|05091968|Nữ|Số 12 ngõ 34 phố Quỹ Đỗ, Hà Nội|01082024"
OTHER = "https://example.org/khong-phai-the"


def code(text: str, scale: int = 4) -> Picture:
    """A QR code on white."""
    image = memoryview(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=scale))
    height, width = image.shape
    return framed(Picture(width, height, image.tobytes()), 30)


def whole(width: int, height: int, grey: int) -> Picture:
    """One grey everywhere."""
    return Picture(width, height, bytes([grey]) * (width * height))


def framed(picture: Picture, edge: int) -> Picture:
    """With white around."""
    side, wide = b"\xff" * edge, picture.width + 2 * edge
    lines = [picture.pixels[at : at + picture.width] for at in range(0, len(picture.pixels), picture.width)]
    blank = [b"\xff" * wide] * edge
    return Picture(wide, picture.height + 2 * edge, b"".join([*blank, *(side + line + side for line in lines), *blank]))


def beside(*pictures: Picture) -> Picture:
    """Side by side on white."""
    height = max(picture.height for picture in pictures)
    lines = []
    for row in range(height):
        for picture in pictures:
            line = picture.pixels[row * picture.width : (row + 1) * picture.width]
            lines.append(line if row < picture.height else b"\xff" * picture.width)
    return Picture(sum(picture.width for picture in pictures), height, b"".join(lines))


def turned(picture: Picture, times: int) -> Picture:
    """Turned by quarters."""
    for _quarter in range(times):
        columns = [picture.pixels[at :: picture.width][::-1] for at in range(picture.width)]
        picture = Picture(picture.height, picture.width, b"".join(columns))
    return picture


def coloured(picture: Picture) -> Picture:
    """The same in three colours."""
    return Picture(picture.width, picture.height, b"".join(bytes([grey]) * 3 for grey in picture.pixels), 3)
