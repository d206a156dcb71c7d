"""A made certificate authority and what it issues: certificates, key files, a token of SoftHSM."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from tcd_desktop.signatures.extra import installed

PASSWORD = "mật khẩu tệp khóa"
PIN = "4711471"
NOW = datetime(2026, 11, 23, 9, 30)
LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")

needs_extra = pytest.mark.skipif(not installed(), reason="the extra is not installed: pip install tcd-desktop[sign]")
needs_softhsm = pytest.mark.skipif(
    not (installed("pkcs11") and LIBRARY.is_file() and shutil.which("softhsm2-util")),
    reason="needs the extra and SoftHSM: apt-get install softhsm2",
)
needs_pdfsig = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="needs apt-get install poppler-utils")


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    key: Any
    certificate: x509.Certificate


def name_of(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    subject: x509.Name,
    key: Any,
    issuer: Issued | None,
    *,
    days: tuple[int, int],
    uses: tuple[str, ...],
) -> x509.Certificate:
    every = {
        "digital_signature": False,
        "content_commitment": False,
        "key_encipherment": False,
        "data_encipherment": False,
        "key_agreement": False,
        "key_cert_sign": False,
        "crl_sign": False,
        "encipher_only": False,
        "decipher_only": False,
    }
    authority = "key_cert_sign" in uses
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=days[0]))
        .not_valid_after(NOW + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**{**every, **dict.fromkeys(uses, True)}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


def authority(common: str = "Cơ quan cấp chứng thư thử") -> Issued:
    key = ec.generate_private_key(ec.SECP256R1())
    days = (-4000, 4000)
    return Issued(key, _certificate(name_of(common), key, None, days=days, uses=("key_cert_sign", "crl_sign")))


def issue(
    issuer: Issued,
    common: str = "Trần Thị Ẩn",
    organisation: str = "UBND phường Thử Nghiệm",
    *,
    days: tuple[int, int] = (-30, 700),
    uses: tuple[str, ...] = ("digital_signature", "content_commitment"),
) -> Issued:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return Issued(key, _certificate(name_of(common, organisation), key, issuer, days=days, uses=uses))


def key_file(path: Path, issued: Issued, issuer: Issued, password: str = PASSWORD) -> Path:
    """Writes a .p12."""
    kept = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"khoa", issued.key, issued.certificate, [issuer.certificate], kept)
    )
    return path


def root_of(issuer: Issued) -> bytes:
    return issuer.certificate.public_bytes(Encoding.DER)


def make_token(
    folder: Path,
    issued: Issued | None,
    monkeypatch: pytest.MonkeyPatch,
    label: str = "Tran Thi An",
    *,
    others: tuple[Issued, ...] = (),
) -> None:
    """A token of SoftHSM in `folder`, with the keys in it."""
    (folder / "tokens").mkdir(parents=True)
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(configuration))
    tool = ["softhsm2-util", "--module", str(LIBRARY)]
    run = {"check": True, "capture_output": True, "timeout": 60, "env": {**os.environ}}
    subprocess.run([*tool, "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "0000000"], **run)  # type: ignore[call-overload]
    for number, one in enumerate((issued, *others) if issued else (), start=1):
        pem = folder / "key.pem"
        pem.write_bytes(one.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        named = ["--token", label, "--label", f"khoa {number}", "--id", f"{number:02d}", "--pin", PIN]
        subprocess.run([*tool, "--import", str(pem), *named], **run)  # type: ignore[call-overload]
        pem.unlink()
        _put_certificate(one, label, number)


def _put_certificate(issued: Issued, label: str, number: int) -> None:
    import pkcs11

    module = pkcs11.lib(str(LIBRARY))
    module.reinitialize()
    token = module.get_token(token_label=label)
    with token.open(rw=True, user_pin=PIN) as session:
        der = issued.certificate.public_bytes(Encoding.DER)
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: f"khoa {number}",
                pkcs11.Attribute.ID: bytes([number]),
                pkcs11.Attribute.SUBJECT: issued.certificate.subject.public_bytes(),
                pkcs11.Attribute.VALUE: der,
            }
        )
