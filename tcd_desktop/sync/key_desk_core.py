"""What every act with keys works with: the store, the key file, the officer's password, the office's authority."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.closed.vault import MasterKey, open_slot, read_face
from tcd_desktop.store.store import Store
from tcd_desktop.sync.keyring import Authority, Keyring, Membership, required_membership, save_membership


class KeyDeskCore:
    """Keys of this PC and, at an office that enrols others, its authority over theirs."""

    def __init__(
        self,
        store: Store,
        keyring: Keyring,
        *,
        home: Path,
        office: Office,
        officer: Officer,
        now: Callable[[], datetime],
        blobs: Blobs,
        changed: Callable[[Keyring], None] = lambda _keyring: None,
    ) -> None:
        self._store = store
        self.keyring = keyring
        self._home = home
        self._office = office
        self._officer = officer
        self._now = now
        self._blobs = blobs
        self._changed = changed

    @property
    def _today(self) -> date:
        return self._now().date()

    def _authority(self) -> tuple[Authority, Membership]:
        member = required_membership(self._store)
        if self.keyring.authority is None:
            raise Refused("not_superior")
        return self.keyring.authority, member

    def _master(self, password: str) -> MasterKey:
        slot = next(slot for slot in read_face(self._home).slots if slot.officer == self._officer.id)
        return open_slot(slot, password)

    def _keep(self, keyring: Keyring, master: MasterKey) -> None:
        """The key file first: what is announced to others must be there."""
        keyring.save(self._home, master)
        self.keyring = keyring
        self._changed(keyring)

    def _save(self, member: Membership) -> None:
        with self._store.writing() as connection:
            save_membership(connection, member)
