"""How a petition is shown: its source, petitioner, judgement and direction in words and chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tcd_desktop.domain.terms import Classification, PetitionDirection, PetitionSource
from tcd_desktop.i18n import _, lazy, ngettext
from tcd_desktop.law import classification_buckets
from tcd_desktop.store.lists.petition_pages import PetitionRow
from tcd_desktop.ui.cases.case_words import class_chip, full_day, short_day, short_office
from tcd_desktop.ui.lists.paged_model import Chip, Column, Tone
from tcd_desktop.words import label, masked_name

SOURCE_ICONS = {
    PetitionSource.RECEPTION: "user-check",
    PetitionSource.POST: "inbox",
    PetitionSource.BOX: "archive",
    PetitionSource.ONLINE: "usb",
    PetitionSource.TRANSFER: "send",
    PetitionSource.LEADER: "landmark",
    PetitionSource.DEPUTY: "users",
    PetitionSource.PRESS: "megaphone",
}
SHORT_SOURCES = {
    PetitionSource.RECEPTION: lazy("At a visit"),
    PetitionSource.POST: lazy("Post"),
    PetitionSource.BOX: lazy("Letter box"),
    PetitionSource.ONLINE: lazy("Online"),
    PetitionSource.TRANSFER: lazy("Elsewhere"),
    PetitionSource.LEADER: lazy("Leader"),
    PetitionSource.DEPUTY: lazy("Deputy"),
    PetitionSource.PRESS: lazy("Press, Front"),
}
_DIRECTIONS: dict[str, tuple[Tone, str]] = {
    "accept": ("accent", "clipboard-check"),
    "return": ("closed", "rotate-ccw"),
    "guide": ("success", "message-square-text"),
    "forward": ("success", "send"),
    "file": ("closed", "archive"),
    "require_lower": ("accent", "arrow-right"),
    "chase": ("warning", "alarm-clock"),
    "refuse": ("closed", "ban"),
    "explain": ("success", "message-square"),
    "to_head": ("warning", "user-check"),
}

_SHORT = {
    "accept": lazy("Take on"),
    "return": lazy("Send back"),
    "guide": lazy("Show the way"),
    "forward": lazy("Pass on"),
    "file": lazy("Put on file"),
    "require_lower": lazy("Office below"),
    "chase": lazy("Chased"),
    "refuse": lazy("Not taken on"),
    "explain": lazy("Explained"),
    "to_head": lazy("To the head"),
}


def bucket_words(classification: Classification | None, field: str) -> str:
    """The words of the report's field; "" for none."""
    if classification is None or not field:
        return ""
    return next((one.text for one in classification_buckets(classification).fields if one.code == field), field)


def petitioner(row: PetitionRow) -> str:
    """Whoever wrote it; a denouncer is never named."""
    if row.classification is Classification.DENUNCIATION:
        return masked_name(row.classification)
    if row.anonymous and not row.name:
        return _("Anonymous")
    if row.signers > 1:
        more = ngettext("and {n} more", "and {n} more", row.signers - 1).format(n=row.signers - 1)
        return f"{row.name or masked_name(None)} {more}"
    return row.name or masked_name(None)


def source_chip(source: PetitionSource) -> Chip:
    """Where it came from, in a word."""
    return Chip(str(SHORT_SOURCES[source]), "neutral", SOURCE_ICONS[source])


def eligible_chip(eligible: bool | None, *, examined: bool = False) -> Chip | None:
    """Whether it can be processed; amber while nobody has looked."""
    if eligible is None:
        return None if examined else Chip(_("Not seen"), "warning", "search")
    return Chip(_("Enough"), "success", "check") if eligible else Chip(_("Not enough"), "closed", "ban")


def direction_chip(direction: Any, *, short: bool = False) -> Chip | None:
    """What is done with it; in a word for a list."""
    if direction is None:
        return None
    tone, icon = _DIRECTIONS[str(direction)]
    return Chip(str(_SHORT[str(direction)]) if short else label(direction), tone, icon)


def petition_columns(today: Callable[[], date], offices: dict[str, str]) -> tuple[Column, ...]:
    """The columns of the list; `offices` names wards by code, empty in a ward's own list."""

    def received(row: PetitionRow) -> str:
        return short_day(row.received_on, today())

    def ward(row: PetitionRow) -> str:
        return short_office(offices.get(row.office, row.office))

    columns = [
        Column("number", lazy("Number"), 96, text=lambda row: row.number, strong=True),
        Column(
            "received",
            lazy("Received"),
            68,
            text=received,
            tooltip=lambda row: full_day(row.received_on),
            align="right",
            value=lambda row: row.received_on,
        ),
        Column(
            "source", lazy("Source"), 118, text=lambda row: "", chip=lambda row: source_chip(row.source), shown=False
        ),
        Column("name", lazy("Petitioner"), 146, text=petitioner, tooltip=petitioner),
        Column("content", lazy("Content"), 80, text=_content, tooltip=lambda row: row.content, stretch=True),
        Column("class", lazy("Classification"), 126, text=lambda row: "", chip=_class),
        Column("eligible", lazy("Eligibility"), 134, text=lambda row: "", chip=_eligible),
        Column("direction", lazy("Handling"), 130, text=lambda row: "", chip=_direction),
        Column("case", lazy("Case"), 96, text=lambda row: row.case_number, shown=False),
        Column("field", lazy("Field"), 130, text=_field, shown=False),
        Column("tag", lazy("Tag"), 130, text=lambda row: row.tag, shown=False),
        Column("signers", lazy("People"), 78, text=lambda row: str(row.signers), align="right", shown=False),
    ]
    if offices:
        columns.insert(1, Column("ward", lazy("Ward"), 132, text=ward))
    return tuple(columns)


def _content(row: PetitionRow) -> str:
    return " ".join(row.content.split())


def _class(row: PetitionRow) -> Chip | None:
    return class_chip(row.classification) if row.classification else None


def _eligible(row: PetitionRow) -> Chip | None:
    return eligible_chip(row.eligible, examined=row.direction is not None or row.reception is not None)


def _direction(row: PetitionRow) -> Chip | None:
    return direction_chip(row.direction, short=True)


def _field(row: PetitionRow) -> str:
    return bucket_words(row.classification, row.field)


def directions() -> Sequence[tuple[PetitionDirection, str]]:
    """What can be done with a petition, in the order of the law."""
    return [(one, label(one)) for one in PetitionDirection]
