"""The review list as a table of fifteen columns (KH 363/KH-TTCP: the official appendix was not found; these are the
fields its facts ask for), and what a period brought. Who denounced is never in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.follow_up.review_row import ENDED, ReviewRow
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.reports.table_file import Cell
from tcd_desktop.words import word
from tcd_desktop.words.review_words import criteria_words, decision_line, directive_line, petitioner

Fields = Callable[[Classification, str], str]
"""The words of a case's field (lĩnh vực) by its code."""


@dataclass(frozen=True, slots=True)
class ReviewColumn:
    """A column: its heading, its width in letters, and what stands in a line (its number in the list, the row)."""

    title: LazyText
    width: float
    value: Callable[[int, ReviewRow], Cell]


def review_columns(since: date, until: date, fields: Fields) -> tuple[ReviewColumn, ...]:
    """The fifteen columns; `since` and `until` are the period of the report."""

    def name(_number: int, row: ReviewRow) -> Cell:
        case = row.case
        return _lines([f"{case.book_number}, {row.unit_name}", case.title]) if case else row.unit_name

    def who(_number: int, row: ReviewRow) -> Cell:
        return _lines([petitioner(row), _("{n} people").format(n=row.people) if row.people > 1 else ""])

    def kind(_number: int, row: ReviewRow) -> Cell:
        case = row.case
        return (
            "; ".join(filter(None, (word(case.classification), fields(case.classification, case.field))))
            if case
            else ""
        )

    def content(_number: int, row: ReviewRow) -> Cell:
        return _lines([row.content, row.request])

    def history(_number: int, row: ReviewRow) -> Cell:
        return _lines([*(decision_line(step) for step in row.steps), row.entry.history])

    def responsible(_number: int, row: ReviewRow) -> Cell:
        leader = _("Leader: {name}").format(name=row.entry.leader) if row.entry.leader else ""
        return _lines([row.entry.responsible, leader])

    def plan(_number: int, row: ReviewRow) -> Cell:
        entry = row.entry
        due = _("by {day}").format(day=f"{entry.due:%d/%m/%Y}") if entry.due else ""
        return _lines([word(entry.plan) if entry.plan else "", entry.measure, due])

    def progress(_number: int, row: ReviewRow) -> Cell:
        told = [f"{one.on:%d/%m}: {one.content}" for one in reversed(row.told_between(since, until))]
        return _lines([*told, _("State: {state}").format(state=word(row.entry.state).lower())])

    def ended(_number: int, row: ReviewRow) -> Cell:
        entry = row.entry
        if entry.state not in ENDED:
            return ""
        return _lines([f"{entry.closed_on:%d/%m/%Y}" if entry.closed_on else "", entry.closing_number, entry.result])

    return (
        ReviewColumn(lazy("No."), 5, lambda number, _row: number),
        ReviewColumn(lazy("Code and name of the matter"), 28, name),
        ReviewColumn(lazy("Name, address of the citizen (representative); number of people"), 28, who),
        ReviewColumn(lazy("Kind; field"), 16, kind),
        ReviewColumn(lazy("Content, request of the citizen"), 36, content),
        ReviewColumn(lazy("Source of the list"), 16, lambda _number, row: word(row.entry.source)),
        ReviewColumn(
            lazy("Criteria: crowded, complex, long-running"),
            18,
            lambda _number, row: criteria_words(row.entry.criteria),
        ),
        ReviewColumn(lazy("Course of the settlement: decisions, judgments, answers"), 32, history),
        ReviewColumn(
            lazy("Directives from above"), 32, lambda _number, row: _lines(map(directive_line, row.directives))
        ),
        ReviewColumn(lazy("Body in charge; leader"), 22, responsible),
        ReviewColumn(lazy("Result of the review; difficulties"), 28, lambda _number, row: row.entry.obstacles),
        ReviewColumn(lazy("Plan of settlement; time limit"), 28, plan),
        ReviewColumn(lazy("Result in the period; state"), 30, progress),
        ReviewColumn(lazy("Day of completion; closing document"), 20, ended),
        ReviewColumn(lazy("Note"), 18, lambda _number, row: row.entry.note),
    )


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What a period brought: under review at its end, ended in it, moved, without any news, past their day."""

    open: int
    ended: int
    moved: int
    silent: int
    overdue: int


def review_summary(rows: Sequence[ReviewRow], since: date, until: date, today: date) -> ReviewSummary:
    """Counts the list over a period, both days included."""
    shown = [row for row in rows if row.open or _ended_in(row, since, until)]
    moved = [row for row in shown if row.moved_between(since, until)]
    return ReviewSummary(
        open=sum(row.open for row in shown),
        ended=sum(_ended_in(row, since, until) for row in shown),
        moved=len(moved),
        silent=len(shown) - len(moved),
        overdue=sum(row.overdue_by(today) > 0 for row in shown),
    )


def of_period(rows: Sequence[ReviewRow], since: date, until: date) -> list[ReviewRow]:
    """The lines of a report: under review, or ended in the period."""
    return [row for row in rows if row.open or _ended_in(row, since, until)]


def _ended_in(row: ReviewRow, since: date, until: date) -> bool:
    closed = row.entry.closed_on
    return row.entry.state in ENDED and closed is not None and since <= closed <= until


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
