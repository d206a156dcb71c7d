"""Mẫu số 02/TCD, giấy biên nhận thông tin, tài liệu: the paper a citizen takes home."""

from __future__ import annotations

import re
from datetime import date, datetime

from tcd_desktop.documents.form_pack import FormPack, form_for
from tcd_desktop.documents.paragraph import FILL, clean, dots
from tcd_desktop.documents.sheet import Sheet, SignatureBlock, month_number, two_digits
from tcd_desktop.documents.sheet_pdf import PageMarks, SheetInfo
from tcd_desktop.documents.sheet_style import COMFORTABLE, COMPACT, SheetStyle, mm
from tcd_desktop.domain.people.person import Person
from tcd_desktop.domain.receptions.receipt_slip import ReceiptSlip
from tcd_desktop.domain.receptions.reception import Paper

FORM = "02/TCD"

LONGEST_NUMBER = 40
"""Letters of the number that the foot of a page has room for; the head has the whole number."""

EMPTY_LINES = 4
"""Dotted lines for handwriting when no paper is listed."""


def render_receipt_slip(slip: ReceiptSlip) -> bytes:
    """The slip as PDF, in the words in force on its day. The same slip gives the same bytes.

    Raises Refused("no_form") for a day before 15/11/2021. What is unknown is printed as dots for handwriting.
    A slip that spills over the page at 14 pt is set at 13 pt if that saves a page.
    """
    form = form_for(FORM, slip.at.date())
    sheet = _compose(slip, form, COMFORTABLE)
    count = len(sheet.pages())
    if count > 1:
        smaller = _compose(slip, form, COMPACT)
        if len(smaller.pages()) < count:
            sheet = smaller
    return sheet.finish()


def slip_file_name(number: str, at: datetime, *, print_no: int = 1) -> str:
    """A name for the PDF, ASCII only and without anything about the person: "bien-nhan-57-2026.pdf".

    A slip without a number is named by its minute.
    """
    known = re.sub(r"[^A-Za-z0-9]+", "-", number).strip("-")
    again = f"-in-lai-{print_no - 1}" if print_no > 1 else ""
    return f"bien-nhan-{known or format(at, '%Y%m%d-%H%M')}{again}.pdf"


def _compose(slip: ReceiptSlip, form: FormPack, style: SheetStyle) -> Sheet:
    sheet = Sheet(_info(slip, form), style=style, marks=_marks(slip, form))
    sheet.form_mark(form["mark"])
    sheet.letterhead(slip.superior_name, slip.office_name)
    sheet.number_and_date(_number(slip, form), _place_date(slip, form))
    sheet.title(form["title"], form["subject"])
    _statement(sheet, slip, form)
    _papers(sheet, slip, form)
    sheet.paragraph(form.fill("copies", copies=two_digits(slip.copies)))
    sheet.signatures(
        SignatureBlock((form["giver_signs"],), form["giver_signs_note"], slip.giver.name),
        SignatureBlock((form["receiver_signs"],), form["receiver_signs_note"], slip.receiver_name),
    )
    return sheet


def _info(slip: ReceiptSlip, form: FormPack) -> SheetInfo:
    number = clean(slip.number)
    title = f"{form['document_title']} {number}".strip()
    return SheetInfo(title, author=clean(slip.office_name), created=slip.at, subject=form["mark"])


def _marks(slip: ReceiptSlip, form: FormPack) -> PageMarks:
    number = clean(slip.number)
    short = number if len(number) <= LONGEST_NUMBER else f"{number[: LONGEST_NUMBER - 1]}…"
    identity = (
        form.fill("footer", number=short) if number else form.fill("footer_unnumbered", date=f"{slip.at:%d/%m/%Y}")
    )

    def footer(page: int, pages: int) -> str:
        if pages == 1:
            return ""
        return f"{identity} - {form.fill('footer_page', page=str(page), pages=str(pages))}"

    return PageMarks(
        corner=form.fill("reprint", times=str(slip.print_no - 1)) if slip.print_no > 1 else "",
        watermark=form["training"] if slip.practice else "",
        footer=footer,
        code=slip.code,
    )


def _number(slip: ReceiptSlip, form: FormPack) -> str:
    number = clean(slip.number)
    return form.fill("number", number=number) if number else ""


def _day(on: date) -> dict[str, str]:
    return {"day": two_digits(on.day), "month": month_number(on), "year": str(on.year)}


def _place_date(slip: ReceiptSlip, form: FormPack) -> str:
    locality = clean(slip.locality) or dots(mm(20), COMFORTABLE.motto)
    return form.fill("place_date", locality=locality, **_day(slip.at))


def _statement(sheet: Sheet, slip: ReceiptSlip, form: FormPack) -> None:
    at, giver = slip.at, slip.giver
    place = clean(slip.place) or clean(slip.office_name) or FILL
    sheet.paragraph(form.fill("at", hour=two_digits(at.hour), minute=two_digits(at.minute), place=place, **_day(at)))
    sheet.pair(
        form.fill("receiver", receiver_name=clean(slip.receiver_name) or FILL),
        form.fill("receiver_title", receiver_title=clean(slip.receiver_title) or FILL),
    )
    name = clean(giver.name) or FILL
    sheet.paragraph(form.fill("giver", salutation=_salutation(giver, form), giver_name=name))
    sheet.paragraph(_identity(sheet.style, giver, form))
    sheet.paragraph(form.fill("address", address=clean(giver.address) or FILL))


def _salutation(giver: Person, form: FormPack) -> str:
    return form[f"salutation_{giver.sex or 'unknown'}"]


def _identity(style: SheetStyle, giver: Person, form: FormPack) -> str:
    issued = f"{giver.id_issued:%d/%m/%Y}" if giver.id_issued else "......./......./............"
    return form.fill(
        "identity",
        id_number=clean(giver.id_number) or dots(mm(45), style.body),
        id_issued=issued,
        id_place=clean(giver.id_place) or FILL,
    )


def _papers(sheet: Sheet, slip: ReceiptSlip, form: FormPack) -> None:
    sheet.paragraph(form["papers"], indent=0, keep=True)
    if not slip.papers:
        for number in range(1, EMPTY_LINES + 1):
            sheet.paragraph(f"{number}. {FILL}")
    last = len(slip.papers)
    for number, paper in enumerate(slip.papers, start=1):
        end = "." if number == last else ";"
        sheet.paragraph(f"{number}. {_paper(sheet.style, paper, form)}{end}")


def _paper(style: SheetStyle, paper: Paper, form: FormPack) -> str:
    return form.fill(
        "paper",
        name=clean(paper.name) or dots(mm(60), style.body),
        pages=two_digits(paper.pages) if paper.pages is not None else dots(mm(10), style.body),
        condition=form.fill(f"condition.{paper.condition}", blank=dots(mm(30), style.body)),
    )
