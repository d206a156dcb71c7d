"""The sheet of an administrative document, NĐ 30/2020/NĐ-CP Phụ lục I: component by component, then a PDF.

A form calls the components in the order of the paper; nothing is drawn before `finish`, so that pages break
at sensible places and every page knows how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tcd_desktop.documents.fonts import Face, register_fonts, text_width
from tcd_desktop.documents.pages import Ink, Placed, Row, paginate
from tcd_desktop.documents.paragraph import FILL, Line, break_lines, centred_lines, clean
from tcd_desktop.documents.sheet_pdf import PageMarks, SheetInfo, draw_sheet
from tcd_desktop.documents.sheet_style import (
    BLOCK_GAP,
    COLUMN_GAP,
    COMFORTABLE,
    COUNTRY,
    INDENT,
    LEFT,
    MOTTO,
    RULE_PART,
    SIGNING_SPACE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    SheetStyle,
    baseline,
    mm,
)
from tcd_desktop.documents.stack import Stack, side_by_side


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Who signs: lines in bold capitals (TM., KT., the title), a note in italics, the name in bold."""

    titles: tuple[str, ...]
    note: str = ""
    name: str = ""


def two_digits(number: int) -> str:
    """Days, numbers and copies under ten carry a leading zero."""
    return f"{number:02d}"


def month_number(on: date) -> str:
    """Months 1 and 2 carry a leading zero, the others none (Phụ lục I, thành phần ngày, tháng, năm)."""
    return f"{on.month:02d}" if on.month <= 2 else str(on.month)


class Sheet:
    """One document being composed. No text is ever read as markup.

    `paragraph` and `pair` take texts that went through `clean`, with GLUE and FILL where a form wants them;
    the other components clean their texts themselves.
    """

    def __init__(self, info: SheetInfo, *, style: SheetStyle = COMFORTABLE, marks: PageMarks | None = None) -> None:
        register_fonts()
        self.info = info
        self.style = style
        self.marks = marks or PageMarks()
        self._rows: list[Row] = []
        self._country_width = text_width(COUNTRY, Face.BOLD, style.country)

    # The head of page 1

    def form_mark(self, text: str) -> None:
        """ "Mẫu số 02/TCD" at the right, above everything else."""
        stack = Stack(LEFT, TEXT_WIDTH)
        size = self.style.number
        stack.flush_right(break_lines(clean(text), Face.BOLD, size, TEXT_WIDTH), Face.BOLD, size)
        stack.space(4)
        self._rows.append(side_by_side(stack, keep=True))

    def letterhead(self, superior: str, issuer: str) -> None:
        """Ô 1, 2: the bodies (rule 1/3 to 1/2 of the line) beside Quốc hiệu and Tiêu ngữ (full rule)."""
        size, motto = self.style.country, self.style.motto
        office, country = self._head_blocks()
        if clean(superior):
            lines = centred_lines(superior.upper(), Face.REGULAR, size, office.width)
            office.centred(lines, Face.REGULAR, size)
        lines = centred_lines(issuer.upper(), Face.BOLD, size, office.width)
        office.centred(lines, Face.BOLD, size)
        office.rule(lines[-1].width * RULE_PART)
        country.centred([Line(COUNTRY, self._country_width)], Face.BOLD, size)
        motto_width = text_width(MOTTO, Face.BOLD, motto)
        country.centred([Line(MOTTO, motto_width)], Face.BOLD, motto)
        country.rule(motto_width)
        self._rows.append(side_by_side(office, country, keep=True))

    def number_and_date(self, number: str, place_date: str, *, about: str = "") -> None:
        """Ô 3, 4, 5b: number and sign at the left (may be empty), "V/v" under it; place and date right."""
        left, right = self._head_blocks()
        style = self.style
        if number:
            lines = centred_lines(number, Face.REGULAR, style.number, left.width)
            left.centred(lines, Face.REGULAR, style.number)
        if about:
            left.space(6)
            lines = centred_lines(about, Face.REGULAR, style.country, left.width)
            left.centred(lines, Face.REGULAR, style.country)
        lines = centred_lines(place_date, Face.ITALIC, style.motto, right.width)
        right.centred(lines, Face.ITALIC, style.motto)
        self._rows.append(side_by_side(left, right, above=6, keep=True))

    def _head_blocks(self) -> tuple[Stack, Stack]:
        room = TEXT_WIDTH - self._country_width - BLOCK_GAP
        return Stack(LEFT, room), Stack(LEFT + room + BLOCK_GAP, self._country_width)

    def title(self, kind: str, subject: str = "") -> None:
        """Ô 5a: type of the document in capitals, subject under it with a rule of 1/3 to 1/2 of its line."""
        stack = Stack(LEFT, TEXT_WIDTH)
        size = self.style.body
        stack.centred(centred_lines(kind.upper(), Face.BOLD, size, TEXT_WIDTH), Face.BOLD, size)
        if clean(subject):
            lines = centred_lines(subject, Face.BOLD, size, TEXT_WIDTH)
            stack.centred(lines, Face.BOLD, size)
            stack.rule(lines[-1].width * RULE_PART)
        stack.space(4)
        self._rows.append(side_by_side(stack, above=size * 1.4, keep=True))

    # The body

    def paragraph(self, text: str, *, face: Face = Face.REGULAR, indent: float = INDENT, keep: bool = False) -> None:
        """Justified text, two lines or more on either side of a page's end; `keep`: the next row too."""
        style = self.style
        lines = break_lines(text, face, style.body, TEXT_WIDTH, indent=indent, justify=True)
        drop = baseline(style.body_leading, style.body)
        last = len(lines) - 1
        for index, line in enumerate(lines):
            ink = Ink(LEFT + (0 if index else indent), drop, face, style.body, line.text, line.stretch)
            together = keep if index == last else index in (0, last - 1)
            above = 0.0 if index else style.paragraph_gap
            self._rows.append(Row(style.body_leading, (ink,), above=above, keep=together))

    def pair(self, left: str, right: str, *, column: float = 0.56) -> None:
        """Two short statements on one line, the second at `column` of the width or, if long, flush right.

        When they do not fit beside each other they become two paragraphs.
        """
        size, gap = self.style.body, mm(5)
        wide = text_width(right.removesuffix(FILL), Face.REGULAR, size)
        start = min(TEXT_WIDTH * column, TEXT_WIDTH - wide)
        first = break_lines(left, Face.REGULAR, size, max(start - gap, INDENT * 2), indent=INDENT)
        second = break_lines(right, Face.REGULAR, size, TEXT_WIDTH - start)
        if len(first) > 1 or len(second) > 1 or INDENT + first[0].width + gap > start + 0.01:
            self.paragraph(left)
            self.paragraph(right)
            return
        drop = baseline(self.style.body_leading, size)
        inks = (
            Ink(LEFT + INDENT, drop, Face.REGULAR, size, first[0].text, first[0].stretch),
            Ink(LEFT + start, drop, Face.REGULAR, size, second[0].text, second[0].stretch),
        )
        self._rows.append(Row(self.style.body_leading, inks, above=self.style.paragraph_gap))

    def addressee(self, label: str, names: Iterable[str]) -> None:
        """Ô 9a: "Kính gửi: ..."; several addressees stand one under another, each with a dash."""
        names = list(names)
        size = self.style.body
        indent = INDENT * 2
        label_width = text_width(f"{label} ", Face.REGULAR, size)
        stack = Stack(LEFT + indent + label_width, TEXT_WIDTH - indent - label_width)
        head = Stack(LEFT + indent, label_width)
        head.flush_left([Line(label, label_width)], Face.REGULAR, size)
        for index, name in enumerate(names):
            end = "." if index == len(names) - 1 else ";"
            text = clean(name) if len(names) == 1 else f"- {clean(name)}{end}"
            stack.flush_left(break_lines(text, Face.REGULAR, size, stack.width), Face.REGULAR, size)
        self._rows.append(side_by_side(head, stack, above=size, keep=True))

    # The end

    def signatures(self, left: SignatureBlock, right: SignatureBlock) -> None:
        """Two persons sign side by side. The block is never broken and never alone on a page."""
        width = (TEXT_WIDTH - COLUMN_GAP) / 2
        columns = (Stack(LEFT, width), Stack(LEFT + width + COLUMN_GAP, width))
        self._sign(columns, (left, right))
        self._close(columns)

    def closing(self, heading: str, recipients: Iterable[str], signer: SignatureBlock) -> None:
        """Ô 7, 9b: "Nơi nhận:" at the left, level with the title of the signer at the right."""
        width = (TEXT_WIDTH - COLUMN_GAP) / 2
        left, right = Stack(LEFT, width), Stack(LEFT + width + COLUMN_GAP, width)
        style = self.style
        left.flush_left(
            break_lines(clean(heading), Face.BOLD_ITALIC, style.recipients_head, width),
            Face.BOLD_ITALIC,
            style.recipients_head,
        )
        for line in recipients:
            lines = break_lines(clean(line), Face.REGULAR, style.recipients, width)
            left.flush_left(lines, Face.REGULAR, style.recipients)
        self._sign((right,), (signer,))
        self._close((left, right))

    def _sign(self, columns: tuple[Stack, ...], blocks: tuple[SignatureBlock, ...]) -> None:
        size, note = self.style.body, self.style.note
        for column, block in zip(columns, blocks, strict=True):
            for title in block.titles:
                lines = centred_lines(title.upper(), Face.BOLD, size, column.width)
                column.centred(lines, Face.BOLD, size)
            if block.note:
                lines = centred_lines(block.note, Face.ITALIC, note, column.width)
                column.centred(lines, Face.ITALIC, note)
        level = max(column.height for column in columns) + SIGNING_SPACE
        for column, block in zip(columns, blocks, strict=True):
            column.space(level - column.height)
            if clean(block.name):
                lines = centred_lines(block.name, Face.BOLD, size, column.width)
                column.centred(lines, Face.BOLD, size)

    def _close(self, columns: tuple[Stack, ...]) -> None:
        self._rows[-2:] = [replace(row, keep=True) for row in self._rows[-2:]]
        self._rows.append(side_by_side(*columns, above=self.style.body))

    # The result

    def pages(self) -> list[list[Placed]]:
        """Where every row stands, page by page."""
        return paginate(self._rows, TEXT_HEIGHT)

    def finish(self) -> bytes:
        """The PDF. The same calls give the same bytes."""
        return draw_sheet(self.pages(), self.info, self.style, self.marks)
