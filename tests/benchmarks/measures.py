"""Wall time, processor time and peak memory of this process."""

from __future__ import annotations

import gc
import os
import re
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any, Self

_STATUS = Path("/proc/self/status")


class Cost:
    """`with Cost() as cost: ...`; then `wall` and `processor` are seconds. Peaks of memory count from its beginning."""

    wall = 0.0
    processor = 0.0

    def __enter__(self) -> Self:
        gc.collect()
        forget_peak()
        self._times = os.times()
        self._begin = perf_counter()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        now, before = os.times(), self._times
        self.wall = perf_counter() - self._begin
        self.processor = now.user + now.system - before.user - before.system


_at_start: dict[str, int] = {}


def forget_peak() -> None:
    """The peak is counted anew from the memory that is in use now (Linux only)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return
    _at_start["kb"] = _kilobytes("VmRSS")


def peak_memory_mb() -> dict[str, Any]:
    """Megabytes in use at the beginning of the last `Cost`, the peak since, and what came on top."""
    if "kb" not in _at_start:
        return {"memory": "unknown on this system"}
    before, peak = _at_start["kb"] // 1024, _kilobytes("VmHWM") // 1024
    return {"start_mb": before, "peak_mb": peak, "above_start_mb": peak - before}


def _kilobytes(name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", _STATUS.read_text(encoding="ascii"), re.MULTILINE)
    assert found
    return int(found[1])
