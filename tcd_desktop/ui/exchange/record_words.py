"""Kinds of records in words, as previews, lists and balance sheets call them."""

from __future__ import annotations

from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.store.journal.balance import Balance
from tcd_desktop.sync.bundle_contents import BundleRecord
from tcd_desktop.ui.exchange.outcomes import PARTS
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.ui.recycle.bin_words import KINDS

_OTHERS: dict[str, LazyText] = {
    "office": lazy("Office"),
    "officer": lazy("Officer"),
    "device": lazy("PC"),
    "day_off": lazy("Day of the calendar"),
    "issued_document": lazy("Printed sheet"),
    "disclosure": lazy("Look at a secret identity"),
    "undone_import": lazy("Import taken back"),
    "key_decision": lazy("Decision about a PC"),
    "erasure": lazy("Erasure by a decision"),
}
_OUTCOMES: dict[str, tuple[LazyText, str, str]] = {
    "new": (lazy("New"), "success", "plus"),
    "updated": (lazy("Updated"), "accent", "pencil"),
    "conflict": (lazy("In conflict"), "warning", "triangle-alert"),
    "refused": (lazy("Kept aside"), "danger", "circle-alert"),
}


def kind_word(table: str) -> str:
    """What a record of a table is called."""
    if table in KINDS:
        return str(KINDS[table][0])
    return str(_OTHERS[table]) if table in _OTHERS else _("Other record")


def record_chip(outcome: str) -> Chip:
    """What becomes of a record."""
    words, tone, icon = _OUTCOMES[outcome]
    return Chip(str(words), tone, icon)  # type: ignore[arg-type]


def by_kind(balance: Balance) -> list[tuple[str, str]]:
    """Kind of record -> "12 new · 3 changed", in the order of the alphabet."""
    lines = []
    for table, parts in balance.tables.items():
        counts = [f"{words} {parts[name]}" for name, words in PARTS if parts.get(name)]
        lines.append((kind_word(table), " · ".join(counts)))
    return sorted(lines)


def about(record: BundleRecord) -> str:
    """The record's number and name; nobody is named of a denunciation."""
    name = _("Kept secret (denunciation)") if record.secret else record.name
    return " · ".join(filter(None, (record.number, " ".join(name.split()))))
