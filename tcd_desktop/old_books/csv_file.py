"""Text files with separators: encoding (UTF-8, UTF-16, cp1258, or bytes of TCVN3 and VNI) and separator found."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Final

from tcd_desktop.domain.language.legacy_text import common_encoding, from_tcvn3, from_vni
from tcd_desktop.domain.language.syllables import words_in_vietnamese
from tcd_desktop.domain.language.text import nfc
from tcd_desktop.domain.old_book.old_book_sheet import EMPTY, Cell, Row
from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.old_books.book_file import LONGEST_CELL, MOST_BYTES, MOST_COLUMNS, MOST_ROWS

_SEPARATORS: Final = "\t;,|"
_SAMPLE: Final = 200_000
_LOOKED_AT: Final = 60


def decoded(content: bytes, name: str) -> str:
    """The text of a file. TCVN3 and VNI stay as signs: they are read cell by cell. Raises Refused("book_damaged")."""
    try:
        if content.startswith(codecs.BOM_UTF8):
            return content.decode("utf-8-sig")
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        if b"\0" in content[:4096]:
            return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    except UnicodeDecodeError as error:
        raise Refused("book_damaged", file=name) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _single_bytes(content)


def _single_bytes(content: bytes) -> str:
    """Bytes of a code page: the reading in which most words are Vietnamese."""
    signs = _latin(content)
    try:
        windows = nfc(content.decode("cp1258"))
    except UnicodeDecodeError:
        return signs
    sample, head = windows[:_SAMPLE], signs[:_SAMPLE]
    others = max(words_in_vietnamese(read(head))[0] for read in (from_tcvn3, from_vni))
    if words_in_vietnamese(sample)[0] >= others and common_encoding(head.splitlines()) is None:
        return windows
    return windows if words_in_vietnamese(sample)[0] > others else signs


def _latin(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def separator_of(text: str) -> str:
    """The sign between the columns: the one that gives the most lines with the same number of columns."""
    best, found = (0, 0), ","
    for sign in _SEPARATORS:
        widths = [len(row) for row in _parsed(text[:_SAMPLE], sign, _LOOKED_AT) if any(cell.strip() for cell in row)]
        if not widths:
            continue
        width, times = Counter(widths).most_common(1)[0]
        if width > 1 and (times, width) > best:
            best, found = (times, width), sign
    return found


def _parsed(text: str, sign: str, most: int) -> Iterator[list[str]]:
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign)):
            if number >= most:
                return
            yield row
    except csv.Error:
        return


def read_rows(content: bytes, name: str, progress: Progress) -> list[Row]:
    """The rows of the file. Raises Refused, Cancelled."""
    csv.field_size_limit(MOST_BYTES)
    text = decoded(content, name)
    rows: list[Row] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text)):
            row = tuple(_cell(value) for value in cells[:MOST_COLUMNS])
            rows.append(row)
            if len(rows) > MOST_ROWS + 100:
                raise Refused("book_too_many_rows", file=name, most=MOST_ROWS)
            if len(rows) % 200 == 0:
                stop_if_cancelled(progress)
                progress.step(len(rows), 0)
    except csv.Error as error:
        raise Refused("book_damaged", file=name) from error
    return rows


def _cell(value: str) -> Cell:
    text = value[:LONGEST_CELL]
    if not text.strip():
        return EMPTY
    digits = text.strip()
    return Cell(text, text, numeric=digits.isascii() and digits.isdigit() and not digits.startswith("0"))
