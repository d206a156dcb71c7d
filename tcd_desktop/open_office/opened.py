"""An office folder opened with a password: the desks of one officer over one store.

    home/office.json   what the sign-in page may know (store.vault)
    home/tcd.db        the encrypted database
    home/device.key    this PC's secrets, encrypted (sync.keyring)
    home/blobs/        attachments and printed PDFs, encrypted
    home/inbox/        bundles that wait for a missing one
    home/high-water/   how far this PC has come, in case the database is put back from a copy (store.high_water)

This is the part of the composition that the window and the command line share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.open_office.case_desks import CaseDesks
from tcd_desktop.open_office.core import found
from tcd_desktop.open_office.exchange_desks import ExchangeDesks
from tcd_desktop.open_office.reception_desks import ReceptionDesks
from tcd_desktop.open_office.report_desks import ReportDesks
from tcd_desktop.open_office.signing_desks import SigningDesks

if TYPE_CHECKING:
    from tcd_desktop.store.check import Fault


class OpenOffice(ReceptionDesks, CaseDesks, ReportDesks, SigningDesks, ExchangeDesks):
    """Everything an officer can do in an office, as desks. Close it when the officer leaves."""

    def refresh(self) -> None:
        """Takes notice of changes of the office's own record, its officers or its membership: desks are made anew."""
        self.office = found(self.store.find_own(Office, self.face.code))
        self.officer = found(self.store.find_own(Officer, self.officer.id))
        self.make_anew()

    def check(self) -> list[Fault]:
        """What is wrong with the office's data."""
        from tcd_desktop.store.check import check_store

        return check_store(self.store, self.blobs)

    def repair_search(self) -> None:
        """Makes the search indexes anew from the log and the citizens."""
        from tcd_desktop.store.search.citizen_search import rebuild_citizens
        from tcd_desktop.store.search.search import rebuild

        with self.store.writing() as connection:
            rebuild(connection)
            rebuild_citizens(connection)

    def close(self) -> None:
        """Lets go of the files."""
        self.store.close()
