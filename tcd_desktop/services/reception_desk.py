"""The reception desk (bàn tiếp công dân): logging a visit, amending it, answering the citizen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import msgspec

from tcd_desktop.domain.case_file import CaseFile, Disclosure, Petition
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.person import IDENTITY_FIELDS, Citizen
from tcd_desktop.domain.problems import DraftRefused, Refused, blocking
from tcd_desktop.domain.reception import DRAFT_FIELDS, Reception, ReceptionDraft
from tcd_desktop.domain.reception_rules import MULTILINE_FIELDS
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, CaseState, Direction, Role
from tcd_desktop.domain.text import clean_block, clean_line
from tcd_desktop.services.case_desk import new_case, place_case
from tcd_desktop.services.clocks import ANSWER, Clocks
from tcd_desktop.services.done import Done
from tcd_desktop.services.secrecy import Secrecy
from tcd_desktop.store import drafts
from tcd_desktop.store.clock import new_id
from tcd_desktop.store.pages import ReceptionPages
from tcd_desktop.store.rows import ROWS
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

_CITIZEN_FIELDS = tuple(f.name for f in fields(Citizen) if f.name in DRAFT_FIELDS)
_CASE_STATE_OF_ANSWER = {
    AnswerKind.ACCEPTED: CaseState.ACCEPTED,
    AnswerKind.EXTENDED: CaseState.UNDER_REVIEW,
    AnswerKind.NOT_ACCEPTED: CaseState.NOT_ACCEPTED,
    AnswerKind.FORWARDED: CaseState.FORWARDED,
}
MIN_REASON = 5


class ReceptionDesk:
    """`series` is the letter of this PC's number series, `today` the office's calendar day."""

    pages = ReceptionPages()

    def __init__(
        self,
        store: Store,
        *,
        office: Office,
        officer: Officer,
        series: str,
        clocks: Clocks,
        secrecy: Secrecy,
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._office = office
        self._officer = officer
        self._series = series
        self._clocks = clocks
        self._secrecy = secrecy
        self._today = today

    def blank(self) -> ReceptionDraft:
        """A draft with what is known before the citizen speaks: today, the place, the officer."""
        return self._completed(ReceptionDraft(date=self._today()))

    def checked(self, draft: ReceptionDraft) -> ReceptionDraft:
        """The draft cleaned and completed. Raises DraftRefused with every problem that stops it."""
        ready = self._completed(cleaned(draft))
        problems = blocking(ready.problems(self._today()))
        if problems:
            raise DraftRefused(problems)
        return ready

    def log(self, draft: ReceptionDraft, *, open_case: bool = False, case: str | None = None) -> Done[Reception]:
        """Writes a visit into the log (ghi sổ tiếp công dân); its number is given now.

        `case` is the case file of the same matter when there is one. Raises DraftRefused, Refused("unknown_record").
        """
        ready = self.checked(draft)
        with self._store.unit(act="reception.log", officer=self._officer.id) as unit:
            if case is not None and unit.get(CaseFile, case) is None:
                raise Refused("unknown_record")
            visit = self._write(unit, ready, open_case, case)
            return Done("reception.log", visit, unit.commit(), unit.entry)

    def log_all(self, drafts: list[ReceptionDraft], *, open_cases: Iterable[bool] = ()) -> Done[list[Reception]]:
        """Writes several visits, all or none. Raises DraftRefused naming the row (from 0)."""
        ready = []
        for row, draft in enumerate(drafts):
            try:
                ready.append(self.checked(draft))
            except DraftRefused as refused:
                raise DraftRefused(refused.problems, row=row) from None
        wishes = [*open_cases]
        wishes += [False] * (len(ready) - len(wishes))
        with self._store.unit(act="reception.log", officer=self._officer.id) as unit:
            visits = [self._write(unit, draft, wish) for draft, wish in zip(ready, wishes, strict=True)]
            return Done("reception.log", visits, unit.commit(), unit.entry)

    def amend(self, identity: str, draft: ReceptionDraft) -> Done[Reception]:
        """Corrects a line of the log; what stood there before stays in the journal.

        Raises Refused("unknown_record" | "amend_secret"), DraftRefused. The class of a visit cannot be changed to
        or from denunciation: what was open would have been secret.
        """
        current = self._own(identity)
        if current.is_secret != draft.is_secret:
            raise Refused("amend_secret")
        ready = self.checked(self._with_identity(current, draft))
        values = {name: getattr(ready, name) for name in DRAFT_FIELDS}
        if current.is_secret:
            values = self._sealed_again(current, ready, values)
        if ready.date != current.date:
            values["answer_due"] = self._answer_due(ready)
        return self._change("reception.amend", current, values)

    def answer(self, identity: str, *, kind: AnswerKind, channel: AnswerChannel, on: date) -> Done[Reception]:
        """Records the answer to the citizen (Luật Tiếp công dân Điều 28(1)) and moves the case it belongs to.

        Raises Refused("unknown_record" | "answer_before_visit" | "answer_in_future").
        """
        current = self._own(identity)
        if current.date and on < current.date:
            raise Refused("answer_before_visit", visit=current.date)
        if on > self._today():
            raise Refused("answer_in_future", today=self._today())
        values = {"answer_kind": kind, "answer_channel": channel, "answered_on": on}
        return self._change("reception.answer", current, values, case_state=_CASE_STATE_OF_ANSWER[kind])

    def reveal(self, identity: str, reason: str) -> Reception:
        """The visit with the denouncer's identity; who looked and why goes into the journal first.

        Raises Refused("unknown_record" | "reason_needed" | "sealed_for_others").
        """
        reason = clean_block(reason)
        if len(reason) < MIN_REASON:
            raise Refused("reason_needed")
        visit = self._store.find(Reception, identity)
        if visit is None:
            raise Refused("unknown_record")
        opened = self._secrecy.open(visit)
        with self._store.unit(act="denunciation.reveal", officer=self._officer.id) as unit:
            unit.put(
                Disclosure(id=new_id(), office=unit.office, reception=identity, officer=self._officer.id, reason=reason)
            )
            unit.commit()
        return opened

    def find(self, identity: str) -> Reception | None:
        """A visit as it is stored: a denouncer's identity stays closed."""
        return self._store.find(Reception, identity)

    def known_citizen(self, id_number: str) -> Citizen | None:
        """The citizen with that ID number, or None."""
        found = self._store.all(
            Citizen, "id_number = ? AND id_number <> '' AND removed = '' ORDER BY id DESC LIMIT 1", (id_number,)
        )
        return found[0] if found else None

    def _completed(self, draft: ReceptionDraft) -> ReceptionDraft:
        officer = self._officer
        own = not draft.receiver_name
        return replace(
            draft,
            receiver=officer.id if own else draft.receiver,
            receiver_name=officer.name if own else draft.receiver_name,
            receiver_title=officer.title if own else draft.receiver_title,
            place=draft.place or self._office.reception_place or self._office.name,
        )

    def _write(self, unit: Unit, draft: ReceptionDraft, open_case: bool, case: str | None = None) -> Reception:
        identity, office = new_id(), unit.office
        open_fields, sealed = self._secrecy.close(draft, office=office, record=identity)
        year = draft.date.year if draft.date else self._today().year
        visit = Reception(
            **{**{name: getattr(draft, name) for name in DRAFT_FIELDS}, **open_fields},
            id=identity,
            office=office,
            year=year,
            number=unit.next_number("reception", year, self._series),
            series=self._series,
            sealed=sealed,
            citizen=None if draft.is_secret else self._citizen(unit, draft),
            answer_due=self._answer_due(draft),
            case=case,
        )
        if open_case and case is None:
            visit = replace(visit, case=place_case(unit, new_case(visit, self._series), self._clocks).id)
        unit.put(visit)
        if visit.has_petition:
            unit.put(_petition(visit))
        return visit

    def _citizen(self, unit: Unit, draft: ReceptionDraft) -> str | None:
        """The citizen this visit belongs to; the newest visit's address and telephone are kept for the next one."""
        if not draft.id_number or draft.role is not Role.SELF:
            return None
        told = {name: getattr(draft, name) for name in _CITIZEN_FIELDS}
        known = ROWS["citizen"].one(
            unit.connection, "id_number = ? AND office = ? AND removed = ''", (draft.id_number, unit.office)
        )
        if known is None:
            return unit.put(Citizen(id=new_id(), office=unit.office, **told)).id
        unit.change(known, **{name: value for name, value in told.items() if value not in ("", None)})
        return str(known.id)

    def _answer_due(self, draft: ReceptionDraft) -> date | None:
        """Ten working days from the visit; a refused visit has no content to answer."""
        if draft.direction is Direction.REFUSE or draft.date is None:
            return None
        return self._clocks.due(ANSWER, draft.date).due

    def _own(self, identity: str) -> Reception:
        visit = self._store.find(Reception, identity)
        if visit is None:
            raise Refused("unknown_record")
        if visit.office != self._office.id:
            raise Refused("other_office")
        return visit

    def _with_identity(self, current: Reception, draft: ReceptionDraft) -> ReceptionDraft:
        """A masked draft of a denunciation keeps the sealed identity."""
        if not current.is_secret or draft.name:
            return draft
        opened = self._secrecy.open(current)
        return replace(draft, **{name: getattr(opened, name) for name in IDENTITY_FIELDS})

    def _sealed_again(self, current: Reception, ready: ReceptionDraft, values: dict[str, Any]) -> dict[str, Any]:
        opened = self._secrecy.open(current)
        same = all(getattr(opened, name) == getattr(ready, name) for name in IDENTITY_FIELDS)
        open_fields, sealed = self._secrecy.close(ready, office=current.office, record=current.id)
        return {**values, **open_fields, "sealed": current.sealed if same else sealed}

    def _change(
        self, act: str, current: Reception, values: dict[str, Any], *, case_state: CaseState | None = None
    ) -> Done[Reception]:
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            after = unit.change(current, **values)
            if case_state and current.case:
                self._move_case(unit, current.case, case_state)
            return Done(act, after, unit.commit(), unit.entry)

    def _move_case(self, unit: Unit, case_id: str, state: CaseState) -> None:
        case = unit.get(CaseFile, case_id)
        if case and case.state in (CaseState.RECEIVED, CaseState.UNDER_REVIEW) and case.state is not state:
            place_case(unit, replace(case, state=state), self._clocks, known=case, today=self._today())

    def save_draft(self, name: str, draft: ReceptionDraft) -> None:
        """Keeps what is being typed, so that a crash loses nothing. It has no number and is never exchanged."""
        value = msgspec.json.encode(draft).decode("utf-8")
        with self._store.writing() as connection:
            drafts.keep(connection, name=name, officer=self._officer.id, value=value, at=self._store.stamp())

    def drafts(self) -> dict[str, ReceptionDraft]:
        """What this officer was typing, by name, newest first."""
        kept = self._store.read(lambda connection: drafts.of_officer(connection, self._officer.id))
        return {name: msgspec.json.decode(value, type=ReceptionDraft) for name, value in kept.items()}

    def drop_draft(self, name: str) -> None:
        """Forgets a draft."""
        with self._store.writing() as connection:
            drafts.drop(connection, name)


def cleaned(draft: ReceptionDraft) -> ReceptionDraft:
    """The draft with texts in NFC, trimmed, without characters nobody types."""
    texts: dict[str, Any] = {
        name: (clean_block if name in MULTILINE_FIELDS else clean_line)(value)
        for name in DRAFT_FIELDS
        if isinstance(value := getattr(draft, name), str) and type(value) is str
    }
    papers = tuple(replace(paper, name=clean_line(paper.name)) for paper in draft.documents)
    return replace(draft, **texts, documents=papers)


def _petition(visit: Reception) -> Petition:
    assert visit.date is not None
    return Petition(
        id=new_id(),
        office=visit.office,
        reception=visit.id,
        case=visit.case,
        petition_date=visit.date,
        received_on=visit.date,
        content=visit.content,
        signers=visit.people,
    )
