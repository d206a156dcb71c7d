"""The journal in words people read: who did what to a case, when, and what stood there before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tcd_desktop.domain.terms import CaseState, Classification, PetitionDirection
from tcd_desktop.i18n import LazyText, _, lazy, pgettext
from tcd_desktop.law import classification_buckets
from tcd_desktop.store.journal.journal import FieldChange, HistoryLine
from tcd_desktop.ui.cases.case_words import moment
from tcd_desktop.words import word
from tcd_desktop.words.acts import ACT_NAMES, REDO, UNDO, act_name

ACTS: dict[str, LazyText] = {
    "reception.log": lazy("Opened with the visit"),
    "reception.answer": lazy("Moved on with the answer to the citizen"),
    "case.open": lazy("Opened from the visit"),
    "case.step": lazy("Step taken"),
    "case.describe": lazy("Complexity"),
    "case.classify": lazy("Field of the report"),
    "case.recount": lazy("Deadline computed anew"),
    "case.attach": lazy("Paper attached"),
}
FIELDS: dict[str, LazyText] = {
    "state": lazy("State"),
    "state_note": lazy("Note"),
    "title": lazy("Matter"),
    "field": lazy("Field"),
    "tag": lazy("Tag"),
    "direction": lazy("Handling"),
    "directed_to": lazy("To"),
    "eligible": lazy("Eligible"),
    "due": lazy("Deadline"),
    "closed_on": lazy("Closed on"),
    "classification": lazy("Classification"),
    "handler": lazy("Handled by"),
    "people": lazy("People"),
}
"""Fields that say something to a person; others (how a date was computed) stay in the journal."""


FIELD_WORDS = {one.code: one.text for kind in Classification for one in classification_buckets(kind).fields}
"""Codes of the report's fields in the words of the form."""


def act_title(act: str, titles: Mapping[str, LazyText]) -> str:
    """The heading of an act in a history; an undo or redo names the act it is of. "" for an act without a name."""
    if act in titles:
        return str(titles[act])
    if act.endswith((UNDO, REDO)):
        pattern = _("Undone: {act}") if act.endswith(UNDO) else _("Done again: {act}")
        return pattern.format(act=act_name(act))
    return act_name(act).capitalize() if act in ACT_NAMES else ""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history: what, when and by whom, and the changes one by one."""

    title: str
    when: str
    who: str
    changes: tuple[str, ...]


def events(lines: list[HistoryLine], officers: Mapping[str, str], today: date) -> list[Event]:
    """The history, newest first. `officers` gives names by id; an unknown one is of another office."""
    return [_event(line, officers, today) for line in reversed(lines)]


def _event(line: HistoryLine, officers: Mapping[str, str], today: date) -> Event:
    title = act_title(line.act, ACTS) or (_("Entered") if line.created else _("Changed"))
    changes = () if line.created else tuple(filter(None, map(_change, line.changes)))
    return Event(title, moment(line.at, today), officers.get(line.officer, _("an officer of that office")), changes)


def _change(change: FieldChange) -> str:
    name = FIELDS.get(change.name)
    if name is None:
        return ""
    before, after = _value(change.name, change.before), _value(change.name, change.after)
    if not before:
        return f"{name}: {after}" if after else ""
    nothing = pgettext("value", "none")
    return f"{name}: {before} → {after or nothing}"


def _value(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name == "state":
        return word(CaseState(value))
    if name == "classification":
        return word(Classification(value))
    if name == "field":
        return FIELD_WORDS.get(str(value), str(value))
    if name == "direction":
        return word(PetitionDirection(value)) if value in set(PetitionDirection) else str(value)
    if name == "eligible":
        return _("Yes") if value else _("No")
    if isinstance(value, str) and name in ("due", "closed_on"):
        value = date.fromisoformat(value)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
