"""Writing one file to a stick so that it is either whole or not there, and knowing which.

`name.part` is written and fsynced, renamed, read back completely and compared by SHA-256. The page cache is
dropped first where the system allows (Linux); elsewhere the read-back may come from memory, so the real
guarantee stays that data remain exportable until they are acknowledged. Windows' virus scanners hold a new
file for a moment: the rename is tried again with growing pauses.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from tcd_desktop.renaming import replace_patiently
from tcd_desktop.sync.envelope import Writable
from tcd_desktop.sync.refusals import Code, ExportFailed

PART = ".part"
_PIECE = 1024 * 1024
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def _unwatched(_done: int) -> None:
    """Nobody watches how far it is."""


class HashingFile:
    """Writes everything it is given to a file, counting and hashing it."""

    def __init__(self, file: Writable, on_write: Callable[[int], None]) -> None:
        self._file = file
        self._hash = sha256()
        self._on_write = on_write
        self.size = 0

    def write(self, data: bytes) -> None:
        """Raises OSError of the file, and whatever the progress raises to stop."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)
        self._on_write(self.size)

    @property
    def sha256(self) -> str:
        """Hex, of everything written."""
        return self._hash.hexdigest()


def write_whole(
    path: Path,
    produce: Callable[[Writable], None],
    *,
    expected: int,
    on_write: Callable[[int], None],
    on_read: Callable[[int], None] = _unwatched,
) -> tuple[str, int]:
    """Lets `produce` write a file, and returns (SHA-256 hex, size) once it was read back.

    `on_write` and `on_read` are told how many bytes were written and read back; what they raise stops the work.
    Raises ExportFailed (E_STICK_FULL, E_STICK_FILE_LIMIT, E_STICK_READ_ONLY, E_STICK_FAILED, E_READ_BACK); what was
    begun is removed then, and after any other exception (a cancelled export) too.
    """
    part = path.with_name(path.name + PART)
    written = False
    try:
        _require_space(path.parent, expected)
        with open(part, "wb") as file:
            written = True
            sink = HashingFile(file, on_write)
            produce(sink)
            file.flush()
            os.fsync(file.fileno())
        replace_patiently(part, path)
        _sync_folder(path.parent)
    except OSError as error:
        _remove(part, written)
        raise ExportFailed(_code(error), errno=error.errno or 0) from error
    except BaseException:
        _remove(part, written)
        raise
    _require_same(path, sink.sha256, sink.size, on_read)
    return sink.sha256, sink.size


def is_whole(path: Path, digest: str, size: int) -> bool:
    """Whether a file is there with the length and SHA-256 (hex) it was written with."""
    try:
        return path.stat().st_size == size and _read_back(path) == digest
    except OSError:
        return False


def _require_space(folder: Path, expected: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < expected:
        raise ExportFailed(Code.STICK_FULL, needed=expected, free=free)


def _sync_folder(folder: Path) -> None:
    """Makes the rename durable where folders can be opened (not on Windows, not on every file system)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _require_same(path: Path, expected: str, size: int, on_read: Callable[[int], None]) -> None:
    try:
        same = path.stat().st_size == size and _read_back(path, on_read) == expected
    except OSError as error:
        _remove(path, True)
        raise ExportFailed(Code.READ_BACK, errno=error.errno or 0) from error
    except BaseException:  # stopped before it was proven: it counts as not written
        _remove(path, True)
        raise
    if not same:
        _remove(path, True)
        raise ExportFailed(Code.READ_BACK)


def _read_back(path: Path, on_read: Callable[[int], None] = _unwatched) -> str:
    digest, done = sha256(), 0
    with open(path, "rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            with contextlib.suppress(OSError):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(_PIECE):
            digest.update(piece)
            done += len(piece)
            on_read(done)
    return digest.hexdigest()


def _remove(path: Path, exists: bool) -> None:
    if exists:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _code(error: OSError) -> Code:
    if error.errno in _FULL:
        return Code.STICK_FULL
    if error.errno == errno.EFBIG:  # FAT32 ends at 4 GiB, an older FAT16 at 2
        return Code.STICK_FILE_LIMIT
    return Code.STICK_READ_ONLY if error.errno in _READ_ONLY else Code.STICK_FAILED
