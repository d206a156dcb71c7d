"""A whole practice district on disk: the district, its wards enrolled, years of visits logged by the real desks.

    folder/district   folder/ward-01 … folder/ward-18   password "practice"

The clock of each office is moved along with the visits, so journals, answers and deadlines look as if people had
worked there. The same seed gives the same visits; keys and ids are random, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from pathlib import Path
from random import Random

from tcd_desktop import law
from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.office import Officer
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import AnswerKind, OfficeKind
from tcd_desktop.jobs import Progress, SilentProgress, stop_if_cancelled
from tcd_desktop.open_office import OfficeForm, OpenOffice, add_officer, found_office
from tcd_desktop.practice import directives
from tcd_desktop.practice.courses import settle, take_effect
from tcd_desktop.practice.follow_up import follow_up
from tcd_desktop.practice.petitions import PracticePetitions
from tcd_desktop.practice.sittings import PracticeSittings
from tcd_desktop.practice.visits import PracticeVisit, visits
from tcd_desktop.practice.wards import PracticeWard, practice_district, practice_wards
from tcd_desktop.store.closed.vault import Cost
from tcd_desktop.store.journal.clock import new_id

PASSWORD = "practice"
COST = Cost(memory=8192, passes=1, lanes=1)
"""The password is printed in the manual, so opening a practice office need not be slow."""

SEED = 446
RECEPTIONS = 2000
YEARS = 4
_ANSWERED, _SENT = time(11), time(11, 30)
_TALK = timedelta(minutes=20)
"""When answers are given and sticks are sent: visits of the last day have all begun before."""

_EFFECT = timedelta(days=50)
"""A decision is in effect after thirty days, or the working day after; most are noticed somewhat later."""

_ENDED = 0.93
"""The share of cases that come to their end; the others show what is overdue."""

LATE_WARDS = 2
"""How many wards have not sent anything in a delivered world: somebody must be missing on the board."""


@dataclass(slots=True)
class MovedClock:
    """An office clock that is set, never runs."""

    moment: datetime

    def __call__(self) -> datetime:
        """The moment it was set to."""
        return self.moment


@dataclass(frozen=True, slots=True)
class World:
    """Where everything is."""

    district: Path
    wards: tuple[Path, ...]


def make_world(
    folder: Path,
    *,
    wards: int = 18,
    receptions: int = RECEPTIONS,
    seed: int = SEED,
    until: date | None = None,
    delivered: bool = False,
    progress: Progress | None = None,
) -> World:
    """Builds the practice district. `receptions` are those of all wards together; `until` is their last day.

    Without it that is yesterday: nothing may be dated later than the moment somebody opens the office.
    Raises Refused("folder_not_empty" | "too_many_wards"), Cancelled.
    """
    steps = progress or SilentProgress()
    chosen = practice_wards()[:wards]
    if wards > len(practice_wards()):
        raise Refused("too_many_wards", most=len(practice_wards()))
    if folder.exists() and any(folder.iterdir()):
        raise Refused("folder_not_empty", folder=folder.name)
    last_day = until or date.today() - timedelta(days=1)
    begin = datetime.combine(last_day - timedelta(days=365 * YEARS + 30), time(7, 30))
    district = _found_district(folder / "district", begin)
    homes = []
    try:
        _issue(district, [ward.code for ward in chosen], last_day)
        for index, ward in enumerate(chosen):
            stop_if_cancelled(steps)
            steps.step(index, len(chosen), ward.office_name)
            count = receptions // len(chosen) + (index < receptions % len(chosen))
            sends = delivered and index < len(chosen) - LATE_WARDS
            home = folder / f"ward-{index + 1:02d}"
            _make_ward(home, ward, district, count=count, seed=seed, begin=begin, until=last_day, sends=sends)
            homes.append(home)
        follow_up(district, last_day)
    finally:
        district.close()
    steps.step(len(chosen), len(chosen))
    return World(folder / "district", tuple(homes))


def _found_district(home: Path, begin: datetime) -> OpenOffice:
    known = practice_district()
    form = OfficeForm(
        kind=OfficeKind.DISTRICT,
        code=known.code,
        name=known.office_name,
        superior_name=known.superior_name,
        locality=known.locality,
        reception_place=known.reception_place,
        officer_name=known.officers[0].name,
        officer_title=known.officers[0].title,
        practice=True,
    )
    return found_office(home, form, PASSWORD, cost=COST, now=MovedClock(begin))


def _issue(district: OpenOffice, wards: list[str], until: date) -> None:
    clock = district.clock
    assert isinstance(clock, MovedClock)
    directives.issue(district, clock, wards, until)


def _make_ward(
    home: Path,
    ward: PracticeWard,
    district: OpenOffice,
    *,
    count: int,
    seed: int,
    begin: datetime,
    until: date,
    sends: bool,
) -> None:
    clock = MovedClock(begin)
    office = found_office(home, _ward_form(ward), PASSWORD, cost=COST, now=clock)
    try:
        _enrol(office, district, home)
        officers = _add_officers(office, ward)
        _live(office, ward, clock, officers, count=count, seed=seed, until=until)
        clock.moment = datetime.combine(until, _SENT)
        calendar = law.calendar_for(range(until.year - YEARS - 1, until.year + 2))
        directives.register(office, calendar, f"{seed}/{ward.code}")
        if sends:
            _deliver(office, district, clock.moment, home)
            directives.report(office, f"{seed}/{ward.code}")
            _deliver(office, district, clock.moment, home)
    finally:
        office.close()


def _ward_form(ward: PracticeWard) -> OfficeForm:
    first, head = ward.officer("reception-1"), ward.officer("head")
    return OfficeForm(
        kind=OfficeKind.WARD,
        code=ward.code,
        name=ward.office_name,
        superior_name=ward.superior_name,
        locality=ward.locality,
        reception_place=ward.reception_place,
        head_name=head.name,
        head_title=head.title,
        officer_name=first.name,
        officer_title=first.title,
        practice=True,
    )


def _enrol(ward: OpenOffice, district: OpenOffice, stick: Path) -> None:
    """As people do it, digits compared; the files leave no trace."""
    request = ward.enrolment.request(stick)
    grant = district.enrolment.grant(request.path, stick, typed=request.fingerprint).value
    ward.enrolment.accept(grant.path, typed=grant.root_fingerprint)
    request.path.unlink()
    grant.path.unlink()
    ward.refresh()


def _add_officers(office: OpenOffice, ward: PracticeWard) -> dict[str, str]:
    """Officer key -> id; everybody may sign in with the practice password."""
    known = {"reception-1": office.officer.id}
    for person in ward.officers:
        if person.key in known:
            continue
        officer = Officer(
            id=new_id(), office=office.office.id, name=person.name, title=person.title, right=person.right
        )
        known[person.key] = add_officer(office, officer, PASSWORD, PASSWORD).id
    return known


def _live(
    office: OpenOffice,
    ward: PracticeWard,
    clock: MovedClock,
    officers: dict[str, str],
    *,
    count: int,
    seed: int,
    until: date,
) -> None:
    """Everything that happened, in order of time: visits, answers and ends of cases between them."""
    calendar = law.calendar_for(range(until.year - YEARS - 1, until.year + 2))
    logged: list[Reception] = []
    chance, courses = Random(f"{seed}/{ward.code}/ends"), Random(f"{seed}/{ward.code}/courses")
    made = list(visits(ward, count, str(seed), until, YEARS, calendar=calendar))
    drafts = [visit.draft for visit in made]
    sittings = PracticeSittings(office, clock, drafts, calendar, until=until, seed=f"{seed}/{ward.code}")
    post = PracticePetitions(office, clock, ward, calendar, visits=count, until=until, seed=f"{seed}/{ward.code}")
    for moment, happened in _events(iter(made), chance, until):
        sittings.until(moment)
        post.until(moment)
        clock.moment = moment
        visit = happened.visit
        if happened.what is _What.VISIT:
            case = logged[visit.case_of].case if visit.case_of is not None and not visit.opens_case else None
            first = None if visit.same_visit is None else logged[visit.same_visit].id
            logged.append(_log(office, visit, officers, case, sittings.sitting_of(visit.draft), first))
        elif happened.what is _What.NOTICE:
            assert visit.notice_on
            number = visit.notice_number
            office.receptions.issue_refusal_notice(logged[happened.number].id, number=number, on=visit.notice_on)
        elif happened.what is _What.ANSWER:
            _answer(office, logged[happened.number], visit)
        elif case_file := _case_of(office, logged[happened.number]):
            go_on = settle if happened.what is _What.END else take_effect
            go_on(office, case_file, moment.date(), courses)
    sittings.finish()
    post.finish()


def _answer(office: OpenOffice, logged: Reception, visit: PracticeVisit) -> None:
    assert visit.answered_on and visit.answer_kind and visit.answer_channel
    office.receptions.answer(logged.id, kind=visit.answer_kind, channel=visit.answer_channel, on=visit.answered_on)


def _case_of(office: OpenOffice, logged: Reception) -> CaseFile | None:
    return office.cases.find(logged.case) if logged.case else None


def _log(
    office: OpenOffice,
    visit: PracticeVisit,
    officers: dict[str, str],
    case: str | None,
    sitting: str | None,
    first: str | None,
) -> Reception:
    """`first` is the visit of which this is another content."""
    draft = replace(visit.draft, receiver=officers[visit.receiver_key], sitting=sitting)
    if first is not None:
        return office.receptions.split(first, [draft], open_cases=[visit.opens_case]).value[0]
    return office.receptions.log(draft, open_case=visit.opens_case, case=case).value


class _What(IntEnum):
    """In the order in which they can happen at one moment."""

    VISIT = 0
    ANSWER = 1
    END = 2
    NOTICE = 3
    EFFECT = 4


@dataclass(frozen=True, slots=True)
class _Happened:
    number: int
    visit: PracticeVisit
    what: _What


def _events(made: Iterator[PracticeVisit], chance: Random, until: date) -> list[tuple[datetime, _Happened]]:
    events = []
    for number, visit in enumerate(made):
        draft = visit.draft
        assert draft.date is not None
        begun = datetime.combine(draft.date, draft.time or time(8))
        events.append((begun, _Happened(number, visit, _What.VISIT)))
        if visit.notice_on is not None:
            issued = datetime.combine(visit.notice_on, _ANSWERED)
            events.append((max(issued, begun + _TALK), _Happened(number, visit, _What.NOTICE)))
        if visit.answered_on is None:
            continue
        told = max(datetime.combine(visit.answered_on, _ANSWERED), begun + _TALK)
        events.append((told, _Happened(number, visit, _What.ANSWER)))
        ended = told + timedelta(days=_days_to_end(visit, chance))
        if visit.opens_case and ended.date() <= until and chance.random() < _ENDED:
            events.append((ended, _Happened(number, visit, _What.END)))
            if (effect := ended + _EFFECT).date() <= until:
                events.append((effect, _Happened(number, visit, _What.EFFECT)))
    return sorted(events, key=lambda event: (event[0], event[1].what, event[1].number))


def _days_to_end(visit: PracticeVisit, chance: Random) -> int:
    """What was accepted is settled within weeks; the rest is closed with its answer."""
    return chance.randint(12, 40) if visit.answer_kind is AnswerKind.ACCEPTED else 0


def _deliver(ward: OpenOffice, district: OpenOffice, moment: datetime, stick: Path) -> None:
    """One stick there and back."""
    district_clock = district.clock
    assert isinstance(district_clock, MovedClock)
    district_clock.moment = max(district_clock.moment, moment)
    for exported in ward.outbox.export(stick):
        district.inbox.take([exported.path])
        exported.path.unlink()
    directives.attach(district, ward.office.id)
    answers = district.outbox.export(stick)
    ward.inbox.take([answer.path for answer in answers if answer.office == ward.office.id])
    for answer in answers:
        answer.path.unlink()
