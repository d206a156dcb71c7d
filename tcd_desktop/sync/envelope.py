"""The outer envelope: an age v1 file (C2SP), through pyrage (rage).

What is known of pyrage 1.4 and handled here:
- An exception of our reader or writer comes back as pyrage's own, and one in the last write of a small file
  does not come back at all (success on a full disk). So both are wrapped, remember their first error, and it
  is raised again.
- Decrypted bytes are handed out before the end of the file was authenticated: whoever takes them must keep
  them provisional until `decrypt` has returned.
- The header is read until it ends, however long it is: it is read and bounded here first.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pyrage

from tcd_desktop.sync.keys import BoxKey, age_recipient
from tcd_desktop.sync.limits import DEFAULT, Limits
from tcd_desktop.sync.refusals import BundleRefused, Code

MAGIC = b"age-encryption.org/v1\n"
_MAC_LINE = b"\n--- "
_PIECE = 8192


class Readable(Protocol):
    """A file or stream open for reading bytes."""

    def read(self, size: int, /) -> bytes: ...


class Writable(Protocol):
    """Takes bytes in order; raises to stop."""

    def write(self, data: bytes, /) -> object: ...


@dataclass(frozen=True, slots=True)
class AgeHeader:
    """What the outside of an age file shows to anybody: how many keys may open it (without age's grease)."""

    recipients: int
    length: int


class _Reader:
    """A reader that remembers what went wrong, first giving back the bytes that were looked at before."""

    def __init__(self, source: Readable, seen: bytes = b"") -> None:
        self._source = source
        self._seen = seen
        self.error: BaseException | None = None

    def read(self, size: int = _PIECE) -> bytes:
        if self._seen:
            piece, self._seen = self._seen[:size], self._seen[size:]
            return piece
        try:
            return self._source.read(size)
        except BaseException as error:
            self.error = self.error or error
            raise


class _Writer:
    """A writer that remembers what went wrong and never writes less than it was given."""

    def __init__(self, sink: Writable) -> None:
        self._sink = sink
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        if self.error is not None:
            raise self.error
        try:
            self._sink.write(data)
        except BaseException as error:
            self.error = error
            raise
        return len(data)

    def flush(self) -> None:
        """The sink's owner flushes."""


def encrypt(source: Readable, sink: Writable, recipients: Sequence[bytes]) -> None:
    """Encrypts everything `source` has to the public box keys `recipients`.

    `sink.write` must take all it is given (a buffered file does). Errors of either side come out as they are.
    """
    reader, writer = _Reader(source), _Writer(sink)
    keys = [pyrage.x25519.Recipient.from_str(age_recipient(key)) for key in recipients]
    try:
        pyrage.encrypt_io(reader, writer, keys)
    except Exception:
        _raise_first(reader, writer)
        raise
    _raise_first(reader, writer)


def decrypt(source: Readable, sink: Writable, identities: Sequence[BoxKey], *, limits: Limits = DEFAULT) -> AgeHeader:
    """Pushes the plaintext into `sink` piece by piece. It is authentic as a whole only after this returned.

    Raises BundleRefused (E_NOT_A_BUNDLE, E_LIMIT, E_RECIPIENT, E_ENVELOPE_CRYPTO); errors of the source and
    exceptions of the sink come out as they are.
    """
    seen, header = read_header(source, limits=limits)
    reader, writer = _Reader(source, seen), _Writer(sink)
    keys = [pyrage.x25519.Identity.from_str(key.age_identity()) for key in identities]
    try:
        pyrage.decrypt_io(reader, writer, keys)
    except (pyrage.DecryptError, OSError) as error:
        _raise_first(reader, writer)
        if "No matching keys" in str(error):
            raise BundleRefused(Code.RECIPIENT, keys=header.recipients) from error
        raise BundleRefused(Code.ENVELOPE_CRYPTO) from error
    _raise_first(reader, writer)
    return header


def read_header(source: Readable, *, limits: Limits = DEFAULT) -> tuple[bytes, AgeHeader]:
    """The bytes read so far (to be decrypted too) and what the header shows. Raises E_NOT_A_BUNDLE,
    E_LIMIT.
    """
    seen = b""
    while len(seen) < limits.age_header + _PIECE:
        piece = source.read(_PIECE)
        seen += piece
        if not MAGIC.startswith(seen[: len(MAGIC)]) or not seen:
            raise BundleRefused(Code.NOT_A_BUNDLE, reason=_what(seen))
        end = seen.find(_MAC_LINE, 0, limits.age_header)
        if end >= 0:
            line_end = seen.find(b"\n", end + 1)
            length = line_end + 1 if line_end >= 0 else len(seen)
            return seen, AgeHeader(seen.count(b"\n-> X25519 ", 0, end), length)
        if not piece:
            raise BundleRefused(Code.ENVELOPE_CRYPTO, reason="header")
    raise BundleRefused(Code.LIMIT, reason="age header", limit=limits.age_header)


def seal(data: bytes, recipients: Sequence[bytes]) -> bytes:
    """A small text (an enrolment answer) as one age file in memory."""
    sealed = io.BytesIO()
    encrypt(io.BytesIO(data), sealed, recipients)
    return sealed.getvalue()


def unseal(data: bytes, identities: Sequence[BoxKey], *, limit: int) -> bytes:
    """The text of `seal`. Raises like `decrypt`, and E_LIMIT when the file is longer than `limit`."""
    if len(data) > limit:
        raise BundleRefused(Code.LIMIT, reason="file", limit=limit)
    opened = io.BytesIO()
    decrypt(io.BytesIO(data), opened, identities)
    return opened.getvalue()


def _raise_first(reader: _Reader, writer: _Writer) -> None:
    for error in (writer.error, reader.error):
        if error is not None:
            raise error


def _what(seen: bytes) -> str:
    if not seen:
        return "empty"
    return "zeros" if not seen.strip(b"\0") else "other"
