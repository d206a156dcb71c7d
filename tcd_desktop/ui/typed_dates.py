"""Dates and times as officers type them: "5/9", "5/9/26", "05092026", "hôm nay", "8h30"."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from tcd_desktop.domain.text import fold

_NUMBERS = re.compile(r"\d+")
_DATE = re.compile(r"[\d\s./\-]+")
_TIME = re.compile(r"(\d{1,2})\s*(?:[:h.gG]\s*(\d{1,2})?)?\s*(?:'|ph?)?", re.IGNORECASE)
_WORDS = {
    "nay": 0,
    "hom nay": 0,
    "today": 0,
    "hom qua": -1,
    "yesterday": -1,
    "mai": 1,
    "ngay mai": 1,
    "tomorrow": 1,
}


def parse_date(text: str, today: date, *, past: bool = False) -> date | None:
    """The day that was meant, or None. `past`: a year of two figures is never in the future (birth, issue
    of a card)."""
    text = text.strip()
    word = _WORDS.get(fold(text))
    if word is not None:
        return today + timedelta(days=word)
    if not text or not _DATE.fullmatch(text):
        return None
    parts = _NUMBERS.findall(text)
    if len(parts) == 1:
        parts = _cut(parts[0])
    if not 1 <= len(parts) <= 3:
        return None
    day = int(parts[0])
    month = int(parts[1]) if len(parts) > 1 else today.month
    year = _year(parts[2], today, past) if len(parts) > 2 else today.year
    if year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _cut(figures: str) -> list[str]:
    """Figures without separators: 05 | 0509 | 050926 | 05092026."""
    if len(figures) <= 2:
        return [figures]
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


def show_date(day: date | None) -> str:
    """ "05/09/2026"."""
    return f"{day:%d/%m}/{day.year:04d}" if day else ""


def parse_birth(text: str, today: date) -> str | None:
    """ "" for nothing, "YYYY" for a year alone, "YYYY-MM-DD" for a day; None when it is none of these."""
    text = text.strip()
    if not text:
        return ""
    if re.fullmatch(r"(18|19|20)\d\d", text):
        return text
    day = parse_date(text, today, past=True)
    return day.isoformat() if day and len(_NUMBERS.findall(text)) != 2 and len(text) > 4 else None


def show_birth(value: str) -> str:
    """ "1968" or "05/09/1968"."""
    try:
        return show_date(date.fromisoformat(value)) if len(value) == 10 else value
    except ValueError:
        return value


def parse_time(text: str) -> time | None:
    """The time of "8", "8h", "8h30", "8:30", "8.30", "0830"; None for anything else."""
    text = text.strip()
    if re.fullmatch(r"\d{3,4}", text):
        text = f"{text[:-2]}:{text[-2:]}"
    match = _TIME.fullmatch(text)
    if not match:
        return None
    try:
        return time(int(match[1]), int(match[2] or 0))
    except ValueError:
        return None


def show_time(value: time | None) -> str:
    """ "08:30"."""
    return f"{value:%H:%M}" if value else ""
