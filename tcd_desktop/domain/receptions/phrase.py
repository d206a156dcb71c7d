"""Texts an office writes again and again (câu mẫu), called by a sign and a short name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Câu mẫu: typing "/" and `key` offers `text`. `fields`: names of the fields it is meant for, "" = any."""

    id: str
    office: str
    key: str
    text: str
    fields: str = ""
    removed: str = ""
