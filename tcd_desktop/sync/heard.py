"""What a superior learns from the mere coming of a bundle: which PC sent it, and that its office waits for an answer.

A superior that was put back from a copy has forgotten the PCs it enrolled since. Their certificates are its own word
all the same, so a PC whose bundle comes is entered again, and its office is answered: also when the bundle brought
nothing new (the receipt before may have been lost) or continues something unknown here (the answer says what is).
"""

from __future__ import annotations

from datetime import date

from tcd_desktop.domain.office import Device, Office
from tcd_desktop.store.store import Connection, Store
from tcd_desktop.sync.certificate import VerifiedCertificate


def hear(store: Store, sender: VerifiedCertificate) -> None:
    """A bundle of operations of an office below has come."""
    certificate = sender.certificate
    if certificate.path[:-1] != (store.office,):
        return
    if store.find_own(Device, certificate.device) is None:
        _enter_again(store, sender)


def last_heard(connection: Connection, unit: str) -> int:
    """The number of the ledger's line of the last bundle that came from an office below; 0 before the first."""
    sql = (
        "SELECT coalesce(max(id), 0) FROM bundle WHERE direction = 'in' AND outcome IN ('applied', 'parked') "
        "AND office = ?"
    )
    return int(connection.exec_driver_sql(sql, (unit,)).scalar_one())


def _enter_again(store: Store, sender: VerifiedCertificate) -> None:
    certificate = sender.certificate
    office = store.find(Office, certificate.office)
    with store.unit(act="enrol.again", officer="") as unit:
        unit.put(
            Device(
                id=certificate.device,
                office=unit.office,
                unit=certificate.office,
                name=office.name if office else certificate.office,
                series=certificate.series,
                sign_pub=bytes.fromhex(certificate.sign_pub),
                box_pub=bytes.fromhex(certificate.box_pub),
                certificate=sender.line,
                granted_on=date.fromisoformat(certificate.not_before),
            )
        )
        unit.commit()
