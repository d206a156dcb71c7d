"""Offices, their PCs and their people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.terms import OfficeKind, OfficerRight

OFFICE_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,15}")
"""An office's code is its identity everywhere: in records, certificates and file names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Cơ quan tiếp công dân. `id` is its code; `under` the code of the office that merges its books ("" = none)."""

    id: str
    office: str
    name: str
    kind: OfficeKind
    superior_name: str = ""
    under: str = ""
    locality: str = ""
    reception_place: str = ""
    head_name: str = ""
    head_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Cán bộ của cơ quan, with the right that decides what the window offers."""

    id: str
    office: str
    name: str
    title: str = ""
    right: OfficerRight = OfficerRight.RECEPTION
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One PC of an office. `id` = first 16 bytes of SHA-256(sign_pub || box_pub), hex.

    `series` is the letter of its number series in the year's book; `sign_pub`, `box_pub` are 32 raw bytes.
    `certificate` is the DSSE line issued by the superior (empty before enrolment).
    """

    id: str
    office: str
    unit: str
    name: str = ""
    series: str = "A"
    sign_pub: bytes = b""
    box_pub: bytes = b""
    certificate: bytes = b""
    granted_on: date | None = None
    fingerprint_checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A line of the office's own calendar over the computed holidays: a day off, or a make-up working day."""

    id: str
    office: str
    day: date
    working: bool = False
    reason: str = ""
    decision: str = ""
    active: bool = True
