"""The recycle bin (thùng rác): a record leaves the lists with a reason and can come back; its number stays taken.

Nothing is erased: `removed` holds the reason, the journal says who and when. What hangs together goes and comes
together: a visit with its petition, and with a case that has no other visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import Attachment, CaseFile, Petition
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.old_book.old_book import OldBook
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reasons import reason_line
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.services.done import Done
from tcd_desktop.services.recycle.recycle_bin import RecycleBin
from tcd_desktop.services.recycle.undo import REDO, UNDO
from tcd_desktop.store.figures import book_numbers
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.lines import RECORDS, Op, set_fields, table_of, to_column
from tcd_desktop.store.journal.reversal import reverse
from tcd_desktop.store.lists import recycle
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

ACTS = {"case_file": "case", "opening_balance": "balance", "report_entry": "report"}
"""Table -> the first word of its acts, where it is not the table's own name."""

REMOVED_HERE = frozenset(
    {"reception", "case_file", "attachment", "sitting", "conclusion", "link", "phrase", "old_book"}
)
"""Tables whose records this desk puts into the bin; those of the others are taken out where they are made."""

BY_ITSELF = REMOVED_HERE | {"opening_balance", "report_entry", "class_tag", "own_text"}
"""Tables whose records come back one by one; a record of another one comes back with all of the act that removed it."""

ONE_EACH: dict[str, tuple[str, ...]] = {
    "opening_balance": ("form", "column"),
    "report_entry": ("period", "form", "column"),
    "class_tag": ("name", "classification", "since"),
    "own_text": ("kind", "since"),
}
"""Table -> what only one living record may have."""

TOLD = frozenset({"slip_printed", "case_goes", "case_stays", "answered"})
"""Consequences that a person must have been told before a record is removed."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a removal: `code` names the sentence, `name` a number in a book, `count` how many."""

    code: str
    name: str = ""
    count: int = 0
    on: date | None = None


class RecycleDesk:
    """Acts on records of this office; `bin` reads what lies in it."""

    def __init__(self, store: Store, *, office: Office, officer: Officer) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self.bin = RecycleBin(store, office=office)

    # -- what follows -------------------------------------------------------------------------------

    def consequences(self, table: str, identity: str) -> list[Consequence]:
        """What a person should know before removing a record. Raises Refused("unknown_record" | "other_office")."""
        record = self._own(table, identity)
        if isinstance(record, Reception):
            return self._of_visit(record)
        if isinstance(record, CaseFile):
            return self._of_case(record)
        return []

    def _of_visit(self, visit: Reception) -> list[Consequence]:
        found = [Consequence("number_kept", visit.book_number)]
        with self._store.reading() as connection:
            slips = recycle.printed_slips(connection, visit.office, visit.id)
            papers = recycle.kept_ids(connection, "attachment", "reception", visit.office, visit.id)
            others = recycle.kept_ids(connection, "reception", "case", visit.office, visit.case) if visit.case else []
        if slips:
            found.append(Consequence("slip_printed", count=slips))
        if visit.answered_on:
            found.append(Consequence("answered", on=visit.answered_on))
        case = self._store.find_own(CaseFile, visit.case) if visit.case else None
        if case is not None and not case.removed:
            alone = set(others) <= {visit.id}
            found.append(Consequence("case_goes" if alone else "case_stays", case.book_number, len(others) - 1))
        if papers:
            found.append(Consequence("papers", count=len(papers)))
        return found

    def _of_case(self, case: CaseFile) -> list[Consequence]:
        found = [Consequence("number_kept", case.book_number)]
        with self._store.reading() as connection:
            visits = recycle.kept_ids(connection, "reception", "case", case.office, case.id)
            papers = recycle.kept_ids(connection, "attachment", "case", case.office, case.id)
        if visits:
            found.append(Consequence("visits_stay", count=len(visits)))
        if papers:
            found.append(Consequence("papers", count=len(papers)))
        return found

    # -- acts ---------------------------------------------------------------------------------------

    def remove(self, table: str, identity: str, reason: str, *, told: frozenset[str] = frozenset()) -> Done[Any]:
        """Puts a record into the bin; `told` are the codes of the consequences that were told.

        Raises Refused("unknown_record" | "other_office" | "removed_already" | "reason_needed" | "reason_too_long" |
        "consequences_untold").
        """
        reason = reason_line(reason)
        record = self._own(table, identity)
        if table not in REMOVED_HERE:
            raise Refused("unknown_record")
        if record.removed:
            raise Refused("removed_already")
        if {one.code for one in self.consequences(table, identity)} & TOLD - told:
            raise Refused("consequences_untold")
        act = _act(table, "remove")
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            after = unit.change(record, removed=reason)
            if isinstance(record, Reception):
                self._take_along(unit, record, reason)
            elif isinstance(record, CaseFile):
                _let_go(unit, record)
            return Done(act, after, unit.commit(), unit.entry)

    def _take_along(self, unit: Unit, visit: Reception, reason: str) -> None:
        """The visit's petition, a case of its own, and a citizen nobody else's visit names."""
        for petition in self._store.all(Petition, "reception = ? AND removed = ''", (visit.id,)):
            unit.change(petition, removed=reason)
        connection, office = unit.connection, unit.office
        if visit.case and not recycle.kept_ids(connection, "reception", "case", office, visit.case):
            case = unit.get(CaseFile, visit.case)
            if case is not None and not case.removed:
                unit.change(case, removed=reason)
        if visit.citizen and not recycle.kept_ids(connection, "reception", "citizen", office, visit.citizen):
            citizen = unit.get(Citizen, visit.citizen)
            if citizen is not None and not citizen.removed:
                unit.change(citizen, removed=reason)

    def restore(self, table: str, identity: str) -> Done[Any]:
        """Takes a record out of the bin, with what went together with it.

        Raises Refused("unknown_record" | "other_office" | "not_removed" | "owner_removed" | "old_book_numbers_taken" |
        "place_taken" | "removed_elsewhere" | "changed_since" | "rested_on").
        """
        record = self._own(table, identity)
        if not record.removed:
            raise Refused("not_removed")
        self._check_owner(record)
        self._check_place(table, record)
        if table not in BY_ITSELF:
            return self._as_before(table, record)
        act = _act(table, "restore")
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            if isinstance(record, OldBook):
                book_numbers.claim(unit.connection, unit.office, identity)
            after = unit.change(record, removed="")
            ops = recycle.removing_ops(unit.connection, table, unit.office, identity)
            for op in ops:
                if op.kind == "set" and "removed" in set_fields(op.after) and _together(unit, op, record):
                    self._bring_back(unit, op)
            for op in ops:
                _tie_again(unit, op, record)
            return Done(act, after, unit.commit(), unit.entry)

    def _as_before(self, table: str, record: Any) -> Done[Any]:
        """Takes the act back that put a record into the bin: all that it did belongs together (a step and the state of
        its case). Only the PC that did it can."""
        with self._store.reading() as connection:
            removal = recycle.removal_of(connection, table, self._office.id, record.id)
            ops = journal.own_entry(connection, removal.entry) if removal else []
        if removal is None or not any(op.record == record.id and recycle.touches(op, table, "removed") for op in ops):
            raise Refused("removed_elsewhere")
        act = taken_back(removal.act)
        with self._store.unit(act=act, officer=self._officer.id, undoes=removal.entry) as unit:
            reverse(unit, removal.entry, record.removed)
            return Done(act, unit.get(type(record), record.id), unit.commit(), unit.entry)

    def _check_place(self, table: str, record: Any) -> None:
        """Where only one may stand, nothing comes back beside what stands there now."""
        names = ONE_EACH.get(table, ())
        if not names:
            return
        where = " AND ".join(f'"{name}" = ?' for name in names)
        values = tuple(to_column(getattr(record, name)) for name in names)
        if self._store.all(type(record), f"office = ? AND removed = '' AND {where}", (self._office.id, *values)):
            raise Refused("place_taken")

    def _bring_back(self, unit: Unit, op: Op) -> None:
        companion: Any = unit.get(RECORDS[table_of(op)], op.record)
        if companion is not None and companion.removed == set_fields(op.after)["removed"]:
            unit.change(companion, removed="")

    def _check_owner(self, record: Any) -> None:
        """A paper cannot come back to a visit or case that is in the bin itself."""
        if not isinstance(record, Attachment):
            return
        owners: list[Any] = [
            self._store.find_own(kind, owner)
            for kind, owner in ((Reception, record.reception), (CaseFile, record.case))
            if owner
        ]
        if owners and all(owner is None or owner.removed for owner in owners):
            raise Refused("owner_removed")

    def _own(self, table: str, identity: str) -> Any:
        record: Any = self._store.find(RECORDS[table], identity)
        if record is None:
            raise Refused("unknown_record")
        if record.office != self._office.id:
            raise Refused("other_office")
        return record


def _act(table: str, verb: str) -> str:
    return f"{ACTS.get(table, table)}.{verb}"


def taken_back(act: str) -> str:
    """The name of the act that takes an act back: of an undo it is a redo."""
    return act.removesuffix(UNDO) + REDO if act.endswith(UNDO) else act.removesuffix(REDO) + UNDO


def _let_go(unit: Unit, case: CaseFile) -> None:
    """The visits and petitions of a removed case stay in the book, without a case."""
    for kind, table in ((Reception, "reception"), (Petition, "petition")):
        for identity in recycle.kept_ids(unit.connection, table, "case", unit.office, case.id):
            held: Any = unit.get(kind, identity)
            unit.change(held, case=None)


def _together(unit: Unit, op: Op, record: Any) -> bool:
    """Whether a record that was removed by the same act belongs to the one that comes back."""
    if op.record == record.id:
        return False
    other: Any = unit.get(RECORDS[table_of(op)], op.record)
    if isinstance(record, OldBook):
        return True  # all that the taking back of an import touched is its own
    pair = (record, other) if isinstance(record, Reception) else (other, record)
    match pair:
        case (Reception() as visit, Petition() as petition):
            return petition.reception == visit.id
        case (Reception() as visit, CaseFile() as case):
            return visit.case == case.id or case.reception == visit.id
        case (Reception() as visit, Citizen() as citizen):
            return visit.citizen == citizen.id
    return False


def _tie_again(unit: Unit, op: Op, record: Any) -> None:
    """What lost its case by the removal has it again, unless it has another one by now."""
    table = table_of(op)
    if table not in ("reception", "petition") or not recycle.touches(op, table, "case"):
        return
    held: Any = unit.get(RECORDS[table], op.record)
    before = set_fields(op.before).get("case")
    case = unit.get(CaseFile, before) if before else None
    if held is None or held.case is not None or case is None or case.removed:
        return
    if record.id in (held.id, case.id, getattr(held, "reception", "")):
        unit.change(held, case=case.id)
