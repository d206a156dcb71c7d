"""Writing a bundle against writing the same rows with a bare JSON encoder and zstd.

`python -m tests.benchmarks.bench_export [receptions] [--memory]`. The export does everything an export does: journal
read from the encrypted store, chain, compression, signature, encryption, fsync, the file read back and compared. The
bare side has the finished operations as objects in memory, encodes each as a JSON line (orjson when it is installed,
else msgspec; the result says which) and writes one zstd stream of level 3. Goal: at least 0.5 of its speed.
Processor time and wall time are both given, because a busy machine tells little by the wall clock.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import journal
from tests.benchmarks.measures import Cost, peak_memory_mb
from tests.benchmarks.world_rows import logged_ward

GOAL = 0.5
MEMORY_GOAL_MB = 300
COUNT = 100_000
ROUNDS = 3


def main() -> int:
    """Prints the ratio; with --memory only the export runs, so that the peak is its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("receptions", nargs="?", type=int, default=COUNT)
    parser.add_argument("--memory", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stick, district, ward = logged_ward(folder, given.receptions)
        try:
            figures = _memory(ward, stick) if given.memory else _ratio(ward, stick)
        finally:
            ward.close()
            district.close()
    print(json.dumps({"receptions": given.receptions, **figures}))
    return 0


def _memory(ward: OpenOffice, stick: Path) -> dict[str, Any]:
    with Cost() as cost:
        ward.outbox.export(stick, full=True)
    return {"name": "export_memory", "seconds": round(cost.wall, 2), **peak_memory_mb(), "goal": MEMORY_GOAL_MB}


def _ratio(ward: OpenOffice, stick: Path) -> dict[str, Any]:
    """The best of some rounds of each side, taken in turn."""
    encoder, encode = _bare_encoder()
    with ward.store.reading() as connection:
        operations = [msgspec.json.decode(line) for line in journal.lines_after(connection, _own(connection), 0)]
    exports, bares = [], []
    for _ in range(ROUNDS):
        with Cost() as bare:
            _write_bare(stick / "bare.zst", operations, encode)
        with Cost() as export:
            ward.outbox.export(stick, full=True)
        exports.append(export)
        bares.append(bare)
    mine, other = min(exports, key=lambda one: one.processor), min(bares, key=lambda one: one.processor)
    figures: dict[str, Any] = {
        "name": "export",
        "bare_encoder": encoder,
        "per_second": round(len(operations) / mine.wall),
        "seconds": round(mine.wall, 2),
        "processor_seconds": round(mine.processor, 2),
        "bare_seconds": round(other.wall, 2),
        "bare_processor_seconds": round(other.processor, 2),
        "ratio": round(other.processor / mine.processor, 3),
        "ratio_by_the_wall": round(min(one.wall for one in bares) / min(one.wall for one in exports), 3),
        "goal": GOAL,
    }
    figures["ok"] = figures["ratio"] >= GOAL
    return figures


def _own(connection: Any) -> journal.Chain:
    return journal.own_chain(connection)


def _bare_encoder() -> tuple[str, Callable[[Any], bytes]]:
    try:
        orjson = import_module("orjson")
    except ImportError:
        return "msgspec", msgspec.json.Encoder().encode
    return "orjson", orjson.dumps


def _write_bare(path: Path, operations: list[Any], encode: Callable[[Any], bytes]) -> None:
    with path.open("wb") as file, zstandard.ZstdCompressor(level=3).stream_writer(file) as writer:
        for one in operations:
            writer.write(encode(one) + b"\n")


if __name__ == "__main__":
    sys.exit(main())
