"""Vietnamese names for invented people, by sex and generation; names that everybody knows are left out."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from tcd_desktop.domain.language.text import nfc
from tcd_desktop.domain.terms import Sex
from tcd_desktop.paths import shipped

Item = TypeVar("Item")

Chance = Callable[[], float]
"""`Random.random`: all choices of the practice district come from it, so a seed decides everything."""


@dataclass(frozen=True, slots=True)
class _Era:
    """Middle and given name of a generation, joined ("Thị Thu Hà"), the frequent ones more than once."""

    until: int
    male: tuple[str, ...]
    female: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The parts of names: a family name as often as it is in the table, the rest by generation."""

    family: tuple[str, ...]
    eras: tuple[_Era, ...]
    avoid: frozenset[str]

    def person(self, chance: Chance, sex: Sex, born: int) -> str:
        """A full name for somebody born in that year, never one of the names to avoid."""
        era = next(era for era in self.eras if born <= era.until)
        rest = era.male if sex is Sex.MALE else era.female
        while True:
            name = f"{pick(chance, self.family)} {pick(chance, rest)}"
            if name not in self.avoid:
                return name


def pick(chance: Chance, items: Sequence[Item]) -> Item:
    """One of the items, all equally likely. Much faster than `Random.choice`."""
    return items[int(chance() * len(items))]


@cache
def names() -> Names:
    """The names that come with the program."""
    with shipped("resources", "practice", "names.toml").open("rb") as file:
        data = tomllib.load(file)
    return Names(
        family=tuple(nfc(name) for name, weight in data["family"].items() for _ in range(weight)),
        eras=tuple(
            _Era(until=era["until"], male=_rest(era["male"]), female=_rest(era["female"])) for era in data["era"]
        ),
        avoid=frozenset(map(nfc, data["avoid"]["names"])),
    )


def _rest(parts: dict[str, Any]) -> tuple[str, ...]:
    """Every middle name with every given name, but not "Anh Anh"."""
    return tuple(
        nfc(f"{middle} {given}")
        for middle in parts["middle"]
        for given in parts["given"]
        if middle.split()[-1] != given
    )
