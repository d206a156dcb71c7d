"""A superior answers every bundle, and enters the PCs again that it forgot with an old copy of its database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tcd_desktop.domain.office import Device
from tcd_desktop.open_office import DATABASE, OpenOffice, open_office
from tests.offices import DRAFT, PASSWORD, Clock, enrol, make_office


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[OpenOffice]:
    made = make_office(tmp_path / "ward")
    yield made
    made.close()


def up(ward: OpenOffice, district: OpenOffice, stick: Path) -> list[str]:
    return [one.outcome for one in district.inbox.take([one.path for one in ward.outbox.export(stick)])]


def test_a_ward_that_lost_the_receipt_gets_another_one_for_the_same_operations(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    enrol(ward, district, stick)
    ward.receptions.log(DRAFT)
    assert up(ward, district, stick) == ["applied"]
    (lost,) = district.outbox.export(stick)
    lost.path.unlink()
    assert district.outbox.export(stick) == [], "nothing new came since"
    assert up(ward, district, stick) == ["applied"]
    (answer,) = district.outbox.export(stick)
    assert ward.inbox.take([answer.path])[0].outcome == "applied"
    assert ward.outbox.waiting().operations == 0


def test_a_pc_that_was_enrolled_after_the_copy_is_known_again_and_sends_from_its_first_operation(
    tmp_path: Path, ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    district.close()
    copy = {file.name: file.read_bytes() for file in district.home.glob(f"{DATABASE}*")}
    district = open_office(district.home, PASSWORD, now=Clock())
    enrol(ward, district, stick)
    first = ward.receptions.log(DRAFT).value
    up(ward, district, stick)
    for answer in district.outbox.export(stick):
        ward.inbox.take([answer.path])
    assert ward.outbox.waiting().operations == 0
    district.close()
    for file in district.home.glob(f"{DATABASE}*"):
        file.unlink()
    for name, content in copy.items():
        (district.home / name).write_bytes(content)
    district = open_office(district.home, PASSWORD, now=Clock())
    try:
        assert district.store.all(Device, "unit = 'P-01'") == []
        second = ward.receptions.log(DRAFT).value
        assert up(ward, district, stick) == ["parked"]
        (known,) = district.store.all(Device, "unit = 'P-01'")
        assert (known.id, known.series) == (ward.keyring.device_id, "A") and not known.fingerprint_checked
        answers = [one.path for one in district.outbox.export(stick) if one.office == "P-01"]
        assert "applied" in [one.outcome for one in ward.inbox.take(answers)]
        assert "applied" in up(ward, district, stick)
        assert all(district.receptions.find(one.id) for one in (first, second)) and district.check() == []
    finally:
        district.close()


def test_a_pc_put_back_from_its_first_days_is_answered_from_the_start(
    ward: OpenOffice, district: OpenOffice, stick: Path
) -> None:
    enrol(ward, district, stick)
    ward.close()
    copy = {file.name: file.read_bytes() for file in ward.home.glob(f"{DATABASE}*")}
    again = open_office(ward.home, PASSWORD, now=Clock())
    for _ in range(2):
        again.receptions.log(DRAFT)
        up(again, district, stick)
        for answer in district.outbox.export(stick):
            assert again.inbox.take([answer.path])[0].outcome == "applied"
    again.close()
    for file in ward.home.glob(f"{DATABASE}*"):
        file.unlink()
    for name, content in copy.items():
        (ward.home / name).write_bytes(content)
    again = open_office(ward.home, PASSWORD, now=Clock())
    try:
        again.receptions.log(DRAFT)
        up(again, district, stick)
        outcomes = [again.inbox.take([one.path])[0].outcome for one in district.outbox.export(stick)]
        assert outcomes == ["applied"] and again.outbox.waiting().operations == 0
    finally:
        again.close()
