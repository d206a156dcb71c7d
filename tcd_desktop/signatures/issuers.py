"""The issuers of certificates that this office trusts: a folder of their own certificates, one file each."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from tcd_desktop.domain.letters.signature import CertificateFacts
from tcd_desktop.domain.problems import Refused
from tcd_desktop.signatures.certificates import facts_of
from tcd_desktop.signatures.checking import trusted_root

SUFFIX = ".cer"
LARGEST = 100_000
"""Bytes of a certificate."""
MOST = 200


def trusted_issuers(folder: Path) -> tuple[bytes, ...]:
    """The certificates as DER; () when nobody was trusted yet. A file that is none any more is left out."""
    if not folder.is_dir():
        return ()
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}"))[:MOST]:
        try:
            found.append(trusted_root(path.read_bytes()[:LARGEST], path.name))
        except (Refused, OSError):
            continue
    return tuple(found)


def trust_issuer(folder: Path, path: Path) -> CertificateFacts:
    """Trusts the issuer whose certificate is in a file (.cer, .crt, .pem), from now on.

    Raises Refused("signing_not_installed" | "root_not_read" | "root_no_issuer" | "root_not_kept").
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST)
    except OSError as error:
        raise Refused("root_not_read", file=path.name) from error
    der = trusted_root(data, path.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{sha256(der).hexdigest()[:32]}{SUFFIX}").write_bytes(der)
    except OSError as error:
        raise Refused("root_not_kept") from error
    from asn1crypto import x509

    return facts_of(x509.Certificate.load(der))
