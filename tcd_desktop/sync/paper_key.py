"""Keys on paper: 32 secret bytes as eight rows of digits with check digits, typed back row by row.

    row A   0123 4567 8942      ten digits of the key, two check digits

Digits, as in the fingerprints people read to each other. The check digits (ISO 7064, modulo 97) cover the row's place
as well, so a wrong digit, two swapped ones and two swapped rows are found in the row where they are. Nothing here
writes a file: the rows go to the printer and are forgotten.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.problems import Refused
from tcd_desktop.sync.fingerprint import fingerprint

ROWS = 8
_DIGITS = 10
_LOOK_ALIKE = str.maketrans("OoIl", "0011")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKeys:
    """What the sealed paper says. `root` and `recovery` are rows; `check` tells the papers of two keys apart."""

    office: str
    code: str
    version: int
    day: date
    root: tuple[str, ...]
    recovery: tuple[str, ...]
    check: str


def paper_keys(root: bytes, recovery: bytes, *, office: str, code: str, version: int, day: date) -> PaperKeys:
    """The paper of two keys of 32 bytes."""
    return PaperKeys(
        office=office,
        code=code,
        version=version,
        day=day,
        root=rows_of(root),
        recovery=rows_of(recovery),
        check=fingerprint(root + recovery)[:9],
    )


def rows_of(secret: bytes) -> tuple[str, ...]:
    """Eight rows "0123 4567 8942" of 32 bytes. Raises ValueError for another length."""
    if len(secret) != 32:
        raise ValueError("a key has 32 bytes")
    digits = f"{int.from_bytes(secret, 'big'):0{ROWS * _DIGITS}d}"
    rows = []
    for place in range(ROWS):
        row = digits[place * _DIGITS : (place + 1) * _DIGITS]
        row += _check(place, row)
        rows.append(" ".join(row[at : at + 4] for at in range(0, 12, 4)))
    return tuple(rows)


def secret_of(rows: Sequence[str]) -> bytes:
    """The 32 bytes of eight typed rows; blanks, dots and O for 0 are forgiven.

    Raises Refused("paper_rows") for another number of rows, Refused("paper_row", row=letter) for a typing error.
    """
    if len(rows) != ROWS:
        raise Refused("paper_rows", rows=ROWS)
    digits = ""
    for place, typed in enumerate(rows):
        if not row_is_right(place, typed):
            raise Refused("paper_row", row=row_name(place))
        digits += _plain(typed)[:_DIGITS]
    number = int(digits)
    if number >> 256:
        raise Refused("paper_row", row=row_name(0))
    return number.to_bytes(32, "big")


def row_is_right(place: int, typed: str) -> bool:
    """Whether a typed row has its twelve digits and they fit together."""
    plain = _plain(typed)
    if len(plain) != _DIGITS + 2 or not (plain.isascii() and plain.isdigit()):
        return False
    return _check(place, plain[:_DIGITS]) == plain[_DIGITS:]


def row_name(place: int) -> str:
    """A to H."""
    return "ABCDEFGH"[place]


def _check(place: int, digits: str) -> str:
    return f"{98 - int(f'{place + 1}{digits}') * 100 % 97:02d}"


def _plain(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).translate(_LOOK_ALIKE)
    return "".join(sign for sign in plain if sign not in " \t.-,|/\u00a0")
