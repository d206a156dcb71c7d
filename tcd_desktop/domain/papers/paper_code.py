"""What the small QR on a paper says: office, number, kind. Never anything about a person."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = "TCD1"
"""Which code this is, and its version."""

RECEIPT_SLIP = "receipt-slip"
"""The kind of a receipt slip; letters have the code of their text."""

_CODE = re.compile(r"TCD1:([A-Z0-9][A-Z0-9-]{0,15}):(\d{1,7})(?:-([A-Z]{1,4}))?/(\d{4}):([A-Z0-9-]{1,40})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCode:
    """Which paper: the office's code, its number with the series and the year, the kind ("refusal-notice")."""

    office: str
    number: int
    series: str = "A"
    year: int
    kind: str

    def __str__(self) -> str:
        """ "TCD1:HN-BD:57-B/2026:RECEIPT-SLIP"; capitals, because those make a smaller QR."""
        suffix = "" if self.series in ("", "A") else f"-{self.series}"
        return f"{MARK}:{self.office}:{self.number}{suffix}/{self.year}:{self.kind}".upper()


def read_paper_code(text: str) -> PaperCode | None:
    """What a scanner read from a paper of ours; None when it is something else."""
    found = _CODE.fullmatch(text.strip().upper())
    if found is None:
        return None
    office, number, series, year, kind = found.groups()
    return PaperCode(office=office, number=int(number), series=series or "A", year=int(year), kind=kind.lower())


def begins_code(text: str) -> bool:
    """Whether what was typed until now ends with the beginning of a paper's code."""
    return text[-len(MARK) - 1 :].upper() == f"{MARK}:"


def paper_code_in(text: str) -> tuple[str, str] | None:
    """(what stands before, the code) when a text ends in a paper's code; None otherwise."""
    at = text.upper().rfind(f"{MARK}:")
    return (text[:at].rstrip(), text[at:]) if at >= 0 and read_paper_code(text[at:]) else None
