"""Rules of letters (văn bản đi): number and sign, what is missing before one is issued, the name of its file.

Codes of problems: missing, too_long and the others of `text_problem`, unknown_variable {names}, lone_brace,
letter_names_denouncer (somebody who must stay unknown is told), form_unconfirmed {form} and
form_of_another_day {instrument} (warnings).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from tcd_desktop.domain.language.text import fold, text_problem
from tcd_desktop.domain.letters.letter import Letter, LetterState, letter_number
from tcd_desktop.domain.letters.letter_text import LetterLayout, LetterSubject, LetterText, unknown_variables
from tcd_desktop.domain.problems import Problem, Problems

SECRET_TEXTS: Final = ("about", "addressees", "body", "recipients", "note")
"""The texts of a letter that lie in `sealed` when it would tell who denounced."""

LINE: Final = 500
PARAGRAPH: Final = 10_000
MOST_PARAGRAPHS: Final = 400
MOST_NUMBER: Final = 99_999
WHOLE: Final = 35_000
"""Letters of a whole body: more is no letter but an annex."""

PAPER_REGISTER: Final = ""
"""The series of a number that was taken from the paper register of the office (sổ đăng ký văn bản đi)."""

_COMMITTEE = re.compile(r"^(ủy ban nhân dân|uỷ ban nhân dân|ubnd)\b", re.IGNORECASE)
_OF_COMMITTEE = re.compile(r"\s+(ủy ban nhân dân|uỷ ban nhân dân|ubnd)\b.*$", re.IGNORECASE)
_NO_LETTER = re.compile(r"[^0-9A-ZĐ]")
_UNNUMBERED: Final = frozenset({LetterLayout.APPLICATION, LetterLayout.POSTER})
_NO_ADDRESSEE: Final = frozenset({LetterLayout.MINUTES, LetterLayout.APPLICATION, LetterLayout.POSTER})
_OPEN_DOTS: Final = re.compile(r"\{|\}")


def is_numbered(text: LetterText) -> bool:
    """Whether a kind has a number: a citizen's own paper and a poster have none, minutes only with a sign."""
    return text.layout not in _UNNUMBERED and (text.layout is not LetterLayout.MINUTES or bool(text.abbreviation))


def sign_of(text: LetterText, office_name: str) -> str:
    """Ký hiệu of a kind at an office: "TB-UBND"; of a công văn the body alone, "UBND" (NĐ 30/2020 Phụ lục I, ô 3)."""
    if not is_numbered(text):
        return ""
    return "-".join(filter(None, (text.abbreviation, office_sign(office_name))))


def office_sign(name: str) -> str:
    """Chữ viết tắt tên cơ quan: "UBND" of a people's committee, else the first letters of its words."""
    if _COMMITTEE.match(name.strip()):
        return "UBND"
    return _NO_LETTER.sub("", "".join(word[0] for word in name.upper().split() if word[0].isalpha()))[:8]


def bare_title(title: str) -> str:
    """A title without the name of the office, which stands above or beside it: "Chủ tịch UBND phường" -> "Chủ tịch"."""
    return _OF_COMMITTEE.sub("", title).strip() or title


def subject_of(letter: Letter) -> tuple[LetterSubject, str]:
    """Which record a letter is written about."""
    if letter.target is not None:
        return (LetterSubject.CONCLUSION if letter.sitting else LetterSubject.REMINDER), letter.target
    for name in (LetterSubject.SITTING, LetterSubject.PETITION, LetterSubject.RECEPTION, LetterSubject.CASE):
        if found := getattr(letter, name.value):
            return name, str(found)
    return LetterSubject.NOTHING, ""


def about_fields(subject: LetterSubject, record: str) -> dict[str, str]:
    """The field of a letter that names the record itself; what else it belongs to is told by the record."""
    if subject in (LetterSubject.CONCLUSION, LetterSubject.REMINDER):
        return {"target": record}
    named = (LetterSubject.RECEPTION, LetterSubject.PETITION, LetterSubject.CASE, LetterSubject.SITTING)
    return {subject.value: record} if subject in named else {}


def letter_problems(letter: Letter, text: LetterText | None) -> Problems:
    """Field -> what is missing or impossible. Judges the words; number and day are judged when it is issued."""
    found: dict[str, Problem] = {}
    if not any(letter.body):
        found["body"] = Problem("missing")
    if text is not None:
        if text.about and not letter.about:
            found["about"] = Problem("missing")
        if not letter.addressees and text.layout not in _NO_ADDRESSEE and text.addressees:
            found["addressees"] = Problem("missing")
        if is_numbered(text) and not letter.sign:
            found["sign"] = Problem("missing")
        if letter.instrument not in ("", text.instrument):
            found["dated"] = Problem("form_of_another_day", {"instrument": text.instrument}, warning=True)
        if text.unconfirmed and not text.without_form:
            found["kind"] = Problem("form_unconfirmed", {"form": text.mark or text.instrument}, warning=True)
    for name in ("about", "sign", "signer", "signer_title"):
        if problem := text_problem(getattr(letter, name), LINE):
            found[name] = problem
    for name in ("addressees", "recipients", "body"):
        if problem := lines_problem(getattr(letter, name), PARAGRAPH if name == "body" else LINE):
            found[name] = problem
    for name in ("about", "addressees", "recipients", "body"):
        value = getattr(letter, name)
        if problem := braces_problem((value,) if isinstance(value, str) else value, ()):
            found.setdefault(name, problem)
    if problem := text_problem(letter.note, PARAGRAPH, multiline=True):
        found["note"] = problem
    return found


def own_text_problems(
    about: str, body: Iterable[str], recipients: Iterable[str], known: Iterable[str]
) -> dict[str, Problem]:
    """What is wrong with the words an office wants to use for a kind: unknown variables are named."""
    parts = {"about": (about,), "body": tuple(body), "recipients": tuple(recipients)}
    allowed = frozenset(known)
    found: dict[str, Problem] = {}
    if not any(parts["body"]):
        found["body"] = Problem("missing")
    for name, texts in parts.items():
        problem = lines_problem(texts, PARAGRAPH if name == "body" else LINE) or braces_problem(texts, allowed)
        if problem is not None:
            found[name] = problem
    return found


def lines_problem(lines: Iterable[str], most: int) -> Problem | None:
    """What is wrong with one of several lines."""
    found = tuple(lines)
    if len(found) > MOST_PARAGRAPHS or sum(map(len, found)) > WHOLE:
        return Problem("too_long", {"limit": WHOLE, "length": sum(map(len, found))})
    return next((problem for line in found if (problem := text_problem(line, most))), None)


def braces_problem(texts: Iterable[str], known: Iterable[str]) -> Problem | None:
    """A variable nobody fills, or a brace that stands alone."""
    parts = [text for text in texts if _OPEN_DOTS.search(text)]
    try:
        unknown = unknown_variables(parts, known)
    except ValueError:
        return Problem("lone_brace")
    return Problem("unknown_variable", {"names": ", ".join(f"{{{name}}}" for name in unknown)}) if unknown else None


def issue_problem(letter: Letter, on: date, today: date, number: int | None) -> tuple[str, Mapping[str, object]] | None:
    """Why a letter cannot be issued on a day under a number: a code and its facts."""
    if letter.state is not LetterState.DRAFT:
        return "letter_issued", {}
    if on > today:
        return "letter_future", {"today": today}
    if number is not None and not 0 < number <= MOST_NUMBER:
        return "letter_number", {"most": MOST_NUMBER}
    return None


def file_name(type_name: str, letter: Letter, *, print_no: int = 1, ending: str = "pdf") -> str:
    """A name for a file that tells nothing about a person: "thong-bao-15-2026.pdf"."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(type_name)).strip("-")[:40] or "van-ban"
    number = f"{letter_number(letter.number, letter.series, '').lower()}-{letter.year}" if letter.number else "du-thao"
    again = f"-in-lai-{print_no - 1}" if print_no > 1 else ""
    return f"{words}-{number}{again}.{ending}"
