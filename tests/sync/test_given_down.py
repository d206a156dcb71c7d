"""The district sees of each ward what is to be written, what lies on a stick and what was read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tcd_desktop.sync.given_down import GivenDown, given_down
from tests.offices import MONDAY, enrol, make_district, make_office


def test_a_record_is_to_be_written_then_on_a_stick_then_read_by_every_pc(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    district = make_district(tmp_path / "district")
    pcs = [make_office(tmp_path / name) for name in ("one", "two")]
    try:
        for pc in pcs:
            enrol(pc, district, stick)

        def seen() -> GivenDown:
            (one,) = given_down(district.store, "Q")
            return one

        district.calendar.add(date(2026, 12, 2), working=False, reason="Nghỉ", decision="Thông báo 12")
        fresh = seen()
        assert fresh.waiting > 0 and fresh.on_stick == 0 and fresh.written_at is None
        answers = [one.path for one in district.outbox.export(stick)]
        written = seen()
        assert (written.waiting, written.on_stick, written.written_at) == (0, fresh.waiting, MONDAY)
        pcs[0].inbox.take(answers)
        district.inbox.take([one.path for one in pcs[0].outbox.export(stick) if not one.carried])
        assert seen() == written, "one of the two PCs has not read it"
        pcs[1].inbox.take(answers)
        district.inbox.take([one.path for one in pcs[1].outbox.export(stick) if not one.carried])
        assert seen().all_read
    finally:
        for office in (district, *pcs):
            office.close()
