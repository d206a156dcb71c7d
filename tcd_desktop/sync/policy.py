"""What the keepers of the root have laid down in numbers: `policy` in root.json, unknown names are ignored."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tcd_desktop.sync.closed_papers import ROOM
from tcd_desktop.sync.limits import DEFAULT, MIB, Limits
from tcd_desktop.sync.root import TrustedRoot

PAPER_BYTES: Final = "blob_bytes"
VOLUME_BYTES: Final = "volume_bytes"
LEAST_PAPER: Final = MIB
LEAST_VOLUME: Final = 16 * MIB
MOST_PAPER: Final = 256 * MIB
"""A paper is in memory as a whole while it is put away."""


def limits_of(root: TrustedRoot, limits: Limits = DEFAULT) -> Limits:
    """The limits with the sizes of the policy: of one paper, and of the volumes this office writes.

    A policy can make volumes smaller, never larger than every reader believes in.
    """
    policy = root.metadata.policy
    paper = min(max(policy.get(PAPER_BYTES, limits.paper), LEAST_PAPER), MOST_PAPER)
    return replace(limits, paper=paper, blob=paper + ROOM)


def volume_room(root: TrustedRoot, limits: Limits = DEFAULT) -> int:
    """How large a volume may be that this office writes, in bytes."""
    return max(min(root.metadata.policy.get(VOLUME_BYTES, limits.volume), limits.volume), LEAST_VOLUME)
