"""The copy of an office's books that is made before an update, and when it may be put back.

    home/before-update/0.2.0-0.3.0/tcd.db       the database, copied by its own means and looked through
    home/before-update/0.2.0-0.3.0/about.json   which version made it, and where the books stood
    …/office.json  …/device.key                 as they were

A version that brings another schema changes the database when it first opens it; the version before cannot read it
then. The copy goes back only when nothing was recorded since: no act, no import, no number, no draft.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.copies import exchange_file, standing_of
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.schema.schema import VERSION as SCHEMA
from tcd_desktop.store.store import Store

FOLDER = "before-update"
ABOUT = "about.json"
DATABASE = "tcd.db"
ASIDE = "after-update.db"
BESIDE = ("office.json", "device.key")


@dataclass(frozen=True, slots=True)
class HomeCopy:
    """A copy: made by the version `before` for `after`; the books stood at `standing` under `schema`."""

    before: str
    after: str
    schema: int
    standing: str


def make_copy(store: Store, home: Path, *, before: str, after: str) -> Path:
    """Makes the copy; older ones go once this one is whole. Raises StoreUnavailable, Refused("update_copy_failed")."""
    folder = home / FOLDER / f"{before}-{after}"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        standing = store.copy_to(folder / DATABASE)
        for name in BESIDE:
            if (home / name).is_file():
                shutil.copyfile(home / name, folder / name)
        part = folder / f"{ABOUT}.part"
        part.write_text(json.dumps(asdict(HomeCopy(before, after, SCHEMA, standing))), encoding="utf-8")
        os.replace(part, folder / ABOUT)
    except (OSError, StoreUnavailable) as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, StoreUnavailable):
            raise
        raise Refused("update_copy_failed") from error
    for other in (home / FOLDER).iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder


def newest_copy(home: Path) -> tuple[Path, HomeCopy] | None:
    """The copy that lies in an office folder, None without a whole one."""
    for folder in sorted((home / FOLDER).glob("*-*"), reverse=True):
        try:
            return folder, HomeCopy(**json.loads((folder / ABOUT).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            continue
    return None


def put_back(home: Path, key: bytes) -> HomeCopy:
    """Puts the copy back in place of a database that a newer version has changed. The database must be closed.

    Raises Refused("update_recorded_since") when anything was recorded since, StoreUnavailable("store_from_future")
    when there is no copy this version can read.
    """
    database, found = home / DATABASE, newest_copy(home)
    schema, now = standing_of(database, key)
    if found is None or found[1].schema > SCHEMA:
        raise StoreUnavailable("store_from_future", found=schema, known=SCHEMA)
    folder, copy = found
    if now != copy.standing:
        raise Refused("update_recorded_since", version=copy.after)
    if standing_of(folder / DATABASE, key) != (copy.schema, copy.standing):
        raise StoreUnavailable("store_corrupt")
    exchange_file(folder / DATABASE, database, folder / ASIDE)
    return copy
