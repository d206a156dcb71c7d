"""What officers do with keys and certificates: renew, change keys, revoke, rotate the root.

Every act that makes or gives a key asks for the officer's password again: it opens the folder's lock, under which the
key file lies, and keeps somebody who finds the window open from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import structs

from tcd_desktop.domain.office import Device, Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.rights import check_right
from tcd_desktop.services.done import Done
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.store.closed.vault import MasterKey, open_slot, read_face
from tcd_desktop.store.journal import journal, ledger
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.store import Store, write_fact
from tcd_desktop.store.unit import Change
from tcd_desktop.sync import key_facts
from tcd_desktop.sync.bundle_writer import WrittenBundle
from tcd_desktop.sync.certificate import DeviceRole, certificate_for, issue, read_certificate
from tcd_desktop.sync.forks import Fork, Missing, missing_here, open_forks
from tcd_desktop.sync.history import write_history
from tcd_desktop.sync.key_facts import DeviceStanding, KeptAside
from tcd_desktop.sync.keyring import Authority, Keyring, Membership, required_membership, save_membership
from tcd_desktop.sync.keys import BoxKey, DeviceKeys, OfficeKeys, SigningKey
from tcd_desktop.sync.office_keys import OfficeKey, OfficeKeyList, sign_office_keys, verify_office_keys
from tcd_desktop.sync.paper_key import PaperKeys, paper_keys
from tcd_desktop.sync.renewal import RENEWAL_SUFFIX, peek_renewal
from tcd_desktop.sync.revocation import Revocation, Revocations, sign_revocations, verify_revocations
from tcd_desktop.sync.root import role_keys, root_metadata, sign_root
from tcd_desktop.sync.scope import WARD_TABLES

T = TypeVar("T")
Reason = Literal["lost", "stolen", "retired", "forked"]
KEY_YEARS = 1
"""Office keys are changed every year: a stolen one reads no more than a year of sticks."""
PAPER_YEARS = 10


class KeyDesk:
    """Keys of this PC; at an office that enrols others, also those of its wards and its own office."""

    def __init__(
        self,
        store: Store,
        keyring: Keyring,
        *,
        home: Path,
        office: Office,
        officer: Officer,
        now: Callable[[], datetime],
        changed: Callable[[Keyring], None] = lambda _keyring: None,
    ) -> None:
        self._store = store
        self.keyring = keyring
        self._home = home
        self._office = office
        self._officer = officer
        self._now = now
        self._changed = changed

    @property
    def _today(self) -> date:
        return self._now().date()

    # -- looking -----------------------------------------------------------------------------------------

    def devices(self) -> list[DeviceStanding]:
        """Every PC this office has enrolled."""
        return key_facts.standings(self._store, self._today)

    def kept_aside(self, device: str) -> list[KeptAside]:
        """What a revoked PC wrote after its last trusted number."""
        return key_facts.kept_aside(self._store, device)

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

    # -- the PC's own keys -------------------------------------------------------------------------------

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

    # -- a superior's wards ------------------------------------------------------------------------------

    def read_renewal(self, path: Path) -> str:
        """Takes a request for a certificate from a file; the PC's id. Raises BundleRefused, Refused."""
        self._authority()
        try:
            line = path.read_bytes()[: 64 * 1024]
        except OSError as error:
            raise Refused("file_unreadable", file=path.name) from error
        device = peek_renewal(line).device
        with self._store.writing() as connection:
            if not key_facts.note_renewal(connection, line.decode("ascii"), device):
                raise Refused("unknown_device")
        return device

    def renew(self, devices: Sequence[str] = ()) -> Done[list[Device]]:
        """New certificates for PCs that asked (all of them, unless named); they travel in the next return bundles.

        Raises Refused("not_superior" | "not_allowed").
        """
        check_right(self._officer.right, "keys.renew")
        self._authority()
        changed: list[Device] = []
        changes: list[Change] = []
        for standing in self.devices():
            if not standing.wants or (devices and standing.device.id not in devices):
                continue
            with self._store.reading() as connection:
                asked = key_facts.asked_renewal(connection, standing.device.id)
            prior = standing.certificate.sign_pub if standing.new_keys else standing.certificate.prior
            known = standing.certificate
            pair = (asked.sign_pub, asked.box_pub) if asked else (known.sign_pub, known.box_pub)
            wanted = (bytes.fromhex(pair[0]), bytes.fromhex(pair[1]))
            done = self._certify(standing.device, wanted, prior=prior, act="keys.renew")
            changed.append(done.value)
            changes += done.changes
        return Done("keys.renew", changed, tuple(changes))

    def _certify(
        self, device: Device, keys: DeviceKeys | tuple[bytes, bytes], *, prior: str | None, act: str
    ) -> Done[Device]:
        """A new certificate of a PC's same identity; at its own PC the membership takes it at once."""
        authority, member = self._authority()
        sign_pub, box_pub = (keys.sign_pub, keys.box_pub) if isinstance(keys, DeviceKeys) else keys
        before = read_certificate(device.certificate)
        own = device.id == self.keyring.device_id
        line = issue(
            certificate_for(
                sign_pub=sign_pub,
                box_pub=box_pub,
                unit=before.unit,
                series=before.series,
                tables=before.tables if own else WARD_TABLES,
                not_before=self._today,
                role=DeviceRole(before.role),
                device=device.id,
                prior=prior,
            ),
            authority.enroller,
        )
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            device = unit.change(device, certificate=line, sign_pub=sign_pub, box_pub=box_pub, granted_on=self._today)
            changes = unit.commit()
        self._store.set_fact(f"{key_facts.RENEWED}.{device.unit}", device.id)
        if own:
            self._save(replace(member, certificate_line=line))
        return Done(act, device, changes)

    def revoke(self, device: str, *, reason: Reason, last_trusted: int | None = None) -> Done[Revocations]:
        """Ends the trust in a PC after a number of its latest history (default: what is in the books).

        What it wrote later is kept aside and shown. Raises Refused("unknown_device" | "already_revoked" |
        "revoke_own" | "not_superior").
        """
        check_right(self._officer.right, "keys.revoke")
        authority, member = self._authority()
        known = self._store.find(Device, device)
        if known is None:
            raise Refused("unknown_device")
        if device == self.keyring.device_id:
            raise Refused("revoke_own")
        if key_facts.revoked_for_good(member.revocations, device):
            raise Refused("already_revoked")
        with self._store.reading() as connection:
            chains = sorted(
                (chain for chain in journal.chains(connection) if chain.device == device), key=lambda one: one.epoch
            )
        ends = [(chain.epoch, chain.seq) for chain in chains]
        if ends and last_trusted is not None:
            ends[-1] = (ends[-1][0], max(0, last_trusted))
        entries = [one for one in member.revocations.list.entries if one.device != device]
        entries += [Revocation(device=device, epoch=n, last_trusted_seq=seq, reason=reason) for n, seq in ends]
        entries.append(Revocation(device=device, epoch="*", last_trusted_seq=0, reason=reason))
        line = sign_revocations(member.revocations.version + 1, entries, authority.revoker)
        revocations = verify_revocations(line, member.root)
        self._save(replace(member, revocations=revocations))
        return Done("keys.revoke", revocations, ())

    # -- two histories, and PCs that are replaced -----------------------------------------------------------

    def write_history(self, device: str, folder: Path) -> WrittenBundle:
        """Everything this office has of a ward's books, for one of its PCs: a new one, or one whose history parted.

        Raises Refused("unknown_device" | "already_revoked" | "folder_missing"), ExportFailed.
        """
        check_right(self._officer.right, "keys.give_back")
        _authority, member = self._authority()
        known = self._store.find(Device, device)
        if known is None or known.unit == self._office.id:
            raise Refused("unknown_device")
        if key_facts.revoked_for_good(member.revocations, device):
            raise Refused("already_revoked")
        if not folder.is_dir():
            raise Refused("folder_missing", folder=folder.name)
        secrecy = Secrecy([box.secret for box in self.keyring.boxes()], ())

        def reseal(sealed: bytes, office: str, record: str, key: bytes) -> bytes:
            entitled = (key, *member.receiver.recipients(), *self._boxes_of(office, member))
            return secrecy.reseal(sealed, tuple(dict.fromkeys(entitled)), office=office, record=record)

        written = write_history(self._store, self.keyring, member, known, folder, reseal=reseal)
        self._note_given(written, known)
        return written

    def _boxes_of(self, unit: str, member: Membership) -> list[bytes]:
        """The keys of a ward's PCs that still count."""
        known = self._store.all(Device, "unit = ? ORDER BY id", (unit,))
        return [one.box_pub for one in known if not key_facts.revoked_for_good(member.revocations, one.id)]

    def _note_given(self, written: WrittenBundle, device: Device) -> None:
        line = LedgerLine(
            direction="out",
            file=written.path.name,
            outcome="written",
            at=self._now(),
            bundle=written.bundle,
            sha256=written.sha256,
            kind="snapshot",
            office=device.unit,
            device=self.keyring.device_id,
        )
        with self._store.writing() as connection:
            ledger.enter(connection, line)

    def forks(self) -> list[Fork]:
        """PCs with two histories that wait for their recovery."""
        return open_forks(self._store)

    def missing(self) -> Missing | None:
        """What the superior has of this PC and this PC no longer has."""
        return missing_here(self._store)

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

    # -- the office's own keys ---------------------------------------------------------------------------

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

    # -- inside --------------------------------------------------------------------------------------------

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
