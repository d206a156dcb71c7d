"""Why a case is proposed for the review, in sentences with their figures; who and what a line of the list shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.follow_up_terms import ReviewCriterion
from tcd_desktop.domain.follow_up.review_row import ReviewRow
from tcd_desktop.domain.follow_up.review_rules import CaseMeasure, CriterionRule
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.words.labels import label
from tcd_desktop.words.steps import result_words, step_name

YEAR = 365.25


def reason(criterion: ReviewCriterion, measure: CaseMeasure, rules: Iterable[CriterionRule], today: date) -> str:
    """ "12 people came about the same matter (the list takes from 5)."."""
    least = next((rule.least for rule in rules if rule.criterion is criterion), 0)
    if criterion is ReviewCriterion.CROWDED:
        text = ngettext(
            "{n} person came about the same matter (the list takes from {least}).",
            "{n} people came about the same matter (the list takes from {least}).",
            measure.people,
        )
        return text.format(n=measure.people, least=least)
    if criterion is ReviewCriterion.LONG:
        return _("Open for {age} since {day} (the list takes from {least} days).").format(
            age=age_words(measure.first, today), day=f"{measure.first:%d/%m/%Y}", least=least
        )
    if criterion is ReviewCriterion.DIRECTED:
        text = ngettext("{n} directive from above names it.", "{n} directives from above name it.", measure.directives)
        return text.format(n=measure.directives)
    if criterion is ReviewCriterion.REPEATED:
        if measure.instance > 1:
            return _("It is at instance {instance}; {n} visits about it.").format(
                instance=measure.instance, n=measure.visits
            )
        return _("{n} visits about it (the list takes from {least}).").format(n=measure.visits, least=least)
    text = ngettext("{n} ground of complexity of the law.", "{n} grounds of complexity of the law.", measure.grounds)
    return text.format(n=measure.grounds)


def age_words(first: date, today: date) -> str:
    """ "3 years 2 months", "5 months", "12 days"."""
    days = (today - first).days
    if days < 60:
        return ngettext("{n} day", "{n} days", days).format(n=days)
    years, months = divmod(int(days / YEAR * 12), 12)
    parts = [ngettext("{n} year", "{n} years", years).format(n=years)] if years else []
    if months:
        parts.append(ngettext("{n} month", "{n} months", months).format(n=months))
    return " ".join(parts)


def petitioner(row: ReviewRow) -> str:
    """Who brought the matter; of a denunciation only that it is secret."""
    if row.secret:
        return _("Kept secret (denunciation)")
    return "; ".join(filter(None, (row.petitioner, row.address)))


def decision_line(step: CaseStep) -> str:
    """ "15/05/2026: Issue the decision, no. 12/QĐ-UBND"."""
    day = step.dated or step.on
    number = _("no. {number}").format(number=step.number) if step.number else ""
    told = (step_name(step.act), number, result_words(step.result), step.body)
    return f"{day:%d/%m/%Y}: " + ", ".join(filter(None, told))


def directive_line(directive: Directive) -> str:
    """ "446/UBND-TTr, 20/04/2020, the issuer: content (by 30/04/2020)"."""
    head = ", ".join(filter(None, (directive.number, f"{directive.issued_on:%d/%m/%Y}", directive.issuer)))
    due = _("by {day}").format(day=f"{directive.due:%d/%m/%Y}") if directive.due else ""
    return f"{head}: {directive.content}" + (f" ({due})" if due else "")


def criteria_words(criteria: Iterable[ReviewCriterion]) -> str:
    """ "Crowded, long-running"."""
    words = [label(one) for one in criteria]
    return ", ".join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])]) if words else ""
