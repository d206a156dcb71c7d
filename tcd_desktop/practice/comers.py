"""In which role a person comes: for himself, for a group, for another, as a lawyer (NĐ 154/2026 Điều 13)."""

from __future__ import annotations

from dataclasses import dataclass

from tcd_desktop.domain.terms import Classification, Role, Sex
from tcd_desktop.practice.matters import Matter, Scene
from tcd_desktop.practice.names import names, pick
from tcd_desktop.practice.people import PracticePerson, person


@dataclass(frozen=True, slots=True)
class Comer:
    """The person at the table with role, paper and the number of people; `speech` begins what he says."""

    person: PracticePerson
    role: Role = Role.SELF
    represented: str = ""
    paper: str = ""
    people: int = 1
    speech: str = ""


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
    return Comer(
        person(scene.chance, scene.places, scene.day, matter.ages),
        role=Role.GROUP_REPRESENTATIVE,
        represented=f"{people} công dân {where}",
        paper=f"Văn bản cử người đại diện ngày {scene.earlier(1, 20)}, có chữ ký của {people} người",
        people=people,
        speech=f"Đại diện cho {people} công dân {where} trình bày: ",
    )


def _for_another(scene: Scene, one: PracticePerson, role: Role) -> Comer:
    chance = scene.chance
    if role is Role.ORGANISATION_HEAD:
        body = pick(chance, _COMPANIES)
        paper = f"Giấy chứng nhận đăng ký số 01{int(chance() * 100_000_000):08d}"
        return Comer(one, role, body, paper, speech=f"Đại diện {body} trình bày: ")
    sex = Sex.MALE if chance() < 0.5 else Sex.FEMALE
    called = "ông" if sex is Sex.MALE else "bà"
    name = names().person(chance, sex, 1938 + int(chance() * 55))
    return Comer(one, role, name, _right(scene, role), speech=f"Trình bày thay cho {called} {name}: ")


def _right(scene: Scene, role: Role) -> str:
    """The paper that shows the right to speak for another."""
    number = 100 + int(scene.chance() * 8900)
    day = scene.earlier(2, 90)
    if role is Role.LAWYER:
        return f"Thẻ luật sư số {number}/LS; Giấy yêu cầu giúp đỡ về pháp luật ngày {day}"
    if role is Role.LEGAL_AID:
        order = f"Quyết định phân công số {number % 97 + 3}/QĐ-TGPL ngày {day}"
        return f"Thẻ trợ giúp viên pháp lý số {number}/TGPL; {order}"
    if role is Role.LEGAL_REPRESENTATIVE:
        return f"Giấy khai sinh; Quyết định công nhận người giám hộ số {number % 211 + 1}/QĐ-UBND ngày {day}"
    return f"Giấy ủy quyền số chứng thực {number} ngày {day} tại UBND phường {scene.ward_name}"
