"""The words of one kind of letter: what stands in a form pack, or what an office wrote instead (mẫu văn bản).

Texts have {variables}. A kind names the variables it knows; an unknown one is found before anything is printed. A
variable whose value is not known stays as dots for handwriting, never as an empty hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import Formatter

from tcd_desktop.domain.letters.letter import SigningForm

BLANK = "…………"
"""What stands for a value nobody knows yet."""


WITHOUT_FORM = "Không có mẫu"
"""How the instrument of a kind begins for which the law has no form."""


class LetterLayout(StrEnum):
    """Công văn, văn bản có tên loại, biên bản, phiếu, bảng niêm yết, đơn hoặc giấy của công dân."""

    LETTER = "letter"
    TITLED = "titled"
    MINUTES = "minutes"
    NOTE = "note"
    POSTER = "poster"
    APPLICATION = "application"


class LetterSubject(StrEnum):
    """Which record a letter is written about."""

    RECEPTION = "reception"
    PETITION = "petition"
    CASE = "case"
    SITTING = "sitting"
    CONCLUSION = "conclusion"
    REMINDER = "reminder"
    CALENDAR = "calendar"
    REPORT = "report"
    NOTHING = "nothing"


CELLS = "|"
"""A line of a body that begins and ends with it is a row of a table, its cells parted by it; the first row heads it."""


def table_row(*cells: str) -> str:
    """A row of a table as a line of a body: "| 1 | Đơn khiếu nại | 03 |"."""
    texts = (" ".join(cell.replace(CELLS, "/").split()) for cell in cells)
    return f"{CELLS} {f' {CELLS} '.join(texts)} {CELLS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSignature:
    """One who signs beside others (biên bản, phiếu đề xuất, giấy ủy quyền): title in capitals, note in italics.

    `signs`: the letter's signer stands under it; the others write their names by hand.
    """

    title: str
    note: str = ""
    signs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """One kind of letter under one instrument.

    `name` is what lists call it, `mark` the form's code on the paper ("Mẫu số 01/TCD", "" = none), `type_name` the tên
    loại in capitals ("" for a công văn), `abbreviation` its letters in the sign ("TB"). `subjects`: the records it may
    be written about. `to_citizen`: it is addressed to the person, so it shows who that is; other letters about a
    denunciation must not. `variables`: name -> what it is, in words, for the picker. `unconfirmed`: the law has no
    form for it (`without_form`), or nobody could compare the words with the published form; the user is told.
    """

    kind: str
    name: str
    instrument: str
    source: str
    effective_from: date
    effective_to: date | None = None
    layout: LetterLayout
    mark: str = ""
    type_name: str = ""
    abbreviation: str = ""
    about: str = ""
    addressees: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signing: SigningForm = SigningForm.OWN
    signatures: tuple[LetterSignature, ...] = ()
    subjects: tuple[LetterSubject, ...] = ()
    to_citizen: bool = False
    variables: Mapping[str, str]
    unconfirmed: bool = False

    @property
    def without_form(self) -> bool:
        """Whether the law has no form for it: its content follows the law, its words are the program's."""
        return self.instrument.startswith(WITHOUT_FORM)

    def in_force(self, on: date) -> bool:
        """Whether a letter of that day has these words."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


def variables_in(text: str) -> tuple[str, ...]:
    """The variables of a text in their order. Raises ValueError when a brace stands alone."""
    return tuple(name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None)


def unknown_variables(texts: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The variables that no record can fill. Raises ValueError when a brace stands alone."""
    allowed = frozenset(known)
    return tuple(dict.fromkeys(name for text in texts for name in variables_in(text) if name not in allowed))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled in; values are inserted as they are and not looked into."""
    parts = Formatter().parse(text)
    return "".join(
        literal + ("" if name is None else values.get(name) or BLANK) for literal, name, _spec, _conversion in parts
    )
