"""What a text typed into a search box asks of a full-text index, as stretches of answers, the best first.

    asked("Đặng Thị Hoà")    people called so (also "Hòa"), then texts with these words, then other marks
    asked("57/2026")         the book number, then the figures anywhere else
    asked("dang 2345")       words by their beginning, figures also as the last ones of a number
    asked("ngyuen")          nothing: `near` asks for words one letter away

Words of the officers and bodies a visit went through count last, because they stand in nearly every line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from tcd_desktop.domain.language.spelling import has_accents, is_complete, near_words, same_words, syllables
from tcd_desktop.domain.language.text import fold, nfc

Kind = Literal["", "number", "exact", "mentioned", "unaccented", "rest", "elsewhere", "near"]
"""Why a row is among the answers: "" a person is called so, "number" by its book number, "exact" a person is called
so with the same marks, "mentioned" in what was said, the address or the papers, "unaccented" with other marks, "rest"
holds the figures of a number somewhere, "elsewhere" in the words of officers and bodies, "near" one letter away."""

LONGEST: Final = 200
MOST_WORDS: Final = 12
ENDING: Final = 4
"""So many last figures of a number are enough to find it."""

_WORD = re.compile(r"[^\W_]+")
_BOOK = re.compile(r"(?<![\w/])(?:hs\s*)?(\d{1,6})(?:\s*-?\s*([a-z]))?\s*/\s*(\d{0,4})(?![\w/])")
_SERIES = re.compile(r"(?<![\w/])(?:hs\s*)?(\d{1,6})\s*-\s*([a-z])(?![\w/])")
_PLAIN = re.compile(r"(?:hs\s*)?(\d{1,6})")
_GROUPED = re.compile(r"(?<![\w/])\+?\d[\d .\-]{7,17}\d(?![\w/])")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Answers of one kind. `exact`: in the index of words as they are written; `also`: and this in the other one."""

    kind: Kind
    match: str
    exact: bool = False
    also: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """`stretches` in order, each without the rows of those before it; `all` finds the rows of all of them together.

    `near` is asked when nothing else was found. No stretches: there is nothing to look for (`nothing`: and so
    nothing fits, because only signs were typed).
    """

    stretches: tuple[Stretch, ...] = ()
    all: str = ""
    near: Stretch | None = None
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One word or number of the text. `narrow` is the book number it may mean, `spoken` the word with its marks."""

    wide: str
    narrow: str = ""
    spoken: str = ""
    folded: str = ""


def asked(typed: str, *, first: tuple[str, ...], people: tuple[str, ...], keys: str = "keys") -> Asked:
    """What is asked for a typed text.

    `first` are the columns that count before the others, `people` those of names, `keys` the one of numbers.
    """
    typed = nfc(typed)[:LONGEST]
    parts = _parts(typed)
    if not parts:
        return Asked(nothing=bool(typed.strip()) and not _WORD.search(typed))
    whole = _and(part.wide for part in parts)
    found = f"{{{' '.join(first)}}} : ({whole})"
    stretches: list[Stretch] = []
    kind: Kind = ""
    if len(parts) == 1 and parts[0].narrow:
        stretches.append(Stretch("number", f"{keys} : ({parts[0].narrow})"))
        kind = "rest"
    elif has_accents(typed) and (exact := _exact(parts)):
        stretches += [replace(exact, match=f"names : ({exact.match})"), replace(exact, kind="mentioned")]
        kind = "unaccented"
    else:
        stretches.append(Stretch("", f"{{{' '.join(people)}}} : ({whole})"))
        kind = "mentioned"
    stretches += [Stretch(kind, found), Stretch("elsewhere", whole)]
    return Asked(tuple(stretches), whole, _near(parts, first, people))


def _parts(typed: str) -> list[_Part]:
    """The parts of the text in their order; the last word counts as a beginning."""
    text = _GROUPED.sub(_one_number, typed)
    folded = fold(text)
    found: list[_Part] = []
    at = 0
    for match in sorted([*_BOOK.finditer(folded), *_SERIES.finditer(folded)], key=lambda match: match.start()):
        if match.start() >= at:
            found += _words(folded[at : match.start()])
            found.append(_book(match))
            at = match.end()
    tail = _words(folded[at:], last=True)
    if not found and (plain := _PLAIN.fullmatch(folded)):
        wide = tail[0].wide if plain[1] == folded else f'"{plain[1]}"*'
        return [_Part(wide, f'"{plain[1]}"')]
    parts = [*found, *tail][:MOST_WORDS]
    return _with_marks(parts, text)


def _one_number(match: re.Match[str]) -> str:
    """ "0912 345 678" and "+84 912.345.678" are one number; "12 345 67" is not one that people have."""
    figures = re.sub(r"\D", "", match[0])
    if match[0].startswith("+84"):
        figures = "0" + figures[2:]
    grouped = len(re.split(r"\D+", match[0].strip("+"))) > 1
    return figures if grouped and 9 <= len(figures) <= 12 else match[0]


def _words(text: str, *, last: bool = False) -> list[_Part]:
    words = [word for word in _WORD.findall(text) if _known(word)]
    parts = [_Part(_whole(word), folded=word) for word in words]
    if last and words:
        word = words[-1]
        parts.pop()
        if len(word) > 1:
            parts.append(_Part(_beginning(word), folded=word))
        elif word.isdigit():
            parts.append(_Part(f'"{word}"', folded=word))
        # a single letter being typed narrows nothing and takes a second
    return parts


def _known(word: str) -> bool:
    """Letters that the index's own, older table of letters knows too: others would break the word in two."""
    return word.isascii() or all(unicodedata.ucd_3_2_0.category(character) != "Cn" for character in word)


def _whole(word: str) -> str:
    return _or([f'"{word}"', *_ending(word), *(f'"{other}"' for other in same_words(word))])


def _beginning(word: str) -> str:
    if is_complete(word):
        return _whole(word)  # an index answers a whole word at once, a beginning only after gathering all its words
    return _or([f'"{word}"*', *_ending(word), *(f'"{other}"' for other in same_words(word))])


def _ending(word: str) -> list[str]:
    """Figures may be the last ones of an identity or telephone number: the index has those backwards too."""
    return [f'"r{word[::-1]}"*'] if word.isdigit() and len(word) >= ENDING else []


def _book(match: re.Match[str]) -> _Part:
    """57/2026, 57-B/2026, 57b/26, 57/20 (still being typed), 57-b."""
    number, series = match[1].lstrip("0") or "0", match[2] or ""
    year = match[3] if match.re is _BOOK else None
    if year is None:
        return _Part(_or([f'"{number}{series}"', _and([f'"{match[1]}"', f'"{series}"'])]), f'"{number}{series}"')
    years = [year, f"20{year}"] if len(year) == 2 else [year]
    complete = len(year) in (2, 4)
    if series and complete:
        narrow = _or(f'"{number}y{one}{series}"' for one in years)
    elif series:
        narrow = f'"{number}{series}"'
    else:
        narrow = _or(f'"{number}y{one}"*' for one in years)
    apart = [f'"{match[1]}"', *([f'"{series}"'] if series else []), *([f'"{year}"*'] if year else [])]
    return _Part(_or([narrow, _and(apart)]), narrow)


def _with_marks(parts: list[_Part], text: str) -> list[_Part]:
    """Gives each word its marks as they were typed."""
    spoken = {fold(word): word for word in _WORD.findall(text.lower())}
    return [_Part(part.wide, part.narrow, spoken.get(part.folded, ""), part.folded) for part in parts]


def _exact(parts: list[_Part]) -> Stretch | None:
    """The words as they are written, in either right spelling; numbers are asked of the other index.

    Whole words only: while one is still being typed, its rows are found by the letters alone.
    """
    words, numbers = [], []
    for part in parts:
        word = part.spoken
        if not word or word.isdigit():
            numbers.append(part.wide)
        else:
            words.append(_or([f'"{word}"', *(f'"{other}"' for other in same_words(word))]))
    return Stretch("exact", _and(words), exact=True, also=_and(numbers)) if words else None


def _near(parts: list[_Part], first: tuple[str, ...], people: tuple[str, ...]) -> Stretch | None:
    """One of the words with one wrong letter, the others as they are.

    What is no syllable was mistyped, so its neighbours are looked for everywhere; a right word is only taken for
    another name.
    """
    ways = []
    for at, part in enumerate(parts):
        meant = near_words(part.folded)
        if meant:
            columns = people if part.folded in syllables() else first
            others = [other.wide for number, other in enumerate(parts) if number != at]
            one = _or(f'"{word}"' for word in meant)
            ways.append(_and([f"{{{' '.join(columns)}}} : ({one})", *others]))
    return Stretch("near", _or(ways)) if ways else None


def _and(expressions: Iterable[str]) -> str:
    return _joined(" AND ", expressions)


def _or(expressions: Iterable[str]) -> str:
    return _joined(" OR ", expressions)


def _joined(sign: str, expressions: Iterable[str]) -> str:
    found = list(dict.fromkeys(expressions))
    return found[0] if len(found) == 1 else "(" + sign.join(found) + ")" if found else ""
