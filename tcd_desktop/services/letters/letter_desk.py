"""The book of letters that go out (văn bản đi): saving, issuing, printing, spoiling a number, throwing a draft away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tcd_desktop.domain.cases.case_file import IssuedDocument
from tcd_desktop.domain.letters.letter import Letter, LetterState
from tcd_desktop.domain.letters.letter_rules import is_numbered, issue_problem, subject_of
from tcd_desktop.domain.problems import DraftRefused, Refused, blocking
from tcd_desktop.domain.reasons import reason_block
from tcd_desktop.services.done import Done
from tcd_desktop.services.letters.letter_effects import LetterEffects
from tcd_desktop.services.letters.letter_numbers import LetterNumbers
from tcd_desktop.services.letters.letter_writing import LetterTexts, LetterWriting
from tcd_desktop.services.rights import require_reveal, require_writing
from tcd_desktop.store.journal.clock import new_id

LATER = frozenset({"missing", "unknown_variable", "lone_brace"})
"""Problems that a draft may still have; they stop the issue."""


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """The PDF and its line in the register of issued documents."""

    pdf: bytes
    document: IssuedDocument


class LetterDesk(LetterWriting):
    """Acts on the letters of this office."""

    def __init__(self, *given: Any, numbers: LetterNumbers, effects: LetterEffects, **named: Any) -> None:
        super().__init__(*given, **named)
        self._numbers = numbers
        self._effects = effects

    # -- acts -----------------------------------------------------------------------------------------

    def save(self, letter: Letter) -> Done[Letter]:
        """Keeps a draft in the book. Raises DraftRefused, Refused("only_reads" | "letter_issued" | "letter_closed")."""
        require_writing(self._officer)
        plain = self._cleaned(letter)
        stopping = {name: one for name, one in blocking(self.problems(plain)).items() if one.code not in LATER}
        if stopping:
            raise DraftRefused(stopping)
        known = self._store.find_own(Letter, letter.id)
        if known is not None and (known.state is not LetterState.DRAFT or known.removed):
            raise Refused("letter_issued")
        stored = self._secrets.closed(plain, known)
        with self._store.unit(act="letter.save", officer=self._officer.id) as unit:
            if known is None:
                unit.put(stored)
            else:
                unit.change(known, **_words_of(stored))
            changes = unit.commit()
            self.drafts.drop(letter.id)
            return Done("letter.save", plain, changes, unit.entry if changes else "")

    def issue(self, letter: Letter, *, on: date, number: int | None = None) -> Done[Letter]:
        """Gives a letter its number and day, and tells the record (ban hành): one act.

        `number` is one taken from the paper register, None the next of this PC. Raises DraftRefused,
        Refused("letter_future" | "letter_number" | "letter_number_taken" | "letter_issued" | codes of the effects).
        """
        require_writing(self._officer)
        if why := issue_problem(letter, on, self._today(), number):
            raise Refused(why[0], **why[1])
        plain = self._cleaned(replace(letter, dated=on))
        if stopping := blocking(self.problems(plain)):
            raise DraftRefused(stopping)
        text = self.text_of(plain)
        self.save(replace(plain, dated=letter.dated))
        stored = self._own(letter.id)
        subject, record = subject_of(stored)
        with self._store.unit(act="letter.issue", officer=self._officer.id) as unit:
            values: dict[str, Any] = {"state": LetterState.ISSUED, "dated": on, "year": on.year}
            values["instrument"] = text.instrument
            if is_numbered(text):
                values["number"], values["series"] = self._numbers.give(unit, plain, on.year, number)
            after = unit.change(stored, **values)
            self._effects.apply(unit, after, subject, record)
            changes = unit.commit()
            return Done("letter.issue", replace(plain, **values), changes, unit.entry)

    def print(self, letter: Letter, *, copies: int = 1) -> Done[PrintedLetter]:
        """Makes the PDF of an issued letter and enters it in the register; from the second on it says "In lại lần n".

        Of a sealed letter the opened one is asked for. Raises Refused("letter_not_issued" | "letter_closed" | ...).
        """
        stored = self._own(letter.id)
        if stored.state is LetterState.DRAFT:
            raise Refused("letter_not_issued")
        if stored.state is LetterState.SPOILT:
            raise Refused("letter_spoilt")
        if stored.sealed is not None:
            require_reveal(self._officer)
            if not letter.body:
                raise Refused("letter_closed")
        plain = self._secrets.plain(stored)
        print_no = len(self.prints(stored.id)) + 1
        pdf = self._texts.render(self.paper(plain, print_no=print_no))
        document = IssuedDocument(
            id=new_id(),
            office=stored.office,
            form=self.text_of(stored).mark or stored.kind,
            instrument=stored.instrument,
            reception=stored.reception,
            case=stored.case,
            number=stored.book_number,
            issued_at=self._now().replace(microsecond=0),
            print_no=print_no,
            copies=max(1, copies),
            sha256=self._blobs.put(pdf),
            letter=stored.id,
        )
        with self._store.unit(act="letter.print", officer=self._officer.id) as unit:
            unit.put(document)
            return Done("letter.print", PrintedLetter(pdf, document), unit.commit(), unit.entry)

    def spoil(self, letter_id: str, reason: str) -> Done[Letter]:
        """The number stays used and is explained; what the letter had told the record is taken back.

        Raises Refused("letter_not_issued" | "reason_needed").
        """
        require_writing(self._officer)
        stored = self._own(letter_id)
        if stored.state is not LetterState.ISSUED:
            raise Refused("letter_not_issued")
        reason = reason_block(reason)
        subject, record = subject_of(stored)
        with self._store.unit(act="letter.spoil", officer=self._officer.id) as unit:
            self._effects.take_back(unit, stored, subject, record)
            after = unit.change(stored, state=LetterState.SPOILT, reason=reason)
            return Done("letter.spoil", after, unit.commit(), unit.entry)

    def discard(self, letter_id: str, reason: str) -> Done[Letter]:
        """A draft that is not needed leaves the book; a number it had kept is entered as spoilt, with the reason.

        Raises Refused("letter_issued" | "reason_needed").
        """
        require_writing(self._officer)
        stored = self._own(letter_id)
        if stored.state is not LetterState.DRAFT:
            raise Refused("letter_issued")
        reason = reason_block(reason)
        with self._store.unit(act="letter.discard", officer=self._officer.id) as unit:
            values: dict[str, Any] = {"removed": reason}
            if kept := self._numbers.kept(unit, stored):
                values = {"state": LetterState.SPOILT, "reason": reason, **kept}
            after = unit.change(stored, **values)
            changes = unit.commit()
            self.drafts.drop(letter_id)
            return Done("letter.discard", after, changes, unit.entry)

    def _own(self, letter_id: str) -> Letter:
        found = self._known(letter_id)
        if found.office != self._office.id:
            raise Refused("other_office")
        return found


_OF_A_DRAFT = ("about", "addressees", "body", "recipients", "signing", "signer_title", "signer", "sign", "adapted")


def _words_of(letter: Letter) -> dict[str, Any]:
    """What saving a draft may change."""
    return {name: getattr(letter, name) for name in (*_OF_A_DRAFT, "note", "dated", "sealed", "instrument")}


__all__ = ["LetterDesk", "LetterTexts", "PrintedLetter"]
