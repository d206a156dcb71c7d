"""Founding an office folder, opening one, giving another officer a key."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from tcd_desktop import paths
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import OFFICE_CODE, Device, Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.domain.terms import OfficeKind, OfficerRight
from tcd_desktop.open_office.core import INBOX, system_now
from tcd_desktop.open_office.opened import OpenOffice
from tcd_desktop.services.recycle.scouring import scour
from tcd_desktop.store.closed.vault import Cost, Face, MasterKey, Slot, check_password, open_slot, read_face, write_face
from tcd_desktop.store.errors import StoreUnavailable
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.journal.high_water import FOLDER as HIGH_WATER
from tcd_desktop.store.journal.high_water import HighWater
from tcd_desktop.store.store import Store
from tcd_desktop.sync.keyring import Authority, Keyring, save_membership
from tcd_desktop.sync.keys import DeviceKeys, OfficeKeys

DATABASE = "tcd.db"
LONGEST_NAME = 200
"""Of an office, in letters: what a certificate request carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeForm:
    """What is asked when an office folder is founded."""

    kind: OfficeKind
    code: str
    name: str
    superior_name: str = ""
    locality: str = ""
    reception_place: str = ""
    head_name: str = ""
    head_title: str = ""
    officer_name: str = ""
    officer_title: str = ""
    practice: bool = False

    def problems(self) -> dict[str, Problem]:
        """Field name -> what is missing or wrong."""
        found = {name: Problem("missing") for name in ("code", "name") if not getattr(self, name).strip()}
        if "name" not in found and len(self.name) > LONGEST_NAME:
            found["name"] = Problem("too_long", {"limit": LONGEST_NAME, "length": len(self.name)})
        if "code" not in found and not OFFICE_CODE.fullmatch(self.code):
            found["code"] = Problem("office_code")
        return found


def milliseconds(now: Callable[[], datetime]) -> Callable[[], int]:
    """The journal's clock is the office's clock."""
    return lambda: int(now().timestamp() * 1000)


def marks_of(home: Path, practice: bool) -> HighWater:
    """In the office's folder, and in the user's own in case the whole folder is put back from a copy."""
    folders = [home / HIGH_WATER]
    if not practice:
        folders.append(paths.config_folder() / HIGH_WATER)
    return HighWater(folders)


def found_office(
    home: Path,
    form: OfficeForm,
    password: str,
    *,
    cost: Cost | None = None,
    now: Callable[[], datetime] = system_now,
) -> OpenOffice:
    """Founds an office folder and signs its first officer in.

    Raises DraftRefused, Refused("password_short" | "folder_taken" | "folder_unusable"), StoreUnavailable.
    """
    form = replace(form, code=form.code.strip().upper(), name=clean_line(form.name))
    if problems := form.problems():
        raise DraftRefused(problems)
    check_password(password)
    _make_folder(home)
    master, officer_id = MasterKey.new(), new_id()
    keyring = _new_keyring(form.kind)
    officer = Officer(
        id=officer_id,
        office=form.code,
        name=clean_line(form.officer_name) or form.name,
        title=clean_line(form.officer_title),
        right=OfficerRight.ADMIN,
    )
    store = Store.create(
        home / DATABASE,
        master.derive("database"),
        device=keyring.device.device_id,
        office=form.code,
        now=milliseconds(now),
        marks=marks_of(home, form.practice),
    )
    _first_records(store, form, officer, keyring, now().date())
    keyring.save(home, master)
    slot = master.slot(officer_id, officer.name, password, title=officer.title, cost=cost)
    face = Face(form.kind, form.code, form.name, (slot,), form.practice)
    write_face(home, face)
    return OpenOffice(home, face, store, master, officer_id, now=now)


def _make_folder(home: Path) -> None:
    if (home / DATABASE).exists() or (home / "office.json").exists():
        raise Refused("folder_taken", folder=home.name)
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / INBOX).mkdir(exist_ok=True)
    except OSError as error:
        raise Refused("folder_unusable", folder=home.name) from error


def _new_keyring(kind: OfficeKind) -> Keyring:
    if kind is OfficeKind.DISTRICT:
        return Keyring(DeviceKeys.generate(), OfficeKeys.generate(), Authority.generate())
    return Keyring(DeviceKeys.generate())


def _first_records(store: Store, form: OfficeForm, officer: Officer, keyring: Keyring, today: date) -> None:
    office = Office(
        id=form.code,
        office=form.code,
        name=form.name,
        kind=form.kind,
        superior_name=clean_line(form.superior_name),
        locality=clean_line(form.locality),
        reception_place=clean_line(form.reception_place),
        head_name=clean_line(form.head_name),
        head_title=clean_line(form.head_title),
    )
    from tcd_desktop.sync.enrolment import found_authority

    with store.unit(act="office.found", officer=officer.id) as unit:
        unit.put(office)
        unit.put(officer)
        if keyring.authority:
            member = found_authority(keyring, office=office, today=today)
            unit.put(_own_device(office, keyring, member.certificate_line, today))
        unit.commit()
    if keyring.authority:
        with store.writing() as connection:
            save_membership(connection, member)


def _own_device(office: Office, keyring: Keyring, certificate: bytes, today: date) -> Device:
    return Device(
        id=keyring.device.device_id,
        office=office.id,
        unit=office.id,
        name=office.name,
        sign_pub=keyring.device.sign_pub,
        box_pub=keyring.device.box_pub,
        certificate=certificate,
        granted_on=today,
        fingerprint_checked=True,
    )


def open_office(
    home: Path, password: str, *, officer: str = "", now: Callable[[], datetime] = system_now
) -> OpenOffice:
    """Opens an office folder as one of its officers ("" = the first whose password it is).

    Raises Refused("wrong_password" | "unknown_officer"), StoreUnavailable.
    """
    face = read_face(home)
    slot, master = _slot_opened(face, password, officer)
    return _opened(home, face, slot, master, now)


def _slot_opened(face: Face, password: str, officer: str) -> tuple[Slot, MasterKey]:
    slots = [slot for slot in face.slots if officer in ("", slot.officer, slot.name)]
    if not slots:
        raise Refused("unknown_officer")
    for slot in slots:
        with contextlib.suppress(Refused):
            return slot, open_slot(slot, password)
    raise Refused("wrong_password")


def _opened(home: Path, face: Face, slot: Slot, master: MasterKey, now: Callable[[], datetime]) -> OpenOffice:
    marks = marks_of(home, face.practice)
    store = Store.open(home / DATABASE, master.derive("database"), now=milliseconds(now), marks=marks)
    office = OpenOffice(home, face, store, master, slot.officer, now=now)
    with contextlib.suppress(StoreUnavailable):  # no room, or another window reads: the next time
        scour(store, office.blobs, home)
    return office


def open_after_update(
    home: Path, password: str, *, officer: str = "", now: Callable[[], datetime] = system_now
) -> OpenOffice:
    """Opens an office; when a newer version has changed its books and recorded nothing, the copy from before goes back.

    Raises what `open_office` raises, and Refused("update_recorded_since").
    """
    face = read_face(home)
    slot, master = _slot_opened(face, password, officer)
    try:
        return _opened(home, face, slot, master, now)
    except StoreUnavailable as error:
        if error.code != "store_from_future":
            raise
    from tcd_desktop.updates.home_copy import put_back

    put_back(home, master.derive("database"))
    return _opened(home, read_face(home), slot, master, now)


def add_officer(office: OpenOffice, officer: Officer, password: str, own_password: str) -> Officer:
    """Gives another officer of the office a key slot. Raises Refused("wrong_password" | "password_short")."""
    face = read_face(office.home)
    slot = next(slot for slot in face.slots if slot.officer == office.officer.id)
    master = open_slot(slot, own_password)
    new = master.slot(officer.id, officer.name, password, title=officer.title, cost=slot.cost)
    with office.store.unit(act="officer.add", officer=office.officer.id) as unit:
        unit.put(officer)
        unit.commit()
    write_face(office.home, replace(face, slots=(*face.slots, new)))
    return officer
