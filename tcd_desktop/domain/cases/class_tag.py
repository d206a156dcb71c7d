"""The office's own headings under the report's fields (nhãn lĩnh vực cấp hai), and which field they count in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.terms import Classification


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTag:
    """One line of the mapping: from `since` on, matters of a class under this tag count in the bucket `field`.

    A tag that moves to another bucket gets another line: what was counted before stays counted as it was.
    """

    id: str
    office: str
    name: str
    classification: Classification
    field: str
    since: date
    removed: str = ""


def tags_on(lines: Iterable[ClassTag], classification: Classification, on: date) -> dict[str, str]:
    """Tag -> bucket on a day, by name; the latest line that has begun counts."""
    begun = (one for one in lines if not one.removed and one.classification is classification and one.since <= on)
    found = {one.name: one.field for one in sorted(begun, key=lambda one: (one.since, one.id))}
    return dict(sorted(found.items()))


def bucket_of(lines: Iterable[ClassTag], classification: Classification, tag: str, on: date) -> str:
    """The bucket of a tag on a day; "" for a tag that is not in the table."""
    return tags_on(lines, classification, on).get(tag, "")
