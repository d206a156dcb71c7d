"""The review list with what the books know of each case: who, how many, what was decided, what was directed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.follow_up.directive import Directive
from tcd_desktop.domain.follow_up.follow_up_terms import ReviewState
from tcd_desktop.domain.follow_up.review import ReviewEntry, ReviewProgress
from tcd_desktop.domain.follow_up.review_row import DECIDING, ENDED, OPEN, ReviewRow
from tcd_desktop.domain.office import Office
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.terms import Classification
from tcd_desktop.store.store import Store

T = TypeVar("T")
_AT_ONCE = 400
"""So many cases are named in one question."""


def review_rows(store: Store, entries: Sequence[ReviewEntry] | None = None) -> list[ReviewRow]:
    """The whole list (or some entries of it): open ones first, then ended and dismissed ones; by office and age."""
    if entries is None:
        entries = store.all(ReviewEntry, "removed = '' ORDER BY unit, first_arisen, id")
    order = {state: (0 if state in OPEN else 1 if state in ENDED else 2) for state in ReviewState}
    return rows_of(store, sorted(entries, key=lambda one: order[one.state]))


def rows_of(store: Store, entries: Sequence[ReviewEntry]) -> list[ReviewRow]:
    """The same order with the facts; a handful of questions whatever the number of cases."""
    ids = [entry.case for entry in entries]
    cases = {case.id: case for case in _in(store, CaseFile, "id", ids)}
    steps: dict[str, list[CaseStep]] = defaultdict(list)
    for step in _in(store, CaseStep, '"case"', ids):
        if step.act in DECIDING and not step.removed:
            steps[step.case].append(step)
    told: dict[str, list[ReviewProgress]] = defaultdict(list)
    for one in _in(store, ReviewProgress, "entry", [entry.id for entry in entries]):
        if not one.removed:
            told[one.entry].append(one)
    names = {office.id: office.name for office in store.all(Office)}
    directed = _directed(store, set(ids))
    visits = {
        visit.id: visit for visit in _in(store, Reception, "id", [c.reception for c in cases.values() if c.reception])
    }
    petitions = {one.case: one for one in _in(store, Petition, '"case"', ids) if one.case and not one.removed}
    found = []
    for entry in entries:
        case = cases.get(entry.case)
        source = visits.get(case.reception or "") if case else None
        paper = petitions.get(entry.case)
        found.append(
            ReviewRow(
                entry=entry,
                case=case,
                unit_name=names.get(entry.unit, entry.unit),
                steps=tuple(sorted(steps[entry.case], key=lambda step: (step.on, step.id))),
                directives=directed.get(entry.case, ()),
                progress=tuple(sorted(told[entry.id], key=lambda one: (one.on, one.id), reverse=True)),
                **_who(case, source, paper),
            )
        )
    return found


def _who(case: CaseFile | None, visit: Reception | None, paper: Petition | None) -> dict[str, Any]:
    """Who brought the matter; of a denunciation nothing but what it is about."""
    source = visit or paper
    if case is None:
        return {}
    facts: dict[str, Any] = {
        "people": max(case.people, visit.people if visit else 1),
        "content": source.content if source else case.title,
        "request": source.request if source else "",
    }
    secret = case.classification is Classification.DENUNCIATION or (source is not None and source.is_secret)
    if source is not None and not secret:
        facts |= {"petitioner": source.name, "address": source.address}
    return facts


def _directed(store: Store, wanted: set[str]) -> dict[str, tuple[Directive, ...]]:
    found: dict[str, list[Directive]] = defaultdict(list)
    for directive in store.all(Directive, "removed = '' ORDER BY issued_on, id"):
        for case in directive.cases:
            if case in wanted:
                found[case].append(directive)
    return {case: tuple(directives) for case, directives in found.items()}


def _in(store: Store, record: type[T], column: str, values: Iterable[str]) -> list[T]:
    wanted = sorted(set(values))
    found: list[T] = []
    for start in range(0, len(wanted), _AT_ONCE):
        part = tuple(wanted[start : start + _AT_ONCE])
        found += store.all(record, f"{column} IN ({', '.join('?' * len(part))})", part)
    return found
