"""Where keys and certificates of an office stand: what is remembered of them, and what a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tcd_desktop.domain.office import Device
from tcd_desktop.store.journal import journal
from tcd_desktop.store.store import Connection, Store, read_fact, write_fact
from tcd_desktop.sync.certificate import Certificate, read_certificate
from tcd_desktop.sync.keyring import Keyring, Membership, load_membership
from tcd_desktop.sync.renewal import Renewal, is_due, make_renewal, open_renewal, peek_renewal
from tcd_desktop.sync.revocation import Revocation, Revocations

OWN_RENEWAL = "renewal.own"
RENEWED = "renewed"
"""Followed by an office's code: a PC of it has a certificate that came after the one it joined with."""
PAPER_FACT = "paper_keys"
"""Version of the root and id of the recovery key on the sealed paper, and the day it was printed."""

State = Literal["valid", "due", "expired", "revoked"]


def revoked_for_good(revocations: Revocations, device: str) -> Revocation | None:
    """The entry that ends a PC; None when at most one history of it was ended."""
    entries = revocations.list.entries
    return next((entry for entry in entries if entry.device == device and entry.epoch == "*"), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceStanding:
    """One PC as the page of keys shows it. `seq` is the last number in the books, of epoch `epoch` (0 = nothing yet).

    `ends` is the last day of its certificate; `wants` that it has asked for the next one (this office's own PC asks
    nobody: its end is near), `new_keys` with other keys.
    """

    device: Device
    certificate: Certificate
    state: State
    ends: date
    epoch: int
    seq: int
    wants: bool
    new_keys: bool
    reason: str
    trusted: int
    kept_aside: int


def standings(store: Store, today: date) -> list[DeviceStanding]:
    """Every PC this office has enrolled, its own first, then by office and series."""
    member = load_membership(store)
    if member is None:
        return []
    devices = store.all(Device, "1 ORDER BY unit <> office, unit, series, id")
    with store.reading() as connection:
        return [_standing(connection, member, device, today) for device in devices if device.certificate]


def _standing(connection: Connection, member: Membership, device: Device, today: date) -> DeviceStanding:
    certificate = read_certificate(device.certificate)
    chains = [chain for chain in journal.chains(connection) if chain.device == device.id]
    latest = max(chains, key=lambda chain: chain.epoch, default=None)
    entry = revoked_for_good(member.revocations, device.id)
    ends = date.fromisoformat(certificate.not_after)
    state: State = "valid"
    if entry:
        state = "revoked"
    elif today > ends:
        state = "expired"
    elif is_due(certificate, today):
        state = "due"
    through = member.revocations.trusted_through(device.id, latest.epoch) if latest else None
    asked = asked_renewal(connection, device.id)
    aside = connection.exec_driver_sql(
        "SELECT count(*) FROM quarantine WHERE device = ? AND code = 'E_REVOKED'", (device.id,)
    ).scalar_one()
    return DeviceStanding(
        device=device,
        certificate=certificate,
        state=state,
        ends=ends,
        epoch=latest.epoch if latest else 0,
        seq=latest.seq if latest else 0,
        wants=entry is None and (asked is not None or (device.unit == device.office and state != "valid")),
        new_keys=asked is not None and asked.sign_pub != certificate.sign_pub,
        reason=entry.reason if entry else "",
        trusted=through or 0,
        kept_aside=int(aside),
    )


# -- requests for the next certificate -------------------------------------------------------------------


def note_renewal(connection: Connection, line: str, device: str) -> bool:
    """A PC asked for its next certificate; False when the request is not rightly signed (it changes nothing then)."""
    known = _registered(connection, device)
    if known is None:
        return False
    open_renewal(line.encode("utf-8"), known)
    write_fact(connection, f"renewal.{device}", line)
    return True


def asked_renewal(connection: Connection, device: str) -> Renewal | None:
    """The request a PC waits for an answer to; None when its newest certificate has answered it."""
    line = read_fact(connection, f"renewal.{device}")
    known = _registered(connection, device) if line else None
    asked = peek_renewal(line.encode("ascii")) if line else None
    return asked if asked and known and asked.serial == known.serial else None


def _registered(connection: Connection, device: str) -> Certificate | None:
    row = connection.exec_driver_sql("SELECT certificate FROM device WHERE id = ?", (device,)).first()
    return read_certificate(row[0]) if row and row[0] else None


def own_renewal(store: Store, keyring: Keyring, member: Membership, today: date) -> bytes:
    """The request this PC sends along, b"" when it needs none. The same line until it is answered."""
    certificate, now = member.certificate, keyring.pair_for(member.certificate)
    if now is None or not (keyring.newest != now or is_due(certificate, today)):
        return b""
    line = store.fact(OWN_RENEWAL).encode("ascii")
    if line:
        asked = peek_renewal(line)
        if (asked.serial, asked.sign_pub) == (certificate.serial, keyring.newest.sign_pub.hex()):
            return line
    line = make_renewal(certificate, now, keyring.newest)
    store.set_fact(OWN_RENEWAL, line.decode("ascii"))
    return line


# -- what was kept aside ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeptAside:
    """An operation of a revoked PC after its last trusted one: what it did and when, without what it says."""

    device: str
    epoch: int
    seq: int
    act: str
    table: str
    at: str


def kept_aside(store: Store, device: str) -> list[KeptAside]:
    """What a revoked PC wrote after its last trusted number, in order; nothing of it is in the books."""
    from tcd_desktop.store.journal.lines import decode_own, table_of

    sql = "SELECT epoch, seq, line FROM quarantine WHERE device = ? AND code = 'E_REVOKED' ORDER BY epoch, seq"
    with store.reading() as connection:
        rows = [(epoch, seq, decode_own(line)) for epoch, seq, line in connection.exec_driver_sql(sql, (device,))]
    return [KeptAside(device, epoch, seq, op.act, table_of(op), op.at) for epoch, seq, op in rows]


def identity_versions(member: Membership, devices: Mapping[str, bytes]) -> str:
    """A text that changes when there is news about keys for an office with these PCs (id -> certificate line)."""
    from hashlib import sha256

    certificates = sha256(b"\n".join(devices[name] for name in sorted(devices))).hexdigest()[:16]
    versions = f"{member.root.version}.{member.revocations.version}.{member.receiver.version}"
    return f"keys.{versions}.{certificates}"
