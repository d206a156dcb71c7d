"""The honest files that are changed, and the keys of everybody in them. Made once for a run, kept with its finds."""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tcd_desktop.store.journal import chain
from tcd_desktop.sync import dsse, enrolment_files
from tcd_desktop.sync.bundle_writer import BundleHead, write_bundle
from tcd_desktop.sync.certificate import DeviceRole, certificate_for, issue
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.envelope import decrypt
from tcd_desktop.sync.keys import BoxKey, DeviceKeys, SigningKey
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.manifest import WITHHELD, BundleKind
from tcd_desktop.sync.office_keys import OfficeKey, sign_office_keys
from tcd_desktop.sync.return_meta import Ack, Reject, ReturnMeta, Want, encode_return_meta
from tcd_desktop.sync.revocation import Revocation, sign_revocations
from tcd_desktop.sync.root import OfficeEntry, TrustedRoot, role_keys, root_metadata, sign_root
from tcd_desktop.sync.scope import WARD_TABLES
from tests.offices import DRAFT, SECRET, make_office
from tests.sync.offices import STAMP, blob_source

TODAY = date(2026, 11, 23)
SMALL = replace(DEFAULT, operations_target=2048, segment=9 * 1024)
"""Makes a small bundle have several segments and an attachment of two slices."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One honest bundle: the file, and what is inside it."""

    file: bytes
    certificate: bytes
    manifest: bytes
    segments: tuple[bytes, ...]

    @property
    def inside(self) -> bytes:
        return self.certificate + b"\n" + self.manifest + b"\n" + b"".join(self.segments)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Seeds of keys are 32 bytes each (64 of a PC); everything else is as it lies on a stick."""

    roles: tuple[bytes, ...]
    district: bytes
    ward: bytes
    schema: int
    lines: tuple[bytes, ...]
    up: Bundle
    down: Bundle
    meta: bytes
    roots: tuple[bytes, ...]
    revocations: bytes
    office_keys: bytes
    request: bytes
    answer: bytes

    @property
    def keepers(self) -> tuple[SigningKey, SigningKey]:
        return SigningKey(self.roles[0]), SigningKey(self.roles[1])

    @property
    def enroller(self) -> SigningKey:
        return SigningKey(self.roles[2])

    @property
    def director(self) -> SigningKey:
        return SigningKey(self.roles[3])

    @property
    def revoker(self) -> SigningKey:
        return SigningKey(self.roles[4])

    def save(self, path: Path) -> None:
        path.write_bytes(pickle.dumps(self))

    @classmethod
    def load(cls, path: Path) -> Corpus:
        found = pickle.loads(path.read_bytes())
        assert isinstance(found, cls)
        return found


def honest_lines(folder: Path) -> tuple[bytes, ...]:
    """What a ward's PC writes in its first days: visits, a denunciation, a change, a case."""
    from tests.attacks.books import history_of

    office = make_office(folder / "ward")
    try:
        visit = office.receptions.log(DRAFT).value
        office.receptions.log(SECRET)
        office.receptions.amend(visit.id, replace(visit, phone="0900000001"))
        office.receptions.log(replace(DRAFT, name="Trần Văn Ví", content="Hỏi thủ tục.\nDòng hai"))
        return tuple(history_of(office)[1])
    finally:
        office.close()


def make_corpus() -> Corpus:
    """Honest files with new keys."""
    with TemporaryDirectory() as folder:
        return _made(Path(folder), honest_lines(Path(folder)))


def _made(folder: Path, lines: tuple[bytes, ...]) -> Corpus:
    from tcd_desktop.store.journal.lines import SCHEMA

    keepers = [SigningKey.generate(), SigningKey.generate()]
    enroller, director, revoker = (SigningKey.generate() for _ in range(3))
    district, ward = DeviceKeys.generate(), DeviceKeys.generate()
    first = root_metadata(
        root=role_keys(keepers[0]),
        enroller=role_keys(enroller),
        director=role_keys(director),
        revoker=role_keys(revoker),
        offices=[OfficeEntry(code="Q", name="UBND quận Thử Nghiệm", under="")],
    )
    second = root_metadata(
        version=2,
        root=role_keys(*keepers),
        enroller=role_keys(enroller),
        director=role_keys(director),
        revoker=role_keys(revoker),
    )
    roots = (sign_root(first, keepers[0]), sign_root(second, *keepers))
    root = TrustedRoot.stored(roots)
    revocations = sign_revocations(
        3, [Revocation(device="ab" * 16, epoch="*", last_trusted_seq=4, reason="lost")], revoker
    )
    listed = [OfficeKey(key=district.box.key_id, use="current", begins="2026-01-01", ends="2029-01-01")]
    office_keys = sign_office_keys("Q", 2, listed, director)
    certificates = {
        path: issue(
            certificate_for(
                sign_pub=keys.sign_pub,
                box_pub=keys.box_pub,
                unit=path,
                series="A",
                tables=WARD_TABLES,
                not_before=TODAY,
                role=role,
            ),
            enroller,
        )
        for path, keys, role in (
            (("Q",), district, DeviceRole.SUPERIOR),
            (("Q", "P-01"), ward, DeviceRole.WARD),
        )
    }
    request = enrolment_files.make_request(ward, unit="P-01", unit_name="UBND phường P-01", app_version="0.1")
    answer = enrolment_files.make_answer(
        request,
        certificate=certificates["Q", "P-01"],
        root=root,
        revocations=revocations,
        office_keys=office_keys,
        return_no=3,
        superior="Q",
        superior_name="UBND quận Thử Nghiệm",
        enrollers=[enroller],
    )
    meta = encode_return_meta(
        ReturnMeta(
            return_no=4,
            office_epoch=1,
            superior="Q",
            superior_name="UBND quận Thử Nghiệm",
            superior_time=STAMP,
            acks=[Ack(device=ward.device_id, epoch=1, seq=3, head="0a" * 32, level="applied")],
            wants=[Want(device=ward.device_id, epoch=1, first=4, last=9)],
            want_blobs=["0b" * 32],
            rejects=[Reject(op="0c" * 32, code="E_SCHEMA")],
            roots=[line.decode("ascii") for line in roots],
            revocations=revocations.decode("ascii"),
            office_keys=office_keys.decode("ascii"),
        )
    )
    scan = bytes(range(256)) * 40  # two slices
    up = _bundle(folder, lines, ward, certificates["Q", "P-01"], [district.box], SCHEMA, blobs=[scan, b"", b"nho"])
    held = [chain.withheld(line) for line in lines[:3]]
    down = _bundle(folder, held, district, certificates["Q",], [ward.box], SCHEMA, meta=meta, kind=BundleKind.RETURN)
    return Corpus(
        roles=tuple(key.seed for key in (*keepers, enroller, director, revoker)),
        district=district.secret,
        ward=ward.secret,
        schema=SCHEMA,
        lines=lines,
        up=up,
        down=down,
        meta=meta,
        roots=roots,
        revocations=revocations,
        office_keys=office_keys,
        request=request,
        answer=answer,
    )


def _bundle(
    folder: Path,
    lines: Sequence[bytes],
    sender: DeviceKeys,
    certificate: bytes,
    to: Sequence[BoxKey],
    schema: int,
    *,
    kind: BundleKind = BundleKind.OPS,
    meta: bytes | None = None,
    blobs: Sequence[bytes] = (),
) -> Bundle:
    path = folder / f"{kind}.tcdb"
    head = BundleHead(
        kind=kind,
        epoch=1,
        first=1,
        prev=chain.start(sender.device_id, 1),
        schema_ver=schema,
        created_hlc=STAMP,
        features=[WITHHELD] if kind is BundleKind.RETURN else [],
    )
    write_bundle(
        path,
        manifest_head=head,
        lines=lines,
        recipients=[key.public for key in to],
        device_keys=sender,
        certificate=certificate,
        meta=meta,
        blobs=[blob_source(content) for content in blobs],
        limits=SMALL,
    )
    return taken_apart(path.read_bytes(), to)


def taken_apart(file: bytes, identities: Sequence[BoxKey]) -> Bundle:
    """A bundle and its inside, nothing checked."""
    from tcd_desktop.sync.manifest import decode_manifest

    inside = io.BytesIO()
    decrypt(io.BytesIO(file), inside, identities)
    certificate, manifest, rest = inside.getvalue().split(b"\n", 2)
    payload = dsse.unverified_payload(manifest, PayloadType.MANIFEST, limit=DEFAULT.manifest_line)
    segments, at = [], 0
    for segment in decode_manifest(payload).segs:
        segments.append(rest[at : at + segment.clen])
        at += segment.clen
    return Bundle(file, certificate, manifest, tuple(segments))


def stored(segment: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The manifest's entry of a segment for other stored bytes."""
    return {**segment, "clen": len(data), "sha256": sha256(data).hexdigest()}
