"""Hoàn tác một lần nhập: an officer takes a whole import back, with a reason that the sender reads in the answer.

The act is one entry of this office's own journal (`UndoneImport`), which travels down like a directive. The next
receipt goes back to what is left, so the sender's PC sends the entries again; the same stick can be imported again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.undone_import import UndoneImport
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal import ledger
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.journal.undo_merge import UndoPlan, plan_of, undo
from tcd_desktop.store.store import Store

ACT = "exchange.undo_import"
MOST_REASON = 500


class UndoImportDesk:
    """One method to look, one to act."""

    def __init__(self, store: Store, *, officer: Officer, now: Callable[[], datetime]) -> None:
        self._store = store
        self._officer = officer
        self._now = now

    def preview(self, bundle: str) -> UndoPlan:
        """What would leave the books, and what stops it. Raises Refused (see `undo_merge.plan_of`)."""
        return self._store.read(lambda connection: plan_of(connection, bundle))

    def undo(self, bundle: str, reason: str) -> Done[UndoneImport]:
        """Takes the import of a bundle back, all or nothing. Raises Refused (also "reason_needed", "undo_built_on")."""
        reason = " ".join(reason.split())
        if not reason:
            raise Refused("reason_needed")
        now = self._now()
        with self._store.unit(act=ACT, officer=self._officer.id) as unit:
            plan = undo(unit.connection, bundle, at=now.isoformat(timespec="seconds"))
            undone = unit.put(
                UndoneImport(
                    id=new_id(),
                    office=unit.office,
                    unit=plan.chain.office,
                    device=plan.chain.device,
                    epoch=plan.chain.epoch,
                    first=plan.first,
                    last=plan.last,
                    bundle=bundle,
                    reason=reason[:MOST_REASON],
                )
            )
            line = replace(plan.line, outcome="undone", at=now, first=plan.first, last=plan.last, balance=None, fresh=0)
            ledger.enter(unit.connection, line)
            return Done(ACT, undone, unit.commit(), unit.entry)
