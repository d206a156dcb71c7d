"""One byte string per value."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from tcd_desktop.sync.canonical import FORBIDDEN, MAX_INTEGER, Codec, check_text, encode
from tcd_desktop.sync.refusals import Code
from tests.sync.refusal import refused


class Slip(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    number: int
    lines: list[str]


codec = Codec(Slip)

KEYS = st.text("abcdefgzAZ_09", max_size=8)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.sampled_from(["Đặng Thị Ẵ", 'a "b" \\ /', "€ 😀", "", "<script>"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
).filter(lambda value: _depth(value) <= 5)


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


@given(VALUES)
def test_our_bytes_are_those_of_the_reference_package(value: Any) -> None:
    assert encode(value) == rfc8785.dumps(value)


def test_a_struct_comes_back_from_its_bytes() -> None:
    slip = Slip("Nguyễn Thị Hằng", 57, ["A", "B"])
    data = codec.encode(slip)
    assert data == '{"lines":["A","B"],"name":"Nguyễn Thị Hằng","number":57}'.encode()
    assert codec.decode(data) == slip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"lines":[],"name":"a","number":NaN}', Code.SCHEMA),
        (b'{"lines":[],"name":"a","number":Infinity}', Code.SCHEMA),
        (b'{"lines":[],"name":"a","number":1e999}', Code.SCHEMA),
        (b'{"lines":[],"name":"a","number":true}', Code.SCHEMA),
        (b'{"lines":[],"name":"a","number":18446744073709551616}', Code.SCHEMA),
        (b'{"lines":[],"name":"a","number":' + b"9" * 5000 + b"}", Code.SCHEMA),
        (b'{"lines":[],"name":"a","number":1.0}', Code.SCHEMA),
        (b'{"lines":[],"name":"a","number":-0}', Code.CANON),
        (b'{"lines":[],"name":"a","number":1 }', Code.CANON),
        (b'{"lines":[],"name":"\\u0061","number":1}', Code.CANON),
        (b'{"name":"a","lines":[],"number":1}', Code.CANON),
        (b'{"lines":[],"name":"b","name":"a","number":1}', Code.CANON),
        (b'{"lines":[],"name":"a","number":1,"other":2}', Code.SCHEMA),
        (b'\xef\xbb\xbf{"lines":[],"name":"a","number":1}', Code.SCHEMA),
        (b'{"lines":[],"name":"a","number":1}\n{}', Code.SCHEMA),
        (b'{"lines":[],"name":"a","number":1}\n', Code.CANON),
        (b'{"lines":[],"name":"\xff","number":1}', Code.SCHEMA),
        (b'{"lines":[],"name":"\\ud800","number":1}', Code.SCHEMA),
        (b'{"lines":' + b"[" * 100_000 + b"]" * 100_000 + b"}", Code.SCHEMA),
        (b"[" * 100_000, Code.SCHEMA),
        (b"", Code.SCHEMA),
        (b'{"lines":[],"name":"a\\u0000","number":1}', Code.CTRL),
        (b'{"lines":["a\\n"],"name":"a","number":1}', Code.CTRL),
        ('{"lines":[],"name":"a.pdf\u202efdp.exe","number":1}'.encode(), Code.CTRL),
        ('{"lines":[],"name":"\x85","number":1}'.encode(), Code.CTRL),
        ('{"lines":[],"name":"Nguye\u0302\u0303n","number":1}'.encode(), Code.NFC),
    ],
)
def test_any_other_spelling_is_refused(data: bytes, code: Code) -> None:
    with refused(code):
        codec.decode(data)


@given(st.binary(max_size=80))
def test_random_bytes_are_refused_or_are_the_value(data: bytes) -> None:
    with refused(Code.SCHEMA, Code.CANON, Code.NFC, Code.CTRL):
        codec.decode(data)


@pytest.mark.parametrize("value", [1.5, 2**53, -(2**53), {"é": 1}, {"a\n": 1}, [[[[[[[1]]]]]]], "e\u0301", "\x07"])
def test_what_has_no_canonical_form_is_not_written(value: Any) -> None:
    with refused(Code.SCHEMA, Code.NFC, Code.CTRL):
        encode(value)


@given(st.text(max_size=20))
def test_a_text_passes_when_everything_in_it_can_be_seen(text: str) -> None:
    import unicodedata

    good = unicodedata.is_normalized("NFC", text) and not FORBIDDEN.search(text)
    if good:
        check_text(text)
    else:
        with refused(Code.NFC, Code.CTRL):
            check_text(text)
