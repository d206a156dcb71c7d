"""The head's receptions in a practice ward: planned by rule, posted, held, postponed, nobody came, and concluded.

Made along with the visits: `until` does what happened up to a moment, `sitting_of` says to which sitting a visit
belongs. Only the last months have sittings, so that a world stays quick to make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Protocol

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.clocks.calendar import WorkingCalendar
from tcd_desktop.domain.receptions.reception import Reception, ReceptionDraft
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.sittings.sitting_plan import Pattern, PlanRule
from tcd_desktop.domain.sittings.sitting_rules import draft_of
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    ReceiverRank,
    ReceptionKind,
    SittingKind,
    SittingState,
)
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.practice.office_days import HEAD_DAYS

MONTHS = timedelta(days=400)
"""How far back sittings go."""

RULES = (PlanRule(pattern=Pattern.DAYS_OF_MONTH, days=HEAD_DAYS),)
_ATTENDEES = "Phó Chủ tịch UBND phường; Công chức Địa chính - Xây dựng; Công chức Tư pháp - Hộ tịch; Công an phường"
_EXPECTED = "Tiếp nhận khiếu nại, tố cáo, kiến nghị, phản ánh của công dân thuộc thẩm quyền của UBND phường"
_UNITS = (
    ("Công chức Địa chính - Xây dựng", "kiểm tra hiện trạng, báo cáo UBND phường"),
    ("Công an phường", "xác minh, xử lý theo thẩm quyền và trả lời công dân"),
    ("Công chức Tư pháp - Hộ tịch", "tham mưu văn bản trả lời công dân"),
    ("Công chức Văn hóa - Xã hội", "rà soát hồ sơ, giải quyết chế độ cho công dân"),
    ("Ban quản lý chợ", "sắp xếp lại điểm kinh doanh và báo cáo kết quả"),
)
_RESULTS = ("Đã giải quyết xong, công dân đồng ý", "Đã trả lời bằng văn bản", "Đã xử lý theo chỉ đạo")
_REASONS = ("Chủ tịch UBND phường họp HĐND thành phố", "Phục vụ bầu cử tổ trưởng tổ dân phố", "Mưa bão, ngập úng")
_EVENING = time(16, 45)
_MORNING = time(7, 40)


class SetClock(Protocol):
    """An office clock that is set."""

    moment: datetime


class PracticeSittings:
    """The sittings of one ward while its visits are logged."""

    def __init__(
        self,
        office: OpenOffice,
        clock: SetClock,
        drafts: Iterable[ReceptionDraft],
        calendar: WorkingCalendar,
        *,
        until: date,
        seed: str,
    ) -> None:
        self._office, self._clock, self._calendar, self._last = office, clock, calendar, until
        self._chance = Random(f"{seed}/sittings").random
        scheduled = [draft for draft in drafts if draft.kind is ReceptionKind.SCHEDULED]
        self._visited = {draft.date for draft in scheduled}
        self._delegates = {
            draft.date: draft.receiver_name for draft in scheduled if draft.receiver_rank is ReceiverRank.DELEGATE
        }
        self._sittings: dict[date, Sitting] = {}
        self._later: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = 0
        begin = until - MONTHS
        self._at(datetime.combine(begin, _MORNING), lambda: self._plan(begin.year))
        for year in range(begin.year + 1, until.year + 1):
            self._at(datetime(year - 1, 12, 15, 8, 0), lambda year=year: self._plan(year))  # type: ignore[misc]

    def sitting_of(self, draft: ReceptionDraft) -> str | None:
        """The sitting a visit belongs to, by its kind and day."""
        if draft.kind is not ReceptionKind.SCHEDULED or draft.date is None:
            return None
        sitting = self._sittings.get(draft.date)
        return sitting.id if sitting else None

    def until(self, moment: datetime) -> None:
        """Everything that happened before a moment."""
        while self._later and self._later[0][0] <= moment:
            at, _order, act = self._later.pop(0)
            self._clock.moment = at
            act()

    def finish(self) -> None:
        """The last day: its sitting is under way, a dialogue is to come."""
        self.until(datetime.combine(self._last, time(10, 30)))
        self._dialogue()

    def _at(self, moment: datetime, act: Callable[[], None]) -> None:
        self._number += 1
        self._later.append((moment, self._number, act))
        self._later.sort(key=lambda entry: entry[:2])

    # -- the year ------------------------------------------------------------------------------------

    def _plan(self, year: int) -> None:
        desk = self._office.sittings
        plan = desk.plan(year, RULES)
        if not plan.lines:
            return
        template = replace(desk.blank(), attendees=_ATTENDEES, expected=_EXPECTED)
        made = desk.save_plan(plan, template).value
        desk.remember_rules(RULES)
        soon = self._clock.moment.date() + timedelta(days=120 if year < self._last.year else 60)
        posted = [one for one in made if year < self._last.year or one.day <= max(soon, self._last)]
        posted = [one for one in posted if one.day > self._clock.moment.date()]
        if posted:
            made = [*desk.post([one.id for one in posted], self._clock.moment.date(), online=True).value, *made]
        for one in reversed(made):
            self._sittings[one.day] = one
        for day in sorted({one.day for one in made}):
            if day < self._last:
                self._happen(day)

    def _happen(self, day: date) -> None:
        """What becomes of a sitting: known beforehand by who came, and otherwise by chance."""
        if day in self._delegates:
            self._at(datetime.combine(day, _MORNING), lambda: self._delegate(day))
        if day in self._visited:
            self._at(datetime.combine(day, _EVENING), lambda: self._hold(day))
        elif self._chance() < 0.12:
            before = self._calendar.previous_working(day - timedelta(days=1))
            self._at(datetime.combine(before, _EVENING), lambda: self._postpone(day))
        else:
            self._at(datetime.combine(day, _EVENING), lambda: self._nobody(day))

    def _delegate(self, day: date) -> None:
        self._office.sittings.delegate(self._sittings[day].id, self._delegates[day])

    def _nobody(self, day: date) -> None:
        self._office.sittings.nobody_came(self._sittings[day].id)

    def _postpone(self, day: date) -> None:
        new = self._calendar.next_working(day + timedelta(days=1))
        while new in self._sittings:
            new = self._calendar.next_working(new + timedelta(days=1))
        old = self._sittings[day]
        reason = _REASONS[int(self._chance() * len(_REASONS))]
        done = self._office.sittings.postpone(old.id, reason, replace(draft_of(old), day=new)).value
        self._sittings[new] = self._office.sittings.post([done.new.id], self._clock.moment.date(), online=True).value[0]
        if new < self._last:
            self._at(datetime.combine(new, _EVENING), lambda: self._nobody(new))

    def _hold(self, day: date) -> None:
        sitting = self._sittings[day]
        visits = self._office.sittings.visits(sitting.id)
        if not visits:
            self._nobody(day)
            return
        self._office.sittings.hold(sitting.id)
        for visit in visits:
            if visit.direction in (Direction.ACCEPT, Direction.TO_HEAD) and self._chance() < 0.7:
                self._conclude(sitting, visit)

    # -- conclusions and dialogues -------------------------------------------------------------------

    def _conclude(self, sitting: Sitting, visit: Reception) -> None:
        desk = self._office.conclusions
        unit, task = _UNITS[int(self._chance() * len(_UNITS))]
        due = self._calendar.add_working_days(sitting.day, 8 + int(self._chance() * 15))[0]
        made = desk.add(
            replace(
                desk.blank(sitting),
                content=f"Giao {unit} {task}.",
                responsible=unit,
                contact=visit.delegated_by or self._office.officer.name,
                due=due,
                reception=visit.id,
                case=visit.case,
            )
        ).value
        told = self._calendar.add_working_days(sitting.day, 3)[0]
        number = f"{self._number:02d}/TB-UBND"
        self._at(datetime.combine(told, _EVENING), lambda: self._issue(made, number, told))
        if self._chance() < 0.8:
            done = self._calendar.add_working_days(sitting.day, 5 + int(self._chance() * 16))[0]
            result = _RESULTS[int(self._chance() * len(_RESULTS))]
            self._at(datetime.combine(done, _EVENING), lambda: self._end(made, result, done))

    def _issue(self, made: Conclusion, number: str, on: date) -> None:
        self._office.conclusions.issue(made.id, number=number, on=on)

    def _end(self, made: Conclusion, result: str, on: date) -> None:
        self._office.conclusions.finish(made.id, on=on, result=result)

    def _dialogue(self) -> None:
        """About the youngest open complaint: in ten days, the notice not yet sent."""
        where = "office = ? AND classification = ? AND state <> 'closed' ORDER BY opened_on DESC, number DESC LIMIT 1"
        cases = self._office.store.all(CaseFile, where, (self._office.office.id, Classification.COMPLAINT.value))
        if not cases:
            return
        day = self._calendar.next_working(self._last + timedelta(days=10))
        while (known := self._sittings.get(day)) is not None and known.state is not SittingState.POSTPONED:
            day = self._calendar.next_working(day + timedelta(days=1))
        desk = self._office.sittings
        desk.add(
            replace(
                desk.blank(),
                day=day,
                start=time(14),
                end=time(16),
                kind=SittingKind.DIALOGUE,
                case=cases[0].id,
                attendees="Người khiếu nại; người bị khiếu nại; Công chức Địa chính - Xây dựng; Chủ tịch MTTQ phường",
                expected=f"Đối thoại về nội dung: {cases[0].title}",
            )
        )
