"""What the invented people come for: templates of resources/practice/matters.toml and words put into them.

Placeholders: {street} {lane} {house} {front} a spot of the ward, front being a house on the street itself;
{block} {market} {group} {shop} {project} other places and things; the same with _cap for the beginning of a
sentence; {neighbour} {official} invented people; {day} a day before the visit; {month} {months} {year}
{since_year} {old_year} {child_year} {hour} times; {area} {metre} {width} {money} {fine} {n} amounts;
{decision} {ward_decision} {letter} documents with their numbers; {ward} the ward. A placeholder has one value
in all texts of a visit.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tcd_desktop.domain.language.text import nfc
from tcd_desktop.domain.terms import Classification, Direction, Sex
from tcd_desktop.paths import shipped
from tcd_desktop.practice.addresses import Addresses
from tcd_desktop.practice.names import Chance, names, pick
from tcd_desktop.practice.wards import PracticeWard


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of matter with its wordings.

    `directions` holds each direction as often as its weight; `ages` bounds the person's age; `field` is a
    code of resources/law/classification-2025.toml.
    """

    key: str
    classification: Classification
    field: str
    title: str
    contents: tuple[str, ...]
    requests: tuple[str, ...]
    directions: tuple[Direction, ...]
    bodies: tuple[str, ...]
    papers: tuple[str, ...]
    crowd: bool
    organisation: bool
    ages: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class MatterBook:
    """All matters, by classification, each as often as its weight; and the sentences that any may take."""

    matters: dict[Classification, tuple[Matter, ...]]
    tails: dict[Classification, tuple[str, ...]]
    again_contents: tuple[str, ...]
    again_requests: tuple[str, ...]


@cache
def matter_book() -> MatterBook:
    """The matters that come with the program."""
    with shipped("resources", "practice", "matters.toml").open("rb") as file:
        data = tomllib.load(file)
    matters: dict[Classification, list[Matter]] = {kind: [] for kind in Classification}
    for entry in data["matter"]:
        kind = Classification(entry["classification"])
        matters[kind] += [_matter(entry, kind)] * entry["weight"]
    return MatterBook(
        matters={kind: tuple(found) for kind, found in matters.items()},
        tails={Classification(kind): tuple(map(nfc, texts)) for kind, texts in data["tails"].items()},
        again_contents=tuple(map(nfc, data["again"]["content"])),
        again_requests=tuple(map(nfc, data["again"]["request"])),
    )


def _matter(entry: dict[str, Any], kind: Classification) -> Matter:
    contents, requests, papers = (tuple(map(nfc, entry[name])) for name in ("content", "request", "papers"))
    return Matter(
        key=entry["key"],
        classification=kind,
        field=entry["field"],
        title=nfc(entry["title"]),
        contents=contents,
        requests=requests,
        directions=tuple(Direction(name) for name, weight in entry["direct"].items() for _ in range(weight)),
        bodies=tuple(map(nfc, entry["body"])),
        papers=papers,
        crowd=entry.get("crowd", False),
        organisation=entry.get("organisation", False),
        ages=tuple(entry["ages"]) if "ages" in entry else None,
    )


_SHOPS = (
    "quán karaoke", "quán bia hơi", "quán nhậu", "quán nướng", "xưởng cơ khí", "xưởng mộc",
    "cửa hàng sửa xe máy", "quán cà phê", "tiệm rửa xe", "cơ sở may gia công", "quán lẩu",
    "cửa hàng vật liệu xây dựng", "quán phở đêm", "tiệm cầm đồ", "phòng tập gym", "cửa hàng điện tử",
)  # fmt: skip
_PROJECTS = (
    "dự án xây dựng tuyến đường Vành đai 1", "dự án mở rộng đường Vành đai 2",
    "dự án cải tạo ngõ vào khu tập thể", "dự án xây dựng trường mầm non của phường",
    "dự án cống hóa mương thoát nước", "dự án cải tạo chung cư cũ", "dự án mở ngõ theo quy hoạch",
    "dự án xây dựng trạm y tế phường", "dự án xây dựng bãi đỗ xe tĩnh",
)  # fmt: skip
_HOURS = ("22 giờ", "22 giờ 30", "23 giờ", "23 giờ 30", "0 giờ", "1 giờ sáng", "2 giờ sáng")


class Scene:
    """The ward, the day and the people from whom the words of one ward's visits are taken."""

    __slots__ = (
        "chance",
        "day",
        "market",
        "neighbours",
        "officials",
        "ordinal",
        "places",
        "ward",
        "ward_name",
        "year",
    )

    def __init__(self, chance: Chance, ward: PracticeWard, places: Addresses) -> None:
        self.chance = chance
        self.places = places
        self.market = ward.market
        self.ward = f"phường {ward.name}"
        self.ward_name = ward.name
        self.neighbours = tuple(_somebody(chance, 1945, 50) for _ in range(400))
        self.officials = tuple(_somebody(chance, 1966, 30) for _ in range(60))
        self.on(date(2020, 1, 1))

    def on(self, day: date) -> None:
        """Sets the day of the visit whose words are made next."""
        self.day = day
        self.ordinal = day.toordinal()
        self.year = day.year

    def earlier(self, least: int, most: int) -> str:
        """A day between so many days before the visit, as people write it: 5/3/2025."""
        return day_text(self.ordinal - least - int(self.chance() * (most - least)))


class Words(dict[str, str]):
    """The values of placeholders for one visit, each made when a text asks for it."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._scene = scene

    def __missing__(self, key: str) -> str:
        if key.endswith("_cap"):
            value = sentence(self[key[:-4]])
        elif key in _PLACE:
            self.update(zip(_PLACE, pick(self._scene.chance, self._scene.places.spots), strict=True))
            return self[key]
        else:
            value = _MAKERS[key](self._scene)
        self[key] = value
        return value


_PLACE = ("street", "lane", "house", "front")
"""The placeholders of one spot of the ward, which belong together."""


def _somebody(chance: Chance, first: int, years: int) -> str:
    sex = Sex.MALE if chance() < 0.55 else Sex.FEMALE
    born = first + int(chance() * years)
    return f"{'ông' if sex is Sex.MALE else 'bà'} {names().person(chance, sex, born)}"


@cache
def day_text(ordinal: int) -> str:
    """A day as people write it: 5/3/2025."""
    day = date.fromordinal(ordinal)
    return f"{day.day}/{day.month}/{day.year}"


def sentence(text: str) -> str:
    """The text with a capital letter first, the rest as it is."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text with a small letter first, as within a sentence."""
    return text[:1].lower() + text[1:]


def _between(chance: Chance, least: int, most: int) -> int:
    return least + int(chance() * (most - least + 1))


def _area(scene: Scene) -> str:
    return f"{_between(scene.chance, 6, 180)},{_between(scene.chance, 1, 9)} m²"


def _fine(scene: Scene) -> str:
    return f"{_between(scene.chance, 1, 24)}.{pick(scene.chance, ('000', '250', '500', '750'))}.000 đồng"


def _month(scene: Scene) -> str:
    back = scene.year * 12 + scene.day.month - 2 - int(scene.chance() * 9)
    return f"{back % 12 + 1}/{back // 12}"


def _decision(scene: Scene) -> str:
    number = _between(scene.chance, 110, 6400)
    return f"Quyết định số {number}/QĐ-UBND ngày {scene.earlier(25, 400)} của UBND quận Hai Bà Trưng"


def _ward_decision(scene: Scene) -> str:
    number = _between(scene.chance, 3, 420)
    return f"Quyết định số {number}/QĐ-XPHC ngày {scene.earlier(6, 60)} của Chủ tịch UBND {scene.ward}"


def _letter(scene: Scene) -> str:
    number = _between(scene.chance, 12, 980)
    return f"Văn bản số {number}/UBND ngày {scene.earlier(10, 120)} của UBND {scene.ward}"


_MAKERS: dict[str, Callable[[Scene], str]] = {
    "block": lambda s: pick(s.chance, s.places.blocks),
    "market": lambda s: s.market,
    "group": lambda s: f"tổ dân phố số {1 + int(s.chance() * 24)}",
    "shop": lambda s: pick(s.chance, _SHOPS),
    "project": lambda s: pick(s.chance, _PROJECTS),
    "neighbour": lambda s: pick(s.chance, s.neighbours),
    "official": lambda s: pick(s.chance, s.officials),
    "day": lambda s: s.earlier(5, 120),
    "month": _month,
    "months": lambda s: str(_between(s.chance, 2, 18)),
    "year": lambda s: str(s.year - 1 - int(s.chance() * 4)),
    "since_year": lambda s: str(s.year - 6 - int(s.chance() * 14)),
    "old_year": lambda s: str(_between(s.chance, 1962, 1999)),
    "child_year": lambda s: str(s.year - 6),
    "hour": lambda s: pick(s.chance, _HOURS),
    "area": _area,
    "width": lambda s: f"{_between(s.chance, 1, 3)},{_between(s.chance, 0, 9)} m",
    "metre": lambda s: f"{int(s.chance() * 3)},{_between(s.chance, 2, 9)} m",
    "money": lambda s: f"{_between(s.chance, 2, 96) * 5} triệu đồng",
    "fine": _fine,
    "n": lambda s: str(_between(s.chance, 2, 7)),
    "decision": _decision,
    "ward_decision": _ward_decision,
    "letter": _letter,
    "ward": lambda s: s.ward,
}
