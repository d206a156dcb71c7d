"""Segments: the pieces of a bundle after its manifest. Packing, unpacking within limits, and lines of
operations.

A compressed segment is exactly one zstd frame with its content size, and nothing after it. Before anything is
decompressed the frame is walked block by block (no decompression needed for that), so that what is read is
what the signed hash covers, in one form only. Decompression streams: a one-shot call would allocate what the
header claims.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import zstandard

from tcd_desktop.sync.limits import Limits
from tcd_desktop.sync.manifest import Segment
from tcd_desktop.sync.refusals import BundleRefused, Code

LEVEL = 3
_BLOCK_HEADER = 3
_RLE, _RESERVED = 1, 3


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes as they go into the file, and how."""

    data: bytes
    codec: Literal["zstd", "none"]
    ulen: int


def pack(data: bytes) -> Packed:
    """Compressed as one frame at level 3, with its content size."""
    return Packed(zstandard.ZstdCompressor(level=LEVEL).compress(data), "zstd", len(data))


def unpack(stored: bytes, segment: Segment, limits: Limits) -> bytes:
    """The content of a segment whose hash was verified. Raises E_SEGMENT, E_LIMIT."""
    if segment.c == "none":
        return stored
    _check_frame(stored, segment, limits)
    reader = zstandard.ZstdDecompressor(max_window_size=limits.window).stream_reader(io.BytesIO(stored))
    try:
        data = reader.read(segment.ulen + 1)
    except zstandard.ZstdError as error:
        raise BundleRefused(Code.SEGMENT, reason="zstd") from error
    if len(data) != segment.ulen:
        raise BundleRefused(Code.SEGMENT, reason="length")
    return data


def split_lines(data: bytes, segment: Segment, limits: Limits) -> list[bytes]:
    """The operation lines of a segment, without newlines. Raises E_ORDER (count), E_LIMIT (length),
    E_SCHEMA.
    """
    if data.count(b"\n") != segment.n:
        raise BundleRefused(Code.ORDER, reason="count")
    lines = data.split(b"\n")
    if lines.pop() != b"":
        raise BundleRefused(Code.SCHEMA, reason="last line")
    if max(map(len, lines)) > limits.line:
        raise BundleRefused(Code.LIMIT, reason="line", limit=limits.line)
    if not all(lines):
        raise BundleRefused(Code.SCHEMA, reason="empty line")
    return lines


def batches(lines: Iterable[bytes], limits: Limits) -> Iterator[list[bytes]]:
    """Lines in groups that make segments of at most the target size. Raises E_LIMIT, E_SCHEMA for an
    impossible line.
    """
    batch: list[bytes] = []
    size = 0
    for line in lines:
        if len(line) > limits.line:
            raise BundleRefused(Code.LIMIT, reason="line", limit=limits.line)
        if not line or b"\n" in line:
            raise BundleRefused(Code.SCHEMA, reason="line")
        if batch and size + len(line) + 1 > limits.operations_target:
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += len(line) + 1
    if batch:
        yield batch


def _check_frame(stored: bytes, segment: Segment, limits: Limits) -> None:
    try:
        frame = zstandard.get_frame_parameters(stored)
        at = zstandard.frame_header_size(stored)
    except zstandard.ZstdError as error:
        raise BundleRefused(Code.SEGMENT, reason="frame") from error
    if frame.content_size != segment.ulen or frame.dict_id:
        raise BundleRefused(Code.SEGMENT, reason="content size")
    if frame.window_size > limits.window:
        raise BundleRefused(Code.LIMIT, reason="window", limit=limits.window)
    if _frame_end(stored, at, limits.segment_blocks) + (4 if frame.has_checksum else 0) != len(stored):
        raise BundleRefused(Code.SEGMENT, reason="after the frame")


def _frame_end(stored: bytes, at: int, blocks: int) -> int:
    """Where the last block of a frame ends. A block header is: last block (1 bit), type (2 bits), size (21
    bits).
    """
    for _ in range(blocks):
        header = int.from_bytes(stored[at : at + _BLOCK_HEADER], "little")
        kind, size = header >> 1 & 3, header >> 3
        if at + _BLOCK_HEADER > len(stored) or kind == _RESERVED:
            raise BundleRefused(Code.SEGMENT, reason="block")
        at += _BLOCK_HEADER + (1 if kind == _RLE else size)
        if header & 1:
            return at
    raise BundleRefused(Code.LIMIT, reason="blocks", limit=blocks)
