"""Roots, certificates, revocations and office keys: whose word counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import pytest

from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import encode
from tcd_desktop.sync.certificate import (
    Certificate,
    DeviceRole,
    certificate_for,
    issue,
    read_certificate,
    verify_certificate,
)
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.fingerprint import fingerprint
from tcd_desktop.sync.keys import BoxKey, DeviceKeys, SigningKey
from tcd_desktop.sync.office_keys import OfficeKey, sign_office_keys, verify_office_keys
from tcd_desktop.sync.refusals import Code
from tcd_desktop.sync.revocation import Revocation, sign_revocations, verify_revocations
from tcd_desktop.sync.root import OfficeEntry, TrustedRoot, role_keys, root_metadata, sign_root
from tests.sync.offices import TODAY, World
from tests.sync.refusal import refused

K = [SigningKey(bytes([i]) * 32) for i in range(1, 7)]
ROLE = SigningKey(b"\x09" * 32)


def root(version: int, keepers: Sequence[SigningKey], signers: Sequence[SigningKey], **changes: Any) -> bytes:
    roles: dict[str, Any] = dict(
        root=role_keys(*keepers, threshold=2),
        enroller=role_keys(ROLE),
        director=role_keys(ROLE),
        revoker=role_keys(ROLE),
    )
    return sign_root(root_metadata(version=version, **(roles | changes)), *signers)


FIRST = root(1, K[:3], K[:2])


def test_a_first_root_is_trusted_by_its_typed_fingerprint() -> None:
    assert TrustedRoot.pin(FIRST, fingerprint(FIRST)).version == 1
    with refused(Code.FINGERPRINT):
        TrustedRoot.pin(FIRST, fingerprint(FIRST + b" "))


def test_a_root_is_replaced_by_the_next_one_signed_by_old_and_new_keepers() -> None:
    second = root(2, [K[1], K[2], K[3]], [K[1], K[2]])
    third = root(3, [K[3], K[4], K[5]], [K[1], K[3], K[4]])
    trusted = TrustedRoot.stored([FIRST]).update(second).update(third)
    assert trusted.version == 3 and trusted.chain == (FIRST, second, third)
    assert TrustedRoot.stored(trusted.chain) == trusted
    assert TrustedRoot.stored([FIRST]).walk(trusted.chain) == trusted
    assert trusted.walk([FIRST, second]) == trusted


def test_a_chain_that_branched_off_is_refused() -> None:
    ours = TrustedRoot.stored([FIRST, root(2, K[:3], K[:2], policy={"blob_bytes": 1})])
    with refused(Code.ROOT):
        ours.walk([FIRST, root(2, K[:3], K[:2], policy={"blob_bytes": 2})])


def test_a_stored_root_must_be_signed_by_its_own_keepers() -> None:
    with refused(Code.SIGNATURE):
        TrustedRoot.stored([root(1, K[:3], K[:1])])
    with refused(Code.ROOT):
        TrustedRoot.stored([])


@pytest.mark.parametrize("threshold", [0, 3])
def test_a_role_that_cannot_work_is_not_signed(threshold: int) -> None:
    with refused(Code.ROOT, Code.SCHEMA):
        line = root(1, K[:3], K[:2], enroller=role_keys(K[0], K[1], threshold=threshold))
        TrustedRoot.stored([line])


def test_the_office_tree_gives_the_path_of_an_office() -> None:
    offices = [
        OfficeEntry(code="HN", name="Hà Nội", under=""),
        OfficeEntry(code="HBT", name="Quận", under="HN"),
        OfficeEntry(code="HBT-001", name="Phường", under="HBT"),
        OfficeEntry(code="X", name="vòng", under="Y"),
        OfficeEntry(code="Y", name="vòng", under="X"),
    ]
    trusted = TrustedRoot.stored([root(1, K[:3], K[:2], offices=offices)])
    assert trusted.path_of("HBT-001") == ("HN", "HBT", "HBT-001")
    for code in ("HBT-009", "X"):
        with refused(Code.SCOPE):
            trusted.path_of(code)


# --- certificates ---


def draft(keys: DeviceKeys, **changes: Any) -> Certificate:
    wanted: dict[str, Any] = dict(
        sign_pub=keys.sign_pub,
        box_pub=keys.box_pub,
        unit=("HN", "HBT", "HBT-001"),
        series="A",
        tables=["reception"],
        not_before=date(2026, 1, 1),
    )
    return certificate_for(**(wanted | changes))


def test_a_certificate_says_what_the_enroller_signed(world: World) -> None:
    keys = DeviceKeys.generate()
    line = issue(draft(keys, role=DeviceRole.SUPERIOR), world.enroller)
    verified = verify_certificate(line, world.root, TODAY)
    assert verified.certificate.device == keys.device_id
    assert verified.certificate.path == ("HN", "HBT", "HBT-001") and verified.certificate.office == "HBT-001"
    assert verified.certificate.not_after == "2029-01-01"
    assert not verified.renew and not verified.early
    assert read_certificate(line) == verified.certificate


def test_an_expired_certificate_is_accepted_and_asks_to_be_renewed(world: World) -> None:
    line = issue(draft(DeviceKeys.generate()), world.enroller)
    assert verify_certificate(line, world.root, date(2029, 1, 2)).renew
    assert not verify_certificate(line, world.root, date(2029, 1, 1)).renew
    assert verify_certificate(line, world.root, date(1980, 1, 1)).early


def test_a_certificate_from_a_leap_day_lasts_three_years() -> None:
    assert draft(DeviceKeys.generate(), not_before=date(2028, 2, 29)).not_after == "2031-02-28"


def test_the_word_of_another_role_is_not_the_enrollers(world: World) -> None:
    for other in (world.director, world.revoker, world.keepers[0], SigningKey.generate()):
        with refused(Code.SIGNATURE):
            verify_certificate(issue(draft(DeviceKeys.generate()), other), world.root, TODAY)


def test_a_certificate_issued_after_the_enrollers_end_is_refused() -> None:
    ended = role_keys(ROLE, until="2026-06-30")
    trusted = TrustedRoot.stored([root(1, K[:3], K[:2], enroller=ended)])
    before = issue(draft(DeviceKeys.generate(), not_before=date(2026, 6, 30)), ROLE)
    after = issue(draft(DeviceKeys.generate(), not_before=date(2026, 7, 1)), ROLE)
    verify_certificate(before, trusted, TODAY)
    with refused(Code.REVOKED):
        verify_certificate(after, trusted, TODAY)


def test_a_certificate_falls_with_the_enroller_key_that_a_new_root_drops() -> None:
    line = issue(draft(DeviceKeys.generate()), ROLE)
    first = TrustedRoot.stored([FIRST])
    verify_certificate(line, first, TODAY)
    with refused(Code.SIGNATURE):
        verify_certificate(line, first.update(root(2, K[:3], K[:2], enroller=role_keys(K[5]))), TODAY)


def test_a_certificate_names_the_device_of_its_own_keys(world: World) -> None:
    body = draft(DeviceKeys.generate())
    wrong = msgspec.structs.replace(body, device=DeviceKeys.generate().device_id)
    with refused(Code.SCHEMA):
        issue(wrong, world.enroller)
    with refused(Code.SCHEMA):
        verify_certificate(dsse.sign(encode(wrong), PayloadType.CERTIFICATE, world.enroller), world.root, TODAY)


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": ("hbt",)},
        {"unit": ()},
        {"unit": ("../X",)},
        {"series": "a"},
        {"tables": ["drop table"]},
        {"box_pub": bytes(32)},
        {"max_epoch": 0},
    ],
)
def test_a_certificate_nobody_would_accept_is_not_issued(world: World, changes: dict[str, Any]) -> None:
    with refused(Code.SCHEMA):
        issue(draft(DeviceKeys.generate(), **changes), world.enroller)


# --- revocations ---

LOST = "ab" * 16


def revocation(seq: int, epoch: Any = "*", device: str = LOST) -> Revocation:
    return Revocation(device=device, epoch=epoch, last_trusted_seq=seq, reason="lost")


def test_the_list_says_how_far_a_device_is_trusted(world: World) -> None:
    line = sign_revocations(3, [revocation(0), revocation(120, 2)], world.revoker)
    revocations = verify_revocations(line, world.root)
    assert revocations.trusted_through(LOST, 2) == 120
    assert revocations.trusted_through(LOST, 1) == 0
    assert revocations.trusted_through("cd" * 16, 1) is None


def test_the_list_never_goes_back(world: World) -> None:
    second = verify_revocations(sign_revocations(2, [revocation(5)], world.revoker), world.root)
    assert second.update(sign_revocations(3, [], world.revoker), world.root).version == 3
    assert second.update(second.line, world.root) == second
    for line in (sign_revocations(1, [], world.revoker), sign_revocations(2, [], world.revoker)):
        with refused(Code.ROLLBACK):
            second.update(line, world.root)


def test_the_list_is_the_revokers_word_only(world: World) -> None:
    with refused(Code.SIGNATURE):
        verify_revocations(sign_revocations(1, [], world.enroller), world.root)
    with refused(Code.MANIFEST):
        sign_revocations(1, [revocation(1), revocation(2)], world.revoker)


# --- office keys ---


def office_key(use: Any = "current", public: bytes | None = None) -> OfficeKey:
    key = (public or BoxKey.generate().public).hex()
    return OfficeKey(key=key, use=use, begins="2026-01-01", ends="2027-01-01")


def test_wards_encrypt_to_all_keys_the_director_listed(world: World) -> None:
    keys = [office_key(), office_key("next"), office_key("recovery")]
    listed = verify_office_keys(sign_office_keys("HBT", 1, keys, world.director), world.root)
    assert [key.hex() for key in listed.recipients()] == [key.key for key in keys]


def test_office_keys_never_go_back_and_stay_of_one_office(world: World) -> None:
    second = verify_office_keys(sign_office_keys("HBT", 2, [office_key()], world.director), world.root)
    assert second.update(sign_office_keys("HBT", 3, [office_key()], world.director), world.root).version == 3
    for version in (1, 2):
        with refused(Code.ROLLBACK):
            second.update(sign_office_keys("HBT", version, [office_key()], world.director), world.root)
    with refused(Code.SCOPE):
        second.update(sign_office_keys("DD", 3, [office_key()], world.director), world.root)


def test_office_keys_are_the_directors_word_only(world: World) -> None:
    with refused(Code.SIGNATURE):
        verify_office_keys(sign_office_keys("HBT", 1, [office_key()], world.enroller), world.root)
    with refused(Code.SCHEMA):
        sign_office_keys("HBT", 1, [office_key(public=bytes(32))], world.director)
    same = office_key()
    with refused(Code.MANIFEST):
        sign_office_keys("HBT", 1, [same, same], world.director)
