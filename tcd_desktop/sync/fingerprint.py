"""Fingerprints that people read to each other: SHA-256 modulo 10^48, as 12 groups of 4 digits (159 bits).

Digits, because they are read aloud the same way everywhere and typed on any keyboard. The operator TYPES
them: a screen that only asks "is it the same?" is answered yes.
"""

from __future__ import annotations

import hmac
import unicodedata
from hashlib import sha256

GROUPS = 12
DIGITS = 4 * GROUPS

_SEPARATORS = " \t\r\n-.,/_|;:\u00a0\u2009\u2010\u2011\u2012\u2013\u2014\u202f"
_LOOK_ALIKE = str.maketrans("OoIl", "0011")


def fingerprint(data: bytes) -> str:
    """ "0123 4567 ..." of some bytes (a request, a first root)."""
    digits = _digits(data)
    return " ".join(digits[i : i + 4] for i in range(0, DIGITS, 4))


def same_fingerprint(typed: str, data: bytes) -> bool:
    """True when a person typed the fingerprint of `data`: separators, full-width digits and O/I/l are
    forgiven.
    """
    plain = unicodedata.normalize("NFKC", typed).translate(_LOOK_ALIKE)
    kept = "".join(c for c in plain if c not in _SEPARATORS)
    if len(kept) != DIGITS or not (kept.isascii() and kept.isdigit()):
        return False
    return hmac.compare_digest(kept, _digits(data))


def _digits(data: bytes) -> str:
    return f"{int.from_bytes(sha256(data).digest(), 'big') % 10**DIGITS:0{DIGITS}d}"
