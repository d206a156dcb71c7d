"""Changes to bytes and to JSON values: small, and often of the kind that parsers get wrong."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

TOKENS = (
    b"\x00", b"\n", b"\r\n", b'"', b"\\", b"\\u0000", b"\\u202e", b"\\ud800", b"{", b"}", b"[", b"]", b",", b":",
    b"null", b"true", b"NaN", b"Infinity", b"1e999", b"1.0", b"-0", b"9007199254740992", b"18446744073709551616",
    b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xcc\x81", b"\xed\xa0\x80", b"\xc0\x80", b"\xff", b"[" * 500, b'{"a":' * 200,
    b"-> X25519 ", b"--- ", b"age-encryption.org/v1\n", b"==", b"\x28\xb5\x2f\xfd", b'{"withheld":"', b"0" * 300,
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 3, 7, 100, 255, 256, 65_535, 2**31 - 1, 2**31, 2**32, 2**53 - 1, 2**53, 2**63, 2**64, 10**400)
TEXTS = (
    "", "x", "a" * 1000, "A" * 50_000, "0" * 32, "f" * 64, "F" * 64, "g" * 64, "0" * 63, "..\\..\\x", "../../x",
    "CON", "a.pdf\u202efdp.exe", "e\u0301", "Ơ\u0301", "\u0000", "a\nb", "\t", "\x85", "\ufeff", "\ud800", "'--",
    "=cmd|' /C calc'!A0", "<script>", "9999-12-31", "9999999999999-ffff-zzzzzzzz", "9999999999999-ffff-ffffffff",
    "2026-02-30", "2026-11-23T25:00:00", "-1", "1e9", "*", "put", "set", "ops", "return", "snapshot", "zstd", "Q",
    "P-01", "P-02", "citizen", "office", "device", "tcd.bundle/2", "{name}", "%s%n", "\U0001f600" * 100,
)  # fmt: skip


def changed_bytes(rng: Random, data: bytes) -> bytes:
    """Up to four small changes; sometimes a deep one."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        _change(rng, changed)
    return bytes(changed)


def _change(rng: Random, data: bytearray) -> None:
    at = rng.randrange(len(data) + 1)
    length = min(rng.choice((1, 1, 2, 4, 16, 64, 1024)), len(data) - at)
    kind = rng.randrange(11)
    if kind == 0 and at < len(data):
        data[at] ^= 1 << rng.randrange(8)
    elif kind == 1 and at < len(data):
        data[at] = rng.choice((0, 1, 10, 32, 34, 48, 57, 65, 92, 127, 128, 255))
    elif kind == 2:
        del data[at : at + length]
    elif kind == 3:
        data[at:at] = data[at : at + length]
    elif kind == 4:
        del data[at:]
    elif kind == 5:
        data[at:at] = rng.randbytes(length)
    elif kind == 6:
        data[at : at + length] = rng.randbytes(length)
    elif kind == 7:
        data[at : at + length] = bytes(length)
    elif kind == 8:
        other = rng.randrange(len(data) + 1)
        data[at : at + length] = data[other : other + length]
    elif kind == 9:
        data += rng.randbytes(length or 1)
    else:
        data[at:at] = rng.choice(TOKENS)


def changed_value(rng: Random, value: Any) -> Any:
    """The JSON value with one to three of its places changed."""
    result = copy.deepcopy(value)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        places = list(_places(result))
        if not places:
            return result
        container, key = rng.choice(places)
        _change_place(rng, container, key, result)
    return result


def _places(value: Any) -> Any:
    """Every (container, key) of a JSON value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield value, key
        yield from _places(inner)


def _change_place(rng: Random, container: Any, key: Any, root: Any) -> None:
    kind, old = rng.randrange(14), container[key]
    if kind > 9:  # the right type, a wrong word: what a liar would write
        alike = [other[name] for other, name in _places(root) if _alike(other[name], old)]
        container[key] = copy.deepcopy(rng.choice(alike)) if alike else old
    elif kind == 0:
        del container[key]
    elif kind == 1:
        if isinstance(container, dict):
            container[rng.choice(("extra", "é", "", "id", "office", "withheld", "__class__", "a" * 60))] = old
        else:
            container.insert(rng.randrange(len(container) + 1), copy.deepcopy(old))
    elif kind == 2 and isinstance(old, int) and not isinstance(old, bool):
        container[key] = old + rng.choice((-1, 1, 2, -2, 10, 4096))
    elif kind == 3 and isinstance(old, str) and old:
        at = rng.randrange(len(old))
        container[key] = old[:at] + rng.choice((*TEXTS[:30], chr(rng.randrange(0x300)))) + old[at + rng.randrange(2) :]
    elif kind == 4 and isinstance(old, list) and old:
        container[key] = old * rng.choice((2, 20, 300))
    elif kind == 5:
        other, name = rng.choice(list(_places(root)))
        container[key] = copy.deepcopy(other[name])
    elif kind == 6:
        container[key] = rng.choice((None, True, False, [], {}, [[]], {"a": {}}, [None], 1.5, -0.0))
    elif kind == 7:
        container[key] = rng.choice(NUMBERS)
    else:
        container[key] = rng.choice(TEXTS)


def _alike(one: Any, other: Any) -> bool:
    """Whether a value could stand where the other stands, and is another one."""
    if one == other or type(one) is not type(other):
        return False
    return not isinstance(one, str) or len(one) == len(other) or len(one) < 24


def as_json(rng: Random, value: Any) -> bytes:
    """Canonical nearly always, so that it is the value that is judged; sometimes another spelling of it."""
    spelling = rng.randrange(40)
    text = json.dumps(
        value,
        sort_keys=spelling != 0,
        separators=(", ", ": ") if spelling == 1 else (",", ":"),
        ensure_ascii=spelling == 2,
    )
    return text.encode("utf-8", "surrogatepass")
