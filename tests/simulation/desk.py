"""One PC of the simulated district with its clock, its books in the model and what can happen to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step_rules import StepDraft
from tcd_desktop.domain.problems import DraftRefused, Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.open_office import DATABASE, OpenOffice, open_office
from tests.offices import DRAFT, PASSWORD, Clock
from tests.simulation.model import Books, Op
from tests.simulation.parcel import Parcel, chain_start, read_parcel

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
GIVEN = ("An", "Bình", "Đức", "Hạnh", "Hương", "Lan", "Minh", "Nga", "Phương", "Quân", "Thảo", "Yến")
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj"
PAPER += b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n% so "


@dataclass(frozen=True)
class Backup:
    """A copy of a database, and the model's books of that moment."""

    files: dict[str, bytes]
    books: Books


class Desk:
    """`name` is for people: "P-03/B". `clock` is what this PC believes the time is: the true time plus `wrong`."""

    def __init__(self, name: str, office: OpenOffice, clock: Clock, chance: Random) -> None:
        self.name = name
        self.office = office
        self.clock = clock
        self.chance = chance
        self.wrong = timedelta()
        self.books = Books(office.face.code)
        self.backup: Backup | None = None
        self._read = 0
        self.refused_acts = 0
        self.learn()

    @property
    def device(self) -> str:
        """The PC's id."""
        return self.office.keyring.device.device_id

    def at(self, moment: datetime) -> None:
        """The true time is now that; this PC believes its own clock."""
        self.clock.moment = moment + self.wrong

    # -- what this PC writes ------------------------------------------------------------------------------

    def learn(self) -> list[Op]:
        """Tells the model which operations this PC has written since the last time."""
        sql = (
            "SELECT j.n, c.device, c.epoch, c.forked_from, j.line FROM journal j JOIN chain c ON c.id = j.chain "
            "WHERE c.own = 1 AND j.n > ? ORDER BY j.n"
        )
        with self.office.store.reading() as connection:
            rows = connection.exec_driver_sql(sql, (self._read,)).all()
        written: list[Op] = []
        for number, device, epoch, forked_from, line in rows:
            start = chain_start(device, epoch, forked_from)
            written += self.books.write((device, epoch), [line], start)
            self._read = number
        self.books.papers.update(op.after["sha256"] for op in written if op.table == "attachment" and op.kind == "put")
        return written

    def act(self, what: Callable[[], Any]) -> Any:
        """One act of an officer. A refusal with a reason is an answer like another one; it must write nothing."""
        try:
            value = what()
        except (Refused, DraftRefused):
            self.refused_acts += 1
            assert self.learn() == []
            return None
        self.learn()
        return value

    # -- the acts of a day --------------------------------------------------------------------------------

    def work(self) -> None:
        """One act, chosen as counters choose: mostly new visits, then corrections, steps, papers, the bin."""
        kinds = (self.visit, self.amend, self.open_case, self.step, self.attach, self.remove, self.report)
        self.chance.choices(kinds, weights=(50, 24, 5, 12, 3, 2, 4))[0]()

    def visit(self) -> None:
        """Somebody comes."""
        pick = self.chance.choice
        name = f"{pick(FAMILY)} {pick(('Văn', 'Thị', 'Đình', 'Ngọc'))} {pick(GIVEN)}"
        draft = replace(
            DRAFT,
            date=self.clock.moment.date(),
            time=time(8 + self.chance.randrange(4), self.chance.randrange(60)),
            name=name,
            id_number=f"001056{self.chance.randrange(3000):06d}",
            phone=f"09{self.chance.randrange(10**8):08d}",
            content=f"Phản ánh việc xây dựng tại số {self.chance.randrange(1, 300)} phố Thử Nghiệm.",
        )
        done = self.act(lambda: self.office.receptions.log(draft, open_case=self.chance.random() < 0.3))
        if done is not None:
            (op,) = [op for op in self._of("reception", done.value.id) if op.kind == "put"]
            assert (op.after["name"], op.after["number"]) == (name, done.value.number)

    def _of(self, table: str, record: str) -> list[Op]:
        return self.books.records[self.books.office, table, record]

    def _some(self, table: str) -> str | None:
        """The id of some record of this office that this PC knows; later ones more often."""
        keys = [key for key in self.books.records if key[:2] == (self.books.office, table)]
        if not keys:
            return None
        return keys[max(self.chance.randrange(len(keys)) for _ in range(3))][2]

    def amend(self) -> None:
        """A visit is corrected: one field or two, of those that two PCs might correct at once."""
        visit = self._found(Reception, "reception")
        if visit is None or visit.removed:
            return
        wanted: dict[str, Any] = {
            "phone": f"09{self.chance.randrange(10**8):08d}",
            "note": f"Ghi chú {self.chance.randrange(10**6)}",
            "follow_up": f"Theo dõi {self.chance.randrange(10**6)}",
            "request": f"Đề nghị {self.chance.randrange(10**6)}",
        }
        chosen = self.chance.sample(sorted(wanted), self.chance.choice((1, 1, 2)))
        fields = {name: wanted[name] for name in chosen}
        done = self.act(lambda: self.office.receptions.amend(visit.id, replace(visit, **fields)))
        if done is not None:
            assert set(fields) <= set(self._of("reception", visit.id)[-1].after) | _later(self.books, visit.id)

    def open_case(self) -> None:
        """A case is opened from a visit that has none."""
        visit = self._some("reception")
        if visit is not None:
            self.act(lambda: self.office.cases.open_from(visit))

    def step(self) -> None:
        """The next step of a case, whichever the procedure offers."""
        case = self._found(CaseFile, "case_file")
        if case is None or case.removed:
            return
        offered = self.office.steps.choices(case)
        if not offered:
            return
        day = self.clock.moment.date()
        draft = StepDraft(
            on=day,
            number=f"{self.chance.randrange(1, 400)}/QĐ-UBND",
            dated=day,
            signer="Trần Thị Thử",
            reason="Theo quy định",
            result="Đã trả lời công dân",
        )
        act = self.chance.choice(offered).act
        self.act(lambda: self.office.steps.take(case.id, act, draft))

    def attach(self) -> None:
        """A paper is scanned and kept with a visit."""
        visit = self._some("reception")
        if visit is not None:
            content = PAPER + str(self.chance.random()).encode("ascii")
            self.act(lambda: self.office.attachments.add("don.pdf", content, reception=visit))

    def remove(self) -> None:
        """A visit goes into the recycle bin, whatever follows."""
        visit = self._some("reception")
        if visit is None:
            return
        told = frozenset(one.code for one in self._consequences(visit))
        self.act(lambda: self.office.recycle.remove("reception", visit, "Ghi nhầm lượt tiếp", told=told))

    def _consequences(self, visit: str) -> list[Any]:
        try:
            return self.office.recycle.consequences("reception", visit)
        except Refused:
            return []

    def report(self) -> None:
        """Tells the district what was done about one of its directives."""
        keys = [key for key in self.books.records if key[1] == "directive" and key[0] != self.books.office]
        if keys:
            directive = self.chance.choice(keys)[2]
            day = self.clock.moment.date()
            self.act(lambda: self.office.directives.report(directive, on=day, content="Đã kiểm tra", done=True))

    def _found(self, record: type, table: str) -> Any:
        identity = self._some(table)
        return None if identity is None else self.office.store.find_own(record, identity)

    # -- sticks -------------------------------------------------------------------------------------------

    def opened(self, content: bytes) -> Parcel | None:
        """What this PC can read of a file; None when it is not whole, not for this PC, or its own."""
        identities = [box.age_identity() for box in self.office.keyring.boxes()]
        try:
            parcel = read_parcel(content, *identities)
        except Exception:  # whatever is wrong with a damaged file
            return None
        return None if parcel.device == self.device else parcel

    def take(self, file: Path) -> str:
        """Imports a file; what became of it and of those that waited must be what the model says."""
        content = file.read_bytes()
        parcel = self.opened(content)
        from hashlib import sha256

        digest = sha256(content).hexdigest()
        before = self.books.operations
        wanted = self.books.receive(parcel, digest)
        results = self.office.inbox.take([file])
        found = {one.digest or digest: one.outcome for one in results}
        assert found == wanted, (self.name, file.name, [(one.outcome, one.code, one.facts) for one in results], wanted)
        new = sum(one.balance.new + one.balance.updated + one.balance.conflict for one in results)
        assert all(one.balance.adds_up for one in results)
        assert new <= self.books.operations - before
        self.learn()
        return wanted[digest]

    # -- misfortunes --------------------------------------------------------------------------------------

    def close(self) -> None:
        """The program is shut."""
        self.office.close()

    def reopen(self) -> None:
        """The program is started again."""
        self.office = open_office(self.office.home, PASSWORD, now=self.clock)
        self.learn()

    def back_up(self) -> None:
        """A copy of the database is put aside."""
        self.close()
        files = {file.name: file.read_bytes() for file in self.office.home.glob(f"{DATABASE}*")}
        self.backup = Backup(files, self.books.copied())
        self.reopen()

    def restore(self) -> None:
        """The database is put back from the copy: what came since is forgotten, but not the bundles that wait."""
        assert self.backup is not None
        self.close()
        for file in self.office.home.glob(f"{DATABASE}*"):
            file.unlink()
        for name, content in self.backup.files.items():
            (self.office.home / name).write_bytes(content)
        waits = self.books.waits
        self.books = self.backup.books.copied()
        self.books.waits = waits
        self._read = 0
        with_number = "SELECT coalesce(max(n), 0) FROM journal"
        self.office = open_office(self.office.home, PASSWORD, now=self.clock)
        with self.office.store.reading() as connection:
            self._read = int(connection.exec_driver_sql(with_number).scalar_one())


def _later(books: Books, record: str) -> set[str]:
    """The fields of the last operations on a visit: one act may write several."""
    return {name for op in books.records[books.office, "reception", record][-3:] for name in op.after}


def day_of(first: date, number: int) -> date:
    """The working day of that number from the first: Monday to Friday."""
    weeks, rest = divmod(first.weekday() + number, 5)
    return first - timedelta(days=first.weekday()) + timedelta(days=7 * weeks + rest)
