"""What the head directed at his receptions (kết luận tại buổi tiếp): who answers for it until when, what came of it.

NĐ 154/2026 Điều 25(2): a notice of conclusion goes to the units concerned, which send the result to the citizen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problems, Refused, blocking
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.sittings.sitting_rules import TAKES_PLACE, cleaned, conclusion_problems
from tcd_desktop.domain.terms import SittingState
from tcd_desktop.services.done import Done
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

FIELDS = ("reception", "case", "content", "responsible", "contact", "due")


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """How many conclusions a unit still has to carry out, and how many of them are late."""

    responsible: str
    open: int
    overdue: int


class ConclusionDesk:
    """Acts on the conclusions of this office's sittings."""

    def __init__(self, store: Store, *, office: Office, officer: Officer, today: Callable[[], date]) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._today = today

    def blank(self, sitting: Sitting) -> Conclusion:
        """An empty conclusion of a sitting; a dialogue's belongs to its case."""
        return Conclusion(id="", office=self._office.id, sitting=sitting.id, case=sitting.case, content="")

    def problems(self, conclusion: Conclusion) -> Problems:
        """What is missing or doubtful."""
        return conclusion_problems(conclusion, self._sitting(conclusion.sitting))

    def add(self, conclusion: Conclusion) -> Done[Conclusion]:
        """Enters a conclusion. Raises DraftRefused, Refused("unknown_record" | "sitting_not_held")."""
        sitting = self._sitting(conclusion.sitting)
        if sitting.state not in TAKES_PLACE and sitting.day > self._today():
            raise Refused("sitting_not_yet", day=sitting.day)
        if sitting.state is SittingState.POSTPONED:
            raise Refused("sitting_not_held")
        ready = self._checked(conclusion)
        with self._store.unit(act="conclusion.add", officer=self._officer.id) as unit:
            made = unit.put(replace(ready, id=new_id(), office=unit.office))
            return Done("conclusion.add", made, unit.commit(), unit.entry)

    def change(self, conclusion: Conclusion) -> Done[Conclusion]:
        """Corrects content, unit, contact, date or what it is about. Raises DraftRefused, Refused("unknown_record")."""
        current = self._own(conclusion.id)
        ready = self._checked(conclusion)
        return self._change("conclusion.change", current, **{name: getattr(ready, name) for name in FIELDS})

    def issue(self, identity: str, *, number: str, on: date) -> Done[Conclusion]:
        """The notice of conclusion went out (thông báo kết luận). Raises Refused("number_needed" | "issued_...")."""
        current = self._own(identity)
        values = cleaned({"number": number})
        if not values["number"]:
            raise Refused("number_needed")
        self._check_day(current, on)
        return self._change("conclusion.issue", current, **values, issued_on=on)

    def finish(self, identity: str, *, on: date, result: str) -> Done[Conclusion]:
        """The unit has carried it out. Raises Refused("result_needed" | "issued_before" | "issued_in_future")."""
        current = self._own(identity)
        values = cleaned({"result": result})
        if not values["result"]:
            raise Refused("result_needed")
        self._check_day(current, on)
        return self._change("conclusion.finish", current, **values, done_on=on)

    def remove(self, identity: str, reason: str) -> Done[Conclusion]:
        """Into the recycle bin. Raises Refused("reason_needed")."""
        why = cleaned({"removed": reason})["removed"]
        if not why:
            raise Refused("reason_needed")
        return self._change("conclusion.remove", self._own(identity), removed=why)

    def find(self, identity: str) -> Conclusion | None:
        """A conclusion by id."""
        return self._store.find_own(Conclusion, identity)

    def of_sitting(self, sitting: str) -> list[Conclusion]:
        """The conclusions of a sitting in the order in which they were entered."""
        where = "sitting = ? AND office = ? AND removed = '' ORDER BY id"
        return self._store.all(Conclusion, where, (sitting, self._office.id))

    def open(self, *, responsible: str = "", until: date | None = None) -> list[Conclusion]:
        """Those not carried out, the most urgent first; of one unit, or due by a day."""
        where, values = "office = ? AND done_on IS NULL AND removed = ''", [self._office.id]
        if responsible:
            where, values = f"{where} AND responsible = ?", [*values, responsible]
        if until is not None:
            where, values = f"{where} AND due IS NOT NULL AND due <= ?", [*values, until.isoformat()]
        return self._store.all(Conclusion, f"{where} ORDER BY due IS NULL, due, id", tuple(values))

    def loads(self) -> list[UnitLoad]:
        """Who still has how much to do, the most overdue first."""
        today, found = self._today(), dict[str, UnitLoad]()
        for one in self.open():
            load = found.get(one.responsible) or UnitLoad(one.responsible, 0, 0)
            late = one.due is not None and one.due < today
            found[one.responsible] = UnitLoad(one.responsible, load.open + 1, load.overdue + late)
        return sorted(found.values(), key=lambda load: (-load.overdue, -load.open, load.responsible))

    def _checked(self, conclusion: Conclusion) -> Conclusion:
        ready = replace(conclusion, **cleaned({name: getattr(conclusion, name) for name in FIELDS}))
        if stopping := blocking(self.problems(ready)):
            raise DraftRefused(stopping)
        return ready

    def _check_day(self, current: Conclusion, on: date) -> None:
        sitting = self._sitting(current.sitting)
        if on < sitting.day:
            raise Refused("issued_before", day=sitting.day)
        if on > self._today():
            raise Refused("issued_in_future", today=self._today())

    def _change(self, act: str, current: Conclusion, **values: Any) -> Done[Conclusion]:
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            after = unit.change(current, **values)
            return Done(act, after, unit.commit(), unit.entry)

    def _sitting(self, identity: str) -> Sitting:
        found = self._store.find_own(Sitting, identity)
        if found is None or found.removed:
            raise Refused("unknown_record")
        return found

    def _own(self, identity: str) -> Conclusion:
        found = self._store.find_own(Conclusion, identity)
        if found is None or found.removed:
            raise Refused("unknown_record")
        return found
