"""Any letter of the office on its sheet (NĐ 30/2020/NĐ-CP Phụ lục I): `LetterPaper` in, PDF bytes out.

Layouts: a công văn has "V/v" under its number; a document with a named type has its name in the middle; minutes and
notes may be signed by several, and minutes tell their day in their text only (Phụ lục III, mẫu 1.12); a poster lies; a
citizen's own paper has no office at its head.
"""

from __future__ import annotations

import re
from datetime import date

from tcd_desktop.documents.form_pack import FormPack, form_for
from tcd_desktop.documents.letter_body import add_lines, read_body
from tcd_desktop.documents.paragraph import clean, dots
from tcd_desktop.documents.sheet import Sheet, SignatureBlock, month_number, two_digits
from tcd_desktop.documents.sheet_pdf import PageMarks, SheetInfo
from tcd_desktop.documents.sheet_style import COMFORTABLE, COMPACT, LANDSCAPE, PORTRAIT, TIGHT, SheetStyle, mm
from tcd_desktop.documents.signing import signing_titles
from tcd_desktop.domain.letters.letter_paper import LetterPaper
from tcd_desktop.domain.letters.letter_text import BLANK, LetterLayout

FORM = "letter-sheet"

LONGEST_NUMBER = 40
"""Letters of the number that the foot of a page has room for; the head has the whole number."""

_ONE_DIGIT = re.compile(r"(\d)(?=[/-])")

_WITH_ABOUT = frozenset({LetterLayout.LETTER, LetterLayout.NOTE})
"""Layouts whose subject stands as "V/v" under the number."""


def render_letter(paper: LetterPaper) -> bytes:
    """The letter as PDF. The same paper gives the same bytes.

    What spills over a page at 14 pt is set smaller, as far as the law allows, if that saves a page.
    Raises Refused("no_form") for a day before 05/03/2020.
    """
    words = form_for(FORM, paper.dated or paper.issued.date())
    best = _compose(paper, words, COMFORTABLE)
    count = len(best.pages())
    for style in (COMPACT, TIGHT) if count > 1 else ():
        smaller = _compose(paper, words, style)
        fewer = len(smaller.pages())
        if fewer < count:
            best, count = smaller, fewer
    return best.finish()


def _compose(paper: LetterPaper, words: FormPack, style: SheetStyle) -> Sheet:
    shape = LANDSCAPE if paper.layout is LetterLayout.POSTER else PORTRAIT
    sheet = Sheet(_info(paper, words), style=style, marks=_marks(paper, words), shape=shape)
    if paper.mark:
        sheet.form_mark(paper.mark)
    _head(sheet, paper, words)
    names = addressee_names(paper)
    if names:
        sheet.addressee(words["to"], names)
    lines, appendices = read_body(paper.body)
    add_lines(sheet, lines)
    _end(sheet, paper, words)
    for appendix in appendices:
        sheet.appendix(appendix.name, appendix.title, appendix_note(paper, words))
        add_lines(sheet, appendix.lines)
    return sheet


def _head(sheet: Sheet, paper: LetterPaper, words: FormPack) -> None:
    if paper.layout is LetterLayout.APPLICATION:
        sheet.country_heading()
        sheet.place_and_date(place_date(paper, words))
        sheet.title(paper.type_name, paper.about)
        return
    sheet.letterhead(paper.superior_name, paper.office_name)
    below = paper.layout in _WITH_ABOUT
    about = subject_line(paper, words) if below else ""
    sheet.number_and_date(number_line(paper, words), place_date(paper, words), about=about, urgency=paper.urgency)
    if clean(paper.type_name):
        sheet.title(paper.type_name, "" if below else paper.about)


def addressee_names(paper: LetterPaper) -> list[str]:
    """Who it goes to, each beginning with a capital letter."""
    names = (clean(name) for name in paper.addressees)
    return [name[:1].upper() + name[1:] for name in names if name]


def recipient_lines(paper: LetterPaper) -> list[str]:
    """The lines of "Nơi nhận"; whoever is not known ("nếu có") is left out, not named with dots."""
    lines = (clean(line) for line in paper.recipients)
    return [line for line in lines if line and BLANK not in line]


def subject_line(paper: LetterPaper, words: FormPack) -> str:
    """ "V/v trả lời kiến nghị", the V/v once."""
    about = clean(paper.about)
    prefix = words.fill("about", about="")
    return about if not about or about.startswith(prefix) else words.fill("about", about=about)


def document_number(paper: LetterPaper) -> str:
    """ "05/TB-UBND": one digit gets a zero before it; dots for handwriting when there is no number yet."""
    number = clean(paper.number)
    if number:
        return _ONE_DIGIT.sub(r"0\1", number, count=1) if _ONE_DIGIT.match(number) else number
    sign = clean(paper.sign)
    return f"{dots(mm(12), COMFORTABLE.number)}/{sign}" if sign else ""


def number_line(paper: LetterPaper, words: FormPack) -> str:
    """ "Số: 05/TB-UBND"; "" for a paper without a number."""
    number = document_number(paper)
    return words.fill("number", number=number) if number else ""


def _day(on: date | None) -> dict[str, str]:
    if on is None:
        gap = dots(mm(6), COMFORTABLE.motto)
        return {"day": gap, "month": gap, "year": dots(mm(10), COMFORTABLE.motto)}
    return {"day": two_digits(on.day), "month": month_number(on), "year": str(on.year)}


def place_date(paper: LetterPaper, words: FormPack) -> str:
    """ "Quỳnh Lôi, ngày 03 tháng 02 năm 2026", with dots for what is not known; "" for minutes."""
    if paper.layout is LetterLayout.MINUTES:
        return ""
    locality = clean(paper.locality) or dots(mm(20), COMFORTABLE.motto)
    return words.fill("place_date", locality=locality, **_day(paper.dated))


def _end(sheet: Sheet, paper: LetterPaper, words: FormPack) -> None:
    if paper.signatures:
        sheet.signatures(
            *(
                SignatureBlock((signature.title,), signature.note, paper.signer if signature.signs else "")
                for signature in paper.signatures
            )
        )
        return
    titles = signing_titles(paper.signing, paper.signing_for, paper.signer_title, paper.office_name)
    recipients = recipient_lines(paper)
    sheet.closing(words["recipients"], recipients, SignatureBlock(titles, name=paper.signer))


def appendix_note(paper: LetterPaper, words: FormPack) -> str:
    """ "(Kèm theo Thông báo số 05/TB-UBND ngày ... của ...)"."""
    named = clean(paper.type_name)
    document = words.fill("appendix_titled", type_name=named.capitalize()) if named else words["appendix_letter"]
    return words.fill(
        "appendix_note",
        document=document,
        number=document_number(paper),
        office=clean(paper.office_name),
        **_day(paper.dated),
    )


def _info(paper: LetterPaper, words: FormPack) -> SheetInfo:
    """The file says which paper it is by type and number; not what it is about, which could name a person."""
    number = document_number(paper) if clean(paper.number) else ""
    title = f"{document_name(paper, words)} {number}".strip()
    return SheetInfo(title, author=clean(paper.office_name), created=paper.issued, subject=clean(paper.mark))


def document_name(paper: LetterPaper, words: FormPack) -> str:
    """ "Thông báo", "Công văn"."""
    return clean(paper.type_name).capitalize() or words["letter_name"]


def _marks(paper: LetterPaper, words: FormPack) -> PageMarks:
    number = document_number(paper) if clean(paper.number) else ""
    short = number if len(number) <= LONGEST_NUMBER else f"{number[: LONGEST_NUMBER - 1]}…"
    identity = words.fill("footer", name=document_name(paper, words), number=short).strip()

    def footer(page: int, pages: int) -> str:
        if pages == 1:
            return ""
        return f"{identity} - {words.fill('footer_page', page=str(page), pages=str(pages))}"

    return PageMarks(
        corner=words.fill("reprint", times=str(paper.print_no - 1)) if paper.print_no > 1 else "",
        stamp=words["draft"] if paper.draft else "",
        watermark=words["training"] if paper.practice else "",
        footer=footer,
        code="" if paper.draft else paper.code,
    )
