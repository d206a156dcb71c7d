"""Whether a word can be a Vietnamese syllable: what tells a right letter from a wrong one without a dictionary."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
_SHARP_TONES: Final = "\u0301\u0323"
"""Sắc and nặng: the only tones of a syllable that ends in c, ch, p or t."""
_MARKS: Final = "\u0302\u0306\u031b"

_ONSET: Final = re.compile(r"(?:ngh|ng|nh|gh|kh|ph|th|tr|ch|qu|gi|[bcdđghklmnpqrstvx])?")
_RHYMES: Final = frozenset(
    [
        "a",
        "ac",
        "ach",
        "ai",
        "am",
        "an",
        "ang",
        "anh",
        "ao",
        "ap",
        "at",
        "au",
        "ay",
        "ăc",
        "ăm",
        "ăn",
        "ăng",
        "ăp",
        "ăt",
        "âc",
        "âm",
        "ân",
        "âng",
        "âp",
        "ât",
        "âu",
        "ây",
        "e",
        "ec",
        "em",
        "en",
        "eng",
        "eo",
        "ep",
        "et",
        "ê",
        "êch",
        "êm",
        "ên",
        "ênh",
        "êp",
        "êt",
        "êu",
        "i",
        "ia",
        "ich",
        "iêc",
        "iêm",
        "iên",
        "iêng",
        "iêp",
        "iêt",
        "iêu",
        "im",
        "in",
        "inh",
        "ip",
        "it",
        "iu",
        "o",
        "oa",
        "oac",
        "oach",
        "oai",
        "oam",
        "oan",
        "oang",
        "oanh",
        "oao",
        "oap",
        "oat",
        "oay",
        "oăc",
        "oăm",
        "oăn",
        "oăng",
        "oăt",
        "oc",
        "oe",
        "oen",
        "oeo",
        "oet",
        "oi",
        "om",
        "on",
        "ong",
        "ooc",
        "oong",
        "op",
        "ot",
        "ô",
        "ôc",
        "ôi",
        "ôm",
        "ôn",
        "ông",
        "ôp",
        "ôt",
        "ơ",
        "ơi",
        "ơm",
        "ơn",
        "ơp",
        "ơt",
        "u",
        "ua",
        "uân",
        "uâng",
        "uât",
        "uây",
        "uc",
        "uê",
        "uêch",
        "uên",
        "uênh",
        "uêt",
        "uêu",
        "ui",
        "um",
        "un",
        "ung",
        "uơ",
        "uôc",
        "uôi",
        "uôm",
        "uôn",
        "uông",
        "uôt",
        "up",
        "ut",
        "uy",
        "uya",
        "uych",
        "uyên",
        "uyêt",
        "uynh",
        "uyt",
        "uyu",
        "uyp",
        "ư",
        "ưa",
        "ưc",
        "ưi",
        "ưm",
        "ưn",
        "ưng",
        "ưt",
        "ưu",
        "ươc",
        "ươi",
        "ươm",
        "ươn",
        "ương",
        "ươp",
        "ươt",
        "ươu",
        "y",
        "yêm",
        "yên",
        "yêng",
        "yêt",
        "yêu",
        "yt",
    ]
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """True when `word` is written as a Vietnamese syllable: "Nguyễn", "quỹ"; not "NguyÔn", "xyz"."""
    if word[1:] not in (word[1:].lower(), word[1:].upper()):
        return False  # capitals inside a word: signs of an old encoding look like that
    letters, tone = _bare(word)
    if letters is None:
        return False
    onset = _ONSET.match(letters)
    assert onset is not None  # the onset may be empty
    rhymes = [letters[onset.end() :]]
    if onset[0] == "gi":
        rhymes += ["i" + rhymes[0], "" if not rhymes[0] else rhymes[0]]
    if onset[0] == "qu":
        rhymes += ["o" + rhymes[0], "u" + rhymes[0]]
    return any(rhyme in _RHYMES and _tone_fits(rhyme, tone) for rhyme in rhymes)


def _bare(word: str) -> tuple[str | None, str]:
    """(letters with circumflex, breve and horn but without the tone, the tone); None when it cannot be."""
    tone = ""
    kept = []
    for sign in unicodedata.normalize("NFD", word.lower()):
        if sign in _TONES:
            if tone:
                return None, ""
            tone = sign
        elif unicodedata.combining(sign) and sign not in _MARKS:
            return None, ""
        else:
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept)), tone


def _tone_fits(rhyme: str, tone: str) -> bool:
    return not rhyme.endswith(("c", "ch", "p", "t")) or (bool(tone) and tone in _SHARP_TONES)


def marked_words(text: str) -> list[str]:
    """The words that have a letter outside ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def words_in_vietnamese(text: str) -> tuple[int, int]:
    """(how many of the words outside ASCII are Vietnamese syllables, how many such words there are)."""
    words = marked_words(text)
    return sum(map(is_syllable, words)), len(words)
