"""How much two visits resemble each other, as a score from 0 to 100 with the reasons for it.

The score adds what speaks for the same person (at most 50) and what speaks for the same matter (at most 50):

    person   same_id             50   the same number of the identity paper
             same_citizen        50   citizens whom somebody has merged: one person under two numbers or names
             near_id             30   numbers of twelve figures that differ in one figure, and the same name
             same_name_birth     40   the same name (without accents) and the same day of birth
                                 35   ... and the same year of birth, where one day is not known
             same_name_address   35   the same name and (nearly) the same address
             same_phone          25   the same telephone
             rare_name           20   the same name, which hardly anybody here bears
    matter   similar_content   20-50  the contents agree to 60, 70, 80, 90 or 97 percent (see `CONTENT_POINTS`)
             same_pattern      10-25  they agree as much, but nearly all figures in them are others: half the points
             same_matter         15   they agree less, but share rare words (a house number, a project)

Three rules take points away. Letters are often written after one pattern: the same words with other figures are half
as much. Identity numbers of twelve figures that are quite different tell two people apart,
however common their name and year of birth. And where both contents are told at length and have nothing in common,
the same person came with another matter: the person's points count half.

Where an identity is sealed (a denunciation) only the contents are compared and the percentage is the score.
A name alone is never a reason unless it is rare. Two visits that say the same in all that is compared score 100.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from tcd_desktop.domain.language.text import fold, fold_query
from tcd_desktop.domain.receptions.reception import ReceptionDraft

MOST: Final = 50
"""Points of each half."""

PERSON_POINTS: Final = {
    "same_id": 50,
    "same_citizen": 50,
    "near_id": 30,
    "same_name_birth": 40,
    "same_name_birth_year": 35,
    "same_name_address": 35,
    "same_phone": 25,
    "rare_name": 20,
}
CONTENT_POINTS: Final = ((97, 50), (90, 45), (80, 40), (70, 30), (60, 20))
"""(from so many percent, points), the highest first."""

SAME_MATTER_POINTS: Final = 15
PROPOSE_AT: Final = 30
"""Least score with which a visit is proposed."""
STRONG_AT: Final = 70
"""From here on it is very likely the same."""
SIMILAR_CONTENT: Final = 60
"""Least percentage that counts as similar content."""
OTHER_MATTER: Final = 40
"""Below this percentage two contents told at length are two matters."""
TOLD_AT_LENGTH: Final = 12
"""Words from which on a content says enough to tell two matters apart."""
SIMILAR_ADDRESS: Final = 88
SHARED_RARE_WORDS: Final = 2
COMPARED_WORDS: Final = 400
OWN_FIGURES: Final = 3
"""Figures (house numbers, days, amounts) from which on a content can be told from another of the same pattern."""
SHARED_FIGURES: Final = 0.34
"""Less than this share of figures in common: another place, another day."""
SHORTEST_NUMBER: Final = 8
"""Shorter numbers of papers and telephones are compared with nothing."""
PERSONAL_NUMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Telling:
    """What is compared of a visit or draft; texts are folded. `secret`: the identity stays out of it."""

    name: str = ""
    birth: str = ""
    number: str = ""
    address: str = ""
    phone: str = ""
    words: tuple[str, ...] = ()
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two visits resemble each other: a code of the module's table, its facts and its points."""

    code: str
    points: int
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A score from 0 to 100 and its reasons, the strongest first."""

    score: int = 0
    reasons: tuple[Reason, ...] = ()

    @property
    def proposed(self) -> bool:
        """Whether a person should look at it."""
        return self.score >= PROPOSE_AT

    @property
    def strong(self) -> bool:
        """Whether it is very likely the same."""
        return self.score >= STRONG_AT


def telling(draft: ReceptionDraft) -> Telling:
    """What a draft or visit tells; of a denunciation nothing but its content."""
    words = folded_words(f"{draft.content}\n{draft.request}")
    if draft.is_secret:
        return Telling(words=words, secret=True)
    return Telling(
        name=fold(draft.name),
        birth=draft.birth_date,
        number=figures(draft.id_number),
        address=fold(draft.address),
        phone=figures(draft.phone),
        words=words,
    )


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a content, folded, as many as are compared."""
    return fold_query(text[:8000])[:COMPARED_WORDS]


def figures(number: str) -> str:
    """A number without blanks and signs, in capitals: "001 056-012345" -> "001056012345"."""
    return "".join(c for c in fold(number).upper() if c.isalnum())


def compare(
    one: Telling,
    other: Telling,
    *,
    rare_words: Collection[str] = (),
    name_is_rare: bool = False,
    same_citizen: bool = False,
) -> Resemblance:
    """The resemblance of two visits; the same whichever is named first.

    `rare_words`: words that few contents here have; `name_is_rare`: hardly anybody here bears the first one's name;
    `same_citizen`: a person has decided that both came from one citizen.
    """
    percent = content_percent(one.words, other.words)
    matter = _matter(one, other, percent, rare_words)
    if one.secret or other.secret:
        alike = any(reason.code == "similar_content" for reason in matter)
        return Resemblance(percent, matter) if alike else Resemblance()
    person = _person(one, other, name_is_rare)
    if same_citizen and not any(reason.code == "same_id" for reason in person):
        person = (_reason("same_citizen"), *person)
    if one == other and one.words and one.name:
        return Resemblance(100, _sorted((*person, *matter)))
    points = min(sum(reason.points for reason in person), MOST)
    if percent < OTHER_MATTER and not matter and min(len(one.words), len(other.words)) >= TOLD_AT_LENGTH:
        points //= 2
    return Resemblance(points + sum(reason.points for reason in matter), _sorted((*person, *matter)))


def _sorted(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: -reason.points))


# --- the person --------------------------------------------------------------------------------------


def _person(one: Telling, other: Telling, name_is_rare: bool) -> tuple[Reason, ...]:
    found: list[Reason] = []
    same_name = bool(one.name) and one.name == other.name
    numbers = compare_numbers(one.number, other.number)
    if numbers == "same":
        found.append(_reason("same_id"))
    elif numbers == "near" and same_name:
        found.append(_reason("near_id"))
    if same_name and numbers != "other":
        birth = compare_births(one.birth, other.birth)
        if birth == "same_day":
            found.append(_reason("same_name_birth"))
        elif birth == "same_year":
            found.append(Reason("same_name_birth", PERSON_POINTS["same_name_birth_year"]))
        elif birth == "unknown" and name_is_rare:
            found.append(_reason("rare_name"))
    if same_name and address_percent(one.address, other.address) >= SIMILAR_ADDRESS:
        found.append(_reason("same_name_address"))
    if one.phone == other.phone and len(one.phone) >= SHORTEST_NUMBER:
        found.append(_reason("same_phone"))
    return tuple(found)


def _reason(code: str) -> Reason:
    return Reason(code, PERSON_POINTS[code])


def compare_numbers(one: str, other: str) -> str:
    """ "same", "near" (one figure of twelve differs, or two stand the wrong way round), "other", or "unknown".

    A number of nine figures and one of twelve may be the old and the new paper of one person: unknown.
    """
    if len(one) < SHORTEST_NUMBER or len(other) < SHORTEST_NUMBER:
        return "unknown"
    if one == other:
        return "same"
    if len(one) != PERSONAL_NUMBER or len(other) != PERSONAL_NUMBER:
        return "unknown"
    from rapidfuzz.distance import OSA

    return "near" if OSA.distance(one, other, score_cutoff=1) <= 1 else "other"


def compare_births(one: str, other: str) -> str:
    """ "same_day", "same_year" (one of them is only a year), "other" or "unknown"."""
    if not one or not other:
        return "unknown"
    if one == other:
        return "same_day" if len(one) > 4 else "same_year"
    return "same_year" if one[:4] == other[:4] and min(len(one), len(other)) == 4 else "other"


def address_percent(one: str, other: str) -> float:
    """How much two folded addresses agree; the order of their parts does not matter."""
    if not one or not other:
        return 0.0
    if one == other:
        return 100.0
    numbers = {word for word in fold_query(one) if word.isdigit()}
    if numbers != {word for word in fold_query(other) if word.isdigit()}:
        return 0.0  # another house
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(" ".join(fold_query(one)), " ".join(fold_query(other)))


# --- the matter --------------------------------------------------------------------------------------


def _matter(one: Telling, other: Telling, percent: int, rare_words: Collection[str]) -> tuple[Reason, ...]:
    for least, points in CONTENT_POINTS:
        if percent >= least and other_figures(one.words, other.words):
            return (Reason("same_pattern", points // 2, {"percent": percent}),)
        if percent >= least:
            return (Reason("similar_content", points, {"percent": percent}),)
    here = set(other.words)
    shared = [word for word in dict.fromkeys(one.words) if word in rare_words and word in here]
    if len(shared) >= SHARED_RARE_WORDS:
        return (Reason("same_matter", SAME_MATTER_POINTS, {"words": ", ".join(sorted(shared)[:4])}),)
    return ()


def other_figures(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two contents speak of other places and days: letters are often written after one pattern."""
    first, second = ({word for word in words if word[0].isdigit()} for words in (one, other))
    if min(len(first), len(second)) < OWN_FIGURES:
        return False
    return 2 * len(first & second) / (len(first) + len(second)) < SHARED_FIGURES


def content_percent(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How much two contents agree, 0 to 100.

    The best of three: the same words in the same order, the same pairs of neighbouring words (what was told in
    another order), and, where words were mistyped, nearly the same letters.
    """
    if not one or not other:
        return 0
    if one == other:
        return 100
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    best = max(100 * Indel.normalized_similarity(one, other), 100 * _shared_pairs(one, other))
    if best < SIMILAR_CONTENT:
        letters = fuzz.ratio(" ".join(one), " ".join(other), score_cutoff=80)
        best = max(best, letters)
    return min(int(best), 99)


def _shared_pairs(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Dice's coefficient of the pairs of neighbouring words."""
    first, second = set(pairwise(one)), set(pairwise(other))
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))
