"""2.4: broken or hostile content under a valid signature. C1 to C7."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from tcd_desktop.store.journal import chain
from tcd_desktop.store.journal.lines import BadLine
from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import encode
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.limits import Limits
from tcd_desktop.sync.manifest import Segment
from tcd_desktop.sync.refusals import BundleRefused, Code
from tests.sync.offices import Keeper, Opened, World, open_up, operation, operations
from tests.sync.refusal import refused

MIB = 1024 * 1024


def signed(world: World, bundle: Path, stored: bytes, **fields: Any) -> bytes:
    """The honest bundle with another first segment, signed by the ward itself."""
    opened = open_up(bundle, world.district.identities)
    first = msgspec.structs.replace(
        opened.manifest.segs[0], clen=len(stored), sha256=sha256(stored).hexdigest(), **fields
    )
    return resigned(world, opened, [first, *opened.manifest.segs[1:]], [stored, *opened.segments[1:]])


def resigned(world: World, opened: Opened, segs: list[Segment], stored: list[bytes]) -> bytes:
    manifest = msgspec.structs.replace(opened.manifest, segs=segs)
    return replace(opened.signed(world.ward.keys, manifest), segments=stored).sealed(world.district_key)


def test_c1_a_zstd_bomb_stops_at_the_signed_length(world: World, bundle: Path) -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(256 * MIB))
    assert len(bomb) < 64 * 1024
    for ulen in (16 * MIB, 1000):
        with refused(Code.SEGMENT, Code.LIMIT):
            world.read(signed(world, bundle, bomb, ulen=ulen))
    with refused(Code.LIMIT):
        world.read(signed(world, bundle, bomb, ulen=256 * MIB))


def test_c1_a_bomb_that_lies_about_its_size_stops_too(world: World, bundle: Path) -> None:
    bomb = bytearray(zstandard.ZstdCompressor(level=3).compress(bytes(64 * MIB)))
    header = zstandard.frame_header_size(bytes(bomb))
    claimed = (1000).to_bytes(4, "little")
    at = bytes(bomb[:header]).index((64 * MIB).to_bytes(4, "little"))
    bomb[at : at + 4] = claimed
    with refused(Code.SEGMENT):
        world.read(signed(world, bundle, bytes(bomb), ulen=1000))


def test_c1_a_frame_without_its_size_is_refused(world: World, bundle: Path) -> None:
    data = b"\n".join(operations(3)) + b"\n"
    unsized = zstandard.ZstdCompressor(write_content_size=False).compress(data)
    with refused(Code.SEGMENT):
        world.read(signed(world, bundle, unsized, ulen=len(data)))


def test_c1_a_huge_window_is_refused(world: World, bundle: Path) -> None:
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    writer = zstandard.ZstdCompressor(compression_params=parameters).compressobj(size=16 * MIB)
    wide = writer.compress(bytes(16 * MIB)) + writer.flush()
    assert zstandard.get_frame_parameters(wide).window_size > 8 * MIB
    with refused(Code.LIMIT):
        world.read(signed(world, bundle, wide, ulen=16 * MIB))


def test_c1_a_second_frame_or_anything_after_the_frame_is_refused(world: World, bundle: Path) -> None:
    opened = open_up(bundle, world.district.identities)
    honest, ulen = opened.segments[0], opened.manifest.segs[0].ulen
    skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    empty = zstandard.ZstdCompressor().compress(b"")
    for tail in (b"\0", b"rubbish", skippable, empty, honest):
        with refused(Code.SEGMENT):
            world.read(signed(world, bundle, honest + tail, ulen=ulen))
    for stored in (honest[:-1], honest[:5], b"\0" * 50, skippable + honest, b"x"):
        with refused(Code.SEGMENT):
            world.read(signed(world, bundle, stored, ulen=ulen))
    assert world.read(signed(world, bundle, honest, ulen=ulen)).manifest.operations == 40


def test_c1_a_dictionary_of_empty_blocks_is_refused(world: World, bundle: Path) -> None:
    header = zstandard.ZstdCompressor().compress(b"x" * 300)
    size = zstandard.frame_header_size(header)
    endless = header[:size] + b"\x00\x00\x00" * 100_000 + b"\x01\x00\x00"
    with refused(Code.LIMIT):
        world.read(signed(world, bundle, endless, ulen=300))


def test_c2_an_envelope_of_nine_mebibytes_is_refused_unread(world: World, bundle: Path) -> None:
    opened = open_up(bundle, world.district.identities)
    large = replace(opened, manifest_line=b"{" * (9 * MIB))
    with refused(Code.LIMIT):
        world.read(large.sealed(world.district_key))
    endless = replace(opened, certificate=b"x" * 17 * 1024)
    with refused(Code.LIMIT):
        world.read(endless.sealed(world.district_key))
    with refused(Code.LIMIT):
        world.read(Opened(b"y" * MIB, b"", []).sealed(world.district_key))


def test_c2_an_age_header_that_does_not_end_is_refused(world: World, bundle: Path) -> None:
    with refused(Code.LIMIT):
        world.read(b"age-encryption.org/v1\n" + b"-> X25519 aaaa\nbbbb\n" * 100_000)
    with refused(Code.LIMIT):
        world.read(b"age-encryption.org/v1\n" + b"x" * MIB)


def test_c2_declared_counts_are_capped(world: World, bundle: Path) -> None:
    opened = open_up(bundle, world.district.identities)
    honest = opened.manifest
    segment = honest.segs[0]
    many = [segment] * 50
    with refused(Code.LIMIT):
        world.read(resigned(world, opened, many, opened.segments), limits=Limits(segments=49))
    for changes in (
        {"last": 10**9},
        {"segs": [msgspec.structs.replace(segment, n=10**9), *honest.segs[1:]], "last": 10**9 + 20},
        {"segs": [msgspec.structs.replace(segment, ulen=2**40), *honest.segs[1:]]},
        {"segs": [msgspec.structs.replace(segment, clen=2**40), *honest.segs[1:]]},
        {"blobs": [msgspec.structs.replace(honest.blobs[0], len=2 * 1024**3)]},
        {"to": [*honest.to, *(f"{i:064x}" for i in range(499))]},
    ):
        lie = msgspec.structs.replace(honest, **changes)
        with refused(Code.LIMIT):
            world.read(opened.signed(world.ward.keys, lie).sealed(world.district_key))


def with_manifest_text(world: World, bundle: Path, change: Any) -> bytes:
    """The bundle with a manifest whose bytes were changed before the ward signed them."""
    opened = open_up(bundle, world.district.identities)
    payload = dsse.unverified_payload(opened.manifest_line, PayloadType.MANIFEST, limit=MIB)
    line = dsse.sign(change(payload), PayloadType.MANIFEST, world.ward.keys.signing)
    return replace(opened, manifest_line=line).sealed(world.district_key)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1.0", "-0", "true", '"1"', "null"])
def test_c3_a_manifest_with_strange_numbers_is_refused(world: World, bundle: Path, number: str) -> None:
    with refused(Code.SCHEMA, Code.CANON):
        world.read(
            with_manifest_text(world, bundle, lambda p: p.replace(b'"epoch":1', b'"epoch":' + number.encode(), 1))
        )


@pytest.mark.parametrize("number", [str(2**53), str(2**64), "9" * 5000, "0", "-1", "01"])
def test_c3_a_manifest_with_numbers_out_of_range_is_refused(world: World, bundle: Path, number: str) -> None:
    with refused(Code.SCHEMA):
        world.read(
            with_manifest_text(world, bundle, lambda p: p.replace(b'"epoch":1', b'"epoch":' + number.encode(), 1))
        )


MANIFEST_SPELLINGS = [
    lambda p: p.replace(b'"epoch":1', b'"epoch":1,"epoch":1'),
    lambda p: p.replace(b'"epoch":1', b'"epoch": 1'),
    lambda p: b" " + p,
    lambda p: p + b"\n",
    lambda p: p.replace(b"HBT-001", b"HBT\\u002d001"),
    lambda p: p.replace(b'"epoch":1', b'"epoch":1,"more":1'),
    lambda p: b"\xef\xbb\xbf" + p,
    lambda p: p + p,
    lambda p: encode(dict(reversed(json.loads(p).items()))).replace(b'{"blobs"', b'{"zzz":1,"blobs"'),
    lambda p: p[:-1],
    lambda p: b"",
]


@pytest.mark.parametrize("change", MANIFEST_SPELLINGS)
def test_c4_a_manifest_has_one_spelling(world: World, bundle: Path, change: Any) -> None:
    with refused(Code.SCHEMA, Code.CANON):
        world.read(with_manifest_text(world, bundle, change))


def test_c5_a_manifest_nested_without_end_is_refused(world: World, bundle: Path) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    for change in (
        lambda p: p.replace(b'"features":[]', b'"features":' + deep),
        lambda p: p.replace(b'"epoch":1', b'"epoch":1,"aaa":' + deep),
        lambda p: deep,
    ):
        with refused(Code.SCHEMA):
            world.read(with_manifest_text(world, bundle, change))


@pytest.mark.parametrize(
    "unit",
    [
        b"HBT\\u0000",
        b"HBT\\n",
        "HBT\u202e".encode(),
        "HB\u0302".encode(),
        b"\xff\xfe",
        b"\\ud800",
        b"..\\\\..",
    ],
)
def test_c6_a_manifest_with_broken_text_is_refused(world: World, bundle: Path, unit: bytes) -> None:
    with refused(Code.SCHEMA, Code.CTRL, Code.NFC):
        world.read(with_manifest_text(world, bundle, lambda p: p.replace(b"HBT-001", unit)))


@pytest.mark.parametrize(
    "stamp", ["9999-zz", "9999999999999-0000-1F2E3D4C", "1795430000000-0000-1f2e3d4c\n", "x" * 100]
)
def test_c7_a_forged_clock_in_the_manifest_is_refused(world: World, bundle: Path, stamp: str) -> None:
    opened = open_up(bundle, world.district.identities)
    lie = msgspec.structs.replace(opened.manifest, created_hlc=stamp)
    try:
        forged = opened.signed(world.ward.keys, lie)
    except BundleRefused:  # our own encoder refuses control characters; an attacker's does not
        payload = msgspec.json.encode(lie, order="sorted")
        forged = replace(opened, manifest_line=dsse.sign(payload, PayloadType.MANIFEST, world.ward.keys.signing))
    with refused(Code.SCHEMA):
        world.read(forged.sealed(world.district_key))


def test_c13_a_bundle_of_a_newer_program_waits_for_the_upgrade(world: World, bundle: Path) -> None:
    for change in (
        lambda p: p.replace(b'"min_reader":1', b'"min_reader":2'),
        lambda p: p.replace(b'"min_reader":1', b'"min_reader":2,"news":[[[[[[[[1]]]]]]]]'),
        lambda p: p.replace(b'"schema_ver":1', b'"schema_ver":2'),
        lambda p: p.replace(b'"features":[]', b'"features":["photographs"]'),
    ):
        with refused(Code.TOO_NEW):
            world.read(with_manifest_text(world, bundle, change))


# --- operation lines: the reader cuts them, the journal's own decoder judges them ---


def with_lines(world: World, tmp_path: Path, lines: Iterable[bytes]) -> bytes:
    """A bundle of the ward's own programme, which an attacker replaced, with any bytes as lines."""
    path = tmp_path / "lines.tcdb"
    content = list(lines)
    world.write(path, operations(len(content)))
    opened = open_up(path, world.district.identities)
    data = b"\n".join(content) + b"\n"
    stored = zstandard.ZstdCompressor().compress(data)
    segment = msgspec.structs.replace(
        opened.manifest.segs[0], clen=len(stored), ulen=len(data), sha256=sha256(stored).hexdigest()
    )
    head = chain.hashes(bytes.fromhex(opened.manifest.prev), content)[-1]
    manifest = msgspec.structs.replace(opened.manifest, segs=[segment], head=head.hex())
    return replace(opened.signed(world.ward.keys, manifest), segments=[stored]).sealed(world.district_key)


GOOD = operation(1)
BAD_LINES = {
    "nan": GOOD.replace(b'"seq":1', b'"seq":NaN'),
    "infinity": GOOD.replace(b'"seq":1', b'"seq":Infinity'),
    "float": GOOD.replace(b'"seq":1', b'"seq":1.0'),
    "exponent": GOOD.replace(b'"seq":1', b'"seq":1e999'),
    "minus zero": GOOD.replace(b'"seq":1', b'"seq":-0'),
    "2^64": GOOD.replace(b'"seq":1', b'"seq":18446744073709551616'),
    "5,000 digits": GOOD.replace(b'"seq":1', b'"seq":' + b"1" * 5000),
    "key twice": GOOD.replace(b'"seq":1', b'"seq":1,"seq":1'),
    "blank": GOOD.replace(b'"seq":1', b'"seq": 1'),
    "escape": GOOD.replace(b"ngo", b"\\u006ego").replace(b"put", b"p\\u0075t"),
    "unknown field": GOOD.replace(b'"seq":1', b'"seq":1,"zzz":1'),
    "bom": b"\xef\xbb\xbf" + GOOD,
    "trailing": GOOD + b"{}",
    "carriage return": GOOD + b"\r",
    "deep": GOOD.replace(b'"seq":1', b'"seq":' + b"[" * 100_000 + b"]" * 100_000),
    "invalid utf-8": operation(1, "x").replace(b'"x"', b'"\xff"'),
    "overlong": operation(1, "x").replace(b'"x"', b'"\xc0\xaf"'),
    "surrogate": operation(1, "x").replace(b'"x"', b'"\\ud800"'),
    "nul": operation(1, "x").replace(b'"x"', b'"\\u0000"'),
    "escape character": operation(1, "x").replace(b'"x"', b'"\\u001b[2J"'),
    "delete": operation(1, "\x7f"),
    "c1": operation(1, "\x9b2J"),
    "bidi": operation(1, "a.pdf\u202efdp.exe"),
    "not NFC": operation(1, "Nguye\u0302\u0303n"),
    "clock": GOOD.replace(b"1795430000000-0000-1f2e3d4c", b"9999-zz"),
    "not json": b"hello",
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_c3_to_c7_a_line_no_program_of_ours_writes_stops_the_import(world: World, tmp_path: Path, name: str) -> None:
    assert BAD_LINES[name] != GOOD
    sink = Keeper(strict=True)
    with pytest.raises(BadLine) as caught:
        world.read(with_lines(world, tmp_path, [GOOD, BAD_LINES[name]]), sink=sink)
    assert caught.value.code in ("E_SCHEMA", "E_CANON", "E_NFC", "E_CTRL")
    assert sink.lines == []


def test_the_lines_an_attack_changes_are_good_before(world: World, tmp_path: Path) -> None:
    sink = Keeper(strict=True)
    world.read(with_lines(world, tmp_path, [GOOD, operation(2, "dòng 1\\nx")]), sink=sink)
    assert sink.lines == [GOOD, operation(2, "dòng 1\\nx")]


def test_c4_empty_lines_and_a_missing_last_newline_are_refused(world: World, tmp_path: Path) -> None:
    with refused(Code.SCHEMA):
        world.read(with_lines(world, tmp_path, [GOOD, b""]))
    with refused(Code.ORDER):
        world.read(with_lines(world, tmp_path, [GOOD, operation(2) + b"\n" + operation(3)]))


def test_c2_a_line_longer_than_allowed_is_refused(world: World, tmp_path: Path) -> None:
    with refused(Code.LIMIT):
        world.read(with_lines(world, tmp_path, [GOOD, operation(2, "x" * 256 * 1024)]))
    with refused(Code.LIMIT):
        world.write(tmp_path / "a.tcdb", [operation(1, "x" * 256 * 1024)])
    with refused(Code.SCHEMA):
        world.write(tmp_path / "a.tcdb", [GOOD + b"\n"])
