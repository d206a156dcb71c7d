"""The command. Works in processes of their own, so that a crash of a library is a find and not the end."""

from __future__ import annotations

import argparse
import shutil
import struct
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from tests.attacks.fuzz.books import RealBooks
from tests.attacks.fuzz.corpus import Corpus, make_corpus
from tests.attacks.fuzz.layers import REFUSALS, layers_of
from tests.attacks.fuzz.run import Keep, Tally, chosen, marked, work

SLICE = 50_000
"""Inputs of one worker: books are made anew for the next."""


def main(words: list[str] | None = None) -> int:
    """0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000)
    parser.add_argument("--first", type=int, default=0, help="index of the first input")
    parser.add_argument("--keep", type=Path, help="folder for finds (default: a new one)")
    parser.add_argument("--replay", type=Path, help="feed one kept input again, with the corpus beside it")
    parser.add_argument("--worker", nargs=2, type=int, metavar=("FIRST", "END"), help=argparse.SUPPRESS)
    given = parser.parse_args(words)
    if given.replay:
        return _replay(given.replay)
    folder = given.keep or Path(mkdtemp(prefix="tcd-fuzz-"))
    if given.worker:
        work(folder, given.seed, *given.worker)
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    make_corpus().save(folder / "corpus")
    print(f"seed {given.seed}, inputs {given.first} to {given.first + given.count - 1}, finds in {folder}", flush=True)
    began = time.monotonic()
    tally = _drive(folder, given.seed, given.first, given.first + given.count)
    _print(tally, time.monotonic() - began)
    if not tally.found and given.keep is None:
        shutil.rmtree(folder)
    return 1 if tally.found else 0


def _drive(folder: Path, seed: int, first: int, end: int) -> Tally:
    """Worker after worker; one that died was killed by the input it was reading, and the next goes on behind it."""
    whole = Tally()
    while first < end:
        until = min(first + SLICE, end)
        (folder / "now").write_bytes(struct.pack("<q", -1))
        (folder / "tally").unlink(missing_ok=True)
        command = [sys.executable, "-X", "faulthandler", "-m", "tests.attacks.fuzz", "--keep", str(folder)]
        command += ["--seed", str(seed), "--worker", str(first), str(until)]
        ended = subprocess.run(command, check=False)
        if ended.returncode == 0:
            whole.add(Tally.load(folder / "tally"))
            first = until
            continue
        at = marked(folder / "now")
        if at < 0:
            raise SystemExit("the worker did not begin")
        whole.found.append(_keep_killer(folder, seed, at, ended.returncode))
        first = at + 1
    return whole


def _keep_killer(folder: Path, seed: int, index: int, status: int) -> str:
    corpus = Corpus.load(folder / "corpus")
    with TemporaryDirectory() as homes:
        books = RealBooks(corpus, Path(homes))
        try:
            layer, rng = chosen([*layers_of(corpus), *books.layers()], seed, index)
            return Keep(folder).find(layer.name, index, layer.make(rng), f"the process ended with status {status}")
        finally:
            books.close()


def _replay(path: Path) -> int:
    corpus = Corpus.load(path.parent / "corpus")
    with TemporaryDirectory() as homes:
        books = RealBooks(corpus, Path(homes))
        try:
            layers = {layer.name.replace(" ", "_"): layer for layer in (*layers_of(corpus), *books.layers())}
            layers[path.stem.split("-", 1)[1]].feed(path.read_bytes())
            print("accepted")
        except REFUSALS as refused:
            print(refused.code, getattr(refused, "facts", {}))
        finally:
            books.close()
    return 0


def _print(tally: Tally, seconds: float) -> None:
    number = sum(tally.counts.values())
    print(f"{number} inputs in {seconds:.0f} s, {number / seconds:.0f} a second; {len(tally.found)} finds")
    print(f"slowest {tally.slowest * 1000:.0f} ms (input {tally.slowest_at}), grown by {tally.grown / 2**20:.0f} MiB")
    codes: Counter[str] = Counter()
    layers: dict[str, Counter[str]] = {}
    for (layer, code), count in tally.counts.items():
        codes[code] += count
        layers.setdefault(layer, Counter())[code] += count
    print("all: " + ", ".join(f"{code} {count}" for code, count in codes.most_common()))
    for layer, found in layers.items():
        print(f"  {layer}: " + ", ".join(f"{code} {count}" for code, count in found.most_common()))
    for name in tally.found:
        print(f"FOUND {name}")


if __name__ == "__main__":
    sys.exit(main())
