"""Words for old books: columns, what was mended, what becomes of a line, why."""

from __future__ import annotations

from collections.abc import Iterable

from tcd_desktop.domain.language.legacy_text import Mended
from tcd_desktop.domain.old_book.old_book_columns import BookColumn
from tcd_desktop.domain.old_book.old_book_rows import Doubt
from tcd_desktop.domain.problems import Problem
from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.words import problem_sentence
from tcd_desktop.words.labels import field_name

COLUMNS: dict[BookColumn, LazyText] = {
    BookColumn.IGNORE: lazy("(leave out)"),
    BookColumn.NUMBER: lazy("Running number"),
    BookColumn.DATE: lazy("Date of the visit"),
    BookColumn.TIME: lazy("Time of the visit"),
    BookColumn.NAME_ADDRESS: lazy("Full name and address"),
    BookColumn.NAME: lazy("Full name"),
    BookColumn.ADDRESS: lazy("Address"),
    BookColumn.BIRTH: lazy("Date of birth"),
    BookColumn.ID_NUMBER: lazy("Identity paper"),
    BookColumn.ID_ISSUED: lazy("Date and place of issue"),
    BookColumn.PHONE: lazy("Telephone"),
    BookColumn.CONTENT: lazy("Content of the matter"),
    BookColumn.REQUEST: lazy("Request"),
    BookColumn.CLASS_PEOPLE: lazy("Classification and number of people"),
    BookColumn.CLASSIFICATION: lazy("Classification"),
    BookColumn.PEOPLE: lazy("Number of people"),
    BookColumn.SETTLED_BY: lazy("Offices that have settled it"),
    BookColumn.ACCEPT: lazy("Handling: accepted (x)"),
    BookColumn.GUIDE: lazy("Handling: returned and guided"),
    BookColumn.FORWARD: lazy("Handling: forwarded"),
    BookColumn.DIRECTION: lazy("Handling, in words"),
    BookColumn.FOLLOW_UP: lazy("Follow-up of the result"),
    BookColumn.NOTE: lazy("Note"),
    BookColumn.KIND: lazy("Kind of reception"),
    BookColumn.RECEIVER: lazy("Receiver"),
    BookColumn.DOCUMENTS: lazy("Documents handed over"),
}
"""Column of an old book -> its words."""

MENDED: dict[Mended, LazyText] = {
    Mended.TCVN3: lazy("letters mended from TCVN3"),
    Mended.VNI: lazy("letters mended from VNI"),
    Mended.DECOMPOSED: lazy("decomposed letters composed"),
}


def column_words(column: BookColumn) -> str:
    """The words of a column."""
    return str(COLUMNS[column])


def mended_words(mended: Mended) -> str:
    """What was wrong with the letters of a cell."""
    return str(MENDED[mended])


def doubt_sentence(doubt: Doubt) -> str:
    """ "Identity paper: 1056012345 lost its zero; taken as 001056012345." """
    return _("{field}: {problem}").format(field=_field(doubt.field), problem=problem_sentence(doubt.problem))


IDENTIFYING = frozenset({"name", "address", "id_number", "id_issued", "phone", "birth_date", "note"})
"""Fields whose facts would tell who a denouncer is."""


def sentences(doubts: Iterable[Doubt], *, secret: bool = False) -> str:
    """Several, as one text. `secret`: a denunciation, of whose person no fact is told."""
    told = (
        _("{reason}.").format(reason=reason_sentence(doubt.field, doubt.problem.code))
        if secret and doubt.field in IDENTIFYING
        else doubt_sentence(doubt)
        for doubt in doubts
    )
    return " ".join(dict.fromkeys(told))


def _field(name: str) -> str:
    return _("Running number") if name == "number" else field_name(name)


def reason_sentence(field: str, code: str) -> str:
    """A reason that many lines share, without the facts of one of them."""
    return f"{_field(field)}: {SHORT.get(code) or problem_sentence(Problem(code))}"


SHORT: dict[str, LazyText] = {
    "missing": lazy("nothing is written there"),
    "unreadable_day": lazy("not a day"),
    "future_date": lazy("a day in the future"),
    "day_before_the_line_above": lazy("earlier than the line above"),
    "zero_lost": lazy("a lost zero was put back"),
    "unreadable_number": lazy("no number of an identity paper"),
    "old_book_without": lazy("the old book does not tell"),
    "unreadable_class": lazy("none of the four kinds"),
    "class_from_content": lazy("taken from the content"),
    "several_classes": lazy("several kinds in one line"),
    "several_people": lazy("several people in one cell"),
    "people_uncounted": lazy("the number of people is not told"),
    "fewer_than_named": lazy("fewer people than names"),
    "several_directions": lazy("several ways of handling"),
    "ditto_without_above": lazy("a ditto mark with nothing above it"),
    "text_cut": lazy("longer than the program keeps"),
    "value_dropped": lazy("impossible as written, left empty"),
    "number_taken": lazy("taken already, a new number is given"),
    "number_missing": lazy("no number in the book, one is given"),
    "line_twice": lazy("the same line again"),
    "id_length": lazy("a wrong number of figures"),
    "id_province": lazy("no known code of a province"),
    "id_sex": lazy("does not fit the sex"),
    "id_birth_year": lazy("does not fit the year of birth"),
    "id_not_digits": lazy("not only figures"),
    "passport_form": lazy("unusual for a passport"),
    "phone_form": lazy("unusual for a telephone number"),
    "phone_old": lazy("an old number with eleven figures"),
}
"""Code -> a few words for a count of lines."""
