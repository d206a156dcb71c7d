"""Whether an open text tells who denounced (lộ danh tính người tố cáo): their name, number, address in the content.

The identity is sealed; content, notes, names of papers and the case title made from them are not (Luật Tố cáo
Điều 9(1), 12(2), 56). What is told there is a warning at the field, never a stop: the law does not forbid
to write it down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.people.person import Person

CODE: Final = "names_denouncer"
_LEAST_NAME: Final = 5
_LEAST_NUMBER: Final = 8
_LEAST_ADDRESS: Final = 10
_DIGIT: Final = re.compile(r"\d")
_NO_WORD: Final = re.compile(r"[\W_]+")


def fields_that_name(person: Person, texts: Mapping[str, str]) -> list[str]:
    """The fields among `texts` in which the person, who they speak for, or a member of their group is named."""
    if not any(texts.values()):
        return []
    marks = _marks(person)
    return [name for name, text in texts.items() if text and _tells(_words(text), marks)]


def _tells(text: str, marks: Iterable[str]) -> bool:
    return any(mark in text for mark in marks)


def _marks(person: Person) -> tuple[str, ...]:
    people = (
        (person.name, person.id_number, person.phone, person.address),
        (person.represented, "", "", person.represented_address),
        *((one.name, one.id_number, one.phone, one.address) for one in person.members),
    )
    return _folded(people)


@lru_cache(maxsize=2)
def _folded(people: tuple[tuple[str, str, str, str], ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name, number, phone, address in people:
        if len(called := _words(name)) > _LEAST_NAME and " " in called.strip():
            found[called] = None
        if len(house := _words(address)) > _LEAST_ADDRESS and _DIGIT.search(
            house
        ):  # no digit: a whole ward lives there
            found[house] = None
        for digits in (number, phone):
            if len(digits.strip()) >= _LEAST_NUMBER:
                found[_words(digits)] = None
    return tuple(found)


def _words(text: str) -> str:
    """Folded words between single blanks, with one before and after."""
    return f" {_NO_WORD.sub(' ', fold(text)).strip()} " if text.strip() else ""
