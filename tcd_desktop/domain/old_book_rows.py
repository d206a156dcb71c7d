"""A row of an old book becomes a draft of a visit, with what stops it and what is doubtful.

What an old book lacks against today's form (a number of a paper, a request, a classification ...) is noted and does
not stop the line: what was written then cannot be asked for now. Three things stop it: no day, nobody, nothing said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from tcd_desktop.domain.old_book_cells import (
    ReadPaper,
    is_ditto,
    is_mark,
    read_birth,
    read_classification,
    read_day,
    read_direction,
    read_issue,
    read_kind,
    read_letter,
    read_number,
    read_paper,
    read_papers,
    read_people,
    read_phone,
    read_time,
)
from tcd_desktop.domain.old_book_columns import BookColumn, Layout, Mapping, column_of
from tcd_desktop.domain.old_book_people import ReadPeople, read_names, read_names_and_address
from tcd_desktop.domain.old_book_sheet import EMPTY, Cell, Sheet
from tcd_desktop.domain.person import Member
from tcd_desktop.domain.problems import Problem
from tcd_desktop.domain.reception import ReceptionDraft
from tcd_desktop.domain.reception_rules import LONG_TEXTS, MAX_PEOPLE, TEXT_LIMIT
from tcd_desktop.domain.terms import Classification, Direction, IdKind, ReceiverRank, ReceptionKind, Role
from tcd_desktop.domain.text import clean_block, clean_line, fold


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at in a line: which field, and what."""

    field: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class OldLine:
    """A visit of the old book. `rows` are its rows in the sheet (from 0); `number` its number in the book.

    `stops` keeps it out; `doubts` are told and stored as they are. `mended` cells had letters of an old encoding.
    """

    rows: tuple[int, ...]
    number: int | None
    draft: ReceptionDraft
    stops: tuple[Doubt, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    mended: int = 0

    @property
    def row(self) -> int:
        """The first row as Excel numbers it."""
        return self.rows[0] + 1


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What the officer says of the whole book: its year (for "5/9") and who received when no column tells."""

    year: int | None = None
    receiver_name: str = ""


Cells = dict[BookColumn, Cell]

_TOTAL: Final = re.compile(r"^(tong( cong| so)?|cong( cuoi| trang)?|luy ke)\b")
_PERIOD: Final = re.compile(r"^(thang|quy|nam|tuan|ky|6 thang|9 thang)\b\s*(thu\s*)?[\divx]{1,4}\b")
_FOOT: Final = re.compile(
    r"^(nguoi lap|can bo (lap|tiep|theo doi)|nguoi (ghi|vao) so|thu truong|chu tich|pho chu tich|truong phong|xac nhan|"
    r"ky,? (va )?ghi ro|\(ky|tm\.|kt\.|nguoi tiep cong dan$|ngay .* thang .* nam)"
)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DITTOED: Final = frozenset(BookColumn) - {BookColumn.NUMBER, BookColumn.IGNORE}
_OWN: Final = (BookColumn.NUMBER, BookColumn.DATE, BookColumn.CONTENT)
"""A row that has none of these, but has something, goes on with the line above."""


def year_of_book(sheet: Sheet, layout: Layout, file_name: str = "") -> int | None:
    """The book's year: told above the headings or in its name, else the commonest year of its days."""
    above = " ".join(cell.text for row in sheet.rows[: layout.first] for cell in row if not cell.joined)
    for text in (above, sheet.name, file_name):
        if found := _YEAR.search(text):
            return int(found[1])
    at = _place(layout.columns, BookColumn.DATE)
    years = [
        day.day.year
        for row in range(layout.data, len(sheet.rows))
        if at is not None and (day := read_day(sheet.cell(row, at), None)).day is not None
    ]
    return max(set(years), key=years.count) if years else None


def _place(columns: Mapping, wanted: BookColumn) -> int | None:
    return columns.index(wanted) if wanted in columns else None


def read_lines(
    sheet: Sheet, layout: Layout, facts: BookFacts, left_out: dict[str, int] | None = None
) -> Iterator[OldLine]:
    """The visits of a sheet in its order. Rows without a visit (empty, totals, headings again) give nothing.

    `left_out` counts them by kind, see `row_kind`.
    """
    above: Cells = {}
    held: list[tuple[int, Cells]] = []
    before: dt.date | None = None
    year = facts.year
    gap = False
    for row in range(layout.data, len(sheet.rows)):
        kind = row_kind(sheet, layout, row)
        if kind:
            found = _YEAR.search(" ".join(cell.text for cell in sheet.rows[row])) if kind == "period" else None
            year = int(found[1]) if found else year
            gap = True
            if left_out is not None:
                left_out[kind] = left_out.get(kind, 0) + 1
            continue
        cells, no_above = _cells(sheet, layout, row, above)
        if held and not gap and _goes_on(sheet, layout, row, cells):
            held.append((row, cells))
            continue
        if held:
            line = _line(held, replace(facts, year=year), before, sheet, layout)
            before = line.draft.date or before
            yield line
        held, gap = [(row, cells)], False
        if no_above:
            held[0][1][BookColumn.IGNORE] = Cell(text=",".join(no_above))
        above = {column: cell for column, cell in cells.items() if cell.text.strip()} | {
            column: cell for column, cell in above.items() if column not in cells
        }
    if held:
        yield _line(held, replace(facts, year=year), before, sheet, layout)


def row_kind(sheet: Sheet, layout: Layout, row: int) -> str:
    """ "" for a row that may be a visit; otherwise why it is none: empty, total, period, heading, foot."""
    filled = [(column, cell) for column, cell in enumerate(sheet.rows[row]) if not cell.is_empty]
    if not filled:
        return "empty"
    words = [fold(cell.text) for _column, cell in filled]
    if any(_TOTAL.match(text) for text in words[:2]) and len(words) <= 8 and not _has_day(sheet, layout, row):
        return "total"
    if len(filled) <= 2 and _PERIOD.match(words[0]):
        return "period"
    if len(filled) <= 3 and all(_FOOT.match(text) for text in words):
        return "foot"
    named = sum(column_of(cell.text) is not BookColumn.IGNORE for _column, cell in filled if len(cell.text) <= 60)
    titles = {fold(part) for heading in layout.headings for part in heading.split(" / ") if part}
    if named >= 3 and sum(text in titles for text in words) * 2 > len(words):
        return "heading"
    numbering = [re.fullmatch(r"\(?(\d{1,2})\)?", text) for text in words]
    if len(words) >= 8 and all(numbering) and [int(n[1]) for n in numbering if n] == list(range(1, len(words) + 1)):
        return "heading"
    return ""


def _has_day(sheet: Sheet, layout: Layout, row: int) -> bool:
    at = _place(layout.columns, BookColumn.DATE)
    return at is not None and read_day(sheet.cell(row, at), 2000).day is not None


def _cells(sheet: Sheet, layout: Layout, row: int, above: Cells) -> tuple[Cells, list[str]]:
    """The cells of a row by meaning, ditto marks filled from above; the columns that had nothing above them."""
    cells: Cells = {}
    nothing: list[str] = []
    for at, column in enumerate(layout.columns):
        if column is BookColumn.IGNORE:
            continue
        cell = sheet.cell(row, at)
        if cell.joined == "left":
            cell = EMPTY
        elif column in _DITTOED and cell.day is None and is_ditto(cell.text):
            if column not in above:
                nothing.append(column.value)
            source = above.get(column, EMPTY)
            cell = replace(source, raw=cell.raw, mended=None)
        cells[column] = cell
    return cells, nothing


def _goes_on(sheet: Sheet, layout: Layout, row: int, cells: Cells) -> bool:
    """A row that continues the line above: nothing of its own in number, day and content."""
    own = False
    for at, column in enumerate(layout.columns):
        if column in _OWN and not sheet.cell(row, at).is_empty:
            own = True
    return not own and any(cell.text.strip() and not cell.joined for cell in cells.values())


class _Line:
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


def _line(
    held: list[tuple[int, Cells]], facts: BookFacts, before: dt.date | None, sheet: Sheet, layout: Layout
) -> OldLine:
    cells = _gathered([cells for _row, cells in held])
    line = _Line()
    for name in filter(None, held[0][1].get(BookColumn.IGNORE, EMPTY).text.split(",")):
        line.doubt(name, "ditto_without_above")
    _read_when(line, cells, facts, before)
    people = _read_who(line, cells)
    _read_what(line, cells)
    _read_people(line, cells, people)
    _read_handling(line, cells)
    _read_rest(line, cells, facts)
    _fit(line)
    mended = sum(cell.mended is not None for row, _cells in held for cell in sheet.rows[row] if not cell.joined)
    number = read_number(_text(cells, BookColumn.NUMBER))
    return OldLine(
        rows=tuple(row for row, _cells in held),
        number=number,
        draft=ReceptionDraft(**line.values),
        stops=tuple(line.stops),
        doubts=tuple(line.doubts),
        mended=mended,
    )


def _gathered(parts: list[Cells]) -> Cells:
    """The cells of a line over several rows: texts one under the other."""
    cells = dict(parts[0])
    cells.pop(BookColumn.IGNORE, None)
    for more in parts[1:]:
        for column, cell in more.items():
            if cell.text.strip() and not cell.joined:
                first = cells.get(column, EMPTY)
                text = f"{first.text}\n{cell.text}" if first.text.strip() else cell.text
                cells[column] = replace(cell if not first.text.strip() else first, text=text)
    return cells


def _text(cells: Cells, column: BookColumn) -> str:
    return clean_block(cells[column].text).strip() if column in cells else ""


def _read_when(line: _Line, cells: Cells, facts: BookFacts, before: dt.date | None) -> None:
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


def _read_who(line: _Line, cells: Cells) -> ReadPeople:
    joint = BookColumn.NAME_ADDRESS in cells
    text = _short(_text(cells, BookColumn.NAME_ADDRESS if joint else BookColumn.NAME))
    taken: dict[str, str] = {}
    for name, pattern in (("phone", _PHONE_IN), ("paper", _PAPER_IN), ("birth", _BORN_IN)):
        if found := pattern.search(text):
            taken[name] = found[0] if name == "paper" else found[1]
            text = text[: found.start()] + text[found.end() :]
    people = read_names_and_address(text) if joint else read_names(text)
    if not people.name:
        line.stop("name", "missing")
    line.values |= {"name": people.name, "sex": people.sex}
    line.values["address"] = _text(cells, BookColumn.ADDRESS) or people.address
    _read_identity(line, cells, taken)
    return people


def _read_identity(line: _Line, cells: Cells, taken: dict[str, str]) -> None:
    paper = read_paper(cells.get(BookColumn.ID_NUMBER, EMPTY))
    if not paper.number and "paper" in taken:
        paper = read_paper(Cell(text=taken["paper"]))
    issued = cells.get(BookColumn.ID_ISSUED, EMPTY)
    if issued.text.strip() or issued.day:
        day, place = (issued.day, "") if issued.day else read_issue(issued.text)
        paper = replace(paper, issued=day or paper.issued, place=place or paper.place)
    _place_paper(line, paper, _text(cells, BookColumn.ID_NUMBER))
    birth = read_birth(cells.get(BookColumn.BIRTH, EMPTY)) or read_birth(Cell(text=taken.get("birth", "")))
    phone, doubt = read_phone(_text(cells, BookColumn.PHONE) or taken.get("phone", ""))
    line.values |= {"birth_date": birth, "phone": phone}
    line.told("phone", doubt)


def _place_paper(line: _Line, paper: ReadPaper, written: str) -> None:
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


def _read_what(line: _Line, cells: Cells) -> None:
    content, request = _text(cells, BookColumn.CONTENT), _text(cells, BookColumn.REQUEST)
    if not request and (found := _REQUEST.search(content)) and content[: found.start()].strip():
        content, request = content[: found.start()].rstrip(" .;\n"), content[found.end() :]
    if not content and request:
        content, request = request, ""
    if not content:
        line.stop("content", "missing")
    line.values |= {"content": content, "request": request}
    written = _text(cells, BookColumn.CLASSIFICATION) or _text(cells, BookColumn.CLASS_PEOPLE)
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
    words = fold(" ".join((written, content, _text(cells, BookColumn.DOCUMENTS))))
    line.values["documents"] = read_papers(_text(cells, BookColumn.DOCUMENTS))
    line.values["has_petition"] = bool(
        re.search(r"\bco don\b|\bnop don\b|\bgui don\b|\bdon (khieu nai|to cao|kien nghi|phan anh|de nghi)\b", words)
    )


def _read_people(line: _Line, cells: Cells, people: ReadPeople) -> None:
    told = read_people(_text(cells, BookColumn.PEOPLE)) or read_people(_text(cells, BookColumn.CLASS_PEOPLE))
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


def _read_handling(line: _Line, cells: Cells) -> None:
    guide, forward = _text(cells, BookColumn.GUIDE), _text(cells, BookColumn.FORWARD)
    accept = _text(cells, BookColumn.ACCEPT)
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
    words = _text(cells, BookColumn.DIRECTION)
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


def _read_rest(line: _Line, cells: Cells, facts: BookFacts) -> None:
    receiver = clean_line(_text(cells, BookColumn.RECEIVER)) or facts.receiver_name
    kind = read_kind(_text(cells, BookColumn.KIND)) or read_kind(_text(cells, BookColumn.NOTE))
    leads = re.search(r"\b(chu tich|lanh dao|thu truong)\b", fold(receiver))
    line.values |= {
        "receiver_name": receiver,
        "kind": kind or ReceptionKind.REGULAR,
        "receiver_rank": ReceiverRank.HEAD if kind in (ReceptionKind.SCHEDULED, ReceptionKind.AD_HOC) or leads
        else ReceiverRank.OFFICER,
        "settled_by": _text(cells, BookColumn.SETTLED_BY),
    }  # fmt: skip
    follow_up = [line.values.get("follow_up", ""), _text(cells, BookColumn.FOLLOW_UP)]
    note = [_text(cells, BookColumn.NOTE), line.values.get("note", "")]
    line.values["follow_up"] = "\n".join(filter(None, follow_up))
    line.values["note"] = "\n".join(filter(None, note))
    if not line.values["address"]:
        line.doubt("address", "old_book_without", text="")


NOTE_ROOM: Final = 300
"""Letters of the note that are kept for where the line comes from."""


def _fit(line: _Line) -> None:
    """Texts longer than the program keeps are cut, and that is told; the book itself keeps the whole."""
    for name, value in line.values.items():
        limit = LONG_TEXTS.get(name, TEXT_LIMIT) - (NOTE_ROOM if name == "note" else 0)
        if isinstance(value, str) and type(value) is str and len(value) > limit:
            line.values[name] = value[:limit].rstrip()
            line.doubt(name, "text_cut", limit=limit, length=len(value))
