"""The tables of TT 06/2025/TT-TTCP counted a second time, from the text of the circular, without the report's code.

Plain loops over whole records: slow, and written apart from `store/figures/circular`. One office at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.follow_up.inspection import Finding, InspectionRound
from tcd_desktop.domain.old_book.old_book import OpeningBalance
from tcd_desktop.domain.people.link import Link
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Sitting
from tcd_desktop.store.store import Store

Figures = dict[str, list[int]]


@dataclass
class Books:
    """Everything one office has written, the recycle bin included."""

    visits: list[Reception]
    petitions: list[Petition]
    cases: dict[str, CaseFile]
    steps: dict[str, list[CaseStep]]
    obligations: list[Obligation]
    sittings: list[Sitting]
    links: list[Link]
    rounds: list[InspectionRound]
    findings: list[Finding]
    openings: list[OpeningBalance]


def books_of(store: Store, office: str) -> Books:
    """The books of an office, read record by record."""

    def own(kind: type[Any]) -> list[Any]:
        return [one for one in store.all(kind) if one.office == office]

    steps: dict[str, list[CaseStep]] = defaultdict(list)
    for one in sorted(own(CaseStep), key=lambda one: (one.on, one.id)):
        if not one.removed:
            steps[one.case].append(one)
    return Books(
        own(Reception),
        own(Petition),
        {one.id: one for one in own(CaseFile) if not one.removed},
        steps,
        [one for one in own(Obligation) if not one.removed],
        [one for one in own(Sitting) if not one.removed],
        [one for one in own(Link) if not one.removed],
        [one for one in own(InspectionRound) if not one.removed],
        [one for one in own(Finding) if not one.removed],
        [one for one in own(OpeningBalance) if not one.removed],
    )


def tables_by_hand(books: Books, first: date, last: date) -> Figures:
    """Table code -> its figures."""
    found: Figures = {
        "01/TCD": _visits(books, first, last),
        **_petitions(books, first, last),
        "05/KQTH": _executions(books, first, last),
        "06/QLKNTC": _inspections(books, first, last),
    }
    for one in books.openings:
        if first <= one.on <= last:
            found[one.form][int(one.column) - 1] += one.value
    visits = found["01/TCD"]
    for total in range(4):
        visits[total] = visits[total + 4] + visits[total + 10] + visits[total + 16]
    return found


class _Families:
    """Who belongs together: families that are poured into one another."""

    def __init__(self) -> None:
        self.of: dict[str, set[str]] = {}

    def join(self, *names: str | None) -> None:
        known = [name for name in names if name]
        family = set(known).union(*(self.of.get(name, {name}) for name in known))
        for name in family:
            self.of[name] = family

    def name(self, one: str) -> str:
        return min(self.of.get(one, {one}))


# --- 01/TCD ------------------------------------------------------------------------------------------


def _visits(books: Books, first: date, last: date) -> list[int]:
    found = [0] * 21
    families = _Families()
    held = {one.id: one.case for one in books.visits}
    for link in books.links:
        if link.kind in ("duplicate", "same_matter", "continuation"):
            families.join(link.earlier, link.later, held.get(link.earlier), held.get(link.later))
    alive = [one for one in books.visits if not one.removed and one.direction != "refuse"]
    living = {one.id for one in alive}
    start = {"officer": 5, "head": 11, "delegate": 17}
    seen: set[str] = set()
    received: dict[str, set[str]] = defaultdict(set)
    for one in sorted(alive, key=lambda one: (one.date, one.time, one.number)):
        group = one.same_visit or one.id
        stands_for = one.id == group or (group not in living and group not in seen)
        seen.add(group)
        if one.date is None or not first <= one.date <= last:
            continue
        received[families.name(one.case or one.id)].add(one.receiver_rank)
        if stands_for:
            at = start[one.receiver_rank] - 1
            found[at] += 1
            found[at + 1] += one.people
            if one.people >= 5:
                found[at + 3] += 1
                found[at + 4] += one.people
    for ranks in received.values():
        if ranks == {"officer"}:
            found[6] += 1
        found[12] += "head" in ranks
        found[18] += "delegate" in ranks
    announced = {
        (one.day, bool(one.delegate))
        for one in books.sittings
        if one.kind != "dialogue" and one.posted_on and one.state in ("posted", "held", "nobody_came")
    }
    found[9] = sum(first <= day <= last and not delegated for day, delegated in announced)
    found[15] = sum(first <= day <= last and delegated for day, delegated in announced)
    return found


# --- 02/XLD, 03/GQKN, 04/GQTC ------------------------------------------------------------------------

_DECIDING = {"accept", "refuse", "guide", "forward", "return", "file", "inspect", "to_investigators", "end", "answer"}
_FIELDS = {
    "complaint": {"land": 9, "policy": 10, "": 11},
    "denunciation": {"administrative": 15, "corruption": 16, "judicial": 17, "": 18},
    "petition": {"policy": 20, "land": 21, "": 22},
}


@dataclass
class _Judged:
    petition: Petition
    kind: str
    direction: str
    processed: date | None
    eligible: bool
    ours: bool
    again: bool
    field: str
    case: CaseFile | None
    matter: str


def _judge(books: Books, one: Petition, visit: Reception | None, families: _Families) -> _Judged | None:
    case = books.cases.get(one.case or "")
    kind = str(one.classification or (visit.classification if visit else "") or "")
    direction, day = "", None
    if one.direction:
        direction, day = str(one.direction), one.direction_on or one.received_on
    elif one.number == 0 and visit is not None and visit.direction == "refuse":
        return None
    elif one.number == 0 and visit is not None and visit.direction and visit.direction != "to_head":
        direction, day = str(visit.direction), visit.forwarded_on or visit.date
    else:
        step = next((step for step in books.steps.get(one.case or "", ()) if step.act in _DECIDING), None)
        if step is not None:
            direction, day = step.act, step.on
    eligible = one.eligible is not False and direction != "explain"
    if direction == "file":
        eligible = one.eligible is True and one.within_competence is True
    if direction in ("accept", "inspect", "end", "answer"):
        ours = True
    elif one.within_competence is not None:
        ours = one.within_competence
    else:
        ours = direction in ("refuse", "file")
    return _Judged(
        petition=one,
        kind="petition" if kind == "feedback" else kind,
        direction=direction,
        processed=max(day, one.received_on) if day and kind else None,
        eligible=eligible,
        ours=ours,
        again=one.instance > 1 or (case is not None and case.instance > 1),
        field=one.field or (case.field if case else ""),
        case=case,
        matter=families.name(one.case or one.id),
    )


def _petitions(books: Books, first: date, last: date) -> Figures:
    visits = {one.id: one for one in books.visits}
    families = _Families()
    held = {one.id: one.case for one in books.visits}
    by_id = {one.id: one for one in books.petitions}
    joined_visits = set()
    for link in books.links:
        if link.kind in ("duplicate", "same_matter", "continuation"):
            families.join(link.earlier, link.later, held.get(link.earlier), held.get(link.later))
            joined_visits |= {link.earlier, link.later}
    for one in books.petitions:
        if one.duplicate_of and not one.removed:
            other = by_id.get(one.duplicate_of)
            families.join(one.id, one.duplicate_of, one.case, one.reception)
            if other:
                families.join(other.id, other.case, other.reception)
    for one in books.petitions:
        if one.reception in families.of:
            families.join(one.id, one.reception)
    table = [0] * 25
    ours: dict[str, list[_Judged]] = {"complaint": [], "denunciation": [], "petition": []}
    for one in books.petitions:
        if one.removed or one.received_on > last:
            continue
        judged = _judge(books, one, visits.get(one.reception or ""), families)
        if judged is None or (one.received_on < first and judged.processed and judged.processed < first):
            continue
        table[0] += 1
        if judged.processed is None or judged.processed > last:
            continue
        table[1] += 1
        if not judged.eligible:
            continue
        table[2] += 1
        if not judged.ours:
            passed_on = judged.direction in ("forward", "require_lower", "chase", "to_investigators")
            table[22] += 1
            table[24 if passed_on else 23] += 1
            continue
        table[3] += 1
        ours[judged.kind].append(judged)
        base = {"complaint": 6, "denunciation": 12, "petition": 19}[judged.kind]
        table[base - 1] += 1
        if judged.kind != "petition":
            table[base + judged.again] += 1
        fields = _FIELDS[judged.kind]
        table[fields.get(judged.field, fields[""]) - 1] += 1
    table[4] = len({one.matter for kind in ours.values() for one in kind})
    return {
        "02/XLD": table,
        "03/GQKN": _settled(books, ours["complaint"], "decide", first, last),
        "04/GQTC": _settled(books, ours["denunciation"], "conclude", first, last),
    }


def _stage(books: Books, judged: list[_Judged], last: date) -> int:
    cases = [one.case for one in judged if one.case]
    stage = 5 if any(one.direction in ("refuse", "file") for one in judged) else 3
    if not cases:
        return stage
    case = max(cases, key=lambda one: one.id)
    for step in books.steps.get(case.id, ()):
        if step.on > last:
            break
        if step.act == "accept":
            stage = 4
        elif step.act == "end":
            stage = 6
        elif step.act in ("reopen", "denounced_again"):
            stage = 3
        elif step.act in ("refuse", "guide", "forward", "return", "file", "inspect") or (
            step.act == "to_investigators" and step.frm in ("received", "under_review")
        ):
            stage = 5
    return stage


def _settled(books: Books, judged: list[_Judged], act: str, first: date, last: date) -> list[int]:
    secret = act == "conclude"
    table = [0] * (25 if secret else 23)
    table[0] = len(judged)
    matters: dict[str, list[_Judged]] = defaultdict(list)
    for one in judged:
        matters[one.matter].append(one)
    table[1] = len(matters)
    for those in matters.values():
        table[_stage(books, those, last) - 1] += 1
    decided = set()
    for case in books.cases.values():
        taken = books.steps.get(case.id, [])
        if (case.classification == "denunciation") != secret or case.classification in ("petition", "feedback"):
            continue
        for step in taken:
            if step.act != act or not first <= (step.dated or step.on) <= last:
                continue
            decided.add(case.id)
            table[6] += 1
            again = case.instance > 1 or any(one.act == "denounced_again" and one.on <= step.on for one in taken)
            result = step.result if step.result in ("right", "partly", "wrong", "upheld", "changed") else case.result
            column = _column_of(str(result or ""), again, secret)
            if column:
                table[column - 1] += 1
    kind = "denunciation_conclusion" if secret else "complaint_decision"
    for one in books.obligations:
        if one.kind == kind and first <= one.issued_on <= last and one.case in decided:
            due = {amount.what: amount.due for amount in one.amounts}
            money = due.get("organisations_money", 0) + due.get("people_money", 0)
            land = due.get("organisations_land", 0) + due.get("people_land", 0)
            row = [due.get("state_money", 0), due.get("state_land", 0), money, land]
            row += [due.get("organisations", 0), due.get("people", 0)]
            row += [due.get("handled_organisations", 0)] if secret else []
            row += [due.get(name, 0) for name in ("handled_people", "handled_officials")]
            row += [due.get(name, 0) for name in ("prosecuted_cases", "prosecuted_people", "prosecuted_officials")]
            start = 13 if secret else 12
            for at, value in enumerate(row):
                table[start + at] += value
    return table


def _column_of(result: str, again: bool, secret: bool) -> int:
    if secret:
        return {"right": 8, "wrong": 9, "partly": 10}.get(result, 0) + (3 if again and result in _PLAIN else 0)
    if again:
        return {"upheld": 11, "wrong": 11, "changed": 12, "right": 12, "partly": 12}.get(result, 0)
    return {"right": 8, "wrong": 9, "partly": 10}.get(result, 0)


_PLAIN = ("right", "wrong", "partly")


# --- 05/KQTH, 06/QLKNTC ------------------------------------------------------------------------------


def _executions(books: Books, first: date, last: date) -> list[int]:
    return [
        *_carried_out(books, "complaint_decision", "decide", first, last),
        *_carried_out(books, "denunciation_conclusion", "conclude", first, last),
    ]


def _carried_out(books: Books, kind: str, act: str, first: date, last: date) -> list[int]:
    due: dict[str, int] = defaultdict(int)
    done: dict[str, int] = defaultdict(int)
    to_do = finished = 0
    registered = [one for one in books.obligations if one.kind == kind]
    for one in registered:
        if one.issued_on > last or (one.done_on and one.done_on < first):
            continue
        to_do += 1
        finished += bool(one.done_on and one.done_on <= last)
        for amount in one.amounts:
            due[amount.what] += amount.due
            done[amount.what] += amount.done
    known = {one.case for one in registered}
    for case in books.cases.values():
        taken = books.steps.get(case.id, [])
        for step in taken:
            if step.act != act or case.id in known or (step.dated or step.on) > last:
                continue
            over = min(
                (one.on for one in taken if one.act in ("executed", "close") and one.on >= step.on), default=None
            )
            if over and over < first:
                continue
            to_do += 1
            finished += bool(over and over <= last)
    row = [to_do, finished]
    for figures in (due, done):
        row += [figures["state_money"], figures["state_land"]]
    for figures in (due, done):
        row += [figures["organisations_money"] + figures["people_money"]]
        row += [figures["organisations_land"] + figures["people_land"]]
    row += [done["handled_organisations"]] if act == "conclude" else []
    return row + [
        done[name]
        for name in (
            "handled_people",
            "handled_officials",
            "prosecuted_cases",
            "prosecuted_people",
            "prosecuted_officials",
        )
    ]


def _inspections(books: Books, first: date, last: date) -> list[int]:
    found = [0] * 17
    for one in books.rounds:
        if one.begun_on <= last and (one.closed_on is None or one.closed_on >= first):
            found[5] += 1
            found[6] += 1
            found[7] += one.closed_on is not None and one.closed_on <= last
        if one.closed_on is None or one.closed_on > last:
            continue
        findings = [finding for finding in books.findings if finding.round == one.id]
        answered = [finding.corrected_on for finding in findings if finding.state in ("corrected", "refuted")]
        open_ones = len(findings) - len(answered)
        days: Iterable[date] = (day for day in answered if day)
        if open_ones or max([one.closed_on, *days]) >= first:
            found[12] += 1
    return found
