"""A year of a district with its wards, two PCs each, and sticks to which everything happens.

`python -m tests.simulation.year --seed S --wards 18 --pcs 2 --days 250` prints one JSON line; exit code 1 and
sentences when an office does not have in the end what the model says it must have.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from tcd_desktop.domain.follow_up.directive_rules import DirectiveDraft
from tcd_desktop.domain.follow_up.follow_up_terms import DirectiveLevel
from tcd_desktop.domain.terms import OfficeKind
from tcd_desktop.open_office import OfficeForm, found_office
from tests.offices import CHEAP, PASSWORD, Clock
from tests.simulation.audit import differences, numbers_given_twice
from tests.simulation.desk import Desk, day_of
from tests.simulation.killed import import_killed
from tests.simulation.sticks import Sticks

FIRST_DAY = date(2026, 1, 5)
DISTRICT = "Q"
ROUNDS = 12
"""In so many everything must have got everywhere at the end."""


class Year:
    """`kills`: how many imports are cut off by killing the program."""

    def __init__(self, root: Path, *, seed: int, wards: int, pcs: int, days: int, kills: int = 0) -> None:
        self.root = root
        self.days = days
        self.chance = Random(f"year/{seed}")
        self.sticks = Sticks(Random(f"sticks/{seed}"))
        self.counts: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.seed = seed
        self._kill_days = set(self.chance.sample(range(days), min(kills, days)))
        self._made = 0
        self.now = datetime.combine(FIRST_DAY, time(8))
        self.stick = root / "stick"
        self.stick.mkdir(parents=True)
        self.district = self._found(DISTRICT, "district", OfficeKind.DISTRICT)
        self.wards: dict[str, list[Desk]] = {}
        for number in range(1, wards + 1):
            code = f"P-{number:02d}"
            self.wards[code] = []
            for _ in range(pcs):
                self.wards[code].append(self._new_pc(code))

    # -- offices ------------------------------------------------------------------------------------------

    def _found(self, code: str, folder: str, kind: OfficeKind) -> Desk:
        clock = Clock(self.now)
        form = OfficeForm(
            kind=kind,
            code=code,
            name=f"UBND {code}",
            superior_name="Cấp trên",
            locality="Thử Nghiệm",
            officer_name=f"Cán bộ {folder}",
            officer_title="Công chức",
        )
        office = found_office(self.root / folder, form, PASSWORD, cost=CHEAP, now=clock)
        return Desk(folder, office, clock, Random(f"desk/{self.seed}/{folder}"))

    def _new_pc(self, code: str) -> Desk:
        """A PC of a ward: founded, enrolled with the district by files."""
        self._made += 1
        desk = self._found(code, f"{code}-{self._made}", OfficeKind.WARD)
        self.district.at(self.now)
        request = desk.office.enrolment.request(self.stick)
        grant = self.district.office.enrolment.grant(request.path, self.stick, typed=request.fingerprint).value
        desk.office.enrolment.accept(grant.path, typed=grant.root_fingerprint)
        desk.office.refresh()
        desk.learn()
        self.district.learn()
        with desk.office.store.reading() as connection:
            sql = "SELECT value FROM fact WHERE name = 'return_no.seen'"
            desk.books.answer = (1, int(connection.exec_driver_sql(sql).scalar_one()))
        return desk

    @property
    def desks(self) -> list[Desk]:
        """Every PC of a ward."""
        return [desk for ward in self.wards.values() for desk in ward]

    # -- days ---------------------------------------------------------------------------------------------

    def run(self) -> list[str]:
        """Lives the whole time and carries everything at its end; what is wrong then."""
        for day in range(self.days):
            self._live(day)
        self._carry_everything()
        return self.differences()

    def _live(self, day: int) -> None:
        today = day_of(FIRST_DAY, day)
        self.now = datetime.combine(today, time(8))
        self._deliver(day)
        for index, desk in enumerate(self.desks):
            self.now += timedelta(seconds=20)
            desk.at(self.now)
            for _ in range(self.chance.choice((0, 1, 1, 2, 3))):
                desk.work()
            if (day + index) % 5 == 0:
                self._export(desk, day)
        if day % 3 == 1:
            self._direct()
        if day % 4 == 2:
            self._answer(day)
        self._misfortune(day)
        if day in self._kill_days:
            self._kill()

    def _deliver(self, day: int) -> None:
        named = {desk.name: desk for desk in (self.district, *self.desks)}
        for trip in self.sticks.arrived(day):
            desk = named.get(trip.to)
            if desk is not None:  # that PC may be gone by now
                self._hand_over(desk, trip.name, trip.content)

    def _hand_over(self, desk: Desk, name: str, content: bytes) -> str:
        file = self.stick / name
        file.write_bytes(content)
        desk.at(self.now)
        outcome = desk.take(file)
        self.outcomes[outcome] += 1
        file.unlink()
        return outcome

    def _export(self, desk: Desk, day: int) -> None:
        """What a PC has to send goes to the district on one stick; often the ward's other PCs read it on the way."""
        folder = self._empty_stick()
        desk.at(self.now)
        written = desk.office.outbox.export(folder)
        desk.learn()
        code = desk.office.face.code
        for one in written:
            self.counts["bundles up"] += 1
            strangers = [other.name for other in self.desks if other.office.face.code != code]
            self.sticks.send(one.path, day, self.district.name, strangers)
            for other in self.wards[code]:
                if other is not desk and (self.sticks.careful or self.chance.random() < 0.6):
                    self.counts["bundles between PCs"] += 1
                    self.sticks.send(one.path, day, other.name, strangers)
        for one in written:
            one.path.unlink(missing_ok=True)

    def _empty_stick(self) -> Path:
        folder = self.root / "trip"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def _direct(self) -> None:
        """The district issues a directive to some wards, or closes nothing: wards report by themselves."""
        self.district.at(self.now)
        units = tuple(self.chance.sample(sorted(self.wards), self.chance.randint(1, min(3, len(self.wards)))))
        draft = DirectiveDraft(
            level=DirectiveLevel.DISTRICT,
            issuer="Chủ tịch UBND quận",
            number=f"{self.chance.randrange(1, 900)}/UBND",
            issued_on=self.district.clock.moment.date(),
            content="Kiểm tra, báo cáo việc giải quyết.",
            units=units,
        )
        self.counts["directives"] += 1
        self.district.act(lambda: self.district.office.directives.issue(draft))

    def _answer(self, day: int) -> None:
        folder = self._empty_stick()
        self.district.at(self.now)
        written = self.district.office.outbox.export(folder)
        self.district.learn()
        for one in written:
            self.counts["bundles down"] += 1
            others = [desk.name for desk in self.desks if desk.office.face.code != one.office]
            for desk in self.wards[one.office]:
                self.sticks.send(one.path, day, desk.name, others)

    # -- misfortunes --------------------------------------------------------------------------------------

    def _misfortune(self, day: int) -> None:
        roll = self.chance.random
        for desk in self.desks:
            if roll() < 0.02:
                self.counts["copies"] += 1
                desk.back_up()
            if roll() < 0.012:
                self.counts["clocks set wrong"] += 1
                desk.wrong = timedelta(days=self.chance.choice((-800, -370, -40, -2, 1, 3, 40, 365)))
            elif desk.wrong and roll() < 0.1:
                desk.wrong = timedelta()
            if desk.backup is not None and roll() < 0.006:
                self.counts["PCs put back from a copy"] += 1
                desk.restore()
        if self.chance.random() < 0.02:
            self.district.back_up()
        if self.district.backup is not None and self.chance.random() < 0.008:
            self.counts["district put back from a copy"] += 1
            self.district.restore()
        if self.chance.random() < 0.012:
            self._lose_a_pc()

    def _lose_a_pc(self) -> None:
        """Stolen or burnt; a new one stands there the same day."""
        code = self.chance.choice(sorted(self.wards))
        gone = self.wards[code].pop(self.chance.randrange(len(self.wards[code])))
        gone.close()
        shutil.rmtree(gone.office.home)
        self.counts["PCs lost"] += 1
        self.wards[code].append(self._new_pc(code))

    def _kill(self) -> None:
        """The program is killed while it imports; afterwards it is started again and the import is repeated."""
        desk = self.chance.choice(self.desks)
        folder = self._empty_stick()
        desk.at(self.now)
        desk.visit()
        for one in desk.office.outbox.export(folder, full=True):
            desk.learn()
            self.district.at(self.now)
            self.counts["programs killed"] += import_killed(self.district, one.path, self.chance.random())
            content = one.path.read_bytes()
            if self._applied_already(content):
                parcel = self.district.opened(content)
                self.district.books.receive(parcel, sha256(content).hexdigest())
                self.counts["killed after the import"] += 1
            self._hand_over(self.district, one.path.name, content)

    def _applied_already(self, content: bytes) -> bool:
        digest = sha256(content).hexdigest()
        if digest in self.district.books.files:
            return False
        with self.district.office.store.reading() as connection:
            sql = "SELECT count(*) FROM bundle WHERE sha256 = ? AND direction = 'in' AND outcome = 'applied'"
            return bool(connection.exec_driver_sql(sql, (digest,)).scalar_one())

    # -- the end ------------------------------------------------------------------------------------------

    def _carry_everything(self) -> None:
        """The last rounds: every drawer is emptied and every stick gets there, until nobody has anything to send."""
        day = self.days
        self._deliver(day + 100)
        self.sticks.careful = True
        for desk in self.desks:
            desk.wrong = timedelta()
        for _ in range(ROUNDS):
            day += 1
            self.now += timedelta(days=1)
            before = self._standing()
            for desk in self.desks:
                self._export(desk, day)
            self._deliver(day + 9)
            self._answer(day)
            self._deliver(day + 9)
            if self._standing() == before:
                return
        self.counts["last rounds too few"] += 1

    def _standing(self) -> list[tuple[int, int, int]]:
        """What everybody knows and has confirmed: when a whole round changes nothing, everything was carried."""
        every = (self.district, *self.desks)
        return [
            (one.books.operations, len(one.books.papers), sum(seq for seq, _head in one.books.receipts.values()))
            for one in every
        ]

    def differences(self) -> list[str]:
        """What is not as the model says at any office, and what no office may ever have."""
        wrong = [one for desk in (self.district, *self.desks) for one in differences(desk.office, desk.books)]
        wrong += [f"number given twice: {one}" for one in numbers_given_twice(self.district.books)]
        wrong += self._missing()
        if self.counts["last rounds too few"]:
            wrong.append("after the last rounds something still changes")
        return wrong

    def _missing(self) -> list[str]:
        """The district has every operation of every PC that is there, and the PC has the receipt for it."""
        wrong = []
        for desk in self.desks:
            for chain in sorted(desk.books.own):
                mine, there = desk.books.chains[chain], self.district.books.chains.get(chain, [])
                if there[: len(mine)] != mine:
                    wrong.append(f"{desk.name}: the district has {len(there)} of its {len(mine)} operations")
                receipt = desk.books.receipts.get(chain, (0, b""))
                if receipt[0] < len(mine):
                    wrong.append(f"{desk.name}: receipt for {receipt[0]} of {len(mine)} operations")
            lacking = self._own_papers(desk) - self.district.books.papers
            if lacking:
                wrong.append(f"{desk.name}: the district lacks {len(lacking)} of its papers")
        return wrong

    def _own_papers(self, desk: Desk) -> set[str]:
        """Contents of papers that this PC keeps itself."""
        return {
            op.after["sha256"]
            for key, ops in desk.books.records.items()
            for op in ops
            if key[1] == "attachment" and op.kind == "put" and op.chain in desk.books.own
        }

    def close(self) -> None:
        """Shuts every office."""
        for desk in (self.district, *self.desks):
            desk.close()

    def summary(self) -> dict[str, Any]:
        """The figures of the year."""
        books = self.district.books
        with self.district.office.store.reading() as connection:
            conflicts = connection.exec_driver_sql("SELECT count(*) FROM conflict").scalar_one()
        return {
            "seed": self.seed,
            "wards": len(self.wards),
            "pcs": len(self.desks),
            "days": self.days,
            **dict(sorted(self.sticks.counts.items())),
            **dict(sorted(self.counts.items())),
            "outcomes": dict(sorted(self.outcomes.items())),
            "operations at the district": books.operations,
            "records at the district": len(books.records),
            "conflicts at the district": conflicts,
            "acts refused": sum(desk.refused_acts for desk in self.desks),
        }


def main() -> int:
    """Runs a year in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("seed", 1), ("wards", 18), ("pcs", 2), ("days", 250), ("kills", 20)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        begin = perf_counter()
        year = Year(Path(name) / "year", **vars(given))
        try:
            wrong = year.run()
            print(json.dumps({**year.summary(), "seconds": round(perf_counter() - begin), "wrong": len(wrong)}))
        finally:
            year.close()
    print("\n".join(wrong[:60]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
