"""Doubts about numbers of identity papers and telephones. Always warnings: what a person shows may be right.

The 12-digit number (số định danh cá nhân): three digits of the place where the birth was registered, one of
century and sex, two of the year of birth, six at random, no check digit.
"""

from __future__ import annotations

import re
from typing import Any, Final

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.terms import IdKind, Sex

PROVINCE_CODES: Final = frozenset(
    {
        "001", "002", "004", "006", "008", "010", "011", "012", "014", "015", "017", "019", "020",
        "022", "024", "025", "026", "027", "030", "031", "033", "034", "035", "036", "037", "038",
        "040", "042", "044", "045", "046", "048", "049", "051", "052", "054", "056", "058", "060",
        "062", "064", "066", "067", "068", "070", "072", "074", "075", "077", "079", "080", "082",
        "083", "084", "086", "087", "089", "091", "092", "093", "094", "095", "096",
    }
)  # fmt: skip
"""The 63 provinces of before 2025: a number keeps the code of the place of birth registration for life."""

_TWELVE_DIGITS: Final = {IdKind.CITIZEN_CARD, IdKind.IDENTITY_CERTIFICATE, IdKind.PERSONAL_NUMBER}
_PASSPORT: Final = re.compile(r"[A-Z]{0,2}[0-9]{6,9}|[A-Z0-9]{7,9}")


def _doubt(code: str, /, **facts: Any) -> Problem:
    return Problem(code, facts, warning=True)


def id_number_warnings(
    id_kind: IdKind | None, number: str, birth_date: str = "", sex: Sex | None = None
) -> tuple[Problem, ...]:
    """What is doubtful about an identity number, given what else is known of the person.

    `birth_date` is "", "YYYY" or "YYYY-MM-DD". Codes: "id_not_digits"; "id_length" {length, expected};
    "id_province" {code}; "id_sex" {sex} (the one the number speaks of); "id_birth_year" {number_year,
    birth_year}; "passport_form".
    A paper of another kind (giấy tờ khác) may have any number.
    """
    number = "".join(number.split())
    if not number or id_kind in (None, IdKind.OTHER):
        return ()
    if id_kind is IdKind.PASSPORT:
        return () if _PASSPORT.fullmatch(number.upper()) else (_doubt("passport_form"),)
    if not (number.isascii() and number.isdigit()):
        return (_doubt("id_not_digits"),)
    if len(number) != 12:
        return (_doubt("id_length", length=len(number), expected=12),)
    return tuple(_structure_doubts(number, birth_date, sex))


def _structure_doubts(number: str, birth_date: str, sex: Sex | None) -> list[Problem]:
    doubts = []
    if number[:3] not in PROVINCE_CODES:
        doubts.append(_doubt("id_province", code=number[:3]))
    digit = int(number[3])
    spoken_sex = sex_of_number(number)
    if sex is not None and sex is not spoken_sex:
        doubts.append(_doubt("id_sex", sex=spoken_sex))
    year = 1900 + 100 * (digit // 2) + int(number[4:6])
    born = re.match("[0-9]{4}", birth_date)
    if born and int(born[0]) != year:
        doubts.append(_doubt("id_birth_year", number_year=year, birth_year=int(born[0])))
    return doubts


def sex_of_number(number: str) -> Sex:
    """The sex a 12-digit number speaks of: its fourth digit is even for men (NĐ 137/2015 Điều 13)."""
    return Sex.FEMALE if int(number[3]) % 2 else Sex.MALE


# --- telephones -------------------------------------------------------------------------------------

_MOBILE: Final = re.compile(r"0[35789][0-9]{8}")
_LANDLINE: Final = re.compile(r"02[0-9]{9}")
_ELEVEN_DIGITS: Final = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038",
    "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
"""First digits of the mobile numbers that lost a digit in 2018 [unconfirmed], and what they became."""

_NONE: Final = {"", "khong", "khong co", "0"}


def phone_warnings(phone: str) -> tuple[Problem, ...]:
    """What is doubtful about a telephone number, or several with "," ";" or "/" between; "không có" is fine.

    Codes: "phone_old" {number, new} for an eleven-digit mobile number of before 2018; "phone_form" {number}.
    """
    if fold(phone) in _NONE:
        return ()
    return tuple(doubt for part in re.split(r"[,;/]", phone) if part.strip() for doubt in _phone_doubts(part))


def _phone_doubts(part: str) -> list[Problem]:
    number = plain_phone(part)
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return []
    if len(number) == 11 and number[:4] in _ELEVEN_DIGITS:
        new = _ELEVEN_DIGITS[number[:4]] + number[4:]
        return [_doubt("phone_old", number=number, new=new)]
    return [_doubt("phone_form", number=part.strip())]


def plain_phone(phone: str) -> str:
    """The digits of one number as dialled in Vietnam: "+84 912.345.678" -> "0912345678"."""
    number = re.sub(r"[\s.\-()\xa0]", "", phone)
    return re.sub(r"^(\+84|0084|84(?=[0-9]{9}))0?", "0", number)
