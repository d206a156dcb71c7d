"""The phrases (câu mẫu) the program is shipped with, read from `resources/phrases`."""

from __future__ import annotations

import tomllib
from functools import cache

from tcd_desktop.domain.receptions.phrase import Phrase
from tcd_desktop.paths import shipped

STARTER = "starter-2026.toml"


@cache
def shipped_phrases() -> tuple[Phrase, ...]:
    """Phrases of no office yet (`office` and `id` are empty), in the order of the file."""
    with shipped("resources", "phrases", STARTER).open("rb") as file:
        data = tomllib.load(file)
    return tuple(
        Phrase(id="", office="", key=one["key"], text=one["text"], fields=one.get("fields", ""))
        for one in data["phrase"]
    )
