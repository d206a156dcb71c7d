"""Everything a page shows of one case, read at once in a reader thread; and the source of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_clocks import Clock
from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.procedure import Step
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.people.protection import ProtectionRequest
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.law import case_grounds
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.store.lists.pages import CasePages, CaseQuery, CaseRow, Count, Page
from tcd_desktop.store.store import Store
from tcd_desktop.ui.cases.follow_up import FollowUp, read_follow_up
from tcd_desktop.ui.cases.history_words import Event, events


@dataclass(frozen=True, slots=True)
class CaseStory:
    """A case with its visits, papers and history; `own` is False where it is only read (another office, a viewer)."""

    case: CaseFile
    office_name: str
    own: bool
    visits: tuple[Reception, ...]
    events: tuple[Event, ...]
    today: date
    choices: tuple[Step, ...] = ()
    clocks: tuple[Clock, ...] = ()
    steps: tuple[CaseStep, ...] = ()
    petitions: tuple[Petition, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    protection: tuple[ProtectionRequest, ...] = ()
    follow: FollowUp | None = None


def read_case(office: OpenOffice, case_id: str) -> CaseStory | None:
    """The whole story of a case, or None when it is not here."""
    case = office.cases.find(case_id)
    if case is None:
        return None
    for ground in ("complex", "protection"):  # the law's texts are read here, not while the case is shown
        case_grounds(ground, case.classification)
    owner = office.store.find(Office, case.office)
    officers = {officer.id: officer.name for officer in office.store.all(Officer)}
    today = office.today()
    return CaseStory(
        case=case,
        office_name=owner.name if owner else case.office,
        own=office.writes_in(case.office),
        visits=tuple(office.cases.receptions(case_id)),
        events=tuple(events(office.cases.history(case_id), officers, today)),
        today=today,
        choices=office.steps.choices(case) if case.office == office.office.id else (),
        clocks=office.steps.clocks(case),
        steps=tuple(office.steps.steps(case_id)),
        petitions=tuple(office.petitions.of_case(case_id)),
        tags=office.tags.tags(case.classification, case.opened_on),
        protection=tuple(office.protections.of_case(case_id)),
        follow=read_follow_up(office, case),
    )


class CaseSource:
    """Pages of cases for the list."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pages = CasePages()

    def page(self, query: CaseQuery, *, before: Any, size: int) -> Page[CaseRow]:
        """The rows after a cursor."""
        with self._store.reading() as connection:
            return self._pages.page(connection, query, before=before, size=size)

    def count(self, query: CaseQuery, cap: int) -> Count:
        """How many, up to a cap."""
        with self._store.reading() as connection:
            return self._pages.count(connection, query, cap=cap)

    def anchors(self, query: CaseQuery, every: int = 1000) -> Sequence[Any]:
        """A cursor for each `every` rows."""
        with self._store.reading() as connection:
            return self._pages.anchors(connection, query, every=every)
