"""Why two visits or two citizens may be the same, in sentences; and the words of links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tcd_desktop.domain.terms import LinkKind
from tcd_desktop.i18n import LazyText, _, lazy

REASONS: dict[str, LazyText] = {
    "same_id": lazy("Same number of the identity paper"),
    "same_citizen": lazy("One person: the citizens were merged"),
    "near_id": lazy("Same name, one figure of the number differs"),
    "same_name_birth": lazy("Same name and birth"),
    "same_name_address": lazy("Same name and address"),
    "same_phone": lazy("Same telephone"),
    "rare_name": lazy("Same name, which is rare here"),
    "similar_content": lazy("Contents agree to {percent} %"),
    "same_pattern": lazy("Same wording ({percent} %), other figures"),
    "same_matter": lazy("Both speak of: {words}"),
}
"""Code of a `domain.people.resemblance.Reason` -> its sentence."""

ASIDE: dict[LinkKind, tuple[LazyText, LazyText]] = {
    LinkKind.DUPLICATE: (lazy("Duplicate of {number}"), lazy("Its duplicate: {number}")),
    LinkKind.SECOND_INSTANCE: (lazy("Second instance of {number}"), lazy("Second instance: {number}")),
    LinkKind.SAME_MATTER: (lazy("Same matter as {number}"), lazy("Same matter as {number}")),
    LinkKind.CONTINUATION: (lazy("Continues {number}"), lazy("Its continuation: {number}")),
    LinkKind.NOT_DUPLICATE: (lazy("No duplicate of {number}"), lazy("No duplicate of {number}")),
    LinkKind.SAME_NUMBER: (lazy("Also has the number {number}"), lazy("Also has the number {number}")),
}
"""Kind -> (as the later visit says it of the earlier one, as the earlier says it of the later)."""


def reason_words(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a reason."""
    text = REASONS.get(code)
    return str(text).format(**facts) if text else _("Another likeness")


def link_words(kind: LinkKind, number: str, *, other_is_earlier: bool) -> str:
    """A link as one of its two visits says it."""
    return str(ASIDE[kind][0 if other_is_earlier else 1]).format(number=number)
