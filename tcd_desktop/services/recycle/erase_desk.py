"""Erasing by a decision (xóa dữ liệu theo quyết định): the content of a record and of what hangs on it, for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tcd_desktop.domain.erasure import ACT, CHOSEN, LONGEST_NUMBER, Erasure, kept_fields
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reasons import reason_line
from tcd_desktop.domain.rights import check_right
from tcd_desktop.services.done import Done
from tcd_desktop.services.recycle.scouring import scour
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.journal import erasing
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection, Store

LONGEST_REASON = 500
_HANGING: dict[str, tuple[tuple[str, str], ...]] = {
    "reception": tuple(
        (table, "reception")
        for table in ("petition", "attachment", "issued_document", "letter", "protection_request", "disclosure")
    ),
    "petition": (("letter", "petition"),),
    "case_file": tuple(
        (table, "case")
        for table in ("attachment", "issued_document", "letter", "case_step", "obligation", "protection_request")
    ),
    "letter": (("issued_document", "letter"),),
}
"""Table -> (table, its field): what goes with a record of the first."""


@dataclass(frozen=True, slots=True)
class ErasePlan:
    """What a decision would take the content of: table -> how many records. `label`: the record's number."""

    label: str
    counts: dict[str, int]


class EraseDesk:
    """Looks at what would go, and does it."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        home: Path,
        *,
        office: Office,
        officer: Officer,
        superior: bool,
        now: Callable[[], datetime],
    ) -> None:
        self._store, self._blobs, self._home = store, blobs, home
        self._office, self._officer, self._superior, self._now = office, officer, superior, now

    def preview(self, table: str, identity: str) -> ErasePlan:
        """Raises Refused("unknown_record" | "erased" | "not_allowed")."""
        check_right(self._officer.right, ACT)
        with self._store.reading() as connection:
            found = self._all(connection, table, identity)
        counts: dict[str, int] = {}
        for kind, _record in found:
            counts[kind] = counts.get(kind, 0) + 1
        return ErasePlan(_label(found[0][1]), counts)

    def erase(self, table: str, identity: str, *, number: str, decided_on: date, reason: str) -> Done[list[Erasure]]:
        """Erases for ever, here at once and at the other offices and PCs with the next bundles.

        Raises Refused("unknown_record" | "erased" | "decision_needed" | "decision_future" | "reason_needed" |
        "reason_too_long" | "not_allowed"), StoreUnavailable.
        """
        number = clean_line(number)[:LONGEST_NUMBER]
        if not number:
            raise Refused("decision_needed")
        if decided_on > self._now().date():
            raise Refused("decision_future")
        reason = reason_line(reason, LONGEST_REASON)
        with self._store.unit(act=ACT, officer=self._officer.id) as unit:
            made = []
            for kind, record in self._all(unit.connection, table, identity):
                one = Erasure(
                    id=new_id(),
                    office=unit.office,
                    unit=record.office,
                    kind=kind,
                    record=record.id,
                    number=number,
                    decided_on=decided_on,
                    reason=reason,
                    label=_label(record),
                    kept=erasing.kept_text(kind, kept_fields(kind, record, number)),
                )
                made.append(unit.put(one))
            changes = unit.commit()
        scour(self._store, self._blobs, self._home)
        return Done(ACT, made, changes)

    def erased(self) -> list[Erasure]:
        """Every decision known here, the newest first."""
        return self._store.all(Erasure, "1 ORDER BY id DESC")

    def _all(self, connection: Connection, table: str, identity: str) -> list[tuple[str, Any]]:
        """The record and what goes with it."""
        record = ROWS[table].one(connection, "id = ?", (identity,)) if table in CHOSEN else None
        if record is None or not self._may_touch(record.office):
            raise Refused("unknown_record")
        if erasing.is_erased(connection, record.office, identity):
            raise Refused("erased")
        found: dict[str, tuple[str, Any]] = {}
        self._gather(connection, table, record, found)
        return [one for one in found.values() if not erasing.is_erased(connection, one[1].office, one[1].id)]

    def _may_touch(self, office: str) -> bool:
        """An office's own records, and at a superior those of the offices below."""
        return office == self._office.id or self._superior

    def _gather(self, connection: Connection, table: str, record: Any, found: dict[str, tuple[str, Any]]) -> None:
        if record.id in found:
            return
        found[record.id] = table, record
        for kind, column in _HANGING.get(table, ()):
            for one in ROWS[kind].some(connection, f'"{column}" = ? AND office = ?', (record.id, record.office)):
                self._gather(connection, kind, one, found)
        if table == "reception":
            for kind, one in _alone(connection, record):
                self._gather(connection, kind, one, found)


def _alone(connection: Connection, visit: Any) -> Iterator[tuple[str, Any]]:
    """The case and the citizen of a visit that no other visit has."""
    for kind, column in (("case_file", "case"), ("citizen", "citizen")):
        named = getattr(visit, column)
        sql = f'SELECT count(*) FROM reception WHERE "{column}" = ? AND office = ?'
        if named and connection.exec_driver_sql(sql, (named, visit.office)).scalar_one() == 1:
            one = ROWS[kind].read(connection, visit.office, named)
            if one is not None:
                yield kind, one


def _label(record: Any) -> str:
    """Its number in a book; "" for one without."""
    label: str = getattr(record, "book_number", "")
    return label
