"""The national payload (dữ liệu xuất cho Cơ sở dữ liệu quốc gia): visits, petitions, cases, results of a period.

One JSON file whose fields `FIELDS` names, each described in the manual (`resources/help/xuat-du-lieu.md`). A value of a
closed list is {"own": our code, "code": the national one or null, "confirmed": false while nobody has confirmed it}.
Who denounced is never in it: "masked" is true and every field of identity is empty.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from tcd_desktop.domain.cases.case_file import Attachment, CaseFile, Petition
from tcd_desktop.domain.cases.case_step import CaseStep
from tcd_desktop.domain.cases.obligation import Obligation
from tcd_desktop.domain.office import Office
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.receptions.reception import CROWD, Reception
from tcd_desktop.domain.terms import CaseState, Classification, Role
from tcd_desktop.jobs import Progress, SilentProgress, stop_if_cancelled
from tcd_desktop.store.store import Store

FORMAT: Final = "tcd-desktop/national"
VERSION: Final = 1
_PERSON: Final = (
    *("masked", "petitioner", "people", "name", "sex", "birth_date", "id_kind", "id_number", "id_issued", "id_place"),
    *("address", "phone", "represented", "members"),
)
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "receptions": (
        *("id", "office", "number", "date", "kind", "form", "receiver", "receiver_rank", "delegated_by", "case"),
        *_PERSON,
        *("classification", "content", "request", "settled_by", "has_petition", "direction", "directed_to"),
        *("answer_due", "answer_kind", "answered_on"),
    ),
    "petitions": (
        *("id", "office", "number", "reception", "case", "source", "sender", "incoming_number", "incoming_on"),
        *("received_on", "petition_date", "anonymous", "original_papers"),
        *_PERSON,
        *("classification", "field", "tag", "instance", "content", "request", "subjects", "eligible", "ineligible"),
        *("within_competence", "direction", "directed_to", "direction_number", "direction_on", "direction_reason"),
        "duplicate_of",
    ),
    "cases": (
        *("id", "office", "number", "title", "classification", "field", "tag", "instance", "within_competence"),
        *("opened_on", "received_on", "people", "subjects", "complex", "remote", "state", "due", "earlier", "handler"),
        "attachments",
    ),
    "steps": ("id", "office", "case", "act", "on", "from", "to", "number", "dated", "signer", "body", "reason", "days"),
    "results": ("case", "office", "result", "decided_on", "number", "signer", "content", "closed_on"),
    "executions": (
        *("id", "office", "case", "kind", "state", "number", "issued_on", "issuer", "summary", "effective_on"),
        *("responsible", "due", "amounts", "progress", "done_on"),
    ),
}
"""Table -> its fields, in their order."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The mapping of codes (`resources/national/mapping.toml`, or the office's own copy of it)."""

    data: Mapping[str, Any]

    def value(self, table: str, own: object) -> dict[str, Any] | None:
        """A value of a closed list, or None when there is none."""
        if own in (None, ""):
            return None
        line = self.data.get(table, {})
        return {
            "own": str(own),
            "code": line.get("codes", {}).get(str(own)),
            "confirmed": bool(line.get("confirmed", False)),
        }

    def unconfirmed(self) -> list[str]:
        """The tables whose codes nobody has confirmed."""
        tables = ((name, line) for name, line in self.data.items() if isinstance(line, Mapping))
        return sorted(name for name, line in tables if not line.get("confirmed", False))


def payload(
    store: Store,
    codes: Codes,
    *,
    since: date,
    until: date,
    made_on: date,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Everything of the period, of every office whose books are here. Raises Cancelled."""
    watch = progress or SilentProgress()
    days = (since.isoformat(), until.isoformat())
    visits = store.all(Reception, "date BETWEEN ? AND ? AND removed = '' ORDER BY rid", days)
    stop_if_cancelled(watch)
    petitions = store.all(Petition, "received_on BETWEEN ? AND ? AND removed = '' ORDER BY received_on, id", days)
    steps = store.all(CaseStep, '"on" BETWEEN ? AND ? AND removed = \'\' ORDER BY "on", id', days)
    cases = _cases(store, days)
    stop_if_cancelled(watch)
    known = {visit.id: visit for visit in visits}
    tables = {
        "receptions": [_reception(visit, codes) for visit in visits],
        "petitions": [_petition(store, one, known, codes) for one in petitions],
        "cases": [_case(store, one, codes) for one in cases],
        "steps": [_step(one, codes) for one in steps],
        "results": list(_results(store, cases, codes)),
        "executions": [_execution(one) for one in _obligations(store, days)],
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_on": made_on.isoformat(),
        "since": since.isoformat(),
        "until": until.isoformat(),
        "mapping": {"id": codes.data.get("id", ""), "unconfirmed": codes.unconfirmed()},
        "offices": [_office(one) for one in store.all(Office, "1 ORDER BY id")],
        **tables,
    }


def write_json(target: Path, value: Mapping[str, Any]) -> None:
    """Writes the payload beside its place and puts it there when it is whole. Raises OSError."""
    part = target.with_name(target.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            json.dump(value, file, ensure_ascii=False, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _cases(store: Store, days: tuple[str, str]) -> list[CaseFile]:
    where = (
        'removed = \'\' AND (opened_on BETWEEN ? AND ? OR id IN (SELECT "case" FROM case_step WHERE "on" BETWEEN ? '
        "AND ? AND removed = '')) ORDER BY opened_on, id"
    )
    return store.all(CaseFile, where, (*days, *days))


def _obligations(store: Store, days: tuple[str, str]) -> list[Obligation]:
    return store.all(Obligation, "issued_on BETWEEN ? AND ? AND removed = '' ORDER BY issued_on, id", days)


def _office(office: Office) -> dict[str, Any]:
    return {"id": office.id, "name": office.name, "kind": str(office.kind), "superior": office.superior_name}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _who(person: Person, codes: Codes, *, secret: bool, people: int) -> dict[str, Any]:
    """The petitioner; of a denunciation only how many there are."""
    kind = "organisation" if person.role is Role.ORGANISATION_HEAD else "crowd" if people >= CROWD else "person"
    counted = {"masked": secret, "petitioner": codes.value("petitioner", kind), "people": people}
    if secret:
        return counted | dict.fromkeys(_PERSON[3:], None) | {"members": []}
    return counted | {
        "name": person.name,
        "sex": codes.value("sex", person.sex),
        "birth_date": person.birth_date,
        "id_kind": codes.value("id_kind", person.id_kind),
        "id_number": person.id_number,
        "id_issued": _day(person.id_issued),
        "id_place": person.id_place,
        "address": person.address,
        "phone": person.phone,
        "represented": person.represented,
        "members": [{"name": one.name, "id_number": one.id_number, "address": one.address} for one in person.members],
    }


def _reception(visit: Reception, codes: Codes) -> dict[str, Any]:
    return {
        "id": visit.id,
        "office": visit.office,
        "number": visit.book_number,
        "date": _day(visit.date),
        "kind": codes.value("kind", visit.kind),
        "form": codes.value("form", visit.form),
        "receiver": visit.receiver_name,
        "receiver_rank": codes.value("receiver_rank", visit.receiver_rank),
        "delegated_by": visit.delegated_by,
        "case": visit.case,
        **_who(visit, codes, secret=visit.is_secret, people=visit.people),
        "classification": codes.value("classification", visit.classification),
        "content": visit.content,
        "request": visit.request,
        "settled_by": visit.settled_by,
        "has_petition": visit.has_petition,
        "direction": codes.value("direction", visit.direction),
        "directed_to": visit.forwarded_to or visit.guided_to,
        "answer_due": _day(visit.answer_due),
        "answer_kind": codes.value("answer_kind", visit.answer_kind),
        "answered_on": _day(visit.answered_on),
    }


def _petition(store: Store, petition: Petition, known: Mapping[str, Reception], codes: Codes) -> dict[str, Any]:
    """One handed over at a visit has person, kind and direction of the visit."""
    visit = None
    if petition.reception and not petition.number:
        visit = known.get(petition.reception) or store.find(Reception, petition.reception)
    kind = petition.classification or (visit.classification if visit else None)
    secret = kind is Classification.DENUNCIATION
    direction = petition.direction or (visit.direction if visit else None)
    return {
        "id": petition.id,
        "office": petition.office,
        "number": petition.book_number,
        "reception": petition.reception,
        "case": petition.case,
        "source": codes.value("source", petition.source),
        "sender": petition.sender,
        "incoming_number": petition.incoming_number,
        "incoming_on": _day(petition.incoming_on),
        "received_on": _day(petition.received_on),
        "petition_date": _day(petition.petition_date),
        "anonymous": petition.anonymous,
        "original_papers": petition.original_papers,
        **_who(visit or petition, codes, secret=secret, people=petition.signers),
        "classification": codes.value("classification", kind),
        "field": codes.value("field", petition.field),
        "tag": petition.tag,
        "instance": petition.instance,
        "content": petition.content,
        "request": petition.request,
        "subjects": _subjects(petition),
        "eligible": petition.eligible,
        "ineligible": list(petition.ineligible),
        "within_competence": petition.within_competence,
        "direction": codes.value("direction", direction),
        "directed_to": petition.directed_to or ((visit.forwarded_to or visit.guided_to) if visit else ""),
        "direction_number": petition.direction_number,
        "direction_on": _day(petition.direction_on),
        "direction_reason": petition.direction_reason,
        "duplicate_of": petition.duplicate_of,
    }


def _subjects(record: Petition | CaseFile) -> list[dict[str, str]]:
    return [{"name": one.name, "title": one.title, "address": one.address} for one in record.subjects]


def _case(store: Store, case: CaseFile, codes: Codes) -> dict[str, Any]:
    secret = case.classification is Classification.DENUNCIATION
    return {
        "id": case.id,
        "office": case.office,
        "number": case.book_number,
        "title": case.title,
        "classification": codes.value("classification", case.classification),
        "field": codes.value("field", case.field),
        "tag": case.tag,
        "instance": case.instance,
        "within_competence": case.within_competence,
        "opened_on": _day(case.opened_on),
        "received_on": _day(case.received_on),
        "people": case.people,
        "subjects": _subjects(case),
        "complex": list(case.complexity),
        "remote": case.remote,
        "state": codes.value("state", case.state),
        "due": _day(case.due),
        "earlier": case.earlier,
        "handler": case.handler,
        "attachments": [_attachment(one, secret) for one in _papers(store, case)],
    }


def _papers(store: Store, case: CaseFile) -> list[Attachment]:
    return store.all(Attachment, "\"case\" = ? AND office = ? AND removed = '' ORDER BY id", (case.id, case.office))


def _attachment(paper: Attachment, secret: bool) -> dict[str, Any]:
    """A file is known by its content; its name may name the denouncer."""
    return {"sha256": paper.sha256, "length": paper.length, "name": "" if secret else paper.name}


def _step(step: CaseStep, codes: Codes) -> dict[str, Any]:
    return {
        "id": step.id,
        "office": step.office,
        "case": step.case,
        "act": step.act,
        "on": _day(step.on),
        "from": codes.value("state", step.frm),
        "to": codes.value("state", step.to),
        "number": step.number,
        "dated": _day(step.dated),
        "signer": step.signer,
        "body": step.body,
        "reason": step.reason,
        "days": step.days,
    }


def _results(store: Store, cases: list[CaseFile], codes: Codes) -> Iterator[dict[str, Any]]:
    """How cases ended: the step that decided, concluded or answered."""
    ends = (CaseState.DECIDED, CaseState.CONCLUDED, CaseState.ANSWERED)
    for case in cases:
        where = '"case" = ? AND office = ? AND removed = \'\' ORDER BY "on" DESC, id DESC'
        taken = store.all(CaseStep, where, (case.id, case.office))
        last = next((step for step in taken if step.to in ends and step.frm is not step.to), None)
        if last is None and case.result is None:
            continue
        yield {
            "case": case.id,
            "office": case.office,
            "result": codes.value("result", case.result),
            "decided_on": _day(last.on) if last else None,
            "number": last.number if last else "",
            "signer": last.signer if last else "",
            "content": last.result if last else case.state_note,
            "closed_on": _day(case.closed_on),
        }


def _execution(one: Obligation) -> dict[str, Any]:
    return {
        "id": one.id,
        "office": one.office,
        "case": one.case,
        "kind": str(one.kind),
        "state": str(one.state),
        "number": one.number,
        "issued_on": _day(one.issued_on),
        "issuer": one.issuer,
        "summary": one.summary,
        "effective_on": _day(one.effective_on),
        "responsible": one.responsible,
        "due": _day(one.due),
        "amounts": [{"what": each.what, "due": each.due, "done": each.done} for each in one.amounts],
        "progress": one.progress,
        "done_on": _day(one.done_on),
    }
