"""Round trips of whole bundles, what the sink is told, and what the writer refuses to write."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcd_desktop.jobs import Cancelled
from tcd_desktop.store.journal import chain
from tcd_desktop.sync.bundle_reader import check_bundle, inspect_bundle, read_bundle
from tcd_desktop.sync.bundle_writer import (
    BlobSource,
    BundleHead,
    blob_volumes,
    bundle_file_name,
    return_file_name,
    write_bundle,
)
from tcd_desktop.sync.envelope import seal
from tcd_desktop.sync.limits import Limits
from tcd_desktop.sync.manifest import BundleKind, Fork, Position, SegmentKind, TableDigest, Volume
from tcd_desktop.sync.refusals import REFUSAL_SENTENCES, BundleRefused, Code
from tcd_desktop.sync.return_meta import (
    Ack,
    BundleResult,
    Reject,
    ReturnMeta,
    Want,
    decode_return_meta,
    encode_return_meta,
)
from tests.sync.offices import (
    SCHEMA,
    STAMP,
    TWO_SEGMENTS,
    Keeper,
    World,
    blob_source,
    open_up,
    operations,
    random_id,
)
from tests.sync.refusal import refused


def test_operations_meta_and_attachments_arrive_as_they_were_sent(world: World, tmp_path: Path) -> None:
    blobs = [b"small", b"", os.urandom(100_000)]
    small = Limits(operations_target=10_000, segment=40_000)
    written = world.write(tmp_path / "a.tcdb", operations(100), meta=b"{}", blobs=blobs, limits=small)
    sink = Keeper(strict=True)
    read = world.read(tmp_path / "a.tcdb", sink=sink)
    assert sink.lines == operations(100) and sink.metas == [b"{}"]
    assert {bytes(content) for content in sink.blobs.values()} == {b"small", blobs[2]}
    assert sorted(sink.complete) == sorted(entry.sha256 for entry in read.manifest.blobs)
    assert (read.sha256, read.size) == (written.sha256, written.size)
    assert (written.first, written.last, written.operations, written.blobs) == (1, 100, 100, 3)
    kinds = [segment.k for segment in read.manifest.segs]
    assert kinds.count(SegmentKind.OPS) > 2 and kinds.count(SegmentKind.BLOB) == 4
    assert sink.heads == chain.hashes(chain.start(world.ward.keys.device_id, 1), operations(100))
    assert sink.heads[-1] == written.head


def test_only_the_file_itself_is_left_on_the_stick(world: World, tmp_path: Path) -> None:
    world.write(tmp_path / "a.tcdb", operations(3))
    world.write(tmp_path / "a.tcdb", operations(4))
    assert [path.name for path in tmp_path.iterdir()] == ["a.tcdb"]
    assert world.read(tmp_path / "a.tcdb").manifest.last == 4


def test_nothing_of_the_contents_or_the_sender_can_be_read_from_outside(world: World, tmp_path: Path) -> None:
    world.write(tmp_path / "a.tcdb", operations(3), blobs=[b"scan of a petition"])
    whole = (tmp_path / "a.tcdb").read_bytes()
    for secret in (b"HBT", b"citizen", b"scan", world.ward.keys.device_id.encode(), b"tcd"):
        assert secret not in whole


def test_a_later_bundle_continues_the_chain(world: World, tmp_path: Path) -> None:
    first = world.write(tmp_path / "a.tcdb", operations(10))
    second = world.write(tmp_path / "b.tcdb", operations(5, 11), first=11, prev=first.head)
    read = world.read(tmp_path / "b.tcdb")
    assert (read.manifest.first, read.manifest.last) == (11, 15)
    assert read.manifest.prev == first.head.hex() and read.manifest.head == second.head.hex()


def test_a_bundle_may_carry_no_operations(world: World, tmp_path: Path) -> None:
    written = world.write(tmp_path / "a.tcdb", blobs=[b"late scan"], first=11, prev=b"\x07" * 32)
    read = world.read(tmp_path / "a.tcdb")
    assert read.manifest.operations == 0 and written.last == 10 and written.head == b"\x07" * 32


def test_an_epoch_that_continues_another_says_where_it_left_it(world: World, tmp_path: Path) -> None:
    fork = Fork(epoch=1, seq=57, head="ab" * 32)
    start = chain.start(world.ward.keys.device_id, 2, bytes.fromhex(fork.head))
    world.write(tmp_path / "a.tcdb", operations(3), epoch=2, prev=start, forked_from=fork)
    assert world.read(tmp_path / "a.tcdb").manifest.forked_from == fork
    with refused(Code.CHAIN):
        world.write(tmp_path / "b.tcdb", operations(3), epoch=2, forked_from=fork)
    with refused(Code.ORDER):
        world.write(tmp_path / "b.tcdb", operations(3), epoch=1, prev=start, forked_from=fork)


def test_what_the_head_says_is_in_the_manifest(world: World, tmp_path: Path) -> None:
    wanted: dict[str, Any] = dict(
        requires=[Position(device="ab" * 16, epoch=1, seq=5)],
        volume=Volume(set=random_id(), i=2, n=3),
        digest={"reception": TableDigest(n=3, h="cd" * 32)},
        bundle=random_id(),
    )
    world.write(tmp_path / "a.tcdb", operations(1), **wanted)
    manifest = world.read(tmp_path / "a.tcdb").manifest
    assert manifest.bundle == wanted["bundle"] and manifest.volume == wanted["volume"]
    assert manifest.digest == wanted["digest"] and manifest.requires == wanted["requires"]
    assert manifest.created_hlc == STAMP and manifest.schema_ver == SCHEMA
    assert manifest.unit == "HBT-001" and manifest.device == world.ward.keys.device_id


def test_lines_that_are_not_those_of_the_journal_are_not_signed(world: World, tmp_path: Path) -> None:
    written = world.write(tmp_path / "a.tcdb", operations(5), last=5)
    world.write(tmp_path / "a.tcdb", operations(5), last=5, head=written.head)
    for lie in ({"last": 6}, {"head": b"\0" * 32}):
        with refused(Code.CHAIN):
            world.write(tmp_path / "b.tcdb", operations(5), **lie)
    assert not (tmp_path / "b.tcdb").exists()


def test_a_return_bundle_reaches_the_ward(world: World, tmp_path: Path) -> None:
    meta = ReturnMeta(
        return_no=12,
        office_epoch=1,
        superior="HBT",
        superior_name="UBND quận Hai Bà Trưng",
        superior_time=STAMP,
        acks=[Ack(device="ab" * 16, epoch=1, seq=40, head="cd" * 32, level="durable")],
        wants=[Want(device="ab" * 16, epoch=1, first=41, last=50)],
        want_blobs=["ef" * 32],
        rejects=[Reject(op="01" * 32, code="E_OWNER")],
        results=[BundleResult(bundle="02" * 16, new=3, updated=1, identical=2, conflict=0, refused=1)],
        roots=[line.decode() for line in world.root.chain],
        certificates=[world.ward.certificate.decode()],
        digest={"reception": TableDigest(n=1, h="03" * 32)},
    )
    world.write(
        tmp_path / "r.tcdb",
        operations(2),
        sender=world.district,
        recipients=[world.ward.keys.box_pub, world.other_ward.keys.box_pub],
        kind=BundleKind.RETURN,
        meta=encode_return_meta(meta),
    )
    for reader in (world.ward, world.other_ward):
        sink = Keeper()
        world.read(tmp_path / "r.tcdb", reader=reader, sink=sink)
        assert decode_return_meta(sink.metas[0]) == meta and len(sink.lines) == 2
    with refused(Code.SCHEMA, Code.CANON):
        decode_return_meta(encode_return_meta(meta)[:-1] + b" }")


def test_a_return_bundle_without_its_meta_is_not_written(world: World, tmp_path: Path) -> None:
    with refused(Code.MANIFEST):
        world.write(tmp_path / "r.tcdb", operations(2), sender=world.district, kind=BundleKind.RETURN)


class Declining(Keeper):
    """Already has this bundle."""

    def manifest(self, *facts: Any) -> None:
        raise KeyError("imported on 20 November")


def test_the_sink_can_stop_before_any_segment_is_touched(world: World, tmp_path: Path) -> None:
    world.write(tmp_path / "a.tcdb", operations(3))
    sink = Declining()
    with pytest.raises(KeyError, match="imported on"):
        world.read(tmp_path / "a.tcdb", sink=sink)
    assert sink.lines == []


class Impatient:
    """Stops the work when it has done enough."""

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.seen: list[tuple[int, int]] = []

    def step(self, done: int, total: int, text: str = "") -> None:
        self.left -= 1
        self.seen.append((done, total))

    def cancelled(self) -> bool:
        return self.left <= 0


def test_writing_and_reading_tell_how_far_they_are_and_can_be_stopped(world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.tcdb"
    blobs = [blob_source(os.urandom(500_000))]
    common: dict[str, Any] = dict(
        manifest_head=BundleHead(
            kind=BundleKind.OPS,
            epoch=1,
            first=1,
            prev=chain.start(world.ward.keys.device_id, 1),
            schema_ver=SCHEMA,
            created_hlc=STAMP,
        ),
        lines=operations(2),
        blobs=blobs,
        recipients=[world.district_key],
        device_keys=world.ward.keys,
        certificate=world.ward.certificate,
    )
    with pytest.raises(Cancelled):
        write_bundle(path, **common, progress=Impatient(3))
    assert list(tmp_path.iterdir()) == []
    patient = Impatient(1_000_000)
    written = write_bundle(path, **common, progress=patient)
    assert patient.seen == sorted(patient.seen) and patient.seen[-1][0] > 0.99 * written.size
    expect = world.expect(world.district)
    with pytest.raises(Cancelled):
        check_bundle(path, world.district.identities, expect=expect, progress=Impatient(3))
    reading = Impatient(1_000_000)
    check_bundle(path, world.district.identities, expect=expect, progress=reading)
    assert reading.seen[-1] == (written.size, written.size)


def test_large_exports_spool_to_an_encrypted_file_that_disappears(world: World, tmp_path: Path) -> None:
    from tcd_desktop.sync.spool import Spool

    folder = tmp_path / "spool"
    folder.mkdir()
    pieces = [os.urandom(1000) + b"secret" for _ in range(20)]
    with Spool(5000, folder) as spool:
        for piece in pieces:
            spool.append(piece)
        assert len(spool) == 20
        assert [spool[i] for i in range(20)] == pieces and spool[7] == pieces[7]
    assert list(folder.iterdir()) == []
    small = Limits(spool_memory=1000, operations_target=2000)
    world.write(tmp_path / "a.tcdb", operations(50), limits=small)
    assert world.read(tmp_path / "a.tcdb").manifest.operations == 50


def test_a_spool_on_disk_is_noise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tcd_desktop.sync import spool as module

    kept = io.BytesIO()
    monkeypatch.setattr(module.tempfile, "TemporaryFile", lambda **options: kept)
    spool = module.Spool(0)
    spool.append(b"the name of a denouncer")
    assert b"denouncer" not in kept.getvalue() and spool[0] == b"the name of a denouncer"


def test_an_attachment_that_changed_stops_the_export(world: World, tmp_path: Path) -> None:
    contents = iter([b"first content", b"other content"])
    honest = blob_source(b"first content")
    changing = BlobSource(sha256=honest.sha256, length=honest.length, open=lambda: io.BytesIO(next(contents)))
    for blob in (changing, BlobSource(sha256="00" * 32, length=13, open=honest.open)):
        with refused(Code.SEGMENT):
            write_bundle(
                tmp_path / "a.tcdb",
                manifest_head=BundleHead(
                    kind=BundleKind.OPS,
                    epoch=1,
                    first=2,
                    prev=bytes(32),
                    schema_ver=SCHEMA,
                    created_hlc=STAMP,
                ),
                lines=[],
                blobs=[blob],
                recipients=[world.district_key],
                device_keys=world.ward.keys,
                certificate=world.ward.certificate,
            )
    assert list(tmp_path.iterdir()) == []


def test_a_pc_does_not_sign_with_the_certificate_of_another(world: World, tmp_path: Path) -> None:
    from dataclasses import replace

    with refused(Code.SIGNATURE):
        world.write(tmp_path / "a.tcdb", sender=replace(world.ward, certificate=world.other_ward.certificate))


def test_lines_may_come_from_a_generator_and_are_packed_to_the_target_size(world: World, tmp_path: Path) -> None:
    def lines() -> Iterator[bytes]:
        yield from operations(200)

    world.write(tmp_path / "a.tcdb", lines(), limits=TWO_SEGMENTS)
    sizes = [segment.ulen for segment in world.read(tmp_path / "a.tcdb").manifest.segs]
    assert max(sizes) <= TWO_SEGMENTS.operations_target and min(sizes[:-1]) > 7000


# --- looking at a file without importing it ---


def test_an_inspected_bundle_tells_who_made_it_and_what_is_in_it(world: World, tmp_path: Path) -> None:
    written = world.write(tmp_path / "a.tcdb", operations(7))
    facts = inspect_bundle(tmp_path / "a.tcdb", world.district.identities, expect=world.expect(world.district))
    assert facts.problem is None and facts.size == written.size and facts.recipients == 2
    assert facts.manifest is not None and facts.manifest.operations == 7
    assert facts.certificate is not None and facts.certificate.office == "HBT-001"
    assert facts.flags is not None and not facts.flags.renew


def test_an_inspected_bundle_that_nobody_vouches_for_shows_its_claims_and_the_problem(
    world: World, tmp_path: Path
) -> None:
    world.write(tmp_path / "a.tcdb", operations(7))
    strangers = World()
    facts = inspect_bundle(tmp_path / "a.tcdb", world.district.identities, expect=strangers.expect(strangers.district))
    assert facts.problem is not None and facts.problem.code == Code.SIGNATURE
    assert facts.certificate is not None and facts.certificate.office == "HBT-001" and facts.flags is None
    without = inspect_bundle(tmp_path / "a.tcdb", world.district.identities)
    assert without.problem is not None and without.manifest == facts.manifest


def test_checking_a_stick_reads_everything_and_finds_the_same_faults(world: World, tmp_path: Path) -> None:
    world.write(tmp_path / "a.tcdb", operations(7), blobs=[b"scan"])
    expect = world.expect(world.district)
    path = tmp_path / "a.tcdb"
    assert check_bundle(path, world.district.identities, expect=expect).manifest.last == 7
    opened = open_up(path, world.district.identities)
    opened.segments[-1] = b"Scan"
    path.write_bytes(opened.sealed(world.district_key))
    with refused(Code.SEGMENT):
        check_bundle(path, world.district.identities, expect=expect)


# --- anything at all ---


@given(st.binary(max_size=400))
def test_random_bytes_are_refused(world: World, data: bytes) -> None:
    with refused(Code.NOT_A_BUNDLE, Code.ENVELOPE_CRYPTO):
        world.read(data)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_random_bytes_after_a_magic_line_are_refused(world: World, data: bytes) -> None:
    with refused(Code.RECIPIENT, Code.ENVELOPE_CRYPTO):
        world.read(b"age-encryption.org/v1\n-> X25519 " + data)


@given(st.binary(max_size=400))
def test_random_bytes_encrypted_to_us_are_refused(world: World, data: bytes) -> None:
    with refused(Code.SCHEMA, Code.CANON, Code.TRUNCATED, Code.TYPE):
        world.read(seal(data, [world.district_key]))


@given(st.binary(max_size=200), st.binary(max_size=50), st.integers(0, 10_000))
def test_a_good_head_with_random_bytes_after_it_is_refused(
    world: World, bundle_parts: tuple[bytes, bytes], data: bytes, other: bytes, cut: int
) -> None:
    head, rest = bundle_parts
    cut %= len(rest)
    changed = rest[:cut] + data + rest[cut + len(other) :]
    if changed == rest:
        return
    with refused(Code.SEGMENT, Code.TRUNCATED, Code.TRAILING):
        world.read(seal(head + changed, [world.district_key]))


@pytest.fixture(scope="session")
def bundle_parts(world: World, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """Both envelopes of a bundle, and its segments."""
    path = tmp_path_factory.mktemp("parts") / "a.tcdb"
    world.write(path, operations(20), blobs=[b"scan"])
    opened = open_up(path, world.district.identities)
    head = opened.certificate + b"\n" + opened.manifest_line + b"\n"
    return head, b"".join(opened.segments)


@settings(max_examples=30)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters='"\\\n'), max_size=60), max_size=12),
    st.lists(st.binary(max_size=300), max_size=3, unique=True),
    st.integers(100, 2000),
)
def test_whatever_is_written_is_read(
    world: World, tmp_path_factory: pytest.TempPathFactory, texts: list[str], blobs: list[bytes], target: int
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.tcdb"
    lines = [f'{{"text":"{text}"}}'.encode() for text in texts]
    small = Limits(operations_target=target, segment=max(target, 100))
    world.write(path, lines, blobs=blobs, limits=small)
    sink = Keeper()
    with open(path, "rb") as file:
        read_bundle(file, world.district.identities, expect=world.expect(world.district), sink=sink)
    assert sink.lines == lines
    assert sorted(map(bytes, sink.blobs.values())) == sorted(blob for blob in blobs if blob)
    assert len(sink.complete) == len(blobs)


# --- names and sentences ---


def test_a_file_name_says_office_device_and_range() -> None:
    name = bundle_file_name("HBT-001", "1f2e3d4c" + "0" * 24, 1, 101, 250)
    assert name == "TCD_HBT-001_1f2e3d4c_e1_000101-000250_v1of1.tcdb"
    volume = Volume(set=random_id(), i=2, n=3)
    assert bundle_file_name("X", "ab" * 16, 3, 1, 2, volume) == "TCD_X_abababab_e3_000001-000002_v2of3.tcdb"
    assert return_file_name("HBT", "HBT-001", 12) == "TCD_HBT_R000012_HBT-001.tcdb"


@given(st.lists(st.integers(0, 50), max_size=30), st.integers(50, 120))
def test_attachments_are_cut_into_volumes_in_order(lengths: list[int], room: int) -> None:
    volumes = blob_volumes(lengths, room)
    assert [i for volume in volumes for i in volume] == list(range(len(lengths)))
    assert all(sum(lengths[i] for i in volume) <= room for volume in volumes)


def test_every_code_has_a_sentence_and_a_next_step() -> None:
    assert set(REFUSAL_SENTENCES) == set(Code)
    for sentence, step in REFUSAL_SENTENCES.values():
        assert sentence.endswith(".") and step.endswith(".") and "{" not in sentence + step


def test_a_refusal_carries_its_code_as_plain_text() -> None:
    refusal = BundleRefused(Code.GAP, have=3, need=5)
    assert refusal.code == "E_GAP" and type(refusal.code) is str and refusal.facts == {"have": 3, "need": 5}
