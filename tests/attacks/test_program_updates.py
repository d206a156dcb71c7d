"""Program updates that must not be installed (rows U1 to U7)."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import SilentProgress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync import dsse
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.keys import SigningKey
from tcd_desktop.updates import archive
from tcd_desktop.updates.installation import Installation
from tcd_desktop.updates.limits import DEFAULT
from tcd_desktop.updates.pointer import Pointer
from tcd_desktop.updates.statement import Statement, sign_statement
from tests.offices import make_district
from tests.updates.builds import HERE, NOTES, a_build, desk
from tests.updates.conftest import district, program, stick, update, ward

__all__ = ["district", "program", "stick", "update", "ward"]

WHOLE = PayloadType.UPDATE


def refusal(ward: OpenOffice, program: Installation, path: Path, **running: object) -> str:
    """The code of the refusal; nothing at all has changed."""
    before = sorted(path.relative_to(program.root) for path in program.root.rglob("*"))
    with pytest.raises(Refused) as refused:
        desk(ward, program, **running).install(path)
    assert sorted(path.relative_to(program.root) for path in program.root.rglob("*")) == before
    assert program.pointer == Pointer(HERE.version)
    assert not (ward.home / "before-update").exists()
    return refused.value.code


def parts(update: Path) -> tuple[bytes, Statement, bytes]:
    line, payload = update.read_bytes().split(b"\n", 1)
    said = dsse.unverified_payload(line, PayloadType.UPDATE, limit=65536)
    return line, msgspec.json.decode(said, type=Statement), payload


def write_signed(district: OpenOffice, path: Path, statement: Statement, payload: bytes) -> Path:
    assert district.keyring.authority is not None
    path.write_bytes(sign_statement(statement, district.keyring.authority.director) + b"\n" + payload)
    return path


def test_u1_unsigned_or_signed_by_another_key_is_refused(
    ward: OpenOffice, district: OpenOffice, program: Installation, update: Path, tmp_path: Path
) -> None:
    line, statement, payload = parts(update)
    authority = district.keyring.authority
    assert authority is not None
    raw = dsse.unverified_payload(line, PayloadType.UPDATE, limit=65536)
    for key in (SigningKey.generate(), authority.enroller, authority.revoker, ward.keyring.device.signing):
        update.write_bytes(sign_statement(statement, key) + b"\n" + payload)
        assert refusal(ward, program, update) == "update_unsigned"
        assert desk(ward).check(update).statement is None, "nothing of it is shown"
    for forged in (dsse.sign(raw, WHOLE), dsse.sign(raw, PayloadType.OFFICE_KEYS, authority.director), raw, b"", b"PK"):
        update.write_bytes(forged + b"\n" + payload)
        assert refusal(ward, program, update) in ("update_unsigned", "update_not_one")
    stranger = make_district(tmp_path / "stranger")
    made = desk(stranger).make(a_build(tmp_path / "other", "9.1.0"), tmp_path, notes=NOTES, follows="0.0.1")
    stranger.close()
    assert refusal(ward, program, made.path) == "update_unsigned"


def test_u2_a_changed_byte_anywhere_is_refused(ward: OpenOffice, program: Installation, update: Path) -> None:
    whole = update.read_bytes()
    start = whole.index(b"\n") + 1
    places = [*range(0, start, 41), start - 1, start, start + 30, (start + len(whole)) // 2, len(whole) - 1]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1
        update.write_bytes(changed)
        code = refusal(ward, program, update)
        assert code == "update_altered" if place >= start else code in ("update_unsigned", "update_not_one"), place


def test_u3_cut_off_or_longer_than_signed_is_refused(ward: OpenOffice, program: Installation, update: Path) -> None:
    whole = update.read_bytes()
    start = whole.index(b"\n") + 1
    for length in (0, 1, start // 2, start - 1):
        update.write_bytes(whole[:length])
        assert refusal(ward, program, update) == "update_not_one"
    for length in (start, start + 1, len(whole) // 2, len(whole) - 1):
        update.write_bytes(whole[:length])
        assert refusal(ward, program, update) == "update_cut"
    update.write_bytes(whole[:-4096] + bytes(4096))
    assert refusal(ward, program, update) == "update_altered"
    update.write_bytes(whole + b"x")
    assert refusal(ward, program, update) == "update_altered"
    update.write_bytes(b"x" * 200_000)
    assert refusal(ward, program, update) == "update_not_one"


def test_u4_an_older_version_is_never_installed(
    ward: OpenOffice, district: OpenOffice, program: Installation, update: Path
) -> None:
    assert refusal(ward, program, update, version="10.0.0") == "update_older"
    assert refusal(ward, program, update, version="9.0.1") == "update_older"
    assert refusal(ward, program, update, version="9.0.0") == "update_same"
    assert refusal(ward, program, update, schema=HERE.schema + 1) == "update_schema"


def test_u5_another_kind_of_pc_or_a_version_between_is_refused(
    ward: OpenOffice, program: Installation, district: OpenOffice, update: Path
) -> None:
    assert refusal(ward, program, update, platform="windows-arm64") == "update_platform"
    assert refusal(ward, program, update, version="0.0.0") == "update_follows"


NAMES = (
    "../x",
    "/x",
    "a/../../x",
    "C:/x",
    "a\\x",
    "CON",
    "aux.txt",
    "x.",
    "x ",
    "a//x",
    "x:ads",
    "a/\u202ex",
    "n" * 300,
)


def packed(path: Path, *entries: zipfile.ZipInfo | str, content: bytes = b"12345") -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in entries:
            made.writestr(entry, content)
    return path.read_bytes()


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_u6_a_signed_archive_cannot_leave_its_folder_or_fill_the_disk(
    ward: OpenOffice, district: OpenOffice, program: Installation, update: Path, tmp_path: Path
) -> None:
    _line, statement, _payload = parts(update)
    made = tmp_path / "made.zip"

    def code(payload: bytes, *, unpacked: int = 5, files: int = 1) -> str:
        said = msgspec.structs.replace(
            statement, size=len(payload), sha256=sha256(payload).hexdigest(), unpacked=unpacked, files=files
        )
        return refusal(ward, program, write_signed(district, update, said, payload))

    for name in NAMES:
        assert code(packed(made, name)) == "update_archive", name
    assert code(packed(made, link())) == "update_archive"
    assert code(packed(made, "folder/")) == "update_archive"
    for pair in (("x", "x"), ("x", "X")):
        assert code(packed(made, *pair), unpacked=10, files=2) == "update_archive"
    bomb = packed(made, "bomb", content=bytes(5_000_000))
    assert code(bomb) == "update_archive"
    assert code(bomb.replace((5_000_000).to_bytes(4, "little"), (5).to_bytes(4, "little"))) == "update_archive"
    assert code(packed(made, "x", "y"), unpacked=10) == "update_archive", "more files than signed"
    for damaged in (b"PK\x05\x06", bytes(22), packed(made, "x") + bytes(30), packed(made, "x")[:-3]):
        assert code(damaged) == "update_archive"
    assert not list(tmp_path.rglob("x")) and not Path("/x").exists()


def test_u7_what_was_copied_decides_not_what_was_looked_at(
    ward: OpenOffice, program: Installation, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpack: Callable[..., None] = archive.unpack
    seen = desk(ward).check(update)
    assert seen.refused is None
    whole = bytearray(update.read_bytes())
    whole[-30] ^= 1
    opened: list[Path] = []

    def watched(path: Path, *rest: Any, **named: Any) -> None:
        opened.append(path)
        unpack(path, *rest, **named)

    monkeypatch.setattr(archive, "unpack", watched)
    update.write_bytes(whole)
    assert refusal(ward, program, update) == "update_altered" and not opened


def test_the_limits_hold_when_a_build_is_packed(tmp_path: Path) -> None:
    build = a_build(tmp_path, "9.0.0")
    for small in ({"files": 1}, {"unpacked": 1000}, {"name": 5}, {"depth": 1}):
        with pytest.raises(Refused):
            archive.pack(build, tmp_path / "x.zip", SilentProgress(), replace(DEFAULT, **small))
