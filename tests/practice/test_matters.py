"""The templates of matters: complete, and every text of every one can be filled."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from tcd_desktop.domain.terms import Classification, Direction
from tcd_desktop.practice.addresses import addresses
from tcd_desktop.practice.matters import Scene, Words, matter_book
from tcd_desktop.practice.wards import practice_wards


def scene() -> Scene:
    ward = practice_wards()[13]
    made = Scene(Random("words").random, ward, addresses(ward, "1"))
    made.on(date(2026, 3, 2))
    return made


def test_there_are_at_least_forty_matters_in_every_classification_some() -> None:
    book = matter_book()
    kinds = {kind: {matter.key for matter in found} for kind, found in book.matters.items()}
    assert sum(map(len, kinds.values())) >= 40
    assert all(len(kinds[kind]) >= 7 for kind in Classification)


def test_every_text_of_every_matter_can_be_filled() -> None:
    here = scene()
    for kind, found in matter_book().matters.items():
        for matter in dict.fromkeys(found):
            texts = (*matter.contents, *matter.requests, *matter.papers, *matter_book().tails[kind])
            for text in (matter.title, *texts):
                filled = text.format_map(Words(here))
                assert filled and "{" not in filled


def test_a_placeholder_has_one_value_in_all_texts_of_a_visit() -> None:
    words = Words(scene())
    first = "{lane_cap}, {house}, {decision}, {neighbour}".format_map(words)
    assert "{lane_cap}, {house}, {decision}, {neighbour}".format_map(words) == first
    assert words["lane"].lower() == words["lane_cap"].lower()
    assert words["street"] in words["lane"] and words["street"] in words["house"]


def test_who_guides_or_forwards_knows_where_to() -> None:
    for found in matter_book().matters.values():
        for matter in found:
            assert matter.bodies and matter.directions and matter.papers
            weights = Counter(matter.directions)
            assert Direction.REFUSE not in weights and sum(weights.values()) >= 50


def test_days_in_a_text_lie_before_the_visit() -> None:
    here = scene()
    for _ in range(200):
        day, month, year = map(int, Words(here)["day"].split("/"))
        assert date(2025, 10, 1) < date(year, month, day) < date(2026, 3, 2)
