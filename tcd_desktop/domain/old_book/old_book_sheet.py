"""A sheet of an old book as it was read from a file, before anybody says what its columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal

from tcd_desktop.domain.language.legacy_text import (
    FONT_OF,
    Mended,
    common_encoding,
    font_encoding,
    misleading_fonts,
    read_runs,
    read_text,
)

Joined = Literal["", "left", "above"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `raw` is what the file has, `text` the same in proper Unicode, `mended` what was wrong with it.

    `numeric`: the file keeps a number, so zeros before it are lost. `day`, `at`: the file keeps a date or a time.
    `joined`: part of a merged cell whose content stands at the left or above (it is repeated here).
    `runs` are parts with fonts of their own: ((text, font), ...).
    """

    raw: str = ""
    text: str = ""
    font: str = ""
    mended: Mended | None = None
    day: date | None = None
    at: time | None = None
    numeric: bool = False
    joined: Joined = ""
    runs: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing of its own stands here."""
        return not self.text.strip() or bool(self.joined)


EMPTY = Cell()
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the file: its name and its rows. `number` of a row is its place + 1, as Excel counts."""

    name: str
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """A cell by place from 0; an empty one where the file has none."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else EMPTY


def readable(name: str, rows: Sequence[Row], *, fonts: bool = True) -> Sheet:
    """The sheet with every cell in proper Unicode. `fonts`: the file says which font a cell has (CSV does not)."""
    if not fonts:
        common = common_encoding(cell.raw for row in rows for cell in row)
        font = FONT_OF[common] if common else ""
        return Sheet(name, tuple(tuple(_read(cell, font) for cell in row) for row in rows))
    wrong = misleading_fonts((cell.raw, cell.font) for row in rows for cell in row)
    return Sheet(
        name, tuple(tuple(_read(cell, "" if cell.font in wrong else cell.font) for cell in row) for row in rows)
    )


def _read(cell: Cell, font: str) -> Cell:
    if cell.raw.isascii():
        return cell if cell.text == cell.raw else replace(cell, text=cell.raw)
    if len(cell.runs) > 1 and len({font_encoding(name) for _text, name in cell.runs}) > 1:
        reading = read_runs(cell.runs)
    else:
        reading = read_text(cell.raw, font)
    return replace(cell, text=reading.text, mended=reading.mended)
