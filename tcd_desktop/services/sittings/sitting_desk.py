"""The head's receptions (lịch tiếp công dân của lãnh đạo): planned for a year, posted, held, postponed, nobody came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import msgspec

from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problems, Refused, blocking
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.domain.sittings.sitting_duty import Duty, DutyMonth, duty_of_year
from tcd_desktop.domain.sittings.sitting_plan import HOURS, Pattern, PlannedDay, PlanRule, plan_days
from tcd_desktop.domain.sittings.sitting_rules import (
    DRAFT_FIELDS,
    NOTICE_CLOCKS,
    OPEN_STATES,
    SittingDraft,
    check_step,
    cleaned,
    draft_of,
    moved,
)
from tcd_desktop.domain.terms import SittingKind, SittingState
from tcd_desktop.services.cases.clocks import Clocks
from tcd_desktop.services.done import Done
from tcd_desktop.store.figures.sitting_figures import (
    SittingCounts,
    counts_of_period,
    counts_of_sitting,
    visits_by_sitting,
)
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

_NOTICE_TIME = timedelta(days=30)
"""No notice goes up earlier than so long before its sitting: five working days, with Tết between them."""

RULES_FACT = "sitting.rules"
FIRST_RULES = (PlanRule(pattern=Pattern.DAYS_OF_MONTH, days=(5, 20)),)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A day of a plan and by when its notice must be up."""

    planned: PlannedDay
    post_by: date | None


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A plan to look at before it is saved: its days, how many stood in the calendar already, the duty with both."""

    year: int
    lines: tuple[PlanLine, ...]
    known: int
    duty: tuple[DutyMonth, ...]


@dataclass(frozen=True, slots=True)
class Postponed:
    """Both ends of a postponement, and by when the new day must be posted; `late` when that day is past."""

    old: Sitting
    new: Sitting
    post_by: date | None
    late: bool


class SittingDesk:
    """Acts on the sittings of this office. Their conclusions have a desk of their own (`ConclusionDesk`)."""

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        clocks: Clocks,
        duties: Sequence[Duty],
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._clocks = clocks
        self._duties = tuple(duties)
        self._today = today

    # -- the year ------------------------------------------------------------------------------------

    def plan(self, year: int, rules: Sequence[PlanRule], *, since: date | None = None) -> YearPlan:
        """What these rules would add to the calendar, from `since` (None: today, or the year's first day) on.

        Raises DraftRefused({"rules": ...}) when a rule names no day, Refused("no_calendar").
        """
        for number, rule in enumerate(rules):
            if problem := rule.problem():
                raise DraftRefused({"rules": problem}, row=number)
        known = self.between(date(year, 1, 1), date(year, 12, 31))
        own = [one for one in known if one.kind is SittingKind.PERIODIC]
        taken = {one.day for one in own} | {one.moved_from for one in own if one.moved_from}
        calendar = self._clocks.calendar(year)
        days = plan_days(year, rules, calendar, since=since or self._today(), taken=taken)
        lines = tuple(PlanLine(day, self.post_by(SittingKind.PERIODIC, day.day)) for day in days)
        blank = self.blank()
        future = [_planned(day, blank, "", "") for day in days]
        return YearPlan(year, lines, len(own), self._duty(year, [*known, *future]))

    def save_plan(self, plan: YearPlan, template: SittingDraft) -> Done[list[Sitting]]:
        """Enters the days of a plan as one act; place, people and contents come from `template`.

        Raises DraftRefused when the template lacks the receiver or the place, Refused("plan_empty").
        """
        if not plan.lines:
            raise Refused("plan_empty")
        ready = replace(template, **cleaned({name: getattr(template, name) for name in DRAFT_FIELDS}))
        first = replace(ready, day=plan.lines[0].planned.day)
        if stopping := blocking(first.problems(self._clocks.calendar(plan.year))):
            raise DraftRefused(stopping)
        with self._store.unit(act="sitting.plan", officer=self._officer.id) as unit:
            made = [unit.put(_planned(line.planned, ready, new_id(), unit.office)) for line in plan.lines]
            return Done("sitting.plan", made, unit.commit(), unit.entry)

    def remembered_rules(self) -> tuple[PlanRule, ...]:
        """The rules of the last plan made on this PC; at first the 5th and the 20th of the month."""
        kept = self._store.fact(RULES_FACT)
        return msgspec.json.decode(kept, type=tuple[PlanRule, ...]) if kept else FIRST_RULES

    def remember_rules(self, rules: Sequence[PlanRule]) -> None:
        """Keeps the rules for next year."""
        self._store.set_fact(RULES_FACT, msgspec.json.encode(tuple(rules)).decode("utf-8"))

    def duty(self, year: int) -> tuple[DutyMonth, ...]:
        """The head's duty, month by month, as the calendar stands now."""
        return self._duty(year, self.between(date(year - 1, 12, 1), date(year + 1, 1, 31)))

    def _duty(self, year: int, sittings: Iterable[Sitting]) -> tuple[DutyMonth, ...]:
        calendar, kind = self._clocks.calendar(year), self._office.kind
        return duty_of_year(year, sittings, self._duties, calendar, kind=kind, today=self._today())

    def post_by(self, kind: SittingKind, day: date) -> date | None:
        """The last day on which the notice of a sitting may go up; None when nothing is asked for."""
        rule = NOTICE_CLOCKS.get(kind)
        if rule is None:
            return None
        try:
            return self._clocks.due(rule, day).due
        except Refused:  # no such rule in those years, or no calendar
            return None

    # -- one sitting ---------------------------------------------------------------------------------

    def blank(self) -> SittingDraft:
        """A draft with what is known: the head and the place."""
        office = self._office
        return SittingDraft(
            leader=office.head_name,
            leader_title=office.head_title,
            place=office.reception_place or office.name,
        )

    def problems(self, draft: SittingDraft, *, but: str = "") -> Problems:
        """What is wrong with a draft beside the other sittings of its day (`but`: the one that is being changed)."""
        if draft.day is None:
            return draft.problems(self._clocks.calendar(self._today().year))
        others = [one for one in self.between(draft.day, draft.day) if one.id != but]
        return draft.problems(self._clocks.calendar(draft.day.year), others)

    def add(self, draft: SittingDraft) -> Done[Sitting]:
        """Plans one sitting, or enters one that was held. Raises DraftRefused."""
        ready = self._checked(draft)
        with self._store.unit(act="sitting.add", officer=self._officer.id) as unit:
            return self._done("sitting.add", unit, unit.put(_new(ready, new_id(), unit.office)))

    def change(self, identity: str, draft: SittingDraft) -> Done[Sitting]:
        """Corrects what was planned; the day of a sitting that is over or postponed stays.

        Raises Refused("unknown_record" | "other_office" | "sitting_fixed"), DraftRefused.
        """
        current = self._own(identity)
        ready = self._checked(draft, but=identity)
        if current.state not in OPEN_STATES and ready.day != current.day:
            raise Refused("sitting_fixed", current=current.state)
        return self._change("sitting.change", current, **{name: getattr(ready, name) for name in DRAFT_FIELDS})

    def remove(self, identity: str, reason: str) -> Done[Sitting]:
        """Into the recycle bin; one that has visits stays (Refused "sitting_has_visits" | "reason_needed")."""
        current, why = self._own(identity), clean_line(reason)
        if not why:
            raise Refused("reason_needed")
        if self.visits(identity):
            raise Refused("sitting_has_visits")
        return self._change("sitting.remove", current, removed=why)

    def post(self, identities: Sequence[str], on: date, *, online: bool = False) -> Done[list[Sitting]]:
        """The notice of these sittings went up on a day (niêm yết), on the portal too when `online`.

        Raises Refused("unknown_record" | "sitting_step" | "posted_in_future" | "posted_after").
        """
        if on > self._today():
            raise Refused("posted_in_future", today=self._today())
        sittings = [self._own(identity) for identity in identities]
        for one in sittings:
            if one.state is not SittingState.POSTED:
                check_step(one, SittingState.POSTED, self._today())
            if on > one.day:
                raise Refused("posted_after", day=one.day)
        with self._store.unit(act="sitting.post", officer=self._officer.id) as unit:
            made = [unit.change(one, state=SittingState.POSTED, posted_on=on, posted_online=online) for one in sittings]
            return Done("sitting.post", made, unit.commit(), unit.entry)

    def postpone(self, identity: str, reason: str, draft: SittingDraft) -> Done[Postponed]:
        """Hoãn: the reason, and the sitting that takes its place, linked both ways; the new day must be posted.

        Raises Refused("unknown_record" | "sitting_step" | "reason_needed" | "sitting_same_day" | "sitting_moved_back"),
        DraftRefused.
        """
        current, why = self._own(identity), clean_block(reason)
        check_step(current, SittingState.POSTPONED, self._today())
        if not why:
            raise Refused("reason_needed")
        ready = self._checked(draft, but=identity)
        if ready.day == current.day:
            raise Refused("sitting_same_day")
        if ready.day is not None and ready.day < self._today():
            raise Refused("sitting_moved_back", today=self._today())
        with self._store.unit(act="sitting.postpone", officer=self._officer.id) as unit:
            new = unit.put(moved(current, new_id(), ready))
            old = unit.change(current, state=SittingState.POSTPONED, reason=why, moved_to=new.id)
            changes = unit.commit()
        due = self.post_by(new.kind, new.day)
        late = due is not None and due < self._today()
        return Done("sitting.postpone", Postponed(old, new, due, late), changes, unit.entry)

    def hold(self, identity: str, *, minutes: str = "", result: str = "") -> Done[Sitting]:
        """Đã tiếp (a dialogue: with its minutes and result). Raises Refused("sitting_step" | "sitting_not_yet")."""
        return self._step("sitting.hold", identity, SittingState.HELD, minutes=minutes, result=result)

    def nobody_came(self, identity: str, *, minutes: str = "") -> Done[Sitting]:
        """Không có công dân đến: the day counts all the same. Raises Refused("sitting_has_visits") and as `hold`."""
        if self.visits(identity):
            raise Refused("sitting_has_visits")
        return self._step("sitting.nobody", identity, SittingState.NOBODY_CAME, minutes=minutes)

    def write_minutes(self, identity: str, *, minutes: str, result: str) -> Done[Sitting]:
        """The minutes and the result of a sitting that was held. Raises Refused("sitting_not_held")."""
        current = self._own(identity)
        if current.state is not SittingState.HELD:
            raise Refused("sitting_not_held")
        return self._change("sitting.minutes", current, **cleaned({"minutes": minutes, "result": result}))

    def delegate(self, identity: str, name: str) -> Done[Sitting]:
        """Ủy quyền tiếp: `name` receives instead of the head ("" = himself). Raises Refused("sitting_fixed")."""
        current = self._own(identity)
        if current.state is SittingState.POSTPONED:
            raise Refused("sitting_fixed", current=current.state)
        return self._change("sitting.delegate", current, delegate=clean_line(name))

    # -- looking -------------------------------------------------------------------------------------

    def find(self, identity: str) -> Sitting | None:
        """A sitting by id."""
        return self._store.find_own(Sitting, identity)

    def between(self, since: date, until: date) -> list[Sitting]:
        """The sittings of a period, in order of day and hour; removed ones are left out."""
        where = "office = ? AND day BETWEEN ? AND ? AND removed = '' ORDER BY day, start, id"
        return self._store.all(Sitting, where, (self._office.id, since.isoformat(), until.isoformat()))

    def today(self) -> list[Sitting]:
        """The sittings of today."""
        return self.between(self._today(), self._today())

    def without_outcome(self) -> list[Sitting]:
        """Those whose day has gone by and of which nobody has said what happened."""
        where = "office = ? AND day < ? AND state IN ('planned', 'posted') AND removed = '' ORDER BY day, id"
        return self._store.all(Sitting, where, (self._office.id, self._today().isoformat()))

    def to_post(self, until: date) -> list[Sitting]:
        """Those planned from today on whose notice must be up by `until` and is not."""
        where = "office = ? AND day BETWEEN ? AND ? AND state = 'planned' AND removed = '' ORDER BY day, id"
        near = until + _NOTICE_TIME
        planned = self._store.all(Sitting, where, (self._office.id, self._today().isoformat(), near.isoformat()))
        return [one for one in planned if (due := self.post_by(one.kind, one.day)) is not None and due <= until]

    def came_from(self, identity: str) -> Sitting | None:
        """The postponed sitting whose place this one takes."""
        found = self._store.all(Sitting, "office = ? AND moved_to = ? AND removed = ''", (self._office.id, identity))
        return found[0] if found else None

    def visits(self, identity: str) -> list[Reception]:
        """The visits of a sitting, oldest first; a denouncer's identity stays closed."""
        where = "sitting = ? AND office = ? AND removed = '' ORDER BY rid"
        return self._store.all(Reception, where, (identity, self._office.id))

    def visit_counts(self, since: date, until: date) -> dict[str, int]:
        """Sitting id -> its number of visits."""
        return self._store.read(lambda connection: visits_by_sitting(connection, self._office.id, since, until))

    def counts(self, identity: str) -> SittingCounts:
        """Visits, people, matters and crowds of one sitting."""
        return self._store.read(lambda connection: counts_of_sitting(connection, self._office.id, identity))

    def table_counts(self, since: date, until: date) -> tuple[SittingCounts, SittingCounts]:
        """(Thủ trưởng tiếp, Ủy quyền tiếp): Biểu 01/TCD columns 10 to 15 and 16 to 21."""
        return self._store.read(lambda connection: counts_of_period(connection, self._office.id, since, until))

    # -- inside --------------------------------------------------------------------------------------

    def _checked(self, draft: SittingDraft, *, but: str = "") -> SittingDraft:
        ready = replace(draft, **cleaned({name: getattr(draft, name) for name in DRAFT_FIELDS}))
        if stopping := blocking(self.problems(ready, but=but)):
            raise DraftRefused(stopping)
        return ready

    def _step(self, act: str, identity: str, to: SittingState, **texts: str) -> Done[Sitting]:
        current = self._own(identity)
        check_step(current, to, self._today())
        written = {name: value for name, value in cleaned(texts).items() if value}
        return self._change(act, current, state=to, **written)

    def _change(self, act: str, current: Sitting, **values: Any) -> Done[Sitting]:
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            return self._done(act, unit, unit.change(current, **values))

    @staticmethod
    def _done(act: str, unit: Unit, value: Sitting) -> Done[Sitting]:
        return Done(act, value, unit.commit(), unit.entry)

    def _own(self, identity: str) -> Sitting:
        found = self._store.find(Sitting, identity)
        if found is None or found.removed:
            raise Refused("unknown_record")
        if found.office != self._office.id:
            raise Refused("other_office")
        return found


def _new(draft: SittingDraft, identity: str, office: str) -> Sitting:
    return Sitting(id=identity, office=office, **{name: getattr(draft, name) for name in DRAFT_FIELDS})


def _planned(day: PlannedDay, template: SittingDraft, identity: str, office: str) -> Sitting:
    """A sitting of a plan; one that was moved keeps the day its rule named and the reason."""
    begin, end = HOURS[day.part]
    draft = replace(template, day=day.day, start=template.start or begin, end=template.end or end)
    if not day.moved:
        return _new(draft, identity, office)
    return replace(_new(draft, identity, office), moved_from=day.wanted, reason=day.reason)


__all__ = ["PlanLine", "Postponed", "SittingDesk", "YearPlan", "draft_of"]
