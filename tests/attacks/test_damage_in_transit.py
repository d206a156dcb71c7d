"""2.1: what happens to a file between two offices. D1 to D8, M10."""

from __future__ import annotations

import errno
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tcd_desktop import renaming
from tcd_desktop.sync import stick
from tcd_desktop.sync.bundle_reader import inspect_bundle, read_bundle
from tcd_desktop.sync.keys import DeviceKeys
from tcd_desktop.sync.limits import Limits
from tcd_desktop.sync.manifest import SegmentKind
from tcd_desktop.sync.refusals import BundleRefused, Code, ExportFailed
from tests.sync.offices import TWO_SEGMENTS, Keeper, Opened, World, open_up, operations
from tests.sync.refusal import refused

DAMAGED = (Code.ENVELOPE_CRYPTO, Code.RECIPIENT, Code.NOT_A_BUNDLE)


def test_d1_a_flipped_bit_anywhere_is_refused(world: World, bundle: Path) -> None:
    whole = bundle.read_bytes()
    body = whole.index(b"\n--- ") + 49
    for offset in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[offset] ^= 1 << offset % 8
        with refused(*(DAMAGED if offset < body else (Code.ENVELOPE_CRYPTO,))):
            world.read(bytes(damaged))


def test_d2_a_file_cut_at_any_length_is_refused(world: World, tmp_path: Path) -> None:
    path = tmp_path / "small.tcdb"
    world.write(path, operations(2))
    whole = path.read_bytes()
    for length in range(len(whole)):
        with refused(Code.ENVELOPE_CRYPTO, Code.NOT_A_BUNDLE):
            world.read(whole[:length])
    assert world.read(whole).manifest.operations == 2


def test_d2_a_file_cut_at_the_edge_of_a_chunk_is_refused(world: World, tmp_path: Path) -> None:
    path = tmp_path / "large.tcdb"
    world.write(path, blobs=[os.urandom(300_000)])
    whole = path.read_bytes()
    payload = whole.index(b"\n", whole.index(b"\n--- ") + 1) + 1 + 16
    edges = range(payload + 65_552, len(whole), 65_552)
    assert len(edges) >= 4
    for edge in edges:
        with refused(Code.ENVELOPE_CRYPTO):
            world.read(whole[:edge])


@pytest.mark.parametrize("tail", [b"\0", b"x" * 16, bytes(70_000)])
def test_d3_bytes_after_the_end_are_refused(world: World, bundle: Path, tail: bytes) -> None:
    with refused(Code.ENVELOPE_CRYPTO):
        world.read(bundle.read_bytes() + tail)


def test_d3_a_file_whose_end_is_zeros_is_refused(world: World, bundle: Path) -> None:
    whole = bundle.read_bytes()
    for kept in (0, 10, 100, 1000, len(whole) - 512, len(whole) - 1):
        with refused(Code.ENVELOPE_CRYPTO, Code.NOT_A_BUNDLE):
            world.read(whole[:kept] + bytes(len(whole) - kept))


# --- somebody who can encrypt to us moves signed parts around ---


def moved(world: World, bundle: Path, segments: Any, tail: bytes = b"") -> bytes:
    opened = open_up(bundle, world.district.identities)
    assert len(opened.segments) == 3
    return replace(opened, segments=segments(opened.segments)).sealed(world.district_key, tail=tail)


def test_the_honest_parts_sealed_again_are_accepted(world: World, bundle: Path) -> None:
    assert world.read(moved(world, bundle, lambda s: s)).manifest.operations == 40


def test_d4_swapped_or_doubled_segments_are_refused(world: World, bundle: Path) -> None:
    for change in (
        lambda s: [s[1], s[0], s[2]],
        lambda s: [s[0], s[0], s[1], s[2]],
        lambda s: [s[2], s[0], s[1]],
        lambda s: s[1:],
    ):
        with refused(Code.SEGMENT):
            world.read(moved(world, bundle, change))


def test_d4_a_dropped_last_segment_is_refused(world: World, bundle: Path) -> None:
    with refused(Code.TRUNCATED):
        world.read(moved(world, bundle, lambda s: s[:-1]))
    with refused(Code.TRUNCATED):
        world.read(moved(world, bundle, lambda s: []))
    with refused(Code.TRUNCATED):
        world.read(moved(world, bundle, lambda s: [s[0], s[1], s[2][:-1]]))


def test_d4_an_appended_segment_is_refused(world: World, bundle: Path) -> None:
    with refused(Code.TRAILING):
        world.read(moved(world, bundle, lambda s: [*s, s[0]]))
    with refused(Code.TRAILING):
        world.read(moved(world, bundle, lambda s: s, tail=b"\n"))


def test_d4_a_changed_byte_inside_a_segment_never_reaches_the_sink(world: World, bundle: Path) -> None:
    def first_byte_of_the_second(segments: list[bytes]) -> list[bytes]:
        return [segments[0], bytes([segments[1][0] ^ 1]) + segments[1][1:], segments[2]]

    sink = Keeper()
    with refused(Code.SEGMENT):
        world.read(moved(world, bundle, first_byte_of_the_second), sink=sink)
    opened = open_up(bundle, world.district.identities)
    assert len(sink.lines) == opened.manifest.segs[0].n


def test_d5_segments_of_one_bundle_under_the_manifest_of_another_are_refused(
    world: World, bundle: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.tcdb"
    world.write(other, operations(40), blobs=[b"scan of another doc" * 40], limits=TWO_SEGMENTS)
    ours, theirs = (open_up(path, world.district.identities) for path in (bundle, other))
    mixed = Opened(ours.certificate, ours.manifest_line, [*ours.segments[:2], theirs.segments[2]])
    with refused(Code.SEGMENT):
        world.read(mixed.sealed(world.district_key))


def test_d5_the_certificate_of_another_pc_does_not_fit_the_manifest(world: World, bundle: Path, tmp_path: Path) -> None:
    opened = open_up(bundle, world.district.identities)
    with refused(Code.SIGNATURE):
        world.read(replace(opened, certificate=world.other_ward.certificate).sealed(world.district_key))
    renewed = world.enrol(world.ward.path, keys=world.ward.keys, series="B")
    with refused(Code.SIGNATURE):
        world.read(replace(opened, certificate=renewed.certificate).sealed(world.district_key))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 4096,
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"PK\x03\x04" + bytes(100),
        b"SQLite format 3\x00" + bytes(4096),
        b"age-encryption.org/v2\n-> X25519 abc\n",
        b"\xef\xbb\xbfage-encryption.org/v1\n",
        b"age",
    ],
)
def test_d6_a_file_of_another_program_is_not_a_bundle(world: World, tmp_path: Path, content: bytes) -> None:
    with refused(Code.NOT_A_BUNDLE, Code.ENVELOPE_CRYPTO):
        world.read(content)
    path = tmp_path / "photo.tcdb"
    path.write_bytes(content)
    facts = inspect_bundle(path, world.district.identities, expect=world.expect(world.district))
    assert facts.problem is not None and facts.manifest is None and facts.size == len(content)


class Unplugged(io.BytesIO):
    """A stick that is pulled out while it is read."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 2000:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(min(size or -1, 1000))


def test_d7_a_stick_pulled_while_reading_is_a_fault_of_the_stick_not_of_the_bundle(world: World, bundle: Path) -> None:
    with pytest.raises(OSError) as caught:
        read_bundle(
            Unplugged(bundle.read_bytes()),
            world.district.identities,
            expect=world.expect(world.district),
            sink=Keeper(),
        )
    assert caught.value.errno == errno.EIO


# --- writing ---


def failing_write(monkeypatch: pytest.MonkeyPatch, number: int, after: int) -> None:
    """The stick fails once more than `after` bytes were written to it."""
    real = stick.HashingFile.write

    def write(self: stick.HashingFile, data: bytes) -> None:
        if self.size + len(data) > after:
            raise OSError(number, os.strerror(number))
        real(self, data)

    monkeypatch.setattr(stick.HashingFile, "write", write)


@pytest.mark.parametrize("after", [0, 300, 1500])
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, Code.STICK_FULL),
        (errno.EFBIG, Code.STICK_FILE_LIMIT),
        (errno.EROFS, Code.STICK_READ_ONLY),
        (errno.EIO, Code.STICK_FAILED),
        (errno.ENODEV, Code.STICK_FAILED),
    ],
)
def test_d8_a_stick_that_fails_leaves_no_file_and_says_why(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: Code, after: int
) -> None:
    failing_write(monkeypatch, number, after)
    with pytest.raises(ExportFailed) as caught:
        world.write(tmp_path / "a.tcdb", operations(20))
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device of Linux")
def test_d8_a_small_bundle_on_a_full_disk_fails_although_age_says_it_succeeded(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.tcdb.part").symlink_to("/dev/full")
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    with pytest.raises(ExportFailed) as caught:
        world.write(tmp_path / "a.tcdb", operations(1))
    assert caught.value.code == Code.STICK_FULL
    assert list(tmp_path.iterdir()) == []


def test_d8_a_stick_without_room_is_not_even_begun(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(stick.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(ExportFailed) as caught:
        world.write(tmp_path / "a.tcdb", operations(20))
    assert caught.value.code == Code.STICK_FULL and caught.value.facts["free"] == 1000
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "pwrite"), reason="needs pwrite")
def test_d8_what_the_stick_gives_back_is_compared_with_what_was_written(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sync_and_lose(handle: int) -> None:
        os.pwrite(handle, b"\0" * 100, 1000)

    monkeypatch.setattr(renaming.os, "fsync", sync_and_lose)
    monkeypatch.setattr(stick, "_sync_folder", lambda folder: None)
    with pytest.raises(ExportFailed) as caught:
        world.write(tmp_path / "a.tcdb", operations(20))
    assert caught.value.code == Code.READ_BACK
    assert list(tmp_path.iterdir()) == []


def test_d8_a_folder_that_is_gone_is_a_failed_stick(world: World, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed) as caught:
        world.write(tmp_path / "pulled" / "a.tcdb", operations(2))
    assert caught.value.code == Code.STICK_FAILED


def test_d8_a_volume_never_grows_beyond_its_limit(world: World, tmp_path: Path) -> None:
    small = Limits(volume=100_000)
    with refused(Code.LIMIT):
        world.write(tmp_path / "a.tcdb", blobs=[os.urandom(60_000), os.urandom(60_000)], limits=small)
    assert list(tmp_path.iterdir()) == []
    world.write(tmp_path / "a.tcdb", blobs=[os.urandom(60_000)], limits=small)
    world.read(tmp_path / "a.tcdb", limits=small)
    with refused(Code.LIMIT):
        world.read(tmp_path / "a.tcdb", limits=Limits(volume=60_000))


def test_m10_a_virus_scanner_that_holds_the_new_file_is_waited_for(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refusals, pauses = os.replace, iter([True, True, True]), list[float]()

    def replace_when_free(source: Path, target: Path) -> None:
        if next(refusals, False):
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        real(source, target)

    monkeypatch.setattr(renaming.os, "replace", replace_when_free)
    monkeypatch.setattr(renaming.time, "sleep", pauses.append)
    world.write(tmp_path / "a.tcdb", operations(2))
    assert pauses == list(renaming.PAUSES[:3])
    assert [path.name for path in tmp_path.iterdir()] == ["a.tcdb"]


def test_m10_a_file_that_stays_locked_is_never_half_renamed(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(renaming.os, "replace", locked)
    monkeypatch.setattr(renaming.time, "sleep", lambda pause: None)
    with pytest.raises(ExportFailed) as caught:
        world.write(tmp_path / "a.tcdb", operations(2))
    assert caught.value.code == Code.STICK_READ_ONLY
    assert list(tmp_path.iterdir()) == []


# --- the sender's own programme lies (H12), and the blob part of C10 ---


def lying(world: World, bundle: Path, **changes: Any) -> bytes:
    """The manifest changed by the ward's own key."""
    opened = open_up(bundle, world.district.identities)
    manifest = msgspec.structs.replace(opened.manifest, **changes)
    return opened.signed(world.ward.keys, manifest).sealed(world.district_key)


def test_h12_a_manifest_that_lies_about_counts_numbers_and_hashes_is_refused(world: World, bundle: Path) -> None:
    honest = open_up(bundle, world.district.identities).manifest
    segs = honest.segs
    lies: list[tuple[Code, dict[str, Any]]] = [
        (Code.ORDER, {"last": 41}),
        (Code.ORDER, {"last": 39}),
        (Code.ORDER, {"first": 30, "last": 2}),
        (Code.CHAIN, {"head": "00" * 32}),
        (Code.CHAIN, {"prev": "00" * 32}),
        (Code.CHAIN, {"first": 2, "last": 41, "prev": "00" * 32}),
        (Code.CHAIN, {"epoch": 2}),
        (Code.ORDER, {"segs": [msgspec.structs.replace(segs[0], n=segs[0].n - 1), *segs[1:]]}),
        (Code.MANIFEST, {"segs": [segs[2], segs[0], segs[1]]}),
        (Code.MANIFEST, {"segs": [msgspec.structs.replace(segs[0], clen=0), *segs[1:]]}),
        (Code.MANIFEST, {"blobs": []}),
        (Code.MANIFEST, {"blobs": [msgspec.structs.replace(honest.blobs[0], len=5)]}),
        (Code.MANIFEST, {"blobs": [msgspec.structs.replace(honest.blobs[0], segs=(1, 3))]}),
        (Code.MANIFEST, {"blobs": [msgspec.structs.replace(honest.blobs[0], segs=(2, 9))]}),
        (Code.MANIFEST, {"to": [world.district_key.hex()] * 2}),
        (Code.MANIFEST, {"volume": msgspec.structs.replace(honest.volume, i=2)}),
    ]
    for code, lie in lies:
        with refused(code):
            world.read(lying(world, bundle, **lie))


def test_h12_segments_and_attachments_have_one_order(world: World, tmp_path: Path) -> None:
    path = tmp_path / "two.tcdb"
    world.write(path, operations(2), meta=b"{}", blobs=[b"first scan", b"other scan", b""])
    honest = open_up(path, world.district.identities).manifest
    first, other, empty = honest.blobs
    for lie in (
        {"segs": [honest.segs[1], honest.segs[0], *honest.segs[2:]]},
        {"blobs": [other, first, empty]},
        {"blobs": [first, msgspec.structs.replace(other, segs=first.segs), empty]},
        {"blobs": [first, other, msgspec.structs.replace(empty, sha256="ab" * 32)]},
        {"blobs": [first, other, empty, empty]},
        {"blobs": [first, msgspec.structs.replace(other, sha256=first.sha256), empty]},
    ):
        with refused(Code.MANIFEST):
            world.read(lying(world, path, **lie))
    world.read(lying(world, path))


def test_c2_a_pipe_is_read_up_to_the_limit_of_a_volume(world: World, bundle: Path) -> None:
    class Pipe(io.BytesIO):
        """Nobody can ask how long it is."""

        def seekable(self) -> bool:
            return False

    whole = bundle.read_bytes()
    assert world.read_stream(Pipe(whole), limits=Limits(volume=len(whole))).size == len(whole)
    sink = Keeper()
    with refused(Code.LIMIT):
        world.read_stream(Pipe(whole), limits=Limits(volume=len(whole) - 1), sink=sink)
    assert sink.lines == []


def test_h12_counts_moved_between_segments_are_refused(world: World, bundle: Path) -> None:
    segs = open_up(bundle, world.district.identities).manifest.segs
    shifted = [
        msgspec.structs.replace(segs[0], n=segs[0].n - 1),
        msgspec.structs.replace(segs[1], n=segs[1].n + 1),
        segs[2],
    ]
    with refused(Code.ORDER):
        world.read(lying(world, bundle, segs=shifted))


def test_c10_an_attachment_with_another_content_is_refused(world: World, bundle: Path) -> None:
    entry = open_up(bundle, world.district.identities).manifest.blobs[0]
    sink = Keeper()
    opened = open_up(bundle, world.district.identities)
    lie = msgspec.structs.replace(opened.manifest, blobs=[msgspec.structs.replace(entry, sha256="ab" * 32)])
    with refused(Code.SEGMENT):
        world.read(opened.signed(world.ward.keys, lie).sealed(world.district_key), sink=sink)
    assert sink.complete == []


def test_a_bundle_of_a_pc_that_never_was_enrolled_is_refused_before_its_segments(world: World, bundle: Path) -> None:
    opened = open_up(bundle, world.district.identities)
    assert [s.k for s in opened.manifest.segs] == [SegmentKind.OPS, SegmentKind.OPS, SegmentKind.BLOB]
    sink = Keeper()
    with pytest.raises(BundleRefused):
        world.read(opened.signed(DeviceKeys.generate(), opened.manifest).sealed(world.district_key), sink=sink)
    assert sink.seen_manifest is None and sink.lines == []
