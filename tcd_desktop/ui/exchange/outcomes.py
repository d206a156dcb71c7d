"""What became of a file, in chips and sentences: applied, known already, parked, refused."""

from __future__ import annotations

from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.sentences import code_sentence
from tcd_desktop.store.journal.merge import Balance
from tcd_desktop.sync.inbox import ImportResult
from tcd_desktop.ui.lists.paged_model import Chip

PARTS: tuple[tuple[str, LazyText], ...] = (
    ("new", lazy("New")),
    ("updated", lazy("Updated")),
    ("identical", lazy("Identical")),
    ("conflict", lazy("In conflict")),
    ("refused", lazy("Refused")),
)
"""The parts of a balance, in the order of the sum."""


def outcome_chip(outcome: str, *, preview: bool = False) -> Chip:
    """What became of a file, or (in a preview) what will."""
    if outcome == "applied":
        return (
            Chip(_("Ready to import"), "accent", "package-open")
            if preview
            else Chip(_("Imported"), "success", "circle-check")
        )
    if outcome == "already":
        return Chip(_("Known already"), "closed", "check-check")
    if outcome == "parked":
        return Chip(_("Waits for another"), "warning", "hourglass")
    if outcome == "written":
        return Chip(_("Written"), "neutral", "usb")
    if outcome == "undone":
        return Chip(_("Taken back"), "closed", "undo-2")
    return Chip(_("Refused"), "danger", "circle-x")


def result_sentence(result: ImportResult) -> str:
    """A refused or parked file with the reason."""
    return f"{result.file.name}: {code_sentence(result.code, result.facts)}"


def added_up(balances: list[Balance]) -> Balance:
    """The sum of several balances."""
    total = Balance()
    for balance in balances:
        total.received += balance.received
        for name, _words in PARTS:
            setattr(total, name, getattr(total, name) + getattr(balance, name))
        for table, parts in balance.tables.items():
            of_table = total.tables.setdefault(table, {})
            for name, count in parts.items():
                of_table[name] = of_table.get(name, 0) + count
    return total


def breakable(file_name: str) -> str:
    """A file's name that may go on in the next line of a narrow pane after each "_"."""
    return file_name.replace("_", "_\u200b")
