"""What keyboards and typing tools do to the text of a card, and as much of it as can be proven to be undone.

A scanner "types" the QR code. On the way another keyboard layout can swap the bar or the figures, a program of one
byte a letter can take UTF-8 apart, and a Vietnamese typing tool (UniKey, EVKey, OpenKey) can eat or double letters.
Swapped signs and taken-apart UTF-8 are put back, because there is only one text they can come from; eaten and doubled
letters are only recognised (`looks_spoiled`), never guessed.
"""

from __future__ import annotations

import re
from typing import Final

from tcd_desktop.domain.language.text import VIETNAMESE_LETTERS, clean_line, fold, nfc

BAR: Final = "|"
NUMBER_LENGTH: Final = 12
LEAST_FIELDS: Final = 6

_BEFORE: Final = re.compile(r"^\s*(?:\ufeff|\][A-Za-z][0-9A-Za-z])?\s*")
"""A byte-order mark, or the three letters by which a scanner names the kind of code (AIM: "]Q1")."""

_KIND: Final = re.compile(r"(?:\ufeff|\][A-Za-z][0-9A-Za-z])$")
_LAYOUT_FIGURES: Final = str.maketrans(
    {
        "ă": "1", "â": "2", "ê": "3", "ô": "4", "\u0300": "5", "\u0309": "6", "\u0303": "7", "\u0301": "8",
        "\u0323": "9", "đ": "0",
    }
)  # fmt: skip
"""The row of figures of Windows' Vietnamese keyboard: its keys bear letters and tones."""

_NO_BAR: Final = re.compile(r"[\w \t\r\n\xa0]")
_FIGURES: Final = re.compile(r"[0-9]+")
_DATE: Final = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:1[89]|20)[0-9]{2}")
_BIRTH: Final = re.compile(rf"{_DATE.pattern}|(?:0000)?(?:1[89]|20)[0-9]{{2}}")
_SEXES: Final = re.compile(r"n.{1,3}", re.IGNORECASE)
_KNOWN_LETTERS: Final = frozenset(VIETNAMESE_LETTERS)
_PUNCTUATION: Final = frozenset("–—‘’“”…°²³\xa0")

_LOST: Final = re.compile("[?\ufffd\x80-\x9f]|\u00c3[\u0080-\u00bf]|\u00e1[\u00ba\u00bb]|\u00c4[\u0090\u0091]")
_DOUBLED: Final = re.compile(r"aa|ee|oo|dd|[aou]w|uow|^w")
_TONE_KEY: Final = re.compile(
    r"(?:ngh|ng|nh|gh|gi|ph|th|tr|ch|kh|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?[sfrxj]"
)
_VNI_KEY: Final = re.compile(r"[a-z]+[1-9][a-z0-9]*")
_NO_VOWEL: Final = re.compile(r"[b-df-hj-np-tvxz]{2,}")


def mended(text: str) -> str:
    """The text of a card in one line: signs that another keyboard layout swapped are put back.

    The bars stand as "|", figures as figures, letters are NFC. A text that has not the shape of a card comes back
    as it is, cleaned.
    """
    line = _BEFORE.sub("", text)
    if (found := _fields(line)) is None:
        return clean_line(line)
    return clean_line(BAR.join(reassembled(field) for field in found))


def card_in(text: str) -> tuple[str, str] | None:
    """(what stands before, the card's text) when a text ends in a card's; None otherwise."""
    for at in range(len(text) - NUMBER_LENGTH):
        if not _is_figures(text[at : at + NUMBER_LENGTH]) or _goes_on_before(text, at):
            continue
        if _fields(text[at:]) is not None:
            return _KIND.sub("", text[:at]).rstrip(), text[at:]
    return None


def begins_card(text: str) -> int | None:
    """Where a card begins in what was typed until now: twelve figures and a sign at the very end; None if not so."""
    at = len(text) - NUMBER_LENGTH - 1
    if at < 0 or _NO_BAR.match(text[-1]) or not _is_figures(text[at:-1]):
        return None
    return None if _goes_on_before(text, at) else at


def _goes_on_before(text: str, at: int) -> bool:
    """A figure stands before: what begins here is no number of twelve figures (unless it ends the kind of code)."""
    return text[at - 1 : at].isdigit() and at > 0 and not _KIND.search(text[:at])


def is_figure(letter: str) -> bool:
    """A figure, or what the key of a figure types on the Vietnamese keyboard."""
    return len(letter) == 1 and _is_figures(letter)


def _is_figures(text: str) -> bool:
    return bool(_FIGURES.fullmatch(text.translate(_LAYOUT_FIGURES)))


def _fields(line: str) -> list[str] | None:
    """The fields of a text in the shape of a card, their figures as figures; None for another text."""
    if len(line) <= NUMBER_LENGTH or not _is_figures(line[:NUMBER_LENGTH]):
        return None
    sign = line[NUMBER_LENGTH:].lstrip(" ")[:1]
    if not sign or _NO_BAR.match(sign):
        return None
    fields = [_figures(field) for field in line.split(sign)]
    if len(fields) < LEAST_FIELDS or len(fields[0].strip()) != NUMBER_LENGTH:
        return None
    if sign == BAR:
        return fields
    return _joined(fields, sign) if _is_shaped(fields) else None


def _is_shaped(fields: list[str]) -> bool:
    """Another sign than the bar is believed when date of birth and sex stand where they must."""
    trimmed = [field.strip() for field in fields]
    return any(
        _BIRTH.fullmatch(trimmed[at]) and _SEXES.fullmatch(trimmed[at + 1]) for at in (2, 3) if at + 1 < len(trimmed)
    )


def _joined(fields: list[str], sign: str) -> list[str]:
    """An address may hold the sign itself: what lies between sex and date of issue is one field."""
    birth = 3 if _BIRTH.fullmatch(fields[3].strip()) else 2
    dates = [at for at in range(birth + 3, len(fields)) if _DATE.fullmatch(fields[at].strip())]
    if not dates:
        return fields
    issued = dates[0]
    return [*fields[: birth + 2], sign.join(fields[birth + 2 : issued]), *fields[issued:]]


def _figures(field: str) -> str:
    """A field of figures typed on the Vietnamese keyboard."""
    figures = field.strip().translate(_LAYOUT_FIGURES)
    return figures if len(figures) in (4, 8, 9, NUMBER_LENGTH) and _FIGURES.fullmatch(figures) else field


def reassembled(field: str) -> str:
    """UTF-8 that was read as one byte a letter ("NGUYá»„N") as the text it was; anything else unchanged.

    Nothing is guessed: the bytes must be valid UTF-8 and give nothing but Vietnamese letters.
    """
    if field.isascii():
        return field
    try:
        text = b"".join(map(_byte, field)).decode("utf-8")
    except ValueError:
        return field
    text = nfc(text)
    strange = [letter for letter in text if not letter.isascii() and letter not in _KNOWN_LETTERS | _PUNCTUATION]
    return field if strange else text


def _byte(letter: str) -> bytes:
    """The byte of a letter in Windows-1252, with the holes of that table filled as Windows fills them."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def looks_spoiled(text: str, *, least: int = 1) -> bool:
    """Whether letters were lost ("NGUY?N"), or `least` words are key strokes ("Nguyeenx Vawn", "Nguye6n4").

    Names of peoples whose language is written otherwise ("Y Bih", "H'Hen Niê") are left alone; an address may hold
    one word that looks so by chance ("Ea Sar").
    """
    words = re.split(r"[\s,.;:/()\-'’]+", text)
    return bool(_LOST.search(text)) or sum(map(_is_key_strokes, words)) >= least


def _is_key_strokes(word: str) -> bool:
    if not word.isascii() or len(word) < 2:
        return False
    small = word.lower()
    if small.isalpha():
        return bool(_DOUBLED.search(small) or _TONE_KEY.fullmatch(small))
    return bool(_VNI_KEY.fullmatch(small)) and sum(map(str.isalpha, small)) > 1


def lost_vowels(name: str) -> bool:
    """A word of a name without any vowel ("NGN"): letters were eaten."""
    return any(_NO_VOWEL.fullmatch(fold(word)) for word in name.split())
