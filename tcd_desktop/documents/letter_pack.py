"""The words of the letters as dated data: resources/forms/<instrument>/letters/<kind>.toml.

A letter about a matter of 2025 has the words of 2025. All packs are checked when the first is asked for: a missing
text, an unknown variable or a brace that stands alone is an error that names the file.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tcd_desktop.documents.form_pack import PackError
from tcd_desktop.domain.letters.letter import SigningForm
from tcd_desktop.domain.letters.letter_text import (
    LetterLayout,
    LetterSignature,
    LetterSubject,
    LetterText,
    unknown_variables,
    variables_in,
)
from tcd_desktop.domain.problems import Refused
from tcd_desktop.paths import shipped

VOCABULARY = "letters-variables.toml"

_MUST = ("name", "instrument", "source", "effective_from", "layout", "body", "subjects")
_MAY = frozenset(
    {
        *_MUST,
        "effective_to",
        "mark",
        "type_name",
        "abbreviation",
        "about",
        "addressees",
        "recipients",
        "signing",
        "signatures",
        "to_citizen",
        "hides_identity",
        "unconfirmed",
    }
)


@dataclass(frozen=True, slots=True)
class Variable:
    """One {name} of the vocabulary: what it is, which records fill it, whether it tells who the citizen is.

    `lines`: its value may be several lines, so it stands alone in its paragraph.
    """

    name: str
    text: str
    group: str
    subjects: frozenset[LetterSubject]
    identity: bool = False
    lines: bool = False

    def fits(self, subjects: Iterable[LetterSubject]) -> bool:
        """Whether one of those records fills it."""
        return not self.subjects or not self.subjects.isdisjoint(subjects)


def letter_kinds() -> tuple[str, ...]:
    """The codes of all kinds, whatever their dates, in the order of their names."""
    return tuple(sorted(_packs(), key=lambda kind: _packs()[kind][-1].name))


def letter_texts(on: date) -> tuple[LetterText, ...]:
    """What can be written on a day: the words of every kind that has some then, in the order of their names."""
    found = (text for texts in _packs().values() for text in texts if text.in_force(on))
    return tuple(sorted(found, key=lambda text: text.name))


def letter_text(kind: str, on: date) -> LetterText:
    """The words of a kind on a day. Raises Refused("no_form", form=..., on=...) when none were in force."""
    for text in _packs().get(kind, ()):
        if text.in_force(on):
            return text
    raise Refused("no_form", form=kind, on=on)


@cache
def letter_variables() -> Mapping[str, Variable]:
    """The vocabulary: every variable a letter may use."""
    return MappingProxyType(load_vocabulary(shipped("resources", "forms", VOCABULARY)))


@cache
def identity_variables() -> frozenset[str]:
    """The variables that tell who the citizen is: empty in a letter about a denunciation that goes to others."""
    return frozenset(name for name, variable in letter_variables().items() if variable.identity)


@cache
def _packs() -> Mapping[str, tuple[LetterText, ...]]:
    return load_letters(shipped("resources", "forms"), letter_variables())


def load_vocabulary(path: Path) -> dict[str, Variable]:
    """Reads the vocabulary. Raises PackError."""
    data = _read(path, path.name)
    found: dict[str, Variable] = {}
    for group in data.get("group", ()):
        subjects = frozenset(LetterSubject(subject) for subject in group.get("subjects", ()))
        for name, text in group["variables"].items():
            if name in found:
                raise PackError(f"{path.name}: the variable {name!r} stands there twice")
            found[name] = Variable(
                name, text, group["name"], subjects, group.get("identity", False), group.get("lines", False)
            )
    return found


def load_letters(folder: Path, vocabulary: Mapping[str, Variable]) -> Mapping[str, tuple[LetterText, ...]]:
    """All letters under `folder`: kind -> its texts, the oldest first. Raises PackError."""
    found: dict[str, list[LetterText]] = {}
    for path in sorted(folder.glob("*/letters/*.toml")):
        text = load_letter(path, vocabulary)
        found.setdefault(text.kind, []).append(text)
    for kind, texts in found.items():
        texts.sort(key=lambda text: text.effective_from)
        for earlier, later in pairwise(texts):
            if earlier.effective_to is None or earlier.effective_to >= later.effective_from:
                raise PackError(f"{kind}.toml: two instruments hold on {later.effective_from}")
    return MappingProxyType({kind: tuple(texts) for kind, texts in found.items()})


def load_letter(path: Path, vocabulary: Mapping[str, Variable]) -> LetterText:
    """Reads and checks the words of one kind. Raises PackError."""
    where = f"{path.parent.parent.name}/letters/{path.name}"
    data = _read(path, where)
    for name in _MUST:
        if name not in data:
            raise PackError(f"{where}: {name!r} is missing")
    for name in data.keys() - _MAY:
        raise PackError(f"{where}: nothing reads {name!r}")
    try:
        text = _letter(path.stem, data, vocabulary)
    except (ValueError, TypeError, KeyError) as error:
        raise PackError(f"{where}: {error}") from error
    _check(text, where, vocabulary, hides_identity=data.get("hides_identity", False))
    return text


def _read(path: Path, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where}: {error}") from error


def _letter(kind: str, data: Mapping[str, Any], vocabulary: Mapping[str, Variable]) -> LetterText:
    subjects = tuple(LetterSubject(subject) for subject in data["subjects"])
    hidden = data.get("hides_identity", False)
    known = {
        name: variable.text
        for name, variable in vocabulary.items()
        if variable.fits(subjects) and not (hidden and variable.identity)
    }
    return LetterText(
        kind=kind,
        name=data["name"],
        instrument=data["instrument"],
        source=data["source"],
        effective_from=data["effective_from"],
        effective_to=data.get("effective_to"),
        layout=LetterLayout(data["layout"]),
        mark=data.get("mark", ""),
        type_name=data.get("type_name", ""),
        abbreviation=data.get("abbreviation", ""),
        about=data.get("about", ""),
        addressees=tuple(data.get("addressees", ())),
        body=tuple(data["body"]),
        recipients=tuple(data.get("recipients", ())),
        signing=SigningForm(data.get("signing", SigningForm.OWN)),
        signatures=tuple(LetterSignature(**signature) for signature in data.get("signatures", ())),
        subjects=subjects,
        to_citizen=data.get("to_citizen", False),
        variables=MappingProxyType(known),
        unconfirmed=data.get("unconfirmed", False),
    )


def texts_of(text: LetterText) -> tuple[str, ...]:
    """Everything of a letter that may hold variables, in the order of the paper."""
    return (text.about, *text.addressees, *text.body, *text.recipients)


def _check(text: LetterText, where: str, vocabulary: Mapping[str, Variable], *, hides_identity: bool) -> None:
    for part in texts_of(text):
        try:
            used = variables_in(part)
        except ValueError as error:
            raise PackError(f"{where}: {part!r} is not a text with variables: {error}") from error
        for name in unknown_variables([part], text.variables):
            hidden = hides_identity and name in vocabulary
            why = "tells who the citizen is" if hidden else "is not a variable of this kind"
            raise PackError(f"{where}: {{{name}}} {why}")
        for name in used:
            if vocabulary[name].lines and part != f"{{{name}}}":
                raise PackError(f"{where}: {{{name}}} must stand alone in its paragraph")
