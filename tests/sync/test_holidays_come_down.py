"""The district's table of days off goes down with its receipts: signed, dated, and the ward's clocks follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tcd_desktop.domain.office import DayOff
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.journal import journal
from tcd_desktop.sync.down import read_through
from tests.offices import DRAFT

SWAPPED, DECISION = date(2026, 12, 2), "Thông báo 1234/TB-BNV ngày 20/11/2026"


def answer(district: OpenOffice, ward: OpenOffice, stick: Path) -> None:
    results = ward.inbox.take([one.path for one in district.outbox.export(stick)])
    assert [result.outcome for result in results] == ["applied"]
    ward.refresh()


def test_a_swapped_day_moves_the_wards_open_dates_with_a_trace(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    visit = ward.receptions.log(DRAFT).value
    before = visit.answer_due
    district.calendar.add(SWAPPED, working=False, reason="Nghỉ hoán đổi", decision=DECISION)
    answer(district, ward, stick)
    moved = ward.recounts.recount().value
    after = ward.receptions.find(visit.id)
    assert after is not None and before is not None and after.answer_due is not None
    assert after.answer_due > before and visit.id in {one.record for one in moved}
    with ward.store.reading() as connection:
        traced = [line for line in journal.history(connection, visit.id) if line.act == "case.recount"]
    assert [change.name for line in traced for change in line.changes if change.name == "answer_due"] == ["answer_due"]


def test_a_day_without_a_decision_stays_the_districts_own(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    district.calendar.add(SWAPPED, working=False, reason="Cơ quan mất điện")
    district.calendar.add(date(2026, 12, 3), working=False, reason="Nghỉ hoán đổi", decision=DECISION)
    answer(district, ward, stick)
    assert [line.day for line in ward.store.all(DayOff)] == [date(2026, 12, 3)]


def test_an_own_line_stands_over_the_superiors(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    district.calendar.add(SWAPPED, working=False, reason="Nghỉ hoán đổi", decision=DECISION)
    answer(district, ward, stick)
    assert not ward.clocks.calendar(2026).is_working(SWAPPED)
    ward.calendar.add(SWAPPED, working=True, reason="Trực theo phân công")
    assert ward.clocks.calendar(2026).is_working(SWAPPED)


def test_a_line_taken_back_at_the_district_is_taken_back_at_the_ward(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    line = district.calendar.add(SWAPPED, working=False, reason="Nghỉ hoán đổi", decision=DECISION).value
    answer(district, ward, stick)
    district.calendar.remove(line)
    answer(district, ward, stick)
    assert ward.clocks.calendar(2026).is_working(SWAPPED) and ward.calendar.in_force() == []


def test_the_next_bundle_of_the_ward_tells_that_the_table_was_read(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    district.calendar.add(SWAPPED, working=False, reason="Nghỉ hoán đổi", decision=DECISION)
    answer(district, ward, stick)
    ward.receptions.log(DRAFT)
    district.inbox.take([one.path for one in ward.outbox.export(stick)])
    with district.store.reading() as connection:
        own = journal.own_chain(connection)
        assert read_through(connection, [ward.keyring.device.device_id], own) == own.seq
