"""Mẫu số 03/TCD, sổ tiếp công dân, as a PDF: any period, any number of lines, in the memory of one page.

Every page has the headings, at its foot what it adds up to and what the book adds up to so far; the last one the sums
and the signatures. Visits of the time of another form stand under that form's headings, on pages of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import IO, Final

from tcd_desktop.documents.fonts import Face, text_width
from tcd_desktop.documents.log_book_cells import Cells, day_text
from tcd_desktop.documents.log_book_form import BookForm, book_form, book_words
from tcd_desktop.documents.log_book_table import (
    ABOVE,
    BOTTOM,
    DROP,
    HIGH,
    LEADING,
    LEAST_LINES,
    LEFT,
    LONG_ROW,
    MOST_EMPTY,
    PAD,
    RIGHT,
    SIZE,
    TOP,
    WIDE,
    Grid,
    Pen,
    broken,
)
from tcd_desktop.documents.paragraph import centred_lines, clean
from tcd_desktop.documents.sheet import month_number, two_digits
from tcd_desktop.documents.sheet_pdf import SheetInfo
from tcd_desktop.documents.sheet_style import COUNTRY, MOTTO, RULE_PART, mm
from tcd_desktop.documents.streamed_pdf import TOTAL_NAME, StreamedPdf
from tcd_desktop.domain.receptions.log_book import BookLine, BookTotals, LogBook, Receivers
from tcd_desktop.domain.terms import Classification

FOOT: Final = mm(8)
"""Baseline of the page's number."""
SUMS: Final = LEADING + 2 * ABOVE + 2
"""Height of the row with the sums of the page."""
OFFICE_SIZE: Final = 12.0
TITLE: Final = 15.0
SMALL: Final = 9.0
SIGNING: Final = mm(24)
CLOSING: Final = 6 * LEADING + SIGNING + 60
"""Room that the sums of the book and the signatures need."""

BLOCK: Final = (RIGHT - LEFT) * 0.42
"""Width of the block of the office, of the country, and of each who signs."""
CLASSES: Final = tuple(Classification)

Told = Callable[[int], None]
"""Is told after each line how many are done; may raise to stop."""


def write_log_book(file: IO[bytes], book: LogBook, lines: Iterable[BookLine], told: Told = lambda _done: None) -> int:
    """Writes the whole book; gives its number of pages. The same book gives the same bytes."""
    composer = _Composer(file, book)
    for done, line in enumerate(lines, start=1):
        composer.add(line)
        told(done)
    return composer.finish()


def beginning_of_log_book(file: IO[bytes], book: LogBook, lines: Iterable[BookLine], pages: int) -> int:
    """The first pages only, for a look before printing: without the number of all pages."""
    composer = _Composer(file, book)
    for line in lines:
        composer.add(line)
        if composer.pages_done >= pages:
            return composer.stop()
    return composer.finish()


def scope_words(book: LogBook) -> str:
    """ "Chỉ gồm: ..." when the book does not hold every visit of its days; "" when it does."""
    words, query = book_words(), book.query
    parts = []
    if query.receivers is not Receivers.ALL:
        parts.append(words["only_officers" if query.receivers is Receivers.OFFICERS else "only_head"])
    if query.classification is not None:
        name = book_form(query.until).classes[query.classification].lower()
        parts.append(words.fill("only_class", what=name))
    return words.fill("only", what="; ".join(parts)) if parts else ""


def period_words(book: LogBook) -> str:
    """ "Từ ngày 01/01/2026 đến ngày 31/12/2026"."""
    query, words = book.query, book_words()
    if query.since == query.until:
        return words.fill("period_day", since=day_text(query.since))
    return words.fill("period", since=day_text(query.since), until=day_text(query.until))


def secrecy_words(book: LogBook) -> str:
    """What is said about the denunciations of the book."""
    words = book_words()
    return words.fill("opened_note", reason=book.reason) if book.reason else words["masked_note"]


def sums_words(totals: BookTotals) -> str:
    """ "1.234 lượt, 1.300 người"."""
    words = book_words()
    visits = words.fill("visits", visits=grouped(totals.visits))
    return f"{visits}, {words.fill('people', people=grouped(totals.people))}"


def grouped(number: int) -> str:
    """ "1.234.567", as numbers stand on paper here."""
    return f"{number:,}".replace(",", ".")


class _Composer:
    """Pages being made; only the page at hand is kept."""

    def __init__(self, file: IO[bytes], book: LogBook) -> None:
        self._book, self._words = book, book_words()
        self._pdf = StreamedPdf(file, _info(book), WIDE, HIGH)
        self._grid = Grid(book_form(book.query.since))
        self._cells = Cells(self._grid.form, with_year=book.several_years)
        self._all, self._page = BookTotals(), BookTotals()
        self._pen = Pen(self._pdf.faces)
        self._y = self._begin_first()
        self._empty = True
        self._secret = False

    @property
    def pages_done(self) -> int:
        """Pages that are in the file."""
        return self._pdf.pages

    # -- rows --------------------------------------------------------------------------------------

    def add(self, line: BookLine) -> None:
        """The next line of the book."""
        on = line.visit.date or self._book.query.since
        if not self._grid.form.in_force(on):
            self._turn_form(book_form(on))
        cells = self._grid.lines(self._cells.of(line))
        tall = max(map(len, cells))
        if not self._fits(tall) and not self._empty and self._goes_on(tall):
            self._turn()
        self._all.add(line.visit)
        self._page.add(line.visit)
        self._place(cells, tall)

    def _goes_on(self, tall: int) -> bool:
        """Whether a row that does not fit moves to the next page whole, rather than being broken here."""
        left = self._lines_left()
        short = self._height(tall) <= LONG_ROW * (TOP - BOTTOM)
        return left < LEAST_LINES or tall < 2 * LEAST_LINES or (short and left <= MOST_EMPTY)

    def _place(self, cells: list[list[str]], tall: int) -> None:
        """A row, over as many pages as it needs."""
        while not self._fits(tall):
            here = max(self._lines_left(), 1)
            if tall - here < LEAST_LINES:
                here = max(tall - LEAST_LINES, 1)
            self._row([lines[:here] for lines in cells], here)
            self._turn()
            cells = [cells[0], *(lines[here:] for lines in cells[1:])]
            if cells[0][-1:] != [self._words["continued"]]:
                cells[0] = [*cells[0], self._words["continued"]]
            tall = max(map(len, cells))
        self._row(cells, tall)

    def _row(self, cells: list[list[str]], tall: int) -> None:
        top = self._y - ABOVE - DROP
        body, grid = self._pen.body, self._grid
        for column, left, right, lines in zip(grid.columns, grid.edges, grid.edges[1:], cells, strict=False):
            y = top
            for text in lines:
                x = (left + right - text_width(text, Face.REGULAR, SIZE)) / 2 if column.centred else left + PAD
                body(x, y, text)
                y -= LEADING
        self._y -= self._height(tall)
        self._pen.rule(LEFT, self._y, RIGHT, self._y)
        self._empty = False

    def _height(self, tall: int) -> float:
        return max(tall, 1) * LEADING + 2 * ABOVE

    def _fits(self, tall: int) -> bool:
        return self._y - self._height(tall) >= BOTTOM + SUMS

    def _lines_left(self) -> int:
        return int((self._y - BOTTOM - SUMS - 2 * ABOVE) / LEADING)

    # -- pages -------------------------------------------------------------------------------------

    def _turn(self) -> None:
        """The page is full: its sums, its number, and on."""
        self._end_table()
        self._end_page()
        self._y = self._begin_next()

    def _turn_form(self, form: BookForm) -> None:
        """Another form begins on a page of its own; on the first page nothing was written yet."""
        if self._empty and self._pdf.pages == 0:
            self._pen = Pen(self._pdf.faces)
            self._grid = Grid(form)
            self._y = self._begin_first()
        else:
            self._end_table()
            self._end_page()
            self._grid = Grid(form)
            self._y = self._begin_next()
        self._cells = Cells(form, with_year=self._book.several_years)

    def _begin_first(self) -> float:
        self._under()
        y = self._head(TOP)
        return self._begin_table(y)

    def _begin_next(self) -> float:
        self._under()
        told = f"{self._words['document_title']} - {clean(self._book.office_name)} - {period_words(self._book)}"
        self._pen.text(LEFT, TOP - SMALL, told, Face.ITALIC, SMALL)
        mark = self._grid.form.mark
        self._pen.text(RIGHT - text_width(mark, Face.ITALIC, SMALL), TOP - SMALL, mark, Face.ITALIC, SMALL)
        self._page = BookTotals()
        return self._begin_table(TOP - SMALL - 5)

    def _begin_table(self, top: float) -> float:
        self._top = top
        self._pen.heading(self._grid.heading, top)
        self._empty = True
        return top - self._grid.heading.height

    def _under(self) -> None:
        """The word that lies under a training copy."""
        if not self._book.practice:
            return
        text = self._words["training"]
        size = mm(250) / text_width(text, Face.BOLD, 1)
        face = self._pdf.faces[Face.BOLD]
        self._pen.raw(
            b"q 0.88 g BT /%b %.2f Tf 0.87 0.5 -0.5 0.87 %.2f %.2f Tm %b Tj ET Q"
            % (face.name.encode("ascii"), size, WIDE / 2 - mm(108), HIGH / 2 - mm(65), face.shown(text))
        )

    def _end_table(self) -> None:
        """The upright rules and the sums of the page."""
        pen, words = self._pen, self._words
        bottom = self._top - self._grid.heading.height
        for edge in self._grid.edges:
            pen.rule(edge, bottom, edge, self._y)
        y = self._y - SUMS
        for x in (LEFT, (LEFT + RIGHT) / 2, RIGHT):
            pen.rule(x, self._y, x, y)
        pen.rule(LEFT, y, RIGHT, y)
        base = y + ABOVE + 4
        for x, name, totals in (
            (LEFT + PAD, "page_total", self._page),
            ((LEFT + RIGHT) / 2 + PAD, "running_total", self._all),
        ):
            pen.text(x, base, f"{words[name]}: {sums_words(totals)}", Face.BOLD, SIZE)
        self._y = y

    def _end_page(self) -> None:
        pen = self._pen
        told = self._words.fill("page", page=self._pdf.pages + 1)
        x = RIGHT - 72
        pen.text(x, FOOT, told, Face.REGULAR, SMALL + 1)
        right = x + text_width(told, Face.REGULAR, SMALL + 1)
        pen.raw(b"q 1 0 0 1 %.2f %.2f cm /%b Do Q" % (right, FOOT, TOTAL_NAME.encode("ascii")))
        self._pdf.page(pen.done())
        self._pen = Pen(self._pdf.faces)

    # -- the first page ----------------------------------------------------------------------------

    def _head(self, top: float) -> float:
        """The office beside the country, the title, the period; gives where the table begins."""
        pen, book, form = self._pen, self._book, self._grid.form
        pen.text(RIGHT - text_width(form.mark, Face.BOLD, SIZE), top - SIZE, form.mark, Face.BOLD, SIZE)
        y = top - SIZE - 5
        self._country(y)
        y = self._office(y)
        y -= 14
        pen.centred(WIDE / 2, y - TITLE, form.title, Face.BOLD, TITLE)
        y -= TITLE + 6
        for text, face in (
            (period_words(book), Face.ITALIC),
            (scope_words(book), Face.REGULAR),
            (secrecy_words(book), Face.BOLD_ITALIC if book.reason else Face.ITALIC),
        ):
            for line in broken(text, RIGHT - LEFT, face, SIZE) if text else ():
                pen.centred(WIDE / 2, y - SIZE, line, face, SIZE)
                y -= LEADING + 1
        return y - 6

    def _office(self, y: float) -> float:
        pen, book = self._pen, self._book
        middle, room = LEFT + BLOCK / 2, BLOCK
        line = OFFICE_SIZE * 1.2
        wide = 0.0
        for text, face in ((book.superior_name, Face.REGULAR), (book.office_name, Face.BOLD)):
            for one in centred_lines(clean(text).upper(), face, OFFICE_SIZE, room) if clean(text) else ():
                y -= line
                wide = one.width
                pen.centred(middle, y, one.text, face, OFFICE_SIZE)
        pen.rule(middle - wide * RULE_PART / 2, y - 4, middle + wide * RULE_PART / 2, y - 4)
        return y - 4

    def _country(self, y: float) -> None:
        pen, middle = self._pen, RIGHT - BLOCK / 2
        line = OFFICE_SIZE * 1.2
        pen.centred(middle, y - line, COUNTRY, Face.BOLD, OFFICE_SIZE)
        pen.centred(middle, y - 2 * line, MOTTO, Face.BOLD, OFFICE_SIZE + 1)
        half = text_width(MOTTO, Face.BOLD, OFFICE_SIZE + 1) / 2
        pen.rule(middle - half, y - 2 * line - 4, middle + half, y - 2 * line - 4)

    # -- the end -----------------------------------------------------------------------------------

    def stop(self) -> int:
        """Ends after the pages that are done."""
        self._pdf.finish(b"")
        return self._pdf.pages

    def finish(self) -> int:
        """The sums, the signatures, the number of pages."""
        if not self._all.lines:
            self._y -= LEADING + 2 * ABOVE
            self._pen.centred(WIDE / 2, self._y + ABOVE + 3, self._words["none"], Face.ITALIC, SIZE)
            for x in (LEFT, RIGHT):
                self._pen.rule(x, self._y, x, self._y + LEADING + 2 * ABOVE)
            self._pen.rule(LEFT, self._y, RIGHT, self._y)
        else:
            self._end_table()
        if self._y - CLOSING < BOTTOM:
            self._end_page()
            self._under()
            self._y = TOP
        pages = self._pdf.pages + 1
        self._closing(pages)
        self._end_page()
        face = self._pdf.faces[Face.REGULAR]
        total = face.shown(self._words.fill("of_pages", pages=pages))
        self._pdf.finish(b"BT /%b %.2f Tf 0 0 Td %b Tj ET" % (face.name.encode("ascii"), SMALL + 1, total))
        return self._pdf.pages

    def _closing(self, pages: int) -> None:
        pen, words, totals = self._pen, self._words, self._all
        y = self._y - 16
        pen.text(LEFT, y, f"{words['total']}: {sums_words(totals)}.", Face.BOLD, SIZE + 1)
        counted = {str(one): grouped(totals.classes[one]) for one in CLASSES}
        sums = words.fill("classes", crowds=grouped(totals.crowds), by_head=grouped(totals.by_head), **counted)
        told = words.fill("made", day=day_text(self._book.made_on), officer=clean(self._book.officer))
        for text, face in (
            (sums, Face.REGULAR),
            (words["classes_note"], Face.ITALIC),
            (f"{words.fill('pages', pages=grouped(pages))} {told}", Face.REGULAR),
        ):
            y -= LEADING + 2
            pen.text(LEFT, y, text, face, SIZE)
        self._signatures(y - 12)

    def _signatures(self, y: float) -> None:
        pen, words, on = self._pen, self._words, self._book.made_on
        left, right = LEFT + BLOCK / 2, RIGHT - BLOCK / 2
        place = words.fill(
            "place_date",
            locality=clean(self._book.locality) or "..........",
            day=two_digits(on.day),
            month=month_number(on),
            year=on.year,
        )
        y -= OFFICE_SIZE
        pen.centred(right, y, place, Face.ITALIC, OFFICE_SIZE)
        y -= OFFICE_SIZE * 1.4
        for middle, name in ((left, "left_signs"), (right, "right_signs")):
            pen.centred(middle, y, words[name], Face.BOLD, OFFICE_SIZE)
            pen.centred(middle, y - OFFICE_SIZE * 1.25, words[f"{name}_note"], Face.ITALIC, OFFICE_SIZE - 1)
        pen.centred(left, y - OFFICE_SIZE * 1.25 - SIGNING, clean(self._book.officer), Face.BOLD, OFFICE_SIZE)


def _info(book: LogBook) -> SheetInfo:
    words = book_words()
    return SheetInfo(
        title=f"{words['document_title']} - {period_words(book)}",
        author=clean(book.office_name),
        created=datetime.combine(book.made_on, time()),
        subject=book_form(book.query.until).mark,
    )
