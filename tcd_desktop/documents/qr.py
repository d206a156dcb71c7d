"""A small QR at the foot of a paper: which paper it is (`domain/papers/paper_code.py`), read back by the scanner.

The patterns of the frame come from reportlab's encoder, once for each version; the codewords (ISO/IEC 18004, letters
in the alphanumeric mode, error level M) are made here, because its own take a tenth of the time of a whole slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, zip_longest
from typing import Any

from tcd_desktop.documents.sheet_style import mm

ARTIFACT = "/Artifact BMC"
"""Begins what a screen reader leaves out."""

CODE_SIZE = mm(11)
"""Edge of the QR: the modules of the usual text are 0.44 mm, which a counter's scanner reads from a hand's breadth."""

CODE_FOOT = mm(6)
"""From the edge of the page to the QR: office printers leave some 4 mm white. It stays inside the bottom margin."""

MASK = 3
"""One of the standard's eight masks, always the same: readers take any, and trying all takes eight times as long."""

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""The alphanumeric set: a letter's value is its place."""

ALPHANUMERIC = "0010"
PADS = (0xEC, 0x11)

_ROOM = {2: 38, 3: 61, 4: 90, 5: 122}
"""Version -> letters of the alphanumeric set at error level M (ISO/IEC 18004 table 7)."""

_BLOCKS = {2: (1, 28, 16), 3: (1, 44, 26), 4: (2, 32, 18), 5: (2, 43, 24)}
"""Version -> blocks, codewords of data in each, of correction in each (table 9, level M)."""

Modules = tuple[tuple[bool, ...], ...]


def code_modules(text: str) -> Modules:
    """The rows of the QR, dark = True. Raises ValueError for more than 122 letters or letters outside the set."""
    version = next((version for version, room in _ROOM.items() if len(text) <= room), None)
    if version is None:
        raise ValueError("text too long for the code of a paper")
    frame, places = _frame(version)
    rows = [list(row) for row in frame]
    words = _codewords(text, version)
    bits = (word >> place & 1 for word in words for place in range(7, -1, -1))
    for (column, row), bit in zip(places, bits, strict=False):
        if bit:
            rows[row][column] = not rows[row][column]
    return tuple(map(tuple, rows))


@cache
def _frame(version: int) -> tuple[Modules, tuple[tuple[int, int], ...]]:
    """The QR without data, already masked, and where the bits of the data go, in their order."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code: Any = QRCode(version, QRErrorCorrectLevel.M)
    code.dataCache = []
    code.makeImpl(False, MASK)
    return tuple(tuple(bool(module) for module in row) for row in code.modules), tuple(code.dataPosIterator())


def _codewords(text: str, version: int) -> list[int]:
    """Data and correction, the blocks' words in turns (ISO/IEC 18004 ch. 7.4 to 7.6)."""
    blocks, room, correction = _BLOCKS[version]
    bits = ALPHANUMERIC + f"{len(text):09b}"
    values = [LETTERS.index(letter) for letter in text]
    for first, second in zip(values[::2], values[1::2], strict=False):
        bits += f"{first * 45 + second:011b}"
    if len(values) % 2:
        bits += f"{values[-1]:06b}"
    bits += "0" * min(4, blocks * room * 8 - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    words += [PADS[index % 2] for index in range(blocks * room - len(words))]
    data = [words[at : at + room] for at in range(0, len(words), room)]
    checks = [_correction(block, correction) for block in data]
    turns = chain(zip_longest(*data), zip_longest(*checks))
    return [word for turn in turns for word in turn if word is not None]


def _correction(data: Sequence[int], count: int) -> list[int]:
    """The Reed-Solomon words of a block: what is left after dividing by the generator."""
    powers, logs = _field()
    generator = _generator(count)
    rest = [*data, *[0] * count]
    for at in range(len(data)):
        if lead := rest[at]:
            log = logs[lead]
            for place, part in enumerate(generator, start=at + 1):
                rest[place] ^= powers[log + part]
    return rest[len(data) :]


@cache
def _field() -> tuple[tuple[int, ...], dict[int, int]]:
    """Powers of 2 in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1, twice round, and their logarithms."""
    powers = [1]
    for _ in range(254):
        double = powers[-1] << 1
        powers.append(double ^ 0x11D if double & 0x100 else double)
    return (*powers, *powers), {power: log for log, power in enumerate(powers)}


@cache
def _generator(count: int) -> tuple[int, ...]:
    """The logarithms of the generator's parts after the first, which is 1: (x - 1)(x - 2)(x - 4)..."""
    powers, logs = _field()
    parts = [1]
    for root in range(count):
        moved = [0, *(powers[logs[part] + root] for part in parts)]
        parts = [one ^ other for one, other in zip([*parts, 0], moved, strict=True)]
    return tuple(logs[part] for part in parts[1:])


def draw_code(canvas: Any, text: str, x: float, y: float, size: float = CODE_SIZE) -> None:
    """Draws the QR with its lower left corner at `x`, `y` (points); every run of dark modules is one rectangle."""
    rows = code_modules(text)
    side = size / len(rows)
    parts = [ARTIFACT, "q 0 g"]
    for index, row in enumerate(rows):
        bottom = y + size - (index + 1) * side
        parts += [
            f"{x + start * side:.3f} {bottom:.3f} {length * side:.3f} {side:.3f} re" for start, length in _runs(row)
        ]
    parts.append("f Q EMC")
    canvas._code.append("\n".join(parts))


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow each other."""
    start = -1
    for index, dark in enumerate((*row, False)):
        if dark and start < 0:
            start = index
        elif not dark and start >= 0:
            yield start, index - start
            start = -1
