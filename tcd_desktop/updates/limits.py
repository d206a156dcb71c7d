"""Every size that an update is believed in, in one place; looked at before the bytes it limits are kept."""

from __future__ import annotations

from dataclasses import dataclass

from tcd_desktop.sync.limits import GIB, KIB, MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateLimits:
    """Sizes are bytes, counts are counts."""

    statement: int = 64 * KIB
    """The signed line at the beginning of the file."""
    payload: int = GIB
    """The packed program; a build has about 80 MiB."""
    unpacked: int = 2 * GIB
    """All files of it together."""
    files: int = 20_000
    name: int = 200
    """Letters of a file's path in it: Windows stops at 260 with the folder before it."""
    depth: int = 16
    """Folders in folders."""
    notes: int = 4_000
    """Letters of what is new."""
    entry: int = 512
    """Bytes that the list at the end of the archive has for one file: its path and 46 more."""
    trial_seconds: int = 600
    """A new version's check of itself."""
    looked_at: int = 50
    """Update files of one folder that are looked at; who needs more has a folder of something else."""
    piece: int = MIB


DEFAULT = UpdateLimits()
