"""The words of a record as the indexes keep them: functions the database calls while it fills an index."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from tcd_desktop.domain.language.text import fold


class _Member(msgspec.Struct, frozen=True):
    """What a search looks for of a member of a group."""

    name: str = ""
    id_number: str = ""
    phone: str = ""


_members = msgspec.json.Decoder(tuple[_Member, ...])


def members_of(kept: str) -> tuple[_Member, ...]:
    """The members of a group as the table keeps them; none when the text is not what this program writes."""
    if kept == "[]":
        return ()
    try:
        return _members.decode(kept)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return ()


def written_names(name: str, represented: str, members: str) -> str:
    """Everybody a visit names, as written: the person, whom they speak for, the members of the group."""
    if not represented and members == "[]":
        return name
    return " ".join([name, represented, *(member.name for member in members_of(members))])


def folded_names(name: str, represented: str, members: str) -> str:
    """The same without accents."""
    return fold(written_names(name, represented, members))


def search_keys(name: str, id_number: str, phone: str, number: int, year: int, series: str, members: str) -> str:
    """Initials, numbers forwards and (with an r before them) backwards, the book number in its forms.

    "nvd 001056012345 r543210650100 0912345678 r8765432190 57 57y2026a"; of another series than A also "57b".
    """
    keys = ["".join([word[0] for word in fold(name).split()])]
    for figures in (id_number, phone):
        if figures:
            keys += [figures, "r" + figures[::-1]]
    for member in members_of(members):
        keys += [key for f in (member.id_number, member.phone) if f for key in (f, "r" + f[::-1])]
    keys.append(book_keys(number, year, series))
    return " ".join(keys)


def book_keys(number: int, year: int, series: str) -> str:
    """ "57 57y2026a"; of another series than A also "57b"."""
    letter = series.lower() or "a"
    return (
        f"{number} {number}y{year}{letter}" if letter == "a" else f"{number} {number}y{year}{letter} {number}{letter}"
    )


def case_order(opened_on: str, identity: str) -> int:
    """The row number of a case in its index: the day it was opened, then bits of its id, as `rows.row_order`."""
    days = date.fromisoformat(opened_on).toordinal() - date(1970, 1, 1).toordinal()
    return (min(max(days, 0), 0xFFFF) << 47) | int(identity[-9:] or "0", 16)


FUNCTIONS: tuple[tuple[str, int, Any], ...] = (
    ("written_names", 3, written_names),
    ("folded_names", 3, folded_names),
    ("search_keys", 7, search_keys),
    ("book_keys", 3, book_keys),
    ("case_order", 2, case_order),
)
"""Name, number of arguments, function: known to every connection (see `engine`)."""
