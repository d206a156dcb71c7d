"""What representatives and groups show: kind, number, day of the paper, the people of the group."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.terms import RepresentationKind, Role, Sex
from tcd_desktop.practice.matters import Scene
from tcd_desktop.practice.names import names, pick
from tcd_desktop.practice.people import PracticePerson, personal_number

_KINDS = {
    Role.LAWYER: RepresentationKind.LEGAL_REQUEST,
    Role.LEGAL_AID: RepresentationKind.AID_ASSIGNMENT,
    Role.LEGAL_REPRESENTATIVE: RepresentationKind.GUARDIAN,
    Role.GROUP_REPRESENTATIVE: RepresentationKind.APPOINTMENT,
}
_NOTARISED = 0.25
"""Share of authorisations that a notary made."""
_ALL_SIGN = 0.85
_NUMBERED = 0.4
"""Share of people in a list who wrote the number of their card."""


def proof(scene: Scene, role: Role, title: str) -> dict[str, Any]:
    """Fields of a draft that prove a role; `title` is what the matter is about."""
    chance = scene.chance
    number, day = 100 + int(chance() * 8900), _day(scene, 2, 90)
    if role is Role.ORGANISATION_HEAD:
        return {
            "represented_address": scene.places.home(chance),
            "representation_paper": f"Giấy chứng nhận đăng ký số 01{int(chance() * 100_000_000):08d}",
        }
    found: dict[str, Any] = {"representation_number": str(number), "representation_on": day}
    if role is Role.AUTHORISED:
        notarised = chance() < _NOTARISED
        found["representation_kind"] = RepresentationKind.NOTARISED if notarised else RepresentationKind.CERTIFIED
        found["representation_scope"] = f"Làm việc với UBND phường về {title}"[:300]
        return found
    found["representation_kind"] = _KINDS[role]
    if role is Role.LAWYER:
        found["professional_card"] = f"{1000 + int(chance() * 18_000)}/LS"
    if role is Role.LEGAL_AID:
        found["representation_number"] = f"{number % 97 + 3}/QĐ-TGPL"
        found["professional_card"] = f"{number}/TGPL"
    return found


def group(scene: Scene, first: PracticePerson, people: int) -> dict[str, Any]:
    """The list of a group: the one at the table speaks, with one or a few others; nearly always all have signed."""
    chance = scene.chance
    all_sign = chance() < _ALL_SIGN
    speakers = 1 + (people >= 5 and chance() < 0.5) + (people > 10 and chance() < 0.3)
    members = [
        Member(first.name, first.address, first.id_number, first.birth_date, first.phone, speaks=True, signed=True)
    ]
    taken = {first.name}
    while len(members) < people:
        sex = Sex.MALE if chance() < 0.5 else Sex.FEMALE
        born = 1940 + int(chance() * 62)
        name = names().person(chance, sex, born)
        if name in taken:
            continue
        taken.add(name)
        members.append(
            Member(
                name,
                scene.places.home(chance),
                personal_number(chance, born, sex) if chance() < _NUMBERED else "",
                str(born),
                speaks=len(members) < speakers,
                signed=all_sign or chance() < 0.7,
            )
        )
    return {
        "members": tuple(members),
        "members_signed": all(member.signed for member in members),
        "representation_kind": RepresentationKind.APPOINTMENT,
        "representation_on": _day(scene, 1, 20),
        "police_informed": people >= 20 and chance() < 0.5,
        "order_note": pick(chance, _ORDER) if people >= 15 and chance() < 0.6 else "",
    }


def _day(scene: Scene, least: int, most: int) -> date:
    return scene.day - timedelta(days=least + int(scene.chance() * (most - least)))


_ORDER = (
    "Đoàn giữ trật tự trong suốt buổi tiếp.",
    "Đã mời đại diện tổ dân phố cùng hướng dẫn, đoàn chấp hành nội quy.",
    "Một số người nói to trước cổng, đã giải thích, không phát sinh phức tạp.",
)
