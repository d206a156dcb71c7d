"""The person in front of the officer (công dân), as told or as read from the card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.terms import IdKind, RepresentationKind, Role, Sex

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
    "represented_address",
    "representation_paper",
    "representation_kind",
    "representation_number",
    "representation_on",
    "representation_scope",
    "professional_card",
    "members",
)
"""What identifies a person in a reception: sealed when the visit is a denunciation (tố cáo)."""


@dataclass(frozen=True, slots=True)
class Member:
    """Thành viên của đoàn: one of several people with the same content (domain 6.3).

    `speaks`: người đại diện, one of those the others appointed; `signed`: has signed the paper that appoints them.
    """

    name: str
    address: str = ""
    id_number: str = ""
    birth_date: str = ""
    phone: str = ""
    speaks: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who a visit is about (domain 6.2, 6.3). Texts are NFC; `birth_date` is "", "YYYY" or "YYYY-MM-DD".

    `represented` is the person or organisation (tên người, cơ quan, tổ chức) somebody speaks for; the
    `representation_...` fields tell of the paper that proves it, `professional_card` of a lawyer's or legal-aid
    officer's card (thẻ luật sư, thẻ trợ giúp viên). `members` are the people of a group (đoàn).
    """

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
    represented_address: str = ""
    representation_paper: str = ""
    representation_kind: RepresentationKind | None = None
    representation_number: str = ""
    representation_on: date | None = None
    representation_scope: str = ""
    professional_card: str = ""
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """Công dân known to an office: what the next visit is filled from. Never made for a denouncer.

    `merged_into` is the citizen this one turned out to be (empty = none): both stay, and can be parted again.
    """

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
    merged_into: str | None = None
    removed: str = ""
