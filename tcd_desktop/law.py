"""The law as data: clocks, holidays, grounds for refusal and report buckets, read from `resources/law`.

Each file is a pack with the instrument it comes from and the day it begins, so that a record of last year
follows the rules of last year and a new decree is a new file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from tcd_desktop.domain.clocks.calendar import WorkingCalendar
from tcd_desktop.domain.clocks.deadlines import LawBook, LawPack, Rule, Unit, Variant
from tcd_desktop.domain.follow_up.follow_up_terms import ReviewCriterion
from tcd_desktop.domain.follow_up.review_rules import CriterionRule
from tcd_desktop.domain.office import DayOff
from tcd_desktop.domain.reports.report_period import JumpRule, PeriodKind, ReportRules
from tcd_desktop.domain.sittings.sitting_duty import Duty
from tcd_desktop.domain.terms import Classification, OfficeKind
from tcd_desktop.paths import shipped

_HOLIDAYS = "holidays-2020-2027.toml"
_CORRECTIONS = "calendar-corrections.toml"
_GROUNDS = "refusal-grounds-2026.toml"
_CLASSIFICATION = "classification-2025.toml"
_DUTY = "reception-duty.toml"
_CASE_GROUNDS = "case-grounds-2026.toml"
_REVIEW = "review-criteria.toml"
_REPORTS = "report-periods.toml"

_ALL = tuple(Classification)

_COMPUTABLE = frozenset(range(2000, 2100))
"""Years whose lunar holidays the library knows; dates beyond them are slips of the keyboard."""


def _read(name: str) -> dict[str, Any]:
    with shipped("resources", "law", name).open("rb") as file:
        return tomllib.load(file)


# --- clocks -------------------------------------------------------------------------------------------


@cache
def law_book() -> LawBook:
    """All clocks there are and were, oldest pack first (`resources/law/deadlines-*.toml`)."""
    names = sorted(path.name for path in shipped("resources", "law").glob("deadlines-*.toml"))
    return LawBook(tuple(_pack(_read(name)) for name in names))


def _pack(data: dict[str, Any]) -> LawPack:
    start, end = data["effective_from"], data.get("effective_to")
    return LawPack(
        id=data["id"],
        instrument=data["instrument"],
        effective_from=start,
        effective_to=end,
        rules=tuple(_rule(rule, start, end) for rule in data["rule"]),
    )


def _rule(data: dict[str, Any], start: date, end: date | None) -> Rule:
    own = {"effective_from": start, "effective_to": end} | data
    own["unit"] = Unit(data["unit"])
    own["limits"] = {Variant(name): days for name, days in data.get("limits", {}).items()}
    own["months"] = tuple(data.get("months", ()))
    return Rule(**own)


# --- working days -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """Days off and make-up working days of one year, with their reasons in Vietnamese."""

    off: dict[date, str]
    working: dict[date, str]


def compute_year(year: int) -> HolidayYear:
    """What the `holidays` library says about Vietnam in `year`. Importing it takes 0.2 s."""
    from holidays import country_holidays

    found = country_holidays("VN", years=year, language="vi")
    off = {day: name for day, name in found.items() if day.year == year}
    working = {day: _made_up(off, day) for day in found.weekend_workdays if day.year == year}
    return HolidayYear(off, working)


def _made_up(off: dict[date, str], workday: date) -> str:
    """Why a Saturday is worked. The name of the day off it stands for ends with its date."""
    ending = f"{workday:%d/%m/%Y})"
    day = next((day for day, name in off.items() if name.endswith(ending)), None)
    return f"Làm bù cho ngày {day:%d/%m/%Y}" if day else "Làm bù"


@cache
def _shipped_years() -> tuple[str, dict[int, HolidayYear]]:
    data = _read(_HOLIDAYS)
    years = {int(year): table for year, table in data.items() if year.isdigit()}
    return data["version"], {
        year: HolidayYear(_dated(table["off"]), _dated(table["working"])) for year, table in years.items()
    }


def _dated(table: dict[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): reason for day, reason in table.items()}


@cache
def _year(year: int) -> HolidayYear:
    known = _shipped_years()[1]
    return known[year] if year in known else compute_year(year)


@cache
def _corrections() -> dict[str, Any]:
    return _read(_CORRECTIONS)


def is_announced(year: int) -> bool:
    """False when the days off of `year` are computed, not yet announced: Tết and swaps may still move."""
    return year <= _shipped_last() and year not in _corrections()["not_announced"]


def _shipped_last() -> int:
    return max(_shipped_years()[1])


def calendar_for(years: Iterable[int], overrides: Iterable[DayOff] = ()) -> WorkingCalendar:
    """The working calendar of these years: computed holidays, our corrections, then the office's own lines.

    A later line about a day stands over an earlier one. `version` names the sources and the content. Years
    outside 2000-2099 are left out, so that counting in them is refused.
    """
    wanted = _COMPUTABLE.intersection(years)
    off: dict[date, str] = {}
    working: dict[date, str] = {}
    for year in wanted:
        off |= _year(year).off
        working |= _year(year).working
    lines = [(line["day"], line["working"], line["reason"]) for line in _corrections()["correction"]]
    lines += [(own.day, own.working, own.reason) for own in overrides]
    for day, works, reason in lines:
        if day.year in wanted:
            (off if works else working).pop(day, None)
            (working if works else off)[day] = reason or ("Ngày làm việc" if works else "Ngày nghỉ")
    return WorkingCalendar(off, working, _version(off, working), wanted)


def calendar_around(day: date, overrides: Iterable[DayOff] = ()) -> WorkingCalendar:
    """The calendar for a deadline that begins or ends near `day`: its year, the one before, the one after."""
    return calendar_for(range(day.year - 1, day.year + 2), overrides)


def _version(off: dict[date, str], working: dict[date, str]) -> str:
    """ "holidays 0.109; 2026-11; 3f2a9c1b": library, corrections, first digits of the hash of the days."""
    content = repr((sorted(off.items()), sorted(working.items()))).encode()
    return f"{_shipped_years()[0]}; {_corrections()['version']}; {sha256(content).hexdigest()[:8]}"


# --- grounds and buckets ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalGround:
    """A ground for refusing a visit. `written`: a notice Mẫu số 01/TCD is due by the clock TCD.refusal.

    `text` is the text of the law, `short` a label for lists; `applies_to` the kinds of visit it is for.
    """

    code: str
    article: str
    short: str
    text: str
    written: bool
    applies_to: tuple[Classification, ...]
    effective_from: date


@cache
def refusal_grounds(on: date | None = None) -> tuple[RefusalGround, ...]:
    """The grounds in the order of the law: all of them, or those in force on a day."""
    data = _read(_GROUNDS)
    grounds = (
        RefusalGround(
            code=ground["code"],
            article=ground["article"],
            short=ground["short"],
            text=ground["text"],
            written=ground["written"],
            applies_to=tuple(map(Classification, ground.get("applies_to", _ALL))),
            effective_from=ground.get("effective_from", data["effective_from"]),
        )
        for ground in data["ground"]
    )
    return tuple(ground for ground in grounds if on is None or ground.effective_from <= on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A heading of Biểu 02/XLD: the code we store, its words on the form, its column."""

    code: str
    text: str
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Buckets:
    """How a classification is divided in reports: by level (lần đầu, lần 2, tiếp) and field (lĩnh vực)."""

    levels: tuple[Bucket, ...]
    fields: tuple[Bucket, ...]


@cache
def classification_buckets(classification: Classification) -> Buckets:
    """Levels and fields of a classification (Thông tư 06/2025, Biểu 02/XLD). Petitions have no level."""
    for kind in _read(_CLASSIFICATION)["kind"]:
        if classification in kind["applies_to"]:
            return Buckets(
                levels=tuple(Bucket(**bucket) for bucket in kind["levels"]),
                fields=tuple(Bucket(**bucket) for bucket in kind["fields"]),
            )
    raise KeyError(classification)


def bucket_codes(classification: Classification) -> frozenset[str]:
    """The codes of the fields (lĩnh vực) in which a classification counts."""
    return frozenset(bucket.code for bucket in classification_buckets(classification).fields)


def national_mapping(own: Path | None = None) -> dict[str, Any]:
    """Our codes and the national ones: the office's `own` file when it exists, else the shipped one.

    Raises OSError, tomllib.TOMLDecodeError for a file that cannot be read.
    """
    place = own if own is not None and own.exists() else shipped("resources", "national", "mapping.toml")
    return tomllib.loads(place.read_text(encoding="utf-8-sig"))


# --- grounds of steps in a matter ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGround:
    """One ground of a step: the code we store and the text of the law. `confirmed`: read in that text."""

    code: str
    text: str
    article: str
    confirmed: bool = True


@cache
def case_grounds(step: str, classification: Classification) -> tuple[CaseGround, ...]:
    """The grounds of "not_eligible", "not_accepted", "complex", "suspend", "end" or "protection"; () = none set."""
    found = [one for one in _read(_CASE_GROUNDS)["list"] if one["id"] == step and classification in one["kinds"]]
    return tuple(
        CaseGround(
            code=ground["code"], text=ground["text"], article=one["article"], confirmed=ground.get("confirmed", True)
        )
        for one in found
        for ground in one["grounds"]
        if classification in ground.get("kinds", one["kinds"])
    )


# --- the review of crowded, complex and long-running cases ----------------------------------------------


@cache
def review_rules() -> tuple[CriterionRule, ...]:
    """When a case is proposed for the review (`resources/law/review-criteria.toml`)."""
    return tuple(
        CriterionRule(
            criterion=ReviewCriterion(line["code"]), least=line["least"], alone=line["alone"], text=line["text"]
        )
        for line in _read(_REVIEW)["criterion"]
    )


# --- the head's duty to receive -----------------------------------------------------------------------


@cache
def reception_duties() -> tuple[Duty, ...]:
    """How often heads must receive in person: every minimum there is or was (`resources/law/reception-duty.toml`)."""
    return tuple(Duty(**line | {"office": OfficeKind(line["office"])}) for line in _read(_DUTY)["duty"])


# --- the periods of reports -------------------------------------------------------------------------------


@cache
def report_rules() -> ReportRules:
    """When reports are due, which have a narrative, and when a change of a figure is pointed at."""
    data = _read(_REPORTS)
    return ReportRules(
        source=data["source"],
        due={OfficeKind(kind): day for kind, day in data["due"].items()},
        due_month={kind: data["due_month"][kind] for kind in OfficeKind},
        narrative_kinds=frozenset(PeriodKind(kind) for kind in data["narrative"]["kinds"]),
        narrative_quarters=frozenset(data["narrative"]["quarters"]),
        jump=JumpRule(least=data["jump"]["least"], percent=data["jump"]["percent"]),
    )


__all__ = [
    "Bucket",
    "Buckets",
    "CaseGround",
    "HolidayYear",
    "RefusalGround",
    "bucket_codes",
    "calendar_around",
    "calendar_for",
    "case_grounds",
    "classification_buckets",
    "compute_year",
    "is_announced",
    "law_book",
    "national_mapping",
    "reception_duties",
    "refusal_grounds",
    "report_rules",
    "review_rules",
]
