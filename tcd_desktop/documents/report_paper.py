"""A report on the sheet of NĐ 30/2020/NĐ-CP (báo cáo): sections, tables and bars, drawn in black for the copier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from tcd_desktop.documents.fonts import Face, text_width
from tcd_desktop.documents.form_pack import form_for
from tcd_desktop.documents.letter import FORM, number_line, place_date
from tcd_desktop.documents.pages import Ink, Role, Row, Rule
from tcd_desktop.documents.paragraph import break_lines, clean
from tcd_desktop.documents.sheet import Sheet, SignatureBlock
from tcd_desktop.documents.sheet_pdf import SheetInfo
from tcd_desktop.documents.sheet_style import COMPACT, PageShape, SheetStyle
from tcd_desktop.documents.signing import signing_titles
from tcd_desktop.domain.letters.letter import SigningForm
from tcd_desktop.domain.letters.letter_paper import LetterPaper
from tcd_desktop.domain.letters.letter_text import LetterLayout

NAMES: Final = 0.34
"""Part of the width that the names beside the bars have."""
FIGURES: Final = 34.0
"""Points at the right for the figure at the end of the longest bar."""
BAR, STEP = 7.0, 15.0


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading in bold ("I. TÌNH HÌNH ..."; "1. Công tác tiếp công dân"); never the last of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `head` comes again on the next page."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of lying bars, labelled directly: (name, figure). Only figures from 0 on."""

    title: str
    bars: tuple[tuple[str, int], ...]


Block = str | Chapter | Grid | Bars
"""A plain text is a paragraph; each of its lines is one of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper:
    """What the paper says. `number` "" leaves dots before the sign; `dated` None leaves dots."""

    superior: str
    office: str
    place: str
    number: str = ""
    sign: str = ""
    dated: date | None = None
    made_on: date
    type_name: str
    about: str
    addressees: tuple[str, ...] = ()
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...] = ()
    signing: SigningForm = SigningForm.ON_BEHALF
    signer_title: str = ""
    signer: str = ""


def render_report(paper: ReportPaper) -> bytes:
    """PDF bytes. The same paper gives the same bytes. Raises Refused("no_form") for a day before 05/03/2020."""
    words = form_for(FORM, paper.dated or paper.made_on)
    created = datetime.combine(paper.made_on, time())
    head = LetterPaper(
        layout=LetterLayout.TITLED,
        superior_name=paper.superior,
        office_name=paper.office,
        locality=paper.place,
        number=paper.number,
        sign=paper.sign,
        dated=paper.dated,
        type_name=paper.type_name,
        about=paper.about,
        issued=created,
    )
    title = f"{paper.type_name.capitalize()}: {clean(paper.about)}"
    sheet = Sheet(SheetInfo(title, author=clean(paper.office), created=created), style=COMPACT)
    sheet.letterhead(paper.superior, paper.office)
    sheet.number_and_date(number_line(head, words), place_date(head, words))
    sheet.title(paper.type_name, paper.about)
    if paper.addressees:
        sheet.addressee(words["to"], paper.addressees)
    for block in paper.blocks:
        _add(sheet, block)
    titles = signing_titles(paper.signing, "", paper.signer_title, paper.office)
    recipients = [clean(line) for line in paper.recipients if clean(line)]
    sheet.closing(words["recipients"], recipients, SignatureBlock(titles, name=paper.signer))
    return sheet.finish()


def _add(sheet: Sheet, block: Block) -> None:
    if isinstance(block, Chapter):
        sheet.section(block.text)
    elif isinstance(block, Grid):
        sheet.table(block.head, block.rows)
    elif isinstance(block, Bars):
        sheet.rows(bar_rows(block, sheet.style, sheet.shape))
    else:
        for line in block.splitlines():
            if clean(line):
                sheet.paragraph(clean(line), keep=clean(line).endswith(":"))


def bar_rows(chart: Bars, style: SheetStyle, shape: PageShape) -> list[Row]:
    """The chart's title and a row for each bar, kept together with the next one."""
    size = style.note
    names = shape.text_width * NAMES
    room = shape.text_width - names - FIGURES
    highest = max((value for _name, value in chart.bars), default=0)
    title = Ink(shape.left, size, Face.BOLD, size, clean(chart.title))
    rows = [Row(size * 1.5, (title,), above=style.paragraph_gap * 1.5, keep=True, role=Role.SECTION)]
    for at, (name, value) in enumerate(chart.bars):
        rows.append(_bar(name, value, highest, shape, (names, room, size - 1), keep=at < len(chart.bars) - 1))
    return rows


def _bar(
    name: str, value: int, highest: int, shape: PageShape, measures: tuple[float, float, float], *, keep: bool
) -> Row:
    names, room, size = measures
    start = shape.left + names
    long = room * value / highest if highest else 0.0
    told = f"{value:,}".replace(",", ".")
    shown = break_lines(clean(name), Face.REGULAR, size, names - 6)[0].text
    base = STEP / 2 + size * 0.35
    left = start - 4 - text_width(shown, Face.REGULAR, size)
    inks = (Ink(left, base, Face.REGULAR, size, shown), Ink(start + long + 4, base, Face.REGULAR, size, told))
    rules = [Rule(start, 0.0, 0.0, 0.5, down=STEP)]
    if long:
        rules.append(Rule(start, max(long, 0.8), STEP / 2, BAR))
    return Row(STEP, inks, tuple(rules), keep=keep, cells=(1, 1))


def headings_of(texts: Sequence[tuple[str, str]]) -> tuple[Block, ...]:
    """(heading, words) as blocks; words may be empty."""
    return tuple(block for heading, words in texts for block in (Chapter(heading), words) if block)
