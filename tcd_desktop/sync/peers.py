"""The other PCs of this office: whose certificates are known, and so to whom bundles are encrypted as well.

A bundle of a ward's PC is one file for all who may read it: the superior's receiving keys and the keys of the ward's
other PCs. Their certificates come with the superior's answer (enrolment, every return bundle) and with each bundle of
a PC itself; each was signed by the enroller of the pinned root and is verified again whenever it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from tcd_desktop.store.journal import acks
from tcd_desktop.store.journal.journal import Chain
from tcd_desktop.store.store import Connection, read_fact, write_fact
from tcd_desktop.sync.certificate import Certificate, verify_certificate
from tcd_desktop.sync.down import known_positions, read_through
from tcd_desktop.sync.keyring import Membership
from tcd_desktop.sync.refusals import BundleRefused

_FACT = "peers"
_TOLD = "told.positions"
_LAST_EPOCH = 2**53 - 1
"""An epoch that only a revocation of the whole PC ("*") concerns."""
MOST = 60
"""PCs of one office: many times what any ward has, and far below the recipients a bundle may name."""


def note_peers(connection: Connection, member: Membership, lines: Iterable[bytes], today: date) -> None:
    """Remembers certificates of this office's other PCs, the newest of each; anything else is passed over."""
    known = _kept(connection)
    before = dict(known)
    for line in lines:
        found = _verified(line, member, today)
        if found is None:
            continue
        held = _verified(known[found.device], member, today) if found.device in known else None
        if held is None or found.not_before >= held.not_before:
            known[found.device] = line
    if known != before:
        text = msgspec.json.encode({device: line.decode("ascii") for device, line in known.items()}).decode("ascii")
        write_fact(connection, _FACT, text)


def known_peers(connection: Connection, member: Membership, today: date) -> list[Certificate]:
    """The certificates of this office's other PCs that are trusted today, in the order of their series."""
    trusted = [_verified(line, member, today) for line in _kept(connection).values()]
    found = sorted((one for one in trusted if one is not None), key=lambda one: (one.series, one.device))
    return found[:MOST]


def known_to_all(connection: Connection, chain: Chain, peers: Sequence[Certificate]) -> int:
    """The number up to which the superior and every other PC of the office know a chain of this PC."""
    confirmed = acks.confirmed(connection, chain)[0]
    return min(confirmed, read_through(connection, [one.device for one in peers], chain)) if peers else confirmed


def news_of_reading(connection: Connection, member: Membership) -> bool:
    """Whether this PC has read further than the others were told when it last wrote a bundle."""
    return _positions(connection, member) != read_fact(connection, _TOLD)


def note_told(connection: Connection, member: Membership) -> None:
    """A bundle was written: it told how far this PC has read."""
    write_fact(connection, _TOLD, _positions(connection, member))


def _positions(connection: Connection, member: Membership) -> str:
    known = known_positions(connection, member.superior)
    return " ".join(f"{one.device}.{one.epoch}.{one.seq}" for one in known)


def _kept(connection: Connection) -> dict[str, bytes]:
    kept = msgspec.json.decode(read_fact(connection, _FACT, "{}"), type=dict[str, str])
    return {device: line.encode("ascii") for device, line in kept.items()}


def _verified(line: bytes, member: Membership, today: date) -> Certificate | None:
    """The certificate of another PC of our own office that nobody revoked; None for any other line."""
    try:
        certificate = verify_certificate(line, member.root, today).certificate
    except BundleRefused:
        return None
    own = member.certificate
    if certificate.path != own.path or certificate.device == own.device:
        return None
    if member.revocations.trusted_through(certificate.device, _LAST_EPOCH) is not None:
        return None
    return certificate
