"""The office's own keys: those bundles are encrypted to, the root everybody trusts, and the sealed paper of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from msgspec import structs

from tcd_desktop.domain.rights import check_right
from tcd_desktop.store.store import write_fact
from tcd_desktop.sync import key_facts
from tcd_desktop.sync.key_desk_core import KeyDeskCore
from tcd_desktop.sync.keyring import Authority, Membership, required_membership, save_membership
from tcd_desktop.sync.keys import BoxKey, OfficeKeys, SigningKey
from tcd_desktop.sync.office_keys import OfficeKey, OfficeKeyList, sign_office_keys, verify_office_keys
from tcd_desktop.sync.paper_key import PaperKeys, paper_keys
from tcd_desktop.sync.revocation import sign_revocations, verify_revocations
from tcd_desktop.sync.root import role_keys, root_metadata, sign_root

KEY_YEARS = 1
"""Office keys are changed every year: a stolen one reads no more than a year of sticks."""
PAPER_YEARS = 10


class OfficeTrust(KeyDeskCore):
    """Changes the office's keys and prints the paper that brings them back."""

    def office_keys(self) -> OfficeKeyList:
        """The keys bundles to this office (at a ward: to its superior) are encrypted to. Raises Refused."""
        return required_membership(self._store).receiver.list

    def root_version(self) -> int:
        """The version of the root this PC trusts."""
        return required_membership(self._store).root.version

    def printed(self) -> tuple[int, date] | None:
        """(version of the root, day) of the sealed paper that was printed last."""
        version, _space, rest = self._store.fact(key_facts.PAPER_FACT).partition(" ")
        return (int(version), date.fromisoformat(rest.split(" ")[0])) if version else None

    def rotate_office_keys(self, password: str) -> OfficeKeyList:
        """The announced key becomes the current one, a new one is announced; old ones still open old sticks."""
        check_right(self._officer.right, "keys.rotate_office")
        authority, member = self._authority()
        master = self._master(password)
        assert self.keyring.office is not None
        boxes = self.keyring.office.rotated()
        recovery = [key for key in member.receiver.list.keys if key.use == "recovery"]
        keys = announced(boxes, self._today, recovery)
        line = sign_office_keys(self._office.id, member.receiver.version + 1, keys, authority.director)
        self._keep(replace(self.keyring, office=boxes), master)
        self._save(replace(member, receiver=verify_office_keys(line, member.root)))
        return self.office_keys()

    def rotate_root(self, password: str, *, roles: bool = False) -> int:
        """The next version of the root with a new root key, signed by the old one and by the new; its number.

        `roles`: the keys that sign certificates and lists are made anew as well. The enroller's old key stays listed,
        since certificates signed with it are in use; the lists are signed again.
        """
        check_right(self._officer.right, "keys.rotate_root")
        authority, member = self._authority()
        master = self._master(password)
        fresh = Authority.generate()
        new = fresh if roles else replace(authority, root=fresh.root)
        self._keep(replace(self.keyring, authority=new), master)
        self._save(next_trust(member, old=authority.root, new=new))
        return self.root_version()

    def print_keys(self, password: str) -> PaperKeys:
        """The words of the sealed paper: the root key, and a new recovery key that no file keeps.

        The recovery key joins the list wards encrypt to. Raises Refused("wrong_password" | "not_superior").
        """
        check_right(self._officer.right, "keys.print")
        authority, member = self._authority()
        self._master(password)
        recovery = BoxKey.generate()
        today = self._today.isoformat()
        ends = _years_on(self._today, PAPER_YEARS).isoformat()
        keys = [key for key in member.receiver.list.keys if key.use != "recovery"]
        keys.append(OfficeKey(key=recovery.key_id, use="recovery", begins=today, ends=ends))
        line = sign_office_keys(self._office.id, member.receiver.version + 1, keys, authority.director)
        with self._store.writing() as connection:
            save_membership(connection, replace(member, receiver=verify_office_keys(line, member.root)))
            write_fact(connection, key_facts.PAPER_FACT, f"{member.root.version} {today} {recovery.key_id[:16]}")
        return paper_keys(
            authority.root.seed,
            recovery.secret,
            office=self._office.name,
            code=self._office.id,
            version=member.root.version,
            day=self._today,
        )


def announced(boxes: OfficeKeys, today: date, recovery: Sequence[OfficeKey]) -> list[OfficeKey]:
    """The list wards encrypt to: the current key, the next one, the one in the safe."""
    begins, ends, later = (_years_on(today, years).isoformat() for years in (0, KEY_YEARS, 2 * KEY_YEARS))
    return [
        OfficeKey(key=boxes.current.key_id, use="current", begins=begins, ends=ends),
        OfficeKey(key=boxes.next.key_id, use="next", begins=ends, ends=later),
        *recovery,
    ]


def next_trust(member: Membership, *, old: SigningKey, new: Authority) -> Membership:
    """What an office trusts after its root was rotated from `old` to `new`; lists are signed again when they must be.

    The certificate of the PC itself stays: the enroller that signed it is still listed.
    """
    before = member.root.metadata
    enrollers = dict.fromkeys([new.enroller.key_id, *before.roles.enroller.keys])
    metadata = root_metadata(
        version=before.version + 1,
        root=role_keys(new.root),
        enroller=structs.replace(before.roles.enroller, keys=list(enrollers)[:16]),
        director=role_keys(new.director),
        revoker=role_keys(new.revoker),
        offices=before.offices,
        policy=before.policy,
    )
    root = member.root.update(sign_root(metadata, old, new.root))
    receiver, revocations = member.receiver, member.revocations
    if before.roles.director.keys != [new.director.key_id]:
        listed = receiver.list
        receiver = verify_office_keys(
            sign_office_keys(listed.office, listed.version + 1, listed.keys, new.director), root
        )
    if before.roles.revoker.keys != [new.revoker.key_id]:
        line = sign_revocations(revocations.version + 1, revocations.list.entries, new.revoker)
        revocations = verify_revocations(line, root)
    return replace(member, root=root, receiver=receiver, revocations=revocations)


def _years_on(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))
