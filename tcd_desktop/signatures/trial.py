"""Whether signing works on this PC: a made key signs an empty page, and its signature is examined (self-check)."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from tcd_desktop.domain.letters.signature import SignerRole, SigningRequest
from tcd_desktop.signatures.checking import check_pdf
from tcd_desktop.signatures.extra import installed
from tcd_desktop.signatures.key_file import key_of
from tcd_desktop.signatures.signing import sign_pdf

_MOMENT = datetime(2026, 11, 23, 9, 0)
_PASSWORD = "self-check"


def sign_and_examine() -> str:
    """A few words on what works. Raises RuntimeError when a signature does not hold, and what signing raises."""
    with key_of(_made_key(), _PASSWORD, name="self-check") as key:
        signed = sign_pdf(_empty_page(), key, SigningRequest(role=SignerRole.OFFICE, at=_MOMENT))
    checks = check_pdf(signed)
    if len(checks) != 1 or not checks[0].intact or checks[0].changed_after:
        raise RuntimeError("a signature does not hold")
    if not installed("pkcs11"):
        return "key files"
    import_module("pyhanko.sign.pkcs11")
    return "key files, tokens"


def _made_key() -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TCD")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_MOMENT - timedelta(days=1))
        .not_valid_after(_MOMENT + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    kept = BestAvailableEncryption(_PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"tcd", key, certificate, None, kept)


def _empty_page() -> bytes:
    """The smallest PDF with a page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + table + end
