"""Clocks of the law (thời hạn): which rule was in force on a day, which date it gives, and why that date.

The rules are data (`resources/law/deadlines-*.toml`, read by `tcd_desktop.law`). The rule in force on the day
a step began holds for it, so a complaint received before 01/07/2026 keeps the ten calendar days of its time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from tcd_desktop.domain.clocks.calendar import Skipped, WorkingCalendar
from tcd_desktop.domain.problems import Refused

SUSPENDED: Final = "suspended"
"""Reason of a day on which the matter was suspended (tạm đình chỉ), beside the reasons of the calendar."""


class Unit(StrEnum):
    """Ngày làm việc, ngày, or a fixed day of a month ("chậm nhất vào ngày 17")."""

    WORKING = "working"
    CALENDAR = "calendar"
    DAY_OF_MONTH = "day_of_month"


class Variant(StrEnum):
    """The circumstance that changed a limit: phức tạp, đặc biệt phức tạp, vùng sâu vùng xa."""

    PLAIN = ""
    COMPLEX = "complex"
    VERY_COMPLEX = "very_complex"
    REMOTE = "remote"
    REMOTE_COMPLEX = "remote_complex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One clock. `days` is the plain limit (DAY_OF_MONTH: the day), `limits` those of other circumstances.

    `before` counts back from the event. `months` are the months a DAY_OF_MONTH falls in. `confirmed` is False
    when nobody read the limit in the text of the law; the window says so.
    """

    id: str
    event: str
    days: int
    unit: Unit
    article: str
    source: str
    effective_from: date
    effective_to: date | None = None
    before: bool = False
    limits: Mapping[Variant, int] = field(default_factory=dict)
    months: tuple[int, ...] = ()
    confirmed: bool = True
    note: str = ""

    def in_force(self, day: date) -> bool:
        """True when the rule holds for a step that begins on `day`."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def limit(self, *, complex: bool, very_complex: bool, remote: bool) -> tuple[Variant, int]:
        """The limit in these circumstances. One that the rule does not know changes nothing."""
        wanted = [
            (Variant.REMOTE_COMPLEX, remote and (complex or very_complex)),
            (Variant.VERY_COMPLEX, very_complex),
            (Variant.COMPLEX, complex or very_complex),
            (Variant.REMOTE, remote),
        ]
        for variant, holds in wanted:
            if holds and variant in self.limits:
                return variant, self.limits[variant]
        return Variant.PLAIN, self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPack:
    """The clocks of one time, as one file of data holds them."""

    id: str
    instrument: str
    effective_from: date
    effective_to: date | None
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class LawBook:
    """All packs, old and new."""

    packs: tuple[LawPack, ...]

    def find(self, rule_id: str, day: date) -> tuple[LawPack, Rule]:
        """The rule of that name in force on `day`, and its pack.

        Raises Refused("unknown_rule", rule) when no pack has it, Refused("no_rule_that_day", rule, day,
        since) when it has begun later or ended before.
        """
        found = [(pack, rule) for pack in self.packs for rule in pack.rules if rule.id == rule_id]
        if not found:
            raise Refused("unknown_rule", rule=rule_id)
        for pack, rule in reversed(found):
            if rule.in_force(day):
                return pack, rule
        since = min(rule.effective_from for _, rule in found)
        raise Refused("no_rule_that_day", rule=rule_id, day=day, since=since)

    def rule_ids(self) -> tuple[str, ...]:
        """Every clock there is or was, in the order of the files, each once."""
        return tuple(dict.fromkeys(rule.id for pack in reversed(self.packs) for rule in pack.rules))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A computed date with everything that explains it ("Vì sao ngày này?"), kept in the record as JSON.

    `days` is the limit with its `extensions` (gia hạn), each in days of the limit's own unit.
    `due` is the last day. `skipped` are the days off that were not counted or passed over, with reasons.
    `rolled_from` is where a limit in calendar days ended when that is a day off: `due` is then the next
    working day (Bộ luật Dân sự Điều 148(5)).
    """

    rule: str
    start: date
    due: date
    unit: Unit
    days: int
    article: str
    source: str = ""
    before: bool = False
    variant: Variant = Variant.PLAIN
    skipped: Skipped = ()
    rolled_from: date | None = None
    pack: str = ""
    calendar: str = ""
    confirmed: bool = True
    extensions: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data for JSON: dates as ISO text, skipped days as [{"date", "reason"}]."""
        return {
            "rule": self.rule,
            "start": self.start.isoformat(),
            "due": self.due.isoformat(),
            "unit": self.unit.value,
            "days": self.days,
            "article": self.article,
            "source": self.source,
            "before": self.before,
            "variant": self.variant.value,
            "skipped": [{"date": day.isoformat(), "reason": reason} for day, reason in self.skipped],
            "rolled_from": self.rolled_from.isoformat() if self.rolled_from else None,
            "pack": self.pack,
            "calendar": self.calendar,
            "confirmed": self.confirmed,
            "extensions": list(self.extensions),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Deadline:
        """The deadline that `as_json` wrote. Raises KeyError or ValueError when it is not one."""
        rolled = data["rolled_from"]
        return cls(
            rule=data["rule"],
            start=date.fromisoformat(data["start"]),
            due=date.fromisoformat(data["due"]),
            unit=Unit(data["unit"]),
            days=data["days"],
            article=data["article"],
            source=data["source"],
            before=data["before"],
            variant=Variant(data["variant"]),
            skipped=tuple((date.fromisoformat(day["date"]), day["reason"]) for day in data["skipped"]),
            rolled_from=date.fromisoformat(rolled) if rolled else None,
            pack=data["pack"],
            calendar=data["calendar"],
            confirmed=data["confirmed"],
            extensions=tuple(data.get("extensions", ())),
        )


Suspensions = Iterable[tuple[date, date]]
"""From the day of the decision to suspend up to, not including, the day of the decision to go on."""


def compute(
    book: LawBook,
    rule_id: str,
    start: date,
    calendar: WorkingCalendar,
    *,
    complex: bool = False,
    very_complex: bool = False,
    remote: bool = False,
    roll: bool = True,
    suspended: Suspensions = (),
    extensions: Iterable[int] = (),
) -> Deadline:
    """The last day of the limit `rule_id` for a step that begins on `start`.

    "Kể từ ngày": the first day counted is the day after `start`. `roll` moves the end of a limit in calendar
    days from a day off to the next working day (to the one before it when the rule counts back); a fixed day
    of a month is a date, not a limit, and never moves. `extensions` (gia hạn) are added to the limit. Days in
    `suspended` do not count (Luật Khiếu nại Điều 11a, Luật Tố cáo Điều 34). Raises Refused("unknown_rule"),
    Refused("no_rule_that_day") or, when the count leaves the years of the calendar, Refused("no_calendar").
    """
    pack, rule = book.find(rule_id, start)
    calendar.check_known(start)
    extended = tuple(extensions)
    variant, days = rule.limit(complex=complex, very_complex=very_complex, remote=remote)
    days += sum(extended)
    rolled_from: date | None = None
    skipped: Skipped = ()
    if rule.unit is Unit.DAY_OF_MONTH:
        due = _next_day_of_month(start, days, rule.months)
    else:
        due, skipped = _count(rule, start, days, calendar, _suspended_days(suspended))
        if roll and not calendar.is_working(due):
            rolled_from = due
            due, passed = _roll(due, calendar, back=rule.before)
            skipped += passed
    return Deadline(
        rule=rule.id,
        start=start,
        due=due,
        unit=rule.unit,
        days=days,
        article=rule.article,
        source=rule.source,
        before=rule.before,
        variant=variant,
        skipped=skipped,
        rolled_from=rolled_from,
        pack=pack.id,
        calendar=calendar.version,
        confirmed=rule.confirmed,
        extensions=extended,
    )


def _count(
    rule: Rule, start: date, days: int, calendar: WorkingCalendar, suspended: frozenset[date]
) -> tuple[date, Skipped]:
    """The `days`-th day that counts, and those passed over."""
    step = timedelta(days=-1 if rule.before else 1)
    day, left, skipped = start, days, list[tuple[date, str]]()
    while left:
        day += step
        off = calendar.reason_off(day) if rule.unit is Unit.WORKING else None
        reason = SUSPENDED if day in suspended else off
        if reason is None:
            left -= 1
        else:
            skipped.append((day, reason))
    return day, tuple(skipped)


def _roll(day: date, calendar: WorkingCalendar, *, back: bool) -> tuple[date, Skipped]:
    """The next (or previous) working day from a day off, and the days off on the way."""
    step = timedelta(days=-1 if back else 1)
    passed: list[tuple[date, str]] = []
    while (reason := calendar.reason_off(day)) is not None:
        passed.append((day, reason))
        day += step
    return day, tuple(passed)


def _suspended_days(suspended: Suspensions) -> frozenset[date]:
    return frozenset(
        first + timedelta(days=n) for first, until in suspended for n in range(max(0, (until - first).days))
    )


def _next_day_of_month(start: date, day: int, months: tuple[int, ...]) -> date:
    """The first `day` of one of `months` (none named: any month) on or after `start`."""
    year, month = start.year, start.month
    while True:
        if (not months or month in months) and date(year, month, day) >= start:
            return date(year, month, day)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
