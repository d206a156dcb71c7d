"""Biểu 01/TCD: visits (lượt), people (người), matters (vụ việc), crowds (đoàn đông người), days of the head.

Who received decides the block: the officer (5 to 9), the head (10 to 15), a delegate (16 to 21), whatever day it is:
"vụ việc tiếp công dân thường xuyên có Thủ trưởng tiếp thì chỉ nhập số liệu 1 lần vào mục Thủ trưởng tiếp". A matter
that came to the officer and to the head in the period counts under the head only; one that came to the head and to a
delegate counts in both blocks, because the circular settles regular matters alone.

A visit whose contents were split is one visit of the same people and as many matters as it has lines. Its later lines
name the first one (`same_visit`); when the first lies in the recycle bin the earliest of the others stands for it. A
denunciation and an open line of one visit never name each other, so such a visit counts twice.

Lines of an old book that was imported count like any other: they are visits of this office. A citizen who was merged
with another changes nothing: visits are counted, not persons in the register. Several lines are one matter when they
have the same case, or when a person linked them as the same matter, a duplicate or a continuation; a second instance
is a matter of its own. Lines in the recycle bin do not count; a refused visit does not unless the office chose so.
"""

from __future__ import annotations

from typing import Final

from tcd_desktop.domain.reports.report_counting import DayCounting, HeadTakes, MatterCounting, RefusedVisits
from tcd_desktop.store.figures.circular.kinship import KIN, Kin
from tcd_desktop.store.figures.circular.sources import Asked, RowSet

WIDTH: Final = 21
_BLOCKS: Final = {"officer": (5, 6, 8, 9), "head": (11, 12, 14, 15), "delegate": (17, 18, 20, 21)}
"""Who received -> columns of visits, people, crowds, people in crowds."""


def counted(alias: str, asked: Asked) -> str:
    """The condition under which a line of the log counts."""
    condition = f"{alias}.removed = ''"
    if asked.counting.refused is RefusedVisits.LEFT_OUT:
        condition += f" AND {alias}.direction IS NOT 'refuse'"
    return condition


def lead(asked: Asked) -> str:
    """The condition under which a line stands for its visit: the first one, or the earliest that is left."""
    return f"""(r.same_visit IS NULL OR (
        NOT EXISTS (SELECT 1 FROM reception a
            WHERE a.id = r.same_visit AND a.office = r.office AND {counted("a", asked)})
        AND r.rid = (SELECT min(q.rid) FROM reception q
            WHERE q.same_visit = r.same_visit AND q.office = r.office AND {counted("q", asked)})))"""


def _lines(asked: Asked, kin: Kin) -> str:
    """The lines of the period: who received, how many people, whether it is the visit, of which matter."""
    if asked.counting.matters is MatterCounting.VISIT:
        matter, joins = "r.id", ""
    else:
        matter, joins = 'coalesce(r."case", r.id)', ""
        if kin.roots:
            matter = f"coalesce(kr.root, kc.root, {matter})"
            joins = 'LEFT JOIN kin kr ON kr.id = r.id LEFT JOIN kin kc ON kc.id = r."case"'
    return f"""
    SELECT r.office, r.rid, r.id, r.date AS day, r.people, r.receiver_rank AS rank, r."case" AS held,
           {lead(asked)} AS lead, {matter} AS matter
    FROM reception r {joins}
    WHERE {counted("r", asked)} AND r.rid >= :low AND r.rid < :high"""


def row_sets(asked: Asked, kin: Kin) -> tuple[RowSet, ...]:
    """Visits, matters and days of the period."""
    lines = with_lines(asked, kin)
    return (_visits(asked, kin, lines), _matters(kin, lines), _days(asked))


def with_lines(asked: Asked, kin: Kin) -> str:
    """The common table `lines`."""
    first = f"{KIN}, " if kin.roots else ""
    return f"WITH {first}lines AS ({_lines(asked, kin)})"


def _visits(asked: Asked, kin: Kin, lines: str) -> RowSet:
    condition = "l.lead"
    if asked.counting.head is HeadTakes.VISITS:
        condition += """ AND NOT (l.rank = 'officer' AND EXISTS (SELECT 1 FROM lines h
            WHERE h.office = l.office AND h.matter = l.matter AND h.rank <> 'officer'))"""
    source = f"""{lines} SELECT l.office, 'reception' AS tbl, l.id, l.day, l.rid AS seq, l.rank, l.people
        FROM lines l WHERE {condition}"""
    adds: dict[int, str] = {}
    for rank, (visits, people, crowds, crowd_people) in _BLOCKS.items():
        adds[visits] = f"rank = '{rank}'"
        adds[people] = f"(rank = '{rank}') * people"
        adds[crowds] = f"rank = '{rank}' AND people >= 5"
        adds[crowd_people] = f"(rank = '{rank}' AND people >= 5) * people"
    return RowSet(source, adds, kin.values)


def _matters(kin: Kin, lines: str) -> RowSet:
    source = f"""{lines}
        SELECT office, CASE WHEN max(held) IS NULL THEN 'reception' ELSE 'case_file' END AS tbl,
               coalesce(max(held), min(id)) AS id, min(day) AS day, min(rid) AS seq,
               max(rank = 'head') AS head, max(rank = 'delegate') AS delegate
        FROM lines GROUP BY office, matter"""
    adds = {7: "NOT head AND NOT delegate", 13: "head", 19: "delegate"}
    return RowSet(source, adds, kin.values)


def _days(asked: Asked) -> RowSet:
    """Days of periodic and unscheduled receptions of the head that were announced (posted_on); a dialogue is none.

    One that was put off is announced for its new day. A day with two sittings is one day; its second sitting adds 0.
    """
    states = "'held', 'nobody_came'" if asked.counting.days is DayCounting.HELD else "'posted', 'held', 'nobody_came'"
    source = f"""
        SELECT s.office, 'sitting' AS tbl, s.id, s.day, s.day || s.id AS seq, s.delegate <> '' AS delegate,
               row_number() OVER (PARTITION BY s.office, s.day, s.delegate <> '' ORDER BY s.id) = 1 AS first
        FROM sitting s
        WHERE s.removed = '' AND s.kind <> 'dialogue' AND s.posted_on IS NOT NULL AND s.state IN ({states})
          AND s.day BETWEEN :first AND :last"""
    return RowSet(source, {10: "first AND NOT delegate", 16: "first AND delegate"})
