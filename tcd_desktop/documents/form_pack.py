"""Texts of official forms as dated data: resources/forms/<instrument>/<form>.toml.

A paper of 2025 is printed with the words of 2025, and the next decree is a new file. A pack is checked when
it is loaded: a missing text or a placeholder nobody fills is an error that names it, not a hole on paper.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.terms import PaperCondition
from tcd_desktop.paths import shipped

_DAY = frozenset({"day", "month", "year"})
_NONE: frozenset[str] = frozenset()

TEXTS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "02/TCD": {
        "mark": _NONE,
        "number": frozenset({"number"}),
        "place_date": _DAY | {"locality"},
        "title": _NONE,
        "subject": _NONE,
        "at": _DAY | {"hour", "minute", "place"},
        "receiver": frozenset({"receiver_name"}),
        "receiver_title": frozenset({"receiver_title"}),
        "giver": frozenset({"salutation", "giver_name"}),
        "identity": frozenset({"id_number", "id_issued", "id_place"}),
        "address": frozenset({"address"}),
        "papers": _NONE,
        "copies": frozenset({"copies"}),
        "giver_signs": _NONE,
        "giver_signs_note": _NONE,
        "receiver_signs": _NONE,
        "receiver_signs_note": _NONE,
        "salutation_male": _NONE,
        "salutation_female": _NONE,
        "salutation_unknown": _NONE,
        "document_title": _NONE,
        "paper": frozenset({"name", "pages", "condition"}),
        "footer": frozenset({"number"}),
        "footer_unnumbered": frozenset({"date"}),
        "footer_page": frozenset({"page", "pages"}),
        "reprint": frozenset({"times"}),
        "training": _NONE,
        **{f"condition.{condition}": frozenset({"blank"}) for condition in PaperCondition},
    },
    "letter-sheet": {
        "number": frozenset({"number"}),
        "place_date": _DAY | {"locality"},
        "about": frozenset({"about"}),
        "to": _NONE,
        "recipients": _NONE,
        "appendix_note": _DAY | {"document", "number", "office"},
        "appendix_letter": _NONE,
        "appendix_titled": frozenset({"type_name"}),
        "reprint": frozenset({"times"}),
        "draft": _NONE,
        "training": _NONE,
        "footer": frozenset({"name", "number"}),
        "footer_page": frozenset({"page", "pages"}),
        "letter_name": _NONE,
    },
}
"""Form code -> the texts its pack must hold -> the placeholders each may use."""


class PackError(ValueError):
    """A shipped form pack is wrong; the message names the file, the text and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class FormPack:
    """The words of one form under one instrument. Dates: first and last day (None = still in force).

    `unconfirmed`: nobody could compare the words with the published form.
    """

    code: str
    instrument: str
    source: str
    effective_from: date
    effective_to: date | None
    texts: Mapping[str, str]
    unconfirmed: bool = False

    def __getitem__(self, name: str) -> str:
        """The text without filling anything in."""
        return self.texts[name]

    def fill(self, text: str, /, **values: str) -> str:
        """The text with its placeholders filled; values are inserted as they are and not looked into."""
        return "".join([_piece(part, values) for part in _parts(self.texts[text])])

    def in_force(self, on: date) -> bool:
        """Whether a paper of that day is printed with this pack."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


Part = tuple[str, str | None]


@cache
def _parts(text: str) -> tuple[Part, ...]:
    return tuple((literal, name) for literal, name, _spec, _conversion in Formatter().parse(text))


def _piece(part: Part, values: Mapping[str, str]) -> str:
    literal, name = part
    return literal if name is None else literal + values[name]


def form_for(code: str, on: date) -> FormPack:
    """The pack of a form on a day. Raises Refused("no_form", form=..., on=...) when none was in force."""
    for pack in _packs(code):
        if pack.in_force(on):
            return pack
    raise Refused("no_form", form=code, on=on)


@cache
def _packs(code: str) -> tuple[FormPack, ...]:
    return tuple(load_packs(shipped("resources", "forms"), code))


def load_packs(folder: Path, code: str) -> Iterator[FormPack]:
    """All packs of a form under `folder`, whatever their dates. Raises PackError."""
    for path in sorted(folder.glob(f"*/{file_stem(code)}.toml")):
        yield load_pack(path)


def file_stem(code: str) -> str:
    """ "02/TCD" -> "02-tcd"."""
    return code.replace("/", "-").lower()


def load_pack(path: Path) -> FormPack:
    """Reads and checks one pack. Raises PackError."""
    where = f"{path.parent.name}/{path.name}"
    try:
        data = tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
        pack = FormPack(
            code=data["code"],
            instrument=data["instrument"],
            source=data["source"],
            effective_from=data["effective_from"],
            effective_to=data.get("effective_to"),
            texts=MappingProxyType(_texts(data)),
            unconfirmed=data.get("unconfirmed", False),
        )
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where}: {error}") from error
    except KeyError as error:
        raise PackError(f"{where}: {error.args[0]!r} is missing") from error
    _check(pack, where)
    return pack


def _texts(data: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    texts = {**data["words"], **data.get("practice", {})}
    texts |= {f"condition.{name}": text for name, text in data.get("condition", {}).items()}
    return texts


def _check(pack: FormPack, where: str) -> None:
    if pack.code not in TEXTS:
        raise PackError(f"{where}: unknown form {pack.code!r}")
    allowed = TEXTS[pack.code]
    for name in allowed.keys() - pack.texts.keys():
        raise PackError(f"{where}: the text {name!r} is missing")
    for name, text in pack.texts.items():
        if name not in allowed:
            raise PackError(f"{where}: nothing prints the text {name!r}")
        for placeholder in _placeholders(text, where, name):
            if placeholder not in allowed[name]:
                raise PackError(f"{where}: unknown placeholder {{{placeholder}}} in {name!r}")


def _placeholders(text: str, where: str, name: str) -> list[str]:
    try:
        return [field for _literal, field in _parts(text) if field is not None]
    except ValueError as error:
        raise PackError(f"{where}: {name!r} is not a text with placeholders: {error}") from error
