"""Signed envelopes."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tcd_desktop.sync import dsse
from tcd_desktop.sync.canonical import encode
from tcd_desktop.sync.dsse import PayloadType
from tcd_desktop.sync.keys import SigningKey
from tcd_desktop.sync.refusals import Code
from tests.sync.refusal import refused

A, B, C = (SigningKey(bytes([i]) * 32) for i in (1, 2, 3))
LIMIT = 10_000


def verify(line: bytes, *keys: SigningKey, threshold: int = 1) -> bytes:
    ids = {key.key_id for key in keys}
    return dsse.verify(line, PayloadType.ROOT, ids, threshold=threshold, limit=LIMIT).payload


def changed(line: bytes, **fields: object) -> bytes:
    return encode(json.loads(line) | fields)


def test_the_encoding_that_is_signed_is_the_one_of_the_dsse_specification() -> None:
    pae = dsse.pae("http://example.com/HelloWorld", b"hello world")
    assert pae == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


def test_a_signature_covers_the_type_and_the_payload() -> None:
    line = dsse.sign(b"payload", PayloadType.ROOT, A)
    envelope = json.loads(line)
    public = Ed25519PublicKey.from_public_bytes(A.public)
    signature = base64.b64decode(envelope["signatures"][0]["sig"])
    public.verify(signature, b"DSSEv1 33 application/vnd.tcd.root+json;v=1 7 payload")
    assert verify(line, A) == b"payload"


def test_a_signature_for_another_type_does_not_count() -> None:
    line = dsse.sign(b"payload", PayloadType.CERTIFICATE, A)
    with refused(Code.TYPE):
        verify(line, A)
    with refused(Code.SIGNATURE):
        verify(changed(line, payloadType=PayloadType.ROOT.value), A)


def test_a_later_version_of_the_type_asks_for_an_upgrade() -> None:
    line = changed(dsse.sign(b"payload", PayloadType.ROOT, A), payloadType="application/vnd.tcd.root+json;v=2")
    with refused(Code.TOO_NEW):
        verify(line, A)


def test_an_unknown_signer_does_not_count() -> None:
    with refused(Code.SIGNATURE):
        verify(dsse.sign(b"payload", PayloadType.ROOT, B), A)


def test_a_changed_payload_is_refused() -> None:
    line = changed(dsse.sign(b"payload", PayloadType.ROOT, A), payload=base64.b64encode(b"paYload").decode())
    with refused(Code.SIGNATURE):
        verify(line, A)


def test_a_threshold_counts_distinct_keys_only() -> None:
    assert verify(dsse.sign(b"p", PayloadType.ROOT, A, B), A, B, threshold=2) == b"p"
    with refused(Code.SIGNATURE):
        verify(dsse.sign(b"p", PayloadType.ROOT, A), A, B, threshold=2)
    with refused(Code.SIGNATURE):
        verify(dsse.sign(b"p", PayloadType.ROOT, A, A), A, B, threshold=2)
    with refused(Code.SIGNATURE):
        verify(dsse.sign(b"p", PayloadType.ROOT, A, C), A, B, threshold=2)
    with refused(Code.SIGNATURE):
        verify(dsse.sign(b"p", PayloadType.ROOT, A, A), A)


def test_no_signature_is_never_enough() -> None:
    with refused(Code.SIGNATURE):
        dsse.verify(dsse.sign(b"p", PayloadType.ROOT), PayloadType.ROOT, {A.key_id}, threshold=0, limit=LIMIT)


def test_a_wrong_signature_under_a_known_key_is_refused_even_beside_a_good_one() -> None:
    good = json.loads(dsse.sign(b"p", PayloadType.ROOT, A))
    bad = json.loads(dsse.sign(b"q", PayloadType.ROOT, B))
    line = encode(good | {"signatures": good["signatures"] + bad["signatures"]})
    assert verify(line, A) == b"p"
    with refused(Code.SIGNATURE):
        verify(line, A, B)


@pytest.mark.parametrize("spelling", ["cGF5bG9hZB==", "cGF5bG9hZA", "cGF5bG9hZA==\n", "cGF5-G9hZA==", "===="])
def test_base64_has_one_spelling(spelling: str) -> None:
    line = encode(json.loads(dsse.sign(b"payload", PayloadType.ROOT, A)) | {"payload": "x"})
    line = line.replace(b'"x"', json.dumps(spelling).encode())
    with refused(Code.SCHEMA, Code.CANON, Code.CTRL):
        verify(line, A)


def test_an_envelope_longer_than_allowed_is_not_parsed() -> None:
    with refused(Code.LIMIT):
        verify(b"{" * (LIMIT + 1), A)


def test_seventeen_signatures_are_too_many() -> None:
    keys = [SigningKey(bytes([i]) * 32) for i in range(1, 18)]
    with refused(Code.LIMIT):
        verify(dsse.sign(b"p", PayloadType.ROOT, *keys), *keys)


def test_a_self_signed_payload_names_its_key() -> None:
    line = dsse.sign(b"p", PayloadType.REQUEST, C)
    assert dsse.verify_self_signed(line, PayloadType.REQUEST, limit=LIMIT).signers == {C.key_id}
    with refused(Code.SIGNATURE):
        dsse.verify_self_signed(dsse.sign(b"p", PayloadType.REQUEST, A, B), PayloadType.REQUEST, limit=LIMIT)
