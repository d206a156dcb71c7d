"""Reading the QR code of a citizen card (thẻ căn cước công dân 2021, thẻ căn cước 2024) as scanners send it.

The text is `number|old number|name|ddmmyyyy|Nam or Nữ|address|ddmmyyyy`. Some cards lack the field of the old
number; cards issued since 01/07/2024 have more fields after these (cancelled number, parents), which are not
read because the office does not need them. A scanner that types through a Vietnamese keyboard may spoil the
text: what can be proven is mended (`domain.people.spoiled_card`), of the rest only number, dates and sex are taken, and
the fields to type by hand are named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from tcd_desktop.domain.language.text import fold, title_case
from tcd_desktop.domain.people.identity_checks import sex_of_number
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.people.spoiled_card import looks_spoiled, lost_vowels, mended
from tcd_desktop.domain.problems import Problem, Refused
from tcd_desktop.domain.terms import IdKind, Sex

CARD_2024: Final = date(2024, 7, 1)
"""First day of the new card (Luật Căn cước 2023, Thông tư 16/2024/TT-BCA)."""

PLACE_2021: Final = "Cục Cảnh sát quản lý hành chính về trật tự xã hội"
"""Nơi cấp of the card of 2021: the title above the signature on its back [from memory, unconfirmed]."""

PLACE_2024: Final = "Bộ Công an"
"""Nơi cấp of the card since 01/07/2024 [from memory, unconfirmed]."""

_NAME: Final = re.compile(r"[^\W\d_]+(?:[ .'’\-]+[^\W\d_]+)*\.?")
_DATE: Final = re.compile(r"[0-9]{8}")
_YEAR: Final = re.compile(r"(?:0000)?(1[89][0-9]{2}|20[0-9]{2})")
_NUMBER: Final = re.compile(r"[0-9]{12}")
_OLD_NUMBER: Final = re.compile(r"[0-9]{9}|[0-9]{12}")
_READ: Final = ("name", "birth_date", "sex", "address", "id_issued")
"""What a card says besides its number, in the order in which it is typed by hand."""
_LONE_DATE: Final = re.compile(r"(?<![0-9])[0-9]{8}(?![0-9])")


@dataclass(frozen=True, slots=True)
class CardReading:
    """What a card says. `broken` are the fields of `person` that were unreadable and must be typed by hand.

    `old_number` is the number of the card before this one (CMND), only to look the citizen up by; it is not kept.
    Problems, all warnings: "card_text_broken" {fields} when `broken` is not empty; "card_separators_lost"
    when the text came without its bars; "card_marks_lost" when name and address came without any Vietnamese
    letter (a scanner that knows no marks): both are left out, for they are not what stands on the card.
    """

    person: Person
    broken: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    old_number: str = ""


def read_card(text: str) -> CardReading:
    """The person on a card, from the text of its QR code.

    Raises Refused("not_a_card") when there is no 12-digit number in front.
    """
    line = mended(text)
    fields = [field.strip() for field in line.split("|")]
    if len(fields) >= 6 and _NUMBER.fullmatch(fields[0]):
        return _read_fields(fields)
    if _NUMBER.match(line):
        return _read_spoiled(line)
    raise Refused("not_a_card")


def _read_fields(fields: list[str]) -> CardReading:
    if not _has_old_number(fields):
        fields = [fields[0], "", *fields[1:]]
    number, old, name, birth, sex, address, issued = [*fields, ""][:7]
    problems = []
    if name.isascii() and address.isascii() and name and len(address.split()) > 2:
        problems.append(Problem("card_marks_lost", warning=True))
        name = address = ""
    if name == name.lower() and address != address.lower():  # Caps Lock turned all letters round
        address = address.swapcase()
    if lost_vowels(name):
        address = "" if lost_vowels(address) else address  # alone it may be an abbreviation; here letters were dropped
        name = ""
    if looks_spoiled(name) or not _NAME.fullmatch(name):
        name = ""
    if looks_spoiled(address, least=2) or not any(map(str.isalpha, address)):
        address = ""
    id_issued = _date(issued)
    person = Person(
        name=title_case(name.upper()),
        birth_date=_birth(birth),
        sex={"nam": Sex.MALE, "nu": Sex.FEMALE}.get(fold(sex)) or sex_of_number(number),
        id_kind=IdKind.CITIZEN_CARD,
        id_number=number,
        id_issued=id_issued,
        id_place=_place(id_issued),
        address=address,
    )
    return _reading(person, problems, old if _OLD_NUMBER.fullmatch(old) else "")


def _has_old_number(fields: list[str]) -> bool:
    """Whether the second field is the old number: empty, digits, or the third field is no date of birth."""
    if fields[1] == "":
        return True
    if len(fields) == 6:
        return False
    return fields[1].isdigit() or not _birth(fields[2])


def _read_spoiled(line: str) -> CardReading:
    """Only number and dates: the first date is the birth, a date at the very end the issue."""
    rest = line[12:]
    dates = [match for match in _LONE_DATE.finditer(rest) if _date(match[0])]
    birth = dates[0] if dates else None
    last = dates[-1] if len(dates) > 1 and dates[-1].end() == len(rest.rstrip("| ")) else None
    id_issued = _date(last[0]) if last else None
    person = Person(
        birth_date=_birth(birth[0]) if birth else "",
        sex=sex_of_number(line[:12]),
        id_kind=IdKind.CITIZEN_CARD,
        id_number=line[:12],
        id_issued=id_issued,
        id_place=_place(id_issued),
    )
    return _reading(person, [Problem("card_separators_lost", warning=True)], "")


def _reading(person: Person, problems: list[Problem], old_number: str) -> CardReading:
    broken = tuple(name for name in _READ if getattr(person, name) in ("", None))
    if broken:
        problems = [Problem("card_text_broken", {"fields": broken}, warning=True), *problems]
    return CardReading(person, broken, tuple(problems), old_number)


def _date(text: str) -> date | None:
    """The date of "ddmmyyyy", or None."""
    if not _DATE.fullmatch(text):
        return None
    try:
        found = date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
    return found if 1880 <= found.year <= 2100 else None


def _birth(text: str) -> str:
    """ISO date of birth, or the year alone when the card knows no more; "" when unreadable."""
    full = _date(text)
    if full:
        return full.isoformat()
    year = _YEAR.fullmatch(text)
    return year[1] if year else ""


def _place(issued: date | None) -> str:
    if issued is None:
        return ""
    return PLACE_2024 if issued >= CARD_2024 else PLACE_2021
