"""The body of a letter: which of its lines is a ground, a heading, an article, a row of a table, plain text.

A body is lines as an officer types them; what a line is shows in how it begins, never in a markup:
leading lines that begin with "Căn cứ" or the like and end with ";" are grounds (italics); who decides stands over them
in the middle, and so does a line in capitals that ends with ":"; "I. THÀNH PHẦN" is a heading; "Điều 1." is bold; lines
between "|" are a table, its first row the head; "Phụ lục" alone begins an appendix, whose title is the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tcd_desktop.documents.fonts import Face
from tcd_desktop.documents.paragraph import FILL, GLUE, clean
from tcd_desktop.documents.sheet import Sheet
from tcd_desktop.domain.letters.letter_text import BLANK, CELLS

LONGEST_HEADING = 120
"""Letters; a longer line in capitals is somebody's text."""

EMPTY_ROWS = 5
"""Rows for handwriting of a table whose rows nobody knows yet."""

LONGEST_GLUED = 40
"""Letters that may stand without a place to break; text pasted with hard spaces everywhere breaks at all of them."""

_GROUND = re.compile(r"(Căn cứ|Theo|Xét|Thực hiện|Trên cơ sở)\b")
_SECTION = re.compile(r"[IVX]+\. ")
_ARTICLE = re.compile(r"(Điều \d+[a-z]?\.) ?")
_APPENDIX = re.compile(r"Phụ lục(?: [IVX]+)?")
_NUMBER_AFTER = re.compile(
    r"\b(ngày|tháng|năm|giờ|phút|Điều|khoản|Khoản|lần|Phụ lục) (?=[\dIVX(…])"
    r"|\b(số|Số) (?=[\dIVX(…]\S{0,11}(?: |$))|\b(điểm|Điểm) (?=[a-zđ]\b)"
)
"""Words whose number stays with them; not the long number of a law, which would leave a line with wide gaps."""
_LAST_WORD = re.compile(r" (?=\S{1,5}$)")
"""One short word never stands alone in the last line."""
_GLUED = re.compile(rf"[^ {GLUE}]+(?:{GLUE}[^ {GLUE}]+)+")


class Kind(StrEnum):
    """What a line of a body is."""

    GROUND = "ground"
    HEADING = "heading"
    SECTION = "section"
    ARTICLE = "article"
    TABLE_ROW = "table_row"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One line; `cells` of a table's row."""

    kind: Kind
    text: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Appendix:
    """A Phụ lục: its name ("Phụ lục I"), its title, its lines."""

    name: str
    title: str
    lines: tuple[BodyLine, ...]


def read_body(paragraphs: Iterable[str]) -> tuple[tuple[BodyLine, ...], tuple[Appendix, ...]]:
    """The lines of the letter, and its appendices."""
    texts = [text for paragraph in paragraphs for part in paragraph.splitlines() if (text := _glued(part))]
    starts = [index for index, text in enumerate(texts) if _APPENDIX.fullmatch(text.replace(GLUE, " "))]
    ends = [*starts[1:], len(texts)] if starts else []
    appendices = [_appendix(texts[start:end]) for start, end in zip(starts, ends, strict=True)]
    return tuple(_lines(texts[: starts[0] if starts else len(texts)])), tuple(appendices)


def _appendix(texts: Sequence[str]) -> Appendix:
    name = texts[0].replace(GLUE, " ")
    titled = len(texts) > 1 and _cells(texts[1]) is None
    title = texts[1].replace(GLUE, " ") if titled else ""
    return Appendix(name, title, tuple(_lines(texts[2 if titled else 1 :], first=False)))


def _glued(text: str) -> str:
    """One clean line in which a day, an article or a number never stands apart from its word."""
    line = GLUE.join(clean(part) for part in text.split(GLUE)).strip(f" {GLUE}")
    line = _NUMBER_AFTER.sub(lambda found: found.group().rstrip() + GLUE, line)
    return _GLUED.sub(_freed, line)


def _freed(found: re.Match[str]) -> str:
    run = found.group()
    return run if len(run) <= LONGEST_GLUED else run.replace(GLUE, " ")


def _lines(texts: Sequence[str], *, first: bool = True) -> Iterator[BodyLine]:
    grounds = first
    for index, text in enumerate(texts):
        cells = _cells(text)
        if cells is not None:
            yield BodyLine(Kind.TABLE_ROW, text, cells)
        elif grounds and _is_ground(text, texts, index):
            yield BodyLine(Kind.GROUND, text)
            continue
        elif _is_heading(text) or (first and index == 0 and _is_authority(texts)):
            yield BodyLine(Kind.HEADING, text.upper())
            continue
        elif _SECTION.match(text.replace(GLUE, " ")) and text.isupper():
            yield BodyLine(Kind.SECTION, text)
        elif _ARTICLE.match(text.replace(GLUE, " ")):
            yield BodyLine(Kind.ARTICLE, text)
        else:
            yield BodyLine(Kind.TEXT, text)
        grounds = False


def _is_ground(text: str, texts: Sequence[str], index: int) -> bool:
    """The last ground ends with a full stop; alone it would be a sentence like any other."""
    if not _GROUND.match(text):
        return False
    before = texts[index - 1] if index else ""
    return text.endswith(";") or (before.endswith(";") and text.endswith("."))


def _is_heading(text: str) -> bool:
    return text.isupper() and len(text) <= LONGEST_HEADING and text.endswith(":")


def _is_authority(texts: Sequence[str]) -> bool:
    """Who decides, over the grounds of a decision: "Chủ tịch Ủy ban nhân dân phường Bạch Đằng"."""
    bare = len(texts[0]) <= LONGEST_HEADING and texts[0][-1:] not in ".;:,"
    return bare and len(texts) > 1 and _is_ground(texts[1], texts, 1)


def _cells(text: str) -> tuple[str, ...] | None:
    if len(text) < 3 or not (text.startswith(CELLS) and text.endswith(CELLS)):
        return None
    return tuple(clean(cell) for cell in text[1:-1].split(CELLS))


def add_lines(sheet: Sheet, lines: Sequence[BodyLine]) -> None:
    """Puts the lines on the sheet."""
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and lines[end].kind is Kind.TABLE_ROW:
            end += 1
        if end > index:
            rows = [line.cells for line in lines[index + 1 : end]]
            if not rows and end < len(lines) and lines[end].text == BLANK:
                rows, end = [()] * EMPTY_ROWS, end + 1
            sheet.table(lines[index].cells, rows)
            index = end
            continue
        _add(sheet, lines[index], before_table=index + 1 < len(lines) and lines[index + 1].kind is Kind.TABLE_ROW)
        index += 1


def _add(sheet: Sheet, line: BodyLine, *, before_table: bool) -> None:
    if line.kind is Kind.GROUND:
        sheet.paragraph(closed(line.text), face=Face.ITALIC)
    elif line.kind is Kind.HEADING:
        sheet.heading(line.text.replace(GLUE, " "))
    elif line.kind is Kind.SECTION:
        sheet.section(line.text.replace(GLUE, " "))
    elif line.kind is Kind.ARTICLE:
        lead, rest = article_lead(line.text)
        sheet.paragraph(filled(rest), lead=lead, keep=before_table)
    else:
        sheet.paragraph(filled(line.text), keep=before_table or line.text.endswith(":"))


def article_lead(text: str) -> tuple[str, str]:
    """ "Điều 1." and what follows."""
    plain = text.replace(GLUE, " ", 1)
    found = _ARTICLE.match(plain)
    assert found is not None
    return found.group(1), plain[found.end() :]


def filled(text: str) -> str:
    """A line that ends with what nobody knows yet gets dots up to the margin."""
    bare = text.rstrip(".;, ")
    return bare.removesuffix(BLANK) + FILL if bare.endswith(BLANK) else closed(text)


def closed(text: str) -> str:
    """A paragraph whose last line is never one short word alone."""
    return _LAST_WORD.sub(GLUE, text)
