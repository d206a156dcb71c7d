"""Biểu 05/KQTH: decisions on complaints and conclusions on denunciations that are to be carried out, and what was done.

To be carried out in the period (cột 1, 16): what was issued by its last day and was not carried out before its first:
registered obligations, and decisions and conclusions of this office for which none was registered (so that cột 1 is
never less than 03/GQKN cột 7); those are over when their case is executed or closed. One that cannot be carried out
(không thể thi hành) stays "phải thi hành" until it is done or taken out. Carried out (2, 17): done in the period.

Money, land and people are the registered figures of those same documents: "phải thu", "phải trả" what was ordered, "đã
thu", "đã trả", handled and prosecuted what has been done so far. The books keep one figure of what was done, not its
days, so these columns show how it stands now, also for a period that is over; a sent report keeps what it said.
"""

from __future__ import annotations

from typing import Final

from tcd_desktop.store.figures.circular.sources import RowSet

WIDTH: Final = 31


def _amount(column: str, whats: tuple[str, ...]) -> str:
    names = ", ".join(f"'{what}'" for what in whats)
    return (
        f"(SELECT coalesce(sum(json_extract(a.value, '$.{column}')), 0) FROM json_each(amounts) a "
        f"WHERE json_extract(a.value, '$.what') IN ({names}))"
    )


def due(*whats: str) -> str:
    """What a document orders of some figures (codes of `domain.cases.obligation.AMOUNTS`)."""
    return _amount("due", whats)


def done(*whats: str) -> str:
    """How much of some figures has been carried out."""
    return _amount("done", whats)


_GIVEN_BACK_MONEY: Final = ("organisations_money", "people_money")
_GIVEN_BACK_LAND: Final = ("organisations_land", "people_land")


def _documents(kind: str) -> str:
    return f"""
    SELECT o.office, 'obligation' AS tbl, o.id, o.issued_on AS day, o.issued_on || o.id AS seq, o.amounts,
           coalesce(o.done_on BETWEEN :first AND :last, 0) AS finished
    FROM obligation o
    WHERE o.kind = '{kind}' AND o.removed = '' AND o.issued_on <= :last
      AND (o.done_on IS NULL OR o.done_on >= :first)"""


def unregistered(act: str, kind: str) -> str:
    """Decisions or conclusions of cases whose obligation nobody registered, still to be carried out in the period."""
    return f"""
    SELECT *, coalesce(over_on BETWEEN :first AND :last, 0) AS finished FROM (
        SELECT s.office, 'case_file' AS tbl, s."case" AS id, coalesce(s.dated, s."on") AS day,
               coalesce(s.dated, s."on") || s.id AS seq,
               (SELECT min(e."on") FROM case_step e WHERE e."case" = s."case" AND e.office = s.office
                    AND e.removed = '' AND e.act IN ('executed', 'close') AND e."on" >= s."on") AS over_on
        FROM case_step s JOIN case_file c ON c.id = s."case" AND c.office = s.office AND c.removed = ''
        WHERE s.act = '{act}' AND s.removed = '' AND coalesce(s.dated, s."on") <= :last
          AND NOT EXISTS (SELECT 1 FROM obligation o WHERE o."case" = s."case" AND o.office = s.office
              AND o.kind = '{kind}' AND o.removed = ''))
    WHERE over_on IS NULL OR over_on >= :first"""


def _recovered(first: int) -> dict[int, str]:
    """Eight columns: to be recovered and recovered for the State, to be given back and given back; money, land."""
    return {
        first: due("state_money"),
        first + 1: due("state_land"),
        first + 2: done("state_money"),
        first + 3: done("state_land"),
        first + 4: due(*_GIVEN_BACK_MONEY),
        first + 5: due(*_GIVEN_BACK_LAND),
        first + 6: done(*_GIVEN_BACK_MONEY),
        first + 7: done(*_GIVEN_BACK_LAND),
    }


def row_sets() -> tuple[RowSet, ...]:
    """The decisions (1 to 15), then the conclusions (16 to 31)."""
    decisions = {
        1: "1",
        2: "finished",
        **_recovered(3),
        11: done("handled_people"),
        12: done("handled_officials"),
        13: done("prosecuted_cases"),
        14: done("prosecuted_people"),
        15: done("prosecuted_officials"),
    }
    conclusions = {
        16: "1",
        17: "finished",
        **_recovered(18),
        26: done("handled_organisations"),
        27: done("handled_people"),
        28: done("handled_officials"),
        29: done("prosecuted_cases"),
        30: done("prosecuted_people"),
        31: done("prosecuted_officials"),
    }
    return (
        RowSet(_documents("complaint_decision"), decisions),
        RowSet(unregistered("decide", "complaint_decision"), {1: "1", 2: "finished"}),
        RowSet(_documents("denunciation_conclusion"), conclusions),
        RowSet(unregistered("conclude", "denunciation_conclusion"), {16: "1", 17: "finished"}),
    )
