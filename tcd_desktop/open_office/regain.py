"""An office that enrols others put together again from its database and the sealed paper of its keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tcd_desktop.domain.office import Device
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.rights import check_right
from tcd_desktop.domain.terms import OfficerRight
from tcd_desktop.open_office.core import system_now
from tcd_desktop.open_office.founding import DATABASE, marks_of, milliseconds
from tcd_desktop.store.closed.vault import MasterKey, open_slot, read_face
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.lines import RECORDS
from tcd_desktop.store.store import Store
from tcd_desktop.sync.certificate import DeviceRole, certificate_for, issue
from tcd_desktop.sync.keyring import KEY_FILE, Authority, Keyring, Membership, required_membership, save_membership
from tcd_desktop.sync.keys import BoxKey, DeviceKeys, OfficeKeys, SigningKey
from tcd_desktop.sync.office_keys import sign_office_keys, verify_office_keys
from tcd_desktop.sync.office_trust import announced, next_trust


def regain(
    home: Path,
    password: str,
    *,
    root: bytes,
    recovery: bytes,
    now: Callable[[], datetime] = system_now,
) -> int:
    """Makes the key file anew: same identity, new keys, a new root that the old one signs; gives the root's version.

    The database begins a new epoch, because the copy it came from may be old. Wards learn everything from the next
    answers. Raises Refused("keys_are_there" | "paper_other_key" | "wrong_password" | "not_superior").
    """
    if (home / KEY_FILE).exists():
        raise Refused("keys_are_there")
    master, officer = _opened(home, password)
    practice = read_face(home).practice
    store = Store.open(
        home / DATABASE,
        master.derive("database"),
        now=milliseconds(now),
        marks=marks_of(home, practice),
    )
    try:
        member = required_membership(store)
        old = SigningKey(root)
        if old.key_id not in member.root.metadata.roles.root.keys:
            raise Refused("paper_other_key")
        listed = {key.key for key in member.receiver.list.keys if key.use == "recovery"}
        if BoxKey(recovery).key_id not in listed:
            raise Refused("paper_other_key")
        return _put_together(store, home, master, member, officer, old, BoxKey(recovery), now)
    finally:
        store.close()


def _opened(home: Path, password: str) -> tuple[MasterKey, str]:
    for slot in read_face(home).slots:
        try:
            return open_slot(slot, password), slot.officer
        except Refused:
            continue
    raise Refused("wrong_password")


def _put_together(
    store: Store,
    home: Path,
    master: MasterKey,
    member: Membership,
    officer: str,
    old: SigningKey,
    recovery: BoxKey,
    now: Callable[[], datetime],
) -> int:
    today, before = now().date(), member.certificate
    check_right(OfficerRight.ADMIN, "keys.rotate_root")
    device, boxes, authority = DeviceKeys.generate(), OfficeKeys.generate(), Authority.generate()
    boxes = replace(boxes, retired=(recovery,))
    member = next_trust(member, old=old, new=authority)
    keys = announced(boxes, today, [key for key in member.receiver.list.keys if key.use == "recovery"])
    line = sign_office_keys(member.superior, member.receiver.version + 1, keys, authority.director)
    certificate = issue(
        certificate_for(
            sign_pub=device.sign_pub,
            box_pub=device.box_pub,
            unit=before.unit,
            series=before.series,
            tables=RECORDS,
            not_before=today,
            role=DeviceRole.SUPERIOR,
            device=before.device,
            prior=before.sign_pub,
        ),
        authority.enroller,
        old,
    )
    member = replace(member, receiver=verify_office_keys(line, member.root), certificate_line=certificate)
    with store.writing() as connection:
        own = journal.own_chain(connection)
        if own.seq:
            journal.begin_epoch(connection, own, epoch=own.epoch + 1)
        save_membership(connection, member)
    known = store.find_own(Device, before.device)
    if known is not None:
        with store.unit(act="keys.rotate_root", officer=officer) as unit:
            unit.change(
                known, certificate=certificate, sign_pub=device.sign_pub, box_pub=device.box_pub, granted_on=today
            )
            unit.commit()
    Keyring(device, boxes, authority, before.device).save(home, master)
    return member.root.version
