"""Certificates a superior gives after the first one: it reads what a PC asks for and signs the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tcd_desktop.domain.office import Device
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.rights import check_right
from tcd_desktop.services.done import Done
from tcd_desktop.store.unit import Change
from tcd_desktop.sync import key_facts
from tcd_desktop.sync.certificate import DeviceRole, certificate_for, issue, read_certificate
from tcd_desktop.sync.key_desk_core import KeyDeskCore
from tcd_desktop.sync.key_facts import DeviceStanding
from tcd_desktop.sync.keys import DeviceKeys
from tcd_desktop.sync.renewal import peek_renewal
from tcd_desktop.sync.scope import WARD_TABLES


class WardCertificates(KeyDeskCore):
    """The PCs this office has enrolled, and their next certificates."""

    def devices(self) -> list[DeviceStanding]:
        """Every PC this office has enrolled."""
        return key_facts.standings(self._store, self._today)

    def read_renewal(self, path: Path) -> str:
        """Takes a request for a certificate from a file; the PC's id. Raises BundleRefused, Refused."""
        self._authority()
        try:
            line = path.read_bytes()[: 64 * 1024]
        except OSError as error:
            raise Refused("file_unreadable", file=path.name) from error
        device = peek_renewal(line).device
        with self._store.writing() as connection:
            if not key_facts.note_renewal(connection, line.decode("ascii"), device):
                raise Refused("unknown_device")
        return device

    def renew(self, devices: Sequence[str] = ()) -> Done[list[Device]]:
        """New certificates for PCs that asked (all of them, unless named); they travel in the next return bundles.

        Raises Refused("not_superior" | "not_allowed").
        """
        check_right(self._officer.right, "keys.renew")
        self._authority()
        changed: list[Device] = []
        changes: list[Change] = []
        for standing in self.devices():
            if not standing.wants or (devices and standing.device.id not in devices):
                continue
            with self._store.reading() as connection:
                asked = key_facts.asked_renewal(connection, standing.device.id)
            prior = standing.certificate.sign_pub if standing.new_keys else standing.certificate.prior
            known = standing.certificate
            pair = (asked.sign_pub, asked.box_pub) if asked else (known.sign_pub, known.box_pub)
            wanted = (bytes.fromhex(pair[0]), bytes.fromhex(pair[1]))
            done = self._certify(standing.device, wanted, prior=prior, act="keys.renew")
            changed.append(done.value)
            changes += done.changes
        return Done("keys.renew", changed, tuple(changes))

    def _certify(
        self, device: Device, keys: DeviceKeys | tuple[bytes, bytes], *, prior: str | None, act: str
    ) -> Done[Device]:
        """A new certificate of a PC's same identity; at its own PC the membership takes it at once."""
        authority, member = self._authority()
        sign_pub, box_pub = (keys.sign_pub, keys.box_pub) if isinstance(keys, DeviceKeys) else keys
        before = read_certificate(device.certificate)
        own = device.id == self.keyring.device_id
        line = issue(
            certificate_for(
                sign_pub=sign_pub,
                box_pub=box_pub,
                unit=before.unit,
                series=before.series,
                tables=before.tables if own else WARD_TABLES,
                not_before=self._today,
                role=DeviceRole(before.role),
                device=device.id,
                prior=prior,
            ),
            authority.enroller,
        )
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            device = unit.change(device, certificate=line, sign_pub=sign_pub, box_pub=box_pub, granted_on=self._today)
            changes = unit.commit()
        self._store.set_fact(f"{key_facts.RENEWED}.{device.unit}", device.id)
        if own:
            self._save(replace(member, certificate_line=line))
        return Done(act, device, changes)
