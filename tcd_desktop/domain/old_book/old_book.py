"""What an office brings along when it starts in the middle of a year (kê khai đầu kỳ)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OldBook:
    """One import of an old Excel or CSV book: the visits that came with it name it in `batch`.

    `columns` is the mapping as JSON, `repaired` the number of cells whose letters were mended, `refused` of rows that
    were left out. `removed`: the reason, when the whole import was taken back.
    """

    id: str
    office: str
    file_name: str
    sha256: str
    imported_on: date
    columns: str = ""
    taken: int = 0
    refused: int = 0
    repaired: int = 0
    removed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalance:
    """Số dư đầu kỳ: a figure of a report's column before this program counted (`form` "02/XLD", `column` "1")."""

    id: str
    office: str
    on: date
    form: str
    column: str
    value: int = 0
    note: str = ""
    removed: str = ""
