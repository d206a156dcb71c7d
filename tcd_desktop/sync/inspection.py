"""What a bundle says of itself, for people: who sent it, for whom, how much, when; and whether that is proven."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.sync.bundle_reader import ReadBundle, inspect_bundle

_NAME = re.compile(r"TCD_([A-Z0-9-]+)_[0-9a-f]{8}_e\d+_(\d+)-(\d+)_v\d+of\d+\.tcdb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """`signature` valid | invalid | unknown. What is not known is None; a sender without a valid signature is a hint
    of the file name."""

    signature: str
    sender: str | None = None
    recipient: str | None = None
    operations: int | None = None
    created: str | None = None
    kind: str | None = None
    first: int | None = None
    last: int | None = None
    known: bool = False
    code: str = ""


def inspect_file(path: Path) -> Inspection:
    """What can be seen without a key: whether it is a bundle, and what its name hints at.

    Raises Refused("file_missing" | "file_unreadable").
    """
    try:
        if path.exists() and not path.is_file():  # a device without an end, a pipe nobody writes into
            raise Refused("file_unreadable", file=path.name)
        facts = inspect_bundle(path)
    except FileNotFoundError as error:
        raise Refused("file_missing", file=path.name) from error
    except OSError as error:
        raise Refused("file_unreadable", file=path.name) from error
    hint = _NAME.fullmatch(path.name)
    sender = hint[1] if hint else None
    if not facts.recipients:
        return Inspection(signature="invalid", code=facts.problem.code if facts.problem else "", sender=sender)
    return Inspection(signature="unknown", sender=sender)


def inspection_of(read: ReadBundle, *, known: bool) -> Inspection:
    """What a bundle that was read to its end says."""
    manifest = read.manifest
    path = read.certificate.certificate.path
    return Inspection(
        signature="valid",
        sender=manifest.unit,
        recipient=path[-2] if len(path) > 1 else None,
        operations=manifest.operations,
        created=stamp_time(manifest.created_hlc).isoformat(timespec="seconds"),
        kind=manifest.kind.value,
        first=manifest.first,
        last=manifest.last,
        known=known,
    )
