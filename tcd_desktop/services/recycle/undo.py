"""Undo and redo of every act (hoàn tác, làm lại): the officer's own acts of today on this PC, newest first.

The list is what the journal says, so it outlives the program. Undoing writes the act `<act>.undo`, redoing
`<act>.redo`; a new act forgets what could have been redone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from threading import Lock

from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.clock import stamp_time
from tcd_desktop.store.journal.lines import RECORDS
from tcd_desktop.store.journal.own_tail import OwnTail
from tcd_desktop.store.journal.reversal import FIXED, reverse
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

UNDO, REDO = ".undo", ".redo"
APART = frozenset({"denunciation.reveal", "office.found"})
"""A look changes no data, and before the founding there is no office: neither undone nor in the way."""

SUBJECTS = (
    *("letter", "own_text", "reception", "case_file", "sitting", "day_off", "link", "phrase", "old_book"),
    *("attachment", "citizen"),
)
"""Of the tables an act touched, the first of these is what it was about."""

REASON = "Hoàn tác"
"""Why a record lies in the recycle bin when its creation was undone and nobody gave other words."""


@dataclass(frozen=True, slots=True)
class Step:
    """An act that can be named: `entry` is the journal entry that last did (or undid) it.

    `table`, `record`: what it was about; `name`: its number in the book or its day, "" when it has none; `count`:
    how many such records (a group's visits). `fixed`: it stays done, whatever is asked.
    """

    entry: str
    act: str
    at: datetime
    table: str = ""
    record: str = ""
    count: int = 0
    fixed: bool = False
    name: str = ""


@dataclass(slots=True)
class Stack:
    """What is done and what was undone, the newest last."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def take(self, step: Step, undoes: str) -> None:
        """Takes the next entry of the journal; `undoes` is the entry it reverses."""
        if step.act in APART:
            return
        if not undoes:
            self.undone.clear()
            if not step.act.endswith((UNDO, REDO)):
                self.done.append(step)
            return
        came, went = (self.undone, self.done) if step.act.endswith(UNDO) else (self.done, self.undone)
        for at, known in enumerate(went):
            if known.entry == undoes:
                came.append(replace(went.pop(at), entry=step.entry, at=step.at))
                return


class UndoDesk:
    """Safe to ask from several threads. `forget_clocks` is called when a day off came or went."""

    def __init__(
        self, store: Store, *, officer: Officer, forget_clocks: Callable[[], None], now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._officer = officer
        self._forget_clocks = forget_clocks
        self._tail = OwnTail(store, f"{int(datetime.combine(now().date(), time()).timestamp() * 1000):013d}")
        self._stack = Stack()
        self._lock = Lock()

    # -- what there is ------------------------------------------------------------------------------

    def recent(self, limit: int = 20) -> list[Step]:
        """The latest acts that are done, newest first."""
        done = self._now_done()[0]
        return self._named(done[::-1][:limit])

    def next_undo(self) -> Step | None:
        """What `undo` would take back (or refuse to)."""
        return next(iter(self.recent(1)), None)

    def next_redo(self) -> Step | None:
        """What `redo` would do again."""
        undone = self._now_done()[1]
        return next(iter(self._named(undone[-1:])), None)

    # -- acts ---------------------------------------------------------------------------------------

    def undo(self, entry: str = "", *, reason: str = REASON) -> Done[Step]:
        """Takes the latest act back, or the one of an entry.

        Raises Refused("nothing_to_undo" | "not_reversible" | "changed_since" | "rested_on" | "slip_issued").
        """
        step = _chosen(self._now_done()[0], entry)
        if step is None:
            raise Refused("nothing_to_undo")
        return self._reverse(step, UNDO, reason)

    def path_to(self, entry: str) -> list[str]:
        """The entries to undo, in order, so that everything down to one is taken back; what stays done is left out.

        Raises Refused("nothing_to_undo").
        """
        done = self._now_done()[0]
        at = next((at for at, step in enumerate(done) if step.entry == entry), None)
        if at is None:
            raise Refused("nothing_to_undo")
        return [*(step.entry for step in done[:at:-1] if not step.fixed), entry]

    def redo(self, *, reason: str = REASON) -> Done[Step]:
        """Does again what was undone last. Raises Refused("nothing_to_redo" | "changed_since" | ...)."""
        step = _chosen(self._now_done()[1], "")
        if step is None:
            raise Refused("nothing_to_redo")
        return self._reverse(step, REDO, reason)

    def _reverse(self, step: Step, ending: str, reason: str) -> Done[Step]:
        act = step.act + ending
        with self._store.unit(act=act, officer=self._officer.id, undoes=step.entry) as unit:
            self._check_paper(unit, step, ending)
            reverse(unit, step.entry, reason)
            if not unit.changes:
                raise Refused("nothing_to_undo")
            changes = unit.commit()
        if any(change.table == "day_off" for change in changes):
            self._forget_clocks()
        return Done(act, self._named([step])[0], changes, unit.entry)

    def _check_paper(self, unit: Unit, step: Step, ending: str) -> None:
        """A visit whose slip the citizen has in hand leaves the book only through the recycle bin."""
        if ending != UNDO:
            return
        if step.act == "letter.issue" and ROWS["issued_document"].one(
            unit.connection, "letter = ? AND office = ?", (step.record, unit.office)
        ):
            raise Refused("letter_printed")
        for op in journal.own_entry(unit.connection, step.entry):
            if op.kind == "put" and ROWS["issued_document"].one(
                unit.connection, '? IN (reception, "case") AND office = ?', (op.record, unit.office)
            ):
                raise Refused("slip_issued")

    # -- the journal's tail -------------------------------------------------------------------------

    def _now_done(self) -> tuple[list[Step], list[Step]]:
        with self._lock:
            for piece in self._tail.fresh():
                if piece[0].officer == self._officer.id:
                    self._stack.take(_step(piece), piece[0].undoes)
            return list(self._stack.done), list(self._stack.undone)

    def _named(self, steps: list[Step]) -> list[Step]:
        return [replace(step, name=self._name(step)) for step in steps]

    def _name(self, step: Step) -> str:
        if step.table not in RECORDS:
            return ""
        record = self._store.find_own(RECORDS[step.table], step.record)
        number, day = getattr(record, "book_number", ""), getattr(record, "day", None)
        return str(number) if number else (f"{day:%d/%m/%Y}" if day else "")


def _chosen(steps: list[Step], entry: str) -> Step | None:
    if not entry:
        return steps[-1] if steps else None
    return next((step for step in steps if step.entry == entry), None)


def _step(piece: list[journal.OpHead]) -> Step:
    """What an entry was about, from the heads of its operations."""
    tables = {head.table for head in piece}
    table = next((name for name in SUBJECTS if name in tables), "")
    about = [head for head in piece if head.table == table]
    return Step(
        entry=piece[0].entry,
        act=piece[0].act,
        at=stamp_time(piece[-1].at),
        table=table,
        record=about[0].record if about else "",
        count=len({head.record for head in about}),
        fixed=not FIXED.isdisjoint(tables),
    )
