"""Enrolment without a network: request from the new PC, grant by the superior, answer accepted by the PC.

The superior types the digits that the ward reads from its own screen (on the telephone or a stamped paper);
the ward types the digits of the superior's root. A file that was exchanged on the way has other digits.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tcd_desktop import __version__
from tcd_desktop.domain.office import Device, Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal.lines import RECORDS
from tcd_desktop.store.store import Store, write_fact
from tcd_desktop.store.unit import Change
from tcd_desktop.sync import enrolment_files as files
from tcd_desktop.sync.certificate import DeviceRole, certificate_for, issue
from tcd_desktop.sync.envelope import unseal
from tcd_desktop.sync.fingerprint import fingerprint
from tcd_desktop.sync.keyring import Authority, Keyring, Membership, load_membership, save_membership
from tcd_desktop.sync.limits import DEFAULT
from tcd_desktop.sync.office_keys import OfficeKey, sign_office_keys, verify_office_keys
from tcd_desktop.sync.peers import note_peers
from tcd_desktop.sync.refusals import BundleRefused, Code
from tcd_desktop.sync.revocation import sign_revocations, verify_revocations
from tcd_desktop.sync.root import OfficeEntry, TrustedRoot, role_keys, root_metadata, sign_root
from tcd_desktop.sync.scope import WARD_TABLES

KEY_YEARS = 3
_REQUEST_FACT = "enrolment.request"
RETURN_NO_SEEN = "return_no.seen"
AGE = b"age-encryption.org/"
_OTHER_FILE = frozenset({Code.SCHEMA.value, Code.CANON.value, Code.LIMIT.value})
"""What a file that is no signed line at all is refused with."""


@dataclass(frozen=True, slots=True)
class Request:
    """An enrolment request on its way: the file, and the digits to read aloud."""

    path: Path
    unit: str
    unit_name: str
    device: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Grant:
    """An answer file, and the digits of the root that the ward will be asked for."""

    path: Path
    device: Device
    root_fingerprint: str


class EnrolmentDesk:
    """Asks (at a ward), grants (at a superior) and accepts (at the ward)."""

    def __init__(self, store: Store, keyring: Keyring, *, office: Office, officer: Officer, today: date) -> None:
        self._store = store
        self._keyring = keyring
        self._office = office
        self._officer = officer
        self._today = today

    def request(self, target: Path) -> Request:
        """Writes this PC's request into a file, or into a folder under its usual name."""
        content = files.make_request(
            self._keyring.device,
            unit=self._office.id,
            unit_name=self._office.name,
            app_version=__version__,
            hostname=platform.node(),
        )
        path = _target(target, files.enrolment_file_name(self._office.id, self._keyring.device_id, ".req"))
        _write(path, content)
        self._store.set_fact(_REQUEST_FACT, content.decode("ascii"))
        return self._described(path, content)

    def read_request(self, path: Path) -> Request:
        """What a request file says of itself. Raises BundleRefused, Refused("enrol_own_office")."""
        content = _read(path, DEFAULT.request)
        described = self._described(path, content)
        if described.unit == self._office.id:
            raise Refused("enrol_own_office")
        return described

    @staticmethod
    def _described(path: Path, content: bytes) -> Request:
        try:
            asked = files.open_request(content)
        except BundleRefused as refused:
            if refused.code in _OTHER_FILE:
                raise Refused("not_a_request", file=path.name) from refused
            raise
        return Request(path, asked.unit, asked.unit_name, asked.device, fingerprint(content))

    def grant(self, request: Path, target: Path, *, typed: str | None) -> Done[Grant]:
        """Issues a certificate and writes the answer. `typed` None = nobody compared the digits; that is
        recorded.

        Raises BundleRefused(E_FINGERPRINT and format codes), Refused("not_superior").
        """
        authority, member = self._authority()
        content = _read(request, DEFAULT.request)
        asked = self.read_request(request)
        if typed is not None:
            files.require_fingerprint(typed, content)
        wanted = files.open_request(content)
        line = issue(
            certificate_for(
                sign_pub=bytes.fromhex(wanted.sign_pub),
                box_pub=bytes.fromhex(wanted.box_pub),
                unit=(self._office.id, wanted.unit),
                series=self._series(wanted.unit, asked.device),
                tables=WARD_TABLES,
                not_before=self._today,
            ),
            authority.enroller,
        )
        answer = files.make_answer(
            content,
            certificate=line,
            root=member.root,
            revocations=member.revocations.line,
            office_keys=member.receiver.line,
            return_no=int(self._store.fact(f"return_no.{wanted.unit}", "0")),
            superior=self._office.id,
            superior_name=self._office.name,
            enrollers=[authority.enroller],
            certificates=self._other_pcs(wanted.unit, asked.device),
        )
        path = _target(target, files.enrolment_file_name(wanted.unit, asked.device, ".ans"))
        _write(path, answer)
        device, changes = self._enter(asked, line, wanted.sign_pub, wanted.box_pub, checked=typed is not None)
        return Done("enrol.grant", Grant(path, device, files.root_fingerprint(member.root)), changes)

    def _other_pcs(self, unit: str, device: str) -> list[bytes]:
        """The certificates of the other PCs of an office, so that the new one can send to them at once."""
        known = self._store.all(Device, "unit = ? ORDER BY series, id", (unit,))
        return [other.certificate for other in known if other.id != device and other.certificate]

    def _enter(
        self, asked: Request, line: bytes, sign_pub: str, box_pub: str, *, checked: bool
    ) -> tuple[Device, tuple[Change, ...]]:
        """The register of enrolled PCs; the same PC asking again gets its newest certificate."""
        device = Device(
            id=asked.device,
            office=self._office.id,
            unit=asked.unit,
            name=asked.unit_name,
            series=self._series(asked.unit, asked.device),
            sign_pub=bytes.fromhex(sign_pub),
            box_pub=bytes.fromhex(box_pub),
            certificate=line,
            granted_on=self._today,
            fingerprint_checked=checked,
        )
        with self._store.unit(act="enrol.grant", officer=self._officer.id) as unit:
            known = unit.get(Device, device.id)
            if known is None:
                unit.put(device)
            else:
                device = unit.change(known, certificate=line, granted_on=self._today, fingerprint_checked=checked)
            return device, unit.commit()

    def _series(self, unit: str, device: str) -> str:
        """The letter of a PC's number series: A for an office's first PC, B for its second."""
        known = self._store.all(Device, "unit = ? ORDER BY granted_on, id", (unit,))
        for other in known:
            if other.id == device:
                return other.series
        taken = {other.series for other in known}
        return next(letter for letter in map(chr, range(ord("A"), ord("Z") + 1)) if letter not in taken)

    def _authority(self) -> tuple[Authority, Membership]:
        member = load_membership(self._store)
        if self._keyring.authority is None or member is None:
            raise Refused("not_superior")
        return self._keyring.authority, member

    def accept(self, path: Path, *, typed: str | None) -> Membership:
        """Installs the superior's answer. `typed` None = the root's digits were not compared.

        Raises Refused("no_request"), BundleRefused(E_FINGERPRINT, E_RECIPIENT, E_SCOPE, ...).
        """
        request = self._store.fact(_REQUEST_FACT)
        if not request:
            raise Refused("no_request")
        content = _read(path, DEFAULT.answer)
        if not content.startswith(AGE):
            raise Refused("not_an_answer", file=path.name)
        trusted = load_membership(self._store)
        answer = files.open_answer(
            content,
            keys=self._keyring.device,
            request_file=request.encode("ascii"),
            trust=trusted.root if trusted else self._first_root(content, typed),
            today=self._today,
        )
        if answer.certificate.certificate.office != self._office.id:
            raise Refused("enrol_other_office", office=answer.certificate.certificate.office)
        member = Membership(
            answer.root,
            answer.revocations,
            answer.office_keys,
            answer.certificate.line,
            answer.superior,
            answer.superior_name,
        )
        with self._store.writing() as connection:
            save_membership(connection, member)
            note_peers(connection, member, answer.certificates, self._today)
            write_fact(connection, "series", answer.certificate.certificate.series)
            write_fact(connection, RETURN_NO_SEEN, str(answer.return_no))
        self._remember_superior(member)
        return member

    def _first_root(self, content: bytes, typed: str | None) -> TrustedRoot:
        first = unseal(content, [self._keyring.device.box], limit=DEFAULT.answer).split(b"\n", 1)[0]
        return TrustedRoot.stored([first]) if typed is None else TrustedRoot.pin(first, typed)

    def _remember_superior(self, member: Membership) -> None:
        """The office's own record names who merges its books; the letterhead keeps what the ward typed."""
        with self._store.unit(act="enrol.accept", officer=self._officer.id) as unit:
            office = unit.get(Office, self._office.id)
            if office is not None:
                name = office.superior_name or member.superior_name
                unit.change(office, under=member.superior, superior_name=name)
            unit.commit()

    def digits(self) -> str:
        """The digits of the root that wards are asked to type. Raises Refused("not_enrolled")."""
        member = load_membership(self._store)
        if member is None:
            raise Refused("not_enrolled")
        return files.root_fingerprint(member.root)


def found_authority(keyring: Keyring, *, office: Office, today: date) -> Membership:
    """The first trust of an office that others send to: its root, its receiving keys, its own PC's
    certificate.
    """
    authority, boxes = keyring.authority, keyring.office
    assert authority is not None and boxes is not None
    metadata = root_metadata(
        root=role_keys(authority.root),
        enroller=role_keys(authority.enroller),
        director=role_keys(authority.director),
        revoker=role_keys(authority.revoker),
        offices=[OfficeEntry(code=office.id, name=office.name, under="")],
    )
    root = TrustedRoot.stored([sign_root(metadata, authority.root)])
    begins, ends = today.isoformat(), today.replace(year=today.year + KEY_YEARS, day=min(today.day, 28)).isoformat()
    keys = [
        OfficeKey(key=boxes.current.key_id, use="current", begins=begins, ends=ends),
        OfficeKey(key=boxes.next.key_id, use="next", begins=ends, ends=ends),
    ]
    certificate = certificate_for(
        sign_pub=keyring.device.sign_pub,
        box_pub=keyring.device.box_pub,
        unit=(office.id,),
        series="A",
        tables=RECORDS,
        not_before=today,
        role=DeviceRole.SUPERIOR,
    )
    return Membership(
        root,
        verify_revocations(sign_revocations(1, [], authority.revoker), root),
        verify_office_keys(sign_office_keys(office.id, 1, keys, authority.director), root),
        issue(certificate, authority.enroller),
        office.id,
        office.name,
    )


def _target(target: Path, name: str) -> Path:
    return target / name if target.is_dir() else target


def _write(path: Path, content: bytes) -> None:
    """A small file onto a stick. Raises Refused("file_unwritable")."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refused("file_unwritable", file=path.name) from error


def _read(path: Path, limit: int) -> bytes:
    """A small file from a stick. Raises Refused("file_missing" | "file_unreadable"), cut off above the
    limit.
    """
    try:
        if path.exists() and not path.is_file():
            raise Refused("file_unreadable", file=path.name)
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError as error:
        raise Refused("file_missing", file=path.name) from error
    except OSError as error:
        raise Refused("file_unreadable", file=path.name) from error
