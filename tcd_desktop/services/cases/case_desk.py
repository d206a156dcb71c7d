"""The case desk (hồ sơ vụ việc): opening a case from a visit, finding it. Its steps are taken by `step_desk`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.services.cases.case_due import with_due
from tcd_desktop.services.cases.clocks import Clocks
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.lists.pages import CasePages
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

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

    def find(self, case_id: str) -> CaseFile | None:
        """A case by id."""
        return self._store.find(CaseFile, case_id)

    def receptions(self, case_id: str) -> list[Reception]:
        """The visits about a case, oldest first."""
        return self._store.all(Reception, '"case" = ? ORDER BY rid', (case_id,))

    def history(self, record: str) -> list[journal.HistoryLine]:
        """What happened to a record, from the journal, oldest first."""
        return self._store.read(lambda connection: journal.history(connection, record))


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


def place_case(unit: Unit, case: CaseFile, clocks: Clocks) -> CaseFile:
    """Writes a new case with its number and the clock that runs first."""
    return unit.put(replace(with_due(case, [], clocks), number=unit.next_number("case", case.year, case.series)))
