"""One byte string per value: RFC 8785 (JSON Canonicalization Scheme), narrowed.

Narrower than RFC 8785: integers within +-(2^53 - 1) only, no floats; keys are ASCII (so sorting by bytes and
by UTF-16 units is the same); depth at most `Limits.nesting`; texts in NFC without control characters and
without bidirectional marks. That rule is for certificates, manifests and the like: names, codes, numbers. The
texts of citizens travel in operation lines, whose own rule (newline and tab allowed) is in
`tcd_desktop.store.journal.lines`.

Reading is strict: the bytes must decode into the one expected type, unknown fields refused, and encoding the
result must give the same bytes again. So duplicate keys, blanks, escapes, 1.0 for 1 and -0 cannot pass.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Generic, TypeVar

import msgspec

from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.refusals import BundleRefused, Code

T = TypeVar("T")

MAX_INTEGER = 2**53 - 1

FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""Control characters, bidirectional marks, invisible characters: a name that shows them is a lie."""

_encoder = msgspec.json.Encoder(order="sorted")


def encode(value: Any) -> bytes:
    """The canonical bytes of a struct, dict or list. Raises BundleRefused for what the form cannot carry."""
    plain = msgspec.to_builtins(value)
    check_value(plain)
    return _encoder.encode(plain)


class Codec(Generic[T]):
    """Encodes and strictly decodes one type. The type must be closed: no `Any`, no floats."""

    def __init__(self, kind: type[T]) -> None:
        self._decoder = msgspec.json.Decoder(kind)

    def encode(self, value: T) -> bytes:
        """The canonical bytes."""
        return encode(value)

    def decode(self, data: bytes) -> T:
        """The value of bytes from elsewhere. Raises BundleRefused (E_SCHEMA, E_CANON, E_NFC, E_CTRL)."""
        try:
            value = self._decoder.decode(data)
        except (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError) as error:
            raise BundleRefused(Code.SCHEMA) from error
        if encode(value) != data:
            raise BundleRefused(Code.CANON)
        return value

    def peek(self, data: bytes) -> T | None:
        """The value without the canonical check, None when it is not of the type: to ask a version before
        judging.
        """
        try:
            return self._decoder.decode(data)
        except (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError):
            return None


def check_value(value: object, depth: int = 0) -> None:
    """Refuses a plain value (str, int, bool, None, list, dict) that has no canonical form here."""
    if isinstance(value, str):
        check_text(value)
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise BundleRefused(Code.SCHEMA, reason="integer")
    elif isinstance(value, dict | list | tuple):
        if depth >= DEFAULT.nesting:
            raise BundleRefused(Code.SCHEMA, reason="nesting")
        if isinstance(value, dict):
            _check_keys(value)
        for inner in value.values() if isinstance(value, dict) else value:
            check_value(inner, depth + 1)
    else:
        raise BundleRefused(Code.SCHEMA, reason=type(value).__name__)


def check_text(text: str) -> None:
    """Refuses a text that is not NFC (E_NFC), or has characters nobody sees (E_CTRL)."""
    if text.isascii():
        if not text.isprintable():
            raise BundleRefused(Code.CTRL)
        return
    if FORBIDDEN.search(text):
        raise BundleRefused(Code.CTRL)
    if not unicodedata.is_normalized("NFC", text):
        raise BundleRefused(Code.NFC)


def _check_keys(value: dict[Any, Any]) -> None:
    for key in value:
        if not (isinstance(key, str) and key.isascii() and key.isprintable()):
            raise BundleRefused(Code.SCHEMA, reason="key")
