"""The case desk (hồ sơ vụ việc): opening a case from a visit, moving it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import msgspec

from tcd_desktop.domain.case_file import ANSWERING_STATES, CaseFile, Petition
from tcd_desktop.domain.deadlines import Deadline
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reception import Reception
from tcd_desktop.domain.terms import CaseState, Classification
from tcd_desktop.domain.text import clean_block, clean_line
from tcd_desktop.services.clocks import ANSWER, Clocks
from tcd_desktop.services.done import Done
from tcd_desktop.store import journal
from tcd_desktop.store.clock import new_id
from tcd_desktop.store.pages import CasePages
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

SETTLING_CLOCKS = {Classification.COMPLAINT: "KN1.settle", Classification.DENUNCIATION: "TC.settle"}
"""What runs after acceptance (Luật Khiếu nại Điều 28, Luật Tố cáo Điều 30)."""

TITLE_LENGTH = 120


class CaseDesk:
    """Acts on the matters of this office."""

    pages = CasePages()

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        series: str,
        clocks: Clocks,
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._series = series
        self._clocks = clocks
        self._today = today

    def open_from(self, reception_id: str, *, title: str = "", field: str = "") -> Done[CaseFile]:
        """Opens a case from a visit (mở hồ sơ vụ việc). Raises Refused("unknown_record" | "case_exists")."""
        visit = self._store.find(Reception, reception_id)
        if visit is None or visit.office != self._office.id:
            raise Refused("unknown_record")
        if visit.case:
            raise Refused("case_exists")
        with self._store.unit(act="case.open", officer=self._officer.id) as unit:
            wanted = replace(new_case(visit, self._series), field=field)
            case = place_case(unit, replace(wanted, title=clean_line(title) or wanted.title), self._clocks)
            unit.change(visit, case=case.id)
            for petition in self._store.all(Petition, "reception = ?", (visit.id,)):
                unit.change(petition, case=case.id)
            return Done("case.open", case, unit.commit(), unit.entry)

    def move(self, case_id: str, to: CaseState, *, note: str = "", on: date | None = None) -> Done[CaseFile]:
        """Moves a case to its next state. Raises Refused("unknown_record" | "case_transition" | "case_future")."""
        day = on or self._today()
        if day > self._today():
            raise Refused("case_future", today=self._today())
        current = self._own(case_id)
        current.check_move(to)
        wanted = replace(current, state=to, state_note=clean_block(note))
        return self._place("case.move", wanted, current, day)

    def _place(self, act: str, wanted: CaseFile, known: CaseFile, day: date) -> Done[CaseFile]:
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            after = place_case(unit, wanted, self._clocks, known=known, today=day)
            return Done(act, after, unit.commit(), unit.entry)

    def find(self, case_id: str) -> CaseFile | None:
        """A case by id."""
        return self._store.find(CaseFile, case_id)

    def receptions(self, case_id: str) -> list[Reception]:
        """The visits about a case, oldest first."""
        return self._store.all(Reception, '"case" = ? ORDER BY rid', (case_id,))

    def history(self, record: str) -> list[journal.HistoryLine]:
        """What happened to a record, from the journal, oldest first."""
        return self._store.read(lambda connection: journal.history(connection, record))

    def _own(self, case_id: str) -> CaseFile:
        case = self._store.find(CaseFile, case_id)
        if case is None:
            raise Refused("unknown_record")
        if case.office != self._office.id:
            raise Refused("other_office")
        return case


def new_case(visit: Reception, series: str) -> CaseFile:
    """A case made from a visit, without its number and clock."""
    assert visit.date is not None and visit.classification is not None
    return CaseFile(
        id=new_id(),
        office=visit.office,
        year=visit.date.year,
        number=0,
        series=series,
        title=short_title(visit.content),
        classification=visit.classification,
        opened_on=visit.date,
        reception=visit.id,
        people=visit.people,
        handler=visit.receiver_name,
    )


def short_title(content: str) -> str:
    """The first words of the content, as the name of the matter."""
    line = clean_line(content.split("\n", 1)[0])
    return line if len(line) <= TITLE_LENGTH else line[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"


def place_case(
    unit: Unit,
    case: CaseFile,
    clocks: Clocks,
    *,
    known: CaseFile | None = None,
    today: date | None = None,
) -> CaseFile:
    """Writes a case, new or moved, with the clock that runs in its state."""
    deadline = next_deadline(case, clocks, since=today or case.opened_on)
    case = replace(
        case,
        due=deadline.due if deadline else None,
        due_rule=deadline.rule if deadline else "",
        due_basis=msgspec.json.encode(deadline.as_json()).decode("utf-8") if deadline else "",
        closed_on=(today or case.opened_on) if case.state is CaseState.CLOSED else None,
    )
    if known is None:
        return unit.put(replace(case, number=unit.next_number("case", case.year, case.series)))
    names = ("state", "state_note", "due", "due_rule", "due_basis", "closed_on")
    return unit.change(known, **{name: getattr(case, name) for name in names})


def next_deadline(case: CaseFile, clocks: Clocks, *, since: date) -> Deadline | None:
    """The clock that runs now: the answer to the citizen, then the settlement; None when nothing runs."""
    if case.state is CaseState.ACCEPTED and case.classification in SETTLING_CLOCKS:
        return clocks.due(SETTLING_CLOCKS[case.classification], since)
    if case.state in ANSWERING_STATES:
        return None
    return clocks.due(ANSWER, case.opened_on)
