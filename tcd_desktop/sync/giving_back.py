"""A ward's books given back to one of its PCs: a new one after a loss, or one whose history has parted."""

from __future__ import annotations

from pathlib import Path

from tcd_desktop.domain.office import Device
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.rights import check_right
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.store.journal import ledger
from tcd_desktop.sync import key_facts
from tcd_desktop.sync.bundle_writer import WrittenBundle
from tcd_desktop.sync.forks import Fork, Missing, missing_here, open_forks
from tcd_desktop.sync.history import write_history
from tcd_desktop.sync.key_desk_core import KeyDeskCore
from tcd_desktop.sync.keyring import Membership
from tcd_desktop.sync.manifest import BundleKind


class GivingBack(KeyDeskCore):
    """Books onto a stick, and the two ends' view of histories that parted."""

    def write_history(self, device: str, folder: Path) -> WrittenBundle:
        """Everything this office has of a ward's books, for one of its PCs: a new one, or one whose history parted.

        With its papers; those that do not fit go into further files beside the one that is given back.
        Raises Refused("unknown_device" | "already_revoked" | "folder_missing"), ExportFailed.
        """
        check_right(self._officer.right, "keys.give_back")
        _authority, member = self._authority()
        known = self._store.find(Device, device)
        if known is None or known.unit == self._office.id:
            raise Refused("unknown_device")
        if key_facts.revoked_for_good(member.revocations, device):
            raise Refused("already_revoked")
        if not folder.is_dir():
            raise Refused("folder_missing", folder=folder.name)
        secrecy = Secrecy([box.secret for box in self.keyring.boxes()], ())

        def reseal(sealed: bytes, office: str, record: str, key: bytes) -> bytes:
            entitled = (key, *member.receiver.recipients(), *self._boxes_of(office, member))
            return secrecy.reseal(sealed, tuple(dict.fromkeys(entitled)), office=office, record=record)

        written = write_history(self._store, self.keyring, member, known, folder, blobs=self._blobs, reseal=reseal)
        for one in written:
            self._note_given(one, known)
        return written[0]

    def _boxes_of(self, unit: str, member: Membership) -> list[bytes]:
        """The keys of a ward's PCs that still count."""
        known = self._store.all(Device, "unit = ? ORDER BY id", (unit,))
        return [one.box_pub for one in known if not key_facts.revoked_for_good(member.revocations, one.id)]

    def _note_given(self, written: WrittenBundle, device: Device) -> None:
        line = written.ledger_line(
            kind=BundleKind.SNAPSHOT, office=device.unit, device=self.keyring.device_id, at=self._now()
        )
        with self._store.writing() as connection:
            ledger.enter(connection, line)

    def forks(self) -> list[Fork]:
        """PCs with two histories that wait for their recovery."""
        return open_forks(self._store)

    def missing(self) -> Missing | None:
        """What the superior has of this PC and this PC no longer has."""
        return missing_here(self._store)
