"""The petition book (sổ đơn): petitions that come by post, through the letter box or from other bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import CaseFile, Disclosure, Petition, PetitionDraft, Subject
from tcd_desktop.domain.cases.petition_rules import MULTILINE, petition_problems
from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.people.person import IDENTITY_FIELDS
from tcd_desktop.domain.problems import DraftRefused, Refused, blocking
from tcd_desktop.domain.reasons import reason_block
from tcd_desktop.domain.terms import Classification, PetitionDirection, PetitionSource
from tcd_desktop.services.cases.case_desk import short_title
from tcd_desktop.services.cases.case_due import with_due
from tcd_desktop.services.cases.clocks import Clocks
from tcd_desktop.services.done import Done
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.services.rights import require_reveal, require_writing
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.lists.petition_pages import PetitionPages, PetitionRow, alike
from tcd_desktop.store.store import Store
from tcd_desktop.store.unit import Unit

DRAFT_FIELDS = tuple(f.name for f in fields(PetitionDraft))
BOOK = "petition"


class PetitionDesk:
    """Registers petitions of this office, judges and directs them."""

    pages = PetitionPages()

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

    def blank(self) -> PetitionDraft:
        """A draft with what is known before the envelope is read."""
        return PetitionDraft(source=PetitionSource.POST, received_on=self._today())

    def checked(self, draft: PetitionDraft) -> PetitionDraft:
        """The draft cleaned. Raises DraftRefused with every problem that stops it."""
        ready = cleaned(draft)
        problems = blocking(petition_problems(ready, self._today()))
        if problems:
            raise DraftRefused(problems)
        return ready

    def register(self, draft: PetitionDraft, *, open_case: bool = False) -> Done[Petition]:
        """Writes a petition into the book; its number is given now. Raises DraftRefused, Refused("guided_before")."""
        done = self.register_all([draft], open_cases=[open_case])
        return Done(done.act, done.value[0], done.changes, done.entry)

    def register_all(self, drafts: list[PetitionDraft], *, open_cases: Iterable[bool] = ()) -> Done[list[Petition]]:
        """Writes the parts of a petition with several contents (đơn có nhiều nội dung): all or none, one act.

        Raises DraftRefused naming the part (from 0), Refused("only_reads" | "guided_before").
        """
        require_writing(self._officer)
        ready = []
        for row, draft in enumerate(drafts):
            try:
                ready.append(self.checked(draft))
            except DraftRefused as refused:
                raise DraftRefused(refused.problems, row=row) from None
            self._check_once(ready[-1])
        wishes = [*open_cases]
        wishes += [False] * (len(ready) - len(wishes))
        with self._store.unit(act="petition.register", officer=self._officer.id) as unit:
            made = [self._write(unit, draft, wish) for draft, wish in zip(ready, wishes, strict=True)]
            return Done("petition.register", made, unit.commit(), unit.entry)

    def change(self, petition_id: str, draft: PetitionDraft) -> Done[Petition]:
        """Judges, directs or corrects a petition; what stood there before stays in the journal.

        A masked draft of a denunciation keeps the sealed identity. Raises DraftRefused, Refused("only_reads" |
        "unknown_record" | "other_office" | "amend_secret" | "guided_before" | "sealed_for_others").
        """
        require_writing(self._officer)
        current = self._own(petition_id)
        if current.is_secret != draft.is_secret:
            raise Refused("amend_secret")
        if current.is_secret and not draft.name:
            opened = self._secrecy.open(current)
            draft = replace(draft, **{name: getattr(opened, name) for name in IDENTITY_FIELDS})
        ready = self.checked(draft)
        self._check_once(ready, but=petition_id)
        values = {name: getattr(ready, name) for name in DRAFT_FIELDS}
        if current.is_secret:
            values |= self._sealed_again(current, ready)
        with self._store.unit(act="petition.change", officer=self._officer.id) as unit:
            after = unit.change(current, **values)
            return Done("petition.change", after, unit.commit(), unit.entry)

    def open_case(self, petition_id: str) -> Done[CaseFile]:
        """Opens a case from a petition that has none. Raises Refused("only_reads" | "petition_has_case" | ...)."""
        require_writing(self._officer)
        current = self._own(petition_id)
        if current.case is not None:
            raise Refused("petition_has_case")
        with self._store.unit(act="case.open", officer=self._officer.id) as unit:
            case = self._open_case(unit, current)
            unit.change(current, case=case.id)
            return Done("case.open", case, unit.commit(), unit.entry)

    def reveal(self, petition_id: str, reason: str) -> Petition:
        """The petition with the denouncer's identity; who looked and why goes into the journal first.

        Raises Refused("reveal_right" | "reason_needed" | "unknown_record" | "sealed_for_others").
        """
        require_reveal(self._officer)
        reason = reason_block(reason)
        petition = self._store.find(Petition, petition_id)
        if petition is None:
            raise Refused("unknown_record")
        opened = self._secrecy.open(petition)
        with self._store.unit(act="denunciation.reveal", officer=self._officer.id) as unit:
            officer = self._officer.id
            unit.put(Disclosure(id=new_id(), office=unit.office, reception=petition_id, officer=officer, reason=reason))
            unit.commit()
        return opened

    def alike(self, draft: PetitionDraft, *, but: str = "") -> list[PetitionRow]:
        """Registered petitions that may be the same as the one typed (đơn trùng), the likeliest first."""
        return self._store.read(
            lambda connection: alike(
                connection,
                office=self._office.id,
                secret=draft.classification is Classification.DENUNCIATION,
                name=draft.name,
                id_number=draft.id_number,
                content=draft.content,
                but=but,
            )
        )

    def find(self, petition_id: str) -> Petition | None:
        """A petition as it is stored: a denouncer's identity stays closed."""
        return self._store.find(Petition, petition_id)

    def of_case(self, case_id: str) -> list[Petition]:
        """The petitions of a case, oldest first."""
        return self._store.all(Petition, "\"case\" = ? AND removed = '' ORDER BY received_on, id", (case_id,))

    def repeats_of(self, petition_id: str) -> list[Petition]:
        """Later petitions of the same content (đơn trùng)."""
        return self._store.all(Petition, "duplicate_of = ? AND removed = '' ORDER BY received_on", (petition_id,))

    def _write(self, unit: Unit, draft: PetitionDraft, open_case: bool) -> Petition:
        assert draft.received_on is not None
        identity, year = new_id(), draft.received_on.year
        open_fields, sealed = self._secrecy.close(draft, office=unit.office, record=identity)
        first = unit.get(Petition, draft.duplicate_of) if draft.duplicate_of else None
        made = Petition(
            **{**{name: getattr(draft, name) for name in DRAFT_FIELDS}, **open_fields},
            id=identity,
            office=unit.office,
            year=year,
            number=unit.next_number(BOOK, year, self._series),
            series=self._series,
            case=first.case if first else None,
            sealed=sealed,
        )
        if open_case and made.case is None:
            made = replace(made, case=self._open_case(unit, made).id)
        return unit.put(made)

    def _open_case(self, unit: Unit, petition: Petition) -> CaseFile:
        assert petition.classification is not None
        case = CaseFile(
            id=new_id(),
            office=unit.office,
            year=petition.year,
            number=unit.next_number("case", petition.year, self._series),
            series=self._series,
            title=short_title(petition.content),
            classification=petition.classification,
            opened_on=petition.received_on,
            received_on=petition.received_on,
            within_competence=petition.within_competence is not False,
            field=petition.field,
            tag=petition.tag,
            instance=petition.instance,
            subjects=petition.subjects,
            people=petition.signers,
            handler=self._officer.name,
        )
        return unit.put(with_due(case, [], self._clocks))

    def _check_once(self, draft: PetitionDraft, *, but: str = "") -> None:
        """A complaint is guided, a denunciation forwarded, once for the same content (TT 05/2021 Điều 14)."""
        once = {PetitionDirection.FORWARD} if draft.is_secret else {PetitionDirection.GUIDE, PetitionDirection.RETURN}
        if draft.direction not in once or draft.duplicate_of is None:
            return
        same = [self.find(draft.duplicate_of), *self.repeats_of(draft.duplicate_of)]
        for known in same:
            if known is not None and known.id != but and known.direction in once:
                raise Refused("guided_before", number=known.book_number, on=known.received_on)

    def _sealed_again(self, current: Petition, ready: PetitionDraft) -> dict[str, Any]:
        opened = self._secrecy.open(current)
        same = all(getattr(opened, name) == getattr(ready, name) for name in IDENTITY_FIELDS)
        open_fields, sealed = self._secrecy.close(ready, office=current.office, record=current.id)
        return {**open_fields, "sealed": current.sealed if same else sealed}

    def _own(self, petition_id: str) -> Petition:
        found = self._store.find(Petition, petition_id)
        if found is None or found.removed:
            raise Refused("unknown_record")
        if found.office != self._office.id:
            raise Refused("other_office")
        return found


def cleaned(draft: PetitionDraft) -> PetitionDraft:
    """The draft with texts in NFC, trimmed; empty subjects are left out."""
    texts: dict[str, Any] = {
        name: (clean_block if name in MULTILINE else clean_line)(value)
        for name in DRAFT_FIELDS
        if type(value := getattr(draft, name)) is str
    }
    subjects = tuple(
        Subject(clean_line(one.name), clean_line(one.title), clean_line(one.address))
        for one in draft.subjects
        if one.name.strip()
    )
    return replace(draft, **texts, subjects=subjects)
