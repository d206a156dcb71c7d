"""The records behind a finding, as lines to read and to open: visits, sittings, conclusions, cases, months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.store.figures.shortcomings import Shortcoming
from tcd_desktop.store.store import Store

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A line. `table` "month" is a month of the head's duty. `name` is empty for a denunciation (`secret`).

    `due` and `done` are the day it had to be done by and the day it was; `opens` the id of the record to open.
    """

    table: str
    id: str
    number: str
    day: date
    name: str
    text: str
    due: date | None = None
    done: date | None = None
    secret: bool = False
    opens: str = ""


def found_records(store: Store, found: Shortcoming) -> list[FoundRecord]:
    """Reads the records that are named, in their order (at most `store.figures.shortcomings.SHOWN`)."""
    if found.code == "head_days":
        return [FoundRecord("month", day, "", date.fromisoformat(day), "", "") for day in found.records]
    if found.table == "reception":
        refusal = found.code == "refusal_late"
        return [_visit(visit, refusal) for visit in _some(store, Reception, found.records)]
    if found.table == "case_file":
        return [
            FoundRecord("case_file", case.id, case.book_number, case.opened_on, "", case.title, case.due, opens=case.id)
            for case in _some(store, CaseFile, found.records)
        ]
    if found.table == "conclusion":
        return [
            FoundRecord(
                "conclusion",
                one.id,
                "",
                one.due or date.min,
                one.responsible,
                one.content,
                one.due,
                one.done_on,
                opens=one.sitting,
            )
            for one in _some(store, Conclusion, found.records)
        ]
    return [
        FoundRecord("sitting", one.id, "", one.day, one.delegate or one.leader, one.place, opens=one.id)
        for one in _some(store, Sitting, found.records)
    ]


def _visit(visit: Reception, refusal: bool) -> FoundRecord:
    return FoundRecord(
        table="reception",
        id=visit.id,
        number=visit.book_number,
        day=visit.date or date.min,
        name="" if visit.is_secret else visit.name,
        text=visit.content,
        due=visit.refusal_due if refusal else visit.answer_due,
        done=visit.refusal_notice_on if refusal else visit.answered_on,
        secret=visit.is_secret,
        opens=visit.id,
    )


def _some(store: Store, record: type[Any], ids: Sequence[str]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(ids), _AT_ONCE):
        part = tuple(ids[start : start + _AT_ONCE])
        found += store.all(record, f"id IN ({', '.join('?' * len(part))})", part)
    place = {identity: at for at, identity in enumerate(ids)}
    return sorted(found, key=lambda one: place[one.id])
