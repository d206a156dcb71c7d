"""Biểu 06/QLKNTC: inspections of responsibility (thanh tra trách nhiệm) of the office that made them.

A round that was begun by the last day and not concluded before the first counts (6), with the one office it looks at
(7); one concluded in the period is a conclusion (8). A conclusion is to be carried out (13) from the day it was issued
until the last of its findings was answered; one without findings is carried out at once. Documents issued (1 to 3),
training (4, 5), people proposed for handling (9 to 12) and handled (14 to 17) stand in no book: a person types them.
"""

from __future__ import annotations

from typing import Final

from tcd_desktop.store.figures.circular.sources import RowSet

WIDTH: Final = 17

_ROUNDS: Final = """
    SELECT i.office, 'inspection_round' AS tbl, i.id, i.begun_on AS day, i.begun_on || i.id AS seq,
           coalesce(i.closed_on BETWEEN :first AND :last, 0) AS concluded
    FROM inspection_round i
    WHERE i.removed = '' AND i.begun_on <= :last AND (i.closed_on IS NULL OR i.closed_on >= :first)"""

_CONCLUSIONS: Final = """
    SELECT * FROM (
        SELECT i.office, 'inspection_round' AS tbl, i.id, i.closed_on AS day, i.closed_on || i.id AS seq,
               (SELECT CASE WHEN sum(f.state IN ('found', 'asked')) > 0 THEN NULL
                            ELSE max(i.closed_on, coalesce(max(f.corrected_on), i.closed_on)) END
                FROM finding f WHERE f.round = i.id AND f.office = i.office AND f.removed = '') AS over_on
        FROM inspection_round i
        WHERE i.removed = '' AND i.closed_on <= :last)
    WHERE over_on IS NULL OR over_on >= :first"""


def row_sets() -> tuple[RowSet, ...]:
    """The rounds, then the conclusions that are to be carried out."""
    return RowSet(_ROUNDS, {6: "1", 7: "1", 8: "concluded"}), RowSet(_CONCLUSIONS, {13: "1"})
