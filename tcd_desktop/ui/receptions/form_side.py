"""Which cards stand beside the questions of the form. Add yours here: one import, one line."""

from __future__ import annotations

from collections.abc import Callable

from tcd_desktop.ui.papers.side_card import ScansCard
from tcd_desktop.ui.receptions.duplicates_card import DuplicatesCard
from tcd_desktop.ui.receptions.side_cards import Around, SideCard

SIDE_CARDS: tuple[Callable[[Around], SideCard], ...] = (DuplicatesCard, ScansCard)
"""Makers of the cards, from top to bottom within their place (`SideCard.place`)."""


def side_cards(around: Around) -> list[SideCard]:
    """The cards of one form."""
    return [make(around) for make in SIDE_CARDS]
