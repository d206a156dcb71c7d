"""Mixed contents (nội dung hỗn hợp): one visit of one person that is several matters (Luật Tiếp công dân Điều 25(3)).

Each matter is a line of the log with its own content, classification and direction. Person, group and circumstances
are the same for all of them.

A denunciation and an open line never refer to each other: the open one would name the denouncer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, Final

from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.receptions.reception import ReceptionDraft

SHARED_FIELDS: Final = (
    *(field.name for field in fields(Person)),
    "date",
    "time",
    "end_time",
    "kind",
    "form",
    "place",
    "host",
    "receiver",
    "receiver_name",
    "receiver_title",
    "receiver_rank",
    "delegated_by",
    "attendees",
    "people",
    "interpreter",
    "recorded_by",
    "members_signed",
    "order_note",
    "police_informed",
    "sitting",
)
"""What all matters of one visit have in common."""


def as_told(matter: ReceptionDraft, first: ReceptionDraft) -> ReceptionDraft:
    """The matter with person and circumstances of the visit's first one."""
    return replace(matter, **shared(first))


def shared(draft: ReceptionDraft) -> dict[str, Any]:
    """Person, group and circumstances of a visit."""
    return {name: getattr(draft, name) for name in SHARED_FIELDS}


def next_matter(first: ReceptionDraft) -> ReceptionDraft:
    """An empty matter of the same visit; the papers stay with the matter they were typed for."""
    return as_told(ReceptionDraft(), first)


def anchors(matters: Sequence[ReceptionDraft]) -> list[int | None]:
    """For each matter the place of the one it refers to (`same_visit`), None for the first open, the first secret."""
    first: dict[bool, int] = {}
    found: list[int | None] = []
    for at, matter in enumerate(matters):
        known = first.setdefault(matter.is_secret, at)
        found.append(None if known == at else known)
    return found
