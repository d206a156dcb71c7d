"""Texts of the time before Unicode, mended cell by cell: TCVN3 (.VnTime fonts), VNI-Windows, decomposed Unicode.

TCVN3 has one byte for a letter, and its capital letters live in fonts of their own (.VnTimeH). VNI has one or two
(features 3.4). A cell says its encoding by the name of its font, or by what its signs would mean: the reading with
more Vietnamese syllables wins, and a text that is Unicode or plain ASCII already is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tcd_desktop.domain.language.syllables import is_syllable, words_in_vietnamese
from tcd_desktop.domain.language.text import VIETNAMESE_LETTERS, nfc


class Encoding(StrEnum):
    """How the letters of a text were kept."""

    TCVN3 = "tcvn3"
    VNI = "vni"


class Mended(StrEnum):
    """What was wrong with a text (the log says it)."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    DECOMPOSED = "decomposed"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it should be, and what had to be mended (None = nothing)."""

    text: str
    mended: Mended | None = None


_TCVN3_SIGNS: Final = (
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË§®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦"
)  # fmt: skip
_TCVN3_LETTERS: Final = "àáảãạăằắẳẵặâầấẩẫậĐđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯ"
TCVN3: Final = dict(zip(_TCVN3_SIGNS, _TCVN3_LETTERS, strict=True))
"""Sign as Excel shows it -> letter."""

_VNI_TONES: Final = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_BREVES: Final = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_CIRCUMFLEXES: Final = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_SINGLE: Final = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    """Every combination of VNI-Windows, both cases; a capital with a small sign occurs too."""
    small = dict(_VNI_SINGLE)
    bases = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
    for sign, letter in bases.items():
        small |= {sign + mark: nfc(letter + tone) for mark, tone in _VNI_TONES.items()}
    small |= {"a" + mark: nfc("ă" + tone) for mark, tone in _VNI_BREVES.items()}
    for sign, letter in (("a", "â"), ("e", "ê"), ("o", "ô")):
        small |= {sign + mark: nfc(letter + tone) for mark, tone in _VNI_CIRCUMFLEXES.items()}
    whole = dict(small)
    for signs, letter in small.items():
        whole[signs.upper()] = letter.upper()
        whole[signs[0].upper() + signs[1:]] = letter.upper()
    return whole


VNI: Final = _vni_table()
"""One or two signs -> letter."""

_VNI_SIGNS: Final = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
"""The longest match first: "öù" is "ứ", not "ư" and a stray sign."""
_TCVN3_TABLE: Final = str.maketrans(TCVN3)
_NOT_TCVN3: Final = re.compile("[ÀÁÂÃÄÅÍÙÚÛàðÿ]")
"""Latin letters that no TCVN3 text has."""
_PROPER: Final = frozenset(letter for letter in VIETNAMESE_LETTERS if letter > "\xff")
_LEGACY_SIGN: Final = re.compile("[\u00a1-\u00ff]")
_LETTER_BESIDE: Final = re.compile("[A-Za-z][\u00a1-\u00ff]|[\u00a1-\u00ff][A-Za-z]")
_TOKEN: Final = re.compile(r"\S+")
_EDGES: Final = "\"'“”‘’()[]{}.,;:!?/\\<>-–—"
_FONT_TCVN3: Final = re.compile(r"\.vn", re.IGNORECASE)
_FONT_VNI: Final = re.compile(r"vni[-\s]", re.IGNORECASE)


def font_encoding(font: str) -> Encoding | None:
    """The encoding a font was made for: ".VnTime" TCVN3, "VNI-Times" VNI, others none."""
    if _FONT_TCVN3.match(font):
        return Encoding.TCVN3
    return Encoding.VNI if _FONT_VNI.match(font) else None


def is_capital_font(font: str) -> bool:
    """A TCVN3 font whose small letters look like capitals: ".VnTimeH"."""
    return bool(_FONT_TCVN3.match(font)) and font.rstrip().endswith("H")


def from_tcvn3(text: str) -> str:
    """The text with every sign of TCVN3 replaced."""
    return nfc(text.translate(_TCVN3_TABLE))


def from_vni(text: str) -> str:
    """The text with every sign of VNI-Windows replaced, the longest first."""
    return nfc(_VNI_SIGNS.sub(lambda found: VNI[found[0]], text))


_READERS: Final = {Encoding.TCVN3: from_tcvn3, Encoding.VNI: from_vni}


def read_text(text: str, font: str = "") -> Reading:
    """The text of a cell in proper Unicode. `font` is the name of the cell's font ("" = unknown).

    ASCII and proper Unicode come back as they are (decomposed letters composed), whatever the font.
    """
    if text.isascii():
        return Reading(text)
    composed = unicodedata.normalize("NFC", text)
    if any(sign in _PROPER for sign in composed):
        mixed = _mend_words(composed)
        if mixed is not None:
            return mixed
        return Reading(composed, None if composed == text else Mended.DECOMPOSED)
    if not _LEGACY_SIGN.search(composed):
        return Reading(composed, None if composed == text else Mended.DECOMPOSED)
    encoding = _encoding_of(text, font_encoding(font))
    if encoding is None:
        return Reading(composed, None if composed == text else Mended.DECOMPOSED)
    read = _READERS[encoding](text)
    if encoding is Encoding.TCVN3 and is_capital_font(font):
        read = read.upper()
    return Reading(read, Mended(encoding.value))


def read_runs(runs: Sequence[tuple[str, str]]) -> Reading:
    """A cell whose parts have fonts of their own: [(text, font)], each part read by itself."""
    parts = [read_text(text, font) for text, font in runs]
    mended = next((part.mended for part in parts if part.mended is not None), None)
    return Reading(unicodedata.normalize("NFC", "".join(part.text for part in parts)), mended)


def _encoding_of(text: str, declared: Encoding | None) -> Encoding | None:
    """Which encoding makes sense of the text; None when it makes more sense as it is."""
    plain, _count = words_in_vietnamese(text)
    found: dict[Encoding, tuple[int, int]] = {}
    for encoding, read in _READERS.items():
        if encoding is Encoding.TCVN3 and _NOT_TCVN3.search(text):
            continue
        mended = read(text)
        if mended != text:
            found[encoding] = words_in_vietnamese(mended)
    if declared in found and found[declared][0] >= max(plain, 1):
        return declared
    if declared in found and plain == 0 and all(good == 0 for good, _all in found.values()):
        return declared  # neither makes syllables (initials, an abbreviation): then the font knows
    best = max(found, key=lambda encoding: found[encoding][0], default=None)
    if best is None or not _LETTER_BESIDE.search(text):
        return None
    good, count = found[best]
    return best if good > plain and good * 2 > count else None


def _mend_words(text: str) -> Reading | None:
    """Unicode with words of an old encoding in between: those words are mended, the others stay."""
    tokens = [found[0] for found in _TOKEN.finditer(text)]
    votes = Counter(encoding for token in tokens if (encoding := _telling(token)) is not None)
    if not votes:
        return None
    encoding = votes.most_common(1)[0][0]

    def mended(found: re.Match[str]) -> str:
        core = _core(found[0])
        letters = _READERS[encoding](core)
        right = letters != core and is_syllable(letters) and not is_syllable(core)
        return found[0].replace(core, letters) if right else found[0]

    return Reading(nfc(_TOKEN.sub(mended, text)), Mended(encoding.value))


def _core(token: str) -> str:
    """A word without the signs around it; "" for one that is Unicode or has figures."""
    core = token.strip(_EDGES)
    return "" if len(core) < 2 or any(sign in _PROPER or sign.isdigit() for sign in core) else core


def _telling(token: str) -> Encoding | None:
    """The encoding of a word that is none as it stands and becomes one: ASCII letters beside old signs."""
    core = _core(token)
    if not _LETTER_BESIDE.search(core) or is_syllable(core):
        return None
    return next((encoding for encoding, read in _READERS.items() if is_syllable(read(core))), None)


def common_encoding(texts: Iterable[str]) -> Encoding | None:
    """The encoding of a whole file without fonts (CSV): what most of its telling cells are; None = Unicode.

    A cell alone may be readable both ways ("Bé" is "Bộ" in TCVN3); the cells around it are not.
    """
    votes: Counter[Encoding | None] = Counter()
    for text in texts:
        if text.isascii():
            continue
        if any(sign in _PROPER for sign in unicodedata.normalize("NFC", text)):
            votes[None] += 1
        else:
            votes[_encoding_of(text, None)] += 1
    best = max(Encoding, key=lambda encoding: votes[encoding])
    return best if votes[best] > votes[None] else None


def misleading_fonts(cells: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Fonts of an old encoding in which most telling texts are proper Unicode: [(text, font)].

    PCs that no longer have .VnTime show Unicode typed into such a cell rightly, so nobody changed the font.
    """
    votes: Counter[tuple[str, bool]] = Counter()
    for text, font in cells:
        if text.isascii() or font_encoding(font) is None:
            continue
        if any(sign in _PROPER for sign in unicodedata.normalize("NFC", text)):
            votes[font, True] += 1
        elif _encoding_of(text, None) is not None:
            votes[font, False] += 1
    return frozenset(font for font, proper in votes if proper and votes[font, True] > votes[font, False])


FONT_OF: Final = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}
"""The font that stands for an encoding where a file has no fonts."""
