"""A PC's own keys: it makes itself new ones, asks for its next certificate, or becomes a PC of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from tcd_desktop.domain.office import Device
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.rights import check_right
from tcd_desktop.sync import key_facts
from tcd_desktop.sync.keyring import required_membership
from tcd_desktop.sync.keys import DeviceKeys
from tcd_desktop.sync.renewal import RENEWAL_SUFFIX
from tcd_desktop.sync.ward_certificates import WardCertificates

T = TypeVar("T")


class OwnKeys(WardCertificates):
    """An office that enrols others certifies its own PC at once; a ward waits for its superior's answer."""

    def new_device_keys(self, password: str) -> None:
        """Makes this PC new keys; they are used once the superior's certificate for them has come.

        Raises Refused("wrong_password" | "not_enrolled" | "renewal_waits").
        """
        check_right(self._officer.right, "keys.rotate_device")
        master = self._master(password)
        member = required_membership(self._store)
        now = self.keyring.pair_for(member.certificate)
        if now is None:
            raise Refused("not_enrolled")
        if self.keyring.newest != now:
            raise Refused("renewal_waits")
        made = DeviceKeys.generate()
        self._keep(replace(self.keyring, others=(*self.keyring.others, made)), master)
        known = self._store.find_own(Device, self.keyring.device_id) if self.keyring.authority else None
        if known is not None:  # an office that enrols others certifies its own PC at once
            self._certify(known, made, prior=now.signing.key_id, act="keys.rotate_device")

    def write_renewal(self, target: Path) -> Path:
        """The request for the next certificate as a file. Raises Refused("no_renewal_due" | "file_unwritable")."""
        member = required_membership(self._store)
        line = key_facts.own_renewal(self._store, self.keyring, member, self._today)
        if not line:
            raise Refused("no_renewal_due")
        name = f"renew-{self._office.id}-{self.keyring.device_id[:8]}{RENEWAL_SUFFIX}"
        path = target / name if target.is_dir() else target
        try:
            path.write_bytes(line)
        except OSError as error:
            raise Refused("file_unwritable", file=path.name) from error
        return path

    def become_new(self, password: str, take: Callable[[str], T]) -> T:
        """This PC is a copy of another one that works on: it gets keys and an identity of its own.

        `take(device id)` brings the histories together; then the PC joins its superior anew. The keys are in their file
        before the database names them, so a power cut between leaves one or the other identity, whole.
        """
        check_right(self._officer.right, "keys.rotate_device")
        master = self._master(password)
        made, old = DeviceKeys.generate(), self.keyring
        both = replace(old, others=(*old.others, made))
        both.save(self._home, master)
        try:
            result = take(made.device_id)
        except BaseException:
            old.save(self._home, master)
            raise
        self._keep(both.belonging_to(made.device_id), master)
        return result
