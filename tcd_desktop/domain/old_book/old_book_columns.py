"""What the columns of an old book mean, known by their headings: Mẫu số 03/TCD of 2021 and 2026, and books like it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.old_book.old_book_sheet import Cell, Sheet

REASON: Final = "Lý do chưa nhập được"
"""The heading of the column that a file of refused rows has beyond the book's own."""
REASON_FOLDED: Final = fold(REASON)


class BookColumn(StrEnum):
    """The meaning of a column (reception.md 2.3). IGNORE: it is not taken."""

    IGNORE = "ignore"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    NAME_ADDRESS = "name_address"
    NAME = "name"
    ADDRESS = "address"
    BIRTH = "birth_date"
    ID_NUMBER = "id_number"
    ID_ISSUED = "id_issued"
    PHONE = "phone"
    CONTENT = "content"
    REQUEST = "request"
    CLASS_PEOPLE = "class_people"
    CLASSIFICATION = "classification"
    PEOPLE = "people"
    SETTLED_BY = "settled_by"
    ACCEPT = "accept"
    GUIDE = "guide"
    FORWARD = "forward"
    DIRECTION = "direction"
    FOLLOW_UP = "follow_up"
    NOTE = "note"
    KIND = "kind"
    RECEIVER = "receiver"
    DOCUMENTS = "documents"


Mapping = tuple[BookColumn, ...]

_HEADINGS: Final = tuple(
    (re.compile(pattern), column)
    for pattern, column in (
        (r"^(stt|tt|so tt|so thu tu|so|no\.?)$|^so (thu tu|tt)\b", BookColumn.NUMBER),
        (r"ten\b.*\bdia chi", BookColumn.NAME_ADDRESS),
        (r"so (dien thoai|dt)\b|dien thoai|\bsdt\b|^dt$", BookColumn.PHONE),
        (r"ngay (thang )?(nam )?sinh|nam sinh|^sinh", BookColumn.BIRTH),
        (r"tai lieu|(giay to|ho so) (kem|nop|ban giao)", BookColumn.DOCUMENTS),
        (r"^ngay,? ?(va )?noi cap|^ngay cap|^noi cap", BookColumn.ID_ISSUED),
        (r"cccd|cmnd|cmt|can cuoc|chung minh|ho chieu|dinh danh|giay to", BookColumn.ID_NUMBER),
        (r"phan loai.*so nguoi|so nguoi.*phan loai", BookColumn.CLASS_PEOPLE),
        (r"so nguoi|so luong nguoi|so cong dan|so luot nguoi", BookColumn.PEOPLE),
        (r"phan loai|loai (don|vu viec|viec)", BookColumn.CLASSIFICATION),
        (r"loai (hinh )?tiep|hinh thuc tiep|loai ky tiep", BookColumn.KIND),
        (r"(nguoi|can bo|lanh dao|cong chuc|chu tri) (tiep|chu tri)|^nguoi tiep", BookColumn.RECEIVER),
        (r"(co quan|don vi|cap).*\bda (giai quyet|xem xet)|da giai quyet", BookColumn.SETTLED_BY),
        (r"tra (lai )?don|huong dan", BookColumn.GUIDE),
        (r"chuyen (don|den|co quan|ho so)|^chuyen", BookColumn.FORWARD),
        (r"thu ly|tiep nhan de giai quyet", BookColumn.ACCEPT),
        (r"huong (xu ly|giai quyet)|hinh thuc xu ly|xu ly don|^xu ly$", BookColumn.DIRECTION),
        (r"theo doi|ket qua|tinh hinh giai quyet", BookColumn.FOLLOW_UP),
        (r"noi dung|tom tat|su viec|vu viec|trich yeu", BookColumn.CONTENT),
        (r"yeu cau|de nghi|nguyen vong", BookColumn.REQUEST),
        (r"dia chi|noi o|cu tru|thuong tru|ho khau|noi cu ngu", BookColumn.ADDRESS),
        (r"ghi chu", BookColumn.NOTE),
        (r"^gio\b|^thoi diem|gio tiep", BookColumn.TIME),
        (r"^ngay|thoi gian", BookColumn.DATE),
        (r"ho (va )?ten|ten (cong dan|nguoi)|^cong dan|^nguoi (den|khieu nai|nop)", BookColumn.NAME),
    )
)
"""The first that fits a folded heading decides, so the narrow ones stand before the wide ones."""

LAYOUT_2026: Final = (
    BookColumn.NUMBER, BookColumn.DATE, BookColumn.NAME_ADDRESS, BookColumn.ID_NUMBER, BookColumn.CONTENT,
    BookColumn.CLASSIFICATION, BookColumn.PEOPLE, BookColumn.SETTLED_BY, BookColumn.ACCEPT, BookColumn.GUIDE,
    BookColumn.FORWARD, BookColumn.FOLLOW_UP, BookColumn.NOTE,
)  # fmt: skip
"""Mẫu số 03/TCD of NĐ 154/2026, 13 columns."""

LAYOUT_2021: Final = (*LAYOUT_2026[:5], BookColumn.CLASS_PEOPLE, *LAYOUT_2026[7:])
"""Mẫu số 03/TCD of TT 04/2021, 12 columns: classification and number of people share one."""

LOOKED_AT: Final = 60
"""Rows in which the headings are looked for."""
LONGEST_HEADING: Final = 120
_NUMBERING: Final = re.compile(r"\(?(\d{1,2})\)?[.)]?|\(?[a-z]\)?", re.IGNORECASE)
_DAY: Final = re.compile(r"\d{1,2}[/.\-]\d{1,2}")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand (rows from 0, both included) and what each column means. Data begins at `data`."""

    first: int
    last: int
    data: int
    headings: tuple[str, ...]
    columns: Mapping

    @property
    def signature(self) -> str:
        """The same for every file with these headings: under it the mapping is remembered."""
        folded = [fold(heading) for heading in self.headings]
        words = "|".join(heading for heading in folded if heading not in ("", REASON_FOLDED))
        return hashlib.sha256(words.encode("utf-8")).hexdigest()[:32]

    @property
    def known(self) -> int:
        """How many columns have a meaning."""
        return sum(column is not BookColumn.IGNORE for column in self.columns)


def column_of(heading: str) -> BookColumn:
    """The meaning of a heading; IGNORE when it is not known."""
    words = " ".join(re.sub(r"[^\w.]+", " ", fold(heading)).split())
    if not words or len(words) > LONGEST_HEADING:
        return BookColumn.IGNORE
    return next((column for pattern, column in _HEADINGS if pattern.search(words)), BookColumn.IGNORE)


def recognise(sheet: Sheet) -> Layout:
    """The headings of a sheet, found by what they say; the first row when nothing is known."""
    rows = range(min(len(sheet.rows), LOOKED_AT))
    scores = [_score(sheet, row) for row in rows]
    best = max(rows, key=lambda row: (scores[row], -row), default=0)
    if not scores or scores[best] < 2:
        return _by_number(sheet) or layout_at(sheet, 0, 0)
    first = best - 1 if best and scores[best - 1] >= 2 else best
    last = best
    if first == best and best + 1 < len(scores) and scores[best + 1] >= 2 and _stands_under(sheet, best + 1, best):
        last = best + 1
    return layout_at(sheet, first, last)


def layout_at(sheet: Sheet, first: int, last: int) -> Layout:
    """The layout when the headings stand in these rows."""
    headings, meanings = [], []
    for column in range(sheet.width):
        leaf, whole = _heading(sheet, first, last, column)
        meaning = column_of(leaf)
        meanings.append(column_of(whole) if meaning is BookColumn.IGNORE else meaning)
        headings.append(whole)
    data = last + 1
    while data < len(sheet.rows) and (_is_numbering(sheet, data) or _is_blank(sheet, data)):
        data += 1
    return Layout(first, last, data, tuple(headings), _once_each(meanings))


def _by_number(sheet: Sheet) -> Layout | None:
    """A sheet without words above its columns, but with the form's numbers 1 to 12 or 13."""
    for row in range(min(len(sheet.rows), LOOKED_AT)):
        filled = sum(not cell.is_empty for cell in sheet.rows[row])
        if _is_numbering(sheet, row) and filled in (len(LAYOUT_2021), len(LAYOUT_2026)):
            columns = LAYOUT_2026 if filled == len(LAYOUT_2026) else LAYOUT_2021
            padded = columns + (BookColumn.IGNORE,) * (sheet.width - filled)
            headings = tuple(sheet.cell(row, column).text for column in range(sheet.width))
            return Layout(row, row, row + 1, headings, padded[: sheet.width])
    return None


def _heading(sheet: Sheet, first: int, last: int, column: int) -> tuple[str, str]:
    """(the lowest heading of a column, all of them from top to bottom)."""
    texts: list[str] = []
    for row in range(first, min(last, len(sheet.rows) - 1) + 1):
        cell = sheet.cell(row, column)
        text = " ".join(cell.text.split())
        if text and cell.joined != "above" and text not in texts:
            texts.append(text)
    return (texts[-1] if texts else "", " / ".join(texts))


def _once_each(meanings: Sequence[BookColumn]) -> Mapping:
    """One heading over two columns "Phân loại đơn/Số người" means both; otherwise a meaning holds once."""
    found: list[BookColumn] = []
    for meaning in meanings:
        if meaning is BookColumn.CLASS_PEOPLE and found and found[-1] is BookColumn.CLASS_PEOPLE:
            found[-1] = BookColumn.CLASSIFICATION
            found.append(BookColumn.PEOPLE)
        else:
            found.append(BookColumn.IGNORE if meaning in found else meaning)
    return tuple(found)


def _score(sheet: Sheet, row: int) -> int:
    """How many different columns the cells of a row name."""
    cells = [cell for cell in sheet.rows[row] if cell.joined != "above"]
    named = {column_of(cell.text) for cell in cells if _may_be_heading(cell)} - {BookColumn.IGNORE}
    return 0 if len([cell for cell in cells if not cell.is_empty]) < 2 else len(named)


def _may_be_heading(cell: Cell) -> bool:
    return bool(cell.text.strip()) and len(cell.text) <= LONGEST_HEADING and not cell.numeric and cell.day is None


def _looks_like_data(sheet: Sheet, row: int) -> bool:
    return any(cell.day is not None or cell.numeric or _DAY.match(cell.text.strip()) for cell in sheet.rows[row])


def _stands_under(sheet: Sheet, row: int, above: int) -> bool:
    """A second row of headings has few of them, and none of its cells looks like a value."""
    own, whole = (sum(not cell.is_empty for cell in sheet.rows[at]) for at in (row, above))
    return own * 2 <= whole and not _looks_like_data(sheet, row)


def _is_numbering(sheet: Sheet, row: int) -> bool:
    """The row "(1) (2) (3) ..." under the headings."""
    texts = [cell.text.strip() for cell in sheet.rows[row] if not cell.is_empty]
    found = [match for text in texts if (match := _NUMBERING.fullmatch(text))]
    if len(texts) < 4 or len(found) != len(texts):
        return False
    numbers = [int(match[1]) for match in found if match[1]]
    return len(numbers) >= 3 and numbers == sorted(set(numbers))


def _is_blank(sheet: Sheet, row: int) -> bool:
    return all(cell.is_empty for cell in sheet.rows[row])
