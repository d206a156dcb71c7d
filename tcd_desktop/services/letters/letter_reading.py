"""Reads what a letter is about, and who must stay unknown in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.follow_up.directive import Directive, Reminder
from tcd_desktop.domain.follow_up.follow_up_terms import ReminderAbout
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.domain.terms import Classification
from tcd_desktop.services.cases.case_due import case_clocks
from tcd_desktop.services.cases.clocks import Clocks
from tcd_desktop.services.letters.letter_facts import GroundWords, LetterFacts
from tcd_desktop.services.letters.letter_values import document_text
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.store.store import Store

R = TypeVar("R")

GroundOf = Callable[[str, Classification | None], GroundWords | None]
"""The words of a ground's code (why refused, why not eligible), from the law's data; None = unknown code."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What somebody is reminded of: the document that gave the task, its words, its day, its case."""

    source: str = ""
    words: str = ""
    due: date | None = None
    case: str | None = None


class LetterReader:
    """Reads records as they are stored; a denouncer's identity is filled in only when it was opened before."""

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        clocks: Clocks,
        secrecy: Secrecy,
        ground_of: GroundOf,
        words: Callable[[], Mapping[str, str]],
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._clocks = clocks
        self._secrecy = secrecy
        self._ground_of = ground_of
        self._words = words

    def facts(
        self, subject: LetterSubject, record: str, on: date, *, opened: Reception | Petition | None = None
    ) -> LetterFacts:
        """Everything a letter about a record is written from. Raises Refused("unknown_record" | "other_office")."""
        blank = LetterFacts(office=self._office, officer=self._officer, on=on, subject=subject)
        readers = {
            LetterSubject.RECEPTION: self._of_visit,
            LetterSubject.PETITION: self._of_petition,
            LetterSubject.CASE: self._of_case,
            LetterSubject.SITTING: self._of_sitting,
            LetterSubject.CONCLUSION: self._of_conclusion,
            LetterSubject.REMINDER: self._of_reminder,
            LetterSubject.CALENDAR: self._of_month,
        }
        if subject not in readers:
            return blank
        facts = self._with_grounds(readers[subject](blank, record))
        if isinstance(opened, Reception) and facts.visit is not None and facts.visit.id == opened.id:
            return replace(facts, visit=opened)
        if isinstance(opened, Petition) and facts.petition is not None and facts.petition.id == opened.id:
            return replace(facts, petition=opened)
        return facts

    def identity_record(self, subject: LetterSubject, record: str) -> Reception | Petition | None:
        """The visit or petition whose sealed identity says to whom the letter goes; None when none is sealed."""
        facts = self.facts(subject, record, date.min)
        return next((one for one in (facts.petition, facts.visit) if one is not None and one.sealed is not None), None)

    def unknown_people(self, subject: LetterSubject, record: str) -> list[Person]:
        """Those whom no letter about this record may name, opened for the comparison only."""
        found: list[Person] = []
        for sealed in self._sealed_records(subject, record):
            with suppress(Refused):  # sealed for others: nobody here can know the name either
                found.append(self._secrecy.open(sealed))
        return found

    # -- by record ------------------------------------------------------------------------------------

    def _of_visit(self, facts: LetterFacts, record: str) -> LetterFacts:
        visit = self._own(Reception, record)
        petition = next(iter(self._all(Petition, "reception = ? AND removed = '' ORDER BY id", record)), None)
        return self._with_case(replace(facts, visit=visit, petition=petition), visit.case)

    def _of_petition(self, facts: LetterFacts, record: str) -> LetterFacts:
        petition = self._own(Petition, record)
        visit = self._store.find(Reception, petition.reception) if petition.reception else None
        return self._with_case(replace(facts, petition=petition, visit=visit), petition.case)

    def _of_case(self, facts: LetterFacts, record: str) -> LetterFacts:
        return self._with_people(self._with_case(facts, self._own(CaseFile, record).id))

    def _of_sitting(self, facts: LetterFacts, record: str) -> LetterFacts:
        sitting = self._own(Sitting, record)
        conclusions = self._all(Conclusion, "sitting = ? AND removed = '' ORDER BY id", record)
        return replace(facts, sitting=sitting, conclusions=tuple(conclusions))

    def _of_conclusion(self, facts: LetterFacts, record: str) -> LetterFacts:
        conclusion = self._own(Conclusion, record)
        found = replace(facts, conclusion=conclusion, sitting=self._store.find_own(Sitting, conclusion.sitting))
        visit = self._store.find(Reception, conclusion.reception) if conclusion.reception else None
        case = conclusion.case or (visit.case if visit else None)
        return self._with_people(self._with_case(replace(found, visit=visit), case))

    def _of_reminder(self, facts: LetterFacts, record: str) -> LetterFacts:
        reminder = self._own(Reminder, record)
        unit = self._store.find(Office, reminder.unit)
        found = replace(facts, reminder=reminder, reminded=unit.name if unit else reminder.unit)
        task = self._task_of(reminder)
        late = (reminder.on - task.due).days if task.due and task.due < reminder.on else 0
        found = replace(found, source=task.source, task=task.words, due=task.due, overdue=late)
        return self._with_people(self._with_case(found, task.case))

    def _task_of(self, reminder: Reminder) -> _Task:
        words = self._words()
        if reminder.about is ReminderAbout.DIRECTIVE and (told := self._store.find(Directive, reminder.target)):
            document = document_text(told.number, told.issued_on, words)
            return _Task(" ".join(filter(None, (document, told.issuer))), told.content, told.due)
        if reminder.about is ReminderAbout.OBLIGATION and (duty := self._store.find(Obligation, reminder.target)):
            given = (duty.assigned_number, duty.assigned_on) if duty.assigned_number else (duty.number, duty.issued_on)
            return _Task(document_text(*given, words), duty.duty or duty.summary, duty.due, duty.case)
        if reminder.about is ReminderAbout.CASE and (case := self._store.find(CaseFile, reminder.target)):
            return _Task("", "", case.due, case.id)
        return _Task()

    def _of_month(self, facts: LetterFacts, record: str) -> LetterFacts:
        """`record` is "2026-12"."""
        try:
            first = date.fromisoformat(f"{record}-01")
        except ValueError:
            raise Refused("unknown_record") from None
        condition = "office = ? AND removed = '' AND state <> 'postponed' AND kind <> 'dialogue' AND day LIKE ?"
        values = (self._office.id, f"{record}-%")
        sittings = self._store.all(Sitting, f"{condition} ORDER BY day, start, id", values)
        return replace(facts, on=first, sittings=tuple(sittings))

    # -- what belongs to it ------------------------------------------------------------------------------

    def _with_case(self, facts: LetterFacts, case_id: str | None) -> LetterFacts:
        case = self._store.find(CaseFile, case_id) if case_id else None
        if case is None:
            return facts
        steps = tuple(self._all(CaseStep, '"case" = ? AND removed = \'\' ORDER BY "on", id', case.id))
        return replace(facts, case=case, steps=steps, settle_due=self._settle_due(case, steps))

    def _settle_due(self, case: CaseFile, steps: tuple[CaseStep, ...]) -> date | None:
        due = None
        for clock in case_clocks(case, steps, self._clocks):
            if clock.rule.endswith(".settle") and clock.deadline is not None:
                due = clock.deadline.due
        return due

    def _with_people(self, facts: LetterFacts) -> LetterFacts:
        """Who the case is about: its first visit and its first petition."""
        case = facts.case
        if case is None or facts.visit is not None:
            return facts
        visits = self._all(Reception, "\"case\" = ? AND removed = '' ORDER BY rid", case.id)
        petitions = self._all(Petition, "\"case\" = ? AND removed = '' ORDER BY received_on, id", case.id)
        return replace(facts, visit=next(iter(visits), None), petition=next(iter(petitions), None))

    def _with_grounds(self, facts: LetterFacts) -> LetterFacts:
        codes: list[tuple[str, Classification | None]] = []
        if facts.visit is not None and facts.visit.refusal_ground:
            codes.append((facts.visit.refusal_ground, facts.visit.classification))
        if facts.petition is not None:
            codes += [(code, facts.petition.classification) for code in facts.petition.ineligible]
        found = [words for code, kind in codes if (words := self._ground_of(code, kind)) is not None]
        return replace(facts, grounds=tuple(found))

    def _sealed_records(self, subject: LetterSubject, record: str) -> Iterable[Reception | Petition]:
        if subject is LetterSubject.SITTING:
            return self._all(Reception, "sitting = ? AND sealed IS NOT NULL", record)
        if subject is LetterSubject.CALENDAR:
            condition = "sealed IS NOT NULL AND sitting IN (SELECT id FROM sitting WHERE day LIKE ?)"
            return self._all(Reception, condition, f"{record}-%")
        facts = self.facts(subject, record, date.min)
        found: dict[str, Reception | Petition] = {}
        named: list[Reception | Petition] = [one for one in (facts.visit, facts.petition) if one is not None]
        if facts.case is not None:
            named += self._all(Reception, '"case" = ?', facts.case.id)
            named += self._all(Petition, '"case" = ?', facts.case.id)
        for one in named:
            if one.sealed is not None:
                found[one.id] = one
        return list(found.values())

    def _all(self, record: type[R], where: str, value: str) -> list[R]:
        return self._store.all(record, where, (value,))

    def _own(self, kind: type[R], record: str) -> R:
        found: Any = self._store.find(kind, record)
        if found is None or found.removed:
            raise Refused("unknown_record")
        if found.office != self._office.id:
            raise Refused("other_office")
        read: R = found
        return read


def is_secret(facts: LetterFacts) -> bool:
    """Whether somebody behind this record must stay unknown (tố cáo)."""
    records = (facts.visit, facts.petition, facts.case)
    return any(one is not None and one.classification is Classification.DENUNCIATION for one in records)


def about_of(facts: LetterFacts) -> dict[str, str | None]:
    """The fields by which a letter belongs to records; `subject_of` reads the leading one back."""
    subject, visit, petition, case = facts.subject, facts.visit, facts.petition, facts.case
    found: dict[str, str | None] = {"case": case.id if case else None}
    if subject is LetterSubject.RECEPTION and visit is not None:
        found["reception"] = visit.id
    elif subject is LetterSubject.PETITION and petition is not None:
        found["petition"] = petition.id
    elif subject is LetterSubject.CONCLUSION and facts.conclusion is not None:
        found |= {"target": facts.conclusion.id, "sitting": facts.conclusion.sitting}
        found["reception"] = facts.conclusion.reception
    elif subject is LetterSubject.SITTING and facts.sitting is not None:
        found = {"sitting": facts.sitting.id}
    elif subject is LetterSubject.REMINDER and facts.reminder is not None:
        found["target"] = facts.reminder.id
    return found
