"""Values of variables from the head's receptions: one sitting with its conclusions, the calendar of a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time

from tcd_desktop.domain.letters.letter_rules import bare_title
from tcd_desktop.domain.letters.letter_text import LetterSubject, table_row
from tcd_desktop.domain.sittings.sitting import Conclusion, Sitting
from tcd_desktop.services.letters.letter_facts import LetterFacts

Values = dict[str, str]


def sitting_values(sitting: Sitting, conclusions: Sequence[Conclusion], words: Mapping[str, str]) -> Values:
    """The sitting, who was there, what was agreed."""
    rows = [
        table_row(str(number), one.content, one.responsible, f"{one.due:%d/%m/%Y}" if one.due else "")
        for number, one in enumerate(conclusions, start=1)
    ]
    day = sitting.day
    return {
        "sitting_on": f"{day:%d/%m/%Y}",
        "sitting_day": f"{day.day:02}",
        "sitting_month": f"{day.month:02}" if day.month < 3 else str(day.month),
        "sitting_year": str(day.year),
        "sitting_start": _clock(sitting.start, words),
        "sitting_end": _clock(sitting.end, words),
        "sitting_place": sitting.place,
        "leader": sitting.delegate or sitting.leader,
        "leader_title": bare_title(sitting.leader_title),
        "attendees": _lines(sitting.attendees),
        "expected": _lines(sitting.expected),
        "minutes": sitting.minutes.strip(),
        "agreed": _lines(sitting.result),
        "conclusion_rows": "\n".join(rows),
    }


def calendar_values(facts: LetterFacts, words: Mapping[str, str]) -> Values:
    """The poster of a month: when the head receives, with whom, about what."""
    if facts.subject is not LetterSubject.CALENDAR:
        return {}
    posted = [one.posted_on for one in facts.sittings if one.posted_on]
    return {
        "calendar_month": f"{facts.on.month:02}",
        "calendar_year": str(facts.on.year),
        "posted_on": f"{max(posted):%d/%m/%Y}" if posted else "",
        "calendar_rows": "\n".join(_row(one, words) for one in facts.sittings),
    }


def _row(sitting: Sitting, words: Mapping[str, str]) -> str:
    leader = words["said.delegated"].format(name=sitting.delegate) if sitting.delegate else sitting.leader
    who = ", ".join(filter(None, (leader, "" if sitting.delegate else sitting.leader_title)))
    hours = " - ".join(_short(at) for at in (sitting.start, sitting.end) if at)
    return table_row(f"{sitting.day:%d/%m/%Y}", hours, who, _lines(sitting.attendees), _lines(sitting.expected))


def _short(at: time) -> str:
    return f"{at.hour:02}:{at.minute:02}"


def _clock(at: time | None, words: Mapping[str, str]) -> str:
    return words["said.clock"].format(hour=f"{at.hour:02}", minute=f"{at.minute:02}") if at else ""


def _lines(text: str) -> str:
    return "; ".join(line.strip(" .;") for line in text.splitlines() if line.strip())
