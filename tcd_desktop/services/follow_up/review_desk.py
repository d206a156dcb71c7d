"""The review list (danh mục rà soát): proposed by rules, decided by a person, followed until each case is settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile
from tcd_desktop.domain.follow_up.follow_up_terms import ReviewCriterion, ReviewSource, ReviewState
from tcd_desktop.domain.follow_up.review import ReviewEntry, ReviewProgress
from tcd_desktop.domain.follow_up.review_draft import ReviewDraft
from tcd_desktop.domain.follow_up.review_row import ENDED, OPEN, ReviewRow
from tcd_desktop.domain.follow_up.review_rules import CaseMeasure, CriterionRule, met_by
from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.problems import DraftRefused, Problem, Refused
from tcd_desktop.services.done import Done
from tcd_desktop.services.follow_up.review_rows import review_rows, rows_of
from tcd_desktop.store.figures.case_measures import measures
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.store import Store

_LINES = frozenset({"responsible", "leader", "closing_number"})
_FIELDS = frozenset(
    {
        "source",
        "history",
        "obstacles",
        "plan",
        "measure",
        "responsible",
        "leader",
        "due",
        "state",
        "result",
        "closing_number",
        "closed_on",
        "note",
    }
)
"""What a person writes about a case under review."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case the rules propose, with why and the figures behind it."""

    measure: CaseMeasure
    criteria: tuple[ReviewCriterion, ...]


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A case on the list with its progress, newest first. `case` None: its office has not sent it."""

    entry: ReviewEntry
    case: CaseFile | None
    progress: tuple[ReviewProgress, ...]

    def overdue_by(self, today: date) -> int:
        """Days past the date of its measure; 0 when in time, ended or without a date."""
        due = self.entry.due
        return max((today - due).days, 0) if due and self.entry.state in OPEN else 0


def _cleaned(name: str, value: Any) -> Any:
    if type(value) is not str:
        return value
    return (clean_line if name in _LINES else clean_block)(value)


class ReviewDesk:
    """Keeps the list of this office: at the district for all wards, in a ward for itself."""

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        rules: Sequence[CriterionRule],
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._rules = tuple(rules)
        self._today = today

    def proposals(self) -> list[Proposal]:
        """The cases that meet the rules and are not on the list yet, those with most reasons and longest first."""
        known = {entry.case for entry in self._store.all(ReviewEntry, "removed = ''")}
        today = self._today()
        found = [
            Proposal(measure, criteria)
            for measure in self._store.read(measures)
            if measure.case not in known and (criteria := met_by(measure, self._rules, today))
        ]
        return sorted(found, key=lambda one: (-len(one.criteria), one.measure.first, one.measure.case))

    @property
    def rules(self) -> tuple[CriterionRule, ...]:
        """The criteria by which cases are proposed."""
        return self._rules

    def proposed_rows(self) -> list[tuple[Proposal, ReviewRow]]:
        """The proposals with what is known of each case; their entries are not in the books."""
        found = self.proposals()
        entries = [self._entry(one, id=f"proposal-{one.measure.case}", state=ReviewState.PROPOSED) for one in found]
        return list(zip(found, rows_of(self._store, entries), strict=True))

    def _entry(self, proposal: Proposal, **values: Any) -> ReviewEntry:
        measure = proposal.measure
        return ReviewEntry(
            office=self._office.id,
            unit=measure.office,
            case=measure.case,
            criteria=proposal.criteria,
            proposed_by_rule=True,
            first_arisen=measure.first,
            **values,
        )

    def decide(self, proposal: Proposal, *, listed: bool, note: str = "") -> Done[ReviewEntry]:
        """Takes a proposal on the list, or does not and remembers it. Raises Refused("reason_needed")."""
        note = clean_block(note)
        if not listed and not note:
            raise Refused("reason_needed")
        state = ReviewState.LISTED if listed else ReviewState.DISMISSED
        entry = self._entry(proposal, id=new_id(), state=state, note=note)
        return self._put("review.decide", entry)

    def add(self, case_id: str, *, source: ReviewSource, note: str = "") -> Done[ReviewEntry]:
        """Puts a case on the list by hand. Raises Refused("unknown_record" | "review_known")."""
        return self._put("review.add", self._by_hand(case_id, source, clean_block(note)))

    def add_all(self, draft: ReviewDraft) -> Done[list[ReviewEntry]]:
        """Puts several cases on the list by hand, in one act.

        Raises DraftRefused; Refused("unknown_record" | "review_known" {number}) when one of them cannot be: none is.
        """
        told = replace(draft, cases=tuple(dict.fromkeys(draft.cases)), note=clean_block(draft.note))
        problems = told.problems(self._today())
        if problems:
            raise DraftRefused(problems)
        entries = [self._by_hand(case, told.source, told.note) for case in told.cases]
        with self._store.unit(act="review.add", officer=self._officer.id) as unit:
            made = [unit.put(entry) for entry in entries]
            return Done("review.add", made, unit.commit(), unit.entry)

    def _by_hand(self, case_id: str, source: ReviewSource, note: str) -> ReviewEntry:
        case = self._store.find(CaseFile, case_id)
        if case is None or case.removed:
            raise Refused("unknown_record")
        if self.open_of_case(case_id) is not None:
            raise Refused("review_known", number=case.book_number)
        return ReviewEntry(
            id=new_id(),
            office=self._office.id,
            unit=case.office,
            case=case_id,
            source=source,
            first_arisen=case.received_on or case.opened_on,
            state=ReviewState.LISTED,
            note=note,
        )

    def open_of_case(self, case_id: str) -> ReviewEntry | None:
        """The line of a case on the list (also an ended one, not one that was dismissed)."""
        condition = "\"case\" = ? AND removed = '' AND state <> 'dismissed' ORDER BY id DESC LIMIT 1"
        return next(iter(self._store.all(ReviewEntry, condition, (case_id,))), None)

    def change(self, entry_id: str, **values: Any) -> Done[ReviewEntry]:
        """Writes history, obstacles, plan, measure, who and when, state and result of a case under review.

        Raises Refused("unknown_record" | "other_office"), DraftRefused: an ended one needs its result and date, and no
        date is before the case arose.
        """
        assert set(values) <= _FIELDS
        current = self._own(entry_id)
        told = {name: _cleaned(name, value) for name, value in values.items()}
        problems = self.problems(replace(current, **told))
        if problems:
            raise DraftRefused(problems)
        with self._store.unit(act="review.change", officer=self._officer.id) as unit:
            after = unit.change(current, **told)
            return Done("review.change", after, unit.commit(), unit.entry)

    def tell(self, entry_id: str, *, on: date, content: str) -> Done[ReviewProgress]:
        """What was done in the period, told by this office. Raises DraftRefused, Refused("unknown_record")."""
        entry = self._store.find(ReviewEntry, entry_id)
        if entry is None or entry.removed:
            raise Refused("unknown_record")
        content = clean_block(content)
        problems = {} if content else {"content": Problem("missing")}
        if on > self._today():
            problems["on"] = Problem("future_date", {"today": self._today()})
        if problems:
            raise DraftRefused(problems)
        with self._store.unit(act="review.tell", officer=self._officer.id) as unit:
            made = unit.put(
                ReviewProgress(id=new_id(), office=unit.office, unit=entry.unit, entry=entry_id, on=on, content=content)
            )
            return Done("review.tell", made, unit.commit(), unit.entry)

    def lines(self) -> list[ReviewLine]:
        """The list: open ones first, then ended and dismissed ones; by office and age."""
        entries = self._store.all(ReviewEntry, "removed = '' ORDER BY unit, first_arisen, id")
        order = {state: (0 if state in OPEN else 1 if state in ENDED else 2) for state in ReviewState}
        return [self._line(entry) for entry in sorted(entries, key=lambda one: order[one.state])]

    def rows(self) -> list[ReviewRow]:
        """The list with everything that is known of each case."""
        return review_rows(self._store)

    def row(self, entry_id: str) -> ReviewRow:
        """One line of it. Raises Refused("unknown_record")."""
        entry = self._store.find(ReviewEntry, entry_id)
        if entry is None or entry.removed:
            raise Refused("unknown_record")
        return rows_of(self._store, [entry])[0]

    def line(self, entry_id: str) -> ReviewLine:
        """One case under review. Raises Refused("unknown_record")."""
        entry = self._store.find(ReviewEntry, entry_id)
        if entry is None:
            raise Refused("unknown_record")
        return self._line(entry)

    def _line(self, entry: ReviewEntry) -> ReviewLine:
        told = self._store.all(ReviewProgress, "entry = ? AND removed = '' ORDER BY \"on\" DESC, id DESC", (entry.id,))
        return ReviewLine(entry, self._store.find(CaseFile, entry.case), tuple(told))

    def problems(self, entry: ReviewEntry) -> dict[str, Problem]:
        """What stops a case under review from being written like this."""
        found: dict[str, Problem] = {}
        if entry.state in ENDED:
            found |= {name: Problem("missing") for name in ("result", "closed_on") if not getattr(entry, name)}
        if entry.closed_on and entry.closed_on > self._today():
            found["closed_on"] = Problem("future_date", {"today": self._today()})
        if entry.due and entry.first_arisen and entry.due < entry.first_arisen:
            found["due"] = Problem("before_step", {"date": entry.first_arisen})
        return found

    def _put(self, act: str, entry: ReviewEntry) -> Done[ReviewEntry]:
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            made = unit.put(entry)
            return Done(act, made, unit.commit(), unit.entry)

    def _own(self, entry_id: str) -> ReviewEntry:
        found = self._store.find(ReviewEntry, entry_id)
        if found is None or found.removed:
            raise Refused("unknown_record")
        if found.office != self._office.id:
            raise Refused("other_office")
        return found
