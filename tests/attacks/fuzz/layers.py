"""What is changed, by whom, and what reads it. A layer makes an input from a chance and feeds it to the reader.

`feed` returns when the input was accepted, raises one of `REFUSALS` when it was refused; everything else is a find.
"""

from __future__ import annotations

import base64
import io
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

import zstandard

from tcd_desktop.store.journal import chain
from tcd_desktop.store.journal.lines import BadLine, decode, encode
from tcd_desktop.sync import dsse
from tcd_desktop.sync.bundle_parser import BundleSink, ForgetfulSink, Parser
from tcd_desktop.sync.bundle_reader import read_bundle
from tcd_desktop.sync.certificate import VerifiedCertificate, verify_certificate
from tcd_desktop.sync.dsse import PayloadType, Signer
from tcd_desktop.sync.enrolment_files import open_answer, open_request, require_fingerprint
from tcd_desktop.sync.envelope import seal
from tcd_desktop.sync.fingerprint import fingerprint
from tcd_desktop.sync.keys import DeviceKeys
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.manifest import Segment, SegmentKind
from tcd_desktop.sync.office_keys import verify_office_keys
from tcd_desktop.sync.ops_meta import decode_ops_meta, encode_ops_meta
from tcd_desktop.sync.refusals import BundleRefused
from tcd_desktop.sync.renewal import make_renewal, open_renewal
from tcd_desktop.sync.return_meta import decode_return_meta, encode_return_meta
from tcd_desktop.sync.revocation import verify_revocations
from tcd_desktop.sync.root import TrustedRoot
from tcd_desktop.sync.segments import unpack
from tcd_desktop.sync.trust import Expectations, Trust
from tests.attacks.fuzz.corpus import TODAY, Bundle, Corpus, stored
from tests.attacks.fuzz.mutate import as_json, changed_bytes, changed_value

REFUSALS = (BundleRefused, BadLine)


@dataclass(frozen=True, slots=True)
class Layer:
    """`weight` is how often it comes; cheap layers come often."""

    name: str
    weight: int
    make: Callable[[Random], bytes]
    feed: Callable[[bytes], object]


class Remembering:
    """Trust that verifies an unchanged certificate line once: the other layers need not pay for it."""

    def __init__(self, trust: Trust) -> None:
        self._trust = trust
        self._known: dict[bytes, VerifiedCertificate] = {}

    def certificate(self, line: bytes) -> VerifiedCertificate:
        if line not in self._known:
            if len(self._known) > 16:
                self._known.clear()
            self._known[line] = self._trust.certificate(line)
        return self._known[line]

    def trusted_through(self, device: str, epoch: int) -> int | None:
        return self._trust.trusted_through(device, epoch)


class Reader:
    """Everybody of the corpus, and the program's own reader at the district (`up`) and at the ward (`down`)."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.district = DeviceKeys.from_secret(corpus.district)
        self.ward = DeviceKeys.from_secret(corpus.ward)
        self.root = TrustedRoot.stored(corpus.roots)
        self.first_root = TrustedRoot.stored(corpus.roots[:1])
        trust = Remembering(Trust(self.root, TODAY, verify_revocations(corpus.revocations, self.root)))
        self.at_district = Expectations(
            verifier=trust, device=self.district.device_id, path=("Q",), schema_ver=corpus.schema, peers=True
        )
        self.at_ward = Expectations(
            verifier=trust, device=self.ward.device_id, path=("Q", "P-01"), schema_ver=corpus.schema, peers=True
        )
        self.request_fingerprint = fingerprint(corpus.request)
        self.honest = {
            line: payload(line)
            for line in (*corpus.roots, corpus.revocations, corpus.office_keys, corpus.up.certificate)
        }

    def bundle(self, down: bool) -> Bundle:
        return self.corpus.down if down else self.corpus.up

    def file(self, data: bytes, down: bool, sink: BundleSink | None = None) -> None:
        """A whole file, as it lies on the stick."""
        keys = self.ward if down else self.district
        expect = self.at_ward if down else self.at_district
        read_bundle(io.BytesIO(data), [keys.box], expect=expect, sink=sink or ForgetfulSink())

    def inside(self, data: bytes, down: bool, sink: BundleSink | None = None, step: int = 4096) -> None:
        """What is in the envelope, as decryption would hand it over, piece by piece."""
        keys = self.ward if down else self.district
        parser = Parser(
            frozenset({keys.box.key_id}), self.at_ward if down else self.at_district, sink or ForgetfulSink(), DEFAULT
        )
        for at in range(0, len(data), step):
            parser.write(data[at : at + step])
        parser.finish()

    def signed(self, bundle: Bundle, manifest: bytes, down: bool) -> bytes:
        """The inside of a bundle under a manifest that its own PC has signed, whatever it says."""
        keys = self.district if down else self.ward
        line = dsse.sign(manifest, PayloadType.MANIFEST, keys.signing)
        return bundle.certificate + b"\n" + line + b"\n" + b"".join(bundle.segments)


def payload(line: bytes) -> bytes:
    """What an envelope carries, not verified."""
    return base64.b64decode(json.loads(line)["payload"])


def parts_of(line: bytes) -> tuple[Any, Any]:
    """(envelope, payload) of a signed line as JSON values."""
    return json.loads(line), json.loads(payload(line))


def never(feed: Callable[[bytes], object], *honest: bytes) -> Callable[[bytes], object]:
    """Only the honest input may be accepted."""

    def judged(data: bytes) -> object:
        result = feed(data)
        assert data in honest, "a changed file was accepted"
        return result

    return judged


def side(data: bytes) -> tuple[bool, bytes]:
    """Inputs of bundles begin with a byte that says who reads them."""
    return data[:1] == b"d", data[1:]


def layers_of(corpus: Corpus) -> list[Layer]:
    """All layers, outermost first."""
    reader = Reader(corpus)
    return [*_outside(reader), *_inside(reader), *_records(reader), *_trust(reader), *_enrolment(reader)]


def _outside(reader: Reader) -> list[Layer]:
    def age(rng: Random) -> bytes:
        down = rng.random() < 0.5
        return (b"d" if down else b"u") + changed_bytes(rng, reader.bundle(down).file)

    def read(data: bytes) -> None:
        down, file = side(data)
        reader.file(file, down)
        assert file == reader.bundle(down).file, "a changed file was accepted"

    def sealed(rng: Random) -> bytes:
        down = rng.random() < 0.5
        return (b"d" if down else b"u") + changed_bytes(rng, reader.bundle(down).inside)

    def read_sealed(data: bytes) -> None:
        down, inside = side(data)
        to = (reader.ward if down else reader.district).box.public
        reader.file(seal(inside, [to]), down)
        assert inside == reader.bundle(down).inside, "a changed plaintext was accepted"

    def read_plain(data: bytes) -> None:
        down, inside = side(data)
        reader.inside(inside, down, step=len(inside) % 997 + 64)
        assert inside == reader.bundle(down).inside, "a changed plaintext was accepted"

    return [
        Layer("file", 6, age, read),
        Layer("plaintext sealed again", 4, sealed, read_sealed),
        Layer("plaintext", 14, sealed, read_plain),
    ]


def _inside(reader: Reader) -> list[Layer]:
    def manifest(rng: Random) -> bytes:
        down = rng.random() < 0.5
        bundle = reader.bundle(down)
        lying = changed_value(rng, parts_of(bundle.manifest)[1])
        return (b"d" if down else b"u") + reader.signed(bundle, as_json(rng, lying), down)

    def envelope(rng: Random) -> bytes:
        down = rng.random() < 0.5
        bundle = reader.bundle(down)
        envelope = as_json(rng, changed_value(rng, parts_of(bundle.manifest)[0]))
        return (b"d" if down else b"u") + bundle.certificate + b"\n" + envelope + b"\n" + b"".join(bundle.segments)

    def certificate(rng: Random) -> bytes:
        """An enroller who signs nonsense, and a PC that goes along with it."""
        down = rng.random() < 0.5
        bundle = reader.bundle(down)
        line = signed_by(rng, bundle.certificate, PayloadType.CERTIFICATE, reader.corpus.enroller)
        says = parts_of(bundle.manifest)[1] | {"cert": sha256(line).hexdigest()}
        head = Bundle(b"", line, b"", bundle.segments)
        return (b"d" if down else b"u") + reader.signed(head, as_json(rng, says), down)

    def lines(rng: Random) -> bytes:
        """A PC that signs nonsense in its journal: everything outside the lines is right."""
        return b"u" + with_lines(reader, changed_lines(rng, reader.corpus.lines))

    def read(data: bytes) -> None:
        down, inside = side(data)
        reader.inside(inside, down)

    return [
        Layer("manifest signed", 12, manifest, read),
        Layer("envelope of the manifest", 6, envelope, read),
        Layer("certificate signed", 5, certificate, read),
        Layer("lines in a bundle", 4, lines, read),
        Layer("frame", 12, lambda rng: _frame(reader, rng), _read_frame),
    ]


def signed_by(rng: Random, line: bytes, kind: PayloadType, *signers: Signer) -> bytes:
    """The payload of a line changed, and signed again by who may."""
    return dsse.sign(as_json(rng, changed_value(rng, parts_of(line)[1])), kind, *signers)


def changed_lines(rng: Random, lines: tuple[bytes, ...]) -> list[bytes]:
    """A journal in which one line was changed, dropped, doubled or moved."""
    changed, at = list(lines), rng.randrange(len(lines) // 3, len(lines))
    kind = rng.randrange(12)
    if kind == 0:
        del changed[at]
    elif kind == 1:
        changed.insert(at, changed[rng.randrange(len(changed))])
    elif kind == 2:
        changed[at] = chain.withheld(changed[at])
    elif kind == 3:
        changed[at] = changed_bytes(rng, changed[at])
    else:
        changed[at] = as_json(rng, changed_value(rng, json.loads(changed[at])))
    return changed


def with_lines(reader: Reader, lines: list[bytes], name: str = "ab" * 16) -> bytes:
    """The ward's bundle with other lines in one segment, all sums and hashes right, under a name of its own."""
    bundle = reader.corpus.up
    says = parts_of(bundle.manifest)[1]
    data = b"\n".join(lines) + b"\n"
    packed = zstandard.ZstdCompressor(level=3).compress(data)
    blobs = [(entry, part) for entry, part in zip(says["segs"], bundle.segments, strict=True) if entry["k"] == "blob"]
    count = data.count(b"\n")
    ops = stored({"k": "ops", "c": "zstd", "ulen": len(data), "n": count}, packed)
    shift = len(says["segs"]) - len(blobs) - 1
    says["segs"] = [ops, *(entry for entry, _ in blobs)]
    says["blobs"] = [one | {"segs": [at - shift for at in one["segs"]]} for one in says["blobs"]]
    says["bundle"] = name
    says["last"] = says["first"] + count - 1
    says["head"] = chain.hashes(bytes.fromhex(says["prev"]), data.split(b"\n")[:-1])[-1].hex()
    changed = Bundle(b"", bundle.certificate, b"", (packed, *(part for _, part in blobs)))
    return reader.signed(changed, json.dumps(says, sort_keys=True, separators=(",", ":")).encode("utf-8"), down=False)


def _frame(reader: Reader, rng: Random) -> bytes:
    """A length that the manifest would claim, and a zstd frame."""
    data = rng.choice((b"\n".join(reader.corpus.lines), b"", b"x", bytes(200_000), rng.randbytes(3000)))
    options = rng.choice(({}, {"write_checksum": True}, {"write_content_size": False}))
    frame = zstandard.ZstdCompressor(level=rng.choice((1, 3, 9)), **options).compress(data)
    if rng.random() < 0.95:
        frame = changed_bytes(rng, frame)
    claimed = len(data) if rng.random() < 0.7 else rng.choice((0, 1, len(data) + 1, 16 * 2**20, 2**40))
    return claimed.to_bytes(8, "big") + frame


def _read_frame(data: bytes) -> None:
    claimed, frame = int.from_bytes(data[:8], "big"), data[8:]
    if not frame or not 0 < claimed <= DEFAULT.segment:
        return  # the manifest was refused before
    segment = Segment(k=SegmentKind.OPS, c="zstd", clen=len(frame), ulen=claimed, n=1, sha256=sha256(frame).hexdigest())
    assert len(unpack(frame, segment, DEFAULT)) == claimed


def _records(reader: Reader) -> list[Layer]:
    def line(rng: Random) -> bytes:
        honest = rng.choice(reader.corpus.lines)
        if rng.random() < 0.3:
            return changed_bytes(rng, honest)
        return as_json(rng, changed_value(rng, json.loads(honest)))

    def read_line(data: bytes) -> None:
        op = decode(data)
        text = data.decode("utf-8")
        assert encode(op) == data and unicodedata.is_normalized("NFC", text)
        assert not any(unicodedata.category(one) == "Cc" or one in "\u202e\u2066" for one in text)

    def meta(rng: Random) -> bytes:
        if rng.random() < 0.2:
            return changed_bytes(rng, reader.corpus.meta)
        return as_json(rng, changed_value(rng, json.loads(reader.corpus.meta)))

    def read_meta(data: bytes) -> None:
        found = decode_return_meta(data)
        assert encode_return_meta(found) == data

    return [Layer("line", 20, line, read_line), Layer("answer from above", 8, meta, read_meta)]


def _trust(reader: Reader) -> list[Layer]:
    corpus = reader.corpus
    kinds = (
        (corpus.roots[1], PayloadType.ROOT, corpus.keepers),
        (corpus.revocations, PayloadType.REVOCATIONS, (corpus.revoker,)),
        (corpus.office_keys, PayloadType.OFFICE_KEYS, (corpus.director,)),
        (corpus.up.certificate, PayloadType.CERTIFICATE, (corpus.enroller,)),
    )

    def read(at: int, line: bytes) -> None:
        if at == 0:
            reader.first_root.walk([corpus.roots[0], line])
        elif at == 1:
            verify_revocations(line, reader.root)
        elif at == 2:
            verify_office_keys(line, reader.root)
        else:
            verify_certificate(line, reader.root, TODAY)

    def lied(rng: Random) -> bytes:
        at = rng.randrange(len(kinds))
        line, kind, signers = kinds[at]
        return bytes([at]) + signed_by(rng, line, kind, *signers)

    def changed(rng: Random) -> bytes:
        at = rng.randrange(len(kinds))
        line = kinds[at][0]
        kind = rng.randrange(3)
        if kind == 0:
            return bytes([at]) + changed_bytes(rng, line)
        envelope, spoken = parts_of(line)
        if kind == 1:
            return bytes([at]) + as_json(rng, changed_value(rng, envelope))
        other = base64.b64encode(as_json(rng, changed_value(rng, spoken))).decode("ascii")
        return bytes([at]) + as_json(rng, envelope | {"payload": other})

    def read_changed(data: bytes) -> None:
        read(data[0], data[1:])
        honest = kinds[data[0]][0]
        assert payload(data[1:]) == reader.honest[honest], "words that nobody signed were accepted"

    return [
        Layer("lists signed", 5, lied, lambda data: read(data[0], data[1:])),
        Layer("lists", 5, changed, read_changed),
    ]


def _enrolment(reader: Reader) -> list[Layer]:
    corpus = reader.corpus

    def request(rng: Random) -> bytes:
        if rng.random() < 0.5:
            return changed_bytes(rng, corpus.request)
        return signed_by(rng, corpus.request, PayloadType.REQUEST, reader.ward.signing)

    def read_request(data: bytes) -> None:
        open_request(data)
        require_fingerprint(reader.request_fingerprint, data)
        assert data == corpus.request, "another request has the same digits"

    def answer(rng: Random) -> bytes:
        kind = rng.randrange(3)
        if kind == 0:
            return b"f" + changed_bytes(rng, corpus.answer)
        lines = _answer_lines(reader)
        if kind == 1:
            return b"i" + changed_bytes(rng, b"".join(line + b"\n" for line in lines))
        lines[-1] = signed_by(rng, lines[-1], PayloadType.ANSWER, corpus.enroller)
        return b"i" + b"".join(line + b"\n" for line in lines)

    def read_answer(data: bytes) -> None:
        file = data[1:] if data[:1] == b"f" else seal(data[1:], [reader.ward.box.public])
        trust = reader.root if len(data) % 2 else fingerprint(corpus.roots[0])
        open_answer(file, keys=reader.ward, request_file=corpus.request, trust=trust, today=TODAY)

    known = verify_certificate(corpus.up.certificate, reader.root, TODAY).certificate
    honest = make_renewal(known, reader.ward, reader.ward)

    def renewal(rng: Random) -> bytes:
        """A request for the next certificate as it travels upwards; or one whose PC signs nonsense."""
        kind = rng.randrange(3)
        if kind == 0:
            return changed_bytes(rng, encode_ops_meta(renewal=honest) or b"")
        line = signed_by(rng, honest, PayloadType.RENEWAL, reader.ward.signing) if kind == 1 else honest
        if kind == 2:
            line = as_json(rng, changed_value(rng, json.loads(honest)))
        meta = {"fmt": "tcd.ops-meta/1", "renewal": line.decode("utf-8", "surrogateescape")}
        return as_json(rng, meta if rng.random() < 0.8 else changed_value(rng, meta))

    def read_renewal(data: bytes) -> None:
        asked = decode_ops_meta(data)
        if asked.renewal:
            open_renewal(asked.renewal.encode("utf-8"), known)

    return [
        Layer("request", 6, request, read_request),
        Layer("answer", 3, answer, read_answer),
        Layer("renewal", 4, renewal, read_renewal),
    ]


def _answer_lines(reader: Reader) -> list[bytes]:
    from tcd_desktop.sync.envelope import unseal

    return unseal(reader.corpus.answer, [reader.ward.box], limit=DEFAULT.answer).split(b"\n")[:-1]
