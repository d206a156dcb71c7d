"""The page of the format says what the program does: its example is real, its tables are those of the code."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from tcd_desktop.paths import shipped
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.limits import DEFAULT, GIB, KIB, MIB
from tcd_desktop.sync.manifest import KNOWN_FEATURES, BundleKind, Manifest
from tests.second_reader import zstd
from tests.second_reader.reader import opened, read

PAGE = shipped("resources", "help", "dinh-dang-goi.md").read_text(encoding="utf-8")
FOLDER = Path(__file__).parent / "example"
FILE = (FOLDER / "example.tcdb").read_bytes()
KEYS = json.loads((FOLDER / "example.json").read_text(encoding="utf-8"))
SECRET, PUBLIC = bytes.fromhex(KEYS["box_secret"]), bytes.fromhex(KEYS["box_public"])


def test_every_line_of_hex_on_the_page_stands_in_the_example() -> None:
    rows = re.findall(r"^    ([0-9a-f]{8})  ((?:[0-9a-f]{2} ?){1,16})  ", PAGE, re.M)
    inside = opened(FILE, SECRET, PUBLIC)
    assert len(rows) >= 12
    where = [0, 0]
    for at, row in rows:
        found = [data[int(at, 16) : int(at, 16) + 16] == bytes.fromhex(row) for data in (FILE, inside)]
        assert any(found), at
        where = [count + hit for count, hit in zip(where, found, strict=True)]
    assert min(where) >= 5, "both the file and its inside are shown"


@pytest.mark.skipif(not zstd.there(), reason="no zstd library or command on this machine")
def test_the_sums_on_the_page_are_those_of_the_example() -> None:
    found = read(FILE, SECRET, PUBLIC, [line.encode("ascii") for line in KEYS["roots"]], KEYS["digits"])
    says = found.manifest
    for word, value in (
        ("sha256", says["segs"][0]["sha256"]),
        ("prev  ", says["prev"]),
        ("h(1)  ", found.heads[0].hex()),
        ("head  ", says["head"]),
    ):
        assert f"    {word} {value}" in PAGE
    assert found.blobs and found.lines


def test_every_field_of_a_manifest_and_every_kind_of_signed_line_is_on_the_page() -> None:
    for name in Manifest.__struct_fields__:
        assert re.search(rf"^\|[^|]*`{name}`", PAGE, re.M), name
    for kind in PayloadType:
        assert f"| `{kind.split('.')[-1].split('+')[0]}` |" in PAGE, kind
    for one in (*BundleKind, *KNOWN_FEATURES):
        assert f"`{one}`" in PAGE, one


def size(value: int) -> str:
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if value >= unit:
            rest = value % unit
            return f"{value // unit} {name}" + (f" + {size(rest)}" if rest else "")
    return str(value)


def test_the_limits_on_the_page_are_those_of_the_program() -> None:
    table = PAGE.split("### Limits")[1].split("###")[0]
    sizes = ("volume", "age_header", "certificate_line", "manifest_line", "segment", "segment_stored", "output", "line")
    for name in (*sizes, "blob"):
        assert size(getattr(DEFAULT, name)) in table, name
    for name in (
        "recipients",
        "segments",
        "segment_blocks",
        "operations",
        "blobs",
        "nesting",
        "signatures",
        "root_chain",
    ):
        number = getattr(DEFAULT, name)
        assert re.search(rf"(?<![\d]){number}(?!\d)|{f'{number:,}'.replace(',', ' ')}", table), name
    assert {one.name for one in fields(DEFAULT)} >= set(sizes)
