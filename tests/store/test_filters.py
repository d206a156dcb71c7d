"""The filters of the log: what they leave, together, with a search, and what they read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.receptions.reception import DRAFT_FIELDS, Reception
from tcd_desktop.domain.terms import Classification, Direction, ReceiverRank, ReceptionKind
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.pages import ReceptionPages, ReceptionQuery
from tcd_desktop.store.lists.reception_pages import _sources
from tests.offices import DRAFT, make_office

PAGES = ReceptionPages()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenOffice]:
    made = make_office(tmp_path_factory.mktemp("filters") / "ward")
    base = {name: getattr(DRAFT, name) for name in DRAFT_FIELDS}
    lines = {
        "plain": {},
        "guided": {"direction": Direction.GUIDE, "answer_due": None},
        "refused": {"direction": Direction.REFUSE, "date": date(2026, 6, 14), "answer_due": None},
        "crowd": {"people": 5, "date": date(2026, 6, 15)},
        "head": {"rank": ReceiverRank.HEAD, "kind": ReceptionKind.SCHEDULED, "name": "Lê Thị Bưởi"},
        "answered": {"answered_on": date(2026, 11, 23), "classification": Classification.FEEDBACK},
        "old": {"batch": "b1", "date": date(2025, 1, 2), "answer_due": None},
        "slip": {"date": date(2026, 11, 20)},
        "removed": {"removed": "nhầm", "direction": Direction.REFUSE},
    }
    with made.store.unit(act="test", officer="") as unit:
        for number, (key, changes) in enumerate(lines.items(), start=1):
            values = {**base, "answer_due": date(2026, 12, 8), **changes}
            values["receiver_rank"] = values.pop("rank", ReceiverRank.OFFICER)
            visit = Reception(
                **{**values, "note": key},  # type: ignore[arg-type]
                id=f"{number:032x}",
                office=made.office.id,
                year=2026,
                number=number,
            )
            unit.put(visit)
            if key == "slip":
                unit.put(
                    IssuedDocument(
                        id="f" * 32,
                        office=made.office.id,
                        form="02/TCD",
                        instrument="",
                        reception=visit.id,
                        number="8/2026",
                        issued_at=datetime(2026, 11, 20, 9),
                    )
                )
        unit.commit()
    yield made
    made.close()


def keys(office: OpenOffice, query: ReceptionQuery) -> set[str]:
    """The notes of the visits that fit; page, count and anchors say the same."""
    with office.store.reading() as connection:
        rows, cursor = [], None
        while True:
            page = PAGES.page(connection, query, before=cursor, size=2)
            rows += page.rows
            cursor = page.next
            if cursor is None:
                break
        assert PAGES.count(connection, query).value == len(rows)
        assert [rid for _, rid in PAGES.anchors(connection, query, every=1)] == [row.rid for row in rows]
        notes = {}
        for row in rows:
            visit = office.store.find(Reception, row.id)
            assert visit is not None
            notes[visit.note] = row
    return set(notes)


EVERYTHING = {"plain", "guided", "refused", "crowd", "head", "answered", "old", "slip"}


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({}, EVERYTHING),
        ({"direction": Direction.REFUSE}, {"refused"}),
        ({"direction": Direction.REFUSE, "removed": True}, {"removed"}),
        ({"direction": Direction.GUIDE}, {"guided"}),
        ({"crowd": True}, {"crowd"}),
        ({"rank": ReceiverRank.HEAD}, {"head"}),
        ({"kind": ReceptionKind.SCHEDULED}, {"head"}),
        ({"classification": Classification.FEEDBACK}, {"answered"}),
        ({"answered": True}, {"answered"}),
        ({"answered": False}, {"plain", "crowd", "head", "slip"}),
        ({"batch": "b1"}, {"old"}),
        ({"slip": True}, {"slip"}),
        ({"slip": False}, EVERYTHING - {"slip"}),
        ({"since": date(2026, 6, 15)}, EVERYTHING - {"refused", "old"}),
        ({"since": date(2026, 3, 15), "until": date(2026, 6, 14)}, {"refused"}),
        ({"until": date(2025, 12, 31)}, {"old"}),
        ({"until": date(2026, 6, 15), "crowd": True}, {"crowd"}),
        ({"until": date(1960, 1, 1), "crowd": True}, set()),
        ({"text": "buoi"}, {"head"}),
        ({"text": "duc", "direction": Direction.REFUSE}, {"refused"}),
        ({"text": "Đức", "crowd": True}, {"crowd"}),
        ({"text": "buoi", "crowd": True}, set()),
        ({"text": "duc", "slip": True}, {"slip"}),
        ({"text": "duc", "waiting_by": date(2026, 12, 31), "since": date(2026, 11, 21)}, {"plain"}),
        ({"text": "ngyuen van duc", "batch": "b1"}, {"old"}),
        ({"text": "duc", "removed": True}, {"removed"}),
        ({"text": "buoi", "removed": True}, set()),
        ({"offices": ("P-99",), "crowd": True}, set()),
    ],
)
def test_filters_leave_these_visits(office: OpenOffice, query: dict[str, object], left: set[str]) -> None:
    assert keys(office, ReceptionQuery(**query)) == left  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "query",
    [
        {"direction": Direction.REFUSE},
        {"crowd": True, "since": date(2026, 1, 1)},
        {"kind": ReceptionKind.SCHEDULED, "offices": ("P-01",)},
        {"answered": True},
    ],
)
def test_a_filter_reads_its_small_index_and_never_the_log(office: OpenOffice, query: dict[str, object]) -> None:
    (source,) = _sources(ReceptionQuery(**query), None)  # type: ignore[arg-type]
    sql, values = source.select(source.order, limit=50)
    with office.store.reading() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert len(plan) == 1 and "USING COVERING INDEX reception_facts" in plan[0], plan


def test_a_row_brings_what_the_other_columns_show(office: OpenOffice) -> None:
    with office.store.reading() as connection:
        (row,) = PAGES.page(connection, ReceptionQuery(slip=True)).rows
        long = "Dài " * 200
        assert row.slip == "8/2026" and row.kind is ReceptionKind.REGULAR and row.request
    visit = office.store.find(Reception, row.id)
    assert visit is not None
    with office.store.unit(act="test", officer="") as unit:
        unit.change(visit, content=long)
        unit.commit()
    with office.store.reading() as connection:
        query = replace(ReceptionQuery(), slip=True)
        assert len(PAGES.page(connection, query).rows[0].content) == 300
        assert PAGES.page(connection, query, whole=True).rows[0].content == long
