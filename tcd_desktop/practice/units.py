"""Administrative units (đơn vị hành chính) with validity dates: wards of the district, provinces, heirs.

Files: resources/units, made from the packages named in UNITS-NOTICES.txt. An address is never converted by
these tables without a person: one old ward may be divided among several new ones.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from tcd_desktop.paths import shipped

DISTRICT_DAY = date(2020, 4, 20)
"""The day of the district's letter 446/UBND-TTr, when it had its 18 wards."""


@dataclass(frozen=True, slots=True)
class Province:
    """Tỉnh, thành phố. `number_code` are the first three digits of a personal number; "" for a unit of 2025.

    `now_code` is the province that holds it today, `from_codes` the old ones a province of today was made of.
    """

    code: str
    name: str
    kind: str
    number_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    now_code: str = ""
    from_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WardUnit:
    """Phường of one period. Its identity is (code, valid_from): a code may be given again to another ward."""

    code: str
    name: str
    kind: str
    district_code: str
    district: str
    province_code: str
    valid_from: date | None
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """True when the ward existed on `day` as far as the table knows."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class WardChange:
    """What became of an old ward on a day. `whole` False: only a part; `main`: the heir with most of it."""

    old_code: str
    old_name: str
    new_code: str
    new_name: str
    on: date
    whole: bool
    main: bool


@cache
def old_provinces() -> tuple[Province, ...]:
    """The 63 provinces until 30/06/2025, whose codes begin every 12-digit personal number."""
    return tuple(
        Province(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            number_code=row["number_code"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            now_code=row["now_code"],
        )
        for row in _rows("provinces.csv")
    )


@cache
def new_provinces() -> tuple[Province, ...]:
    """The 34 provinces of today."""
    return tuple(
        Province(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            now_code=row["code"],
            from_codes=tuple(row["from_codes"].split()),
        )
        for row in _rows("provinces_2025.csv")
    )


@cache
def ward_units() -> tuple[WardUnit, ...]:
    """All wards of the table, of every period."""
    return tuple(
        WardUnit(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            district_code=row["district_code"],
            district=row["district"],
            province_code=row["province_code"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )
        for row in _rows("wards.csv")
    )


def wards_on(day: date) -> tuple[WardUnit, ...]:
    """The wards of the table that existed on `day`, by code."""
    return tuple(sorted((unit for unit in ward_units() if unit.valid_on(day)), key=lambda unit: unit.code))


@cache
def ward_changes() -> tuple[WardChange, ...]:
    """Every step from an old ward to a new one, oldest first."""
    return tuple(
        WardChange(
            old_code=row["old_code"],
            old_name=row["old_name"],
            new_code=row["new_code"],
            new_name=row["new_name"],
            on=date.fromisoformat(row["on"]),
            whole=row["share"] == "whole",
            main=row["main"] == "yes",
        )
        for row in _rows("ward_changes.csv")
    )


def heirs(code: str, name: str, day: date) -> tuple[WardUnit, ...]:
    """The wards that hold the area of an old ward on `day`, the one with most of it first."""
    current = [(code, name)]
    for on in sorted({change.on for change in ward_changes() if change.on <= day}):
        step = [change for change in ward_changes() if change.on == on]
        current = [heir for unit in current for heir in _next(unit, step)]
    there = {(unit.code, unit.name): unit for unit in wards_on(day)}
    return tuple(there[unit] for unit in dict.fromkeys(current) if unit in there)


def _next(unit: tuple[str, str], step: list[WardChange]) -> list[tuple[str, str]]:
    mine = [change for change in step if (change.old_code, change.old_name) == unit]
    mine.sort(key=lambda change: not change.main)
    return [(change.new_code, change.new_name) for change in mine] or [unit]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with shipped("resources", "units", name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
