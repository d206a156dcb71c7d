"""The cells of one line of an old book, read into the values of a draft, with what stops it and what is doubtful."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any, Final

from tcd_desktop.domain.language.text import clean_block, clean_line, fold
from tcd_desktop.domain.old_book.old_book_cells import (
    ReadPaper,
    is_mark,
    read_birth,
    read_classification,
    read_day,
    read_direction,
    read_issue,
    read_kind,
    read_letter,
    read_paper,
    read_papers,
    read_people,
    read_phone,
    read_time,
)
from tcd_desktop.domain.old_book.old_book_columns import BookColumn
from tcd_desktop.domain.old_book.old_book_people import ReadPeople, read_names, read_names_and_address
from tcd_desktop.domain.old_book.old_book_sheet import EMPTY, Cell
from tcd_desktop.domain.people.person import Member
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.receptions.reception_rules import LONG_TEXTS, MAX_PEOPLE, TEXT_LIMIT
from tcd_desktop.domain.terms import Classification, Direction, IdKind, ReceiverRank, ReceptionKind, Role

Cells = dict[BookColumn, Cell]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at in a line: which field, and what."""

    field: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What the officer says of the whole book: its year (for "5/9") and who received when no column tells."""

    year: int | None = None
    receiver_name: str = ""


class LineValues:
    """What is gathered of one line."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.stops: list[Doubt] = []
        self.doubts: list[Doubt] = []

    def stop(self, name: str, code: str, /, **facts: Any) -> None:
        self.stops.append(Doubt(name, Problem(code, facts)))

    def doubt(self, name: str, code: str, /, **facts: Any) -> None:
        self.doubts.append(Doubt(name, Problem(code, facts, warning=True)))

    def told(self, name: str, problem: Problem | None) -> None:
        if problem is not None:
            self.doubts.append(Doubt(name, problem))


def read_values(cells: Cells, facts: BookFacts, before: dt.date | None, nothing_above: list[str]) -> LineValues:
    """The values of a line. `before` is the day of the line above, `nothing_above` the columns of stray ditto marks."""
    line = LineValues()
    for name in nothing_above:
        line.doubt(name, "ditto_without_above")
    _read_when(line, cells, facts, before)
    people = _read_who(line, cells)
    _read_what(line, cells)
    _read_people(line, cells, people)
    _read_handling(line, cells)
    _read_rest(line, cells, facts)
    _fit(line)
    return line


def text_of(cells: Cells, column: BookColumn) -> str:
    """The text of a column, trimmed; "" when the book has none."""
    return clean_block(cells[column].text).strip() if column in cells else ""


def _read_when(line: LineValues, cells: Cells, facts: BookFacts, before: dt.date | None) -> None:
    cell = cells.get(BookColumn.DATE, EMPTY)
    found = read_day(cell, facts.year)
    if found.day is None:
        if cell.text.strip():
            line.stop("date", "unreadable_day", text=clean_line(cell.text)[:60])
        else:
            line.stop("date", "missing")
    else:
        line.values["date"] = found.day
        if before and found.day < before:
            line.doubt("date", "day_before_the_line_above", above=before)
    time_cell = cells.get(BookColumn.TIME, EMPTY)
    at = time_cell.at or read_time(time_cell.text) or found.at
    if at:
        line.values["time"] = at.replace(second=0, microsecond=0)


_PHONE_IN: Final = re.compile(
    r"[,;(\-–\s]*(?:số )?(?:đt|sđt|điện thoại|tel|dđ)\s*[:.]?\s*(\+?\d[\d .]{7,13}\d)\)?", re.IGNORECASE
)
_PAPER_IN: Final = re.compile(
    r"[,;(\-–\s]*(?:số )?(?:cccd|cmnd|cmt|căn cước(?: công dân)?|hộ chiếu|đdcn|số định danh)\s*(?:số)?\s*[:.]?\s*"
    r"([A-Z]?\d[\d .]{6,13}\d)\)?"
    r"(?:[,;\s]*(?:cấp|ngày cấp)\s*(?:ngày)?\s*[:.]?\s*\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}[^,;\n]*)?",
    re.IGNORECASE,
)
_BORN_IN: Final = re.compile(
    r"[,;(\-–\s]*(?:sinh năm|sn|sinh ngày|sinh)\s*[:.]?\s*((?:\d{1,2}[/.\-]){0,2}(?:19|20)\d\d)\)?", re.IGNORECASE
)


LONGEST_NAMES: Final = 2_000
"""Letters of a cell in which names are looked for."""


def _short(text: str) -> str:
    """With single blanks and of a length that patterns can search."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", text[: 4 * LONGEST_NAMES]))[:LONGEST_NAMES]


def _read_who(line: LineValues, cells: Cells) -> ReadPeople:
    joint = BookColumn.NAME_ADDRESS in cells
    text = _short(text_of(cells, BookColumn.NAME_ADDRESS if joint else BookColumn.NAME))
    taken: dict[str, str] = {}
    for name, pattern in (("phone", _PHONE_IN), ("paper", _PAPER_IN), ("birth", _BORN_IN)):
        if found := pattern.search(text):
            taken[name] = found[0] if name == "paper" else found[1]
            text = text[: found.start()] + text[found.end() :]
    people = read_names_and_address(text) if joint else read_names(text)
    if not people.name:
        line.stop("name", "missing")
    line.values |= {"name": people.name, "sex": people.sex}
    line.values["address"] = text_of(cells, BookColumn.ADDRESS) or people.address
    _read_identity(line, cells, taken)
    return people


def _read_identity(line: LineValues, cells: Cells, taken: dict[str, str]) -> None:
    paper = read_paper(cells.get(BookColumn.ID_NUMBER, EMPTY))
    if not paper.number and "paper" in taken:
        paper = read_paper(Cell(text=taken["paper"]))
    issued = cells.get(BookColumn.ID_ISSUED, EMPTY)
    if issued.text.strip() or issued.day:
        day, place = (issued.day, "") if issued.day else read_issue(issued.text)
        paper = replace(paper, issued=day or paper.issued, place=place or paper.place)
    _place_paper(line, paper, text_of(cells, BookColumn.ID_NUMBER))
    birth = read_birth(cells.get(BookColumn.BIRTH, EMPTY)) or read_birth(Cell(text=taken.get("birth", "")))
    phone, doubt = read_phone(text_of(cells, BookColumn.PHONE) or taken.get("phone", ""))
    line.values |= {"birth_date": birth, "phone": phone}
    line.told("phone", doubt)


def _place_paper(line: LineValues, paper: ReadPaper, written: str) -> None:
    """What stands in the column, or that the old book has no number: then "other paper", told in the note."""
    if paper.number:
        line.values |= {"id_kind": paper.kind, "id_number": paper.number}
        line.values |= {"id_issued": paper.issued, "id_place": paper.place}
        line.told("id_number", paper.doubt)
        return
    line.values["id_kind"] = IdKind.OTHER
    line.doubt("id_number", "old_book_without", text=written) if not written else line.doubt(
        "id_number", "unreadable_number", text=written[:60]
    )
    if written:
        line.values["note"] = written


_REQUEST: Final = re.compile(r"(?:^|[\n.;])\s*(?:yêu cầu|đề nghị|nguyện vọng)\s*:\s*", re.IGNORECASE)


def _read_what(line: LineValues, cells: Cells) -> None:
    content, request = text_of(cells, BookColumn.CONTENT), text_of(cells, BookColumn.REQUEST)
    if not request and (found := _REQUEST.search(content)) and content[: found.start()].strip():
        content, request = content[: found.start()].rstrip(" .;\n"), content[found.end() :]
    if not content and request:
        content, request = request, ""
    if not content:
        line.stop("content", "missing")
    line.values |= {"content": content, "request": request}
    written = text_of(cells, BookColumn.CLASSIFICATION) or text_of(cells, BookColumn.CLASS_PEOPLE)
    found_class = read_classification(written)
    classification = found_class.classification
    line.told("classification", found_class.doubt)
    if classification is None:
        classification = read_classification(" ".join(content.split()[:8])).classification
        if classification is None and "to cao" in fold(content):
            classification = Classification.DENUNCIATION  # what may be secret is kept secret
        if classification is None:
            line.doubt("classification", "old_book_without" if not written else "unreadable_class", text=written[:60])
        else:
            line.doubt("classification", "class_from_content", classification=classification)
    line.values["classification"] = classification
    words = fold(" ".join((written, content, text_of(cells, BookColumn.DOCUMENTS))))
    line.values["documents"] = read_papers(text_of(cells, BookColumn.DOCUMENTS))
    line.values["has_petition"] = bool(
        re.search(r"\bco don\b|\bnop don\b|\bgui don\b|\bdon (khieu nai|to cao|kien nghi|phan anh|de nghi)\b", words)
    )


def _read_people(line: LineValues, cells: Cells, people: ReadPeople) -> None:
    told = read_people(text_of(cells, BookColumn.PEOPLE)) or read_people(text_of(cells, BookColumn.CLASS_PEOPLE))
    count = told or people.count or 1
    if told and people.count and told < people.count:
        line.doubt("people", "fewer_than_named", told=told, named=people.count)
        count = people.count
    if people.uncounted and not told:
        line.doubt("people", "people_uncounted")
    if people.others or count > 1:
        line.values["role"] = Role.GROUP_REPRESENTATIVE
    if people.others:
        speaker = Member(people.name, speaks=True)
        line.values["members"] = (speaker, *(Member(name) for name in people.others))
        line.doubt("name", "several_people", people=count)
    line.values["people"] = min(count, MAX_PEOPLE)


def _read_handling(line: LineValues, cells: Cells) -> None:
    guide, forward = text_of(cells, BookColumn.GUIDE), text_of(cells, BookColumn.FORWARD)
    accept = text_of(cells, BookColumn.ACCEPT)
    found: list[Direction] = []
    if forward:
        found.append(Direction.FORWARD)
        office, number = read_letter(forward)
        line.values |= {"forwarded_to": "" if is_mark(forward) else office, "forwarding_number": number}
    if guide:
        found.append(Direction.GUIDE)
        office, number = read_letter(guide)
        line.values |= {"guided_to": "" if is_mark(guide) else office, "guidance_number": number}
    if accept and fold(accept) not in ("khong", "0", "-"):
        found.append(Direction.ACCEPT)
        if not is_mark(accept):
            line.values["follow_up"] = accept
    words = text_of(cells, BookColumn.DIRECTION)
    if not found and words:
        direction = read_direction(words)
        if direction is not None:
            found.append(direction)
        line.values["follow_up"] = words
        if direction is Direction.FORWARD:
            line.values["forwarding_number"] = read_letter(words)[1]
    if len(found) > 1:
        line.doubt("direction", "several_directions", count=len(found))
    if not found:
        line.doubt("direction", "old_book_without", text=words[:60])
    line.values["direction"] = found[0] if found else None


def _read_rest(line: LineValues, cells: Cells, facts: BookFacts) -> None:
    receiver = clean_line(text_of(cells, BookColumn.RECEIVER)) or facts.receiver_name
    kind = read_kind(text_of(cells, BookColumn.KIND)) or read_kind(text_of(cells, BookColumn.NOTE))
    leads = re.search(r"\b(chu tich|lanh dao|thu truong)\b", fold(receiver))
    line.values |= {
        "receiver_name": receiver,
        "kind": kind or ReceptionKind.REGULAR,
        "receiver_rank": ReceiverRank.HEAD if kind in (ReceptionKind.SCHEDULED, ReceptionKind.AD_HOC) or leads
        else ReceiverRank.OFFICER,
        "settled_by": text_of(cells, BookColumn.SETTLED_BY),
    }  # fmt: skip
    follow_up = [line.values.get("follow_up", ""), text_of(cells, BookColumn.FOLLOW_UP)]
    note = [text_of(cells, BookColumn.NOTE), line.values.get("note", "")]
    line.values["follow_up"] = "\n".join(filter(None, follow_up))
    line.values["note"] = "\n".join(filter(None, note))
    if not line.values["address"]:
        line.doubt("address", "old_book_without", text="")


NOTE_ROOM: Final = 300
"""Letters of the note that are kept for where the line comes from."""


def _fit(line: LineValues) -> None:
    """Texts longer than the program keeps are cut, and that is told; the book itself keeps the whole."""
    for name, value in line.values.items():
        limit = LONG_TEXTS.get(name, TEXT_LIMIT) - (NOTE_ROOM if name == "note" else 0)
        if isinstance(value, str) and type(value) is str and len(value) > limit:
            line.values[name] = value[:limit].rstrip()
            line.doubt(name, "text_cut", limit=limit, length=len(value))
