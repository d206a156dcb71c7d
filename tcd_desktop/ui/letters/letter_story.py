"""What the pane and the page of a letter tell: facts, prints, history. Read in a reader thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tcd_desktop.domain.cases.case_file import CaseFile, IssuedDocument, Petition
from tcd_desktop.domain.letters.letter import Letter, LetterState
from tcd_desktop.domain.letters.letter_rules import subject_of
from tcd_desktop.domain.letters.letter_text import LetterSubject
from tcd_desktop.domain.office import Office
from tcd_desktop.domain.receptions.reception import Reception
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.cases.case_words import full_day
from tcd_desktop.ui.letters.letter_words import (
    SIGNING,
    SUBJECTS,
    kind_name,
    shown_about,
    standing_words,
    state_chip,
    text_or_none,
)
from tcd_desktop.ui.lists.inspector import Facts
from tcd_desktop.ui.lists.paged_model import Chip
from tcd_desktop.ui.signing.signature_words import signed_words


@dataclass(frozen=True, slots=True)
class LetterStory:
    """A letter as it is stored with what belongs to it. `place` is (desk, record) it is about, None = nothing."""

    letter: Letter
    own: bool
    office_name: str
    today: date
    prints: tuple[IssuedDocument, ...] = ()
    record_name: str = ""
    place: tuple[str, str] | None = None


def read_letter(office: OpenOffice, letter_id: str) -> LetterStory | None:
    """Reads a letter; None when it is not there any more."""
    letter = office.letters.find(letter_id)
    if letter is None or letter.removed:
        return None
    sender = office.store.find(Office, letter.office)
    name, place = _record(office, letter)
    return LetterStory(
        letter=letter,
        own=office.writes_in(letter.office),
        office_name=sender.name if sender else letter.office,
        today=office.today(),
        prints=tuple(office.letters.prints(letter_id)),
        record_name=name,
        place=place,
    )


def _record(office: OpenOffice, letter: Letter) -> tuple[str, tuple[str, str] | None]:
    """(what the letter is about, where that is seen)."""
    subject, record = subject_of(letter)
    store = office.store
    if subject is LetterSubject.CONCLUSION and (conclusion := store.find(Conclusion, record)):
        subject, record = LetterSubject.SITTING, conclusion.sitting
    if subject is LetterSubject.SITTING and (sitting := store.find(Sitting, record)):
        return f"{SUBJECTS[subject]} {full_day(sitting.day)}", ("calendar", sitting.id)
    if subject is LetterSubject.PETITION and (petition := store.find(Petition, record)):
        return f"{SUBJECTS[subject]} {petition.book_number}".rstrip(), ("petitions", petition.id)
    if subject is LetterSubject.RECEPTION and (visit := store.find(Reception, record)):
        return f"{SUBJECTS[subject]} {visit.book_number}", ("receptions", visit.id)
    case = store.find(CaseFile, letter.case) if letter.case else None
    if case is not None:
        return f"{case.book_number} · {case.title}", ("cases", case.id)
    return (str(SUBJECTS[subject]) if subject is LetterSubject.REMINDER else ""), None


def chips_of(story: LetterStory) -> list[Chip]:
    """State, secrecy, words of the office's own."""
    letter = story.letter
    found = [state_chip(letter.state)]
    if letter.sealed is not None:
        found.append(Chip(_("Sealed"), "secret", "lock"))
    if letter.adapted:
        found.append(Chip(_("Own words"), "neutral", "bookmark"))
    return found


def title_of(story: LetterStory) -> str:
    """The number, or the kind of a draft."""
    letter = story.letter
    return letter.book_number or kind_name(letter.kind, letter.dated or story.today)


def groups_of(story: LetterStory, opened: Letter | None = None) -> list[tuple[str, Facts]]:
    """The facts; the words of a sealed letter only when it was opened."""
    letter = opened or story.letter
    text = text_or_none(letter.kind, letter.dated or story.today)
    closed = story.letter.sealed is not None and opened is None
    signer = ", ".join(filter(None, (letter.signer, letter.signer_title)))
    return [
        (
            _("Letter"),
            [
                (_("Kind"), kind_name(letter.kind, letter.dated or story.today)),
                (_("Number"), letter.book_number),
                (_("Date"), full_day(letter.dated)),
                (_("Subject"), shown_about(letter) if not closed else _("kept secret; looking at it needs a reason")),
                (_("Addressed to"), "" if closed else "\n".join(letter.addressees)),
                (_("Written about"), story.record_name),
            ],
        ),
        (_("Signature"), [(_("How"), str(SIGNING[letter.signing])), (_("Signed by"), signer)]),
        (
            _("Form of the letter"),
            [
                (_("Form number"), text.mark if text else ""),
                (_("Words from"), letter.instrument),
                (_("Wording"), standing_words(text)),
            ],
        ),
        (_("Spoilt number"), [(_("Reason"), letter.reason if letter.state is LetterState.SPOILT else "")]),
        (_("Prints"), [(print_day(one), print_words(one)) for one in story.prints]),
    ]


def print_day(document: IssuedDocument) -> str:
    """When it was printed."""
    return f"{document.issued_at:%d/%m/%Y %H:%M}"


def print_words(document: IssuedDocument) -> str:
    """The first print or which reprint, and how many copies."""
    again = document.print_no - 1
    name = _("Reprint {n}").format(n=again) if again else _("First print")
    copies = ngettext("{n} copy", "{n} copies", document.copies).format(n=document.copies)
    return "\n".join(filter(None, (f"{name} · {copies}", signed_words(document))))
