"""The packed program: a plain ZIP of regular files, written and opened in bounded memory.

What is opened was signed and its hash compared before; these rules hold all the same, so that a mistake at the office
above cannot write outside the folder or fill the disk.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from pathlib import Path

from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.updates.limits import DEFAULT, UpdateLimits

_END = struct.Struct("<4s4H2LH")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def pack(build: Path, target: Path, progress: Progress, limits: UpdateLimits = DEFAULT) -> tuple[int, int]:
    """Packs a folder; returns (bytes of all files, their number).

    Links inside the folder become files. Raises Refused("update_archive" | "update_too_large"), OSError, Cancelled.
    """
    inside = build.resolve()
    files = sorted(path for path in inside.rglob("*") if path.is_file())
    total = sum(path.stat().st_size for path in files)
    if not files or len(files) > limits.files or total > limits.unpacked:
        raise Refused("update_too_large")
    done = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=False) as packed:
        for path in files:
            stop_if_cancelled(progress)
            if not path.resolve().is_relative_to(inside):
                raise Refused("update_archive", reason="link")
            name = path.relative_to(inside).as_posix()
            _check_name(name, limits)
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | (0o755 if os.access(path, os.X_OK) else 0o644)) << 16
            entry.file_size = path.stat().st_size
            with open(path, "rb") as source, packed.open(entry, "w") as sink:
                while piece := source.read(limits.piece):
                    sink.write(piece)
                    done += len(piece)
            progress.step(done, total)
    return total, len(files)


def unpack(
    packed: Path, folder: Path, *, unpacked: int, files: int, progress: Progress, limits: UpdateLimits = DEFAULT
) -> None:
    """Opens an archive into a new folder; what it may hold at most was signed.

    Raises Refused("update_archive") with the reason, OSError, Cancelled. What was begun lies in the folder then.
    """
    _check_end(packed, files, limits)
    try:
        with zipfile.ZipFile(packed) as archive:
            entries = archive.infolist()
            _check_entries(entries, unpacked, files, limits)
            done = 0
            for entry in entries:
                stop_if_cancelled(progress)
                done += _write(archive, entry, folder.joinpath(*entry.filename.split("/")), limits)
                progress.step(done, unpacked)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, struct.error, UnicodeError, ValueError) as error:
        raise Refused("update_archive", reason="damaged") from error


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, limits: UpdateLimits) -> int:
    """One file; more than it declared is a bomb."""
    import zlib

    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    try:
        with archive.open(entry) as source, open(path, "xb") as sink:
            while piece := source.read(limits.piece):
                size += len(piece)
                if size > entry.file_size:
                    raise Refused("update_archive", reason="bomb")
                sink.write(piece)
    except zlib.error as error:
        raise Refused("update_archive", reason="damaged") from error
    if size != entry.file_size:
        raise Refused("update_archive", reason="short")
    if os.name == "posix" and (entry.external_attr >> 16) & 0o100:
        path.chmod(0o755)
    return size


def _check_end(packed: Path, files: int, limits: UpdateLimits) -> None:
    """The list at the end is no longer than its files need: it is read whole."""
    size = packed.stat().st_size
    with open(packed, "rb") as file:
        file.seek(max(size - _END.size, 0))
        end = file.read()
    if len(end) != _END.size:
        raise Refused("update_archive", reason="damaged")
    mark, _disk, _first, here, total, length, offset, comment = _END.unpack(end)
    whole = (mark, comment, here) == (b"PK\x05\x06", 0, total) and offset + length + _END.size == size
    if not whole or total != files or length > files * limits.entry:
        raise Refused("update_archive", reason="list")


def _check_entries(entries: list[zipfile.ZipInfo], unpacked: int, files: int, limits: UpdateLimits) -> None:
    names = {entry.filename.casefold() for entry in entries}
    if len(entries) != files or len(entries) > limits.files or len(names) != len(entries):
        raise Refused("update_archive", reason="files")
    if sum(entry.file_size for entry in entries) != unpacked or unpacked > limits.unpacked:
        raise Refused("update_archive", reason="bomb")
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.is_dir() or kind not in (0, stat.S_IFREG) or entry.flag_bits & 0x1:
            raise Refused("update_archive", reason="kind")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("update_archive", reason="method")
        _check_name(entry.orig_filename, limits)


def _check_name(name: str, limits: UpdateLimits) -> None:
    """A path that stays inside its folder, on Windows too."""
    parts = name.split("/")
    bad = len(name) > limits.name or len(parts) > limits.depth or any(mark in name for mark in '\\:*?"<>|')
    for part in parts:
        stem = part.partition(".")[0].strip().casefold()
        bad = bad or part in ("", ".", "..") or part[-1] in ". " or stem in _RESERVED or not part.isprintable()
    if bad:
        raise Refused("update_archive", reason="name")
