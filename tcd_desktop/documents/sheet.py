"""The sheet of an administrative document, NĐ 30/2020/NĐ-CP Phụ lục I: component by component, then a PDF.

A form calls the components in the order of the paper; nothing is drawn before `finish`, so that pages break
at sensible places and every page knows how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tcd_desktop.documents.fonts import Face, register_fonts, text_width
from tcd_desktop.documents.pages import Ink, Placed, Role, Row, paginate
from tcd_desktop.documents.paragraph import FILL, Line, break_lines, centred_lines, clean
from tcd_desktop.documents.sheet_pdf import PageMarks, SheetInfo, draw_sheet
from tcd_desktop.documents.sheet_style import (
    APPENDIX_SIZE,
    BLOCK_GAP,
    COMFORTABLE,
    COUNTRY,
    HEADING_LEADING,
    INDENT,
    MARK_HEIGHT,
    MARK_WIDTHS,
    MOTTO,
    PORTRAIT,
    RULE_PART,
    PageShape,
    SheetStyle,
    baseline,
    mm,
)
from tcd_desktop.documents.sheet_table import table_rows
from tcd_desktop.documents.signing import SignatureBlock, closing_row, signature_rows
from tcd_desktop.documents.stack import Stack, side_by_side

__all__ = ["Sheet", "SignatureBlock", "month_number", "two_digits"]


def two_digits(number: int) -> str:
    """Days, numbers and copies under ten carry a leading zero."""
    return f"{number:02d}"


def _first_drop(size: float) -> float:
    """Where the first baseline of a stack stands: number and date share a line, whatever their sizes."""
    return baseline(size * HEADING_LEADING, size)


def month_number(on: date) -> str:
    """Months 1 and 2 carry a leading zero, the others none (Phụ lục I, thành phần ngày, tháng, năm)."""
    return f"{on.month:02d}" if on.month <= 2 else str(on.month)


class Sheet:
    """One document being composed. No text is ever read as markup.

    `paragraph` and `pair` take texts that went through `clean`, with GLUE and FILL where a form wants them;
    the other components clean their texts themselves.
    """

    def __init__(
        self,
        info: SheetInfo,
        *,
        style: SheetStyle = COMFORTABLE,
        marks: PageMarks | None = None,
        shape: PageShape = PORTRAIT,
    ) -> None:
        register_fonts()
        self.info = info
        self.style = style
        self.marks = marks or PageMarks()
        self.shape = shape
        self._rows: list[Row] = []
        self._parts: list[list[Row]] = [self._rows]
        self._country_width = text_width(COUNTRY, Face.BOLD, style.country)

    # The head of page 1

    def form_mark(self, text: str) -> None:
        """ "Mẫu số 02/TCD" at the right, above everything else."""
        stack = self._across()
        size = self.style.number
        stack.flush_right(break_lines(clean(text), Face.BOLD, size, stack.width), Face.BOLD, size)
        stack.space(4)
        self._rows.append(side_by_side(stack, keep=True))

    def letterhead(self, superior: str, issuer: str) -> None:
        """Ô 1, 2: the bodies (rule 1/3 to 1/2 of the line) beside Quốc hiệu and Tiêu ngữ (full rule)."""
        size = self.style.country
        office, country = self._head_blocks()
        if clean(superior):
            lines = centred_lines(superior.upper(), Face.REGULAR, size, office.width)
            office.centred(lines, Face.REGULAR, size)
        lines = centred_lines(issuer.upper(), Face.BOLD, size, office.width)
        office.centred(lines, Face.BOLD, size)
        office.rule(lines[-1].width * RULE_PART)
        self._country(country)
        self._rows.append(side_by_side(office, country, keep=True))

    def country_heading(self) -> None:
        """Quốc hiệu and Tiêu ngữ alone in the middle, over a paper that a citizen signs; no office stands there."""
        stack = self._across()
        self._country(stack)
        self._rows.append(side_by_side(stack, keep=True))

    def _country(self, stack: Stack) -> None:
        motto = self.style.motto
        stack.centred([Line(COUNTRY, self._country_width)], Face.BOLD, self.style.country)
        motto_width = text_width(MOTTO, Face.BOLD, motto)
        stack.centred([Line(MOTTO, motto_width)], Face.BOLD, motto)
        stack.rule(motto_width)

    def number_and_date(self, number: str, place_date: str, *, about: str = "", urgency: str = "") -> None:
        """Ô 3, 4, 5b, 10b: number and sign at the left, "V/v" under it, the urgency's box; place and date right.

        All at the left may be empty.
        """
        left, right = self._head_blocks()
        style = self.style
        if number:
            left.space(max(0.0, _first_drop(style.motto) - _first_drop(style.number)))
            lines = centred_lines(number, Face.REGULAR, style.number, left.width)
            left.centred(lines, Face.REGULAR, style.number)
        if about:
            left.space(6)
            lines = centred_lines(about, Face.REGULAR, style.country, left.width)
            left.centred(lines, Face.REGULAR, style.country)
        if urgency:
            mark = clean(urgency).upper()
            left.space(6)
            width = MARK_WIDTHS.get(mark) or text_width(mark, Face.BOLD, style.number) + mm(6)
            left.boxed(mark, Face.BOLD, style.number, width, MARK_HEIGHT)
        if place_date:
            lines = centred_lines(place_date, Face.ITALIC, style.motto, right.width)
            right.centred(lines, Face.ITALIC, style.motto)
        if not left.inks and not right.inks:
            return
        self._rows.append(side_by_side(left, right, above=6, keep=True))

    def place_and_date(self, place_date: str) -> None:
        """Ô 4 alone, at the right: a paper that a citizen signs has no number."""
        stack = self._across()
        size = self.style.motto
        stack.flush_right(break_lines(clean(place_date), Face.ITALIC, size, stack.width), Face.ITALIC, size)
        self._rows.append(side_by_side(stack, above=size, keep=True))

    def _across(self) -> Stack:
        return Stack(self.shape.left, self.shape.text_width)

    def _head_blocks(self) -> tuple[Stack, Stack]:
        """Two columns; on a wide page they keep the widths of a narrow one and stand at its edges."""
        left, width = self.shape.left, self.shape.text_width
        room = min(width, PORTRAIT.text_width) - self._country_width - BLOCK_GAP
        return Stack(left, room), Stack(left + width - self._country_width, self._country_width)

    def title(self, kind: str, subject: str = "") -> None:
        """Ô 5a: type of the document in capitals, subject under it with a rule of 1/3 to 1/2 of its line."""
        stack = self._across()
        size = self.style.body
        stack.centred(centred_lines(kind.upper(), Face.BOLD, size, stack.width), Face.BOLD, size)
        if clean(subject):
            lines = centred_lines(subject, Face.BOLD, size, stack.width)
            stack.centred(lines, Face.BOLD, size)
            stack.rule(lines[-1].width * RULE_PART)
        stack.space(4)
        self._rows.append(side_by_side(stack, above=size * 1.4, keep=True, role=Role.HEADING))

    # The body

    def paragraph(
        self, text: str, *, face: Face = Face.REGULAR, indent: float = INDENT, keep: bool = False, lead: str = ""
    ) -> None:
        """Justified text, two lines or more on either side of a page's end; `keep`: the next row too.

        `lead` stands before it in bold ("Điều 1.").
        """
        style, left = self.style, self.shape.left
        space = text_width(f"{lead} ", Face.BOLD, style.body) if lead else 0.0
        lines = break_lines(text, face, style.body, self.shape.text_width, indent=indent + space, justify=True)
        drop = baseline(style.body_leading, style.body)
        last = len(lines) - 1
        for index, line in enumerate(lines):
            x = left if index else left + indent + space
            inks = [Ink(x, drop, face, style.body, line.text, line.stretch)]
            if lead and not index:
                inks.insert(0, Ink(left + indent, drop, Face.BOLD, style.body, lead))
            together = keep if index == last else index in (0, last - 1)
            above = 0.0 if index else style.paragraph_gap
            row = Row(style.body_leading, tuple(inks), above=above, keep=together, goes_on=index > 0)
            self._rows.append(row)

    def heading(self, text: str) -> None:
        """A line of the body in the middle, bold ("QUYẾT ĐỊNH:"); never the last of a page."""
        stack, size = self._across(), self.style.body
        stack.centred(centred_lines(text, Face.BOLD, size, stack.width), Face.BOLD, size)
        self._rows.append(side_by_side(stack, above=self.style.paragraph_gap, keep=True, role=Role.SECTION))

    def section(self, text: str) -> None:
        """A heading at the left, bold ("I. THÀNH PHẦN"); never the last of a page."""
        stack, size = self._across(), self.style.body
        stack.x, stack.width = stack.x + INDENT, stack.width - INDENT
        stack.flush_left(break_lines(text, Face.BOLD, size, stack.width), Face.BOLD, size)
        self._rows.append(side_by_side(stack, above=self.style.paragraph_gap, keep=True, role=Role.SECTION))

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table over the whole width, its head again at the top of every page it runs on to."""
        self._rows += table_rows(head, rows, self.style, self.shape)

    def rows(self, rows: Iterable[Row]) -> None:
        """Rows that a paper draws itself: the bars of a chart."""
        self._rows += rows

    def pair(self, left: str, right: str, *, column: float = 0.56) -> None:
        """Two short statements on one line, the second at `column` of the width or, if long, flush right.

        When they do not fit beside each other they become two paragraphs.
        """
        size, gap = self.style.body, mm(5)
        wide = text_width(right.removesuffix(FILL), Face.REGULAR, size)
        start = min(self.shape.text_width * column, self.shape.text_width - wide)
        first = break_lines(left, Face.REGULAR, size, max(start - gap, INDENT * 2), indent=INDENT)
        second = break_lines(right, Face.REGULAR, size, self.shape.text_width - start)
        if len(first) > 1 or len(second) > 1 or INDENT + first[0].width + gap > start + 0.01:
            self.paragraph(left)
            self.paragraph(right)
            return
        drop = baseline(self.style.body_leading, size)
        inks = (
            Ink(self.shape.left + INDENT, drop, Face.REGULAR, size, first[0].text, first[0].stretch),
            Ink(self.shape.left + start, drop, Face.REGULAR, size, second[0].text, second[0].stretch),
        )
        self._rows.append(Row(self.style.body_leading, inks, above=self.style.paragraph_gap))

    def addressee(self, label: str, names: Iterable[str]) -> None:
        """Ô 9a: "Kính gửi: ..."; several addressees stand one under another, each with a dash."""
        names = list(names)
        size = self.style.body
        indent = INDENT * 2
        label_width = text_width(f"{label} ", Face.REGULAR, size)
        stack = Stack(self.shape.left + indent + label_width, self.shape.text_width - indent - label_width)
        head = Stack(self.shape.left + indent, label_width)
        head.flush_left([Line(label, label_width)], Face.REGULAR, size)
        for index, name in enumerate(names):
            end = "." if index == len(names) - 1 else ";"
            text = clean(name) if len(names) == 1 else f"- {clean(name)}{end}"
            stack.flush_left(break_lines(text, Face.REGULAR, size, stack.width), Face.REGULAR, size)
        self._rows.append(side_by_side(head, stack, above=size, keep=True))

    # The end

    def signatures(self, *blocks: SignatureBlock) -> None:
        """Persons sign side by side, two in a row; one who is left over stands in the middle.

        No page has signatures without words that they are under, unless they fill it alone.
        """
        self._close(signature_rows(blocks, self.style, self.shape))

    def closing(self, heading: str, recipients: Iterable[str], signer: SignatureBlock) -> None:
        """Ô 7, 9b: "Nơi nhận:" at the left, level with the title of the signer at the right."""
        self._close([closing_row(heading, tuple(recipients), signer, self.style, self.shape)])

    def _close(self, rows: list[Row]) -> None:
        self._rows[-2:] = [replace(row, keep=True) for row in self._rows[-2:]]
        self._rows += [*(replace(row, keep=True) for row in rows[:-1]), *rows[-1:]]

    def appendix(self, name: str, title: str, note: str) -> None:
        """Phụ lục: a new page with numbers of its own; its name and title in bold, what it belongs to in italics."""
        self._rows = []
        self._parts.append(self._rows)
        stack, size = self._across(), self.style.body
        stack.centred(centred_lines(name, Face.BOLD, APPENDIX_SIZE, stack.width), Face.BOLD, APPENDIX_SIZE)
        if clean(title):
            stack.centred(centred_lines(title.upper(), Face.BOLD, size, stack.width), Face.BOLD, size)
        if clean(note):
            lines = centred_lines(note, Face.ITALIC, size, stack.width)
            stack.centred(lines, Face.ITALIC, size)
            stack.rule(lines[-1].width * RULE_PART)
        self._rows.append(side_by_side(stack, keep=True, role=Role.HEADING))

    # The result

    def pages(self) -> list[list[Placed]]:
        """Where every row stands, page by page."""
        return [page for part in self._parts for page in paginate(part, self.shape.text_height)]

    def finish(self) -> bytes:
        """The PDF. The same calls give the same bytes."""
        parts = [paginate(part, self.shape.text_height) for part in self._parts]
        return draw_sheet(parts, self.info, self.style, self.marks, self.shape)
