"""Invented citizens: a name of their generation, a number that fits, papers, address, telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from tcd_desktop.domain.terms import IdKind, Sex
from tcd_desktop.practice.addresses import Addresses
from tcd_desktop.practice.names import Chance, names, pick
from tcd_desktop.practice.units import old_provinces

_BORN_HERE = 0.62
"""Share of people whose birth was registered in Hà Nội (001)."""

_NEIGHBOURS = (
    "030",
    "033",
    "034",
    "035",
    "036",
    "037",
    "038",
    "025",
    "026",
    "027",
    "024",
    "040",
    "031",
    "022",
)
"""Provinces from which people came to Hà Nội more often than from the others."""

_MOBILE = tuple(
    [
        "090",
        "091",
        "094",
        "096",
        "097",
        "098",
        "086",
        "088",
        "032",
        "033",
        "034",
        "035",
        "036",
        "038",
        "070",
        "079",
    ]
)

_NEW_CARD = date(2024, 7, 1)
"""Since then the Ministry issues the card (Luật Căn cước 2023)."""

_POLICE_OFFICE = date(2018, 10, 10)
_LAST_OLD_PAPER = date(2024, 12, 31)
"""The last day of the nine-digit identity paper (giấy chứng minh nhân dân)."""

_OLD_PLACE = "Cục Cảnh sát ĐKQL cư trú và DLQG về dân cư"
_PLACE = "Cục Cảnh sát quản lý hành chính về trật tự xã hội"
_NEW_PLACE = "Bộ Công an"


@dataclass(frozen=True, slots=True)
class PracticePerson:
    """One invented citizen, with the fields of `domain.people.person.Person` that a visit is filled from."""

    name: str
    born: int
    birth_date: str
    sex: Sex
    id_kind: IdKind
    id_number: str
    id_issued: date | None
    id_place: str
    address: str
    phone: str


def person(chance: Chance, places: Addresses, day: date, ages: tuple[int, int] | None) -> PracticePerson:
    """Somebody who comes on `day`, between the two ages (inclusive; None: any grown-up, mostly about 55)."""
    age = 24 + int((chance() + chance()) * 32) if ages is None else ages[0] + int(chance() * (ages[1] - ages[0] + 1))
    born = day.year - age
    sex = Sex.MALE if chance() < 0.54 else Sex.FEMALE
    kind, number, issued, place = _paper(chance, day, born, sex)
    return PracticePerson(
        name=names().person(chance, sex, born),
        born=born,
        birth_date=_birth_date(chance, born),
        sex=sex,
        id_kind=kind,
        id_number=number,
        id_issued=issued,
        id_place=place,
        address=places.home(chance),
        phone=_phone(chance),
    )


def personal_number(chance: Chance, born: int, sex: Sex) -> str:
    """A 12-digit number: province of birth registration, century and sex, year, six digits by chance."""
    province = chance()
    if province < _BORN_HERE:
        code = "001"
    elif province < 0.92:
        code = pick(chance, _NEIGHBOURS)
    else:
        code = pick(chance, _province_codes())
    century_and_sex = (born - 1900) // 100 * 2 + (sex is Sex.FEMALE)
    return f"{code}{century_and_sex}{born % 100:02d}{int(chance() * 1_000_000):06d}"


@cache
def _province_codes() -> tuple[str, ...]:
    return tuple(province.number_code for province in old_provinces())


def _birth_date(chance: Chance, born: int) -> str:
    """A day of that year; some old people know only the year."""
    if born < 1960 and chance() < 0.2:
        return str(born)
    return f"{born}-{1 + int(chance() * 12):02d}-{1 + int(chance() * 28):02d}"


def _paper(chance: Chance, day: date, born: int, sex: Sex) -> tuple[IdKind, str, date | None, str]:
    """Kind, number, day and place of issue of what the person shows."""
    kind = chance()
    if kind < 0.90:
        if chance() < 0.008:  # typed wrong or read wrong: the program must warn about it
            sex, born = (Sex.FEMALE if sex is Sex.MALE else Sex.MALE), born - 1
        return IdKind.CITIZEN_CARD, personal_number(chance, born, sex), *_card(chance, day)
    if kind < 0.95:
        if day > _LAST_OLD_PAPER:
            return IdKind.CITIZEN_CARD, personal_number(chance, born, sex), *_card(chance, day)
        issued = date.fromordinal(day.toordinal() - 1800 - int(chance() * 3000))
        return IdKind.OTHER, f"01{int(chance() * 10_000_000):07d}", issued, "Công an thành phố Hà Nội"
    if kind < 0.97:
        return IdKind.PERSONAL_NUMBER, personal_number(chance, born, sex), None, ""
    if kind < 0.985:
        issued = date.fromordinal(day.toordinal() - 60 - int(chance() * 3000))
        number = f"{pick(chance, 'BCNP')}{int(chance() * 10_000_000):07d}"
        return IdKind.PASSPORT, number, issued, "Cục Quản lý xuất nhập cảnh"
    if kind < 0.99 and day > _NEW_CARD:
        issued = date.fromordinal(_NEW_CARD.toordinal() + int(chance() * (day - _NEW_CARD).days))
        return IdKind.IDENTITY_CERTIFICATE, personal_number(chance, born, sex), issued, _NEW_PLACE
    return IdKind.CITIZEN_CARD, personal_number(chance, born, sex), *_card(chance, day)


def _card(chance: Chance, day: date) -> tuple[date, str]:
    issued = date.fromordinal(day.toordinal() - 20 - int(chance() * 1500))
    return issued, _OLD_PLACE if issued < _POLICE_OFFICE else _PLACE if issued < _NEW_CARD else _NEW_PLACE


def _phone(chance: Chance) -> str:
    """A mobile number, sometimes one of the house, sometimes none."""
    kind = chance()
    if kind < 0.88:
        return f"{pick(chance, _MOBILE)}{int(chance() * 10_000_000):07d}"
    if kind < 0.92:
        return f"0243{int(chance() * 10_000_000):07d}"
    return ""
