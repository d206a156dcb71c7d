"""Petitions that reach a practice ward by post, through its letter box and from other offices; the same for a seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Protocol

from tcd_desktop.domain.cases.case_file import Petition, PetitionDraft, Subject
from tcd_desktop.domain.clocks.calendar import WorkingCalendar
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.terms import Classification, PetitionDirection, PetitionSource
from tcd_desktop.law import case_grounds
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.practice.addresses import addresses
from tcd_desktop.practice.matters import Matter, Scene, Words, matter_book, sentence
from tcd_desktop.practice.names import pick
from tcd_desktop.practice.people import person
from tcd_desktop.practice.wards import PracticeWard

SHARE = 12
"""One petition by post for so many visits, and never fewer than LEAST."""
LEAST = 4
BACK = timedelta(days=400)
_READ = time(15, 20)
_SOURCES = (
    *((PetitionSource.POST,) * 9),
    *((PetitionSource.BOX,) * 3),
    *((PetitionSource.TRANSFER,) * 5),
    *(PetitionSource.ONLINE, PetitionSource.DEPUTY, PetitionSource.PRESS),
)
_SENDERS = {
    PetitionSource.TRANSFER: (
        "Ban Tiếp công dân quận",
        "Thanh tra quận",
        "Văn phòng HĐND và UBND quận",
        "Công an quận",
    ),
    PetitionSource.DEPUTY: ("Tổ đại biểu HĐND quận", "Đoàn đại biểu Quốc hội thành phố"),
    PetitionSource.PRESS: ("Ủy ban MTTQ Việt Nam phường", "Báo Pháp luật và Đời sống"),
}
_CLASSES = (
    *((Classification.COMPLAINT,) * 4),
    *((Classification.DENUNCIATION,) * 2),
    *((Classification.PETITION,) * 5),
    *((Classification.FEEDBACK,) * 4),
)
_TAGS = {
    ("complaint", "land"): ("Bồi thường, hỗ trợ, tái định cư", "Tranh chấp ranh giới"),
    ("petition", "land"): ("Cấp giấy chứng nhận",),
    ("feedback", "other"): ("Trật tự xây dựng", "Vệ sinh môi trường"),
}


_TAKEN_ON: dict[str, Any] = {
    "direction": PetitionDirection.ACCEPT,
    "eligible": True,
    "ineligible": (),
    "within_competence": True,
    "directed_to": "",
    "direction_number": "",
    "direction_reason": "",
}


class SetClock(Protocol):
    """An office clock that is set."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class _Envelope:
    """A petition and the day it is opened."""

    day: date
    draft: PetitionDraft
    opens_case: bool


class PracticePetitions:
    """The petitions of one ward while its visits are logged. `visits` says how busy the ward is."""

    def __init__(
        self,
        office: OpenOffice,
        clock: SetClock,
        ward: PracticeWard,
        calendar: WorkingCalendar,
        *,
        visits: int,
        until: date,
        seed: str,
    ) -> None:
        self._office, self._clock, self._calendar, self._last = office, clock, calendar, until
        self._random = Random(f"{seed}/petitions")
        self._ward, self._places = ward, addresses(ward, seed)
        count = max(LEAST, visits // SHARE) if visits else 0
        self._waiting = sorted((self._envelope() for _ in range(count)), key=lambda one: one.day)
        self._made: list[Petition] = []
        self._tagged = False

    def until(self, moment: datetime) -> None:
        """Opens what came before a moment."""
        while self._waiting and datetime.combine(self._waiting[0].day, _READ) < moment:
            self._open(self._waiting.pop(0))

    def finish(self) -> None:
        """Opens what came until the last day."""
        self.until(datetime.combine(self._last, time(23)))

    def _open(self, envelope: _Envelope) -> None:
        self._clock.moment = max(self._clock.moment, datetime.combine(envelope.day, _READ))
        self._set_tags(envelope.day)
        draft = envelope.draft
        parts, wishes = [draft], [envelope.opens_case]
        if draft.classification is Classification.COMPLAINT and self._random.random() < 0.12:
            other = self._about(draft, Classification.FEEDBACK, envelope.day)
            parts, wishes = [draft, other], [envelope.opens_case, False]
        self._made += self._office.petitions.register_all(parts, open_cases=wishes).value
        if self._random.random() < 0.1 and draft.direction is PetitionDirection.ACCEPT:
            self._waiting = sorted([*self._waiting, *self._again(draft, envelope.day)], key=lambda one: one.day)

    def _again(self, draft: PetitionDraft, day: date) -> list[_Envelope]:
        """The same letter, some weeks later: a repetition of the first."""
        later = self._calendar.next_working(day + timedelta(days=20 + int(self._random.random() * 40)))
        if later > self._last:
            return []
        return [
            _Envelope(
                later,
                replace(
                    draft,
                    received_on=later,
                    petition_date=later - timedelta(days=2),
                    duplicate_of=self._made[-1].id,
                    direction=PetitionDirection.FILE,
                    direction_reason="Đơn trùng nội dung, đang được giải quyết",
                    direction_on=None,
                    direction_number="",
                ),
                False,
            )
        ]

    def _set_tags(self, day: date) -> None:
        if self._tagged:
            return
        self._tagged = True
        for (kind, field), names in _TAGS.items():
            for name in names:
                since = date(day.year, 1, 1)
                self._office.tags.add(name, classification=Classification(kind), field=field, since=since)

    # -- what is in the envelope ----------------------------------------------------------

    def _envelope(self) -> _Envelope:
        chance = self._random.random
        day = self._calendar.next_working(self._last - timedelta(days=int(chance() ** 1.4 * BACK.days)))
        day = min(day, self._calendar.previous_working(self._last))
        kind = pick(chance, _CLASSES)
        matter, scene = self._scene(kind, day)
        source = pick(chance, _SOURCES)
        nobody = chance() < (0.25 if kind is Classification.DENUNCIATION else 0.03)
        values = self._told(matter, scene, day)
        if not nobody:
            values |= self._who(day, matter)
        if source in _SENDERS:
            values |= {
                "sender": pick(chance, _SENDERS[source]),
                "incoming_number": f"{10 + int(chance() * 900)}/CV",
                "incoming_on": self._calendar.previous_working(day - timedelta(days=3)),
            }
        written = day - timedelta(days=3 + int(chance() * 8))
        draft = PetitionDraft(
            source=source, received_on=day, petition_date=written, classification=kind, anonymous=nobody, **values
        )
        judged = draft if self._fresh(day) else replace(draft, **self._judged(draft, matter, scene))
        accepted = judged.direction is PetitionDirection.ACCEPT
        return _Envelope(day, judged, accepted and chance() < 0.8)

    def _fresh(self, day: date) -> bool:
        """What came in the last days is not examined yet."""
        return (self._last - day).days < 6 and self._random.random() < 0.6

    def _scene(self, kind: Classification, day: date) -> tuple[Matter, Scene]:
        chance = self._random.random
        scene = Scene(chance, self._ward, self._places)
        scene.on(day)
        return pick(chance, matter_book().matters[kind]), scene

    def _told(self, matter: Matter, scene: Scene, day: date) -> dict[str, Any]:
        chance, words = self._random.random, Words(scene)
        tags = _TAGS.get((str(matter.classification), matter.field), ())
        return {
            "content": sentence(pick(chance, matter.contents).format_map(words)),
            "request": sentence(pick(chance, matter.requests).format_map(words)),
            "field": matter.field,
            "tag": pick(chance, tags) if tags and chance() < 0.8 else "",
            "subjects": (Subject(self._ward.office_name, "", self._ward.locality),),
        }

    def _who(self, day: date, matter: Matter) -> dict[str, Any]:
        chance = self._random.random
        one = person(chance, self._places, day, matter.ages)
        others = 3 + int(chance() * 12) if matter.crowd and chance() < 0.5 else 0
        people = [person(chance, self._places, day, None) for _ in range(min(others, 3))]
        values: dict[str, Any] = {
            "name": one.name,
            "birth_date": one.birth_date,
            "sex": one.sex,
            "address": one.address,
            "phone": one.phone,
            "signers": 1 + others,
            "members": tuple(Member(other.name, other.address) for other in people),
        }
        if chance() < 0.5:
            values |= {"id_kind": one.id_kind, "id_number": one.id_number}
        return values

    def _about(self, draft: PetitionDraft, kind: Classification, day: date) -> PetitionDraft:
        matter, scene = self._scene(kind, day)
        told = self._told(matter, scene, day)
        return replace(draft, classification=kind, **told, **_TAKEN_ON)

    def _judged(self, draft: PetitionDraft, matter: Matter, scene: Scene) -> dict[str, Any]:
        chance = self._random.random
        kind = draft.classification
        assert kind is not None and draft.received_on is not None
        letter = {
            "direction_on": min(self._calendar.next_working(draft.received_on), self._last),
            "direction_number": f"{1 + int(chance() * 300)}/UBND-VP",
        }
        if draft.received_on >= self._last:
            letter = {}
        if draft.anonymous or chance() < 0.1:
            grounds = ("identity",) if draft.anonymous else (pick(chance, case_grounds("not_eligible", kind)[1:]).code,)
            why = "Đơn không đủ điều kiện xử lý"
            return {
                "eligible": False,
                "ineligible": grounds,
                "direction": PetitionDirection.FILE,
                "direction_reason": why,
            }
        if chance() < 0.25 and matter.bodies:
            wanted = PetitionDirection.FORWARD if kind is not Classification.COMPLAINT else PetitionDirection.GUIDE
            body = sentence(pick(chance, matter.bodies).format_map(Words(scene)))
            return {
                "eligible": True,
                "within_competence": False,
                "direction": wanted,
                "directed_to": body,
                **letter,
            }
        return {"eligible": True, "within_competence": True, "direction": PetitionDirection.ACCEPT, **letter}
