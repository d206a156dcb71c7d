"""Finding QR codes in a picture (zxing-cpp): several in one, turned, small, in colour or grey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SMALL: Final = 900
"""Pictures whose longer side is below this are tried again twice and four times as large."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels line after line without gaps; `channels` is 1 (grey) or 3 (colours in any order)."""

    width: int
    height: int
    pixels: bytes
    channels: int = 1

    def doubled(self) -> Picture:
        """A grey picture twice as wide and high: small codes are found better so."""
        lines = []
        for at in range(0, len(self.pixels), self.width):
            line = self.pixels[at : at + self.width]
            both = bytearray(2 * self.width)
            both[0::2] = line
            both[1::2] = line
            lines += [bytes(both), bytes(both)]
        return Picture(2 * self.width, 2 * self.height, b"".join(lines))


def codes_in(picture: Picture, *, thorough: bool = True) -> tuple[str, ...]:
    """The texts of all QR codes in a picture, each once; () when there is none.

    `thorough` takes its time with small pictures; a camera goes without, its next picture comes soon.
    """
    for tried in _tries(picture, thorough):
        found = dict.fromkeys(_read(tried))
        if found:
            return tuple(found)
    return ()


def _tries(picture: Picture, thorough: bool) -> Iterator[Picture]:
    yield picture
    if thorough and picture.channels == 1 and max(picture.width, picture.height) < SMALL:
        yield picture.doubled()
        yield picture.doubled().doubled()


def _read(picture: Picture) -> Iterator[str]:
    import zxingcpp

    shape = (picture.height, picture.width) if picture.channels == 1 else (picture.height, picture.width, 3)
    pixels = memoryview(picture.pixels).cast("B", shape)
    for code in zxingcpp.read_barcodes(
        pixels, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode), text_mode=zxingcpp.TextMode.Plain
    ):
        if code.valid and code.text:
            yield code.text
