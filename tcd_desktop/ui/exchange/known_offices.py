"""The names of the offices a PC knows of."""

from __future__ import annotations

from tcd_desktop.domain.office import Device, Office
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sync.keyring import load_membership


def office_names(office: OpenOffice) -> dict[str, str]:
    """Names of the offices known here by code: from their own records, else as they asked to join."""
    names = {device.unit: device.name for device in office.store.all(Device) if device.name}
    member = load_membership(office.store)
    if member is not None:
        names[member.superior] = member.superior_name
    return names | {one.id: one.name for one in office.store.all(Office)}
