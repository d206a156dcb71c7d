"""The person in front of the officer (công dân), as told or as read from the card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.terms import IdKind, Role, Sex

IDENTITY_FIELDS = (
    "name",
    "birth_date",
    "sex",
    "id_kind",
    "id_number",
    "id_issued",
    "id_place",
    "address",
    "phone",
    "represented",
    "representation_paper",
)
"""What identifies a person in a reception: sealed when the visit is a denunciation (tố cáo)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who a visit is about (domain 6.2). Texts are NFC; `birth_date` is "", "YYYY" or "YYYY-MM-DD"."""

    name: str = ""
    birth_date: str = ""
    sex: Sex | None = None
    id_kind: IdKind | None = None
    id_number: str = ""
    id_issued: date | None = None
    id_place: str = ""
    address: str = ""
    phone: str = ""
    role: Role = Role.SELF
    represented: str = ""
    representation_paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """Công dân known to an office: what the next visit is filled from. Never made for a denouncer."""

    id: str
    office: str
    name: str
    birth_date: str = ""
    sex: Sex | None = None
    id_kind: IdKind | None = None
    id_number: str = ""
    id_issued: date | None = None
    id_place: str = ""
    address: str = ""
    phone: str = ""
