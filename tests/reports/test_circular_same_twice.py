"""The tables counted by the program are the tables counted by plain loops: in random worlds and in the practice one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tcd_desktop.domain.follow_up.follow_up_terms import FindingState, ObligationState, SettlementResult
from tcd_desktop.domain.follow_up.inspection import Finding, InspectionRound
from tcd_desktop.domain.old_book.old_book import OpeningBalance
from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.reports.report_period import MonthRule, PeriodKind, ReportPeriod, days, month, quarter, to_date
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    LinkKind,
    PetitionDirection,
    SittingKind,
    SittingState,
)
from tcd_desktop.open_office import open_office
from tcd_desktop.practice.world import PASSWORD, make_world
from tcd_desktop.reports.circular.figures import broken_rules, count_all, members
from tcd_desktop.reports.circular.tables import table, tables
from tcd_desktop.store.store import Store
from tests.offices import MONDAY
from tests.reports import circular_books as books
from tests.reports.circular_by_hand import books_of, tables_by_hand

WARDS = ("P-01", "P-02", "P-03")
FIRST = date(2025, 12, 15)
PERIODS = (
    quarter(2026, 1),
    quarter(2026, 2),
    to_date(PeriodKind.HALF_YEAR, 2026),
    month(2026, 2, MonthRule.CALENDAR),
    month(2026, 3, MonthRule.CUT),
    days(date(2026, 3, 3), date(2026, 4, 20)),
)
_KINDS = ("complaint", "denunciation", "petition", "feedback")
_FIELDS = {
    "complaint": ("land", "policy", "other", ""),
    "denunciation": ("administrative", "corruption", "judicial", "other", ""),
    "petition": ("land", "policy", "other", ""),
    "feedback": ("land", "policy", "other", ""),
}


class World:
    """A random world of three wards, from mid December to the end of June."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.records: list[Any] = []
        for ward in WARDS:
            self._ward(ward)

    def day(self, since: date = FIRST) -> date:
        """A day of the world."""
        return since + timedelta(days=self.random.randrange(max((date(2026, 6, 30) - since).days, 1)))

    def _ward(self, ward: str) -> None:
        chance, choice = self.random.random, self.random.choice
        cases, visits, petitions = [], [], []
        for _ in range(8 + self.random.randrange(20)):
            made = self._case(ward)
            cases.append(made)
        for _ in range(self.random.randrange(30)):
            held = choice(cases).id if cases and chance() < 0.5 else None
            direction = choice(list(Direction))
            at = self.day()
            line = books.visit(
                at,
                office=ward,
                rank=choice(("officer", "officer", "head", "delegate")),
                people=choice((1, 1, 2, 4, 5, 30)),
                case=held,
                direction=direction,
                classification=Classification(choice(_KINDS)),
                forwarded_on=at + timedelta(days=self.random.randrange(30)) if direction is Direction.FORWARD else None,
                has_petition=chance() < 0.6,
                same_visit=choice(visits).id if visits and chance() < 0.15 else None,
                removed="Nhập nhầm" if chance() < 0.1 else "",
            )
            visits.append(line)
            if line.has_petition:
                petitions.append(books.handed_over(line, removed=line.removed))
        for _ in range(self.random.randrange(40)):
            petitions.append(self._petition(ward, cases, petitions))
        self.records += [*visits, *petitions]
        for _ in range(self.random.randrange(6)):
            if len(visits) > 1:
                earlier, later = self.random.sample(visits, 2)
                kind, gone = choice(list(LinkKind)), "Không đúng" if chance() < 0.2 else ""
                link = Link(id=books.new_id(), office=ward, kind=kind, earlier=earlier.id, later=later.id, removed=gone)
                self.records.append(link)
        for _ in range(self.random.randrange(8)):
            self._sitting(ward)
        self._rounds(ward)
        for form, column in (("02/XLD", "1"), ("01/TCD", "5"), ("01/TCD", "12"), ("05/KQTH", "16")):
            if chance() < 0.2:
                value = self.random.randrange(9)
                self.records.append(
                    OpeningBalance(id=books.new_id(), office=ward, on=self.day(), form=form, column=column, value=value)
                )

    def _case(self, ward: str) -> Any:
        chance, choice = self.random.random, self.random.choice
        kind = choice(_KINDS)
        day = self.day()
        instance = choice((1, 1, 2))
        made = books.case(day, kind, office=ward, field=choice(_FIELDS[kind]), instance=instance)
        steps = []
        act = choice(("accept", "accept", "accept", "accept", "refuse", "forward", "guide", "file", "end", ""))
        if act:
            day = self.day(day)
            steps.append(books.step(made, act, day))
        if act == "accept" and chance() < 0.25:
            steps.append(books.step(made, choice(("end", "withdraw_part", "suspend")), self.day(day)))
        elif act == "accept" and kind in ("complaint", "denunciation") and chance() < 0.8:
            day = self.day(day)
            second = instance > 1 and kind == "complaint"
            results = ("upheld", "changed") if second else ("right", "partly", "wrong")
            decide = "decide" if kind == "complaint" else "conclude"
            signed = day - timedelta(days=self.random.randrange(4))
            result = SettlementResult(choice(results))
            steps.append(books.step(made, decide, day, dated=signed, result=result.value))
            if chance() < 0.6:
                self._obligation(made, signed)
            if chance() < 0.5:
                over = day + timedelta(days=self.random.randrange(60))
                steps.append(books.step(made, choice(("close", "executed")), over))
            if kind == "denunciation" and chance() < 0.3:
                day = self.day(day)
                steps.append(books.step(made, "denounced_again", day))
                steps.append(books.step(made, "conclude", self.day(day), result=choice(results)))
        if chance() < 0.1:
            made = books.CaseFile(**{**books.every_field(made), "removed": "Mở nhầm"})
        self.records += [made, *steps]
        return made

    def _obligation(self, of: Any, issued: date) -> None:
        chance, number = self.random.random, self.random.randrange
        people = number(9)
        figures = {
            "state_money": (number(9) * 1_000_000, number(5) * 1_000_000),
            "state_land": (number(50), number(20)),
            "organisations_money": (number(9) * 500_000, 0),
            "people_money": (number(9) * 100_000, number(100_000)),
            "people_land": (number(70), number(9)),
            "organisations_land": (number(70), number(9)),
            "organisations": (number(3), 0),
            "people": (number(3), 0),
            "handled_organisations": (number(3), number(3)),
            "handled_people": (people, people),
            "handled_officials": (number(people + 1), number(people + 1)),
            "prosecuted_cases": (number(2), number(2)),
            "prosecuted_people": (people, people),
            "prosecuted_officials": (number(people + 1), number(people + 1)),
        }
        done = issued + timedelta(days=self.random.randrange(90)) if chance() < 0.4 else None
        self.records.append(
            books.obligation(
                of,
                issued,
                office=of.office,
                amounts=books.amounts(**figures),
                done_on=done,
                state=ObligationState.DONE if done else ObligationState.IN_PROGRESS,
                removed="Nhập nhầm" if chance() < 0.1 else "",
            )
        )

    def _petition(self, ward: str, cases: list[Any], others: list[Any]) -> Any:
        chance, choice = self.random.random, self.random.choice
        kind = choice(_KINDS)
        day = self.day()
        direction = choice((None, PetitionDirection.ACCEPT, *PetitionDirection))
        return books.petition(
            day,
            kind,
            office=ward,
            field=choice(_FIELDS[kind]),
            instance=choice((1, 1, 1, 2)),
            direction=direction,
            direction_on=day + timedelta(days=self.random.randrange(60)) if direction and chance() < 0.8 else None,
            eligible=choice((None, True, True, False)),
            within_competence=choice((None, True, False)),
            case=choice(cases).id if cases and chance() < 0.4 else None,
            duplicate_of=choice(others).id if others and chance() < 0.2 else None,
            removed="Nhập nhầm" if chance() < 0.08 else "",
        )

    def _sitting(self, ward: str) -> None:
        chance, choice = self.random.random, self.random.choice
        day = self.day()
        self.records.append(
            books.sitting(
                day,
                office=ward,
                kind=choice(list(SittingKind)),
                state=choice(list(SittingState)),
                posted_on=day - timedelta(days=7) if chance() < 0.8 else None,
                delegate=choice(("", "", "Phó Chủ tịch")),
                removed="Nhập nhầm" if chance() < 0.1 else "",
            )
        )

    def _rounds(self, ward: str) -> None:
        chance = self.random.random
        for _ in range(self.random.randrange(3)):
            begun = self.day()
            closed = self.day(begun) if chance() < 0.6 else None
            held = InspectionRound(
                id=books.new_id(),
                office=ward,
                unit="P-09",
                since=FIRST,
                until=begun,
                begun_on=begun,
                closed_on=closed,
                removed="Nhập nhầm" if chance() < 0.1 else "",
            )
            self.records.append(held)
            for _finding in range(self.random.randrange(3)):
                answered = self.day(begun) if chance() < 0.6 else None
                self.records.append(
                    Finding(
                        id=books.new_id(),
                        office=ward,
                        round=held.id,
                        unit="P-09",
                        text="Tồn tại",
                        state=FindingState.CORRECTED if answered else FindingState.ASKED,
                        corrected_on=answered,
                    )
                )


def world_store(seed: int) -> Store:
    store = books.new_store()
    books.put(store, World(seed).records)
    return store


def by_program(store: Store, period: ReportPeriod, units: tuple[str, ...] = WARDS) -> dict[str, Any]:
    with store.reading() as connection:
        return {one.table: one for one in count_all(connection, period, units)}


def differences(store: Store, period: ReportPeriod, units: tuple[str, ...]) -> list[str]:
    """Where the two counts disagree, in words."""
    counted = by_program(store, period, units)
    found = []
    for unit in units:
        for form, values in tables_by_hand(books_of(store, unit), period.first, period.last).items():
            for column, value in enumerate(values, start=1):
                ours = counted[form].value(unit, column)
                if ours != value:
                    found.append(f"{period.code} {unit} {form} column {column}: {ours} counted, {value} by hand")
    return found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(PERIODS))
def test_a_random_world_is_counted_alike_by_two_ways(seed: int, period: ReportPeriod) -> None:
    store = world_store(seed)
    try:
        assert not differences(store, period, WARDS)
    finally:
        store.close()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(PERIODS))
def test_in_a_random_world_the_tables_add_up_and_every_figure_has_its_records(seed: int, period: ReportPeriod) -> None:
    store = world_store(seed)
    try:
        counted = by_program(store, period)
        assert not broken_rules(counted.values())
        with store.reading() as connection:
            for form in tables():
                for column in form.columns:
                    for units in (WARDS, WARDS[:1]):
                        rows = members(connection, form, column.number, units, period, limit=100_000).rows
                        wanted = sum(counted[form.code].value(unit, column.number) for unit in units)
                        assert sum(one.amount for one in rows) == wanted, (form.code, column.number)
    finally:
        store.close()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_wards_add_up_to_the_district_and_one_ward_is_counted_alone_as_beside_others(seed: int) -> None:
    store = world_store(seed)
    try:
        together = by_program(store, quarter(2026, 1))
        alone = [by_program(store, quarter(2026, 1), (ward,)) for ward in WARDS]
        for form, counted in together.items():
            for ward, single in zip(WARDS, alone, strict=True):
                assert single[form].rows[ward] == counted.rows[ward]
            assert counted.total == tuple(map(sum, zip(*counted.rows.values(), strict=True)))
    finally:
        store.close()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_entries_of_three_months_are_those_of_their_quarter(seed: int) -> None:
    store = world_store(seed)
    try:
        months = [by_program(store, month(2026, number, MonthRule.CUT)) for number in (1, 2, 3)]
        whole = by_program(store, quarter(2026, 1))
        for form in tables():
            for column in form.columns:
                if column.adds:
                    parts = [one[form.code].total[column.number - 1] for one in months]
                    assert sum(parts) == whole[form.code].total[column.number - 1], (form.code, column.number)
    finally:
        store.close()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_what_one_period_leaves_open_is_where_the_next_begins(seed: int) -> None:
    store = books.new_store()
    records = [one for one in World(seed).records if not isinstance(one, OpeningBalance)]
    books.put(store, records)
    chain = [quarter(2026, 1), quarter(2026, 2), quarter(2026, 3)]
    try:
        counted = [by_program(store, one) for one in chain]
        for (before, earlier), (after, later) in pairwise(zip(chain, counted, strict=True)):
            assert before.last + timedelta(days=1) == after.first
            for ward in WARDS:
                new = sum(
                    not one.removed and after.first <= one.received_on <= after.last and _taken_on(store, one)
                    for one in books_of(store, ward).petitions
                )
                left = earlier["02/XLD"].value(ward, 1) - earlier["02/XLD"].value(ward, 2)
                assert later["02/XLD"].value(ward, 1) == left + new
                rounds = sum(after.first <= one.begun_on <= after.last for one in books_of(store, ward).rounds)
                left = earlier["06/QLKNTC"].value(ward, 6) - earlier["06/QLKNTC"].value(ward, 8)
                assert later["06/QLKNTC"].value(ward, 6) == left + rounds
    finally:
        store.close()


def _taken_on(store: Store, one: Any) -> bool:
    from tcd_desktop.domain.receptions.reception import Reception

    visit = store.find(Reception, one.reception) if one.reception else None
    return not (visit and one.number == 0 and one.direction is None and visit.direction is Direction.REFUSE)


def test_the_practice_district_is_counted_alike_by_two_ways(tmp_path: Path) -> None:
    world = make_world(tmp_path / "world", wards=4, receptions=240, until=MONDAY.date(), delivered=True)
    district = open_office(world.district, PASSWORD)
    try:
        units = tuple(sorted({one.office for one in district.store.all(books.Reception)}))
        assert len(units) == 2  # two of four have not sent
        seen = set()
        for period in (*(quarter(2026, number) for number in (1, 2, 3, 4)), to_date(PeriodKind.YEAR, 2025)):
            assert not differences(district.store, period, (*units, district.office.id))
            counted = by_program(district.store, period, units)
            assert not [one for one in broken_rules(counted.values()) if one.table in ("01/TCD", "02/XLD")]
            seen |= {(form, at) for form, one in counted.items() for at, value in enumerate(one.total, 1) if value}
        assert {("01/TCD", 5), ("01/TCD", 10), ("02/XLD", 6), ("03/GQKN", 4), ("04/GQTC", 1)} <= seen
        manual = {("06/QLKNTC", one.number) for one in table("06/QLKNTC").columns if one.manual}
        assert not manual & seen
    finally:
        district.close()
