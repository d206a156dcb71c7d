"""Keys in a file (PKCS#12, .p12 or .pfx), opened with its password."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unicodedata import normalize

from tcd_desktop.domain.problems import Refused
from tcd_desktop.signatures.extra import require
from tcd_desktop.signatures.keys import OpenKey

SUFFIXES = (".p12", ".pfx")
LARGEST = 1_000_000
"""Bytes; a key file has some thousand."""


def open_key_file(path: Path, password: str) -> OpenKey:
    """The key of a file.

    Raises Refused("signing_not_installed" | "key_file_not_read" | "key_password_wrong" | "key_file_no_key").
    """
    require()
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise Refused("key_file_not_read", file=path.name) from error
    return key_of(data, password, name=path.name)


def key_of(data: bytes, password: str, *, name: str) -> OpenKey:
    """The key in the bytes of a file; `name` is told when it is none. Raises as `open_key_file`."""
    require()
    from cryptography.hazmat.primitives.serialization import pkcs12

    if len(data) > LARGEST or not _is_pkcs12(data):
        raise Refused("key_file_not_read", file=name)
    # typing tools write Vietnamese letters in two ways, and who made the file may have used the other
    for typed in dict.fromkeys((password, normalize("NFC", password), normalize("NFD", password))):
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(data, typed.encode("utf-8") or None)
        except ValueError:
            continue
        except (TypeError, NotImplementedError) as error:
            raise Refused("key_file_not_read", file=name) from error
        if key is None or certificate is None:
            raise Refused("key_file_no_key", file=name)
        return OpenKey(_signer(key, certificate, others))
    # without the cause: it must not be shown beside what was typed
    raise Refused("key_password_wrong", file=name)


def _is_pkcs12(data: bytes) -> bool:
    """Whether the bytes are what a PKCS#12 file looks like from outside, so that an error means the password."""
    from asn1crypto.pkcs12 import Pfx

    try:
        pfx = Pfx.load(data, strict=True)
        return bool(pfx["version"].native == "v3" and pfx["auth_safe"]["content_type"].native == "data")
    except (ValueError, TypeError, KeyError, OverflowError):
        return False


def _signer(key: Any, certificate: Any, others: Any) -> Any:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore.from_certs(
        [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in [certificate, *others]]
    )
    return SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=store,
    )
