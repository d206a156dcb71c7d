"""The request of a new PC and the answer to it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import encode
from tcd_desktop.sync.certificate import certificate_for, issue
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.enrolment_files import (
    EnrolmentAnswer,
    enrolment_file_name,
    make_answer,
    make_request,
    open_answer,
    open_request,
    require_fingerprint,
    root_fingerprint,
)
from tcd_desktop.sync.fingerprint import fingerprint, same_fingerprint
from tcd_desktop.sync.keys import BoxKey, DeviceKeys
from tcd_desktop.sync.office_keys import OfficeKey, sign_office_keys
from tcd_desktop.sync.refusals import Code
from tcd_desktop.sync.revocation import sign_revocations
from tests.sync.offices import TODAY, World
from tests.sync.refusal import refused


def request(keys: DeviceKeys, **changes: Any) -> bytes:
    wanted: dict[str, Any] = dict(
        unit="HBT-001", unit_name="UBND phường Bạch Đằng", app_version="1.0.0", hostname="MAY-01"
    )
    return make_request(keys, **(wanted | changes))


def answer(world: World, request_file: bytes, **changes: Any) -> bytes:
    asked = open_request(request_file)
    certificate = certificate_for(
        sign_pub=bytes.fromhex(asked.sign_pub),
        box_pub=bytes.fromhex(asked.box_pub),
        unit=("HN", "HBT", asked.unit),
        series="B",
        tables=["reception"],
        not_before=date(2026, 11, 1),
    )
    key = OfficeKey(key=BoxKey.generate().key_id, use="current", begins="2026-01-01", ends="2027-01-01")
    wanted: dict[str, Any] = dict(
        certificate=issue(certificate, world.enroller),
        root=world.root,
        revocations=sign_revocations(1, [], world.revoker),
        office_keys=sign_office_keys("HBT", 1, [key], world.director),
        return_no=7,
        superior="HBT",
        superior_name="UBND quận Hai Bà Trưng",
        enrollers=[world.enroller],
    )
    return make_answer(request_file, **(wanted | changes))


def accept(world: World, file: bytes, keys: DeviceKeys, request_file: bytes, trust: Any = None) -> EnrolmentAnswer:
    trust = trust or root_fingerprint(world.root)
    return open_answer(file, keys=keys, request_file=request_file, trust=trust, today=TODAY)


def test_a_request_says_what_the_ward_asked() -> None:
    keys = DeviceKeys.generate()
    asked = open_request(request(keys))
    assert (asked.unit, asked.unit_name, asked.hostname) == ("HBT-001", "UBND phường Bạch Đằng", "MAY-01")
    assert asked.device == keys.device_id


def test_files_of_enrolment_are_named_after_office_and_device() -> None:
    assert enrolment_file_name("HBT-001", "1f2e3d4c" + "0" * 24, ".req") == "enrol-HBT-001-1f2e3d4c.req"


def test_two_requests_of_one_pc_have_different_fingerprints() -> None:
    keys = DeviceKeys.generate()
    assert fingerprint(request(keys)) != fingerprint(request(keys))


def test_a_fingerprint_is_twelve_groups_of_four_digits() -> None:
    shown = fingerprint(b"x")
    groups = shown.split(" ")
    assert len(groups) == 12 and all(len(group) == 4 and group.isdigit() for group in groups)
    assert shown != fingerprint(b"y")


@given(st.binary(max_size=30), st.sampled_from(["", "-", "  ", "\n", "–", "\u202f"]))
def test_a_fingerprint_may_be_typed_with_any_separators(data: bytes, separator: str) -> None:
    assert same_fingerprint(separator.join(fingerprint(data).split(" ")), data)


def test_letters_that_look_like_digits_and_wide_digits_are_understood() -> None:
    shown = fingerprint(b"x")
    assert same_fingerprint(shown.replace("0", "O").replace("1", "l"), b"x")
    assert same_fingerprint(shown.translate({ord("0") + i: 0xFF10 + i for i in range(10)}), b"x")


@pytest.mark.parametrize("typed", ["", "0" * 48, "abc", "1234"])
def test_anything_else_is_not_the_fingerprint(typed: str) -> None:
    assert not same_fingerprint(typed, b"x")
    digits = fingerprint(b"x")
    assert not same_fingerprint(digits[:-1], b"x") and not same_fingerprint(digits + "0", b"x")


def test_a_new_pc_accepts_the_answer_to_its_request(world: World) -> None:
    keys = DeviceKeys.generate()
    asked = request(keys)
    require_fingerprint(fingerprint(asked), asked)
    got = accept(world, answer(world, asked), keys, asked)
    assert got.certificate.certificate.device == keys.device_id
    assert got.certificate.certificate.series == "B"
    assert (got.return_no, got.superior, got.superior_name) == (7, "HBT", "UBND quận Hai Bà Trưng")
    assert got.root == world.root and got.revocations.version == 1 and got.office_keys.version == 1
    assert accept(world, answer(world, asked), keys, asked, world.root).root == world.root


def test_an_answer_for_another_pc_or_another_request_does_not_fit(world: World) -> None:
    keys, others = DeviceKeys.generate(), DeviceKeys.generate()
    asked, older = request(keys), request(keys)
    with refused(Code.RECIPIENT):
        accept(world, answer(world, request(others)), keys, asked)
    with refused(Code.MANIFEST):
        accept(world, answer(world, older), keys, asked)


def test_a_certificate_for_other_keys_does_not_fit(world: World) -> None:
    keys = DeviceKeys.generate()
    asked = request(keys)
    with refused(Code.SCOPE):
        accept(world, answer(world, asked, certificate=world.ward.certificate), keys, asked)


def test_a_wrong_fingerprint_of_the_root_stops_everything(world: World) -> None:
    keys = DeviceKeys.generate()
    asked = request(keys)
    with refused(Code.FINGERPRINT):
        accept(world, answer(world, asked), keys, asked, fingerprint(b"another root"))


def test_an_answer_that_the_enroller_did_not_sign_is_refused(world: World) -> None:
    keys = DeviceKeys.generate()
    asked = request(keys)
    with refused(Code.SIGNATURE):
        accept(world, answer(world, asked, enrollers=[world.revoker]), keys, asked)


@pytest.mark.parametrize("step", [1, 97])
def test_a_damaged_answer_is_refused(world: World, step: int) -> None:
    keys = DeviceKeys.generate()
    asked = request(keys)
    file = bytearray(answer(world, asked))
    file[len(file) // 2 + step] ^= 0x20
    with refused(Code.ENVELOPE_CRYPTO):
        accept(world, bytes(file), keys, asked)


def test_names_with_invisible_characters_cannot_be_asked_for() -> None:
    for name in ("a\nb", "a\u202eb", "e\u0301"):
        with refused(Code.CTRL, Code.NFC):
            request(DeviceKeys.generate(), unit_name=name)


def test_a_request_needs_the_private_key_it_names() -> None:
    keys, thief = DeviceKeys.generate(), DeviceKeys.generate()
    payload = dsse.unverified_payload(request(keys), PayloadType.REQUEST, limit=16384)
    with refused(Code.SIGNATURE):
        open_request(dsse.sign(payload, PayloadType.REQUEST, thief.signing))
    changed = encode(json.loads(payload) | {"box_pub": thief.box_pub.hex()})
    forged = json.loads(request(keys))
    forged["payload"] = json.loads(dsse.sign(changed, PayloadType.REQUEST, thief.signing))["payload"]
    with refused(Code.SIGNATURE):
        open_request(encode(forged))


@given(st.binary(max_size=300))
def test_random_bytes_are_no_request(data: bytes) -> None:
    with refused(Code.SCHEMA, Code.CANON, Code.TYPE):
        open_request(data)
