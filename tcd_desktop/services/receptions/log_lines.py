"""Writing a line of the log: its number, its clocks, the citizen, the case, the petition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import Petition
from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.people.group_rules import MEMBER_TEXTS
from tcd_desktop.domain.people.person import Citizen, Member
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import DRAFT_FIELDS, Reception, ReceptionDraft
from tcd_desktop.domain.receptions.reception_rules import MULTILINE_FIELDS
from tcd_desktop.domain.receptions.refusal_rules import grounds_day, needs_notice
from tcd_desktop.domain.terms import Direction, Role
from tcd_desktop.services.cases.case_desk import new_case, place_case
from tcd_desktop.services.cases.clocks import ANSWER, Clocks
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.lists.citizens import keeper_of
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.unit import Unit

REFUSAL = "TCD.refusal"
"""NĐ 154/2026 Điều 4(3): three working days for the notice Mẫu số 01/TCD."""

_CITIZEN_FIELDS = tuple(f.name for f in fields(Citizen) if f.name in DRAFT_FIELDS)


class LogLines:
    """Puts visits into the book of one number series."""

    def __init__(self, *, series: str, clocks: Clocks, secrecy: Secrecy, today: Callable[[], date]) -> None:
        self._series = series
        self._clocks = clocks
        self._secrecy = secrecy
        self._today = today

    def write(
        self,
        unit: Unit,
        draft: ReceptionDraft,
        *,
        open_case: bool = False,
        case: str | None = None,
        same_visit: str | None = None,
    ) -> Reception:
        """A checked draft becomes a line; a denouncer's identity is sealed."""
        identity, office = new_id(), unit.office
        open_fields, sealed = self._secrecy.close(draft, office=office, record=identity)
        year = draft.date.year if draft.date else self._today().year
        visit = Reception(
            **{**{name: getattr(draft, name) for name in DRAFT_FIELDS}, **open_fields},
            id=identity,
            office=office,
            year=year,
            number=unit.next_number("reception", year, self._series),
            series=self._series,
            sealed=sealed,
            citizen=None if draft.is_secret else _citizen(unit, draft),
            case=case,
            same_visit=same_visit,
            **self.clocks_of(draft),
        )
        if open_case and case is None:
            visit = replace(visit, case=place_case(unit, new_case(visit, self._series), self._clocks).id)
        unit.put(visit)
        if visit.has_petition:
            unit.put(_petition(visit))
        return visit

    def clocks_of(self, draft: ReceptionDraft) -> dict[str, Any]:
        """`answer_due` and `refusal_due` of a line."""
        return clocks_of(draft, self._clocks)


def clocks_of(draft: ReceptionDraft, clocks: Clocks) -> dict[str, Any]:
    """`answer_due` and `refusal_due`: by rule TCD.answer, or, for a written refusal, by rule TCD.refusal."""
    return {"answer_due": _answer_due(draft, clocks), "refusal_due": _refusal_due(draft, clocks)}


def moved_clocks(visit: Reception, clocks: Clocks) -> dict[str, Any]:
    """The dates of a visit that are still to be kept and come out differently under the calendar of now."""
    waiting = {
        "answer_due": visit.answered_on is None and visit.answer_due is not None,
        "refusal_due": visit.refusal_notice_on is None and visit.refusal_due is not None,
    }
    wanted = clocks_of(visit, clocks)
    return {name: wanted[name] for name, waits in waiting.items() if waits and wanted[name] != getattr(visit, name)}


def _answer_due(draft: ReceptionDraft, clocks: Clocks) -> date | None:
    """Ten working days from the visit; a refused visit has no content to answer."""
    if draft.direction is Direction.REFUSE or draft.date is None:
        return None
    return clocks.due(ANSWER, draft.date).due


def _refusal_due(draft: ReceptionDraft, clocks: Clocks) -> date | None:
    """Three working days from sufficient grounds; None where no notice is needed or no rule was in force."""
    since = grounds_day(draft)
    if since is None or not needs_notice(draft):
        return None
    try:
        return clocks.due(REFUSAL, since).due
    except Refused as refused:
        if refused.code != "no_rule_that_day":
            raise
        return None


def cleaned(draft: ReceptionDraft) -> ReceptionDraft:
    """The draft with texts in NFC, trimmed, without characters nobody types; empty lines of its lists are left out."""
    texts: dict[str, Any] = {
        name: (clean_block if name in MULTILINE_FIELDS else clean_line)(value)
        for name in DRAFT_FIELDS
        if isinstance(value := getattr(draft, name), str) and type(value) is str
    }
    papers = tuple(replace(paper, name=clean_line(paper.name)) for paper in draft.documents)
    return replace(draft, **texts, documents=papers, members=_cleaned_members(draft))


def _cleaned_members(draft: ReceptionDraft) -> tuple[Member, ...]:
    members = []
    for member in draft.members:
        texts: dict[str, Any] = {name: clean_line(getattr(member, name)) for name in MEMBER_TEXTS}
        if any(texts.values()):
            members.append(replace(member, **texts))
    return tuple(members)


def _citizen(unit: Unit, draft: ReceptionDraft) -> str | None:
    """The citizen this visit belongs to; the newest visit's address and telephone are kept for the next one."""
    if not draft.id_number or draft.role is not Role.SELF:
        return None
    told = {name: getattr(draft, name) for name in _CITIZEN_FIELDS}
    known = ROWS["citizen"].one(
        unit.connection, "id_number = ? AND office = ? AND removed = ''", (draft.id_number, unit.office)
    )
    if known is None:
        return unit.put(Citizen(id=new_id(), office=unit.office, **told)).id
    if known.merged_into:  # the one kept has a name and number of its own: only the way to reach it is new
        known = keeper_of(unit.connection, known)
        told = {name: told[name] for name in ("address", "phone")}
    unit.change(known, **{name: value for name, value in told.items() if value not in ("", None)})
    return str(known.id)


def _petition(visit: Reception) -> Petition:
    assert visit.date is not None
    return Petition(
        id=new_id(),
        office=visit.office,
        reception=visit.id,
        case=visit.case,
        petition_date=visit.date,
        received_on=visit.date,
        content=visit.content,
        signers=visit.people,
    )
