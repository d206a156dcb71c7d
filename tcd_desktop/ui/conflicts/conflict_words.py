"""Questions between PCs in words people read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from tcd_desktop import words
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.services.conflicts.conflict_desk import Question, Side
from tcd_desktop.services.conflicts.number_desk import Twice
from tcd_desktop.ui.cases.case_words import moment
from tcd_desktop.ui.cases.history_words import FIELD_WORDS, FIELDS
from tcd_desktop.ui.lists.list_columns import Chip
from tcd_desktop.ui.receptions.facts import shown
from tcd_desktop.ui.recycle.bin_words import KINDS

_MORE_FIELDS: dict[str, LazyText] = {
    "removed": lazy("Recycle bin"),
    "answer_due": lazy("Answer due"),
    "answered_on": lazy("Answered on"),
    "answer_kind": lazy("Result"),
    "answer_channel": lazy("Way of answering"),
    "merged_into": lazy("Merged with another citizen"),
    "sealed": lazy("The sealed identity"),
    "number": lazy("No."),
    "title": lazy("Position"),
    "active": lazy("In use"),
}


def field_words(table: str, field: str) -> str:
    """A field as the form names it; one that no form shows has no name of its own."""
    if table in ("case_file", "petition") and field in FIELDS:
        return str(FIELDS[field])
    if field in words.FIELD_NAMES:
        return words.field_name(field)
    return str(_MORE_FIELDS.get(field, _("Other detail")))


def value_words(field: str, value: Any) -> str:
    """A value as people read it."""
    if field == "sealed" or isinstance(value, bytes):
        return _("kept closed")
    if field == "merged_into":
        return _("yes") if value else _("no")
    if field in ("field", "state") and isinstance(value, str):
        known = FIELD_WORDS.get(value) if field == "field" else None
        return known or words.word(value) if isinstance(value, StrEnum) else known or str(value)
    if isinstance(value, StrEnum):
        return words.word(value)
    return shown(field, value)


def side_words(question: Question, side: Side) -> str:
    """What one of them wrote."""
    if side.closed:
        return _("Written openly of a person who denounced: it stays closed.")
    if side.changed:
        return "\n".join(f"{field_words(question.table, name)}: {value_words(name, it)}" for name, it in side.changed)
    if question.about_removal:
        return _("Put into the recycle bin: {why}").format(why=side.value) if side.value else _("Kept in the books")
    return value_words(question.field, side.value)


def source_words(side: Side, today: date) -> str:
    """Who wrote it, on which PC, when."""
    pc = _("PC {letter}").format(letter=side.pc) if side.pc else _("this PC")
    return " · ".join(filter(None, (side.who, pc, moment(side.at, today))))


def name_of(question: Question) -> str:
    """What the record is called; a denouncer is not named."""
    if question.called.secret:
        return _("Kept secret (denunciation)")
    return " ".join(question.called.name.split())


def kind_chip(table: str) -> Chip:
    """What kind of record it is."""
    text, icon = KINDS.get(table, (lazy("Entry of the office"), "file-text"))
    return Chip(str(text), "neutral", icon)


def asked(question: Question) -> str:
    """The question in a sentence, or that it was decided and can be decided anew."""
    if question.decided is not None:
        return _("This was decided by {who}. Every value is kept: another one can still be taken.").format(
            who=question.decided.who
        )
    if question.about_removal:
        return _("One PC removed this record while another changed it. Nothing is lost: say what shall hold.")
    return _("Two PCs wrote “{field}” without knowing of each other. Both values are kept: say which is right.").format(
        field=field_words(question.table, question.field)
    )


def twice_asked(twice: Twice) -> str:
    """The same of a number."""
    if twice.renewable:
        return _(
            "{n} records have the number {number}. Give one of them a new number with the reason, or enter that all "
            "are right."
        ).format(n=len(twice.holders), number=twice.number)
    return _(
        "{n} letters have the number {number}. Enter that all are right, or enter one as spoilt and issue it anew."
    ).format(n=len(twice.holders), number=twice.number)
