"""Files a district is about to import: looked into one by one, rehearsed, then taken in the right order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress, stop_if_cancelled
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.unit import Change
from tcd_desktop.sync.bundle_writer import SUFFIX
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.sync.inspection import Inspection
from tcd_desktop.ui.exchange.ward_cards import RETURN_NAME

TOUCHED = tuple(Change(table, "") for table in ("reception", "case_file", "citizen", "petition", "attachment"))
"""What an import may have changed: pages that show any of it read again."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file, what it says of itself, and what importing it would do or did."""

    file: Path
    name: str
    seen: Inspection
    result: ImportResult
    preview: bool

    @property
    def created(self) -> datetime | None:
        """When the sender made it, by the sender's clock."""
        return datetime.fromisoformat(self.seen.created) if self.seen.created else None


def bundles_in(folder: Path) -> list[Path]:
    """The bundles of wards in a folder and the folders right below it; answers to wards are left out."""
    found = [*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*/*{SUFFIX}")]
    return sorted(file for file in found if not RETURN_NAME.fullmatch(file.name))


def chosen_bundles(paths: Iterable[Path]) -> list[Path]:
    """Files as they were dropped; a folder stands for its bundles. Each once."""
    files: list[Path] = []
    for path in paths:
        files += bundles_in(path) if path.is_dir() else [path]
    return list(dict.fromkeys(files))


def rehearse(office: OpenOffice, files: Sequence[Path], names: Mapping[str, str], progress: Progress) -> list[Arriving]:
    """Looks into every file and plays the import through without keeping it, in the order of import."""
    found: list[Arriving] = []
    for number, file in enumerate(files):
        stop_if_cancelled(progress)
        progress.step(number, len(files), file.name)
        try:
            seen = office.inbox.inspect(file)
        except Refused as refused:
            seen = Inspection(signature="unknown", code=refused.code)
        result = office.inbox.take([file], dry_run=True)[0]
        sender = result.sender or seen.sender or ""
        found.append(Arriving(file, names.get(sender, sender), seen, result, preview=True))
    progress.step(len(files), len(files))
    return sorted(found, key=_order)


def _order(arriving: Arriving) -> tuple[str, int, str]:
    return (arriving.seen.sender or "~", arriving.seen.first or 0, arriving.file.name)


def take(office: OpenOffice, arriving: Sequence[Arriving], progress: Progress) -> list[Arriving]:
    """Imports what was rehearsed; what the rehearsal refused is offered again, for the ledger."""
    taken: list[Arriving] = []
    results = {}
    for number, one in enumerate(arriving):
        stop_if_cancelled(progress)
        progress.step(number, len(arriving), one.file.name)
        for result in office.inbox.take([one.file]):
            results[result.file] = result
    progress.step(len(arriving), len(arriving))
    for one in arriving:
        taken.append(Arriving(one.file, one.name, one.seen, results[one.file], preview=False))
    extra = [result for file, result in results.items() if all(file != one.file for one in arriving)]
    for result in extra:
        seen = Inspection(signature="valid", sender=result.sender)
        taken.append(Arriving(result.file, result.sender, seen, result, preview=False))
    return taken
