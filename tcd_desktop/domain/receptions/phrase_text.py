"""Câu mẫu in a text: what calls one, which fit, and what their variables stand for.

A phrase never carries a denouncer's identity into a text that is not sealed: while the class is not chosen, or when it
is a denunciation, the variables of the person stay blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from tcd_desktop.domain.language.text import fold
from tcd_desktop.domain.receptions.phrase import Phrase
from tcd_desktop.domain.receptions.reception import ReceptionDraft
from tcd_desktop.domain.terms import Sex

BLANK: Final = "…"
LONGEST_KEY: Final = 30
LONGEST_TEXT: Final = 2000

_CALL: Final = re.compile(r"(?:^|(?<=[\s(\[\"“,;:]))/([^\s/]{0,30})$")
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9\-]*")
_VARIABLE: Final = re.compile(r"\{([a-z_]+)\}")
_OF_THE_PERSON: Final = ("ten", "ong_ba", "nam_sinh", "giay_to", "dia_chi", "dien_thoai")
VARIABLES: Final = (*_OF_THE_PERSON, "ngay", "gio", "can_bo", "chuc_vu", "noi_tiep")
"""Names that may stand in braces in a phrase."""


def call_in(before: str) -> str | None:
    """What was typed after the "/" that calls a phrase, given the line before the cursor; None when none is called.

    A "/" inside a word or a number ("và/hoặc", "5/9") calls nothing.
    """
    found = _CALL.search(before)
    return found[1] if found else None


def is_key(key: str) -> bool:
    """Whether a name can be typed after "/" with every typing tool: small ASCII letters, figures, hyphens."""
    return bool(_KEY.fullmatch(key)) and len(key) <= LONGEST_KEY


def as_key(text: str) -> str:
    """A name made from what somebody typed: "Thụ lý" -> "thu-ly"."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))[:LONGEST_KEY].strip("-")


def fitting(phrases: Iterable[Phrase], query: str, field: str) -> list[Phrase]:
    """The phrases that fit what was typed, those meant for the field first, then by how well their name fits."""
    sought = fold(query)
    ranked = []
    for phrase in phrases:
        name, text = phrase.key, fold(phrase.text)
        if name.startswith(sought):
            fit = 0
        elif sought in name:
            fit = 1
        elif sought and sought.replace("-", " ") in text:
            fit = 2
        else:
            continue
        meant = phrase.fields.split()
        place = 0 if field in meant else 1 if not meant else 2
        ranked.append((place, fit, name, phrase))
    return [phrase for *_rank, phrase in sorted(ranked, key=lambda one: one[:3])]


def filled(text: str, values: Mapping[str, str]) -> str:
    """A phrase with its variables filled in; what is not known is left blank ("…"), other braces stay."""
    return _VARIABLE.sub(lambda found: (values.get(found[1]) or BLANK) if found[1] in VARIABLES else found[0], text)


def values_of(draft: ReceptionDraft, today: date) -> dict[str, str]:
    """What the variables stand for in a visit."""
    day = draft.date or today
    values = {
        "ngay": f"{day:%d/%m}/{day.year:04d}",
        "gio": f"{draft.time:%H:%M}" if draft.time else "",
        "can_bo": draft.receiver_name,
        "chuc_vu": draft.receiver_title,
        "noi_tiep": draft.place,
    }
    if draft.classification is None or draft.is_secret:
        return values
    return values | {
        "ten": draft.name,
        "ong_ba": {Sex.MALE: "Ông", Sex.FEMALE: "Bà"}.get(draft.sex, "Ông (bà)") if draft.sex else "Ông (bà)",
        "nam_sinh": draft.birth_date[:4],
        "giay_to": draft.id_number,
        "dia_chi": draft.address,
        "dien_thoai": draft.phone,
    }
