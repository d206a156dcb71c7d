"""The 18 wards of the practice district with their offices and invented officers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from tcd_desktop.domain.language.text import nfc
from tcd_desktop.domain.terms import OfficerRight, ReceiverRank, Sex
from tcd_desktop.paths import shipped
from tcd_desktop.practice.names import names

DISTRICT_CODE = "HBT"
"""Code of the practice district; its wards are HBT-01 to HBT-18 in the order of their official codes."""


@dataclass(frozen=True, slots=True)
class PracticeOfficer:
    """One person of a ward office. `key` is unique in the ward; `rank` None: does not receive citizens."""

    key: str
    name: str
    title: str
    right: OfficerRight
    rank: ReceiverRank | None = None


@dataclass(frozen=True, slots=True)
class PracticeWard:
    """A ward office. `code` is its code in the program, `gso` that of the General Statistics Office.

    `locality` is the place before the date of a document: a ward named after a person keeps its "Phường".
    """

    code: str
    gso: str
    name: str
    office_name: str
    locality: str
    superior_name: str
    reception_place: str
    district: str
    city: str
    streets: tuple[str, ...]
    blocks: tuple[str, ...]
    market: str
    officers: tuple[PracticeOfficer, ...]

    @property
    def formal_name(self) -> str:
        """The name as documents print it: "Ủy ban nhân dân phường Bạch Mai"."""
        return self.office_name.replace("UBND", "Ủy ban nhân dân", 1)

    def officer(self, key: str) -> PracticeOfficer:
        """The officer of that key: head, deputy, reception-1, reception-2 or clerk."""
        return next(officer for officer in self.officers if officer.key == key)


@dataclass(frozen=True, slots=True)
class PracticeDistrict:
    """The office above the wards."""

    code: str
    name: str
    office_name: str
    locality: str
    superior_name: str
    reception_place: str
    officers: tuple[PracticeOfficer, ...]


_POSTS: tuple[tuple[str, str, OfficerRight, ReceiverRank | None], ...] = (
    ("head", "Chủ tịch UBND phường", OfficerRight.HEAD, ReceiverRank.HEAD),
    ("deputy", "Phó Chủ tịch UBND phường", OfficerRight.HEAD, ReceiverRank.DELEGATE),
    ("reception-1", "Công chức Tư pháp - Hộ tịch", OfficerRight.RECEPTION, ReceiverRank.OFFICER),
    ("reception-2", "Công chức Địa chính - Xây dựng", OfficerRight.RECEPTION, ReceiverRank.OFFICER),
    ("clerk", "Công chức Văn phòng - Thống kê", OfficerRight.CLERK, None),
)

_DISTRICT_POSTS: tuple[tuple[str, str, OfficerRight, ReceiverRank | None], ...] = (
    ("head", "Chủ tịch UBND quận", OfficerRight.HEAD, ReceiverRank.HEAD),
    ("reception-1", "Trưởng ban Tiếp công dân quận", OfficerRight.RECEPTION, ReceiverRank.OFFICER),
    ("reception-2", "Thanh tra viên quận", OfficerRight.RECEPTION, ReceiverRank.OFFICER),
    ("clerk", "Chuyên viên Văn phòng HĐND và UBND quận", OfficerRight.CLERK, None),
)


@cache
def practice_wards() -> tuple[PracticeWard, ...]:
    """The 18 wards in the order of their official codes, always the same."""
    data = _data()
    return tuple(_ward(number, entry, data) for number, entry in enumerate(data["ward"], start=1))


@cache
def practice_district() -> PracticeDistrict:
    """The district office of the practice district."""
    data = _data()
    name = nfc(data["district"])
    return PracticeDistrict(
        code=DISTRICT_CODE,
        name=name,
        office_name=nfc(data["superior"]),
        locality=f"Quận {name}",
        superior_name=f"UBND thành phố {nfc(data['city'])}",
        reception_place=f"Trụ sở Tiếp công dân quận {name}",
        officers=_officers(DISTRICT_CODE, _DISTRICT_POSTS),
    )


def elsewhere() -> tuple[str, ...]:
    """Patterns of addresses outside the district, with one {n}."""
    return tuple(map(nfc, _data()["elsewhere"]))


@cache
def _data() -> dict[str, Any]:
    with shipped("resources", "practice", "wards.toml").open("rb") as file:
        return tomllib.load(file)


def _ward(number: int, entry: dict[str, Any], data: dict[str, Any]) -> PracticeWard:
    code = f"{DISTRICT_CODE}-{number:02d}"
    name = nfc(entry["name"])
    return PracticeWard(
        code=code,
        gso=entry["gso"],
        name=name,
        office_name=f"UBND phường {name}",
        locality=nfc(entry["place"]),
        superior_name=nfc(data["superior"]),
        reception_place=f"Phòng tiếp công dân UBND phường {name}",
        district=nfc(data["district"]),
        city=nfc(data["city"]),
        streets=tuple(map(nfc, entry["streets"])),
        blocks=tuple(map(nfc, entry["blocks"])),
        market=nfc(entry["market"]),
        officers=_officers(code, _POSTS),
    )


def _officers(
    code: str, posts: tuple[tuple[str, str, OfficerRight, ReceiverRank | None], ...]
) -> tuple[PracticeOfficer, ...]:
    """Invented people for the posts of an office, the same every time."""
    chance = Random(f"officers/{code}").random
    found = []
    for key, title, right, rank in posts:
        sex = Sex.MALE if chance() < (0.65 if right is OfficerRight.HEAD else 0.4) else Sex.FEMALE
        born = 1968 + int(chance() * (12 if right is OfficerRight.HEAD else 26))
        found.append(PracticeOfficer(key, names().person(chance, sex, born), title, right, rank))
    return tuple(found)
