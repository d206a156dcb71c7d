"""What a table leaves out, or counts where nobody said, with the reason: nothing disappears from a sum without a trace.

Codes of reasons:

    removed           it lies in the recycle bin; the detail is what was written about it
    refused           the visit was refused: nobody was received
    same_visit        another content of a visit that is counted once (it is a matter of its own)
    under_head        a regular visit whose matter the head or a delegate received too: its matter counts there
    not_announced     a sitting that was never posted
    put_off           a sitting that was put off
    not_held          a sitting that is announced and not held yet (only when held days are counted)
    dialogue          a dialogue is no reception of the head
    not_processed     a petition without a direction: in column 1 only
    not_eligible      a petition that is processed and not eligible: in columns 1 and 2 only
    refused_visit     a petition of a refused visit: it was not taken on
    no_field          a petition without a field (lĩnh vực): it counts as "Khác"
    repeat            a repeat (đơn trùng): a petition, and no matter of its own
    no_result         a decision or conclusion whose result is none of the list: in column 7 only
    withdrawn_part    a withdrawal of a part: not in column 6
    suspended         a suspension is no ending: not in column 6
    not_registered    nobody registered what the decision orders: no money, land, people are counted
    impossible        it cannot be carried out and still counts as to be carried out
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, text

from tcd_desktop.domain.reports.report_counting import DayCounting, HeadTakes, RefusedVisits
from tcd_desktop.store.figures.circular import petitions, settlements, visits
from tcd_desktop.store.figures.circular.kinship import Kin
from tcd_desktop.store.figures.circular.obligations import unregistered
from tcd_desktop.store.figures.circular.sources import Asked, Member, Omitted

REASONS: Final = (
    *("removed", "refused", "same_visit", "under_head", "not_announced", "put_off", "not_held", "dialogue"),
    *("not_processed", "not_eligible", "refused_visit", "no_field", "repeat", "no_result", "withdrawn_part"),
    *("suspended", "not_registered", "impossible"),
)
"""Every code there is, in the order in which they are shown."""

_VISIT: Final = "r.office, 'reception', r.id, r.date"
_OF_PERIOD: Final = "r.rid >= :low AND r.rid < :high"


def questions(form: str, asked: Asked, kin: Kin) -> Iterator[str]:
    """SELECTs of office, table, id, day, reason, detail."""
    if form == "01/TCD":
        yield from _visits(asked, kin)
        yield from _sittings(asked)
    elif form == "02/XLD":
        yield from _petitions(asked, kin)
    elif form in settlements.WIDTHS:
        kind, act, decision = {
            "03/GQKN": ("complaint", "decide", "complaint_decision"),
            "04/GQTC": ("denunciation", "conclude", "denunciation_conclusion"),
        }[form]
        yield from _settlements(kind, act, decision)
    elif form == "05/KQTH":
        yield from _obligations()
    else:
        yield _bin("inspection_round", "begun_on", "begun_on <= :last AND (closed_on IS NULL OR closed_on >= :first)")


def omitted(connection: Connection, form: str, asked: Asked, kin: Kin, *, limit: int) -> list[Omitted]:
    """The first records of each reason, at most `limit` of one."""
    found: list[Omitted] = []
    for sql in questions(form, asked, kin):
        wanted = (
            f"SELECT * FROM ({sql}) WHERE office IN (SELECT value FROM json_each(:units)) ORDER BY 4, 3 LIMIT :most"
        )
        values = {**asked.values(), **kin.values, "most": limit}
        found += [_omitted(row) for row in connection.execute(text(wanted), values)]
    return sorted(found, key=lambda one: REASONS.index(one.reason))


def _omitted(row: Any) -> Omitted:
    member = Member(table=row[1], id=row[2], office=row[0], day=date.fromisoformat(row[3]))
    return Omitted(member=member, reason=row[4], detail=row[5] or "")


def _bin(table: str, day: str, condition: str) -> str:
    return (
        f"SELECT office, '{table}' AS tbl, id, {day} AS day, 'removed' AS reason, removed AS detail "
        f"FROM {table} WHERE removed <> '' AND {condition}"
    )


def _visits(asked: Asked, kin: Kin) -> Iterator[str]:
    yield f"""SELECT r.office, 'reception' AS tbl, r.id, r.date AS day, 'removed' AS reason, r.removed AS detail
        FROM reception r WHERE r.removed <> '' AND {_OF_PERIOD}"""
    if asked.counting.refused is RefusedVisits.LEFT_OUT:
        yield f"""SELECT {_VISIT}, 'refused', '' FROM reception r
            WHERE r.removed = '' AND r.direction = 'refuse' AND {_OF_PERIOD}"""
    yield f"""SELECT {_VISIT}, 'same_visit', '' FROM reception r
        WHERE {visits.counted("r", asked)} AND NOT {visits.lead(asked)} AND {_OF_PERIOD}"""
    detail = "visit" if asked.counting.head is HeadTakes.VISITS else "matter"
    yield f"""{visits.with_lines(asked, kin)} SELECT l.office, 'reception', l.id, l.day, 'under_head', '{detail}'
        FROM lines l WHERE l.rank = 'officer' AND EXISTS (SELECT 1 FROM lines h
            WHERE h.office = l.office AND h.matter = l.matter AND h.rank <> 'officer')"""


def _sittings(asked: Asked) -> Iterator[str]:
    sitting = "SELECT office, 'sitting' AS tbl, id, day, '{}' AS reason, {} AS detail FROM sitting WHERE "
    of_period = "day BETWEEN :first AND :last"
    alive = f"removed = '' AND {of_period} AND kind <> 'dialogue'"
    yield _bin("sitting", "day", of_period)
    yield sitting.format("dialogue", "''") + f"removed = '' AND {of_period} AND kind = 'dialogue'"
    yield sitting.format("put_off", "reason") + f"{alive} AND state = 'postponed'"
    yield sitting.format("not_announced", "''") + (
        f"{alive} AND state <> 'postponed' AND (posted_on IS NULL OR state = 'planned')"
    )
    if asked.counting.days is DayCounting.HELD:
        yield sitting.format("not_held", "''") + f"{alive} AND state = 'posted' AND posted_on IS NOT NULL"


def _petitions(asked: Asked, kin: Kin) -> Iterator[str]:
    base = petitions.petitions(asked, kin)
    rows = f"{base} SELECT office, 'petition' AS tbl, id, received_on AS day, '{{}}' AS reason, {{}} AS detail "
    yield _bin("petition", "received_on", "received_on BETWEEN :first AND :last")
    if asked.counting.refused is RefusedVisits.LEFT_OUT:
        yield """SELECT p.office, 'petition', p.id, p.received_on, 'refused_visit', ''
            FROM petition p JOIN reception r ON r.id = p.reception AND r.office = p.office
            WHERE p.removed = '' AND p.number = 0 AND p.direction IS NULL AND r.direction = 'refuse'
              AND p.received_on BETWEEN :first AND :last"""
    yield rows.format("not_processed", "''") + "FROM petitions WHERE NOT done"
    yield rows.format("not_eligible", "direction") + "FROM petitions WHERE done AND NOT fit"
    yield rows.format("no_field", "''") + "FROM petitions WHERE ours AND field = ''"
    yield rows.format("repeat", "''") + (
        """FROM petitions p WHERE ours AND EXISTS (SELECT 1 FROM petitions q WHERE q.office = p.office
            AND q.matter = p.matter AND q.ours AND (q.received_on, q.id) < (p.received_on, p.id))"""
    )


def _settlements(kind: str, act: str, decision: str) -> Iterator[str]:
    case = "JOIN case_file c ON c.id = s.\"case\" AND c.office = s.office AND c.removed = ''"
    step = f"""FROM case_step s {case} WHERE s.removed = '' AND c.classification = '{kind}'
        AND s."on" BETWEEN :first AND :last AND s.act = """
    results = "('right', 'partly', 'wrong')"
    for_second = "('upheld', 'changed', 'right', 'partly', 'wrong')"
    fitting = f"CASE WHEN again AND kind = 'complaint' THEN result IN {for_second} ELSE result IN {results} END"
    decided = f"SELECT * FROM ({settlements.decided(act)}) WHERE kind = '{kind}'"
    yield f"""SELECT s.office, 'case_file' AS tbl, s."case" AS id, coalesce(s.dated, s."on") AS day,
            'removed' AS reason, c.removed AS detail
        FROM case_step s JOIN case_file c ON c.id = s."case" AND c.office = s.office AND c.removed <> ''
        WHERE s.removed = '' AND s.act = '{act}' AND c.classification = '{kind}'
          AND coalesce(s.dated, s."on") BETWEEN :first AND :last"""
    yield f"SELECT office, 'case_file', id, day, 'no_result', result FROM ({decided}) WHERE NOT {fitting}"
    yield f"""SELECT s.office, 'case_file', s."case", s."on", 'withdrawn_part', s.part {step} 'withdraw_part'"""
    yield f"""SELECT s.office, 'case_file', s."case", s."on", 'suspended', s.reason {step} 'suspend'"""
    yield f"""SELECT office, 'case_file', id, day, 'not_registered', '' FROM ({decided}) d
        WHERE NOT EXISTS (SELECT 1 FROM obligation o WHERE o."case" = d.id AND o.office = d.office
            AND o.kind = '{decision}' AND o.removed = '')"""


def _obligations() -> Iterator[str]:
    kinds = "kind IN ('complaint_decision', 'denunciation_conclusion')"
    yield _bin("obligation", "issued_on", f"{kinds} AND issued_on <= :last AND (done_on IS NULL OR done_on >= :first)")
    for act, kind in (("decide", "complaint_decision"), ("conclude", "denunciation_conclusion")):
        yield f"SELECT office, tbl, id, day, 'not_registered', '' FROM ({unregistered(act, kind)})"
    yield f"""SELECT office, 'obligation', id, issued_on, 'impossible', reason FROM obligation
        WHERE removed = '' AND {kinds} AND state = 'impossible' AND issued_on <= :last"""
