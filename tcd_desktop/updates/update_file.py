"""An update on a stick: the signed line, a newline, the packed program.

The signature is verified before anything else is read, the length before anything is copied, the hash before anything
is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.sync.envelope import Writable
from tcd_desktop.sync.root import TrustedRoot
from tcd_desktop.sync.stick import write_whole
from tcd_desktop.updates.limits import DEFAULT, UpdateLimits
from tcd_desktop.updates.statement import Statement, verify_statement

SUFFIX = ".tcdu"


@dataclass(frozen=True, slots=True)
class UpdateFile:
    """An update whose signature is right and whose length is the signed one. `start`: where the program begins."""

    path: Path
    statement: Statement
    start: int


def file_name(statement: Statement) -> str:
    """A hint for people; never read by the program."""
    return f"TCD_CAPNHAT_{statement.version}_{statement.platform}{SUFFIX}"


def hash_of(path: Path, progress: Progress, limits: UpdateLimits = DEFAULT) -> tuple[str, int]:
    """(SHA-256 hex, size) of a file, in pieces."""
    digest, size = sha256(), 0
    with open(path, "rb") as file:
        while piece := file.read(limits.piece):
            stop_if_cancelled(progress)
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def write_update(path: Path, line: bytes, packed: Path, progress: Progress, limits: UpdateLimits = DEFAULT) -> int:
    """Writes an update as every file of a stick is written; returns its size. Raises ExportFailed, Cancelled."""
    size = packed.stat().st_size + len(line) + 1

    def produce(sink: Writable) -> None:
        sink.write(line + b"\n")
        with open(packed, "rb") as file:
            while piece := file.read(limits.piece):
                sink.write(piece)

    def seen(done_before: int) -> Callable[[int], None]:
        def step(done: int) -> None:
            stop_if_cancelled(progress)
            progress.step(done_before + done, 2 * size)

        return step

    write_whole(path, produce, expected=size, on_write=seen(0), on_read=seen(size))
    return size


def read_update(path: Path, root: TrustedRoot, limits: UpdateLimits = DEFAULT) -> UpdateFile:
    """What a file of a stick says, once its signature is right. Nothing of the program in it is read.

    Raises Refused("update_not_one" | "update_unsigned" | "update_too_new" | "update_too_large" | "update_cut" |
    "update_altered" | "update_stick").
    """
    try:
        size = path.stat().st_size
        with open(path, "rb") as file:
            line = file.readline(limits.statement + 2)
    except OSError as error:
        raise Refused("update_stick") from error
    if not line.endswith(b"\n"):
        raise Refused("update_not_one")
    statement = verify_statement(line[:-1], root)
    whole = len(line) + statement.size
    if size != whole:
        raise Refused("update_cut" if size < whole else "update_altered")
    return UpdateFile(path, statement, len(line))


def copy_payload(update: UpdateFile, target: Path, progress: Progress, limits: UpdateLimits = DEFAULT) -> None:
    """Copies the packed program off the stick; what was copied has the signed hash when this returns.

    Raises Refused("update_altered" | "update_cut" | "update_stick"), OSError of this PC's own disk, Cancelled.
    """
    digest, left, size = sha256(), update.statement.size, update.statement.size
    try:
        source = open(update.path, "rb")  # noqa: SIM115  (faults of the stick and of the disk are told apart)
    except OSError as error:
        raise Refused("update_stick") from error
    with source, open(target, "wb") as sink:
        source.seek(update.start)
        while left:
            stop_if_cancelled(progress)
            try:
                piece = source.read(min(limits.piece, left))
            except OSError as error:
                raise Refused("update_stick") from error
            if not piece:
                raise Refused("update_cut")
            digest.update(piece)
            sink.write(piece)
            left -= len(piece)
            progress.step(size - left, size)
    if digest.hexdigest() != update.statement.sha256:
        raise Refused("update_altered")
