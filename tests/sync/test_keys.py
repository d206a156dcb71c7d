"""Private keys and their names."""

from __future__ import annotations

import secrets
from hashlib import sha256

import pyrage
import pytest
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tcd_desktop.sync.keys import BoxKey, DeviceKeys, OfficeKeys, age_recipient, usable_box_key
from tcd_desktop.sync.refusals import Code
from tests.sync.refusal import refused


@pytest.mark.parametrize("secret", [bytes(32), b"\xff" * 32, *(secrets.token_bytes(32) for _ in range(20))])
def test_a_box_key_is_an_age_identity_that_age_itself_agrees_with(secret: bytes) -> None:
    key = BoxKey(secret)
    identity = pyrage.x25519.Identity.from_str(key.age_identity())
    assert str(identity.to_public()) == age_recipient(key.public)
    assert str(identity) == key.age_identity()


def test_a_box_key_opens_sealed_fields_too() -> None:
    key = BoxKey.generate()
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    sealed = suite.encrypt(b"secret", key.private_key().public_key(), b"info")
    assert suite.decrypt(sealed, key.private_key(), b"info") == b"secret"


def test_a_device_comes_back_from_its_64_secret_bytes() -> None:
    keys = DeviceKeys.generate()
    assert len(keys.secret) == 64
    again = DeviceKeys.from_secret(keys.secret)
    assert (again.sign_pub, again.box_pub, again.device_id) == (keys.sign_pub, keys.box_pub, keys.device_id)
    with pytest.raises(ValueError):
        DeviceKeys.from_secret(keys.secret[:63])


def test_a_device_is_named_by_both_of_its_public_keys() -> None:
    keys = DeviceKeys.generate()
    assert keys.device_id == sha256(keys.sign_pub + keys.box_pub).digest()[:16].hex()


def test_a_secret_key_does_not_show_itself() -> None:
    keys = DeviceKeys.generate()
    shown = repr(keys) + str(keys.box) + repr(OfficeKeys(keys.box, keys.box))
    for secret in (keys.signing.seed, keys.box.secret):
        assert secret.hex() not in shown and repr(secret) not in shown


def test_an_office_keeps_old_keys_when_it_rotates() -> None:
    first = OfficeKeys.generate()
    second = first.rotated()
    assert second.current == first.next
    assert first.current in second.identities() and len(second.identities()) == 3
    many = second
    for _ in range(20):
        many = many.rotated()
    assert len(many.retired) == 8


def test_office_keys_come_back_from_their_bytes() -> None:
    keys = OfficeKeys.generate().rotated()
    assert OfficeKeys.from_bytes(keys.to_bytes()) == keys
    with refused(Code.SCHEMA, Code.CANON):
        OfficeKeys.from_bytes(keys.to_bytes()[:-1])


@pytest.mark.parametrize("point", [bytes(32), b"\x01" + bytes(31)])
def test_a_box_key_that_everybody_can_open_is_not_usable(point: bytes) -> None:
    assert not usable_box_key(point)
    assert usable_box_key(BoxKey.generate().public)
