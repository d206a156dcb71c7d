"""Bech32 (BIP 173), the text form of age's X25519 keys. Encoding only: keys are kept raw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """`prefix` (lower case) + "1" + data and checksum in 5-bit letters."""
    values = list(_fives(data))
    return prefix + "1" + "".join(_ALPHABET[v] for v in [*values, *_checksum(prefix, values)])


def _fives(data: bytes) -> Iterator[int]:
    bits = int.from_bytes(data, "big")
    length = len(data) * 8
    padding = -length % 5
    bits <<= padding
    for shift in range(length + padding - 5, -1, -5):
        yield bits >> shift & 31


def _checksum(prefix: str, values: list[int]) -> list[int]:
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    rest = _polymod([*expanded, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    return [rest >> 5 * (5 - i) & 31 for i in range(6)]


def _polymod(values: Iterable[int]) -> int:
    state = 1
    for value in values:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATOR):
            if top >> i & 1:
                state ^= generator
    return state
