"""Books of several offices written straight into a store: the records a table of TT 06/2025 counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, time
from itertools import count
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.obligation import Amount, Obligation
from tcd_desktop.domain.follow_up.follow_up_terms import ObligationKind, ObligationState
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.terms import CaseState, Classification, Direction, PetitionSource, ReceiverRank, SittingState
from tcd_desktop.store.journal.lines import TABLE_OF, fields_of, put_fields
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Store

WARD = "P-01"
_NUMBERS = count(1)


def new_store() -> Store:
    """An empty store in memory."""
    return Store.create(None, b"k" * 32, device="ab" * 16, office=WARD)


def put(store: Store, records: Iterable[Any]) -> None:
    """Writes records of whichever office, without a journal."""
    rows: dict[str, list[Any]] = {}
    for record in records:
        table = TABLE_OF[type(record)]
        row = ROWS[table].row(record.office, record.id, fields_of(put_fields(record), table))
        assert row is not None
        rows.setdefault(table, []).append(row)
    with store.writing() as connection:
        for table, made in rows.items():
            assert not ROWS[table].insert(connection, made)


def new_id() -> str:
    """32 digits that rise."""
    return f"{next(_NUMBERS):032x}"


def visit(day: date, *, rank: str = "officer", office: str = WARD, **more: Any) -> Reception:
    """A line of the log; a complaint that is guided, unless `more` says otherwise."""
    number = next(_NUMBERS)
    values: dict[str, Any] = {
        "id": f"{number:032x}",
        "time": time(9, 0),
        "year": day.year,
        "number": number,
        "receiver_rank": ReceiverRank(rank),
        "classification": Classification.COMPLAINT,
        "direction": Direction.GUIDE,
        "content": "Nội dung",
    }
    return Reception(date=day, office=office, **{**values, **more})


def handed_over(line: Reception, **more: Any) -> Petition:
    """The petition that came with a visit, as the reception desk writes it."""
    assert line.date is not None
    values = {"id": new_id(), "reception": line.id, "case": line.case, "received_on": line.date, "content": "Đơn"}
    return Petition(office=line.office, **{**values, **more})


def petition(day: date, kind: str = "complaint", *, office: str = WARD, **more: Any) -> Petition:
    """A petition of the petition book."""
    number = next(_NUMBERS)
    values: dict[str, Any] = {
        "id": f"{number:032x}",
        "year": day.year,
        "number": number,
        "source": PetitionSource.POST,
        "classification": Classification(kind),
        "content": "Nội dung đơn",
    }
    return Petition(office=office, received_on=day, **{**values, **more})


def case(day: date, kind: str = "complaint", *, office: str = WARD, **more: Any) -> CaseFile:
    """A case (hồ sơ vụ việc)."""
    number = next(_NUMBERS)
    values: dict[str, Any] = {"id": f"{number:032x}", "year": day.year, "number": number, "title": "Vụ việc"}
    return CaseFile(office=office, opened_on=day, classification=Classification(kind), **{**values, **more})


def step(of: CaseFile, act: str, on: date, **more: Any) -> CaseStep:
    """A step of a case."""
    values: dict[str, Any] = {"id": new_id(), "frm": CaseState.UNDER_REVIEW, "to": CaseState.UNDER_REVIEW}
    return CaseStep(office=of.office, case=of.id, act=act, on=on, **{**values, **more})


def obligation(of: CaseFile | None, issued_on: date, *, office: str = WARD, **more: Any) -> Obligation:
    """What a decision on a complaint, or a conclusion on a denunciation, orders."""
    secret = of is not None and of.classification is Classification.DENUNCIATION
    values: dict[str, Any] = {
        "id": new_id(),
        "kind": ObligationKind.DENUNCIATION_CONCLUSION if secret else ObligationKind.COMPLAINT_DECISION,
        "summary": "Thi hành",
        "state": ObligationState.WAITING,
    }
    given = {**values, **more}
    return Obligation(office=office, case=of.id if of else None, issued_on=issued_on, **given)


def amounts(**figures: tuple[int, int]) -> tuple[Amount, ...]:
    """state_money=(due, done), ..."""
    return tuple(Amount(what, due, done) for what, (due, done) in figures.items())


def sitting(day: date, *, office: str = WARD, **more: Any) -> Sitting:
    """A reception of the head that was announced and held."""
    values: dict[str, Any] = {"id": new_id(), "posted_on": day, "state": SittingState.HELD, "leader": "Chủ tịch"}
    return Sitting(office=office, day=day, **{**values, **more})


def every_field(record: Any) -> dict[str, Any]:
    """The fields of a record by name."""
    return {one.name: getattr(record, one.name) for one in fields(record)}
