"""Citizens (công dân) an office knows: found, corrected, merged when two records are one person, and parted again.

Nothing is moved by a merge: each visit stays with the citizen it was logged for, and the one that was kept is shown
with the visits of all. So a split gives back exactly what was. A denouncer is no citizen and cannot be found here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from msgspec import UNSET

from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.people.person import Citizen
from tcd_desktop.domain.problems import DraftRefused, Problems, Refused, blocking
from tcd_desktop.domain.reasons import reason_block
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.rights import may_write
from tcd_desktop.domain.terms import LinkKind, OfficeKind
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal import journal
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.journal.lines import set_fields, table_of
from tcd_desktop.store.lists.citizens import AlikePair, CitizenPages, alike_to, keeper_of, merged_into
from tcd_desktop.store.lists.pages import Count, ReceptionPages, ReceptionQuery, ReceptionRow
from tcd_desktop.store.schema.rows import ROWS
from tcd_desktop.store.store import Connection, Store
from tcd_desktop.store.unit import Unit

FIELDS: Final = tuple(f.name for f in fields(Citizen) if f.name not in ("id", "office", "merged_into", "removed"))
"""What is known of a citizen, in the order in which it is shown."""
VISITS_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field in which two citizens differ: both values, and whether the one kept gets the other's."""

    name: str
    kept: Any
    other: Any
    takes_other: bool


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do: the fields that differ, and how many visits each has."""

    keeper: Citizen
    other: Citizen
    choices: tuple[FieldChoice, ...]
    keeper_visits: Count
    other_visits: Count


@dataclass(frozen=True, slots=True)
class CitizenView:
    """All that is shown of one citizen. `alike`: who may be the same person."""

    citizen: Citizen
    own: bool
    keeper: Citizen | None
    merged: tuple[Citizen, ...]
    count: Count
    visits: tuple[ReceptionRow, ...]
    alike: tuple[AlikePair, ...]
    history: tuple[journal.HistoryLine, ...]


class CitizenDesk:
    """Acts on the citizens of this office; those of wards are read only at the superior."""

    pages = CitizenPages()

    def __init__(self, store: Store, *, office: Office, officer: Officer, today: Callable[[], date]) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._today = today

    # -- reading ------------------------------------------------------------------------------------

    def find(self, citizen_id: str) -> Citizen | None:
        """A citizen by id."""
        return self._store.find(Citizen, citizen_id)

    def view(self, citizen_id: str) -> CitizenView | None:
        """A citizen with visits, merged ones, lookalikes and history; None when there is none."""
        citizen = self.find(citizen_id)
        if citizen is None:
            return None
        with self._store.reading() as connection:
            keeper = keeper_of(connection, citizen) if citizen.merged_into else None
            return CitizenView(
                citizen=citizen,
                own=citizen.office == self._office.id and may_write(self._officer.right),
                keeper=keeper,
                merged=tuple(merged_into(connection, citizen)),
                count=_count(connection, citizen),
                visits=ReceptionPages().page(connection, ReceptionQuery(citizen=citizen.id), size=VISITS_SHOWN).rows,
                alike=self._alike(connection, citizen),
                history=tuple(journal.history(connection, citizen.id)),
            )

    def _alike(self, connection: Connection, citizen: Citizen) -> tuple[AlikePair, ...]:
        """Who may be the same person; at the superior also who came to another ward."""
        if citizen.merged_into or citizen.removed:
            return ()
        everywhere = self._office.kind is OfficeKind.DISTRICT
        return tuple(alike_to(connection, citizen, everywhere=everywhere))

    def search(self, text: str, *, most: int = 8, without: str = "") -> list[Citizen]:
        """The citizens of this office whose name, number or telephone fits, merged ones left out: to choose from."""
        from tcd_desktop.store.lists.citizens import CitizenQuery

        query = CitizenQuery(text=text, offices=(self._office.id,))
        with self._store.reading() as connection:
            rows = self.pages.page(connection, query, size=most * 3).rows
            chosen = [row.id for row in rows if row.merged_into is None and row.id != without][:most]
            found = [ROWS["citizen"].read(connection, self._office.id, one) for one in chosen]
        return [citizen for citizen in found if citizen is not None]

    def preview(self, keeper_id: str, other_id: str) -> MergePreview:
        """What merging `other` into `keeper` would do: what the one kept lacks it gets.

        Raises Refused("unknown_record" | "other_office" | "merge_self" | "citizen_merged").
        """
        keeper, other = self._pair(keeper_id, other_id)
        choices = tuple(
            FieldChoice(name, getattr(keeper, name), getattr(other, name), not getattr(keeper, name))
            for name in FIELDS
            if getattr(keeper, name) != getattr(other, name)
        )
        with self._store.reading() as connection:
            return MergePreview(keeper, other, choices, _count(connection, keeper), _count(connection, other))

    # -- acts ---------------------------------------------------------------------------------------

    def amend(self, citizen_id: str, **values: Any) -> Done[Citizen]:
        """Corrects what is known of a citizen. Raises Refused("unknown_record" | "other_office"), DraftRefused."""
        current = self._own(citizen_id)
        cleaned: dict[str, Any] = {
            name: clean_line(v) if isinstance(v, str) and type(v) is str else v for name, v in values.items()
        }
        if problems := blocking(citizen_problems(replace(current, **cleaned), self._today())):
            raise DraftRefused(problems)
        with self._store.unit(act="citizen.amend", officer=self._officer.id) as unit:
            after = unit.change(current, **cleaned)
            return Done("citizen.amend", after, unit.commit(), unit.entry)

    def merge(self, keeper_id: str, other_id: str, *, take: Collection[str] = (), reason: str) -> Done[Citizen]:
        """Says that two citizens are one person; `take` names the fields whose value comes from the other.

        Raises Refused("reason_needed") and what `preview` raises.
        """
        reason = reason_block(reason)
        keeper, other = self._pair(keeper_id, other_id)
        values = {name: getattr(other, name) for name in FIELDS if name in take}
        with self._store.unit(act="citizen.merge", officer=self._officer.id) as unit:
            unit.change(other, merged_into=keeper.id)
            after = unit.change(keeper, **values)
            unit.put(
                Link(
                    id=new_id(),
                    office=unit.office,
                    kind=LinkKind.DUPLICATE,
                    earlier=keeper.id,
                    later=other.id,
                    note=reason,
                )
            )
            return Done("citizen.merge", after, unit.commit(), unit.entry)

    def split(self, citizen_id: str, *, reason: str) -> Done[Citizen]:
        """Parts a merged citizen from the one kept; both have again what they had before the merge.

        A field of the one kept that somebody has corrected since keeps the correction.
        Raises Refused("unknown_record" | "other_office" | "not_merged" | "reason_needed").
        """
        reason = reason_block(reason)
        other = self._own(citizen_id)
        if other.merged_into is None:
            raise Refused("not_merged")
        with self._store.unit(act="citizen.split", officer=self._officer.id) as unit:
            keeper = unit.get(Citizen, other.merged_into)
            if keeper is not None:
                unit.change(keeper, **_before_merge(unit.connection, keeper, other))
                for link in _links(unit, keeper.id, other.id):
                    if link.kind is LinkKind.DUPLICATE:
                        unit.change(link, removed=reason)
            after = unit.change(other, merged_into=None)
            return Done("citizen.split", after, unit.commit(), unit.entry)

    def not_the_same(self, one_id: str, other_id: str) -> Done[Link]:
        """Remembers that two citizens are two people. Raises what `preview` raises."""
        one, other = self._pair(one_id, other_id)
        with self._store.unit(act="citizen.not_same", officer=self._officer.id) as unit:
            link = Link(id=new_id(), office=unit.office, kind=LinkKind.NOT_DUPLICATE, earlier=one.id, later=other.id)
            unit.put(link)
            return Done("citizen.not_same", link, unit.commit(), unit.entry)

    def _own(self, citizen_id: str) -> Citizen:
        citizen = self.find(citizen_id)
        if citizen is None or citizen.removed:
            raise Refused("unknown_record")
        if citizen.office != self._office.id:
            raise Refused("other_office")
        return citizen

    def _pair(self, one_id: str, other_id: str) -> tuple[Citizen, Citizen]:
        if one_id == other_id:
            raise Refused("merge_self")
        one, other = self._own(one_id), self._own(other_id)
        if one.merged_into or other.merged_into:
            raise Refused("citizen_merged")
        return one, other


def citizen_problems(citizen: Citizen, today: date) -> Problems:
    """What is wrong with a citizen's fields, by the rules of a visit."""
    draft = ReceptionDraft(**{name: getattr(citizen, name) for name in FIELDS})
    found = draft.problems(today)
    return {
        name: problem
        for name, problem in found.items()
        if name in FIELDS and (problem.code != "missing" or name == "name")
    }


def _count(connection: Connection, citizen: Citizen) -> Count:
    return ReceptionPages().count(connection, ReceptionQuery(citizen=citizen.id))


def _links(unit: Unit, one: str, other: str) -> list[Link]:
    where = "((earlier = ? AND later = ?) OR (earlier = ? AND later = ?)) AND office = ? AND removed = ''"
    found: list[Link] = ROWS["link"].some(unit.connection, where, (one, other, other, one, unit.office))
    return found


def _before_merge(connection: Connection, keeper: Citizen, other: Citizen) -> dict[str, Any]:
    """What the one kept had before the other was merged into it, where nobody has changed it since."""
    merges = [
        entry.op.entry
        for entry in journal.entries_of(connection, other.office, other.id)
        if table_of(entry.op) == "citizen" and entry.op.kind == "set" and entry.op.after.merged_into == keeper.id
    ]
    if not merges:
        return {}
    back: dict[str, Any] = {}
    for entry in journal.entries_of(connection, keeper.office, keeper.id):
        if entry.op.entry == merges[-1] and entry.op.before is not UNSET:
            given = set_fields(entry.op.after)
            had = set_fields(entry.op.before)
            back = {name: had[name] for name, value in given.items() if getattr(keeper, name) == value}
    return back
