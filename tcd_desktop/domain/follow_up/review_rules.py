"""Which cases are proposed for the review of crowded, complex and long-running ones, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.follow_up.follow_up_terms import ReviewCriterion


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRule:
    """From how many on a criterion is met, and whether it proposes a case by itself. `text` is Vietnamese, editable."""

    criterion: ReviewCriterion
    least: int
    alone: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMeasure:
    """What is counted of an open case: people (the most that came at once), days since it first arose, directives that
    name it, visits about it, instances (lần giải quyết), grounds of complexity."""

    case: str
    office: str
    first: date
    people: int
    visits: int
    directives: int
    instance: int
    grounds: int


def met_by(measure: CaseMeasure, rules: Iterable[CriterionRule], today: date) -> tuple[ReviewCriterion, ...]:
    """The criteria that propose a case; () when it is not proposed."""
    figures = {
        ReviewCriterion.CROWDED: measure.people,
        ReviewCriterion.LONG: (today - measure.first).days,
        ReviewCriterion.DIRECTED: measure.directives,
        ReviewCriterion.REPEATED: measure.visits,
        ReviewCriterion.COMPLEX: measure.grounds,
    }
    met = [rule for rule in rules if figures[rule.criterion] >= rule.least or _second_time(rule, measure)]
    if len(met) > 1 or any(rule.alone for rule in met):
        return tuple(rule.criterion for rule in met)
    return ()


def _second_time(rule: CriterionRule, measure: CaseMeasure) -> bool:
    return rule.criterion is ReviewCriterion.REPEATED and measure.instance > 1
