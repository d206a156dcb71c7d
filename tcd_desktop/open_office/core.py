"""What every desk of an opened office works with: the folder, the store, the keys, the office and its officer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.rights import may, may_write
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.closed.vault import Face, MasterKey
from tcd_desktop.store.journal import journal
from tcd_desktop.store.store import Store
from tcd_desktop.sync.keyring import Keyring, load_membership, sealing_keys

if TYPE_CHECKING:
    from tcd_desktop.services.cases.clocks import Clocks
    from tcd_desktop.services.people.secrecy import Secrecy

T = TypeVar("T")
BLOBS = "blobs"
INBOX = "inbox"


def system_now() -> datetime:
    """The PC's own time."""
    return datetime.now()


class OfficeCore:
    """An office folder with its store open; the desks are made from it when they are first asked for."""

    def __init__(
        self,
        home: Path,
        face: Face,
        store: Store,
        master: MasterKey,
        officer_id: str,
        *,
        now: Callable[[], datetime] = system_now,
    ) -> None:
        self.home = home
        self.face = face
        self.store = store
        self.keyring = Keyring.load(home, master).belonging_to(store.read(journal.own_chain).device)
        self.blobs = Blobs(home / BLOBS, master.derive("blobs"))
        self.officer = found(store.find_own(Officer, officer_id))
        self.office = found(store.find_own(Office, face.code))
        self._now = now

    @cached_property
    def clocks(self) -> Clocks:
        """Deadlines under the law and the office's own days off."""
        from tcd_desktop import law
        from tcd_desktop.services.cases.clocks import Clocks

        return Clocks(self.store, law.law_book(), law.calendar_for)

    @cached_property
    def _series(self) -> str:
        return self.store.fact("series", "A")

    @cached_property
    def _secrecy(self) -> Secrecy:
        from tcd_desktop.services.people.secrecy import Secrecy

        keyring = self.keyring
        keys = [box.secret for box in keyring.boxes()]
        return Secrecy(keys, sealing_keys(keyring, load_membership(self.store)))

    def make_anew(self) -> None:
        """Every desk is made anew when it is asked for next."""
        for name in [*self.__dict__]:
            if isinstance(getattr(type(self), name, None), cached_property):
                del self.__dict__[name]

    def take_keyring(self, keyring: Keyring) -> None:
        """Keys were made or changed: every desk works with them from now on."""
        self.keyring = keyring
        self.make_anew()

    @property
    def is_superior(self) -> bool:
        """Whether other offices send their books here."""
        return self.face.kind is OfficeKind.DISTRICT

    def may(self, act: str) -> bool:
        """Whether the officer's right allows an act; the act itself asks again."""
        return may(self.officer.right, act)

    def writes_in(self, office: str) -> bool:
        """Whether this officer may change records of that office: those of the own one, unless they only look."""
        return office == self.office.id and may_write(self.officer.right)

    @property
    def clock(self) -> Callable[[], datetime]:
        """What tells this office the time."""
        return self._now

    def today(self) -> date:
        """The office's calendar day."""
        return self._now().date()

    def now(self) -> datetime:
        """The office's time of day."""
        return self._now()


def found(record: T | None) -> T:
    """The record of the office itself, which is always there."""
    if record is None:
        raise LookupError("the office's own record is missing")
    return record
