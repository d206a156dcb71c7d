"""From the small QR on a paper back to its record: the visit of a slip, the letter of a letter."""

from __future__ import annotations

from dataclasses import dataclass

from tcd_desktop.domain.letters.letter import Letter
from tcd_desktop.domain.office import Office
from tcd_desktop.domain.papers.paper_code import RECEIPT_SLIP, PaperCode
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception, book_number
from tcd_desktop.store.store import Store

_NUMBERED = "office = ? AND year = ? AND number = ? AND series IN (?, ?)"


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """The desk that shows a record ("receptions", "letters") and its id."""

    desk: str
    id: str


def record_of(store: Store, code: PaperCode) -> PaperRecord:
    """The record a paper speaks of; at the superior office those of its wards are found too.

    A paper says nothing of the series "A" nor of the paper register's (""): both are looked through.

    Raises Refused("paper_other_office" {office} | "paper_unknown" {number}).
    """
    office = _office(store, code.office)
    values = (office, code.year, code.number, code.series, "" if code.series == "A" else code.series)
    found: list[Reception] | list[Letter]
    if code.kind == RECEIPT_SLIP:
        desk, found = "receptions", store.all(Reception, f"{_NUMBERED} ORDER BY series DESC, id", values)
    else:
        sql = f"{_NUMBERED} AND kind = ? ORDER BY series DESC, id"
        desk, found = "letters", store.all(Letter, sql, (*values, code.kind))
    if not found:
        raise Refused("paper_unknown", number=book_number(code.number, code.series, code.year))
    return PaperRecord(desk, found[0].id)


def _office(store: Store, code: str) -> str:
    """A paper's code is written in capitals, an office's need not be."""
    if store.office.upper() == code:
        return store.office
    known = {one.id.upper(): one for one in store.all(Office)}
    if code not in known or not _has_books(store, known[code].id):
        raise Refused("paper_other_office", office=known[code].name if code in known else code)
    return known[code].id


def _has_books(store: Store, office: str) -> bool:
    return bool(store.all(Reception, "office = ? LIMIT 1", (office,)))
