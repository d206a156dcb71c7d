"""An office folder, founded or opened with a password: the desks of one officer over one store."""

from __future__ import annotations

from tcd_desktop.open_office.core import BLOBS, INBOX, system_now
from tcd_desktop.open_office.founding import (
    DATABASE,
    LONGEST_NAME,
    OfficeForm,
    add_officer,
    found_office,
    open_after_update,
    open_office,
)
from tcd_desktop.open_office.opened import OpenOffice
from tcd_desktop.open_office.reception_desks import render_slip, slip_instrument

__all__ = [
    "BLOBS",
    "DATABASE",
    "INBOX",
    "LONGEST_NAME",
    "OfficeForm",
    "OpenOffice",
    "add_officer",
    "found_office",
    "open_after_update",
    "open_office",
    "render_slip",
    "slip_instrument",
    "system_now",
]
