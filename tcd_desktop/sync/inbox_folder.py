"""The folder of the inbox: copies of files while they are read, and bundles that wait for a missing one."""

from __future__ import annotations

import contextlib
import errno
import secrets
import time
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.sync.bundle_writer import SUFFIX
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.refusals import BundleRefused, Code

_BLOCK = 1024 * 1024
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
ABANDONED = 24 * 60 * 60
"""Seconds after which a copy that nobody finished is removed."""


class InboxFolder:
    """`blobs` are swept of unfinished papers together with unfinished copies."""

    def __init__(self, folder: Path, blobs: Blobs) -> None:
        self._folder, self._blobs = folder, blobs

    def tidy(self) -> None:
        """The folder is there, and holds no copy whose import was cut off long ago (another one may be at work now)."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable("store_read_only") from error
        self._blobs.sweep(time.time() - ABANDONED)
        for part in self._folder.glob("*.part"):
            with contextlib.suppress(OSError):
                if time.time() - part.stat().st_mtime > ABANDONED:
                    part.unlink()

    def copied(self, file: Path) -> tuple[Path, str]:
        """A copy in the inbox folder and its hash, so that the stick is needed no longer."""
        copy = self._folder / f"{secrets.token_hex(8)}.part"
        try:
            size = _size(file)
            with file.open("rb") as source, copy.open("wb") as target:
                return copy, _copy(source, target, size)
        except FileNotFoundError as error:
            raise Refused("file_missing", file=file.name) from error
        except OSError as error:
            copy.unlink(missing_ok=True)
            if error.errno in _FULL:
                raise StoreUnavailable("store_full") from error
            raise Refused("file_unreadable", file=file.name) from error

    def park(self, copy: Path, digest: str) -> None:
        """A copy waits here from now on, under the hash of its content."""
        copy.replace(self._folder / f"{digest}{SUFFIX}")

    def waiting(self) -> list[Path]:
        """The bundles that wait, in the order of their names."""
        return sorted(self._folder.glob(f"*{SUFFIX}"))

    def has_room(self, file: Path, copy: Path) -> bool:
        """Only so many bundles wait here: a further one stays on its stick."""
        waiting = self.waiting()
        size = sum(kept.stat().st_size for kept in waiting) + copy.stat().st_size
        fits = len(waiting) < DEFAULT.parked and size <= DEFAULT.parked_bytes
        return fits or file.parent == self._folder


def _size(file: Path) -> int:
    """Of a file, not of a folder or a device. Raises BundleRefused(E_LIMIT), OSError."""
    if file.exists() and not file.is_file():
        raise IsADirectoryError(file.name)
    size = file.stat().st_size
    if size > DEFAULT.volume:
        raise BundleRefused(Code.LIMIT, reason="file", limit=DEFAULT.volume)
    return size


def _copy(source: BinaryIO, target: BinaryIO, size: int) -> str:
    """Copies and hashes; a stick that gives less than it announced was pulled out. Raises OSError."""
    digest, copied = sha256(), 0
    while block := source.read(_BLOCK):
        digest.update(block)
        target.write(block)
        copied += len(block)
    if copied < size:
        raise OSError(errno.EIO, "the file ended too early")
    return digest.hexdigest()
