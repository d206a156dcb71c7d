"""Where the writer keeps compressed segments between its two passes.

A small bundle stays in memory. A larger one goes to a temporary file, each segment encrypted with
ChaCha20-Poly1305 under a key that exists only in memory: after a crash the file left behind is noise.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305


class Spool:
    """A list of byte strings that may be larger than memory. A context manager: leaving it forgets
    everything.
    """

    def __init__(self, memory: int, folder: Path | None = None) -> None:
        self._memory = memory
        self._folder = folder
        self._kept: list[bytes | tuple[int, int]] = []
        self._size = 0
        self._file: IO[bytes] | None = None
        self._cipher = ChaCha20Poly1305(ChaCha20Poly1305.generate_key())

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kept.clear()
        if self._file is not None:
            self._file.close()

    def __len__(self) -> int:
        return len(self._kept)

    def append(self, data: bytes) -> None:
        """Keeps one more byte string. Raises OSError when the disk is full."""
        if self._size + len(data) <= self._memory:
            self._size += len(data)
            self._kept.append(data)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder, prefix="tcd-")  # noqa: SIM115
        at = self._file.seek(0, 2)
        sealed = self._cipher.encrypt(_nonce(len(self._kept)), data, None)
        self._file.write(sealed)
        self._kept.append((at, len(sealed)))

    def __getitem__(self, index: int) -> bytes:
        """The byte string that was appended as number `index`."""
        kept = self._kept[index]
        if isinstance(kept, bytes):
            return kept
        assert self._file is not None
        self._file.seek(kept[0])
        return self._cipher.decrypt(_nonce(index), self._file.read(kept[1]), None)


def _nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")
