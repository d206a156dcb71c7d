"""Visits to a practice ward in order of time: believable, different in every ward, the same for a seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from tcd_desktop.domain.clocks.calendar import WorkingCalendar
from tcd_desktop.domain.receptions.reception import CROWD, ReceptionDraft
from tcd_desktop.domain.receptions.refusal_rules import DECREE_SINCE, WRITTEN_GROUNDS
from tcd_desktop.domain.terms import (
    Classification,
    Direction,
    Role,
    Signing,
)
from tcd_desktop.law import calendar_for
from tcd_desktop.practice.addresses import addresses
from tcd_desktop.practice.comers import Comer, comer
from tcd_desktop.practice.matters import Matter, Scene, Words, day_text, matter_book, sentence, small
from tcd_desktop.practice.names import pick
from tcd_desktop.practice.office_days import ANSWER_DAYS, CLOCK, OfficeDays, office_days
from tcd_desktop.practice.outcomes import Outcome, answer, answered_after, outcome
from tcd_desktop.practice.papers import papers
from tcd_desktop.practice.sessions import Session, Sessions
from tcd_desktop.practice.visit_records import AtTable, PracticeVisit, Remembered
from tcd_desktop.practice.wards import PracticeWard, practice_wards

__all__ = ["Outcome", "PracticeVisit", "PracticeWard", "practice_wards", "visits"]

_KINDS = (
    (Classification.DENUNCIATION, 0.06),
    (Classification.COMPLAINT, 0.36),
    (Classification.PETITION, 0.64),
    (Classification.FEEDBACK, 1.0),
)
_REPEATS = 0.19
_PETITION = 0.62
_TAIL = 0.35
_SETTLED = 0.13
_COME_BACK = 0.4
_REMEMBERED = 240
_MIXED = 0.03
"""Share of citizens who speak of a second matter in the same visit."""

_AGAIN = (Direction.ACCEPT, Direction.EXPLAIN, Direction.TO_HEAD) * 8 + (Direction.REQUIRE_LOWER,)
"""The directions for somebody who comes back."""

_UNITS = ("Tổ công tác trật tự đô thị phường", "Trạm Y tế phường", "Ban Bảo vệ dân phố phường")
"""Units of the ward that may be required to settle a matter; a ward has no office below it."""

_INTERPRETER = "Người phiên dịch ngôn ngữ ký hiệu do gia đình mời"
_UNSIGNED = (
    "Công dân không đồng ý ký, không nêu lý do",
    "Công dân về trước khi đọc lại xong",
    "Công dân muốn về bàn với gia đình rồi mới ký",
)
_NOTES = (
    "Công dân nghe kém, có người nhà đi cùng.",
    "Công dân đề nghị liên hệ qua điện thoại ngoài giờ hành chính.",
    "Đã cung cấp số điện thoại của cán bộ thụ lý.",
    "Công dân sẽ bổ sung tài liệu sau.",
    "Đã hướng dẫn công dân viết đơn.",
)


def visits(
    ward: PracticeWard,
    count: int,
    seed: str,
    until: date,
    years: int = 4,
    *,
    calendar: WorkingCalendar | None = None,
) -> Iterator[PracticeVisit]:
    """So many visits in the `years` that end on `until`, oldest first, on working days in office hours.

    They depend on nothing but the arguments and the shipped data. `calendar` must know the year after
    `until` too; without it the country's own is taken. Raises ValueError when that time has no working day.
    """
    random = Random(f"{seed}/{ward.code}")
    calendar = calendar or calendar_for(range(until.year - years, until.year + 2))
    days = office_days(until, years, calendar)
    table = _Table(ward, seed, random, days)
    for number, (index, minute) in enumerate(days.arrivals(count, random)):
        yield table.visit(number, index, minute)


class _Table:
    """The reception table of one ward while its visits are made."""

    def __init__(self, ward: PracticeWard, seed: str, random: Random, days: OfficeDays) -> None:
        self.ward = ward
        self.days = days
        self.chance = random.random
        self.scene = Scene(random.random, ward, addresses(ward, seed))
        self.book = matter_book()
        self.memory: list[Remembered] = []
        self.sessions = Sessions(ward, random.random)
        self.numbers: dict[str, int] = {}
        self.last: AtTable | None = None

    def visit(self, number: int, index: int, minute: int) -> PracticeVisit:
        """The visit that begins on that day at that minute."""
        chance, scene = self.chance, self.scene
        day = self.days.days[index]
        if day is not scene.day:
            scene.on(day)
        earlier = self._earlier(index) if chance() < _REPEATS else None
        if earlier is None:
            matter = self._matter()
            who = comer(scene, matter)
            words = Words(scene)
            title = matter.title.format_map(words)
        else:
            matter, who, words, title = earlier.matter, earlier.comer, earlier.words, earlier.title
        direction, ground = self._direction(matter, who, again=earlier is not None)
        again = self._same_table(index, number) if earlier is None else None
        if again is not None:
            matter, who, minute = self._another(again.matter), again.comer, again.minute
            title = matter.title.format_map(words)
            direction, ground = pick(chance, matter.directions), ""
        opens = direction in (Direction.ACCEPT, Direction.TO_HEAD) or (
            matter.classification is Classification.DENUNCIATION and direction is not Direction.REFUSE
        )
        case_of = number if opens else None
        if again is not None:
            pass
        elif earlier is None:
            if chance() < _COME_BACK:
                self._remember(Remembered(number, index, who, matter, words, title, case_of))
        elif earlier.case_of is None:
            earlier.case_of = case_of
        else:
            case_of = earlier.case_of
        content, request = self._texts(index, matter, who, words, title, earlier)
        session = self.sessions.session(day, who.people, head_day=index in self.days.head_days)
        session = session if again is None else again.session
        self.last = AtTable(number, index, minute, who, matter, session, direction, again is not None)
        draft = self._draft(day, minute, session, matter, who, words, direction, ground, content, request)
        since = self.days.last - index
        after = answered_after(chance, direction, since)
        notice = self._notice(index, ground)
        kind, channel = (None, None) if after is None else answer(chance, direction, after)
        return PracticeVisit(
            draft=draft,
            receiver_key=session.receiver.key,
            title=sentence(title),
            opens_case=case_of == number,
            case_of=case_of,
            case_field=matter.field,
            repeat_of=None if earlier is None else earlier.number,
            same_visit=None if again is None else again.number,
            notice_number=self._number("TB-UBND") if notice else "",
            notice_on=notice,
            outcome=outcome(after, since),
            due_on=self.days.days[index + ANSWER_DAYS],
            answered_on=None if after is None else self.days.days[index + after],
            answer_kind=kind,
            answer_channel=channel,
        )

    def _same_table(self, index: int, number: int) -> AtTable | None:
        """The citizen of the line before, when he has another matter on his mind; no denouncer and no group does."""
        at = self.last
        if at is None or at.index != index or at.number != number - 1 or at.further or self.chance() >= _MIXED:
            return None
        plain = at.comer.role is Role.SELF and at.comer.people == 1 and at.direction is not Direction.REFUSE
        return at if plain and at.matter.classification is not Classification.DENUNCIATION else None

    def _another(self, first: Matter) -> Matter:
        """A matter of another kind that is told openly."""
        while True:
            matter = self._matter()
            if matter.classification not in (Classification.DENUNCIATION, first.classification):
                return matter

    def _notice(self, index: int, ground: str) -> date | None:
        """The day of the notice of a written refusal: two or three working days later, some wait or are late."""
        if ground not in WRITTEN_GROUNDS or self.chance() < 0.2:
            return None
        day = index + 1 + int(self.chance() * 3.3)
        return self.days.days[day] if day <= self.days.last else None

    def _matter(self) -> Matter:
        place = self.chance()
        kind = next(kind for kind, bound in _KINDS if place < bound)
        return pick(self.chance, self.book.matters[kind])

    def _earlier(self, index: int) -> Remembered | None:
        """A first visit at least three working days ago, rather a young one."""
        if not self.memory:
            return None
        found = max((pick(self.chance, self.memory) for _ in range(3)), key=lambda visit: visit.index)
        return found if found.index + 3 <= index else None

    def _remember(self, visit: Remembered) -> None:
        if len(self.memory) < _REMEMBERED:
            self.memory.append(visit)
        else:
            self.memory[int(self.chance() * _REMEMBERED)] = visit

    def _direction(self, matter: Matter, who: Comer, *, again: bool) -> tuple[Direction, str]:
        """The direction and, when the citizen is refused, the code of the ground."""
        chance = self.chance
        if chance() < (0.05 if again else 0.006):
            return Direction.REFUSE, self._ground(matter.classification, again)
        if again:
            return pick(chance, _AGAIN), ""
        if who.people >= CROWD and chance() < 0.25:
            return Direction.TO_HEAD, ""
        return pick(chance, matter.directions), ""

    def _ground(self, kind: Classification, again: bool) -> str:
        by_decree = self.scene.day >= DECREE_SINCE
        if again and kind in (Classification.COMPLAINT, Classification.DENUNCIATION):
            return "L9.3"
        if again and by_decree:
            return "D4.1h"
        return pick(self.chance, ("L9.1", "L9.2", "D4.1c", "D4.1g") if by_decree else ("L9.1", "L9.2"))

    def _texts(
        self,
        index: int,
        matter: Matter,
        who: Comer,
        words: Words,
        title: str,
        earlier: Remembered | None,
    ) -> tuple[str, str]:
        """What the person says and asks for."""
        chance = self.chance
        if earlier is not None:
            first = self._written(earlier.index)
            said = {"ward": self.scene.ward, "title": small(title), "first": first}
            said["day"] = self._written(earlier.index + 1 + int(chance() * (index - earlier.index - 1)))
            content = pick(chance, self.book.again_contents).format_map(said)
            return f"{who.speech}{content}", pick(chance, self.book.again_requests).format_map(said)
        content = who.speech + pick(chance, matter.contents).format_map(words)
        if chance() < _TAIL:
            content = f"{content} {pick(chance, self.book.tails[matter.classification]).format_map(words)}"
        request = pick(chance, matter.requests).format_map(words)
        return content, request

    def _written(self, index: int) -> str:
        return day_text(self.days.days[index].toordinal())

    def _draft(
        self,
        day: date,
        minute: int,
        session: Session,
        matter: Matter,
        who: Comer,
        words: Words,
        direction: Direction,
        ground: str,
        content: str,
        request: str,
    ) -> ReceptionDraft:
        """The whole visit as an officer would have typed it."""
        chance, person = self.chance, who.person
        refused = direction is Direction.REFUSE
        petition = refused or chance() < _PETITION
        signing, reason = (None, "") if petition else self._signing(person.born)
        guided = direction is Direction.GUIDE
        forwarded = direction in (Direction.FORWARD, Direction.REQUIRE_LOWER)
        body = pick(chance, _UNITS if direction is Direction.REQUIRE_LOWER else matter.bodies)
        return ReceptionDraft(
            name=person.name,
            birth_date=person.birth_date,
            sex=person.sex,
            id_kind=person.id_kind,
            id_number=person.id_number,
            id_issued=person.id_issued,
            id_place=person.id_place,
            address=person.address,
            phone=person.phone,
            role=who.role,
            represented=who.represented,
            date=day,
            time=CLOCK[minute],
            end_time=CLOCK[minute + 8 + int(chance() * 40)],
            kind=session.kind,
            form=session.form,
            place=self.ward.reception_place,
            receiver_name=session.receiver.name,
            receiver_title=session.receiver.title,
            receiver_rank=session.rank,
            delegated_by=session.delegated_by,
            attendees=session.attendees,
            people=who.people,
            content=content,
            request=request,
            settled_by=self._settled_by(matter.classification) if chance() < _SETTLED else "",
            classification=matter.classification,
            has_petition=petition,
            read_back=not petition,
            signing=signing,
            unsigned_reason=reason,
            interpreter=_INTERPRETER if chance() < 0.002 else "",
            direction=direction,
            guided_to=body if guided else "",
            guidance_number=self._number("HD-UBND") if guided and chance() < 0.7 else "",
            forwarded_to=body if forwarded else "",
            forwarding_number=self._number("PC-UBND") if forwarded else "",
            forwarded_on=day if forwarded else None,
            refusal_ground=ground,
            refusal_explained=refused and ground not in WRITTEN_GROUNDS,
            earlier_answer=self._settled_by(matter.classification) if ground in WRITTEN_GROUNDS else "",
            recorded_by="" if petition else session.receiver.name,
            note=pick(chance, _NOTES) if chance() < 0.05 else "",
            documents=() if refused else papers(self.scene, matter, words, petition=petition),
            **who.told,
        )

    def _signing(self, born: int) -> tuple[Signing, str]:
        """How the written-down statement was signed."""
        place = self.chance()
        if place < 0.04:
            return Signing.UNSIGNED, pick(self.chance, _UNSIGNED)
        return (Signing.FINGERPRINT if born < 1950 and place < 0.3 else Signing.SIGNED), ""

    def _number(self, sign: str) -> str:
        """The next number of a letter in its year: "12/HD-UBND"."""
        series = f"{self.scene.year} {sign}"
        self.numbers[series] = number = self.numbers.get(series, 0) + 1
        return f"{number:02d}/{sign}"

    def _settled_by(self, kind: Classification) -> str:
        """Who has decided before, with the document."""
        number, day = 10 + int(self.chance() * 900), self.scene.earlier(30, 700)
        if kind is Classification.COMPLAINT and self.chance() < 0.4:
            return f"UBND quận Hai Bà Trưng: Quyết định giải quyết khiếu nại số {number}/QĐ-UBND ngày {day}"
        return f"UBND {self.scene.ward}: Văn bản trả lời số {number}/UBND ngày {day}"
