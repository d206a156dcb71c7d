"""Vietnamese spelling: words written in two right ways, and words one wrong letter away. For searches."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

# --- the same word, written in another right way ----------------------------------------------------

_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
_PAIRS: Final = ("oa", "oe", "uy")
"""Open rimes whose tone stands on the first letter (old manner: hòa) or on the second (new manner: hoà)."""


def _compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_OTHER_PLACE: Final = {
    one: other
    for pair in _PAIRS
    for tone in _TONES
    for old, new in [(_compose(pair[0] + tone) + pair[1], pair[0] + _compose(pair[1] + tone))]
    for one, other in ((old, new), (new, old))
}
_I_AND_Y: Final = {
    one: other
    for tone in ("", *_TONES)
    for i, y in [(_compose("i" + tone), _compose("y" + tone))]
    for one, other in ((i, y), (y, i))
}
_CONSONANTS: Final = frozenset("bcdđghklmnpqrstvx")


def same_words(word: str) -> tuple[str, ...]:
    """The other right ways of writing a small-lettered word: "hoà" -> ("hòa",), "lý" -> ("lí",), "quý" -> ("quí",).

    i and y are exchanged only where they are the whole rime after a consonant ("mỹ", "kỹ"; not "thuý", "tai", "y").
    Works for folded words too: "ly" -> ("li",).
    """
    found = []
    ending = word[-2:]
    if ending in _OTHER_PLACE and not (word[:1] == "q" and len(word) == 3):
        found.append(word[:-2] + _OTHER_PLACE[ending])
    if len(word) > 1 and word[-1] in _I_AND_Y:
        before = word[:-1]
        if set(before) <= _CONSONANTS or before == "qu":
            found.append(before + _I_AND_Y[word[-1]])
    return tuple(found)


def has_accents(text: str) -> bool:
    """Whether a text has Vietnamese marks or the letter đ, so that the exact spelling was meant."""
    return any(
        character in "đĐ" or unicodedata.normalize("NFD", character) != character
        for character in text
        if not character.isascii()
    )


# --- one wrong letter -------------------------------------------------------------------------------

_ONSETS: Final = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES: Final = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet "
    "ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc "
    "oong op ot u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy "
    "uya uych uyen uyet uynh uyt uyu y ych yem yen yet yeu ynh yt"
)
_LETTERS: Final = "abcdeghiklmnopqrstuvxy"
_NUMBER: Final = re.compile(r"\d{8,12}")
SHORTEST: Final = 3
"""Words of fewer letters have too many neighbours for one of them to be likely."""


@cache
def syllables() -> frozenset[str]:
    """Every syllable Vietnamese can write, folded: about 2,500."""
    return frozenset(onset + rime for onset in ["", *_ONSETS.split()] for rime in _RIMES.split())


@cache
def is_complete(word: str) -> bool:
    """Whether a folded word is a syllable that no other one begins with: nothing can follow "nguyen", but "tra" may
    become "tran" or "trang"."""
    return word in syllables() and not any(other != word and other.startswith(word) for other in syllables())


def near_words(word: str) -> tuple[str, ...]:
    """What a folded word may have been meant to be: syllables one letter away, or numbers one figure away.

    One letter is another, is missing, is too many, or two neighbours changed places: "ngyuen" -> ("nguyen",).
    """
    if _NUMBER.fullmatch(word):
        return tuple(sorted(_swapped(word) | _changed(word, "0123456789") - {word}))
    if len(word) < SHORTEST or not word.isalpha():
        return ()
    neighbours = _swapped(word) | _changed(word, _LETTERS) | _longer(word) | _shorter(word)
    return tuple(sorted((neighbours & syllables()) - {word}))


def _swapped(word: str) -> set[str]:
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {word}


def _changed(word: str, letters: str) -> set[str]:
    return {word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in letters} - {word}


def _longer(word: str) -> set[str]:
    return {word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in _LETTERS}


def _shorter(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}
