"""How two visits or two cases belong together, as a person decided; a program only proposes."""

from __future__ import annotations

from dataclasses import dataclass

from tcd_desktop.domain.terms import LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Quan hệ giữa hai lượt tiếp. `later` repeats, continues or is the second instance of `earlier` (reception ids).

    NOT_DUPLICATE is remembered so that nobody is asked again. `removed`: the reason, when the link was taken back.
    """

    id: str
    office: str
    kind: LinkKind
    earlier: str
    later: str
    note: str = ""
    removed: str = ""
