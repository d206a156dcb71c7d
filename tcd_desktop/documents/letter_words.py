"""What letters say for the codes of the books (resources/forms/letters-words.toml). Always Vietnamese."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from tcd_desktop.documents.form_pack import PackError
from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.terms import Classification, Direction, PaperCondition, PetitionDirection, PetitionSource
from tcd_desktop.paths import shipped

WORDS = "letters-words.toml"
LISTS: Mapping[str, tuple[type[StrEnum], ...]] = {
    "classification": (Classification,),
    "direction": (Direction, PetitionDirection),
    "source": (PetitionSource,),
    "condition": (PaperCondition,),
    "result": (SettlementResult,),
}
"""The part of the file -> the codes it must have."""


@cache
def letter_words() -> Mapping[str, str]:
    """ "classification.complaint" -> "khiếu nại". Raises PackError when a code has no words."""
    text = shipped("resources", "forms", WORDS).read_text(encoding="utf-8")
    data = tomllib.loads(unicodedata.normalize("NFC", text))
    found = {f"{part}.{code}": words for part, codes in data.items() for code, words in codes.items()}
    for part, kinds in LISTS.items():
        for code in (code for kind in kinds for code in kind):
            if not found.get(f"{part}.{code.value}"):
                raise PackError(f"{WORDS}: {part}.{code.value} is missing")
    return MappingProxyType(found)
