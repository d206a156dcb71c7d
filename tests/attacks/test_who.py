"""2.3: who made a bundle, for whom, and may they? W1, W2, W3, W4, W5, W6, W7, W14, W15."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tcd_desktop.store.journal import chain
from tcd_desktop.sync import dsse
from tcd_desktop.sync.bundle_reader import inspect_bundle
from tcd_desktop.sync.canonical import encode
from tcd_desktop.sync.certificate import DeviceRole, certificate_for, issue
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.enrolment_files import make_request, open_request, require_fingerprint
from tcd_desktop.sync.fingerprint import fingerprint
from tcd_desktop.sync.keys import DeviceKeys, OfficeKeys, SigningKey
from tcd_desktop.sync.manifest import BundleKind
from tcd_desktop.sync.refusals import Code
from tcd_desktop.sync.return_meta import ReturnMeta, encode_return_meta
from tcd_desktop.sync.revocation import Revocation, Revocations, sign_revocations, verify_revocations
from tcd_desktop.sync.root import TrustedRoot, role_keys, root_metadata, sign_root
from tcd_desktop.sync.trust import Trust
from tests.sync.offices import STAMP, TODAY, Desk, Keeper, World, open_up, operations
from tests.sync.refusal import refused


def self_made(path: tuple[str, ...] = ("HN", "HBT", "HBT-001")) -> Desk:
    """A PC whose certificate was signed by an enroller nobody knows."""
    keys = DeviceKeys.generate()
    certificate = certificate_for(
        sign_pub=keys.sign_pub,
        box_pub=keys.box_pub,
        unit=path,
        series="A",
        tables=["citizen"],
        not_before=date(2026, 1, 1),
    )
    return Desk(path, keys, issue(certificate, SigningKey.generate()))


def test_w1_a_certificate_of_an_unknown_enroller_is_refused(world: World, tmp_path: Path) -> None:
    world.write(tmp_path / "a.tcdb", operations(3), sender=self_made())
    with refused(Code.SIGNATURE):
        world.read(tmp_path / "a.tcdb")


def test_w1_a_certificate_signed_by_the_pc_itself_is_refused(world: World, tmp_path: Path) -> None:
    stranger = self_made()
    body = dsse.unverified_payload(stranger.certificate, PayloadType.CERTIFICATE, limit=16384)
    stranger.certificate = dsse.sign(body, PayloadType.CERTIFICATE, stranger.keys.signing)
    world.write(tmp_path / "a.tcdb", operations(3), sender=stranger)
    with refused(Code.SIGNATURE):
        world.read(tmp_path / "a.tcdb")


def test_w2_a_stolen_certificate_with_another_key_is_refused(world: World, bundle: Path) -> None:
    opened = open_up(bundle, world.district.identities)
    forged = opened.signed(DeviceKeys.generate(), opened.manifest)
    with refused(Code.SIGNATURE):
        world.read(forged.sealed(world.district_key))


def test_w2_an_edited_manifest_is_refused(world: World, bundle: Path) -> None:
    opened = open_up(bundle, world.district.identities)
    envelope = json.loads(opened.manifest_line)
    thief = opened.signed(world.other_ward.keys, msgspec.structs.replace(opened.manifest, first=2, last=41))
    envelope["payload"] = json.loads(thief.manifest_line)["payload"]
    with refused(Code.SIGNATURE):
        world.read(replace(opened, manifest_line=encode(envelope)).sealed(world.district_key))


def test_w2_a_signature_given_for_another_purpose_is_refused(world: World, bundle: Path) -> None:
    opened = open_up(bundle, world.district.identities)
    payload = dsse.unverified_payload(opened.manifest_line, PayloadType.MANIFEST, limit=1 << 20)
    as_root = dsse.sign(payload, PayloadType.ROOT, world.ward.keys.signing)
    with refused(Code.TYPE):
        world.read(replace(opened, manifest_line=as_root).sealed(world.district_key))
    relabelled = encode(json.loads(as_root) | {"payloadType": PayloadType.MANIFEST.value})
    with refused(Code.SIGNATURE):
        world.read(replace(opened, manifest_line=relabelled).sealed(world.district_key))
    swapped = replace(opened, certificate=opened.manifest_line, manifest_line=opened.certificate)
    with refused(Code.TYPE):
        world.read(swapped.sealed(world.district_key))


def revoked(world: World, desk: Desk, last_trusted_seq: int) -> Revocations:
    entry = Revocation(device=desk.keys.device_id, epoch="*", last_trusted_seq=last_trusted_seq, reason="stolen")
    return verify_revocations(sign_revocations(1, [entry], world.revoker), world.root)


def test_w3_a_revoked_pc_is_read_and_its_last_trusted_number_told(world: World, bundle: Path) -> None:
    sink = Keeper()
    revocations = revoked(world, world.ward, 25)
    read = world.read(bundle, sink=sink, verifier=Trust(world.root, TODAY, revocations))
    assert read.flags.trusted_through == 25
    assert sink.seen_flags == read.flags and len(sink.lines) == 40
    assert world.read(bundle).flags.trusted_through is None


def return_bundle(world: World, path: Path, sender: Desk | None = None, **head: Any) -> Path:
    meta = ReturnMeta(return_no=1, office_epoch=1, superior="HBT", superior_name="UBND quận", superior_time=STAMP)
    wanted: dict[str, Any] = dict(
        kind=BundleKind.RETURN,
        sender=sender or world.district,
        recipients=[world.ward.keys.box_pub],
        meta=encode_return_meta(meta),
    )
    world.write(path, **(wanted | head))
    return path


def test_w3_a_return_bundle_of_a_revoked_pc_is_refused(world: World, tmp_path: Path) -> None:
    path = return_bundle(world, tmp_path / "r.tcdb")
    world.read(path, reader=world.ward)
    trust = Trust(world.root, TODAY, revoked(world, world.district, 1000))
    with refused(Code.REVOKED):
        world.read(path, reader=world.ward, verifier=trust)


def test_w4_an_expired_certificate_is_accepted_and_flagged(world: World, bundle: Path) -> None:
    assert not world.read(bundle).flags.renew
    assert world.read(bundle, verifier=Trust(world.root, date(2035, 1, 1))).flags.renew
    assert world.read(bundle, verifier=Trust(world.root, date(1980, 1, 1))).flags.early


def test_w5_a_bundle_for_another_office_cannot_be_opened(world: World, bundle: Path) -> None:
    for reader in (world.other_ward, world.ward):
        with refused(Code.RECIPIENT):
            world.read(bundle, reader=reader)
    facts = inspect_bundle(bundle, world.other_ward.identities, expect=world.expect(world.other_ward))
    assert facts.problem is not None and facts.problem.code == Code.RECIPIENT
    assert facts.recipients == 2 and facts.manifest is None


def test_w5_old_next_and_recovery_keys_of_the_office_open_it_too(world: World, tmp_path: Path) -> None:
    district = world.enrol(("HN", "HBT"), DeviceRole.SUPERIOR, OfficeKeys.generate())
    assert district.office_keys is not None
    to = [district.office_keys.current.public, district.office_keys.next.public]
    world.write(tmp_path / "a.tcdb", operations(2), recipients=to)
    for keys in (
        district.office_keys,
        district.office_keys.rotated(),
        district.office_keys.rotated().rotated(),
    ):
        world.read(tmp_path / "a.tcdb", reader=replace(district, office_keys=keys))


def test_w6_a_bundle_signed_for_one_office_and_encrypted_again_to_another_is_refused(
    world: World, bundle: Path
) -> None:
    opened = open_up(bundle, world.district.identities)
    victim = world.enrol(("HN", "HBT"), DeviceRole.SUPERIOR, OfficeKeys.generate())
    assert victim.office_keys is not None
    with refused(Code.RECIPIENT):
        world.read(opened.sealed(victim.office_keys.current.public), reader=victim)


def test_w7_our_own_bundle_fed_back_to_us_is_refused(world: World, tmp_path: Path) -> None:
    world.write(tmp_path / "a.tcdb", operations(2), recipients=[world.ward.keys.box_pub])
    with refused(Code.DIRECTION):
        world.read(tmp_path / "a.tcdb", reader=world.ward)
    with refused(Code.DIRECTION):
        world.read(tmp_path / "a.tcdb", reader=world.ward, peers=True)


def test_w7_a_return_bundle_at_the_superior_is_refused(world: World, tmp_path: Path) -> None:
    path = return_bundle(world, tmp_path / "r.tcdb", recipients=[world.district_key])
    with refused(Code.DIRECTION):
        world.read(path)
    second_pc = world.enrol(("HN", "HBT"), DeviceRole.SUPERIOR, world.district.office_keys)
    with refused(Code.DIRECTION):
        world.read(path, reader=second_pc)


PLACES = {
    "below": ("HN", "HBT", "HBT-009"),
    "above": ("HN",),
    "same": ("HN", "HBT"),
    "elsewhere": ("HN", "DD", "DD-001"),
    "longer code": ("HN", "HBTX"),
}
ACCEPTED = {
    ("below", "ward", "ops"),
    ("below", "ward", "enrol"),
    ("below", "ward", "snapshot"),
    ("below", "superior", "ops"),
    ("below", "superior", "enrol"),
    ("below", "superior", "snapshot"),
    ("below", "superior", "forward"),
    ("above", "superior", "return"),
    ("above", "superior", "snapshot"),
    ("above", "ward", "snapshot"),
    ("same with peers", "ward", "ops"),
    ("same with peers", "ward", "snapshot"),
    ("same with peers", "superior", "ops"),
    ("same with peers", "superior", "snapshot"),
}


@pytest.mark.parametrize("kind", list(BundleKind))
@pytest.mark.parametrize("role", list(DeviceRole))
@pytest.mark.parametrize("place", [*PLACES, "same with peers"])
def test_w7_a_bundle_goes_one_way_only(
    world: World, tmp_path: Path, place: str, role: DeviceRole, kind: BundleKind
) -> None:
    sender = world.enrol(PLACES[place.removesuffix(" with peers")], role)
    world.write(tmp_path / "a.tcdb", sender=sender, kind=kind, meta=b"{}")
    peers = place.endswith("peers")
    if (place, role.value, kind.value) in ACCEPTED:
        assert world.read(tmp_path / "a.tcdb", peers=peers).manifest.kind is kind
    else:
        with refused(Code.DIRECTION):
            world.read(tmp_path / "a.tcdb", peers=peers)


def test_a_certificate_bounds_the_epochs_of_a_pc(world: World, tmp_path: Path) -> None:
    desk = world.enrol(("HN", "HBT", "HBT-001"), max_epoch=2)
    world.write(tmp_path / "a.tcdb", operations(1), sender=desk, epoch=2)
    world.read(tmp_path / "a.tcdb")
    world.write(tmp_path / "b.tcdb", operations(1), sender=desk, epoch=3)
    with refused(Code.SCOPE):
        world.read(tmp_path / "b.tcdb")


def test_a_pc_cannot_speak_for_another_office(world: World, bundle: Path) -> None:
    opened = open_up(bundle, world.district.identities)
    lie = msgspec.structs.replace(opened.manifest, unit="HBT-002")
    with refused(Code.SIGNATURE):
        world.read(opened.signed(world.ward.keys, lie).sealed(world.district_key))
    other = world.other_ward.keys.device_id
    lie = msgspec.structs.replace(opened.manifest, device=other, prev=chain.start(other, 1).hex())
    with refused(Code.SIGNATURE):
        world.read(opened.signed(world.ward.keys, lie).sealed(world.district_key))


# --- roots ---


def next_root(world: World, version: int, *signers: SigningKey, keepers: Any = None, threshold: int = 2) -> bytes:
    metadata = root_metadata(
        version=version,
        root=role_keys(*(keepers or world.keepers), threshold=threshold),
        enroller=role_keys(world.enroller),
        director=role_keys(world.director),
        revoker=role_keys(world.revoker),
    )
    return sign_root(metadata, *signers)


def test_w14_a_root_that_skips_a_version_or_goes_back_is_refused(world: World) -> None:
    for version in (1, 3, 2**53 - 1):
        with refused(Code.ROOT):
            world.root.update(next_root(world, version, *world.keepers))


def test_w14_a_root_signed_by_too_few_old_keepers_is_refused(world: World) -> None:
    thieves = [SigningKey.generate() for _ in range(3)]
    line = next_root(world, 2, *thieves, world.keepers[0], keepers=thieves)
    with refused(Code.SIGNATURE):
        world.root.update(line)


def test_w14_a_root_not_signed_by_its_own_keepers_is_refused(world: World) -> None:
    successors = [SigningKey.generate() for _ in range(3)]
    with refused(Code.SIGNATURE):
        world.root.update(next_root(world, 2, *world.keepers, successors[0], keepers=successors))
    world.root.update(next_root(world, 2, *world.keepers, *successors[:2], keepers=successors))


def test_w14_one_keeper_counts_once(world: World) -> None:
    with refused(Code.SIGNATURE):
        world.root.update(next_root(world, 2, world.keepers[0], world.keepers[0]))
    with refused(Code.ROOT):
        next_root(world, 2, *world.keepers, keepers=[world.keepers[0], world.keepers[0]])


def test_w14_a_chain_is_walked_step_by_step(world: World) -> None:
    second = next_root(world, 2, *world.keepers)
    third = next_root(world, 3, *world.keepers)
    assert world.root.walk([*world.root.chain, second, third]).version == 3
    with refused(Code.ROOT):
        world.root.walk([*world.root.chain, third])
    with refused(Code.ROOT):
        world.root.walk([third, second])


def test_w14_a_root_of_strangers_is_refused(world: World) -> None:
    strangers = World()
    with refused(Code.SIGNATURE):
        world.root.walk(strangers.root.chain)
    with refused(Code.FINGERPRINT):
        TrustedRoot.pin(strangers.root.chain[0], fingerprint(world.root.chain[0]))


def test_w15_a_swapped_request_has_another_fingerprint(world: World) -> None:
    wanted = dict(unit="HBT-001", unit_name="UBND phường", app_version="1.0.0")
    real = make_request(DeviceKeys.generate(), **wanted)
    swapped = make_request(DeviceKeys.generate(), **wanted)
    assert open_request(swapped).unit == open_request(real).unit
    require_fingerprint(fingerprint(real), real)
    for typed in (fingerprint(real), "", "0" * 48):
        with refused(Code.FINGERPRINT):
            require_fingerprint(typed, swapped)


def test_w14_the_keepers_of_the_root_may_certify_a_superior_and_nobody_else(world: World, tmp_path: Path) -> None:
    keys = DeviceKeys.generate()
    for role, path in ((DeviceRole.SUPERIOR, ("HN", "HBT")), (DeviceRole.WARD, ("HN", "HBT", "HBT-001"))):
        certificate = certificate_for(
            sign_pub=keys.sign_pub,
            box_pub=keys.box_pub,
            unit=path,
            series="A",
            tables=["citizen"],
            not_before=date(2026, 1, 1),
            role=role,
        )
        with refused(Code.SIGNATURE):
            world.expect(world.ward).verifier.certificate(issue(certificate, world.keepers[0]))
        line = issue(certificate, *world.keepers[:2])
        if role is DeviceRole.SUPERIOR:
            assert world.expect(world.ward).verifier.certificate(line).certificate == certificate
        else:
            with refused(Code.SIGNATURE):
                world.expect(world.ward).verifier.certificate(line)
