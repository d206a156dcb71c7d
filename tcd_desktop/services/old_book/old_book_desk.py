"""The old reception book comes in (nhập sổ cũ): in one act, and out again in one act."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from tcd_desktop.domain.cases.case_file import Petition
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.old_book.old_book import OldBook
from tcd_desktop.domain.old_book.old_book_rows import OldLine
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reasons import reason_line
from tcd_desktop.domain.receptions.reception import DRAFT_FIELDS, Reception, ReceptionDraft
from tcd_desktop.domain.receptions.reception_rules import LONG_TEXTS
from tcd_desktop.domain.terms import Direction, IdKind, Role
from tcd_desktop.jobs import Progress, SilentProgress, stop_if_cancelled
from tcd_desktop.services.cases.clocks import ANSWER, Clocks
from tcd_desktop.services.done import Done
from tcd_desktop.services.old_book.old_book_plan import Fate, Plan, Planned, Planner
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.store.figures import book_numbers
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.journal.lines import RECORDS, set_fields, table_of
from tcd_desktop.store.lists import recycle
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

LONGEST_REASON: Final = 300
STEP: Final = 50
NOTE: Final = "Nhập từ sổ cũ “{file}”, dòng {row}."
OLD_NUMBER: Final = "Số trong sổ cũ: {number}."
"""Official data are Vietnamese: these words stand in the note of the visit."""

_CITIZEN_FIELDS: Final = tuple(f.name for f in fields(Citizen) if f.name in DRAFT_FIELDS)


class Waiting(StrEnum):
    """Which of the old visits still wait for an answer (Luật Tiếp công dân Điều 28(1))."""

    RUNNING = "running"
    """Those whose ten working days are not over."""
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Source:
    """The file a book came from. `columns` is the mapping as JSON, for the record of the import."""

    file_name: str
    sha256: str
    columns: str = ""


class OldBookDesk:
    """`series` is the letter of this PC's number series."""

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        series: str,
        clocks: Clocks,
        secrecy: Secrecy,
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._series = series
        self._clocks = clocks
        self._secrecy = secrecy
        self._today = today
        self._planner = Planner(store, office=office.id, series=series, secrecy=secrecy, today=today)

    # -- reading ------------------------------------------------------------------------------------

    def plan(self, lines: Iterable[OldLine], progress: Progress | None = None) -> Plan:
        """What an import would do with these lines. Writes nothing. Raises Cancelled."""
        return self._planner.plan(lines, progress)

    def imports(self) -> list[OldBook]:
        """The earlier imports, the newest first, with those that were taken back."""
        return self._store.all(OldBook, "office = ? ORDER BY id DESC", (self._office.id,))

    def same_file(self, sha256: str) -> OldBook | None:
        """The import of exactly this file that is still in the log, or None."""
        found = self._store.all(
            OldBook, "office = ? AND sha256 = ? AND removed = '' ORDER BY id DESC LIMIT 1", (self._office.id, sha256)
        )
        return found[0] if found else None

    def worked_on(self, book: str) -> int:
        """How many visits of an import have since got an answer, a case or a printed slip."""
        return self._store.read(lambda connection: book_numbers.worked_on(connection, self._office.id, book))

    # -- acts ---------------------------------------------------------------------------------------

    def take(
        self, plan: Plan, source: Source, *, waiting: Waiting = Waiting.RUNNING, progress: Progress | None = None
    ) -> Done[OldBook]:
        """Writes the lines of a plan into the log, all in one act. Raises Refused("old_book_nothing"), Cancelled.

        The plan is made anew inside, so that visits logged meanwhile keep their numbers.
        """
        watch = progress or SilentProgress()
        plan = self._planner.plan((planned.line for planned in _fresh(plan)), watch)
        if not plan.taken:
            raise Refused("old_book_nothing")
        with self._store.unit(act="old_book.import", officer=self._officer.id) as unit:
            book = unit.put(self._book(plan, source, unit.office))
            writer = _Writer(unit, book, self._series, self._secrecy, _newest_by_number(plan))
            for done, planned in enumerate(planned for planned in plan.lines if planned.is_taken):
                if done % STEP == 0:
                    stop_if_cancelled(watch)
                    watch.step(done, plan.taken)
                writer.write(planned, self._answer_due(planned.line.draft, waiting), self._place)
            writer.raise_counters()
            stop_if_cancelled(watch)
            changes = unit.commit()
        watch.step(plan.taken, plan.taken)
        return Done("old_book.import", book, changes, unit.entry)

    def take_back(self, identity: str, reason: str, progress: Progress | None = None) -> Done[OldBook]:
        """Puts a whole import into the recycle bin: its visits and what goes with them.

        Raises Refused("unknown_record" | "removed_already" | "reason_needed" | "reason_too_long"), Cancelled.
        """
        watch = progress or SilentProgress()
        reason = reason_line(reason)
        book = self._own(identity)
        if book.removed:
            raise Refused("removed_already")
        with self._store.unit(act="old_book.remove", officer=self._officer.id) as unit:
            wanted = [("old_book", identity)]
            wanted += [("reception", one) for one in book_numbers.kept_of_batch(unit.connection, unit.office, identity)]
            wanted += book_numbers.companions_of_batch(unit.connection, unit.office, identity)
            _set_removed(unit, wanted, reason, watch)
            changes = unit.commit()
        return Done("old_book.remove", replace(book, removed=reason), changes, unit.entry)

    def put_back(self, identity: str, progress: Progress | None = None) -> Done[OldBook]:
        """Takes an import out of the recycle bin again, with everything that went in with it.

        Raises Refused("unknown_record" | "not_removed" | "old_book_numbers_taken"), Cancelled.
        """
        watch = progress or SilentProgress()
        book = self._own(identity)
        if not book.removed:
            raise Refused("not_removed")
        with self._store.unit(act="old_book.restore", officer=self._officer.id) as unit:
            book_numbers.claim(unit.connection, unit.office, identity)
            ops = recycle.removing_ops(unit.connection, "old_book", unit.office, identity)
            wanted = [(table_of(op), op.record) for op in ops if op.kind == "set" and "removed" in set_fields(op.after)]
            _set_removed(unit, [("old_book", identity), *dict.fromkeys(wanted)], "", watch, before=book.removed)
            changes = unit.commit()
        return Done("old_book.restore", replace(book, removed=""), changes, unit.entry)

    # -- parts --------------------------------------------------------------------------------------

    @property
    def _place(self) -> str:
        return self._office.reception_place or self._office.name

    def _own(self, identity: str) -> OldBook:
        book = self._store.find(OldBook, identity)
        if book is None:
            raise Refused("unknown_record")
        if book.office != self._office.id:
            raise Refused("other_office")
        return book

    def _book(self, plan: Plan, source: Source, office: str) -> OldBook:
        return OldBook(
            id=new_id(),
            office=office,
            file_name=clean_line(source.file_name)[:200] or "-",
            sha256=source.sha256,
            imported_on=self._today(),
            columns=source.columns,
            taken=plan.taken,
            refused=plan.count(Fate.REFUSED),
            repaired=plan.mended,
        )

    def _answer_due(self, draft: ReceptionDraft, waiting: Waiting) -> date | None:
        """When the citizen must have an answer; None when nobody waits any more."""
        if waiting is Waiting.NONE or draft.date is None or draft.direction is Direction.REFUSE:
            return None
        try:
            due = self._clocks.due(ANSWER, draft.date).due
        except Refused:
            return None  # a day for which the program knows no rule or no calendar
        return due if waiting is Waiting.ALL or due >= self._today() else None


class _Writer:
    """Writes the visits of one import."""

    def __init__(
        self, unit: Unit, book: OldBook, series: str, secrecy: Secrecy, newest: dict[str, ReceptionDraft]
    ) -> None:
        self._unit, self._book, self._series, self._secrecy = unit, book, series, secrecy
        self._newest = newest
        self._citizens: dict[str, str] = {}
        self._years: set[int] = set()

    def write(self, planned: Planned, answer_due: date | None, place: str) -> None:
        """One visit with its petition; a citizen who is not known yet is made from their latest visit."""
        draft = self._completed(planned, place)
        assert draft.date is not None
        identity, office = new_id(), self._unit.office
        open_fields, sealed = self._secrecy.close(draft, office=office, record=identity)
        year = draft.date.year
        visit = Reception(
            **{**{name: getattr(draft, name) for name in DRAFT_FIELDS}, **open_fields},
            id=identity,
            office=office,
            year=year,
            number=planned.number,
            series=self._series,
            sealed=sealed,
            citizen=None if draft.is_secret else self._citizen(draft),
            answer_due=answer_due,
            batch=self._book.id,
        )
        self._unit.put(visit)
        self._years.add(year)
        if visit.has_petition:
            self._unit.put(_petition(visit))

    def raise_counters(self) -> None:
        """The next visit gets the number after the highest; numbers of imports that were taken back do not count."""
        connection, office = self._unit.connection, self._unit.office
        for year in self._years:
            taken = book_numbers.taken_numbers(connection, office, year, self._series)
            book_numbers.set_last_number(connection, year, self._series, max(taken))

    def _completed(self, planned: Planned, place: str) -> ReceptionDraft:
        draft = planned.line.draft
        told = [draft.note, NOTE.format(file=self._book.file_name, row=planned.line.row)]
        if not planned.own and planned.line.number:
            told.append(OLD_NUMBER.format(number=planned.line.number))
        note = "\n".join(filter(None, told))[: LONG_TEXTS["note"]]
        return replace(draft, place=draft.place or place, note=note, id_kind=draft.id_kind or IdKind.OTHER)

    def _citizen(self, draft: ReceptionDraft) -> str | None:
        """Who is known stays as they are known: an old book never overwrites what is newer."""
        number = draft.id_number
        if not number or draft.role is not Role.SELF:
            return None
        if number not in self._citizens:
            known = ROWS["citizen"].one(
                self._unit.connection, "id_number = ? AND office = ? AND removed = ''", (number, self._unit.office)
            )
            if known is None:
                latest = self._newest.get(number, draft)
                told = {name: getattr(latest, name) for name in _CITIZEN_FIELDS}
                known = self._unit.put(Citizen(id=new_id(), office=self._unit.office, **told))
            self._citizens[number] = str(known.id)
        return self._citizens[number]


def _newest_by_number(plan: Plan) -> dict[str, ReceptionDraft]:
    """Number of the paper -> the latest visit of that person."""
    found: dict[str, ReceptionDraft] = {}
    for planned in plan.lines:
        draft = planned.line.draft
        if planned.is_taken and draft.id_number and draft.role is Role.SELF and not draft.is_secret:
            before = found.get(draft.id_number)
            if before is None or (before.date and draft.date and before.date <= draft.date):
                found[draft.id_number] = draft
    return found


def _fresh(plan: Plan) -> Iterable[Planned]:
    """The lines as they were read: what the last plan said of them is asked anew."""
    for planned in plan.lines:
        line = planned.line
        stops = tuple(doubt for doubt in line.stops if doubt.problem.code != "line_twice")
        doubts = tuple(doubt for doubt in line.doubts if doubt.problem.code not in ("number_taken", "number_missing"))
        yield replace(planned, line=replace(line, stops=stops, doubts=doubts))


def _petition(visit: Reception) -> Petition:
    assert visit.date is not None
    return Petition(
        id=new_id(),
        office=visit.office,
        reception=visit.id,
        petition_date=visit.date,
        received_on=visit.date,
        content=visit.content,
        signers=visit.people,
    )


def _set_removed(
    unit: Unit, wanted: list[tuple[str, str]], reason: str, watch: Progress, *, before: str | None = None
) -> None:
    """Sets `removed` of records; `before`: only of those that lie in the bin for this reason."""
    for done, (table, identity) in enumerate(wanted):
        if done % STEP == 0:
            stop_if_cancelled(watch)
            watch.step(done, len(wanted))
        record: Any = unit.get(RECORDS[table], identity)
        if record is None or (before is not None and record.removed != before):
            continue
        unit.change(record, removed=reason)
    watch.step(len(wanted), len(wanted))
