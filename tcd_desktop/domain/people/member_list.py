"""The people of a group from lines of text or rows of a table, as they are pasted or stand in a file (danh sách đoàn).

    members_from_text("1. Nguyễn Văn A, sinh năm 1956, số 12 phố X")
    members_from_rows([["STT", "Họ và tên", "Địa chỉ"], ["1", "Nguyễn Văn A", "số 12"]])

A row of headings is recognised; without one every cell is known by how it looks. Nothing is thrown away: what is
neither name, number, birth date nor telephone becomes part of the address.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tcd_desktop.domain.language.text import clean_line, fold, title_case
from tcd_desktop.domain.people.person import Member

_HEADINGS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("speaks", ("nguoi dai dien", "dai dien")),
    ("signed", ("ky ten", "chu ky", "da ky", "ky")),
    ("birth_date", ("ngay sinh", "nam sinh", "sinh nam", "ngay thang nam sinh", "ngay, thang, nam sinh")),
    ("id_number", ("can cuoc", "cccd", "cmnd", "so dinh danh", "giay to", "ho chieu")),
    ("phone", ("dien thoai", "so dt", "sdt", "di dong")),
    ("address", ("dia chi", "noi o", "cho o", "noi cu tru", "thuong tru", "ho khau")),
    ("name", ("ho ten", "ho va ten", "ten cong dan", "ho, ten", "ten")),
)
"""Field -> words of its heading, folded; the first field that fits is meant."""

MOST_COLUMNS: Final = 60
_LOOK_FOR_HEADINGS: Final = 15
_NUMBERING: Final = re.compile(r"^\s*(?:\d{1,3}\s*[.)/:\-]|\d{1,3}\s+(?=\D)|[-–•*+])\s*")
_ORDINAL: Final = re.compile(r"\d{1,4}\.?")
_DAY: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_SAID: Final = (
    ("birth_date", re.compile(r"(?:sinh\s*(?:năm|ngày)?|năm\s*sinh|ngày\s*sinh|sn)\s*[:.]?\s*(?=\d)", re.I)),
    ("id_number", re.compile(r"(?:số\s*)?(?:cccd|cmnd|căn\s*cước|định\s*danh|hộ\s*chiếu)[^\d:]*[:.]?\s*(?=\w)", re.I)),
    ("phone", re.compile(r"(?:sđt|đt|điện\s*thoại|sdt)\s*[:.]?\s*(?=[\d+])", re.I)),
    ("address", re.compile(r"(?:địa\s*chỉ|trú\s*tại|thường\s*trú(?:\s*tại)?|ở\s*tại|đ/c)\s*[:.]?\s*", re.I)),
)
"""Words before a value that say what it is."""
_CALLED: Final = re.compile(r"^(?:ông|bà|anh|chị)\s+(?=\S+\s)", re.I)
_MARKS: Final = frozenset({"", "0", "khong", "no", "chua", "false", "-"})
_SEX: Final = frozenset({"nam", "nu"})


@dataclass(frozen=True, slots=True)
class MemberList:
    """What was read. `left_out` counts rows that had something but no name."""

    members: tuple[Member, ...]
    left_out: int = 0


def members_from_text(text: str) -> MemberList:
    """Lines as they are pasted: cells between tabs (Excel, Word), semicolons, bars or commas, numbered or not."""
    if "\t" in text:
        return members_from_rows(list(csv.reader(text.splitlines(), delimiter="\t")))
    rows = []
    for line in text.splitlines():
        line = _NUMBERING.sub("", line)
        mark = next((sign for sign in (";", "|", ",", " – ", " - ") if sign in line), None)
        rows.append(line.split(mark) if mark else [line])
    return members_from_rows(rows)


def members_from_rows(rows: Iterable[Sequence[str]]) -> MemberList:
    """Rows of a table; titles above the headings are passed over."""
    table = [[clean_line(cell) for cell in row[:MOST_COLUMNS]] for row in rows]
    at, columns = _headings(table)
    members, left_out = [], 0
    for row in table[at:]:
        if not any(row):
            continue
        member = _by_headings(row, columns) if columns else _by_looks(row)
        if member.name:
            members.append(member)
        else:
            left_out += 1
    return MemberList(tuple(members), left_out)


def birth_text(text: str) -> str:
    """ "5/9/1968" as "1968-09-05", "1968" as it is; anything else stays as it was typed."""
    if found := _DAY.fullmatch(text):
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    if found := _ISO.fullmatch(text):
        return f"{found[1]}-{found[2]}-{found[3]}"
    return text


def _headings(table: Sequence[Sequence[str]]) -> tuple[int, dict[int, str]]:
    """(first row of people, column -> field); no columns when there are no headings."""
    for at, row in enumerate(table[:_LOOK_FOR_HEADINGS]):
        columns: dict[int, str] = {}
        for column, cell in enumerate(row):
            field = _heading(fold(cell))
            if field and field not in columns.values():
                columns[column] = field
        if "name" in columns.values() and (len(columns) > 1 or len([cell for cell in row if cell]) <= 2):
            return at + 1, columns
    return 0, {}


def _heading(folded: str) -> str:
    if not folded or len(folded) > 60 or any(letter.isdigit() for letter in folded):
        return ""
    for field, words in _HEADINGS:
        if any(folded == word or (len(word) > 3 and word in folded) for word in words):
            return field
    return ""


def _by_headings(row: Sequence[str], columns: dict[int, str]) -> Member:
    cells = {field: row[column] for column, field in columns.items() if column < len(row)}
    return Member(
        name=_name(cells.get("name", "")),
        address=cells.get("address", ""),
        id_number=_whole(cells.get("id_number", ""), 12, (10, 11)),
        birth_date=birth_text(cells.get("birth_date", "")),
        phone=_whole(cells.get("phone", ""), 10, (9,)),
        speaks=fold(cells.get("speaks", "")) not in _MARKS,
        signed=fold(cells.get("signed", "")) not in _MARKS,
    )


def _whole(number: str, length: int, short: tuple[int, ...]) -> str:
    """A table that took a number for an amount dropped its zeros: they come back."""
    plain = number.replace(" ", "").replace(".", "")
    return plain.zfill(length) if plain.isdigit() and len(plain) in short else number


def _by_looks(row: Sequence[str]) -> Member:
    """Every cell by its own look; the first plain text is the name, further ones are the address."""
    cells = [cell for cell in row if cell]
    if len(cells) > 1 and _ORDINAL.fullmatch(cells[0]):
        cells = cells[1:]
    found: dict[str, str] = {}
    address = []
    for cell in cells:
        field, value = _known(cell)
        if field and field not in found and field != "address":
            found[field] = value
        elif field == "address" or "name" in found:
            address.append(value)
        elif fold(value) not in _SEX:
            found["name"] = _name(value)
    plain = [part for part in address if fold(part) not in _SEX]
    return Member(
        name=found.get("name", ""),
        address=", ".join(plain),
        id_number=found.get("id_number", ""),
        birth_date=found.get("birth_date", ""),
        phone=found.get("phone", ""),
    )


def _known(cell: str) -> tuple[str, str]:
    """(field, value) of a cell whose words or figures tell what it is; ("", the cell) else."""
    for field, said in _SAID:
        if found := said.match(cell):
            rest = cell[found.end() :]
            return field, birth_text(rest) if field == "birth_date" else rest
    figures = cell.replace(" ", "").replace(".", "")
    if _YEAR.fullmatch(figures) or _DAY.fullmatch(cell) or _ISO.fullmatch(cell):
        return "birth_date", birth_text(cell)
    if figures.isdigit() and len(figures) in (9, 12):
        return "id_number", figures
    if re.fullmatch(r"(?:\+84|0)\d{9,10}", figures):
        return "phone", figures
    if re.fullmatch(r"[A-Z]{1,2}\d{6,9}", figures):
        return "id_number", figures
    return "", cell


def _name(text: str) -> str:
    """Without "ông", "bà"; shouted names in the letters people use."""
    name = _CALLED.sub("", text)
    return title_case(name) if name.isupper() else name
