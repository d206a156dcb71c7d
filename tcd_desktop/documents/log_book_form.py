"""Mẫu số 03/TCD as dated data: the columns of the log book and their headings, and the program's own words for it.

resources/forms/<instrument>/03-tcd.toml holds what the form says, resources/forms/local/log-book.toml the rest. A pack
is checked when it is loaded: an unknown column or placeholder is an error that names it.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

from tcd_desktop.documents.form_pack import PackError
from tcd_desktop.documents.sheet_style import mm
from tcd_desktop.domain.follow_up.follow_up_terms import SettlementResult
from tcd_desktop.domain.terms import AnswerChannel, AnswerKind, CaseState, Classification, Direction, IdKind
from tcd_desktop.paths import shipped

CODE: Final = "03/TCD"
FILE: Final = "03-tcd.toml"
COLUMNS: Final = frozenset(
    {
        *("number", "date", "person", "identity", "matter", "classification", "people", "classification_people"),
        *("settled_by", "accepted", "guided", "forwarded", "follow_up", "note"),
    }
)
"""What a column may hold; `log_book_cells` says how."""
TABLE_WIDTH: Final = mm(270)
_DAY: Final = frozenset({"day"})
_NONE: Final[frozenset[str]] = frozenset()

WORDS: Final[Mapping[str, frozenset[str]]] = {
    "document_title": _NONE,
    "period": frozenset({"since", "until"}),
    "period_day": frozenset({"since"}),
    "only": frozenset({"what"}),
    "only_officers": _NONE,
    "only_head": _NONE,
    "only_class": frozenset({"what"}),
    "made": frozenset({"day", "officer"}),
    "masked_note": _NONE,
    "opened_note": frozenset({"reason"}),
    "page_total": _NONE,
    "running_total": _NONE,
    "total": _NONE,
    "visits": frozenset({"visits"}),
    "people": frozenset({"people"}),
    "classes": frozenset({*map(str, Classification), "crowds", "by_head"}),
    "classes_note": _NONE,
    "pages": frozenset({"pages"}),
    "none": _NONE,
    "page": frozenset({"page"}),
    "of_pages": frozenset({"pages"}),
    "continued": _NONE,
    "left_signs": _NONE,
    "left_signs_note": _NONE,
    "right_signs": _NONE,
    "right_signs_note": _NONE,
    "place_date": frozenset({"locality", "day", "month", "year"}),
    "training": _NONE,
    "masked": _NONE,
    "accepted_mark": _NONE,
    "represents": frozenset({"name"}),
    "group": frozenset({"people"}),
    "issued": _DAY,
    "request": frozenset({"request"}),
    "letter": frozenset({"number"}),
    "letter_dated": frozenset({"number", "day"}),
    "dated": _DAY,
    "answered": frozenset({"day", "kind"}),
    "case": frozenset({"number", "state"}),
    "case_result": frozenset({"number", "state", "result"}),
    "refused": _NONE,
    "refused_notice": frozenset({"number", "day"}),
    "removed": frozenset({"reason"}),
    "same_visit": frozenset({"number"}),
    "head": _NONE,
    "delegate": _NONE,
    "online": _NONE,
    "crowd": _NONE,
    **{f"direction.{name}": _NONE for name in (Direction.REQUIRE_LOWER, Direction.EXPLAIN, Direction.TO_HEAD)},
    **{f"answer.{name}": _NONE for name in AnswerKind},
    **{f"channel.{name}": _NONE for name in AnswerChannel},
    **{f"id_kind.{name}": _NONE for name in (IdKind.PASSPORT, IdKind.OTHER)},
    **{f"case_state.{name}": _NONE for name in CaseState},
    **{f"result.{name}": _NONE for name in SettlementResult},
}
"""The program's own words of the book -> the placeholders each may use."""


@dataclass(frozen=True, slots=True)
class BookColumn:
    """A column: what it holds, its heading, the heading over it and its neighbours ("" = none), width in points."""

    key: str
    heading: str
    group: str
    width: float
    centred: bool


@dataclass(frozen=True, slots=True)
class BookForm:
    """The form under one instrument. Dates: first and last day (None = still in force)."""

    instrument: str
    mark: str
    title: str
    effective_from: date
    effective_to: date | None
    columns: tuple[BookColumn, ...]
    classes: Mapping[str, str]
    unconfirmed: tuple[str, ...]

    def in_force(self, on: date) -> bool:
        """Whether a visit of that day stands in a book of this form."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


def book_form(on: date) -> BookForm:
    """The form of a day; visits from before the first known form stand in that one."""
    forms = book_forms()
    return next((form for form in forms if form.in_force(on)), forms[0] if on < forms[0].effective_from else forms[-1])


@cache
def book_forms() -> tuple[BookForm, ...]:
    """All shipped forms, the oldest first."""
    found = [load_form(path) for path in shipped("resources", "forms").glob(f"*/{FILE}")]
    return tuple(sorted(found, key=lambda form: form.effective_from))


def load_form(path: Path) -> BookForm:
    """Reads and checks one pack. Raises PackError."""
    where = f"{path.parent.name}/{path.name}"
    data = _read(path, where)
    try:
        columns = tuple(
            BookColumn(
                key=line["key"],
                heading=line["heading"],
                group=line.get("group", ""),
                width=mm(line["width"]),
                centred=line.get("align", "left") == "center",
            )
            for line in data["column"]
        )
        form = BookForm(
            instrument=data["instrument"],
            mark=data["words"]["mark"],
            title=data["words"]["title"],
            effective_from=data["effective_from"],
            effective_to=data.get("effective_to"),
            columns=columns,
            classes=data["classification"],
            unconfirmed=tuple(data["unconfirmed"]),
        )
    except KeyError as error:
        raise PackError(f"{where}: {error.args[0]!r} is missing") from error
    for column in form.columns:
        if column.key not in COLUMNS:
            raise PackError(f"{where}: nothing fills the column {column.key!r}")
    for classification in Classification:
        if classification not in form.classes:
            raise PackError(f"{where}: the word for {classification!s} is missing")
    if abs(sum(column.width for column in form.columns) - TABLE_WIDTH) > 0.5:
        raise PackError(f"{where}: the columns are not 270 mm wide together")
    return form


class BookWords:
    """The program's own words of the book."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __getitem__(self, name: str) -> str:
        return self._texts[name]

    def get(self, name: str) -> str:
        """The word, "" when there is none for it."""
        return self._texts.get(name, "")

    def fill(self, name: str, /, **values: object) -> str:
        """The text with its placeholders filled; values are not looked into."""
        return self._texts[name].format(**values)


@cache
def book_words() -> BookWords:
    """The shipped words."""
    return load_words(shipped("resources", "forms", "local", "log-book.toml"))


def load_words(path: Path) -> BookWords:
    """Reads and checks the words. Raises PackError."""
    where = f"{path.parent.name}/{path.name}"
    data = _read(path, where)
    texts = dict(data.pop("words", {}))
    texts |= {f"{table}.{name}": text for table, words in data.items() for name, text in words.items()}
    for name in WORDS.keys() - texts.keys():
        raise PackError(f"{where}: the text {name!r} is missing")
    for name, text in texts.items():
        if name not in WORDS:
            raise PackError(f"{where}: nothing prints the text {name!r}")
        for _literal, placeholder, _spec, _conversion in Formatter().parse(text):
            if placeholder is not None and placeholder not in WORDS[name]:
                raise PackError(f"{where}: unknown placeholder {{{placeholder}}} in {name!r}")
    return BookWords(texts)


def _read(path: Path, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where}: {error}") from error
