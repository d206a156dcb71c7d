"""One zstd frame, by the library of the system (Debian: libzstd1) or the `zstd` command; not the one in the program."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
import subprocess


def there() -> bool:
    """Whether this machine can take a frame apart."""
    return bool(ctypes.util.find_library("zstd") or shutil.which("zstd"))


def plain(frame: bytes, length: int) -> bytes:
    """The content of a frame whose length the manifest tells; ValueError when it is another."""
    name = ctypes.util.find_library("zstd")
    if name:
        data = _by_library(ctypes.CDLL(name), frame, length)
    else:
        data = subprocess.run(["zstd", "-dc"], input=frame, capture_output=True, check=True).stdout
    if len(data) != length:
        raise ValueError("another length")
    return data


def _by_library(library: ctypes.CDLL, frame: bytes, length: int) -> bytes:
    library.ZSTD_decompress.restype = ctypes.c_size_t
    library.ZSTD_isError.argtypes = [ctypes.c_size_t]
    room = ctypes.create_string_buffer(length + 1)
    size = library.ZSTD_decompress(room, ctypes.c_size_t(length + 1), frame, ctypes.c_size_t(len(frame)))
    if library.ZSTD_isError(size):
        raise ValueError("no frame")
    return room.raw[:size]
