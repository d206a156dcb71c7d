"""Who has not sent: for every PC of the offices below, how far its books are here and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from tcd_desktop.domain.office import Device, Office
from tcd_desktop.store.journal import journal, ledger
from tcd_desktop.store.journal.ledger import LedgerLine
from tcd_desktop.store.store import Store, read_facts
from tcd_desktop.sync.books_compared import differences
from tcd_desktop.sync.certificate import read_certificate
from tcd_desktop.sync.ops_meta import PROGRAM
from tcd_desktop.sync.refusals import BundleRefused
from tcd_desktop.sync.return_notes import WaitingStretch, waiting_stretches

LATE_DAYS = 8
"""An office that sends every week and was not heard of for longer is named first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """One PC. `last` is the number of its last entry here, `came` when it came, `days` since then (None: never).

    `waiting` are its bundles that wait for a missing one; `aside` how many of its entries are kept aside;
    `expired_on` when its certificate ended (None: it is valid); `answered` when the last receipt was written.
    `differs`: tables of its office that are not the same here though the same entries went in.
    `program` is the version of the program that wrote its newest bundle ("" = not told).
    """

    unit: str
    name: str
    device: str
    series: str
    last: int
    came: datetime | None
    days: int | None
    waiting: tuple[WaitingStretch, ...]
    aside: int
    expired_on: date | None
    answered: datetime | None
    differs: tuple[str, ...] = ()
    program: str = ""

    @property
    def late(self) -> bool:
        """Whether somebody should ring this office up."""
        return self.days is None or self.days > LATE_DAYS or bool(self.waiting) or bool(self.differs)


def senders(store: Store, *, office: str, today: date) -> list[Sender]:
    """Every enrolled PC of the other offices, those that were silent longest first."""
    devices = store.all(Device, "unit <> ?", (office,))
    names = {one.id: one.name for one in store.all(Office)}
    with store.reading() as connection:
        last: dict[str, int] = {}
        for chain in sorted(journal.chains(connection), key=lambda chain: chain.epoch):
            if chain.seq:
                last[chain.device] = chain.seq
        came = _newest(ledger.lines(connection, f"{_CAME} AND id IN ({_LAST.format(where=_CAME, key='device')})"))
        answered = ledger.lines(connection, f"{_WENT} AND id IN ({_LAST.format(where=_WENT, key='office')})")
        stretches = waiting_stretches(connection)
        sql = "SELECT device, count(*) FROM quarantine WHERE code <> 'E_UNDONE' GROUP BY device"
        aside = {row[0]: row[1] for row in connection.exec_driver_sql(sql)}
        differ = {unit: tuple(one.tables) for unit, one in differences(connection).items()}
        programs = read_facts(connection, PROGRAM)
    answers = {line.office: line.at for line in answered}
    found = [
        _sender(
            device, names.get(device.unit) or device.name, last.get(device.id, 0), came.get(device.id), today, stretches
        )
        for device in devices
    ]
    found = [
        replace(
            one,
            aside=aside.get(one.device, 0),
            answered=answers.get(one.unit),
            differs=differ.get(one.unit, ()),
            program=programs.get(one.device, ""),
        )
        for one in found
    ]
    return sorted(found, key=_most_urgent)


def _most_urgent(one: Sender) -> tuple[object, ...]:
    return not one.differs, one.days is not None, -(one.days or 0), one.unit, one.series


_CAME = "direction = 'in' AND kind = 'ops' AND outcome = 'applied' AND undone = ''"
_WENT = "direction = 'out' AND kind = 'return'"
_LAST = "SELECT max(id) FROM bundle WHERE {where} GROUP BY {key}"


def _newest(lines: list[LedgerLine]) -> dict[str, datetime]:
    return {line.device: line.at for line in lines}


def _sender(
    device: Device, name: str, last: int, came: datetime | None, today: date, stretches: list[WaitingStretch]
) -> Sender:
    return Sender(
        unit=device.unit,
        name=name,
        device=device.id,
        series=device.series,
        last=last,
        came=came,
        days=(today - came.date()).days if came else None,
        waiting=tuple(one for one in stretches if one.device == device.id),
        aside=0,
        expired_on=_expired(device.certificate, today),
        answered=None,
    )


def _expired(line: bytes, today: date) -> date | None:
    try:
        until = date.fromisoformat(read_certificate(line).not_after) if line else None
    except BundleRefused:
        return None
    return until if until is not None and until < today else None
