"""Letters that go out (văn bản đi): which fit a record, drafting one, what its paper says. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from tcd_desktop.domain.cases.case_file import IssuedDocument, Petition
from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.letters.letter import Letter, LetterState
from tcd_desktop.domain.letters.letter_paper import LetterPaper
from tcd_desktop.domain.letters.letter_rules import about_fields, bare_title, letter_problems, sign_of, subject_of
from tcd_desktop.domain.letters.letter_text import LetterSubject, LetterText, fill
from tcd_desktop.domain.office import Office, Officer
from tcd_desktop.domain.papers.paper_code import PaperCode
from tcd_desktop.domain.people.named_in_text import fields_that_name
from tcd_desktop.domain.problems import Problem, Problems, Refused
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.services.letters.letter_drafts import LetterDrafts
from tcd_desktop.services.letters.letter_facts import LetterFacts
from tcd_desktop.services.letters.letter_kinds import OfferedKind, offered_kinds
from tcd_desktop.services.letters.letter_reading import LetterReader, about_of, is_secret
from tcd_desktop.services.letters.letter_secrets import LetterSecrets
from tcd_desktop.services.letters.letter_values import masked, masked_text, values_of
from tcd_desktop.services.letters.own_text_desk import OwnTextDesk
from tcd_desktop.services.people.secrecy import Secrecy
from tcd_desktop.services.rights import require_reveal
from tcd_desktop.store.closed.blobs import Blobs
from tcd_desktop.store.journal.clock import new_id
from tcd_desktop.store.lists.letter_pages import LetterPages
from tcd_desktop.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTexts:
    """The words of letters, from the composition root: services know no form packs.

    `identity` are the variables that tell who the citizen is, `words` what letters say for the codes of the books.
    """

    text: Callable[[str, date], LetterText]
    texts_on: Callable[[date], Iterable[LetterText]]
    identity: Callable[[], frozenset[str]]
    words: Callable[[], Mapping[str, str]]
    render: Callable[[LetterPaper], bytes]


class LetterWriting:
    """What a window and the acts of `LetterDesk` ask. A `Letter` it gives is whole ("plain") unless it is sealed."""

    pages = LetterPages()

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        *,
        office: Office,
        officer: Officer,
        secrecy: Secrecy,
        texts: LetterTexts,
        reader: LetterReader,
        own_texts: OwnTextDesk,
        now: Callable[[], datetime],
        practice: bool,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._office = office
        self._officer = officer
        self._secrecy = secrecy
        self._texts = texts
        self._reader = reader
        self._own_texts = own_texts
        self._now = now
        self._practice = practice
        self._secrets = LetterSecrets(
            store, officer=officer, secrecy=secrecy, reader=reader, text=self._text_or_none, today=self._today
        )
        self.drafts = LetterDrafts(store, office=office, officer=officer, secrecy=secrecy)

    # -- what can be written -------------------------------------------------------------------------

    def kinds_for(self, subject: LetterSubject, record: str = "") -> tuple[OfferedKind, ...]:
        """What may be written about a record today, the likeliest first. Raises Refused("unknown_record" | ...)."""
        facts = self._reader.facts(subject, record, self._today())
        texts = [text for text in self._texts.texts_on(self._today()) if subject in text.subjects]
        written = {one.kind for one in self.of_record(subject, record) if one.state is LetterState.ISSUED}
        return offered_kinds(facts, texts, written)

    def text_of(self, letter: Letter) -> LetterText:
        """The shipped words of a letter's kind on its day: an old letter keeps its old form.

        Raises Refused("no_form").
        """
        return self._texts.text(letter.kind, letter.dated or self._today())

    def needs_identity(self, kind: str, subject: LetterSubject, record: str) -> bool:
        """Whether a letter can be drafted only after a denouncer's identity was opened with a reason."""
        facts = self._reader.facts(subject, record, self._today())
        text = self._texts.text(kind, self._today())
        return text.to_citizen and is_secret(facts) and self._reader.identity_record(subject, record) is not None

    def open_identity(self, subject: LetterSubject, record: str, reason: str) -> Reception | Petition:
        """Who a letter goes to; who looked and why goes into the journal first.

        Raises Refused("reveal_right" | "reason_needed" | "unknown_record" | "sealed_for_others").
        """
        require_reveal(self._officer)
        closed = self._reader.identity_record(subject, record)
        if closed is None:
            raise Refused("unknown_record")
        opened = self._secrecy.open(closed)
        self._secrets.disclose(closed.id, reason)
        return opened

    def draft(
        self,
        kind: str,
        subject: LetterSubject,
        record: str = "",
        *,
        opened: Reception | Petition | None = None,
        more: Mapping[str, str] | None = None,
        on: date | None = None,
    ) -> Letter:
        """A letter with its words filled in from the record; nothing is written. `more` are values of the caller's own.

        The words are those of the day `on` (today): a letter of another time has the form of its time.
        Raises Refused("no_form" | "letter_subject" | "letter_identity_needed" | "unknown_record" | "other_office").
        """
        today = on or self._today()
        text = self._texts.text(kind, today)
        if subject not in text.subjects:
            raise Refused("letter_subject", kind=text.name)
        if opened is None and self.needs_identity(kind, subject, record):
            raise Refused("letter_identity_needed")
        facts = self._reader.facts(subject, record, today, opened=opened)
        own = self._own_texts.in_force(kind, today)
        values = {**self._values(facts, text, record), **(more or {})}
        hidden = is_secret(facts) and not text.to_citizen
        links: dict[str, Any] = {**about_fields(subject, record), **about_of(facts)}
        return self._cleaned(
            Letter(
                id=new_id(),
                office=self._office.id,
                kind=kind,
                instrument=text.instrument,
                sign=sign_of(text, self._office.name),
                about=_one(own.about if own and own.about else text.about, values, hidden),
                addressees=_filled(text.addressees, values, hidden),
                body=_filled(own.body if own else text.body, values, hidden),
                recipients=_filled(own.recipients if own and own.recipients else text.recipients, values, hidden),
                signing=text.signing,
                signer_title=bare_title(self._office.head_title),
                signer=self._office.head_name,
                adapted=own is not None,
                **links,
            )
        )

    def values(self, letter: Letter, *, opened: Reception | Petition | None = None) -> dict[str, str]:
        """The values a letter's variables have, for the picker of the form. Raises as `draft`."""
        subject, record = subject_of(letter)
        text = self.text_of(letter)
        facts = self._reader.facts(subject, record, letter.dated or self._today(), opened=opened)
        if text.to_citizen and is_secret(facts) and opened is None:
            return masked(values_of(facts, self._texts.words()), self._texts.identity(), self._texts.words())
        return self._values(facts, text, record)

    def _values(self, facts: LetterFacts, text: LetterText, record: str) -> dict[str, str]:
        words = self._texts.words()
        values = values_of(facts, words)
        if is_secret(facts):
            if text.to_citizen:
                return values
            values = masked(values, self._texts.identity(), words)
        return self._without_names(values, facts, record)

    def _without_names(self, values: dict[str, str], facts: LetterFacts, record: str) -> dict[str, str]:
        """What was told may name the denouncer: those values are left to be written by hand."""
        telling: set[str] = set()
        for person in self._reader.unknown_people(facts.subject, record) if record else ():
            telling.update(fields_that_name(person, values))
        return {name: value for name, value in values.items() if name not in telling}

    # -- reading -------------------------------------------------------------------------------------

    def find(self, letter_id: str) -> Letter | None:
        """A letter as it is stored: the words of one to a denouncer stay sealed."""
        return self._store.find(Letter, letter_id)

    def of_record(self, subject: LetterSubject, record: str) -> list[Letter]:
        """The letters about a record and what belongs to it, the newest first."""
        conditions = {
            LetterSubject.RECEPTION: "reception = ?",
            LetterSubject.PETITION: "petition = ?",
            LetterSubject.CASE: (
                '("case" = ? OR reception IN (SELECT id FROM reception WHERE "case" = ?)'
                ' OR petition IN (SELECT id FROM petition WHERE "case" = ?))'
            ),
            LetterSubject.SITTING: "sitting = ?",
            LetterSubject.CONCLUSION: "target = ?",
            LetterSubject.REMINDER: "target = ?",
        }
        condition = conditions.get(subject)
        if condition is None:
            return []
        where = f"{condition} AND removed = '' ORDER BY dated IS NOT NULL, dated DESC, id DESC"
        return self._store.all(Letter, where, (record,) * condition.count("?"))

    def open(self, letter_id: str, reason: str) -> Letter:
        """A sealed letter with its words; who looked and why goes into the journal first.

        Raises Refused("reveal_right" | "reason_needed" | "unknown_record" | "sealed_for_others").
        """
        require_reveal(self._officer)
        letter = self._known(letter_id)
        plain = self._secrets.plain(letter)
        self._secrets.disclose(letter.reception or letter.petition or letter.case or letter.id, reason)
        return plain

    def prints(self, letter_id: str) -> list[IssuedDocument]:
        """What was printed of a letter, oldest first."""
        return self._store.all(IssuedDocument, "letter = ? ORDER BY issued_at, print_no, id", (letter_id,))

    def stored_pdf(self, document: IssuedDocument) -> bytes:
        """The very PDF that was printed, with the digital signatures it got since. Raises StoreUnavailable."""
        return self._blobs.get(document.signed_sha256 or document.sha256)

    def problems(self, letter: Letter) -> Problems:
        """What is missing or impossible in a plain letter."""
        found = dict(letter_problems(letter, self._text_or_none(letter)))
        for name in self._secrets.naming_fields(letter):
            found[name] = Problem("letter_names_denouncer")
        return found

    def paper(self, letter: Letter, *, print_no: int = 1) -> LetterPaper:
        """What the paper says."""
        text, office = self.text_of(letter), self._office
        sender = self._store.find(Office, letter.office) or office
        numbered = PaperCode(
            office=letter.office, number=letter.number, series=letter.series, year=letter.year, kind=letter.kind
        )
        return LetterPaper(
            layout=text.layout,
            mark=text.mark,
            superior_name=sender.superior_name,
            office_name=sender.name,
            locality=sender.locality,
            number=letter.book_number,
            sign=letter.sign,
            dated=letter.dated,
            type_name=text.type_name,
            about=letter.about,
            addressees=letter.addressees,
            body=letter.body,
            recipients=letter.recipients,
            signing=letter.signing,
            signer_title=letter.signer_title,
            signer=letter.signer,
            signatures=text.signatures,
            code=str(numbered) if letter.number else "",
            issued=datetime.combine(letter.dated or self._today(), time(0)),
            print_no=print_no,
            draft=letter.state is LetterState.DRAFT,
            practice=self._practice,
        )

    def preview(self, letter: Letter) -> bytes:
        """The PDF as it would be printed now."""
        return self._texts.render(self.paper(letter))

    def hides(self, letter: Letter) -> bool:
        """Whether a letter's words lie sealed: it goes to somebody who must stay unknown."""
        return self._secrets.hides(letter)

    # -- parts --------------------------------------------------------------------------------------

    def _cleaned(self, letter: Letter) -> Letter:
        texts: dict[str, Any] = {name: _clean_lines(getattr(letter, name)) for name in ("addressees", "recipients")}
        texts |= {name: clean_line(getattr(letter, name)) for name in ("about", "sign", "signer_title", "signer")}
        body = tuple(line for part in letter.body for line in clean_block(part).split("\n") if line.strip())
        return replace(letter, **texts, body=body, note=clean_block(letter.note))

    def _text_or_none(self, letter: Letter) -> LetterText | None:
        try:
            return self.text_of(letter)
        except Refused:
            return None

    def _today(self) -> date:
        return self._now().date()

    def _known(self, letter_id: str) -> Letter:
        found = self._store.find(Letter, letter_id)
        if found is None or found.removed:
            raise Refused("unknown_record")
        return found


def _one(text: str, values: Mapping[str, str], hidden: bool) -> str:
    return " ".join(fill(masked_text(text) if hidden else text, values).split())


def _filled(texts: Iterable[str], values: Mapping[str, str], hidden: bool) -> tuple[str, ...]:
    """The texts with their variables filled; a value of several lines becomes as many."""
    filled = (fill(masked_text(text) if hidden else text, values) for text in texts)
    return tuple(line for text in filled for line in text.split("\n"))


def _clean_lines(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for text in lines if (line := clean_line(text)))
