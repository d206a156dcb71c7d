"""Which tables a ward's PC may write: those its certificate names, and those that came later."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from tcd_desktop.store.journal.lines import RECORDS, SUPERIOR_TABLES

WARD_TABLES: Final = frozenset(RECORDS) - SUPERIOR_TABLES
"""All of a ward's books in this version of the program: what a new certificate names."""

FIRST_BOOKS: Final = frozenset(
    {
        "office",
        "officer",
        "day_off",
        "citizen",
        "reception",
        "petition",
        "case_file",
        "attachment",
        "issued_document",
        "disclosure",
    }
)
"""All of a ward's books in the first version."""


def tables_granted(named: Collection[str]) -> frozenset[str]:
    """The tables a certificate gives its PC.

    A certificate is valid for three years and names the books of its day. One that names all of the first books
    was given for a ward's whole work, so books of a later version belong to it; one that names fewer stays with them.
    """
    known = frozenset(named) & frozenset(RECORDS)
    return known | WARD_TABLES if known >= FIRST_BOOKS else known
