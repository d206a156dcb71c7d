"""USB sticks: lost, late, carried twice, in the wrong order, half-written, cut off, damaged, taken to another ward."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

FATES = {"whole": 66, "late": 10, "lost": 7, "twice": 6, "cut": 3, "half": 3, "damaged": 2, "swapped": 3}
"""Of a hundred trips."""


@dataclass(frozen=True)
class Trip:
    """A file on its way. `to` is the name of a desk, `day` when it gets there."""

    day: int
    to: str
    name: str
    content: bytes


class Sticks:
    """All sticks that are on their way; `counts` is what happened to how many."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._trips: list[Trip] = []
        self.counts: Counter[str] = Counter()
        self.careful = False
        """In the last round everything gets there."""

    def send(self, file: Path, day: int, to: str, others: list[str]) -> None:
        """Puts a file on its way; `others` are desks it may be taken to by mistake."""
        content = file.read_bytes()
        fate = "whole" if self.careful else self._chance.choices(list(FATES), weights=list(FATES.values()))[0]
        self.counts["sticks"] += 1
        self.counts[fate] += 1
        arrives = day + self._chance.randrange(0, 3)
        if fate == "lost":
            return
        if fate == "late":
            arrives += self._chance.randrange(5, 45)
        if fate == "swapped" and others:
            self._trips.append(Trip(arrives, self._chance.choice(others), file.name, content))
            arrives += 3
        if fate in ("cut", "half", "damaged"):
            content = self._spoiled(fate, content)
        self._trips.append(Trip(arrives, to, file.name, content))
        if fate == "twice":
            self._trips.append(Trip(arrives + self._chance.randrange(0, 9), to, file.name, content))

    def _spoiled(self, fate: str, content: bytes) -> bytes:
        at = self._chance.randrange(1, len(content))
        if fate == "cut":
            return content[:at]
        if fate == "half":  # the right length, but the rest was never written
            return content[:at] + bytes(len(content) - at)
        return content[:at] + bytes([content[at] ^ 1 << self._chance.randrange(8)]) + content[at + 1 :]

    def arrived(self, day: int) -> list[Trip]:
        """What gets there on a day, in any order."""
        here = [trip for trip in self._trips if trip.day <= day]
        self._trips = [trip for trip in self._trips if trip.day > day]
        self._chance.shuffle(here)
        return here

    @property
    def under_way(self) -> int:
        """How many files are still in a drawer."""
        return len(self._trips)
