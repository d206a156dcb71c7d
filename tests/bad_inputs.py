"""What careless and hostile people type and bring: texts by name, files by name. Data only; the tests use them."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

MEGABYTE: Final = "Đơn kiến nghị của tổ dân phố. " * 35_000

TEXTS: Final[dict[str, str]] = {
    "empty": "",
    "blanks": " \t \n  \u00a0 ",
    "a megabyte": MEGABYTE,
    "a megabyte without a blank": "đ" * 1_000_000,
    "null": "Nguyễn\x00Văn A",
    "controls": "a\x01b\x07c\x1bd\x7fe\x85f",
    "right to left": "abc\u202egnp.exe\u202c \u200f\u200e",
    "isolates": "\u2066a\u2069 \u2067b\u2069",
    "emoji": "👨‍👩‍👧‍👦 🏳️‍🌈 \U0001f1fb\U0001f1f3",
    "decomposed": "Nguye\u0302\u0303n Va\u0306n \u0110u\u031b\u0301c",
    "zero width": "Ngu\u200byễn\u200c Văn\u200d\ufeff A\u2060",
    "many marks": "a" + "\u0301" * 3_000,
    "formula": "=cmd|'/c calc'!A1",
    "formulas": '+1+1\n-2\n@SUM(A1)\n=HYPERLINK("http://x")',
    "markup": "<b>đậm</b> <font size=99>x</font> <img src='/etc/passwd'/> <para><br/>",
    "broken markup": "<b><i>lệch</b></i> & < > &amp; &#0; <seq id='x'/> ]]>",
    "lone surrogate": "a\ud800b",
    "low surrogate first": "\udc00\ud83d",
    "sql": "'; DROP TABLE reception; --",
    "search syntax": 'NEAR("a" "b", 5) OR * AND ^x {y}: "',
    "template": "{0} {name} {__class__} %s %(x)s ${HOME} $(id)",
    "path": "../../../etc/passwd",
    "windows path": "C:\\Windows\\System32\\..\\con:aux|nul",
    "lines": "\r\n\u2028\u2029\x0b\x0cdòng\r\n\n\n",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "old letters": "NguyÔn V¨n §øc",
    "huge number": "9" * 400,
    "not a number": "NaN Infinity -1e309 0x10 ١٢٣",
    "html": "<script>alert(1)</script><a href='file:///etc'>x</a>",
    "json": '{"a": [1, 2, {"b": null}]}',
    "one very long line of words": "x " * 60_000,
}


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
    b'"/xl/worksheets/sheet1.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    b' Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = (
    b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    b'<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_BOOK_RELS = _RELS.replace(
    b"officeDocument/2006/relationships/officeDocument", b"officeDocument/2006/relationships/worksheet"
).replace(b"xl/workbook.xml", b"worksheets/sheet1.xml")


def excel(sheet: bytes, **more: bytes) -> bytes:
    """A workbook around the XML of a sheet."""
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, "xl/workbook.xml": _BOOK}
    parts |= {"xl/_rels/workbook.xml.rels": _BOOK_RELS, "xl/worksheets/sheet1.xml": sheet}
    return _zip({**parts, **{name.replace("__", "/"): content for name, content in more.items()}})


def _sheet(rows: bytes) -> bytes:
    head = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    return head + rows + b"</sheetData></worksheet>"


def _cell(text: bytes) -> bytes:
    return b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + text + b"</t></is></c></row>"


_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><l>&j;</l>"
)
_OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>'


def _png(wide: int, high: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 2_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _bomb() -> bytes:
    rows = b'<row><c t="inlineStr"><is><t>' + b"A" * 120_000_000 + b"</t></is></c></row>"
    return excel(_sheet(rows))


_NOISE = Random("noise").randbytes(20_000)

CONTENTS: Final[dict[str, Callable[[], bytes]]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"\0",
    "random bytes": lambda: _NOISE,
    "a zip of nothing": lambda: _zip({}),
    "half a zip": lambda: _zip({"a": _NOISE})[:9_000],
    "a zip head and noise": lambda: b"PK\x03\x04" + _NOISE,
    "an old Excel head and noise": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _NOISE,
    "a zip bomb as a table": _bomb,
    "a zip bomb as a text": lambda: _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b" " * 150_000_000}),
    "a table that tells jokes": lambda: excel(_LAUGHS),
    "a text that tells jokes": lambda: _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": _LAUGHS}),
    "a table that reads the disk": lambda: excel(_OUTSIDE),
    "a text that reads the disk": lambda: _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": _OUTSIDE}),
    "a table with outside links": lambda: excel(
        _sheet(b'<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>1</v></c></row>'),
        xl__externalLinks__externalLink1=b"<externalLink/>",
    ),
    "a table with a last cell far away": lambda: excel(
        _sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    ),
    "a table with broken numbers": lambda: excel(_sheet(b'<row r="x"><c r="0"><v>nan</v></c><c r="A-1"/></row>')),
    "a table with a long cell": lambda: excel(_sheet(_cell(b"a" * 2_000_000))),
    "a table without a sheet": lambda: _zip({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS}),
    "a zip with names that climb": lambda: _zip({"../../x": b"x", "/etc/passwd": b"x", "C:\\x": b"x"}),
    "a picture bomb": lambda: _png(60_000, 60_000),
    "a picture of no size": lambda: _png(0, 0),
    "half a picture": lambda: _png(300, 300)[:200],
    "a jpeg head and noise": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + _NOISE,
    "a pdf head and noise": lambda: b"%PDF-1.7\n" + _NOISE,
    "a pdf that goes round": lambda: (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 999999>>endobj "
        b"trailer<</Root 1 0 R/Prev 0>>startxref\n0\n%%EOF"
    ),
    "a program": lambda: b"MZ" + _NOISE,
    "a script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "deep json": lambda: b"[" * 200_000,
    "json of a number": lambda: b"1" * 6_000,
    "json of wrong kinds": lambda: b'[{"name": 1, "date": "0000-00-00", "people": 1e400, "documents": {}}, 5, null]',
    "toml of wrong kinds": lambda: b"day = 5\n[[other]]\nx = 1979-05-27\n",
    "text in utf-16": lambda: "1. Nguyễn Văn A\n2. Lê B\n".encode("utf-16"),
    "text with nulls": lambda: b"a\0b\0\0c\n" * 500,
    "broken utf-8": lambda: b"Nguy\xc3(n \xf0\x28\x8c\x28\n" * 50,
    "quotes without an end": lambda: b'"a,b\n' * 3_000,
    "one line without an end": lambda: b"a," * 600_000,
    "formulas in csv": lambda: "Họ tên;Địa chỉ\n=cmd|'/c calc'!A1;+1\n@x;-1\n".encode(),
    "five thousand people": lambda: "".join(f"{n}. Nguyễn Văn {n};Số {n} phố X\n" for n in range(1, 5_001)).encode(),
    "html": lambda: b"<html><table><tr><td>1</td></tr></table></html>",
}

ENDINGS: Final = (".xlsx", ".csv", ".json", ".pdf", ".toml")


def write(path: Path, name: str) -> Path:
    """The file of that name."""
    path.write_bytes(_made(name))
    return path


_CACHE: dict[str, bytes] = {}


def _made(name: str) -> bytes:
    if name not in _CACHE:
        _CACHE[name] = CONTENTS[name]()
    return _CACHE[name]


def places(folder: Path, ending: str) -> dict[str, Path]:
    """Paths that are no ordinary files."""
    found = {"missing": folder / f"khong co{ending}", "a folder": folder / f"thu muc{ending}"}
    found["a folder"].mkdir(exist_ok=True)
    found["a file as a folder"] = write(folder / "tep", "one byte") / f"x{ending}"
    found["a very long name"] = folder / ("x" * 300 + ending)
    if os.name == "posix":
        for name, device in (("zeros", "/dev/zero"), ("nothing", "/dev/null")):
            link = folder / f"{name}{ending}"
            if not link.is_symlink():
                link.symlink_to(device)
            found[f"a device of {name}"] = link
        pipe = folder / f"pipe{ending}"
        if not pipe.exists():
            os.mkfifo(pipe)
        found["a pipe nobody writes into"] = pipe
    return found
