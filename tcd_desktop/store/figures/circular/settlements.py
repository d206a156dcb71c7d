"""Biểu 03/GQKN and 04/GQTC: complaints and denunciations within competence, how far they are, what was decided.

Column 1 are the petitions of 02/XLD column 6 or 12; column 2 their matters, so that it never exceeds column 1. How far
a matter is, is told by its steps up to the last day of the period:

- (4) accepted (thụ lý) and whatever followed, a suspension included;
- (5) not accepted: refused, or guided, forwarded, returned, filed away, handed to inspection or to the investigators
  before it was accepted; without a case: a petition refused or filed away;
- (6) ended (đình chỉ). A withdrawal of a part is no such step and the matter stays where it is;
- (3) everything else: under examination, reopened, denounced again.

Decisions (7) are the steps "decide" and "conclude" whose document is dated in the period, also in matters of an earlier
one. A result nobody chose from the list belongs to no column 8 to 13: the table says so. In the second instance of a
complaint "sai" confirms and "đúng" or "đúng một phần" changes the first decision. A denunciation that was denounced
again after its end, or is of the second instance, is "tố cáo tiếp".

What decisions propose (money, land, people) is what their obligation orders, when it is dated in the period and its
case was decided in the period.
"""

from __future__ import annotations

from typing import Final

from tcd_desktop.store.figures.circular.kinship import Kin
from tcd_desktop.store.figures.circular.obligations import due
from tcd_desktop.store.figures.circular.petitions import MATTER_ROWS, PETITION_ROWS, petitions
from tcd_desktop.store.figures.circular.sources import Asked, RowSet

WIDTHS: Final = {"03/GQKN": 23, "04/GQTC": 25}
_ENDED_BEFORE: Final = "('refuse', 'guide', 'forward', 'return', 'file', 'inspect')"

_STAGE: Final = f"""(SELECT CASE WHEN s.act = 'accept' THEN 4 WHEN s.act = 'end' THEN 6
        WHEN s.act IN ('reopen', 'denounced_again') THEN 3 ELSE 5 END
    FROM case_step s
    WHERE s."case" = m.held AND s.office = m.office AND s.removed = '' AND s."on" <= :last
      AND (s.act IN ('accept', 'end', 'reopen', 'denounced_again') OR s.act IN {_ENDED_BEFORE}
           OR (s.act = 'to_investigators' AND s.frm IN ('received', 'under_review')))
    ORDER BY s."on" DESC, s.id DESC LIMIT 1)"""


def decided(act: str, until: str = "BETWEEN :first AND :last") -> str:
    """Decisions or conclusions dated in the period, one row for each step."""
    return f"""
    SELECT s.office, s."case" AS id, coalesce(s.dated, s."on") AS day, coalesce(s.dated, s."on") || s.id AS seq,
           s."on" AS taken_on, s.id AS step, c.classification AS kind,
           CASE WHEN s.result IN ('right', 'partly', 'wrong', 'upheld', 'changed') THEN s.result
                ELSE coalesce(c.result, '') END AS result,
           c.instance > 1 OR EXISTS (SELECT 1 FROM case_step d WHERE d."case" = s."case" AND d.office = s.office
               AND d.removed = '' AND d.act = 'denounced_again' AND d."on" <= s."on") AS again
    FROM case_step s JOIN case_file c ON c.id = s."case" AND c.office = s.office AND c.removed = ''
    WHERE s.act = '{act}' AND s.removed = '' AND coalesce(s.dated, s."on") {until}"""


def complaints(asked: Asked, kin: Kin) -> tuple[RowSet, ...]:
    """Biểu 03/GQKN."""
    results = {
        8: "NOT again AND result = 'right'",
        9: "NOT again AND result = 'wrong'",
        10: "NOT again AND result = 'partly'",
        11: "again AND result IN ('upheld', 'wrong')",
        12: "again AND result IN ('changed', 'right', 'partly')",
    }
    orders = {
        13: due("state_money"),
        14: due("state_land"),
        15: due("organisations_money", "people_money"),
        16: due("organisations_land", "people_land"),
        17: due("organisations"),
        18: due("people"),
        19: due("handled_people"),
        20: due("handled_officials"),
        21: due("prosecuted_cases"),
        22: due("prosecuted_people"),
        23: due("prosecuted_officials"),
    }
    return _table(asked, kin, "complaint", "decide", "complaint_decision", results, orders)


def denunciations(asked: Asked, kin: Kin) -> tuple[RowSet, ...]:
    """Biểu 04/GQTC."""
    results = {
        8: "NOT again AND result = 'right'",
        9: "NOT again AND result = 'wrong'",
        10: "NOT again AND result = 'partly'",
        11: "again AND result = 'right'",
        12: "again AND result = 'wrong'",
        13: "again AND result = 'partly'",
    }
    orders = {
        14: due("state_money"),
        15: due("state_land"),
        16: due("organisations_money", "people_money"),
        17: due("organisations_land", "people_land"),
        18: due("organisations"),
        19: due("people"),
        20: due("handled_organisations"),
        21: due("handled_people"),
        22: due("handled_officials"),
        23: due("prosecuted_cases"),
        24: due("prosecuted_people"),
        25: due("prosecuted_officials"),
    }
    return _table(asked, kin, "denunciation", "conclude", "denunciation_conclusion", results, orders)


def _table(
    asked: Asked, kin: Kin, kind: str, act: str, obligation: str, results: dict[int, str], orders: dict[int, str]
) -> tuple[RowSet, ...]:
    base = petitions(asked, kin)
    ours = f"FROM petitions WHERE ours AND kind = '{kind}'"
    decisions = f"SELECT *, 'case_file' AS tbl FROM ({decided(act)}) WHERE kind = '{kind}'"
    documents = f"""
        SELECT o.office, 'obligation' AS tbl, o.id, o.issued_on AS day, o.issued_on || o.id AS seq, o.amounts
        FROM obligation o
        WHERE o.kind = '{obligation}' AND o.removed = '' AND o.issued_on BETWEEN :first AND :last
          AND EXISTS (SELECT 1 FROM ({decisions}) d WHERE d.id = o."case" AND d.office = o.office)"""
    matters = f"""{base}, m AS (SELECT {MATTER_ROWS}, max(held) AS held,
            max(direction IN ('refuse', 'file')) AS declined {ours} GROUP BY office, matter)
        SELECT m.*, coalesce({_STAGE}, CASE WHEN m.declined THEN 5 ELSE 3 END) AS stage FROM m"""
    return (
        RowSet(f"{base} SELECT {PETITION_ROWS} {ours}", {1: "1"}, kin.values),
        RowSet(matters, {2: "1"} | {number: f"stage = {number}" for number in (3, 4, 5, 6)}, kin.values),
        RowSet(decisions, {7: "1"} | results),
        RowSet(documents, orders),
    )
