"""The figures of the tables of TT 06/2025/TT-TTCP as the books tell them, and the records behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from tcd_desktop.store.figures.circular import inspections, obligations, openings, petitions, settlements, visits
from tcd_desktop.store.figures.circular.kinship import Kin, linked_visits, repeated_petitions
from tcd_desktop.store.figures.circular.omitted import REASONS, omitted
from tcd_desktop.store.figures.circular.shown import described
from tcd_desktop.store.figures.circular.sources import Asked, Cursor, Member, Omitted, RowSet, add_sums, members_of

__all__ = ["REASONS", "WIDTHS", "described", "left_out", "members", "row_sets", "sums"]

WIDTHS: Final = {
    "01/TCD": visits.WIDTH,
    "02/XLD": petitions.WIDTH,
    **settlements.WIDTHS,
    "05/KQTH": obligations.WIDTH,
    "06/QLKNTC": inspections.WIDTH,
}
"""Table -> how many columns it has."""


def sums(connection: Connection, form: str, asked: Asked) -> dict[str, list[int]]:
    """Office -> the figures of a table; an office without any is not in it. Columns that are sums of others stay 0."""
    found: dict[str, list[int]] = {}
    for rows in row_sets(connection, form, asked):
        add_sums(connection, rows, asked, found, WIDTHS[form])
    return found


@contextmanager
def petitions_kept(connection: Connection, asked: Asked) -> Iterator[Asked]:
    """For several tables of one period, offices and choices: what to ask `sums` with meanwhile."""
    with petitions.kept_petitions(connection, asked, repeated_petitions(connection)) as kept:
        yield kept


def members(
    connection: Connection,
    form: str,
    columns: Iterable[int],
    asked: Asked,
    *,
    after: Cursor | None = None,
    limit: int | None = None,
) -> tuple[list[Member], Cursor | None]:
    """The records that add to some columns, by table and day, and the cursor after them (None = the end)."""
    sets = row_sets(connection, form, asked)
    return members_of(connection, sets, columns, asked, after=after, limit=limit)


def left_out(connection: Connection, form: str, asked: Asked, *, limit: int) -> list[Omitted]:
    """What a table leaves out, or counts where nobody said: at most `limit` records of each reason.

    What a person wrote about a denunciation is not told: it may name who denounced.
    """
    found = omitted(connection, form, asked, kin_of(connection, form), limit=limit)
    shown = described(connection, [one.member for one in found])
    return [
        replace(one, member=member, detail="" if member.secret else one.detail)
        for one, member in zip(found, shown, strict=True)
    ]


def kin_of(connection: Connection, form: str) -> Kin:
    """Which records are one matter, as far as a table asks for that."""
    if form == "01/TCD":
        return linked_visits(connection)
    return repeated_petitions(connection) if form in ("02/XLD", *settlements.WIDTHS) else Kin()


def row_sets(connection: Connection, form: str, asked: Asked) -> Sequence[RowSet]:
    """What a table counts, in the order in which its records are shown."""
    opening = openings.row_set(form)
    own = _row_sets(connection, form, asked)
    return (*own, opening) if opening else own


def _row_sets(connection: Connection, form: str, asked: Asked) -> tuple[RowSet, ...]:
    if form == "05/KQTH":
        return obligations.row_sets()
    if form == "06/QLKNTC":
        return inspections.row_sets()
    return _WITH_KIN[form](asked, kin_of(connection, form))


_WITH_KIN: Final = {
    "01/TCD": visits.row_sets,
    "02/XLD": petitions.row_sets,
    "03/GQKN": settlements.complaints,
    "04/GQTC": settlements.denunciations,
}
