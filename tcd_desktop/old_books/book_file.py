"""An old book's file: which kind it is, its sheets, and one sheet read at a time.

    book = open_book(path)
    sheet = read_sheet(book, 0, progress)

Nobody made these files for this program: everything in them is bounded before it is believed, and what cannot be
read is told by `Refused` with one of the codes book_...
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from tcd_desktop.domain.old_book.old_book_sheet import Row, Sheet, readable
from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress, SilentProgress

MOST_BYTES: Final = 40 * 2**20
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 80
MOST_SHEETS: Final = 60
LONGEST_CELL: Final = 32_767
"""What Excel itself keeps in a cell."""
BLANK_ROWS: Final = 2_000
"""After so many empty rows a sheet has ended, however many Excel says it has."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


class BookKind(StrEnum):
    """The kind of file, known by its content and not by its name."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class BookFile:
    """An opened file. `content` is all of it; `sheets` the names of its sheets that are not hidden away."""

    name: str
    sha256: str
    kind: BookKind
    content: bytes
    sheets: tuple[str, ...]


def open_book(path: Path) -> BookFile:
    """Reads a file and the names of its sheets.

    Raises Refused("file_missing" | "file_unreadable" | "book_empty" | "book_too_big" | "book_password" |
    "book_damaged" | "book_unknown").
    """
    content = _content(path)
    kind = _kind(content, path.name)
    if kind is BookKind.XLSX:
        from tcd_desktop.old_books.excel_file import sheet_names

        sheets = sheet_names(content, path.name)
    elif kind is BookKind.XLS:
        from tcd_desktop.old_books.old_excel_file import sheet_names as old_sheet_names

        sheets = old_sheet_names(content, path.name)
    else:
        sheets = (path.stem,)
    if not sheets:
        raise Refused("book_empty", file=path.name)
    return BookFile(path.name, hashlib.sha256(content).hexdigest(), kind, content, sheets[:MOST_SHEETS])


def read_sheet(book: BookFile, index: int, progress: Progress | None = None) -> Sheet:
    """One sheet in proper Unicode. Raises Refused as `open_book`, and "book_too_many_rows"; Cancelled."""
    watch = progress or SilentProgress()
    rows: list[Row]
    if book.kind is BookKind.XLSX:
        from tcd_desktop.old_books.excel_file import read_rows

        rows = read_rows(book.content, book.name, index, watch)
    elif book.kind is BookKind.XLS:
        from tcd_desktop.old_books.old_excel_file import read_rows as read_old_rows

        rows = read_old_rows(book.content, book.name, index, watch)
    else:
        from tcd_desktop.old_books.csv_file import read_rows as read_csv_rows

        rows = read_csv_rows(book.content, book.name, watch)
    while rows and all(cell.is_empty for cell in rows[-1]):
        rows.pop()
    return readable(book.sheets[index], rows, fonts=book.kind is not BookKind.CSV)


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():  # a folder; a device without an end; a pipe nobody writes into
            raise Refused("file_unreadable", file=path.name)
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise Refused("file_missing", file=path.name) from error
    except OSError as error:
        raise Refused("file_unreadable", file=path.name) from error
    if not content:
        raise Refused("book_empty", file=path.name)
    if len(content) > MOST_BYTES:
        raise Refused("book_too_big", file=path.name, most=MOST_BYTES // 2**20)
    return content


def _kind(content: bytes, name: str) -> BookKind:
    if content.startswith(_ZIP):
        return BookKind.XLSX
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise Refused("book_password", file=name)
        return BookKind.XLS
    if content[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):
        return BookKind.XLS  # Excel 2 to 4: one bare stream
    head = content[:4096]
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"%pdf", b"{\\rtf")):
        raise Refused("book_unknown", file=name)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head:
        return BookKind.CSV
    odd, even = head[1::2].count(0) / len(head), head[::2].count(0) / len(head)
    if max(odd, even) > 0.2 and min(odd, even) < 0.02:
        return BookKind.CSV  # UTF-16 without its mark
    raise Refused("book_unknown", file=name)
