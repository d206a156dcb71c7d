"""Opening balances (số dư đầu kỳ): what was counted before this program, in the period that has their day.

A balance counts once, in each period that its day lies in: the visits of another book, petitions and documents carried
over. Later periods count records only: what a balance carried over and is still open belongs into the books.
"""

from __future__ import annotations

from tcd_desktop.domain.old_book.opening_figures import FIGURES
from tcd_desktop.store.figures.circular.sources import RowSet


def row_set(form: str) -> RowSet | None:
    """The balances of a table; None for a table that has none."""
    columns = [int(figure.column) for figure in FIGURES if figure.form == form]
    if not columns:
        return None
    source = """
        SELECT b.office, 'opening_balance' AS tbl, b.id, b."on" AS day, b."on" || b.id AS seq, b."column" AS col,
               b.value
        FROM opening_balance b
        WHERE b.form = :form AND b.removed = '' AND b."on" BETWEEN :first AND :last"""
    adds = {column: f"(col = '{column}') * value" for column in columns}
    return RowSet(source, adds, {"form": form})
