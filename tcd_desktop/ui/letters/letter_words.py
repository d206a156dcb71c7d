"""How a letter is shown: its kind, state and number in words and chips; the columns of the book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from tcd_desktop.documents.letter_pack import letter_kinds, letter_text, letter_texts
from tcd_desktop.domain.letters.letter import Letter, LetterState, SigningForm
from tcd_desktop.domain.letters.letter_text import LetterSubject, LetterText
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.store.lists.letter_pages import LetterRow
from tcd_desktop.ui.cases.case_words import full_day, short_day, short_office
from tcd_desktop.ui.lists.paged_model import Chip, Column

SIGNING: dict[SigningForm, LazyText] = {
    SigningForm.OWN: lazy("Signs in person"),
    SigningForm.ON_BEHALF: lazy("TM. (on behalf of the body)"),
    SigningForm.FOR: lazy("KT. (a deputy for the head)"),
    SigningForm.BY_ORDER: lazy("TL. (by order of the head)"),
    SigningForm.BY_MANDATE: lazy("TUQ. (by mandate of the head)"),
    SigningForm.ACTING: lazy("Q. (acting head)"),
}
"""Who signs and how (NĐ 30/2020 Phụ lục I, ô 7a)."""

SUBJECTS: dict[LetterSubject, LazyText] = {
    LetterSubject.RECEPTION: lazy("Visit"),
    LetterSubject.PETITION: lazy("Petition"),
    LetterSubject.CASE: lazy("Case"),
    LetterSubject.SITTING: lazy("Reception of the head"),
    LetterSubject.CONCLUSION: lazy("Conclusion"),
    LetterSubject.REMINDER: lazy("Reminder"),
    LetterSubject.CALENDAR: lazy("Calendar"),
    LetterSubject.REPORT: lazy("Report"),
    LetterSubject.NOTHING: lazy("Of its own"),
}
STATES: dict[LetterState, LazyText] = {
    LetterState.DRAFT: lazy("Draft"),
    LetterState.ISSUED: lazy("Letter issued"),
    LetterState.SPOILT: lazy("Spoilt number"),
}


@cache
def kind_name(kind: str, on: date) -> str:
    """What a kind is called; its code when the program does not know it (a letter of a newer version)."""
    text = text_or_none(kind, on)
    return text.name if text is not None else kind


def text_or_none(kind: str, on: date) -> LetterText | None:
    """The words of a kind on a day, or of today's form, or None."""
    try:
        return letter_text(kind, on)
    except Refused:
        known = [one for one in letter_texts(date.today()) if one.kind == kind]
        return known[0] if known else None


def standing_words(text: LetterText | None) -> str:
    """Whether the words of a kind are those of a published form; "" = they were compared with it."""
    if text is None or not text.unconfirmed:
        return ""
    if text.without_form:
        return _("There is no set form: the content follows the law.")
    return _("Nobody has compared these words with the published form yet.")


def kind_options(on: date) -> list[tuple[str, str]]:
    """Every kind there is or was, by name, for a filter."""
    return [(kind, kind_name(kind, on)) for kind in letter_kinds()]


def state_chip(state: LetterState) -> Chip:
    """Draft, issued, spoilt."""
    if state is LetterState.DRAFT:
        return Chip(str(STATES[state]), "warning", "pencil")
    if state is LetterState.ISSUED:
        return Chip(str(STATES[state]), "success", "stamp")
    return Chip(str(STATES[state]), "closed", "ban")


def row_chip(row: LetterRow) -> Chip:
    """The state; a number that two PCs gave is told first."""
    if row.doubled:
        return Chip(_("Number given twice"), "danger", "triangle-alert")
    return state_chip(row.state)


def shown_about(row: LetterRow | Letter) -> str:
    """The subject as lists show it; of a sealed letter nothing but that."""
    sealed = row.sealed if isinstance(row, LetterRow) else row.sealed is not None
    return _("Kept secret: to who denounced") if sealed else row.about


def line_of(letter: Letter, today: date) -> str:
    """A letter in one line: number or draft, day, kind."""
    number = letter.book_number or str(STATES[letter.state])
    day = short_day(letter.dated, today)
    return "  ·  ".join(filter(None, (number, day, kind_name(letter.kind, letter.dated or today))))


def letter_columns(today: Callable[[], date], offices: dict[str, str]) -> tuple[Column, ...]:
    """The columns of the book; `offices` names wards by code, empty in a ward's own book."""

    def kind(row: LetterRow) -> str:
        return kind_name(row.kind, row.dated or today())

    columns = [
        Column("number", lazy("Number"), 116, text=lambda row: row.book_number, strong=True),
        Column(
            "dated",
            lazy("Date"),
            76,
            text=lambda row: short_day(row.dated, today()),
            tooltip=lambda row: full_day(row.dated),
            align="right",
            value=lambda row: row.dated,
        ),
        Column("kind", lazy("Kind"), 196, text=kind, tooltip=kind),
        Column("about", lazy("Subject"), 120, text=shown_about, tooltip=shown_about, stretch=True),
        Column("record", lazy("Belongs to"), 122, text=lambda row: row.record),
        Column("state", lazy("State"), 132, text=lambda row: "", chip=row_chip),
        Column("to", lazy("Addressed to"), 170, text=_to, tooltip=_to, shown=False),
        Column("signer", lazy("Signed by"), 150, text=lambda row: row.signer, shown=False),
        Column("prints", lazy("Prints"), 70, text=_prints, align="right", shown=False, value=lambda row: row.prints),
        Column("reason", lazy("Why spoilt"), 180, text=lambda row: row.reason, shown=False),
    ]
    if offices:
        columns.insert(2, Column("ward", lazy("Ward"), 132, text=lambda row: short_office(offices.get(row.office, ""))))
    return tuple(columns)


def _to(row: LetterRow) -> str:
    return "" if row.sealed else "; ".join(row.addressees)


def _prints(row: LetterRow) -> str:
    return str(row.prints) if row.prints else ""
