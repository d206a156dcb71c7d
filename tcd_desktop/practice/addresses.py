"""Addresses in a ward of the practice district: real streets, invented lanes and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tcd_desktop.practice.names import Chance, pick
from tcd_desktop.practice.wards import PracticeWard, elsewhere

_LANES = 150
_HOUSES = 6
_LETTERS = ("", "", "", "", "A", "B")

Spot = tuple[str, str, str, str]
"""A street, a lane of it ("ngõ 35 phố Hồng Mai"), a house in it, a house on the street itself."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The places of one ward. `area` ends every address in it."""

    spots: tuple[Spot, ...]
    blocks: tuple[str, ...]
    area: str
    outside: tuple[str, ...]

    def home(self, chance: Chance) -> str:
        """Where a person lives: in the ward, one in fourteen somewhere else."""
        form = chance()
        if form > 0.93:
            return pick(chance, self.outside).format(n=1 + int(chance() * 60))
        if form > 0.85:
            place = f"Phòng {1 + int(chance() * 5)}0{1 + int(chance() * 9)} {pick(chance, self.blocks)}"
        elif form > 0.70:
            lane = pick(chance, self.spots)[1]
            place = f"Số {1 + int(chance() * 60)} ngách {1 + int(chance() * 40)} {lane}"
        else:
            place = f"S{pick(chance, self.spots)[2][1:]}"
        if chance() < 0.6:
            return f"{place}, tổ dân phố số {1 + int(chance() * 24)}, {self.area}"
        return f"{place}, {self.area}"


def addresses(ward: PracticeWard, seed: str) -> Addresses:
    """The lanes and house numbers that this seed invents for a ward."""
    chance = Random(f"{seed}/{ward.code}/addresses").random
    lanes = [_lane(chance, pick(chance, ward.streets)) for _ in range(_LANES)]
    return Addresses(
        spots=tuple(dict.fromkeys(_spot(chance, lane) for lane in lanes for _ in range(_HOUSES))),
        blocks=ward.blocks,
        area=f"phường {ward.name}, quận {ward.district}, {ward.city}",
        outside=elsewhere(),
    )


def _lane(chance: Chance, street: str) -> tuple[str, str]:
    """A lane of a street, or a side lane (ngách) when the street is itself a lane."""
    word = "ngách" if street.startswith("ngõ") else "ngõ"
    return street, f"{word} {2 + int(chance() * 420)} {street}"


def _spot(chance: Chance, lane: tuple[str, str]) -> Spot:
    street, name = lane
    front = f"số {1 + int(chance() * 380)}{pick(chance, _LETTERS)} {street}"
    house = front if chance() < 0.4 else f"số {1 + int(chance() * 90)} {name}"
    return street, name, house, front
