"""Words of what an inspection finds in the books: the rule, its article, what is to be done."""

from __future__ import annotations

from dataclasses import dataclass

from tcd_desktop.domain.follow_up.inspection import Finding
from tcd_desktop.i18n import LazyText, lazy


@dataclass(frozen=True, slots=True)
class ShortcomingWords:
    """`name` in a list, `rule` what the law asks, with its article, `mend` what puts it right."""

    name: LazyText
    rule: LazyText
    mend: LazyText


SHORTCOMINGS: dict[str, ShortcomingWords] = {
    "answered_late": ShortcomingWords(
        lazy("Answered after the time limit"),
        lazy("The result is told within 10 working days (Law on Citizen Reception, article 28)."),
        lazy("Explain why, and name who follows the time limits."),
    ),
    "not_answered": ShortcomingWords(
        lazy("Not answered, time limit over"),
        lazy("The result is told within 10 working days (Law on Citizen Reception, article 28)."),
        lazy("Answer the citizens now, and record the answers."),
    ),
    "no_slip": ShortcomingWords(
        lazy("Papers taken without a receipt slip"),
        lazy("Whoever takes papers gives a receipt slip, form 02/TCD (Decree 154/2026)."),
        lazy("Print the slips and hand them over."),
    ),
    "slip_not_handed_over": ShortcomingWords(
        lazy("Receipt slip printed, handing over not recorded"),
        lazy("The citizen gets one copy of the receipt slip, form 02/TCD (Decree 154/2026)."),
        lazy("Hand the slips over, and record it."),
    ),
    "statement_open": ShortcomingWords(
        lazy("Oral statement not read back or not signed"),
        lazy("A statement without a petition is written down, read back and signed (Decree 154/2026, article 14)."),
        lazy("Have the statements signed, or note why they cannot be."),
    ),
    "refusal_late": ShortcomingWords(
        lazy("Refusal notice late or missing"),
        lazy("The notice of refusal, form 01/TCD, comes within 3 working days (Decree 154/2026, article 4)."),
        lazy("Issue the notices, and record number and date."),
    ),
    "no_conclusion_notice": ShortcomingWords(
        lazy("Head's reception without a notice of conclusion"),
        lazy(
            "After receiving, the head gives notice of the conclusion with time limits (Decree 154/2026, article 25)."
        ),
        lazy("Issue the notices of conclusion."),
    ),
    "sitting_unexplained": ShortcomingWords(
        lazy("Posted day of reception with no word of what happened"),
        lazy("The posted calendar is kept, or its change is posted (Law on Citizen Reception, article 24)."),
        lazy("Record for each day: held, nobody came, or postponed and why."),
    ),
    "conclusion_late": ShortcomingWords(
        lazy("Conclusion of the head not carried out in time"),
        lazy("A conclusion names who does what by when; it is carried out by that day."),
        lazy("Carry the conclusions out, and record the results."),
    ),
    "case_overdue": ShortcomingWords(
        lazy("Case past its time limit"),
        lazy("Time limits of settlement: Law on Complaints, articles 27, 28; Law on Denunciations, article 30."),
        lazy("Settle the cases, or extend by a decision where the law allows it."),
    ),
    "head_days": ShortcomingWords(
        lazy("Months in which the head received too seldom"),
        lazy("The chairman of a commune receives on at least 2 days a month (Law on Citizen Reception, article 15)."),
        lazy("Plan the coming months with enough days, and keep them."),
    ),
}
"""Code of `store.figures.shortcomings.QUESTIONS`, or "head_days" -> its words."""


def shortcoming_name(code: str) -> str:
    """The words of a rule; the code itself for one of a later version."""
    words = SHORTCOMINGS.get(code)
    return str(words.name) if words else code


def finding_name(finding: Finding) -> str:
    """What was found: the rule's words, or what a person wrote."""
    return finding.text or shortcoming_name(finding.code)
