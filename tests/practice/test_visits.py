"""The visits of the practice district: the same for a seed, complete, believable, different in every ward."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import astuple
from datetime import date, time
from functools import cache
from hashlib import sha256

import pytest

from tcd_desktop.domain.people.group_rules import most_speakers
from tcd_desktop.domain.people.identity_checks import id_number_warnings
from tcd_desktop.domain.people.representation_rules import PAPERED_ROLES
from tcd_desktop.domain.problems import blocking
from tcd_desktop.domain.receptions.reception import CROWD
from tcd_desktop.domain.receptions.reception_rules import GROUND_KINDS, WRITTEN_GROUNDS
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    IdKind,
    ReceiverRank,
    ReceptionKind,
    RepresentationKind,
    Role,
)
from tcd_desktop.law import calendar_for
from tcd_desktop.practice.names import names
from tcd_desktop.practice.visits import Outcome, PracticeVisit, practice_wards, visits

UNTIL = date(2026, 11, 23)
CALENDAR = calendar_for(range(2021, 2028))
EACH = 400


@cache
def ward_visits(code: str, seed: str = "1", count: int = EACH, until: date = UNTIL) -> tuple[PracticeVisit, ...]:
    ward = next(ward for ward in practice_wards() if ward.code == code)
    return tuple(visits(ward, EACH, seed, UNTIL))


@cache
def all_visits() -> tuple[PracticeVisit, ...]:
    return tuple(visit for ward in practice_wards() for visit in ward_visits(ward.code))


def digest(found: tuple[PracticeVisit, ...]) -> str:
    return sha256(repr(found).encode()).hexdigest()


# --- the same, and different ------------------------------------------------------------------------


def test_the_same_seed_makes_the_same_visits() -> None:
    ward = practice_wards()[13]
    assert digest(tuple(visits(ward, 300, "1", UNTIL))) == digest(tuple(visits(ward, 300, "1", UNTIL)))


def test_visits_do_not_depend_on_the_wards_made_before() -> None:
    first, second = practice_wards()[:2]
    alone = digest(tuple(visits(second, 50, "7", UNTIL)))
    list(visits(first, 50, "7", UNTIL))
    assert digest(tuple(visits(second, 50, "7", UNTIL))) == alone


def test_another_seed_makes_other_visits() -> None:
    one, other = ward_visits("HBT-14"), ward_visits("HBT-14", "2")
    assert not {visit.draft.id_number for visit in one} & {visit.draft.id_number for visit in other}
    same = {visit.draft.content for visit in one} & {visit.draft.content for visit in other}
    assert len(same) < EACH * 0.01, same  # the same words about the same lamp may be found twice


def test_no_two_wards_have_the_same_people_or_words() -> None:
    seen: dict[tuple[str, str], str] = {}
    for ward in practice_wards():
        for visit in ward_visits(ward.code):
            for key in (("content", visit.draft.content), ("number", visit.draft.id_number)):
                assert seen.setdefault(key, ward.code) == ward.code, key


def test_there_are_as_many_visits_as_asked_for() -> None:
    ward = practice_wards()[0]
    assert [len(list(visits(ward, count, "1", UNTIL))) for count in (0, 1, 29, 111)] == [0, 1, 29, 111]


# --- complete -----------------------------------------------------------------------------------------


def test_every_visit_could_be_saved() -> None:
    for visit in all_visits():
        assert not blocking(visit.draft.problems(UNTIL)), visit


def test_every_visit_could_be_saved_on_its_own_day() -> None:
    for visit in all_visits():
        assert visit.draft.date
        assert not blocking(visit.draft.problems(visit.draft.date)), visit


def test_few_visits_carry_a_warning_about_the_person() -> None:
    doubtful = [v for v in all_visits() if {"id_number", "phone"} & set(v.draft.problems(UNTIL))]
    assert 0 < len(doubtful) / len(all_visits()) < 0.03


def test_every_text_is_composed_and_without_an_open_placeholder() -> None:
    for visit in all_visits():
        texts = [part for part in astuple(visit.draft) if isinstance(part, str)]
        texts += [visit.title, *(paper.name for paper in visit.draft.documents)]
        for text in texts:
            assert text == unicodedata.normalize("NFC", text)
            assert not set("{}") & set(text), text
            assert "  " not in text and text == text.strip(), text


def test_sentences_begin_with_a_capital_letter() -> None:
    for visit in all_visits():
        for text in (visit.draft.content, visit.draft.request, visit.title):
            begin = [text[0], *re.findall(r"[.?!] (.)", text)]
            assert not any(letter.islower() for letter in begin), text


def test_contents_are_as_long_as_people_write_them() -> None:
    lengths = [len(visit.draft.content) for visit in all_visits()]
    assert 200 <= sum(lengths) / len(lengths) <= 320
    assert min(lengths) > 100


def test_the_direction_has_what_it_needs() -> None:
    for visit in all_visits():
        draft = visit.draft
        assert bool(draft.guided_to) == (draft.direction is Direction.GUIDE)
        assert bool(draft.forwarded_to) == (draft.direction in (Direction.FORWARD, Direction.REQUIRE_LOWER))
        assert bool(draft.refusal_ground) == (draft.direction is Direction.REFUSE)
        if draft.forwarded_to:
            assert draft.forwarding_number and draft.forwarded_on == draft.date
        assert draft.classification in GROUND_KINDS.get(draft.refusal_ground, Classification)
        assert (draft.receiver_rank is ReceiverRank.DELEGATE) == bool(draft.delegated_by)


def test_numbers_of_letters_run_without_gaps_in_a_year() -> None:
    numbers: dict[str, list[int]] = {}
    for visit in ward_visits("HBT-09"):
        for letter in (visit.draft.guidance_number, visit.draft.forwarding_number):
            if letter and visit.draft.date:
                number, sign = letter.split("/", 1)
                numbers.setdefault(f"{visit.draft.date.year} {sign}", []).append(int(number))
    assert len(numbers) > 5
    for sign, found in numbers.items():
        assert found == list(range(1, len(found) + 1)), sign


# --- time -----------------------------------------------------------------------------------------------


def test_visits_come_in_order_on_working_days_in_office_hours() -> None:
    for ward in practice_wards():
        drafts = [visit.draft for visit in ward_visits(ward.code)]
        moments = [(draft.date, draft.time) for draft in drafts]
        assert moments == sorted(moments)
    for visit in all_visits():
        day, begin, end = visit.draft.date, visit.draft.time, visit.draft.end_time
        assert day and begin and end
        assert date(2022, 11, 23) <= day <= UNTIL and CALENDAR.is_working(day)
        assert time(8) <= begin < time(11, 30) or time(13, 30) <= begin < time(16, 30)
        assert begin < end


def test_nobody_has_come_later_than_half_past_ten_on_the_last_day() -> None:
    last = [visit.draft.time for visit in all_visits() if visit.draft.date == UNTIL]
    assert len(last) >= 3 * len(practice_wards())
    assert all(begin and begin < time(10, 30) for begin in last)


def test_a_last_day_without_office_ends_on_the_working_day_before() -> None:
    sunday = date(2026, 11, 22)
    found = list(visits(practice_wards()[0], 60, "1", sunday))
    assert found[-1].draft.date == date(2026, 11, 20)


def test_visits_spread_over_all_years() -> None:
    years = Counter(visit.draft.date.year for visit in all_visits() if visit.draft.date)
    assert set(years) == {2022, 2023, 2024, 2025, 2026}
    assert min(years[year] for year in (2023, 2024, 2025)) > len(all_visits()) * 0.15


# --- shares ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        (Classification.DENUNCIATION, 0.04, 0.08),
        (Classification.COMPLAINT, 0.25, 0.35),
        (Classification.PETITION, 0.22, 0.34),
        (Classification.FEEDBACK, 0.30, 0.42),
    ],
)
def test_every_classification_has_its_share(kind: Classification, low: float, high: float) -> None:
    share = sum(visit.draft.classification is kind for visit in all_visits()) / len(all_visits())
    assert low <= share <= high


def test_every_direction_role_and_kind_of_paper_occurs() -> None:
    drafts = [visit.draft for visit in all_visits()]
    assert {draft.direction for draft in drafts} == set(Direction)
    assert {draft.role for draft in drafts} == set(Role) - {Role.RELATED}
    assert {draft.id_kind for draft in drafts} == set(IdKind)
    assert {draft.kind for draft in drafts} == set(ReceptionKind)
    assert {len(draft.documents) for draft in drafts} == set(range(7))


def test_the_field_is_one_the_reports_know() -> None:
    land = {"land", "policy", "other"}
    for visit in all_visits():
        denounced = visit.draft.classification is Classification.DENUNCIATION
        allowed = {"administrative", "corruption", "judicial", "other"} if denounced else land
        assert visit.case_field in allowed
    assert {visit.case_field for visit in all_visits()} >= land | {"administrative", "corruption"}


def test_crowds_come_with_a_representative_and_his_paper() -> None:
    crowds = [visit.draft for visit in all_visits() if visit.draft.people >= CROWD]
    assert 0.015 < len(crowds) / len(all_visits()) < 0.06
    assert max(draft.people for draft in crowds) <= 40
    for draft in crowds:
        assert draft.role is Role.GROUP_REPRESENTATIVE
        assert draft.representation_kind is RepresentationKind.APPOINTMENT
        assert len(draft.members) == draft.people and draft.members[0].name == draft.name
        assert 1 <= sum(member.speaks for member in draft.members) <= most_speakers(draft.people)
        assert draft.classification is not Classification.DENUNCIATION


def test_representatives_show_the_paper_of_their_role() -> None:
    papered = [visit.draft for visit in all_visits() if visit.draft.role in PAPERED_ROLES]
    assert {draft.role for draft in papered} == PAPERED_ROLES
    for draft in papered:
        assert draft.representation_kind and draft.representation_number and draft.representation_on
        codes = {problem.code for problem in draft.problems(UNTIL).values()}
        assert not codes & {"paper_not_for_role", "paper_kind_needed", "scope_needed", "paper_after_visit"}


def test_some_speak_of_two_matters_in_one_visit() -> None:
    pairs = 0
    for ward in practice_wards():
        found = ward_visits(ward.code)
        for position, visit in enumerate(found):
            if visit.same_visit is None:
                continue
            first = found[visit.same_visit]
            pairs += 1
            assert visit.same_visit == position - 1 and first.same_visit is None
            assert (visit.draft.name, visit.draft.date, visit.draft.time) == (
                first.draft.name,
                first.draft.date,
                first.draft.time,
            )
            kinds = {visit.draft.classification, first.draft.classification}
            assert len(kinds) == 2 and Classification.DENUNCIATION not in kinds
    assert 0.005 < pairs / len(all_visits()) < 0.03


def test_written_refusals_have_their_notice_and_the_others_were_explained() -> None:
    refused = [visit for visit in all_visits() if visit.draft.direction is Direction.REFUSE]
    written = [visit for visit in refused if visit.draft.refusal_ground in WRITTEN_GROUNDS]
    assert len(written) > 20 and len(refused) > len(written)
    for visit in refused:
        assert visit.draft.refusal_explained == (visit not in written)
        assert bool(visit.notice_on) == bool(visit.notice_number)
    issued = [visit for visit in written if visit.notice_on]
    assert 0.7 < len(issued) / len(written) < 1
    for visit in issued:
        assert visit.notice_on and visit.draft.date and visit.draft.date < visit.notice_on <= UNTIL


def test_a_denouncer_comes_alone_and_is_never_forwarded_from_the_table() -> None:
    for visit in all_visits():
        if visit.draft.classification is Classification.DENUNCIATION:
            assert (visit.draft.role, visit.draft.people) == (Role.SELF, 1)
            assert visit.draft.direction is not Direction.FORWARD
            assert visit.opens_case or visit.repeat_of is not None or visit.draft.direction is Direction.REFUSE


def test_the_head_receives_twice_a_month() -> None:
    days = {v.draft.date for v in all_visits() if v.draft.kind is ReceptionKind.SCHEDULED and v.draft.date}
    per_month = Counter((day.year, day.month) for day in days)
    assert max(per_month.values()) == 2
    assert per_month[(2025, 6)] == 2
    for visit in all_visits():
        headed = visit.draft.kind is not ReceptionKind.REGULAR
        assert headed == (visit.draft.receiver_rank is not ReceiverRank.OFFICER)


def test_receivers_are_officers_of_the_ward() -> None:
    for ward in practice_wards():
        for visit in ward_visits(ward.code):
            officer = ward.officer(visit.receiver_key)
            assert (officer.name, officer.title) == (visit.draft.receiver_name, visit.draft.receiver_title)


# --- coming back ------------------------------------------------------------------------------------------


def test_repeat_visits_are_the_same_person_with_the_same_matter() -> None:
    repeats = 0
    for ward in practice_wards():
        found = ward_visits(ward.code)
        for position, visit in enumerate(found):
            if visit.repeat_of is None:
                continue
            repeats += 1
            first = found[visit.repeat_of]
            assert visit.repeat_of < position and first.repeat_of is None
            assert first.draft.date and visit.draft.date and first.draft.date < visit.draft.date
            for field in ("name", "id_number", "address", "classification", "people", "represented"):
                assert getattr(first.draft, field) == getattr(visit.draft, field)
            assert first.title == visit.title
            day = first.draft.date
            assert f"{day.day}/{day.month}/{day.year}" in visit.draft.content
    assert 0.12 < repeats / len(all_visits()) < 0.20


def test_a_matter_has_at_most_one_case_and_later_visits_belong_to_it() -> None:
    for ward in practice_wards():
        found = ward_visits(ward.code)
        for position, visit in enumerate(found):
            assert visit.opens_case == (visit.case_of == position)
            if visit.case_of is not None and not visit.opens_case:
                opened = found[visit.case_of]
                assert opened.opens_case
                assert {visit.case_of, opened.repeat_of} & {visit.repeat_of}
        by_matter = Counter(v.repeat_of for v in found if v.opens_case and v.repeat_of is not None)
        assert not by_matter or max(by_matter.values()) == 1


# --- answers ----------------------------------------------------------------------------------------------


def test_the_outcome_agrees_with_the_days() -> None:
    for visit in all_visits():
        assert visit.draft.date
        assert visit.due_on == CALENDAR.add_working_days(visit.draft.date, 10)[0]
        answered = visit.answered_on
        assert (answered is None) == (visit.answer_kind is None) == (visit.answer_channel is None)
        if answered is None:
            expected = Outcome.OVERDUE if visit.due_on < UNTIL else Outcome.OPEN
        else:
            assert visit.draft.date <= answered <= UNTIL and CALENDAR.is_working(answered)
            expected = Outcome.ANSWERED_ON_TIME if answered <= visit.due_on else Outcome.ANSWERED_LATE
        assert visit.outcome is expected


def test_old_visits_are_answered_and_the_last_weeks_have_open_and_overdue_ones() -> None:
    shares = Counter(visit.outcome for visit in all_visits())
    assert shares[Outcome.ANSWERED_ON_TIME] / len(all_visits()) > 0.85
    assert set(shares) == set(Outcome)
    waiting = [v for v in all_visits() if v.outcome is Outcome.OVERDUE]
    recent = [v for v in waiting if v.due_on >= date(2026, 8, 1)]
    assert len(recent) > len(waiting) / 2
    assert all(v.draft.date and v.draft.date >= date(2026, 11, 1) for v in all_visits() if v.outcome is Outcome.OPEN)


# --- people -----------------------------------------------------------------------------------------------


def test_twelve_digits_agree_with_birth_and_sex_but_for_a_few() -> None:
    twelve = {IdKind.CITIZEN_CARD, IdKind.PERSONAL_NUMBER, IdKind.IDENTITY_CERTIFICATE}
    drafts = [visit.draft for visit in all_visits() if visit.draft.id_kind in twelve]
    wrong = [d for d in drafts if id_number_warnings(d.id_kind, d.id_number, d.birth_date, d.sex)]
    assert all(len(draft.id_number) == 12 for draft in drafts)
    assert 0 < len(wrong) / len(drafts) < 0.03


def test_people_are_grown_up_and_their_papers_older_than_the_visit() -> None:
    for visit in all_visits():
        draft = visit.draft
        assert (
            draft.date and 22 <= draft.date.year - int(draft.birth_date[:4]) <= 97
        )  # 93, and four years on when coming back
        if draft.id_issued:
            assert draft.id_issued < draft.date
            assert draft.id_place


def test_names_are_varied_and_nobody_is_famous() -> None:
    people = {visit.draft.name for visit in all_visits()}
    assert len(people) > len(all_visits()) * 0.5
    assert not people & names().avoid
    family = Counter(name.split()[0] for name in people)
    assert family.most_common(1)[0][0] == "Nguyễn"


def test_addresses_lie_on_streets_of_the_ward() -> None:
    for ward in practice_wards():
        here = [v.draft.address for v in ward_visits(ward.code) if f"phường {ward.name}," in v.draft.address]
        assert len(here) > EACH * 0.85
        for address in here:
            assert any(place in address for place in (*ward.streets, *ward.blocks)), address
