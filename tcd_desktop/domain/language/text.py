"""Vietnamese text: compared without accents, names sorted, typed text cleaned, text of files judged."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from tcd_desktop.domain.problems import Problem

_VOWELS: Final = "aăâeêioôơuưy"
_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
"""Dấu huyền, hỏi, ngã, sắc, nặng: the order in which dictionaries sort them, after ngang (no mark)."""

_BARRED: Final = str.maketrans("đĐðÐ", "dddd")


def _letters() -> str:
    """The 134 Vietnamese letters outside ASCII, both cases."""
    toned = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in ("", *_TONES)]
    small = [letter for letter in [*toned, "đ"] if not letter.isascii()]
    return "".join(small) + "".join(small).upper()


VIETNAMESE_LETTERS: Final = _letters()


# --- comparing without accents ---------------------------------------------------------------------


def _fold_slowly(text: str) -> str:
    """NFD, marks away, đ and ð to d, casefold. What the fast way must agree with."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join([c for c in decomposed if unicodedata.category(c) != "Mn"])
    return unicodedata.normalize("NFC", bare.translate(_BARRED).casefold())


# The usual characters (134 letters, printable ASCII, blanks, the punctuation of Word) fit in one byte each.
# So a text is folded by two loops in C: encode with one table, decode with a table of folded characters.
# A character outside the table makes the encoding fail, and only then the slow way is taken.
_USUAL: Final = ("\0\t\n\r" + "".join(map(chr, range(0x20, 0x7F))) + VIETNAMESE_LETTERS + "ðÐ\xa0–—“”‘’…°²³§×").ljust(
    256, "\ufffe"
)
_ENCODING: Final = codecs.charmap_build(_USUAL)
_FOLDED: Final = "".join(" " if c.isspace() else c if c == "\ufffe" else _fold_slowly(c) for c in _USUAL)


def nfc(text: str) -> str:
    """The composed form of Unicode, the only one that is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` without accents, small letters, đ as d, blanks collapsed: what searches compare.

    "Nguyễn Văn  ĐỨC" -> "nguyen van duc". 250 characters take about 2 microseconds.
    """
    try:
        encoded = codecs.charmap_encode(text, "strict", _ENCODING)[0]
    except UnicodeEncodeError:
        return _fold_unusual(text)
    folded = codecs.charmap_decode(encoded, "strict", _FOLDED)[0]
    if "  " in folded or folded[:1] == " " or folded[-1:] == " ":
        return " ".join(folded.split())
    return folded


def _fold_unusual(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    try:
        encoded = codecs.charmap_encode(composed, "strict", _ENCODING)[0]
        folded = codecs.charmap_decode(encoded, "strict", _FOLDED)[0]
    except UnicodeEncodeError:
        folded = _fold_slowly(composed)
    return " ".join(folded.split())


_TOKEN: Final = re.compile(r"[^\W_]+")


def fold_query(text: str) -> tuple[str, ...]:
    """The words and numbers of a search, folded: "Nguyễn Đức, 0912" -> ("nguyen", "duc", "0912")."""
    return tuple(_TOKEN.findall(fold(text)))


def initials(name: str) -> str:
    """First letters, folded: "Nguyễn Văn Đức" -> "nvd"."""
    return "".join(word[0] for word in fold_query(name))


# --- names -----------------------------------------------------------------------------------------

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK: Final = {letter: chr(0x41 + rank) for rank, letter in enumerate(_ALPHABET)}
_TONE_RANK: Final = {tone: str(rank) for rank, tone in enumerate(_TONES, start=1)}
_PART_ENDS: Final = "!"
_WORD_ENDS: Final = '"'
_TONES_BEGIN: Final = "#"
_FOREIGN: Final = "~"


def sort_key(name: str) -> str:
    """The text by which a plain byte comparison (SQLite BINARY) sorts Vietnamese names rightly.

    By given name (tên, the last word), then middle names, then family name. In each part the letters decide
    first (a ă â b c d đ e ê ...), then the tones (ngang, huyền, hỏi, ngã, sắc, nặng); where in a syllable
    the tone stands does not matter (Hoà = Hòa). ASCII only unless the name has letters of another script.
    """
    words = [word for word in nfc(name).lower().split() if any(c.isalnum() for c in word)]
    if not words:
        return ""
    given, family, middle = words[-1:], words[:-1][:1], words[1:-1]
    return _PART_ENDS.join(_part_key(part) for part in (given, middle, family))


def _part_key(words: list[str]) -> str:
    keys = [_word_key(word) for word in words]
    letters = _WORD_ENDS.join(letters for letters, _ in keys)
    return letters + _TONES_BEGIN + "".join(tone for _, tone in keys)


def _word_key(word: str) -> tuple[str, str]:
    """Letters by rank, and the tone of the syllable. `word` is NFC and lower case; punctuation is dropped."""
    letters: list[str] = []
    tone = "0"
    for character in word:
        if character in _RANK:
            letters.append(_RANK[character])
        elif character.isascii():
            letters.append(character if character.isdigit() else "")
        else:
            marks = unicodedata.normalize("NFD", character)
            tone = next((_TONE_RANK[mark] for mark in marks if mark in _TONE_RANK), tone)
            bare = nfc("".join(mark for mark in marks if mark not in _TONE_RANK))
            letters.append("".join(_RANK.get(c) or (_FOREIGN + c if c.isalpha() else "") for c in bare))
    return "".join(letters), tone


_WORD_BEGINS: Final = re.compile(r"(?<![^\W_])[^\W_]")


def title_case(name: str) -> str:
    """A name in capitals as on a card, written the usual way: "NGUYỄN THỊ BÉ" -> "Nguyễn Thị Bé".

    Also after a hyphen and an apostrophe ("H'HEN NIÊ" -> "H'Hen Niê"). A name that has small letters already
    is left as it is.
    """
    name = nfc(name)
    if name != name.upper():
        return name
    return _WORD_BEGINS.sub(lambda letter: letter[0].upper(), name.lower())


# --- what may be in a text -------------------------------------------------------------------------

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_SURROGATES: Final = "\ud800-\udfff"
_INVISIBLE: Final = "\u00ad\u200b-\u200d\u2060\ufeff"
_BAD_LINE: Final = re.compile(f"[{_CONTROLS}\t\n{_BIDI}{_SURROGATES}]")
_BAD_BLOCK: Final = re.compile(f"[{_CONTROLS}{_BIDI}{_SURROGATES}]")
_DROPPED: Final = re.compile(f"[{_CONTROLS}{_BIDI}{_SURROGATES}{_INVISIBLE}]")
_BLANKS_AT_END: Final = re.compile(r"[ \t\xa0]+(?=\n|$)")


def text_problem(text: str, limit: int, *, multiline: bool = False) -> Problem | None:
    """What is wrong with a text that comes from a form or a file, or None. All of these stop a save.

    Codes: "too_long" {limit, length}, both in characters; "bad_character" {character: "U+202E"} for U+0000,
    other controls (new line and tab are allowed when `multiline`), bidi controls, lone surrogates; "not_nfc".
    """
    if len(text) > limit:
        return Problem("too_long", {"limit": limit, "length": len(text)})
    if text.isascii() and text.isprintable():
        return None
    bad = (_BAD_BLOCK if multiline else _BAD_LINE).search(text)
    if bad:
        return Problem("bad_character", {"character": f"U+{ord(bad[0]):04X}"})
    return None if unicodedata.is_normalized("NFC", text) else Problem("not_nfc")


def clean_line(text: str) -> str:
    """One line as typed or pasted: NFC, blanks collapsed, no control, invisible or direction characters."""
    spaced = text.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    return nfc(" ".join(_DROPPED.sub("", spaced).split()))


def clean_block(text: str) -> str:
    """Several lines as typed or pasted: like `clean_line`, but lines, indents and inner blanks are kept."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return nfc(_BLANKS_AT_END.sub("", _DROPPED.sub("", lines)).strip("\n").rstrip())
