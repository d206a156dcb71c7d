"""The list of a group from a file the citizens bring (.xlsx, .xls, .csv, .txt)."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from tcd_desktop.domain.people.group_rules import MAX_MEMBERS
from tcd_desktop.domain.people.member_list import MemberList, members_from_rows, members_from_text
from tcd_desktop.domain.problems import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
"""A packed table may unpack to any size; a list of people never does."""
MOST_ROWS = MAX_MEMBERS + 100
MOST_COLUMNS = 30


def read_members(path: Path) -> MemberList:
    """The people of a list, from the first sheet that has names.

    Raises Refused("list_unreadable" | "list_too_big" | "list_kind" | "list_empty").
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused("list_too_big", file=path.name)
        if not path.is_file():  # a folder, a device, a pipe nobody writes into
            raise Refused("list_unreadable", file=path.name)
    except (OSError, ValueError) as error:
        raise Refused("list_unreadable", file=path.name) from error
    readers = {".xlsx": _xlsx, ".xlsm": _xlsx, ".xls": _xls, ".csv": _text, ".txt": _text, ".tsv": _text}
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        raise Refused("list_kind", file=path.name)
    try:
        lists = reader(path)
    except Refused:
        raise
    except Exception as error:  # a library's own errors about a broken file are as many as there are ways to break it
        raise Refused("list_unreadable", file=path.name) from error
    found = next((one for one in lists if one.members), None)
    if found is None:
        raise Refused("list_empty", file=path.name)
    return found


def _xlsx(path: Path) -> list[MemberList]:
    from io import BytesIO
    from zipfile import ZipFile

    from openpyxl import load_workbook

    content = BytesIO(path.read_bytes())  # the library leaves a file open that it cannot read
    with ZipFile(content) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise Refused("list_too_big", file=path.name)
    book = load_workbook(content, read_only=True, data_only=True)
    try:
        return [
            members_from_rows(
                [_cell(value) for value in row]
                for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
            )
            for sheet in book.worksheets
        ]
    finally:
        book.close()


def _xls(path: Path) -> list[MemberList]:
    import xlrd

    book = xlrd.open_workbook(str(path))
    lists = []
    for sheet in book.sheets():
        rows = range(min(sheet.nrows, MOST_ROWS))
        columns = range(min(sheet.ncols, MOST_COLUMNS))
        lists.append(members_from_rows([[_xls_cell(book, sheet.cell(row, at)) for at in columns] for row in rows]))
    return lists


def _xls_cell(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return _cell(xlrd.xldate_as_datetime(cell.value, book.datemode))
    return _cell(cell.value)


def _text(path: Path) -> list[MemberList]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("list_unreadable", file=path.name) from error
    if path.suffix.casefold() == ".csv" and "\t" not in text:
        mark = ";" if text.count(";") > text.count(",") else ","
        return [members_from_rows(list(csv.reader(text.splitlines(), delimiter=mark))[:MOST_ROWS])]
    return [members_from_text(text)]


def _cell(value: object) -> str:
    """As people read it: a day as a day, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
