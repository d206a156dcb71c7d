"""The lines of the list of differences: a question between values, or a number given twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tcd_desktop.i18n import _, lazy
from tcd_desktop.services.conflicts.conflict_desk import Question, Side
from tcd_desktop.services.conflicts.number_desk import Twice
from tcd_desktop.ui.cases.case_words import moment
from tcd_desktop.ui.conflicts.conflict_words import field_words, kind_chip, name_of
from tcd_desktop.ui.lists.paged_model import Column


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a question between values, or a number given twice."""

    id: str
    table: str
    office: str
    number: str
    name: str
    what: str
    latest: Side | None
    about: Question | Twice


def line_columns(today: Callable[[], date], office_name: Callable[[str], str], *, wards: bool) -> tuple[Column, ...]:
    """The columns; at a superior the ward comes first."""
    found = [
        Column("kind", lazy("Kind"), 130, text=lambda line: "", chip=lambda line: kind_chip(line.table)),
        Column("number", lazy("No."), 110, text=lambda line: line.number, align="right", strong=True),
        Column("name", lazy("What"), 160, text=lambda line: line.name, tooltip=lambda line: line.name, stretch=True),
        Column("what", lazy("What differs"), 170, text=lambda line: line.what, tooltip=lambda line: line.what),
        Column("at", lazy("Last written"), 110, text=lambda line: _at(line, today())),
    ]
    if wards:
        found.insert(0, Column("office", lazy("Ward"), 140, text=lambda line: office_name(line.office)))
    return tuple(found)


def _at(line: Line, today: date) -> str:
    return moment(line.latest.at, today) if line.latest else ""


def line_of(question: Question) -> Line:
    """The line of a question."""
    latest = question.decided or max(question.sides, key=lambda side: side.at, default=None)
    what = field_words(question.table, question.field)
    called = question.called
    return Line(question.id, question.table, question.office, called.number, name_of(question), what, latest, question)


def number_line(twice: Twice) -> Line:
    """The line of a number; who denounced is not named."""
    names = [_("Kept secret (denunciation)") if one.called.secret else one.called.name for one in twice.holders]
    name = " / ".join(" ".join(one.split()) for one in names)
    identity = f"number.{twice.book}.{twice.office}.{twice.number}"
    return Line(identity, twice.book, twice.office, twice.number, name, _("Number given twice"), None, twice)
