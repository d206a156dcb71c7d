"""Biểu 02/XLD: petitions (đơn) of the period and of the period before that were not processed, and what became of them.

What a petition is directed to is asked in this order: its own direction, that of the visit at which it was handed over
(one that goes to the head first, "to_head", is not decided yet), the first deciding step of its case. It is processed
on the day of that direction: the day of its letter; when none is told, the day it was received; never before that.
So a petition without a direction stays unprocessed and is carried into every period until it has one.

- Eligible (cột 3): all processed ones but those judged not eligible, those of a visit that ended with an explanation
  (already settled: Luật Tiếp công dân Điều 26), and those filed away (lưu đơn) that nobody called eligible and within
  competence.
- Within competence (cột 4): as judged; else accepted, not accepted (từ chối thụ lý) and filed ones are within, guided,
  returned and forwarded ones outside. An accepted one is within whatever else is written.
- Outside (cột 23): forwarded ones, and demands on a lower office (yêu cầu cấp dưới giải quyết, đôn đốc, chuyển cơ quan
  điều tra), are "Chuyển đơn" (25); the others "Hướng dẫn" (24).
- Field (lĩnh vực): its own, else that of its case; one without a field counts as "Khác" and is named in `left_out`.
- Second instance (lần 2, tố cáo tiếp): as the petition or its case says.

Repeats (đơn trùng) are petitions each, and one matter (cột 5). A petition handed over at a visit that was refused was
not taken on; one in the recycle bin does not count; petitions that came with an old book count like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, text

from tcd_desktop.domain.reports.report_counting import RefusedVisits
from tcd_desktop.store.figures.circular.kinship import KIN, Kin
from tcd_desktop.store.figures.circular.sources import OFFICES, Asked, RowSet

WIDTH: Final = 25

_DECIDING: Final = (
    "'accept', 'refuse', 'guide', 'forward', 'return', 'file', 'inspect', 'to_investigators', 'end', 'answer'"
)
_FIRST_STEP: Final = f"""(SELECT {{what}} FROM case_step s
    WHERE s."case" = p."case" AND s.office = p.office AND s.removed = '' AND s.act IN ({_DECIDING})
    ORDER BY s."on", s.id LIMIT 1)"""

_PENDING: Final = """
    SELECT id, office FROM petition WHERE removed = '' AND received_on BETWEEN :first AND :last
    UNION ALL
    SELECT id, office FROM petition
    WHERE removed = '' AND number > 0 AND direction IS NULL AND received_on < :first
    UNION ALL
    SELECT id, office FROM petition WHERE removed = '' AND direction_on >= :first AND received_on < :first
    UNION ALL
    SELECT p.id, p.office FROM reception v CROSS JOIN petition p ON p.reception = v.id AND p.office = v.office
    WHERE v.forwarded_on >= :first AND v.direction IS NOT 'to_head' AND v.has_petition = 1 AND v.rid < :low
      AND p.removed = '' AND p.number = 0 AND p.direction IS NULL AND p.received_on < :first
    UNION ALL
    SELECT p.id, p.office FROM reception v INDEXED BY reception_facts
    CROSS JOIN petition p ON p.reception = v.id AND p.office = v.office
    WHERE v.direction = 'to_head' AND v.rid < :low
      AND p.removed = '' AND p.number = 0 AND p.direction IS NULL AND p.received_on < :first"""
"""Petitions of the period, and earlier ones that may still have waited when it began: a superset, narrowed later."""


def _judged(asked: Asked, kin: Kin) -> str:
    matter, joins = 'coalesce(p."case", p.id)', ""
    if kin.roots:
        matter = f"coalesce(kp.root, kc.root, {matter})"
        joins = 'LEFT JOIN kin kp ON kp.id = p.id LEFT JOIN kin kc ON kc.id = p."case"'
    own = "p.number = 0 AND r.direction IS NOT NULL AND r.direction <> 'to_head'"
    taken = "NOT (p.number = 0 AND p.direction IS NULL AND r.direction IS 'refuse')"
    if asked.counting.refused is RefusedVisits.COUNTED:
        taken = "1"
    return f"""
    SELECT p.id, p.office, p.received_on, {matter} AS matter, c.id AS held,
           coalesce(p.classification, r.classification) AS kind, max(p.instance, coalesce(c.instance, 1)) AS instance,
           coalesce(nullif(p.field, ''), nullif(c.field, ''), '') AS field, p.eligible, p.within_competence AS within,
           CASE WHEN p.direction IS NOT NULL THEN p.direction
                WHEN {own} THEN CASE r.direction WHEN 'refuse' THEN 'explain' ELSE r.direction END
                ELSE {_FIRST_STEP.format(what="s.act")} END AS direction,
           CASE WHEN p.direction IS NOT NULL THEN coalesce(p.direction_on, p.received_on)
                WHEN {own} THEN coalesce(r.forwarded_on, r.date)
                ELSE {_FIRST_STEP.format(what='s."on"')} END AS acted_on
    FROM waiting w
    JOIN petition p ON p.id = w.id AND p.office = w.office
    LEFT JOIN reception r ON r.id = p.reception AND r.office = p.office
    LEFT JOIN case_file c ON c.id = p."case" AND c.office = p.office AND c.removed = ''
    {joins}
    WHERE {taken}"""


def petitions(asked: Asked, kin: Kin) -> str:
    """Common tables down to `petitions`: one row each with done (0, 1), fit (eligible), ours (within competence)."""
    if asked.kept:
        return f"WITH petitions AS (SELECT * FROM {_KEPT})"
    first = f"{KIN}, " if kin.roots else ""
    return f"""WITH {first}waiting AS MATERIALIZED (SELECT DISTINCT id, office FROM ({_PENDING})),
    judged AS MATERIALIZED ({_judged(asked, kin)}),
    dated AS (SELECT *, CASE WHEN kind IS NOT NULL AND direction IS NOT NULL THEN max(acted_on, received_on) END
        AS done_on FROM judged),
    placed AS (SELECT *, coalesce(done_on BETWEEN :first AND :last, 0) AS done,
        CASE WHEN eligible = 0 OR direction = 'explain' THEN 0
             WHEN direction = 'file' THEN eligible IS 1 AND within IS 1 ELSE 1 END AS eligible_now,
        CASE WHEN direction IN ('accept', 'inspect', 'end', 'answer') THEN 1
             WHEN within IS NOT NULL THEN within ELSE direction IN ('refuse', 'file') END AS within_now
        FROM dated WHERE received_on >= :first OR done_on IS NULL OR done_on >= :first),
    petitions AS (SELECT *, done AND eligible_now AS fit, done AND eligible_now AND within_now AS ours,
        done AND eligible_now AND NOT within_now AS others FROM placed)"""


_KEPT: Final = "temp.report_petitions"


@contextmanager
def kept_petitions(connection: Connection, asked: Asked, kin: Kin) -> Iterator[Asked]:
    """The petitions of a report looked at once for all its tables, in a table of this connection's own memory."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_KEPT}")
    source = f"CREATE TEMP TABLE report_petitions AS {petitions(asked, kin)} SELECT * FROM petitions WHERE {OFFICES}"
    connection.execute(text(source), {**asked.values(), **kin.values})
    try:
        yield replace(asked, kept=True)
    finally:
        connection.exec_driver_sql(f"DROP TABLE {_KEPT}")


_FORWARDED: Final = "direction IN ('forward', 'require_lower', 'chase', 'to_investigators')"
_FEEDBACK: Final = "ours AND kind IN ('petition', 'feedback')"


def _kind(kind: str, *more: str) -> str:
    return " AND ".join(("ours", f"kind = '{kind}'", *more))


ADDS: Final = {
    1: "1",
    2: "done",
    3: "fit",
    4: "ours",
    6: _kind("complaint"),
    7: _kind("complaint", "instance < 2"),
    8: _kind("complaint", "instance > 1"),
    9: _kind("complaint", "field = 'land'"),
    10: _kind("complaint", "field = 'policy'"),
    11: _kind("complaint", "field NOT IN ('land', 'policy')"),
    12: _kind("denunciation"),
    13: _kind("denunciation", "instance < 2"),
    14: _kind("denunciation", "instance > 1"),
    15: _kind("denunciation", "field = 'administrative'"),
    16: _kind("denunciation", "field = 'corruption'"),
    17: _kind("denunciation", "field = 'judicial'"),
    18: _kind("denunciation", "field NOT IN ('administrative', 'corruption', 'judicial')"),
    19: _FEEDBACK,
    20: f"{_FEEDBACK} AND field = 'policy'",
    21: f"{_FEEDBACK} AND field = 'land'",
    22: f"{_FEEDBACK} AND field NOT IN ('policy', 'land')",
    23: "others",
    24: f"others AND NOT {_FORWARDED}",
    25: f"others AND {_FORWARDED}",
}
"""Column of Biểu 02/XLD -> which petitions it counts; codes of the fields: `resources/law/classification-2025.toml`."""

PETITION_ROWS: Final = "office, 'petition' AS tbl, id, received_on AS day, received_on || id AS seq"
"""What a row set needs of a petition."""

MATTER_ROWS: Final = """office, CASE WHEN max(held) IS NULL THEN 'petition' ELSE 'case_file' END AS tbl,
    coalesce(max(held), min(id)) AS id, min(received_on) AS day, min(received_on || id) AS seq"""
"""What a row set needs of a matter: its case when it has one, else its first petition."""


def row_sets(asked: Asked, kin: Kin) -> tuple[RowSet, ...]:
    """The petitions, and the matters of those within competence."""
    base = petitions(asked, kin)
    rows = f"{base} SELECT {PETITION_ROWS}, kind, instance, field, direction, done, fit, ours, others FROM petitions"
    matters = f"{base} SELECT {MATTER_ROWS} FROM petitions WHERE ours GROUP BY office, matter"
    return RowSet(rows, ADDS, kin.values), RowSet(matters, {5: "1"}, kin.values)
