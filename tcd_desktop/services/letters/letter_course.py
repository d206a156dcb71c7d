"""Values of variables from a case with its steps, a conclusion of the head, a reminder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.sittings.sitting import Conclusion
from tcd_desktop.domain.terms import Classification
from tcd_desktop.services.letters.letter_facts import LetterFacts

Values = dict[str, str]

_DECIDING = ("decide", "conclude")


def case_values(case: CaseFile, steps: Sequence[CaseStep], words: Mapping[str, str]) -> Values:
    """The case and what its steps issued, the latest of each kind."""
    accepted, decided = _latest(steps, "accept"), _latest(steps, *_DECIDING)
    suspended, extended = _latest(steps, "suspend"), _latest(steps, "extend")
    verifying = _latest(steps, "verify")
    return {
        "case_number": case.book_number,
        "case_title": case.title,
        "instance": words[f"instance.{_instance(case)}"],
        **_document("accepted", accepted),
        **_document("decided", decided),
        **_document("suspended", suspended),
        "extended_days": str(extended.days) if extended and extended.days else "",
        "new_due": _day(case.due) if extended else "",
        "handler": (verifying.body if verifying else "") or case.handler,
        "result": words[f"result.{case.result.value}"] if case.result else "",
        "measure": _measure(steps),
    }


def conclusion_values(conclusion: Conclusion) -> Values:
    """What the head directed."""
    return {
        "conclusion": " ".join(conclusion.content.split()),
        "responsible": conclusion.responsible,
        "contact": conclusion.contact,
        "due_on": _day(conclusion.due),
    }


def reminder_values(facts: LetterFacts, words: Mapping[str, str]) -> Values:
    """Who is reminded of what; of a case that is late without a reminder, who handles it."""
    reminder, case = facts.reminder, facts.case
    found = {
        "source_document": facts.source,
        "overdue_days": f"{facts.overdue:02}" if facts.overdue else "",
        "reminded_body": facts.reminded,
    }
    if reminder is None:
        return found
    found |= {
        "reminder_count": f"{reminder.nth:02}",
        "measure": " ".join((facts.task or reminder.content).split()).rstrip(".;, "),
        "report_due": _day(reminder.due),
        "due_on": _day(facts.due),
    }
    if case is None and facts.conclusion is None:
        found["content"] = " ".join(reminder.content.split()).rstrip(".;, ")
    return found


def _instance(case: CaseFile) -> str:
    if case.instance < 2:
        return "first"
    return "again" if case.classification is Classification.DENUNCIATION else "second"


def _latest(steps: Sequence[CaseStep], *acts: str) -> CaseStep | None:
    return next((step for step in reversed(steps) if step.act in acts), None)


def _document(name: str, step: CaseStep | None) -> Values:
    return {f"{name}_number": step.number, f"{name}_on": _day(step.dated or step.on)} if step else {}


def _measure(steps: Sequence[CaseStep]) -> str:
    handled = _latest(steps, "handle", "execute")
    return " ".join((handled.note or handled.result).split()) if handled else ""


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
