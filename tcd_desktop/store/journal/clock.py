"""Ids and times of the journal: UUIDv7 in hex, and the hybrid logical clock.

A stamp is "{wall ms:013d}-{counter:04x}-{first 8 hex of the device}": text order is time order. The clock never goes
back, and a stamp from elsewhere pulls it forward by at most 15 minutes, because office PCs have wrong clocks.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

MAX_PULL_MS = 15 * 60 * 1000

Now = Callable[[], int]


def wall_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def new_id(now_ms: int | None = None) -> str:
    """A UUIDv7 as 32 hex characters: ids made later sort later."""
    milliseconds = wall_ms() if now_ms is None else now_ms
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(3 << 62) | 2 << 62
    return f"{value:032x}"


def stamp_time(stamp: str) -> datetime:
    """When a stamp was made, by the clock of the PC that made it (UTC)."""
    return datetime.fromtimestamp(int(stamp[:13]) / 1000, UTC)


class HybridClock:
    """Gives the stamps of one device. Thread-safe."""

    def __init__(self, device: str, *, last: str = "", now: Now = wall_ms) -> None:
        self._device = device[:8]
        self._now = now
        self._lock = Lock()
        self._ms, self._counter = _parse(last)

    def stamp(self) -> str:
        """The next stamp: later than every one before."""
        with self._lock:
            wall = self._now()
            if wall > self._ms:
                self._ms, self._counter = wall, 0
            elif self._counter < 0xFFFF:
                self._counter += 1
            else:
                self._ms, self._counter = self._ms + 1, 0
            return f"{self._ms:013d}-{self._counter:04x}-{self._device}"

    def seen(self, stamp: str) -> None:
        """Takes notice of a stamp from elsewhere."""
        with self._lock:
            ms, counter = _parse(stamp)
            if self._ms < ms <= self._now() + MAX_PULL_MS:
                self._ms, self._counter = ms, counter


def _parse(stamp: str) -> tuple[int, int]:
    return (int(stamp[:13]), int(stamp[14:18], 16)) if stamp else (0, 0)
