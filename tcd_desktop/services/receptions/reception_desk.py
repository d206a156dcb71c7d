"""The reception desk (bàn tiếp công dân): logging a visit, amending it, refusing, splitting, answering the citizen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile, Disclosure
from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.people.person import IDENTITY_FIELDS, Citizen
from tcd_desktop.domain.problems import DraftRefused, Refused, blocking
from tcd_desktop.domain.reasons import reason_block
from tcd_desktop.domain.receptions.matters import anchors, as_told
from tcd_desktop.domain.receptions.reception import DRAFT_FIELDS, Reception, ReceptionDraft
from tcd_desktop.domain.receptions.refusal_rules import needs_notice
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, Direction, Role
from tcd_desktop.services.cases.clocks import Clocks
from tcd_desktop.services.cases.step_desk import step_of_answer
from tcd_desktop.services.done import Done
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.services.receptions.kept_drafts import DraftTexts, KeptDrafts
from tcd_desktop.services.receptions.log_lines import LogLines, cleaned
from tcd_desktop.services.rights import require_reveal
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.lists.citizens import keeper_of
from tcd_desktop.store.lists.pages import ReceptionPages
from tcd_desktop.store.store import Store


class ReceptionDesk(KeptDrafts):
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
        super().__init__(store, officer, DraftTexts(office.id, lambda: secrecy))
        self._office = office
        self._clocks = clocks
        self._secrecy = secrecy
        self._today = today
        self._lines = LogLines(series=series, clocks=clocks, secrecy=secrecy, today=today)

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
            visit = self._lines.write(unit, ready, open_case=open_case, case=case)
            return Done("reception.log", visit, unit.commit(), unit.entry)

    def log_all(self, drafts: list[ReceptionDraft], *, open_cases: Iterable[bool] = ()) -> Done[list[Reception]]:
        """Writes several visits, all or none. Raises DraftRefused naming the row (from 0)."""
        ready, wishes = self._all_checked(drafts), _wishes(open_cases, len(drafts))
        with self._store.unit(act="reception.log", officer=self._officer.id) as unit:
            visits = [self._lines.write(unit, draft, open_case=wish) for draft, wish in zip(ready, wishes, strict=True)]
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
        return self._change("reception.amend", current, {**values, **self._moved_clocks(current, ready)})

    def log_visit(self, matters: Sequence[ReceptionDraft], *, open_cases: Iterable[bool] = ()) -> Done[list[Reception]]:
        """Writes one visit of one person with several contents, each a line of its own (tách nội dung), in one act.

        Person and circumstances are those of the first. Raises DraftRefused naming the row (from 0).
        """
        ready = self._all_checked([as_told(matter, matters[0]) for matter in matters])
        with self._store.unit(act="reception.log", officer=self._officer.id) as unit:
            visits: list[Reception] = []
            for draft, wish, anchor in zip(ready, _wishes(open_cases, len(ready)), anchors(ready), strict=True):
                first = None if anchor is None else visits[anchor].id
                visits.append(self._lines.write(unit, draft, open_case=wish, same_visit=first))
            return Done("reception.log", visits, unit.commit(), unit.entry)

    def split(
        self, identity: str, matters: Sequence[ReceptionDraft], *, open_cases: Iterable[bool] = ()
    ) -> Done[list[Reception]]:
        """Further contents of a visit that stands in the book become lines of their own, of the same person.

        Raises Refused("unknown_record" | "other_office" | "split_secret" | "sealed_for_others"), DraftRefused naming
        the row. From a denunciation only denunciations are split: an open line would name the denouncer.
        """
        current = self._own(identity)
        if current.is_secret and not all(matter.is_secret for matter in matters):
            raise Refused("split_secret")
        told = self._secrecy.open(current)
        ready = self._all_checked([as_told(matter, told) for matter in matters])
        first = current.same_visit or current.id
        places = anchors([current, *ready])[1:]
        with self._store.unit(act="reception.split", officer=self._officer.id) as unit:
            visits: list[Reception] = []
            for draft, wish, anchor in zip(ready, _wishes(open_cases, len(ready)), places, strict=True):
                same = None if anchor is None else first if anchor == 0 else visits[anchor - 1].id
                visits.append(self._lines.write(unit, draft, open_case=wish, same_visit=same))
            return Done("reception.split", visits, unit.commit(), unit.entry)

    def matters(self, visit: Reception) -> list[Reception]:
        """The lines of the same visit as the book shows them, this one among them, by number; [visit] when alone."""
        first = visit.same_visit or visit.id
        where = "(same_visit = ? OR id = ?) AND office = ? AND removed = '' ORDER BY year, number"
        found = self._store.all(Reception, where, (first, first, visit.office))
        return found if len(found) > 1 else [visit]

    def issue_refusal_notice(self, identity: str, *, number: str, on: date) -> Done[Reception]:
        """Records the written refusal (thông báo từ chối tiếp công dân, Mẫu số 01/TCD), signed by the head.

        Raises Refused("unknown_record" | "other_office" | "no_notice_needed" | "notice_number" | "notice_in_future" |
        "notice_before_visit").
        """
        current = self._own(identity)
        number = clean_line(number)
        if not needs_notice(current):
            raise Refused("no_notice_needed")
        if not number:
            raise Refused("notice_number")
        if on > self._today():
            raise Refused("notice_in_future", today=self._today())
        if current.date and on < current.date:
            raise Refused("notice_before_visit", visit=current.date)
        values = {"refusal_notice_number": number, "refusal_notice_on": on}
        return self._change("reception.refusal_notice", current, values)

    def answer(self, identity: str, *, kind: AnswerKind, channel: AnswerChannel, on: date) -> Done[Reception]:
        """Records the answer to the citizen (Luật Tiếp công dân Điều 28(1)) and moves the case it belongs to.

        What was told without a petition must have been read back and signed before (NĐ 154/2026 Điều 14(1)).
        Raises Refused("unknown_record" | "answer_before_visit" | "answer_in_future" | "statement_open").
        """
        current = self._own(identity)
        if statement_open(current):
            raise Refused("statement_open")
        if current.date and on < current.date:
            raise Refused("answer_before_visit", visit=current.date)
        if on > self._today():
            raise Refused("answer_in_future", today=self._today())
        values = {"answer_kind": kind, "answer_channel": channel, "answered_on": on}
        return self._change("reception.answer", current, values, moves_case=True)

    def reveal(self, identity: str, reason: str) -> Reception:
        """The visit with the denouncer's identity; who looked and why goes into the journal first.

        Raises Refused("reveal_right" | "unknown_record" | "reason_needed" | "sealed_for_others").
        """
        require_reveal(self._officer)
        reason = reason_block(reason)
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
        """The citizen with that ID number (of merged ones the one that was kept), or None."""
        where = "id_number = ? AND id_number <> '' AND removed = '' ORDER BY id DESC LIMIT 1"
        found = self._store.all(Citizen, where, (id_number,))
        return self._store.read(lambda connection: keeper_of(connection, found[0])) if found else None

    def _completed(self, draft: ReceptionDraft) -> ReceptionDraft:
        officer = self._officer
        own = not draft.receiver_name
        told = not draft.has_petition and draft.direction is not Direction.REFUSE
        group = draft.role is Role.GROUP_REPRESENTATIVE and bool(draft.members)
        return replace(
            draft,
            recorded_by=draft.recorded_by or (draft.receiver_name or officer.name if told else ""),
            people=max(draft.people, len(draft.members)),
            members_signed=draft.members_signed or (group and all(member.signed for member in draft.members)),
            receiver=officer.id if own else draft.receiver,
            receiver_name=officer.name if own else draft.receiver_name,
            receiver_title=officer.title if own else draft.receiver_title,
            place=draft.place or self._office.reception_place or self._office.name,
        )

    def _all_checked(self, drafts: Sequence[ReceptionDraft]) -> list[ReceptionDraft]:
        ready = []
        for row, draft in enumerate(drafts):
            try:
                ready.append(self.checked(draft))
            except DraftRefused as refused:
                raise DraftRefused(refused.problems, row=row) from None
        return ready

    def _moved_clocks(self, current: Reception, ready: ReceptionDraft) -> dict[str, Any]:
        """The clocks of a line, when what they are counted from has changed."""
        counted = ("date", "direction", "refusal_ground", "refusal_grounds_on")
        if all(getattr(current, name) == getattr(ready, name) for name in counted):
            return {}
        return self._lines.clocks_of(ready)

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
        self, act: str, current: Reception, values: dict[str, Any], *, moves_case: bool = False
    ) -> Done[Reception]:
        with self._store.unit(act=act, officer=self._officer.id) as unit:
            after = unit.change(current, **values)
            if moves_case and current.case:
                step_of_answer(unit, current.case, after, self._clocks)
            return Done(act, after, unit.commit(), unit.entry)


def statement_open(visit: Reception) -> bool:
    """What was told stands in the book, but was not read back and signed; lines of an old book do not tell."""
    if visit.has_petition or visit.direction is Direction.REFUSE or visit.batch is not None:
        return False
    return not visit.read_back or visit.signing is None


def _wishes(open_cases: Iterable[bool], count: int) -> list[bool]:
    """One wish for each line; the lines nobody spoke of open no case."""
    wishes = [*open_cases]
    return wishes + [False] * (count - len(wishes))
