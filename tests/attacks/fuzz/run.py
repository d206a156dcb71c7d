"""Feeds inputs one after the other: counts what became of them, keeps what should not be, watches time and memory."""

from __future__ import annotations

import faulthandler
import json
import os
import struct
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.attacks.fuzz.books import RealBooks
from tests.attacks.fuzz.corpus import Corpus
from tests.attacks.fuzz.layers import REFUSALS, Layer, layers_of

HANG = 30
"""Seconds after which a worker kills itself: what an input may cost is a hundredth of it."""
SLOW = 5.0
"""Seconds of one input that count as a find; a busy machine is slower than a quiet one, but not so much."""
GROWTH = 192 * 2**20
"""Bytes the process may grow while it reads: a segment of 16 MiB several times over."""
LOOK = 200
"""Inputs between two looks at memory."""
ROWS = 5000
"""Inputs between two looks at every row of the books."""


@dataclass(slots=True)
class Tally:
    """What became of the inputs: (layer, code) -> how many; code "accepted" for what was taken."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_at: int = 0
    grown: int = 0

    def add(self, other: Tally) -> None:
        """Takes in what another worker saw."""
        self.counts.update(other.counts)
        self.found += other.found
        if other.slowest > self.slowest:
            self.slowest, self.slowest_at = other.slowest, other.slowest_at
        self.grown = max(self.grown, other.grown)

    def save(self, path: Path) -> None:
        counts = [[layer, code, number] for (layer, code), number in self.counts.items()]
        told = [counts, self.found, self.slowest, self.slowest_at, self.grown]
        path.write_text(json.dumps(told), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Tally:
        counts, *rest = json.loads(path.read_text(encoding="utf-8"))
        return cls(Counter({(layer, code): number for layer, code, number in counts}), *rest)


def chosen(layers: Sequence[Layer], seed: int, index: int) -> tuple[Layer, Random]:
    """The layer of an input and the chance it is made from: the same for a seed and an index on every machine."""
    rng = Random((seed << 40) | index)
    return rng.choices(layers, [layer.weight for layer in layers])[0], rng


class Keep:
    """The folder for finds: the input, the layer in its name, and why."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, layer: str, index: int, data: bytes, why: str) -> str:
        name = f"{index:09d}-{layer.replace(' ', '_')}"
        (self.folder / f"{name}.bin").write_bytes(data)
        (self.folder / f"{name}.txt").write_text(why, encoding="utf-8")
        return name


def feed_all(
    layers: Sequence[Layer], books: RealBooks, keep: Keep, seed: int, indexes: range, *, now: Path | None = None
) -> Tally:
    """Feeds the inputs of some indexes. `now` is a file that always holds the index that is being read: a worker has
    one, and ends itself when an input takes for ever.
    """
    tally, started = Tally(), 0
    with closing(_Mark(now)) as mark:
        for index in indexes:
            if index % LOOK == 0:
                mark.alive()
            mark.at(index)
            layer, rng = chosen(layers, seed, index)
            _feed(layer, layer.make(rng), index, keep, tally)
            if index % ROWS == 0:
                books.require_untouched()
            if index % LOOK == 0:
                started = started or peak_memory()
                tally.grown = peak_memory() - started
    books.require_untouched()
    if tally.grown > GROWTH:
        tally.found.append(f"memory grew by {tally.grown} bytes")
    return tally


def _feed(layer: Layer, data: bytes, index: int, keep: Keep, tally: Tally) -> None:
    began = time.perf_counter()
    try:
        layer.feed(data)
        code = "accepted"
    except REFUSALS as refused:
        code = refused.code
    except Exception:
        code = "FOUND"
        tally.found.append(keep.find(layer.name, index, data, traceback.format_exc()))
    took = time.perf_counter() - began
    if took > tally.slowest:
        tally.slowest, tally.slowest_at = took, index
    if took > SLOW:
        tally.found.append(keep.find(layer.name, index, data, f"{took:.1f} s"))
    tally.counts[layer.name, code] += 1


class _Mark:
    """Eight bytes that outlive a crash, and the clock that ends a worker which hangs."""

    def __init__(self, path: Path | None) -> None:
        self._file = path.open("r+b", buffering=0) if path else None

    def at(self, index: int) -> None:
        if self._file is not None:
            self._file.seek(0)
            self._file.write(struct.pack("<q", index))

    def alive(self) -> None:
        """The clock begins anew. Only a worker has one: who feeds by itself must not be ended."""
        if self._file is not None:
            faulthandler.dump_traceback_later(HANG, exit=True)

    def close(self) -> None:
        if self._file is not None:
            faulthandler.cancel_dump_traceback_later()
            self._file.close()


def marked(path: Path) -> int:
    """The index that was being read when a worker ended, -1 when it had not begun."""
    return int(struct.unpack("<q", path.read_bytes())[0])


def peak_memory() -> int:
    """The most this process has ever held, bytes; 0 where the system does not say (Windows)."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def work(folder: Path, seed: int, first: int, end: int) -> None:
    """One worker: `folder` holds the corpus and takes the finds, the mark and the tally."""
    corpus = Corpus.load(folder / "corpus")
    with TemporaryDirectory() as homes:
        os.environ["TCD_CONFIG_DIR"] = str(Path(homes) / "config")
        books = RealBooks(corpus, Path(homes))
        try:
            layers = [*layers_of(corpus), *books.layers()]
            feed_all(layers, books, Keep(folder), seed, range(first, end), now=folder / "now").save(folder / "tally")
        finally:
            books.close()
