"""The desks of the exchange: enrolment, bundles out and in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tcd_desktop.open_office.core import INBOX, OfficeCore

if TYPE_CHECKING:
    from tcd_desktop.services.conflicts.conflict_desk import ConflictDesk
    from tcd_desktop.services.conflicts.number_desk import NumberDesk
    from tcd_desktop.sync.enrolment import EnrolmentDesk
    from tcd_desktop.sync.inbox import Inbox
    from tcd_desktop.sync.key_desk import KeyDesk
    from tcd_desktop.sync.outbox import Outbox
    from tcd_desktop.sync.undo_import import UndoImportDesk
    from tcd_desktop.updates.update_desk import UpdateDesk


class ExchangeDesks(OfficeCore):
    """See the module. A desk is made, and its modules are imported, when it is first asked for."""

    @cached_property
    def enrolment(self) -> EnrolmentDesk:
        """How this PC, or the PCs of wards, come to be trusted."""
        from tcd_desktop.sync.enrolment import EnrolmentDesk

        return EnrolmentDesk(self.store, self.keyring, office=self.office, officer=self.officer, today=self.today())

    @cached_property
    def keys(self) -> KeyDesk:
        """Keys and certificates: this PC's own, and those this office is answerable for."""
        from tcd_desktop.sync.key_desk import KeyDesk

        return KeyDesk(
            self.store,
            self.keyring,
            home=self.home,
            office=self.office,
            officer=self.officer,
            now=self._now,
            blobs=self.blobs,
            changed=self.take_keyring,
        )

    @cached_property
    def outbox(self) -> Outbox:
        """Bundles onto sticks."""
        from tcd_desktop.sync.carrying import CARRIED
        from tcd_desktop.sync.outbox import Outbox

        carried = self.home / INBOX / CARRIED
        return Outbox(self.store, self.keyring, self.blobs, office=self.office, now=self._now, carried=carried)

    @cached_property
    def inbox(self) -> Inbox:
        """Bundles from sticks."""
        from tcd_desktop.sync.inbox import Inbox

        return Inbox(self.store, self.keyring, self.blobs, folder=self.home / INBOX, now=self._now)

    @cached_property
    def undo_import(self) -> UndoImportDesk:
        """Imports taken back."""
        from tcd_desktop.sync.undo_import import UndoImportDesk

        return UndoImportDesk(self.store, officer=self.officer, now=self._now)

    @cached_property
    def updates(self) -> UpdateDesk:
        """Program updates on sticks, and the way back."""
        from tcd_desktop.updates.update_desk import UpdateDesk

        return UpdateDesk(
            self.store, self.keyring, home=self.home, office=self.office, officer=self.officer, now=self._now
        )

    @cached_property
    def numbers(self) -> NumberDesk:
        """Numbers given twice."""
        from tcd_desktop.services.conflicts.number_desk import NumberDesk

        return NumberDesk(self.store, office=self.office, officer=self.officer, series=self._series)

    @cached_property
    def conflicts(self) -> ConflictDesk:
        """Questions that PCs which worked apart leave to a person."""
        from tcd_desktop.services.conflicts.conflict_desk import ConflictDesk
        from tcd_desktop.services.recycle.recycle_desk import RecycleDesk

        recycle = RecycleDesk(self.store, office=self.office, officer=self.officer)
        return ConflictDesk(self.store, recycle, office=self.office, officer=self.officer)
