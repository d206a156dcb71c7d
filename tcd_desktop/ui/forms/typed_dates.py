"""Dates and times as officers type them: "5/9", "5.9.26", "05092026", "hôm nay", "+10", "t2", "8h30", "830"."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from tcd_desktop.domain.language.text import fold

_NUMBERS = re.compile(r"\d+")
_DATE = re.compile(r"\d{1,2}(?:[\s./\-,]+\d{1,2}(?:[\s./\-,]+(?:\d{2}|\d{4}))?)?|\d{1,8}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_STEPS = re.compile(r"([+\-])\s*(\d{1,4})\s*(t|tuan|w|th|thang|m|nam|n|y|ngay|d)?")
_WEEKDAY = re.compile(r"(?:t|thu|thu\s)\s*([2-7])(?:\s*(sau|toi|truoc|nay|tuan sau|tuan truoc|tuan nay))?")
_SUNDAY = re.compile(r"(?:cn|chu nhat)(?:\s*(sau|toi|truoc|nay|tuan sau|tuan truoc|tuan nay))?")
_TIME = re.compile(
    r"(\d{1,2})\s*(?:[:h.,g]|gio|\s)\s*(\d{1,2})?\s*(?:'|ph?|phut)?\s*(sang|chieu|toi|s|c|t)?|(\d{1,2})\s*(sang|chieu|toi)?"
)
_WORDS = {
    "nay": 0,
    "hn": 0,
    "hnay": 0,
    "hom nay": 0,
    "bua nay": 0,
    "today": 0,
    "qua": -1,
    "hqua": -1,
    "hom qua": -1,
    "yesterday": -1,
    "hom kia": -2,
    "mai": 1,
    "ngay mai": 1,
    "tomorrow": 1,
    "mot": 2,
    "ngay mot": 2,
    "ngay kia": 2,
    "tuan sau": 7,
    "tuan toi": 7,
    "tuan truoc": -7,
}
_ORDINALS = {"hai": "2", "ba": "3", "tu": "4", "nam": "5", "sau": "6", "bay": "7"}
_AFTERNOON = ("chieu", "toi", "c", "t")
LONGEST_STEP = 3660
"""Days: farther than ten years nobody counts by steps."""


def parse_date(text: str, today: date, *, past: bool = False) -> date | None:
    """The day that was meant, or None. `past`: a year of two figures is never in the future (birth, issue of a card).

    "t2" is the next Monday ("t2 trước" the last, "t2 nay" of this week), "+10" ten days from today, "+2t" two weeks,
    "+1th" a month; with `past` a bare weekday is the last one.
    """
    text = " ".join(text.split())
    word = fold(text).rstrip(".")
    if word in _WORDS:
        return today + timedelta(days=_WORDS[word])
    if not text:
        return None
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _STEPS.fullmatch(word):
        return _stepped(today, int(match[1] + match[2]), match[3] or "d")
    meant = _weekday(word)
    if meant is not None:
        return _nearest(today, *meant, past=past)
    return _written(text.rstrip("./-, "), today, past)


def _written(text: str, today: date, past: bool) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    parts = _NUMBERS.findall(text)
    if len(parts) == 1:
        parts = _cut(parts[0])
    if not 1 <= len(parts) <= 3:
        return None
    day = int(parts[0])
    month = int(parts[1]) if len(parts) > 1 else today.month
    year = _year(parts[2], today, past) if len(parts) > 2 else today.year
    return None if year is None else _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _cut(figures: str) -> list[str]:
    """Figures without separators: 05 | 0509 | 050926 | 05092026; three figures are day and month when only one way
    is possible (509 = 5/9, 319 = 31/9 is none and 3/19 neither)."""
    if len(figures) <= 2:
        return [figures]
    if len(figures) == 3:
        ways = [(figures[:1], figures[1:]), (figures[:2], figures[2:])]
        good = [way for way in ways if way[0] != "0" and way[1] != "0" and _day(2024, int(way[1]), int(way[0]))]
        return list(good[0]) if len(good) == 1 else []
    if len(figures) in (4, 6, 8):
        return [part for part in (figures[:2], figures[2:4], figures[4:]) if part]
    return []


def _year(figures: str, today: date, past: bool) -> int | None:
    if len(figures) == 4:
        return int(figures) if figures >= "1800" else None
    if len(figures) != 2:
        return None
    year = 2000 + int(figures)
    latest = today.year if past else today.year + 10
    return year if year <= latest else year - 100


def _stepped(today: date, count: int, unit: str) -> date | None:
    if unit in ("th", "thang", "m", "nam", "n", "y"):
        months = today.month - 1 + count * (1 if unit in ("th", "thang", "m") else 12)
        year, month = today.year + months // 12, months % 12 + 1
        if not 1900 <= year <= 2200:
            return None
        for day in range(today.day, 27, -1):  # 31/1 and a month: the last day of February
            found = _day(year, month, day)
            if found is not None:
                return found
        return _day(year, month, today.day)
    days = count * (7 if unit in ("t", "tuan", "w") else 1)
    return today + timedelta(days=days) if abs(days) <= LONGEST_STEP else None


def _weekday(word: str) -> tuple[int, str] | None:
    """Monday = 0 and "sau", "truoc", "nay" or "" of "t2", "thu hai", "cn tuan sau"; None for anything else."""
    parts = word.split()
    if len(parts) >= 2 and parts[0] == "thu" and parts[1] in _ORDINALS:
        word = " ".join(["t" + _ORDINALS[parts[1]], *parts[2:]])
    if match := _WEEKDAY.fullmatch(word):
        return int(match[1]) - 2, match[2] or ""
    if match := _SUNDAY.fullmatch(word):
        return 6, match[1] or ""
    return None


def _nearest(today: date, weekday: int, which: str, *, past: bool) -> date:
    this_week = today - timedelta(days=today.weekday()) + timedelta(days=weekday)
    if which in ("nay", "tuan nay"):
        return this_week
    if which in ("tuan sau", "tuan truoc"):
        return this_week + timedelta(days=7 if which == "tuan sau" else -7)
    if which == "truoc" or (past and which not in ("sau", "toi")):
        return this_week if this_week < today else this_week - timedelta(days=7)
    return this_week if this_week > today else this_week + timedelta(days=7)


def show_date(day: date | None) -> str:
    """ "05/09/2026"."""
    return f"{day:%d/%m}/{day.year:04d}" if day else ""


def is_whole_date(text: str) -> bool:
    """Whether a text is a date written out ("05/09/2026"), so that nothing needs to be said about how it was read."""
    return re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", text.strip()) is not None


def parse_birth(text: str, today: date) -> str | None:
    """ "" for nothing, "YYYY" for a year alone, "YYYY-MM-DD" for a day; None when it is none of these."""
    text = text.strip()
    if not text:
        return ""
    if re.fullmatch(r"(18|19|20)\d\d", text):
        return text
    if not _DATE.fullmatch(text) and not _ISO.fullmatch(text):
        return None
    day = parse_date(text, today, past=True)
    return day.isoformat() if day and len(_NUMBERS.findall(text)) != 2 and len(text) > 4 else None


def show_birth(value: str) -> str:
    """ "1968" or "05/09/1968"."""
    try:
        return show_date(date.fromisoformat(value)) if len(value) == 10 else value
    except ValueError:
        return value


def parse_time(text: str) -> time | None:
    """The time of "8", "8h", "8h30", "8g30", "8:30", "8.30", "830", "0830", "2h chiều"; None for anything else."""
    word = fold(text.strip())
    if re.fullmatch(r"\d{3,4}", word):
        word = f"{word[:-2]}:{word[-2:]}"
    match = _TIME.fullmatch(word)
    if not match:
        return None
    hour = int(match[1] or match[4])
    if (match[3] or match[5] or "") in _AFTERNOON and hour < 12:
        hour += 12
    try:
        return time(hour, int(match[2] or 0))
    except ValueError:
        return None


def show_time(value: time | None) -> str:
    """ "08:30"."""
    return f"{value:%H:%M}" if value else ""
