"""Single cells of an old book: ditto marks, dates, numbers that lost their zeros, classifications, papers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from tcd_desktop.domain.language.text import clean_line, fold
from tcd_desktop.domain.old_book.old_book_sheet import Cell
from tcd_desktop.domain.people.identity_checks import PROVINCE_CODES, plain_phone
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.receptions.reception import Paper
from tcd_desktop.domain.terms import Classification, Direction, IdKind, PaperCondition, ReceptionKind

_DITTO: Final = re.compile(r"(?:[\"″〃”“„]|''|’’|,,|-+\s*\"\s*-+|[-(]?\s*(?:n/?t|nhu tren)\s*[-)]?)+")


LONGEST_DITTO: Final = 14


def is_ditto(text: str) -> bool:
    """A mark that means "as above": ", ″, '', -nt-, nt, như trên."""
    words = fold(text)
    return len(words) <= LONGEST_DITTO and bool(_DITTO.fullmatch(words.replace('" "', '""')))


# --- dates ------------------------------------------------------------------------------------------

_FIRST_EXCEL_DAY: Final = date(1899, 12, 30)
_SERIALS: Final = range(32_874, 73_051)
"""Excel's numbers for the days of 1990 to 2099."""
YEARS: Final = range(1990, 2100)
_WHOLE_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")
_ISO_DAY: Final = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_SHORT_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?!\s*[/.\-]?\s*\d)")
_WORDS_DAY: Final = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*thang\s*(\d{1,2})(?:\s*nam\s*(\d{4}|\d{2}))?")
_CLOCK: Final = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s*(?:h|g|gio|:)\s*([0-5]\d)?(?!\d)")


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day read from a cell. `guessed_year`: the cell has none, so it is the book's."""

    day: date | None
    guessed_year: bool = False
    at: time | None = None


def read_day(cell: Cell, year: int | None) -> ReadDay:
    """The day of a cell: "5/9/25", "05.09.2025", "5/9" in the book's year, Excel's dates and numbers."""
    if cell.day is not None:
        return ReadDay(cell.day if cell.day.year in YEARS else None, at=cell.at)
    words = fold(cell.text)
    at = read_time(words)
    if found := _ISO_DAY.search(words):
        return ReadDay(_day(int(found[1]), int(found[2]), int(found[3])), at=at)
    if found := _WHOLE_DAY.search(words):
        return ReadDay(_day(_full_year(found[3]), int(found[2]), int(found[1])), at=at)
    if found := _WORDS_DAY.search(words):
        stated = _full_year(found[3]) if found[3] else year
        day = _day(stated, int(found[2]), int(found[1])) if stated else None
        return ReadDay(day, guessed_year=not found[3], at=at)
    if re.fullmatch(r"\d{5}(\.\d+)?", words) and int(words[:5]) in _SERIALS:
        return ReadDay(_FIRST_EXCEL_DAY + timedelta(days=int(words[:5])), at=at)
    if found := _SHORT_DAY.search(words):
        day = _day(year, int(found[2]), int(found[1])) if year else None
        return ReadDay(day, guessed_year=True, at=at)
    return ReadDay(None, at=at)


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """The first time of day in a text: "8h30", "08:30", "14 giờ"."""
    found = _CLOCK.search(fold(text))
    return time(int(found[1]), int(found[2] or 0)) if found else None


_BIRTH_YEAR: Final = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")


def read_birth(cell: Cell) -> str:
    """ "", "YYYY" or "YYYY-MM-DD" as a person keeps it."""
    if cell.day is not None:
        return cell.day.isoformat()
    words = fold(cell.text)
    if found := _WHOLE_DAY.search(words):
        try:
            year = int(found[3]) if len(found[3]) == 4 else 1900 + int(found[3])
            return date(year, int(found[2]), int(found[1])).isoformat()
        except ValueError:
            return ""
    found = _BIRTH_YEAR.search(words)
    return found[1] if found else ""


# --- numbers ----------------------------------------------------------------------------------------

_DIGITS: Final = re.compile(r"(?<!\d)\d{8,12}(?!\d)")
_SPACED: Final = re.compile(r"(?<!\d)\d(?:[ .]?\d){7,11}(?!\d)")
_PASSPORT: Final = re.compile(r"(?<!\w)[A-Z]{1,2}\s?\d{6,8}(?!\d)")


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """An identity paper read from a cell, with what is doubtful about it."""

    kind: IdKind | None = None
    number: str = ""
    issued: date | None = None
    place: str = ""
    doubt: Problem | None = None


def read_paper(cell: Cell) -> ReadPaper:
    """Number, day and place of issue of an identity paper. A number that lost its zero gets it back, as a doubt."""
    text = clean_line(cell.text)
    if passport := _PASSPORT.search(text.upper()):
        return ReadPaper(IdKind.PASSPORT, passport[0].replace(" ", ""), *read_issue(text[passport.end() :]))
    found = _DIGITS.search(text) or _SPACED.search(text)
    if not found:
        return ReadPaper()
    number, doubt = _with_zeros(re.sub(r"\D", "", found[0]), cell.numeric)
    kind = IdKind.CITIZEN_CARD if len(number) == 12 else IdKind.OTHER
    return ReadPaper(kind, number, *read_issue(text[found.end() :]), doubt)


def _with_zeros(number: str, numeric: bool) -> tuple[str, Problem | None]:
    """Twelve figures, or nine of the old card (CMND)."""
    longer = number.zfill(12)
    if len(number) in (10, 11) and longer[:3] in PROVINCE_CODES and longer[3] in "0123":
        return longer, Problem("zero_lost", {"number": number, "mended": longer}, warning=True)
    if len(number) == 8 and numeric:
        return number.zfill(9), Problem("zero_lost", {"number": number, "mended": number.zfill(9)}, warning=True)
    if len(number) not in (9, 12):
        return number, Problem("id_length", {"length": len(number), "expected": 12}, warning=True)
    return number, None


_PLACE: Final = re.compile(r"(?:nơi cấp|tại|do|bởi)\s*:?\s*(.+)$", re.IGNORECASE)


def read_issue(text: str) -> tuple[date | None, str]:
    """(day, place) of issue: "cấp ngày 04/05/2021 tại Cục Cảnh sát"."""
    found = _WHOLE_DAY.search(text)
    issued = _day(_full_year(found[3]), int(found[2]), int(found[1])) if found else None
    rest = text[found.end() :] if found else text
    place = _PLACE.search(rest)
    words = place[1] if place else rest if found else ""
    return issued, clean_line(words.strip(" ,;.:-–()"))[:200]


def read_phone(text: str) -> tuple[str, Problem | None]:
    """(telephone, doubt): nine figures get their zero back."""
    shown = clean_line(text)
    number = plain_phone(shown)
    if re.fullmatch(r"[35789]\d{8}|2\d{9}", number):
        return "0" + number, Problem("zero_lost", {"number": shown, "mended": "0" + number}, warning=True)
    return (number if number.isdigit() else shown), None


def read_number(text: str) -> int | None:
    """The running number of a line: "45", "45/2025", "045.", "45.0"."""
    found = re.match(r"\s*0*(\d{1,7})(?:\.0+)?(?!\d)", text)
    return int(found[1]) or None if found else None


def read_people(text: str) -> int | None:
    """How many people: "03", "5 người", "01 người"."""
    found = re.search(r"(?<!\d)0*([1-9]\d{0,4})(?!\d)", text)
    return int(found[1]) if found else None


# --- closed lists -----------------------------------------------------------------------------------

_DENUNCIATION: Final = re.compile(r"\bto cao\b|\btc\b|\bdtc\b")
_COMPLAINT: Final = re.compile(r"\bkhieu nai\b|\bkn\b|\bdkn\b|\bkhieu kien\b")
_FEEDBACK: Final = re.compile(r"\bphan anh\b|\bpa\b|\bdpa\b")
_PETITION: Final = re.compile(r"\bkien nghi\b|\bknpa\b|\bkn ?pa\b|\bde nghi\b|\bdkn ?pa\b|\bdn\b")


@dataclass(frozen=True, slots=True)
class ReadClass:
    """A classification read from words, with what is doubtful about it."""

    classification: Classification | None
    doubt: Problem | None = None


def read_classification(text: str) -> ReadClass:
    """KN, TC, KNPA, "Khiếu nại", "đơn tố cáo lần 2" ... Several at once: a denunciation keeps its secret."""
    words = " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())
    petition = bool(_PETITION.search(words))
    without = _PETITION.sub(" ", words) if petition else words
    found = [
        classification
        for classification, there in (
            (Classification.DENUNCIATION, bool(_DENUNCIATION.search(words))),
            (Classification.COMPLAINT, bool(_COMPLAINT.search(without))),
            (Classification.PETITION, petition),
            (Classification.FEEDBACK, bool(_FEEDBACK.search(without))),
        )
        if there
    ]
    if not found:
        return ReadClass(None)
    both = found == [Classification.PETITION, Classification.FEEDBACK]
    doubt = (
        Problem("several_classes", {"text": clean_line(text)}, warning=True) if len(found) > 1 and not both else None
    )
    return ReadClass(found[0], doubt)


_MARKS: Final = frozenset({"x", "v", "✓", "✔", "√", "ü", "þ", "+", "co", "1", "*", "•", "●", "xx", "(x)", "[x]"})


def is_mark(text: str) -> bool:
    """The cross of column 9: x, v, a tick, "có"."""
    return fold(text).strip(" .") in _MARKS


_DIRECTIONS: Final = (
    (re.compile(r"tu choi|khong tiep nhan|khong thu ly"), Direction.REFUSE),
    (re.compile(r"chuyen|phieu chuyen"), Direction.FORWARD),
    (re.compile(r"huong dan|tra (lai )?don"), Direction.GUIDE),
    (re.compile(r"thu ly|tiep nhan|giai quyet theo tham quyen"), Direction.ACCEPT),
    (re.compile(r"giai thich|tra loi|van dong"), Direction.EXPLAIN),
    (re.compile(r"bao cao|trinh|xin y kien"), Direction.TO_HEAD),
    (re.compile(r"don doc|yeu cau"), Direction.REQUIRE_LOWER),
)


def read_direction(text: str) -> Direction | None:
    """The handling told in words in one column."""
    words = fold(text)
    return next((direction for pattern, direction in _DIRECTIONS if pattern.search(words)), None)


def read_kind(text: str) -> ReceptionKind | None:
    """Regular, scheduled or unscheduled reception."""
    words = fold(text)
    if "dot xuat" in words:
        return ReceptionKind.AD_HOC
    if "dinh ky" in words:
        return ReceptionKind.SCHEDULED
    return ReceptionKind.REGULAR if "thuong xuyen" in words else None


_LETTER: Final = re.compile(
    r"(?:(?:công văn|văn bản|phiếu chuyển|phiếu|cv|vb|số)\s*)*(?:số|:)?\s*(\d{1,5}(?:/\d{4})?/[^\W\d_][\w\-Đđ]*)",
    re.IGNORECASE,
)


def read_letter(text: str) -> tuple[str, str]:
    """(office, number of the letter): "UBND quận, CV số 12/UBND-TCD" -> ("UBND quận", "12/UBND-TCD")."""
    text = clean_line(text)
    found = _LETTER.search(text)
    if not found:
        return text[:500], ""
    office = (text[: found.start()] + " " + text[found.end() :]).strip(" ,;.:-–()")
    return clean_line(office)[:500], found[1]


_PAGES: Final = re.compile(r"[(\-–,:]?\s*0*(\d{1,4})\s*(?:tờ|trang|bản|to|trang)\b\)?", re.IGNORECASE)


def read_papers(text: str) -> tuple[Paper, ...]:
    """Papers handed over: "Đơn (02 tờ); bản phô tô GCN 4 trang"."""
    found = []
    for part in re.split(r"[;\n]|,(?!\s*\d)", text):
        name = clean_line(part).strip(" -–•+.")
        if not name or is_ditto(name) or fold(name) in ("khong", "khong co"):
            continue
        pages = _PAGES.search(name)
        if pages:
            name = clean_line(name[: pages.start()] + name[pages.end() :]).strip(" -–,:()") or name
        condition = PaperCondition.CERTIFIED_COPY if "chung thuc" in fold(name) else PaperCondition.PHOTOCOPY
        condition = PaperCondition.ORIGINAL if "ban chinh" in fold(name) or "ban goc" in fold(name) else condition
        found.append(Paper(name[:500], int(pages[1]) or None if pages else None, condition))
    return tuple(found[:100])
