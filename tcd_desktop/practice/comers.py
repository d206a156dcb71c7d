"""In which role a person comes: for himself, for a group, for another, as a lawyer (NĐ 154/2026 Điều 13)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tcd_desktop.domain.terms import Classification, Role, Sex
from tcd_desktop.practice.matters import Matter, Scene
from tcd_desktop.practice.names import names, pick
from tcd_desktop.practice.people import PracticePerson, person
from tcd_desktop.practice.proofs import group, proof


@dataclass(frozen=True, slots=True)
class Comer:
    """The person at the table with role and the number of people; `speech` begins what he says.

    `told` are further fields of a draft: the paper that proves the role, the list of a group.
    """

    person: PracticePerson
    role: Role = Role.SELF
    represented: str = ""
    people: int = 1
    speech: str = ""
    told: dict[str, Any] = field(default_factory=dict)


_COMPANIES = (
    "Công ty TNHH Thương mại Minh Phú An", "Công ty cổ phần Dệt may Hồng Kim",
    "Công ty TNHH Dịch vụ ăn uống Sen Hồ", "Hợp tác xã Vận tải Bến Nứa", "Công ty TNHH Cơ khí Tân Lập",
    "Doanh nghiệp tư nhân Hoài Đức Thịnh", "Trường mầm non tư thục Hoa Gạo",
    "Công ty TNHH Xây dựng Đại Hồng Phát", "Phòng khám đa khoa Tâm An Lộc",
)  # fmt: skip

_ROLES = (
    (0.032, Role.AUTHORISED),
    (0.042, Role.LEGAL_REPRESENTATIVE),
    (0.050, Role.LAWYER),
    (0.053, Role.LEGAL_AID),
)
"""Upper bounds of chance for those who come for another; the rest comes for himself."""

_ORGANISATION = 0.04
"""Share of companies and schools in matters for which they may come."""

_CROWD, _GROUP = 0.12, 0.20
"""Bounds of chance for five and more, and for two to four people, in matters that concern many."""


def comer(scene: Scene, matter: Matter) -> Comer:
    """Somebody new who comes for this matter."""
    chance = scene.chance
    if matter.crowd and (many := chance()) < _GROUP:
        people = 5 + int(chance() ** 2.2 * 36) if many < _CROWD else 2 + int(chance() * 3)
        return _for_group(scene, matter, people)
    one = person(chance, scene.places, scene.day, matter.ages)
    if matter.classification is Classification.DENUNCIATION:  # nobody denounces for another
        return Comer(one)
    if matter.organisation and chance() < _ORGANISATION:
        return _for_another(scene, one, Role.ORGANISATION_HEAD)
    place = chance()
    if place >= _ROLES[-1][0]:
        return Comer(one)
    role = next(role for bound, role in _ROLES if place < bound)
    return _for_another(scene, one, role)


def _for_group(scene: Scene, matter: Matter, people: int) -> Comer:
    where = f"tổ dân phố số {1 + int(scene.chance() * 24)}"
    one = person(scene.chance, scene.places, scene.day, matter.ages)
    return Comer(
        one,
        role=Role.GROUP_REPRESENTATIVE,
        represented=f"{people} công dân {where}",
        told=group(scene, one, people),
        people=people,
        speech=f"Đại diện cho {people} công dân {where} trình bày: ",
    )


def _for_another(scene: Scene, one: PracticePerson, role: Role) -> Comer:
    chance = scene.chance
    if role is Role.ORGANISATION_HEAD:
        body = pick(chance, _COMPANIES)
        told = proof(scene, role, "")
        return Comer(one, role, body, told=told, speech=f"Đại diện {body} trình bày: ")
    sex = Sex.MALE if chance() < 0.5 else Sex.FEMALE
    called = "ông" if sex is Sex.MALE else "bà"
    name = names().person(chance, sex, 1938 + int(chance() * 55))
    told = proof(scene, role, f"vụ việc của {called} {name}")
    return Comer(one, role, name, told=told, speech=f"Trình bày thay cho {called} {name}: ")
