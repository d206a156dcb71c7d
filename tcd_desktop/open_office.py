"""An office folder, founded or opened with a password: the desks of one officer over one store.

    home/office.json   what the sign-in page may know (store.vault)
    home/tcd.db        the encrypted database
    home/device.key    this PC's secrets, encrypted (sync.keyring)
    home/blobs/        attachments and printed PDFs, encrypted
    home/inbox/        bundles that wait for a missing one
    home/high-water/   how far this PC has come, in case the database is put back from a copy (store.high_water)

This is the part of the composition that the window and the command line share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tcd_desktop import paths
from tcd_desktop.domain.office import OFFICE_CODE, Device, Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.domain.receipt_slip import ReceiptSlip
from tcd_desktop.domain.terms import OfficeKind, OfficerRight
from tcd_desktop.domain.text import clean_line
from tcd_desktop.services.board import Board
from tcd_desktop.store.blobs import Blobs
from tcd_desktop.store.clock import new_id
from tcd_desktop.store.high_water import FOLDER as HIGH_WATER
from tcd_desktop.store.high_water import HighWater
from tcd_desktop.store.store import Store
from tcd_desktop.store.vault import Cost, Face, MasterKey, check_password, open_slot, read_face, write_face
from tcd_desktop.sync.keyring import Authority, Keyring, load_membership, save_membership, sealing_keys
from tcd_desktop.sync.keys import DeviceKeys, OfficeKeys

if TYPE_CHECKING:
    from tcd_desktop.services.attachment_desk import AttachmentDesk
    from tcd_desktop.services.balance_desk import BalanceDesk
    from tcd_desktop.services.calendar_desk import CalendarDesk
    from tcd_desktop.services.case_desk import CaseDesk
    from tcd_desktop.services.citizens import CitizenDesk
    from tcd_desktop.services.clocks import Clocks
    from tcd_desktop.services.conclusion_desk import ConclusionDesk
    from tcd_desktop.services.directive_desk import DirectiveDesk
    from tcd_desktop.services.drafts_desk import DraftsDesk
    from tcd_desktop.services.inspection_desk import InspectionDesk
    from tcd_desktop.services.links import LinkDesk
    from tcd_desktop.services.old_book_desk import OldBookDesk
    from tcd_desktop.services.paper_reader import PaperReader
    from tcd_desktop.services.petition_desk import PetitionDesk
    from tcd_desktop.services.phrase_desk import PhraseDesk
    from tcd_desktop.services.reception_desk import ReceptionDesk
    from tcd_desktop.services.recycle_desk import RecycleDesk
    from tcd_desktop.services.reminder_desk import ReminderDesk
    from tcd_desktop.services.review_desk import ReviewDesk
    from tcd_desktop.services.secrecy import Secrecy
    from tcd_desktop.services.sitting_desk import SittingDesk
    from tcd_desktop.services.slip_desk import SlipDesk
    from tcd_desktop.services.staged_desk import StagedDesk
    from tcd_desktop.services.step_desk import StepDesk
    from tcd_desktop.services.undo import UndoDesk
    from tcd_desktop.store.check import Fault
    from tcd_desktop.sync.enrolment import EnrolmentDesk
    from tcd_desktop.sync.inbox import Inbox
    from tcd_desktop.sync.outbox import Outbox

T = TypeVar("T")
_DESKS = (
    *("_series", "_secrecy", "receptions", "cases", "slips", "calendar", "sittings", "conclusions", "board", "undo"),
    *("attachments", "staged", "recycle", "drafts"),
    *("links", "citizens", "steps", "directives", "reminders", "reviews", "inspections", "petitions"),
    *("old_books", "balances", "phrases"),
    *("enrolment", "outbox", "inbox"),
)
"""What is made anew when the office's record or its membership has changed."""
DATABASE = "tcd.db"
LONGEST_NAME = 200
"""Of an office, in letters: what a certificate request carries."""
BLOBS = "blobs"
INBOX = "inbox"


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


def system_now() -> datetime:
    """The PC's own time."""
    return datetime.now()


def _milliseconds(now: Callable[[], datetime]) -> Callable[[], int]:
    """The journal's clock is the office's clock."""
    return lambda: int(now().timestamp() * 1000)


def _marks(home: Path, practice: bool) -> HighWater:
    """In the office's folder, and in the user's own in case the whole folder is put back from a copy."""
    folders = [home / HIGH_WATER]
    if not practice:
        folders.append(paths.config_folder() / HIGH_WATER)
    return HighWater(folders)


def render_slip(slip: ReceiptSlip) -> bytes:
    """The slip as PDF; ReportLab is imported when the first one is made."""
    from tcd_desktop.documents.receipt_slip import render_receipt_slip

    return render_receipt_slip(slip)


def slip_instrument(on: date) -> str:
    """The instrument whose Mẫu số 02/TCD is in force on a day, as the form pack names it."""
    from tcd_desktop.documents.form_pack import form_for
    from tcd_desktop.documents.receipt_slip import FORM

    return form_for(FORM, on).instrument


class OpenOffice:
    """Everything an officer can do in an office, as desks. Close it when the officer leaves.

    A desk is made, and its modules are imported, when it is first asked for.
    """

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
        self.keyring = Keyring.load(home, master)
        self.blobs = Blobs(home / BLOBS, master.derive("blobs"))
        self.officer = _found(store.find_own(Officer, officer_id))
        self.office = _found(store.find_own(Office, face.code))
        self._now = now

    # -- the desks ----------------------------------------------------------------------------------

    @cached_property
    def clocks(self) -> Clocks:
        """Deadlines under the law and the office's own days off."""
        from tcd_desktop import law
        from tcd_desktop.services.clocks import Clocks

        return Clocks(self.store, law.law_book(), law.calendar_for)

    @cached_property
    def _series(self) -> str:
        return self.store.fact("series", "A")

    @cached_property
    def _secrecy(self) -> Secrecy:
        from tcd_desktop.services.secrecy import Secrecy

        keyring = self.keyring
        box = keyring.office.current if keyring.office else keyring.device.box
        return Secrecy(box.secret, sealing_keys(keyring, load_membership(self.store)))

    @cached_property
    def receptions(self) -> ReceptionDesk:
        """The log of visits (sổ tiếp công dân)."""
        from tcd_desktop.services.reception_desk import ReceptionDesk

        return ReceptionDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            series=self._series,
            clocks=self.clocks,
            secrecy=self._secrecy,
            today=self.today,
        )

    @cached_property
    def cases(self) -> CaseDesk:
        """The case files and their papers."""
        from tcd_desktop.services.case_desk import CaseDesk

        return CaseDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            series=self._series,
            clocks=self.clocks,
            today=self.today,
        )

    @cached_property
    def steps(self) -> StepDesk:
        """The steps of matters and their clocks."""
        from tcd_desktop.services.step_desk import StepDesk

        return StepDesk(self.store, office=self.office, officer=self.officer, clocks=self.clocks, today=self.today)

    @cached_property
    def directives(self) -> DirectiveDesk:
        """Words from above that have to be carried out."""
        from tcd_desktop.services.directive_desk import DirectiveDesk

        return DirectiveDesk(self.store, office=self.office, officer=self.officer, today=self.today)

    @cached_property
    def reminders(self) -> ReminderDesk:
        """Letters that chase what is late."""
        from tcd_desktop.services.reminder_desk import ReminderDesk

        return ReminderDesk(self.store, office=self.office, officer=self.officer, today=self.today)

    @cached_property
    def reviews(self) -> ReviewDesk:
        """The review of crowded, complex and long-running cases."""
        from tcd_desktop import law
        from tcd_desktop.services.review_desk import ReviewDesk

        return ReviewDesk(
            self.store, office=self.office, officer=self.officer, rules=law.review_rules(), today=self.today
        )

    @cached_property
    def inspections(self) -> InspectionDesk:
        """Inspection of how an office keeps the rules."""
        from tcd_desktop import law
        from tcd_desktop.services.inspection_desk import InspectionDesk

        return InspectionDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            clocks=self.clocks,
            duties=law.reception_duties(),
            today=self.today,
        )

    @cached_property
    def petitions(self) -> PetitionDesk:
        """The petition book (sổ đơn)."""
        from tcd_desktop.services.petition_desk import PetitionDesk

        return PetitionDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            series=self._series,
            clocks=self.clocks,
            secrecy=self._secrecy,
            today=self.today,
        )

    @cached_property
    def attachments(self) -> AttachmentDesk:
        """The papers kept with visits and cases."""
        from tcd_desktop.documents import scans
        from tcd_desktop.services.attachment_desk import AttachmentDesk
        from tcd_desktop.services.paper_checks import PaperChecks

        return AttachmentDesk(
            self.store,
            self.blobs,
            office=self.office,
            officer=self.officer,
            checks=PaperChecks(scans),
            today=self.today,
        )

    @cached_property
    def phrases(self) -> PhraseDesk:
        """The phrases that "/" offers in a text."""
        from tcd_desktop.phrases import shipped_phrases
        from tcd_desktop.services.phrase_desk import PhraseDesk

        return PhraseDesk(self.store, office=self.office, officer=self.officer, shipped=shipped_phrases())

    @cached_property
    def paper_reader(self) -> PaperReader:
        """Reads the words of papers for the search."""
        from tcd_desktop.documents.paper_text import text_of
        from tcd_desktop.services.paper_reader import PaperReader

        return PaperReader(self.store, self.blobs, text_of)

    @cached_property
    def staged(self) -> StagedDesk:
        """The papers of visits that are not saved yet."""
        from tcd_desktop.documents import scans
        from tcd_desktop.services.paper_checks import PaperChecks
        from tcd_desktop.services.staged_desk import StagedDesk

        return StagedDesk(self.store, self.blobs, self.attachments, PaperChecks(scans), today=self.today)

    @cached_property
    def slips(self) -> SlipDesk:
        """The receipt slips (giấy biên nhận)."""
        from tcd_desktop.services.slip_desk import SlipDesk

        return SlipDesk(
            self.store,
            self.blobs,
            office=self.office,
            officer=self.officer,
            secrecy=self._secrecy,
            render=render_slip,
            instrument_on=slip_instrument,
            now=self._now,
            practice=self.face.practice,
        )

    @cached_property
    def calendar(self) -> CalendarDesk:
        """The office's own days off."""
        from tcd_desktop.services.calendar_desk import CalendarDesk

        return CalendarDesk(self.store, officer=self.officer, clocks=self.clocks)

    @cached_property
    def sittings(self) -> SittingDesk:
        """The head's receptions (lịch tiếp công dân của lãnh đạo)."""
        from tcd_desktop import law
        from tcd_desktop.services.sitting_desk import SittingDesk

        return SittingDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            clocks=self.clocks,
            duties=law.reception_duties(),
            today=self.today,
        )

    @cached_property
    def conclusions(self) -> ConclusionDesk:
        """What the head directed there (kết luận tại buổi tiếp)."""
        from tcd_desktop.services.conclusion_desk import ConclusionDesk

        return ConclusionDesk(self.store, office=self.office, officer=self.officer, today=self.today)

    @cached_property
    def board(self) -> Board:
        """Figures to act on."""
        return Board(self.store, office=self.office, today=self.today)

    @cached_property
    def links(self) -> LinkDesk:
        """Visits that may be the same, and how visits belong together."""
        from tcd_desktop.services.links import LinkDesk

        return LinkDesk(self.store, office=self.office, officer=self.officer)

    @cached_property
    def citizens(self) -> CitizenDesk:
        """The citizens this office knows (công dân)."""
        from tcd_desktop.services.citizens import CitizenDesk

        return CitizenDesk(self.store, office=self.office, officer=self.officer, today=self.today)

    @cached_property
    def undo(self) -> UndoDesk:
        """Taking acts back and doing them again."""
        from tcd_desktop.services.undo import UndoDesk

        return UndoDesk(self.store, officer=self.officer, forget_clocks=self._forget_clocks, now=self._now)

    def _forget_clocks(self) -> None:
        """The days off have changed; nothing to forget while no deadline was computed (law is imported for that)."""
        if "clocks" in self.__dict__:
            self.clocks.forget()

    @cached_property
    def drafts(self) -> DraftsDesk:
        """What was typed and not saved."""
        from tcd_desktop.services.drafts_desk import DraftsDesk

        return DraftsDesk(self.store, officer=self.officer)

    @cached_property
    def recycle(self) -> RecycleDesk:
        """The recycle bin (thùng rác)."""
        from tcd_desktop.services.recycle_desk import RecycleDesk

        return RecycleDesk(self.store, office=self.office, officer=self.officer)

    @cached_property
    def old_books(self) -> OldBookDesk:
        """Old reception books that come in, and go out again, whole."""
        from tcd_desktop.services.old_book_desk import OldBookDesk

        return OldBookDesk(
            self.store,
            office=self.office,
            officer=self.officer,
            series=self._series,
            clocks=self.clocks,
            secrecy=self._secrecy,
            today=self.today,
        )

    @cached_property
    def balances(self) -> BalanceDesk:
        """Figures of reports from before this program counted (số dư đầu kỳ)."""
        from tcd_desktop.services.balance_desk import BalanceDesk

        return BalanceDesk(self.store, officer=self.officer)

    @cached_property
    def enrolment(self) -> EnrolmentDesk:
        """How this PC, or the PCs of wards, come to be trusted."""
        from tcd_desktop.sync.enrolment import EnrolmentDesk

        return EnrolmentDesk(self.store, self.keyring, office=self.office, officer=self.officer, today=self.today())

    @cached_property
    def outbox(self) -> Outbox:
        """Bundles onto sticks."""
        from tcd_desktop.sync.outbox import Outbox

        return Outbox(self.store, self.keyring, office=self.office, now=self._now)

    @cached_property
    def inbox(self) -> Inbox:
        """Bundles from sticks."""
        from tcd_desktop.sync.inbox import Inbox

        return Inbox(self.store, self.keyring, folder=self.home / INBOX, now=self._now)

    # -- the office ---------------------------------------------------------------------------------

    @property
    def is_superior(self) -> bool:
        """Whether other offices send their books here."""
        return self.face.kind is OfficeKind.DISTRICT

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

    def refresh(self) -> None:
        """Takes notice of changes of the office's own record, its officers or its membership."""
        self.office = _found(self.store.find_own(Office, self.face.code))
        self.officer = _found(self.store.find_own(Officer, self.officer.id))
        for desk in _DESKS:
            self.__dict__.pop(desk, None)

    def check(self) -> list[Fault]:
        """What is wrong with the office's data."""
        from tcd_desktop.store.check import check_store

        return check_store(self.store, self.blobs)

    def repair_search(self) -> None:
        """Makes the search indexes anew from the log and the citizens."""
        from tcd_desktop.store.citizen_search import rebuild_citizens
        from tcd_desktop.store.search import rebuild

        with self.store.writing() as connection:
            rebuild(connection)
            rebuild_citizens(connection)

    def close(self) -> None:
        """Lets go of the files."""
        self.store.close()


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
        now=_milliseconds(now),
        marks=_marks(home, form.practice),
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
    slots = [slot for slot in face.slots if officer in ("", slot.officer, slot.name)]
    if not slots:
        raise Refused("unknown_officer")
    for slot in slots:
        try:
            master = open_slot(slot, password)
        except Refused:
            continue
        marks = _marks(home, face.practice)
        store = Store.open(home / DATABASE, master.derive("database"), now=_milliseconds(now), marks=marks)
        return OpenOffice(home, face, store, master, slot.officer, now=now)
    raise Refused("wrong_password")


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


def _found(record: T | None) -> T:
    if record is None:
        raise LookupError("the office's own record is missing")
    return record
