"""Invented offices with real keys: a district, its wards, and the bundles they write."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from tcd_desktop.store.journal import chain
from tcd_desktop.store.journal.lines import decode
from tcd_desktop.sync import dsse
from tcd_desktop.sync.bundle_reader import ForgetfulSink, OperationBlock, ReadBundle, read_bundle
from tcd_desktop.sync.bundle_writer import BlobSource, BundleHead, WrittenBundle, write_bundle
from tcd_desktop.sync.certificate import DeviceRole, VerifiedCertificate, certificate_for, issue
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.envelope import decrypt, seal
from tcd_desktop.sync.keys import BoxKey, DeviceKeys, OfficeKeys, SigningKey
from tcd_desktop.sync.limits import DEFAULT, Limits
from tcd_desktop.sync.manifest import BlobEntry, BundleKind, Manifest, decode_manifest, encode_manifest
from tcd_desktop.sync.revocation import Revocations
from tcd_desktop.sync.root import TrustedRoot, role_keys, root_metadata, sign_root
from tcd_desktop.sync.trust import Expectations, Flags, Trust

TODAY = date(2026, 11, 23)
STAMP = "1795430000000-0000-1f2e3d4c"
SCHEMA = 1


def operation(seq: int, text: str = "Phản ánh tiếng ồn của quán ăn ở ngõ 12") -> bytes:
    """A line as the journal writes it."""
    return (
        f'{{"act":"citizen.put","after":{{"name":"{text}"}},"at":"{STAMP}","entry":"{seq:032x}","kind":"put",'
        f'"officer":"officer-1","record":"{seq:032x}","salt":"{seq:032x}","seq":{seq},"table":"citizen"}}'
    ).encode()


def operations(count: int, first: int = 1) -> list[bytes]:
    """Lines with numbers from `first`."""
    return [operation(seq) for seq in range(first, first + count)]


@dataclass
class Desk:
    """One PC of an office with its certificate."""

    path: tuple[str, ...]
    keys: DeviceKeys
    certificate: bytes
    office_keys: OfficeKeys | None = None

    @property
    def identities(self) -> tuple[BoxKey, ...]:
        """Keys that open what was sent to this office or PC."""
        return (*(self.office_keys.identities() if self.office_keys else ()), self.keys.box)


@dataclass
class Keeper(ForgetfulSink):
    """Keeps what a reader hands over; judges operation lines when asked."""

    strict: bool = False
    seen_manifest: Manifest | None = None
    seen_flags: Flags | None = None
    lines: list[bytes] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    metas: list[bytes] = field(default_factory=list)
    blobs: dict[str, bytearray] = field(default_factory=dict)
    complete: list[str] = field(default_factory=list)

    def manifest(self, manifest: Manifest, certificate: VerifiedCertificate, flags: Flags) -> None:
        self.seen_manifest, self.seen_flags = manifest, flags

    def meta(self, data: bytes) -> None:
        self.metas.append(data)

    def operations(self, block: OperationBlock) -> None:
        assert self.seen_manifest is not None
        assert block.first == self.seen_manifest.first + len(self.lines)
        if self.strict:
            for line in block.lines:
                decode(line)
        self.lines += block.lines
        self.heads += block.heads

    def blob(self, entry: BlobEntry, offset: int, data: bytes) -> None:
        held = self.blobs.setdefault(entry.sha256, bytearray())
        assert len(held) == offset
        held += data

    def blob_complete(self, entry: BlobEntry) -> None:
        self.complete.append(entry.sha256)


class World:
    """A district HBT with wards 001 and 002 under the city HN, and the keys of all roles."""

    def __init__(self) -> None:
        self.keepers = [SigningKey.generate() for _ in range(3)]
        self.enroller = SigningKey.generate()
        self.director = SigningKey.generate()
        self.revoker = SigningKey.generate()
        metadata = root_metadata(
            root=role_keys(*self.keepers, threshold=2),
            enroller=role_keys(self.enroller),
            director=role_keys(self.director),
            revoker=role_keys(self.revoker),
        )
        self.root = TrustedRoot.stored([sign_root(metadata, *self.keepers[:2])])
        self.district = self.enrol(("HN", "HBT"), DeviceRole.SUPERIOR, OfficeKeys.generate())
        self.ward = self.enrol(("HN", "HBT", "HBT-001"))
        self.other_ward = self.enrol(("HN", "HBT", "HBT-002"))

    def enrol(
        self,
        path: tuple[str, ...],
        role: DeviceRole = DeviceRole.WARD,
        office_keys: OfficeKeys | None = None,
        keys: DeviceKeys | None = None,
        **changes: Any,
    ) -> Desk:
        """A PC with a certificate of the enroller."""
        keys = keys or DeviceKeys.generate()
        tables = ["citizen", "reception"]
        wanted: dict[str, Any] = dict(series="A", tables=tables, not_before=date(2026, 1, 1))
        certificate = certificate_for(
            sign_pub=keys.sign_pub, box_pub=keys.box_pub, unit=path, role=role, **(wanted | changes)
        )
        return Desk(path, keys, issue(certificate, self.enroller), office_keys)

    def expect(self, desk: Desk, *, revocations: Revocations | None = None, **changes: Any) -> Expectations:
        """What a PC expects of the bundles it reads."""
        wanted = Expectations(
            verifier=Trust(self.root, TODAY, revocations),
            device=desk.keys.device_id,
            path=desk.path,
            schema_ver=SCHEMA,
        )
        return replace(wanted, **changes)

    def write(
        self,
        path: Path,
        lines: Iterable[bytes] = (),
        *,
        sender: Desk | None = None,
        recipients: Sequence[bytes] | None = None,
        meta: bytes | None = None,
        blobs: Sequence[bytes] = (),
        limits: Limits = DEFAULT,
        **head: Any,
    ) -> WrittenBundle:
        """A bundle from a ward (unless told otherwise) to the district."""
        desk = sender or self.ward
        epoch = head.get("epoch", 1)
        wanted: dict[str, Any] = dict(
            kind=BundleKind.OPS,
            epoch=epoch,
            first=1,
            prev=chain.start(desk.keys.device_id, epoch),
            schema_ver=SCHEMA,
            created_hlc=STAMP,
        )
        assert self.district.office_keys is not None
        keys = self.district.office_keys
        return write_bundle(
            path,
            manifest_head=BundleHead(**(wanted | head)),
            lines=lines,
            recipients=recipients or [keys.current.public, keys.next.public],
            device_keys=desk.keys,
            certificate=desk.certificate,
            meta=meta,
            blobs=[blob_source(content) for content in blobs],
            limits=limits,
        )

    def read(self, source: Path | bytes, *, reader: Desk | None = None, sink: Any = None, **changes: Any) -> ReadBundle:
        """Reads a bundle at the district (unless told otherwise)."""
        opened = io.BytesIO(source) if isinstance(source, bytes) else source
        return self.read_stream(opened, reader=reader, sink=sink, **changes)

    def read_stream(
        self, source: Path | BinaryIO, *, reader: Desk | None = None, sink: Any = None, **changes: Any
    ) -> ReadBundle:
        """The same from any source."""
        desk = reader or self.district
        limits = changes.pop("limits", DEFAULT)
        return read_bundle(
            source,
            desk.identities,
            expect=self.expect(desk, **changes),
            sink=sink if sink is not None else Keeper(),
            limits=limits,
        )

    @cached_property
    def district_key(self) -> bytes:
        """The public box key of the district."""
        assert self.district.office_keys is not None
        return self.district.office_keys.current.public


def blob_source(content: bytes) -> BlobSource:
    """An attachment in memory."""
    return BlobSource(sha256=sha256(content).hexdigest(), length=len(content), open=lambda: io.BytesIO(content))


@dataclass
class Opened:
    """The inside of a bundle, to be changed by an attacker who can encrypt to the district."""

    certificate: bytes
    manifest_line: bytes
    segments: list[bytes]

    @property
    def manifest(self) -> Manifest:
        """What the manifest says."""
        return decode_manifest(
            dsse.unverified_payload(self.manifest_line, PayloadType.MANIFEST, limit=DEFAULT.manifest_line)
        )

    def signed(self, keys: DeviceKeys, manifest: Manifest) -> Opened:
        """The same with another manifest, signed by somebody."""
        line = dsse.sign(encode_manifest(manifest), PayloadType.MANIFEST, keys.signing)
        return replace(self, manifest_line=line)

    def sealed(self, *recipients: bytes, tail: bytes = b"") -> bytes:
        """The whole file again."""
        inside = self.certificate + b"\n" + self.manifest_line + b"\n" + b"".join(self.segments) + tail
        return seal(inside, recipients)


def open_up(path: Path, identities: Sequence[BoxKey]) -> Opened:
    """Decrypts a bundle and takes it apart without checking anything."""
    inside = io.BytesIO()
    with open(path, "rb") as file:
        decrypt(file, inside, identities)
    certificate, line, rest = inside.getvalue().split(b"\n", 2)
    opened = Opened(certificate, line, [])
    for segment in opened.manifest.segs:
        opened.segments.append(rest[: segment.clen])
        rest = rest[segment.clen :]
    assert rest == b""
    return opened


def random_id() -> str:
    """32 hex characters."""
    return secrets.token_hex(16)


Change = Callable[[Opened], Opened]

TWO_SEGMENTS = Limits(operations_target=8 * 1024)
"""Makes a bundle of 40 operations have two segments of operations."""
