"""Every size the reader and the writer of bundles believe in, in one place.

A limit is looked at before the bytes it limits are kept or parsed, so a hostile file costs at most these
amounts.
"""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes are bytes, counts are counts."""

    volume: int = GIB
    """One bundle file; FAT32 sticks stop at 4 GiB, a damaged volume costs only itself."""
    age_header: int = 64 * KIB
    """Text header of the age file: 98 bytes a recipient, so about 600 recipients."""
    recipients: int = 500
    certificate_line: int = 16 * KIB
    manifest_line: int = 8 * MIB
    segments: int = 20_000
    segment: int = 16 * MIB
    """Uncompressed length of one segment: what a zstd bomb can grow to."""
    segment_stored: int = 16 * MIB + 128 * KIB
    """Stored length of one segment: zstd makes incompressible data a little longer."""
    segment_blocks: int = 4096
    """zstd blocks of one segment; a block holds up to 128 KiB, so an honest one has at most 129."""
    operations_target: int = 4 * MIB
    """The writer closes a segment of operations before it grows beyond this."""
    output: int = 8 * GIB
    """Sum of all uncompressed segments of one bundle."""
    line: int = 256 * KIB
    """One operation, without its newline."""
    operations: int = 5_000_000
    window: int = 8 * MIB
    """zstd window."""
    nesting: int = 6
    """Depth of a JSON value in certificates, manifests and the like."""
    blob: int = 64 * MIB + 64 * KIB
    """One attachment as it travels: a closed paper is a little longer than the paper."""
    paper: int = 64 * MIB
    """One attachment; the policy in the root may say another size (`policy.limits_of`)."""
    blobs: int = 10_000
    signatures: int = 16
    """Signatures of one envelope."""
    root_line: int = 256 * KIB
    root_chain: int = 256
    """Versions of root.json carried at once."""
    list_line: int = 2 * MIB
    """Revocation list, office key list."""
    request: int = 16 * KIB
    answer: int = 16 * MIB
    listed: int = 1_000
    """Records of one bundle that a preview lists; the counts are of all."""
    rejects: int = 1_000
    """Entries kept aside that one answer names; the oldest come first, the others in later answers."""
    wants: int = 1_000
    """Missing stretches, receipts, balances that one answer carries."""
    parked: int = 200
    """Bundles that wait for a missing one; a further one stays on its stick."""
    parked_bytes: int = 4 * GIB
    """Sum of the bundles that wait."""
    spool_memory: int = 32 * MIB
    """The writer's spool stays in memory up to here, then goes to an encrypted temporary file."""


DEFAULT = Limits()
