"""Operation lines: one byte string per value, and nothing else is accepted."""

from __future__ import annotations

import json

import pytest
import rfc8785

from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.store.journal.lines import (
    OPS,
    BadLine,
    Op,
    decode,
    encode,
    fields_of,
    from_columns,
    put_fields,
    to_column,
)
from tests.offices import DRAFT

VISIT = Reception(
    **{name: getattr(DRAFT, name) for name in DRAFT.__dataclass_fields__},
    id="a" * 32,
    office="P-01",
    year=2026,
    number=7,
    sealed=b"\x00\xff",
)


def line(**changes: object) -> bytes:
    value: dict[str, object] = {
        "act": "reception.log",
        "after": {"number": 7, "year": 2026},
        "at": "1795430000000-0000-1f2e3d4c",
        "entry": "b" * 32,
        "kind": "put",
        "officer": "",
        "record": "a" * 32,
        "salt": "c" * 32,
        "seq": 1,
        "table": "reception",
    }
    return json.dumps({**value, **changes}, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def operation() -> Op:
    return OPS["reception"](
        act="reception.log",
        after=fields_of(put_fields(VISIT), "reception"),
        at="1795430000000-0000-1f2e3d4c",
        entry="b" * 32,
        kind="put",
        officer="",
        record=VISIT.id,
        salt="c" * 32,
        seq=1,
    )


def test_a_line_is_canonical_json_and_comes_back_equal() -> None:
    encoded = encode(operation())
    assert encoded == rfc8785.dumps(json.loads(encoded))
    assert decode(encoded) == operation()


def test_a_row_comes_back_as_the_same_record() -> None:
    row = {name: to_column(getattr(VISIT, name)) for name in VISIT.__dataclass_fields__}
    assert from_columns(Reception, row) == VISIT


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (line(extra=1), "E_SCHEMA"),
        (line(seq=1.0), "E_SCHEMA"),
        (line(seq=2**64), "E_SCHEMA"),
        (line(seq=0), "E_SCHEMA"),
        (line(table="password"), "E_SCHEMA"),
        (line(kind="erase"), "E_SCHEMA"),
        (line(record="../../x"), "E_SCHEMA"),
        (line(at="9999-zz"), "E_SCHEMA"),
        (line(after={"number": 7, "year": 2026, "unknown": 1}), "E_SCHEMA"),
        (line(after={"number": 7, "year": 2026, "classification": "war"}), "E_SCHEMA"),
        (line(after={"number": 7, "year": 2026, "date": "2026-02-30"}), "E_SCHEMA"),
        (line(after={"note": "x\u0000y", "number": 7, "year": 2026}), "E_CTRL"),
        (line(after={"note": "x\u202ey", "number": 7, "year": 2026}), "E_CTRL"),
        (line(after={"note": "e\u0302\u0301", "number": 7, "year": 2026}), "E_NFC"),
        (line().replace(b'"seq":1', b'"seq": 1'), "E_CANON"),
        (line().replace(b'"act"', b'"\\u0061ct"'), "E_CANON"),
        (line() + b" ", "E_CANON"),
        (b"\xef\xbb\xbf" + line(), "E_SCHEMA"),
        (line().replace(b'"seq":1', b'"seq":1,"seq":1'), "E_CANON"),
        (line().replace(b'"seq":1', b'"seq":NaN'), "E_SCHEMA"),
        (b"[" * 100_000, "E_SCHEMA"),
        (b"\xff\xfe", "E_SCHEMA"),
        (b"", "E_SCHEMA"),
    ],
)
def test_hostile_lines_are_refused_with_a_code(bad: bytes, code: str) -> None:
    with pytest.raises(BadLine) as refused:
        decode(bad)
    assert refused.value.code == code


def test_the_plain_line_of_these_tests_is_accepted() -> None:
    assert decode(line()).seq == 1


@pytest.mark.parametrize("text", ["C:\\users\\an", "a \\ b", 'ông "Tám"', "dòng một\ndòng hai\tcột", "\\n", "\\\\"])
def test_backslashes_quotes_and_line_ends_are_ordinary_text(text: str) -> None:
    good = line(after={"note": text, "number": 7, "year": 2026})
    assert decode(good).after.note == text
