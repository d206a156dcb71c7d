"""Many saved receptions for the benchmarks, from the practice district: the same for the same seed.

They are what the desks would have written, except that the sealed identity of a denouncer is noise of the
usual length (sealing for real takes far longer than the row) and that ids come from the time of the visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from operator import attrgetter
from pathlib import Path
from random import Random

from tcd_desktop.domain.people.person import IDENTITY_FIELDS, Person
from tcd_desktop.domain.receptions.reception import DRAFT_FIELDS, Reception
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.practice.visits import PracticeVisit, practice_wards, visits
from tcd_desktop.practice.wards import PracticeWard
from tests.offices import enrol, make_district, make_office

SEED = "446"
UNTIL = date(2026, 11, 23)
SEALED_BYTES = 620

_draft_values = attrgetter(*DRAFT_FIELDS)
_NOBODY = {name: getattr(Person(), name) for name in IDENTITY_FIELDS}
_FIRST = datetime(1970, 1, 1)


def receptions(
    count: int, *, seed: str = SEED, until: date = UNTIL, wards: int = 18, years: int = 4
) -> Iterator[Reception]:
    """So many saved visits, shared equally by the first wards, ward after ward, each in order of time."""
    chosen = practice_wards()[:wards]
    for index, ward in enumerate(chosen):
        share = count // len(chosen) + (index < count % len(chosen))
        yield from ward_receptions(ward, share, seed=seed, until=until, years=years)


def ward_receptions(
    ward: PracticeWard, count: int, *, seed: str = SEED, until: date = UNTIL, years: int = 4
) -> Iterator[Reception]:
    """The saved visits of one ward, numbered in each year's book."""
    noise = Random(f"{seed}/{ward.code}/rows")
    numbers: dict[int, int] = {}
    for visit in visits(ward, count, seed, until, years):
        assert visit.draft.date
        year = visit.draft.date.year
        numbers[year] = numbers.get(year, 0) + 1
        yield _saved(visit, ward.code, numbers[year], noise)


def _saved(visit: PracticeVisit, office: str, number: int, noise: Random) -> Reception:
    draft = visit.draft
    assert draft.date and draft.time
    values = dict(zip(DRAFT_FIELDS, _draft_values(draft), strict=True))
    if draft.is_secret:
        values |= _NOBODY
    milliseconds = int((datetime.combine(draft.date, draft.time) - _FIRST).total_seconds()) * 1000
    return Reception(
        **values,
        id=f"{milliseconds:012x}7{noise.getrandbits(12):03x}8{noise.getrandbits(60):015x}",
        office=office,
        year=draft.date.year,
        number=number,
        sealed=noise.randbytes(SEALED_BYTES) if draft.is_secret else None,
        answer_due=visit.due_on,
        answer_kind=visit.answer_kind,
        answer_channel=visit.answer_channel,
        answered_on=visit.answered_on,
    )


BATCH = 20_000


def logged_ward(folder: Path, count: int, *, years: int = 10) -> tuple[Path, OpenOffice, OpenOffice]:
    """(stick, district, ward): a ward enrolled with a district that has logged so many visits."""
    stick = folder / "stick"
    stick.mkdir()
    district, ward = make_district(folder / "district"), make_office(folder / "ward")
    enrol(ward, district, stick)
    made = (replace(one, office=ward.office.id) for one in ward_receptions(practice_wards()[0], count, years=years))
    for batch in _batches(made):
        with ward.store.unit(act="reception.log", officer=ward.officer.id) as unit:
            for visit in batch:
                unit.put(visit)
            unit.commit()
    return stick, district, ward


def _batches(visits_made: Iterator[Reception]) -> Iterator[list[Reception]]:
    while batch := list(islice(visits_made, BATCH)):
        yield batch
