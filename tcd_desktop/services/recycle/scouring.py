"""After something was erased: its papers leave the folder, its words the free pages of the database.

What is to be done stands in the database until it is done (`erasing.PENDING`): a power cut in between only delays it.
"""

from __future__ import annotations

from pathlib import Path

from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.journal import erasing
from tcd_desktop.store.store import COPY_BEFORE_UPGRADE, Store


def scour(store: Store, blobs: Blobs, home: Path) -> bool:
    """Does what is still to be done; False when there is nothing. Raises StoreUnavailable (full, busy)."""
    if store.read(erasing.pending) is None:
        return False
    with store.writing() as connection:
        contents = erasing.to_throw_away(connection)
    for digest in contents:
        blobs.remove(digest)
    (home / COPY_BEFORE_UPGRADE).unlink(missing_ok=True)
    emptied = store.scour()
    if emptied and not any(blobs.has(digest) for digest in contents):  # else somebody holds it open: the next time
        with store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM fact WHERE name = ?", (erasing.PENDING,))
    return True
