"""The fields of a letter's form, and the way from a letter to what is typed and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tcd_desktop.domain.letters.letter import Letter, SigningForm
from tcd_desktop.domain.letters.letter_rules import LINE, WHOLE, is_numbered
from tcd_desktop.domain.letters.letter_text import LetterText
from tcd_desktop.i18n import _
from tcd_desktop.ui.forms.form_fields import Card, ChoiceField, DateField, Field, IntField, LineField, TextField
from tcd_desktop.ui.letters.letter_words import SIGNING

WITH_VARIABLES = ("body", "addressees", "about", "recipients")
"""Fields into which a value of the record can be put, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterForm:
    """What is typed: several lines are texts here. `number` is one of the paper register, None = the next one."""

    kind: str
    dated: date | None = None
    number: int | None = None
    sign: str = ""
    about: str = ""
    addressees: str = ""
    body: str = ""
    recipients: str = ""
    signing: SigningForm = SigningForm.OWN
    signer_title: str = ""
    signer: str = ""
    note: str = ""


def form_of(letter: Letter, today: date) -> LetterForm:
    """What the form shows of a letter; a draft is dated today until somebody says otherwise."""
    return LetterForm(
        kind=letter.kind,
        dated=letter.dated or today,
        sign=letter.sign,
        about=letter.about,
        addressees="\n".join(letter.addressees),
        body="\n".join(letter.body),
        recipients="\n".join(letter.recipients),
        signing=letter.signing,
        signer_title=letter.signer_title,
        signer=letter.signer,
        note=letter.note,
    )


def letter_of(form: LetterForm, letter: Letter) -> Letter:
    """The letter with what was typed; its day is told when it is issued."""
    return replace(
        letter,
        dated=form.dated,
        sign=form.sign,
        about=form.about,
        addressees=lines_of(form.addressees),
        body=lines_of(form.body),
        recipients=lines_of(form.recipients),
        signing=form.signing,
        signer_title=form.signer_title,
        signer=form.signer,
        note=form.note,
    )


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line for line in text.split("\n") if line.strip())


def make_fields(kinds: list[tuple[str, str]], today: Callable[[], date]) -> dict[str, Field]:
    """The fields in the order of the paper. `kinds` are those offered for the record."""
    fields: dict[str, Field] = {
        "kind": ChoiceField(_("Kind"), list(kinds), style="combo"),
        "dated": DateField(_("Date"), today=today),
        "number": IntField(_("Number"), least=1, most=99_999),
        "sign": LineField(_("Sign"), max_length=60),
        "addressees": TextField(_("Addressed to"), lines=2, hint=_("one on a line")),
        "about": LineField(_("Subject"), max_length=LINE),
        "body": TextField(_("Words"), lines=9, hint=_("each line is a paragraph")),
        "recipients": TextField(_("Copies to (Nơi nhận)"), lines=3, hint=_("one on a line")),
        "signing": ChoiceField(_("How it is signed"), list(SIGNING.items()), style="combo"),
        "signer_title": LineField(_("Title of the signer"), max_length=120),
        "signer": LineField(_("Name of the signer"), max_length=120),
        "note": LineField(_("Note of the office (is not printed)"), max_length=LINE),
    }
    number = fields["number"]
    assert isinstance(number, IntField)
    number.editor.setPlaceholderText(_("the next number"))
    body = fields["body"]
    assert isinstance(body, TextField)
    body.set_limit(WHOLE)
    return fields


def show_needed(fields: dict[str, Field], text: LetterText | None, letter: Letter) -> None:
    """Only what the paper has: a poster has no number, minutes go to nobody. The fields have their places already."""
    numbered = text is None or is_numbered(text)
    for name in ("number", "sign"):
        fields[name].setVisible(numbered)
    fields["addressees"].setVisible(text is None or bool(text.addressees or letter.addressees))


def cards(fields: dict[str, Field], picker: Field | None = None) -> tuple[Card, Card, Card]:
    """The fields in three quiet cards: number, words, signature."""
    first = Card()
    first.lines.addWidget(fields["kind"])
    first.add_row((fields["dated"], 4), (fields["number"], 4), (fields["sign"], 4))
    words = Card(_("The document"))
    for name in ("addressees", "about", "body", "recipients"):
        words.lines.addWidget(fields[name])
    signature = Card(_("Signature"))
    signature.lines.addWidget(fields["signing"])
    signature.add_row((fields["signer_title"], 1), (fields["signer"], 1))
    signature.lines.addWidget(fields["note"])
    return first, words, signature
