"""The pane beside the review list: everything the books know of a case, and why one is proposed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tcd_desktop.domain.follow_up.review_row import ReviewRow
from tcd_desktop.domain.follow_up.review_rules import CriterionRule
from tcd_desktop.domain.terms import Classification
from tcd_desktop.i18n import Text, _
from tcd_desktop.ui.cases.case_words import class_chip, short_office
from tcd_desktop.ui.cases.case_words import state_chip as case_chip
from tcd_desktop.ui.lists.inspector import Facts, Inspector
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.ui.reviews.review_rows import ProposedRow, matter, measure_chip, number, state_chip
from tcd_desktop.words import show, word
from tcd_desktop.words.review_words import age_words, criteria_words, decision_line, directive_line, petitioner, reason

LATEST = 12
"""So many entries of progress are shown beside the list."""


def show_case(pane: Inspector, row: ReviewRow, today: date) -> None:
    """A case under review."""
    pane.show_record(
        number(row) or row.unit_name,
        matter(row),
        chips=[*chips_of(row, today), *criteria_chips(row)],
        groups=groups_of(row, today, field_words),
    )


def show_proposal(pane: Inspector, one: ProposedRow, rules: tuple[CriterionRule, ...], today: date) -> None:
    """A case the rules propose: first why, with the figures."""
    groups = groups_of(one.row, today, field_words)
    pane.show_record(
        number(one.row) or one.row.unit_name,
        matter(one.row),
        chips=criteria_chips(one.row),
        groups=[(_("Why it is proposed"), reasons_of(one, rules, today)), groups[0], groups[2]],
    )


def chips_of(row: ReviewRow, today: date) -> list[Chip]:
    """State, due day, kind of the matter."""
    found = [state_chip(row.entry.state)]
    due = measure_chip(row, today)
    if due is not None:
        found.append(due)
    if row.secret and row.case is not None:
        found.append(class_chip(row.case.classification))
    return found


def criteria_chips(row: ReviewRow) -> list[Chip]:
    """Each criterion as a chip."""
    return [Chip(word(one), "neutral") for one in row.entry.criteria]


def groups_of(row: ReviewRow, today: date, fields: Callable[[Classification, str], str]) -> list[tuple[Text, Facts]]:
    """The whole line of the list, its history taken from the case itself."""
    entry, case = row.entry, row.case
    return [
        (
            _("The matter"),
            [
                (_("Ward"), short_office(row.unit_name)),
                (_("Citizen"), petitioner(row)),
                (_("People"), str(row.people or "")),
                (_("Content"), row.content),
                (_("Request"), row.request),
                (_("Kind; field"), _kind(row, fields)),
                (_("First arisen"), _since(entry.first_arisen, today)),
                (_("State of the case"), case_chip(case.state).text if case else ""),
            ],
        ),
        (
            _("Why on the list"),
            [
                (_("Source"), word(entry.source)),
                (_("Criteria"), criteria_words(entry.criteria)),
                (_("Note"), entry.note),
            ],
        ),
        (
            _("Course of the settlement"),
            [
                (_("Decisions"), "\n".join(decision_line(step) for step in row.steps)),
                (_("Directives"), "\n".join(directive_line(one) for one in row.directives)),
                (_("Besides"), entry.history),
                (_("Difficulties"), entry.obstacles),
            ],
        ),
        (
            _("Plan"),
            [
                (_("Plan"), word(entry.plan) if entry.plan else ""),
                (_("Measure"), entry.measure),
                (_("In charge"), entry.responsible),
                (_("Leader"), entry.leader),
                (_("Time limit"), show(entry.due) if entry.due else ""),
            ],
        ),
        (_("Progress"), [(show(one.on), one.content) for one in row.progress[:LATEST]]),
        (
            _("End"),
            [
                (_("Result"), entry.result),
                (_("Document"), entry.closing_number),
                (_("Day"), show(entry.closed_on) if entry.closed_on else ""),
            ],
        ),
    ]


def _kind(row: ReviewRow, fields: Callable[[Classification, str], str]) -> str:
    case = row.case
    if case is None:
        return ""
    return "; ".join(filter(None, (word(case.classification), fields(case.classification, case.field))))


def _since(day: date | None, today: date) -> str:
    return f"{show(day)} ({age_words(day, today)})" if day else ""


def reasons_of(one: ProposedRow, rules: tuple[CriterionRule, ...], today: date) -> list[tuple[Text, str]]:
    """Each criterion with its sentence."""
    measure = one.proposal.measure
    return [(word(code), reason(code, measure, rules, today)) for code in one.proposal.criteria]


def field_words(classification: Classification, code: str) -> str:
    """The words of a case's field (lĩnh vực); "" for none or one of another law."""
    from tcd_desktop import law

    buckets = law.classification_buckets(classification)
    return next((bucket.text for bucket in buckets.fields if bucket.code == code), "")
