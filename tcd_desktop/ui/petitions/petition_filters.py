"""What the petition book can be narrowed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from tcd_desktop.domain.terms import Classification, PetitionDirection, PetitionSource
from tcd_desktop.i18n import lazy
from tcd_desktop.law import classification_buckets
from tcd_desktop.store.lists.petition_pages import PetitionQuery
from tcd_desktop.ui.filters.dimensions import Dimension, days_of, from_terms, period

T = TypeVar("T")
ALL, UNEXAMINED, UNDIRECTED = range(3)


def dimensions() -> tuple[Dimension, ...]:
    """The filters in the order of their menu; tags are read later."""
    texts = {one.code: one.text for kind in Classification for one in classification_buckets(kind).fields}
    return (
        period(lazy("Received")),
        from_terms("source", lazy("Source"), PetitionSource),
        from_terms("classification", lazy("Classification"), Classification),
        Dimension("field", lazy("Field"), tuple(texts.items())),
        Dimension("tag", lazy("Tag"), ()),
        from_terms("direction", lazy("Handling"), PetitionDirection),
    )


def with_values(query: PetitionQuery, values: Mapping[str, str], today: date) -> PetitionQuery:
    """The same question with these filters; what is not understood any more is left out."""
    since, until = days_of(values, today)
    return replace(
        query,
        since=since,
        until=until,
        source=_member(PetitionSource, values.get("source", "")),
        classification=_member(Classification, values.get("classification", "")),
        direction=_member(PetitionDirection, values.get("direction", "")),
        field=values.get("field", ""),
        tag=values.get("tag", ""),
    )


def _member(kind: type[T], value: str) -> T | None:
    return next((one for one in kind if str(one) == value), None)  # type: ignore[attr-defined]
