"""One stick carries the bundles of all PCs of a ward: files of the other PCs are kept and passed on as they came.

Forwarding is copying. A bundle of a ward's PC is encrypted to the superior and to the ward's other PCs at once, so the
file that was read here is, byte for byte, the one the superior can read: the other PC's signature, its manifest and
its chain reach the superior untouched, no middle office can alter a record, and no second format is needed. A kept
file is dropped when the superior's signed receipt covers it, or when a newer file of the same PC holds all of it.
The superior's newest answer is passed on to the other PCs in the same way.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tcd_desktop.jobs import Progress, SilentProgress, stop_if_cancelled
from tcd_desktop.store.journal import acks
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.store import Connection
from tcd_desktop.sync.bundle_writer import SUFFIX
from tcd_desktop.sync.envelope import Writable
from tcd_desktop.sync.manifest import BundleKind
from tcd_desktop.sync.stick import write_whole

CARRIED: Final = "carried"
"""The folder of kept files, inside the inbox folder."""
_KEPT = re.compile(r"([0-9a-f]{32})_e(\d{1,16})_(\d{1,16})-(\d{1,16})_(ops|return)_([A-Za-z0-9_-]{1,120}\.tcdb)")
_OFFERED = re.compile(r"TCD_[A-Za-z0-9_-]{1,100}\.tcdb")
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of another PC that waits here. `name` is how it is called on a stick."""

    path: Path
    device: str
    epoch: int
    first: int
    last: int
    kind: BundleKind
    name: str

    def holds(self, other: Kept) -> bool:
        """Whether everything of another file is in this one too."""
        same = (self.device, self.epoch, self.kind) == (other.device, other.epoch, other.kind)
        return same and self.first <= other.first and self.last >= other.last


class Carrier:
    """`folder` is made when the first file is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: Path, line: LedgerLine) -> None:
        """Takes over a file that was read, with its line of the ledger; `file` is gone from its place then."""
        offered = Path(line.file).name
        name = offered if _OFFERED.fullmatch(offered) else f"TCD_{line.office}_{line.sha256[:16]}{SUFFIX}"
        kept = f"{line.device}_e{line.epoch}_{line.first}-{line.last}_{line.kind}_{name}"
        if not _KEPT.fullmatch(kept):
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        file.replace(self._folder / kept)
        self._drop_older(self._folder / kept)

    def _drop_older(self, newest: Path) -> None:
        fresh = next(one for one in self.kept() if one.path == newest)
        for one in self.kept():
            replaced = fresh.holds(one) if fresh.kind is BundleKind.OPS else _same_answers(fresh, one)
            if one.path != newest and replaced and _volume(one.name) == _volume(fresh.name):
                _unlink(one.path)

    def kept(self) -> list[Kept]:
        """The files that wait, by PC and number."""
        found = []
        for path in self._folder.glob(f"*{SUFFIX}"):
            match = _KEPT.fullmatch(path.name)
            if match:
                device, epoch, first, last, kind, name = match.groups()
                found.append(Kept(path, device, int(epoch), int(first), int(last), BundleKind(kind), name))
        return sorted(found, key=lambda one: (one.kind, one.device, one.epoch, one.first, one.name))

    def tidy(self, connection: Connection) -> None:
        """Drops the files the superior has confirmed to their end."""
        for one in self.kept():
            if one.kind is BundleKind.OPS and _confirmed(connection, one):
                _unlink(one.path)

    def put(self, one: Kept, folder: Path, progress: Progress | None = None) -> Path:
        """Copies a kept file onto a stick, reads it back and compares. Raises ExportFailed, Cancelled."""
        steps = progress or SilentProgress()
        size = one.path.stat().st_size

        def produce(sink: Writable) -> None:
            with one.path.open("rb") as source:
                shutil.copyfileobj(source, sink, _PIECE)

        def on_write(done: int) -> None:
            stop_if_cancelled(steps)
            steps.step(min(done, size), size)

        write_whole(folder / one.name, produce, expected=size, on_write=on_write)
        return folder / one.name


def _same_answers(fresh: Kept, other: Kept) -> bool:
    return (fresh.device, fresh.epoch, fresh.kind) == (other.device, other.epoch, other.kind)


def _volume(name: str) -> str:
    """ "v1of2" of a name; files of one export never replace each other."""
    match = re.search(r"_v\d+of\d+", name)
    return match[0] if match else ""


def _confirmed(connection: Connection, one: Kept) -> bool:
    return acks.reached(connection, one.device, one.epoch) >= one.last


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
