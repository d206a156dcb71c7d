"""The Word copy (.docx) of a letter, to be edited in Word or LibreOffice: always marked as a draft (dự thảo).

The sheet of NĐ 30/2020/NĐ-CP Phụ lục I in the same measures as the PDF; what was issued stays the PDF. The copy is
marked three times, by a watermark, a line in the top margin and the file's properties, so that nobody takes it for
the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tcd_desktop.documents.docx_parts import PaperSize, Properties, Style, columns, gap, package, paragraph, rule
from tcd_desktop.documents.fonts import Face, text_width
from tcd_desktop.documents.paragraph import centred_lines, clean
from tcd_desktop.documents.sheet import month_number, two_digits
from tcd_desktop.documents.sheet_style import (
    BLOCK_GAP,
    BOTTOM,
    COLUMN_GAP,
    COMFORTABLE,
    COUNTRY,
    INDENT,
    LEFT,
    MOTTO,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    RULE_PART,
    SIGNING_SPACE,
    TEXT_WIDTH,
    TOP,
    mm,
)
from tcd_desktop.domain.letter import SigningForm
from tcd_desktop.domain.letter_paper import LetterPaper
from tcd_desktop.domain.letter_text import LetterLayout

WATERMARK = "DỰ THẢO"
HEADER = "Dự thảo, chưa phải văn bản ban hành"
STATUS = "Dự thảo"
ADDRESSEE = "Kính gửi:"
RECIPIENTS = "Nơi nhận:"
BASIS = ("Căn cứ ", "Theo đề nghị ", "Xét đề nghị ")
"""Beginnings of a paragraph that names what a document rests on: in italics (Phụ lục I, thành phần nội dung)."""

SIGNING_PREFIX = {
    SigningForm.ON_BEHALF: "TM. ",
    SigningForm.FOR: "KT. ",
    SigningForm.BY_ORDER: "TL. ",
    SigningForm.BY_MANDATE: "TUQ. ",
}
"""What stands before the body or the post that is signed for; quyền ("Q.") stands before the signer's own title."""

_SIZE = COMFORTABLE
_SLACK = 2.0
"""Points more than the text itself, so that a face a hair wider does not break the line."""

STYLES = (
    Style("QuocHieu", "TCD Quốc hiệu", _SIZE.country, bold=True, align="center"),
    Style("TieuNgu", "TCD Tiêu ngữ", _SIZE.motto, bold=True, align="center"),
    Style("CoQuanChuQuan", "TCD Cơ quan chủ quản", _SIZE.country, align="center"),
    Style("CoQuanBanHanh", "TCD Cơ quan ban hành", _SIZE.country, bold=True, align="center"),
    Style("SoKyHieu", "TCD Số, ký hiệu", _SIZE.number, align="center", above=6),
    Style("DiaDanhNgay", "TCD Địa danh, ngày tháng", _SIZE.motto, italic=True, align="center", above=6),
    Style("TrichYeuCongVan", "TCD Trích yếu công văn", _SIZE.country, align="center", above=6),
    Style("MauSo", "TCD Mẫu số", _SIZE.number, align="right"),
    Style("TenLoai", "TCD Tên loại", _SIZE.body, bold=True, align="center", above=18),
    Style("TrichYeu", "TCD Trích yếu", _SIZE.body, bold=True, align="center"),
    Style("KinhGui", "TCD Kính gửi", _SIZE.body, above=14, first=INDENT * 2),
    Style("KinhGuiNhieu", "TCD Kính gửi (nhiều nơi)", _SIZE.body, first=INDENT * 3),
    Style("CanCu", "TCD Căn cứ", _SIZE.body, italic=True, align="both", above=6, first=INDENT, leading=1.08),
    Style("NoiDung", "TCD Nội dung", _SIZE.body, align="both", above=6, first=INDENT, leading=1.08),
    Style("NoiNhan", "TCD Nơi nhận", _SIZE.recipients_head, bold=True, italic=True),
    Style("DanhSachNoiNhan", "TCD Danh sách nơi nhận", _SIZE.recipients),
    Style("ChucVu", "TCD Quyền hạn, chức vụ", _SIZE.body, bold=True, align="center"),
    Style("GhiChuKy", "TCD Ghi chú chỗ ký", _SIZE.note, italic=True, align="center"),
    Style("NguoiKy", "TCD Họ tên người ký", _SIZE.body, bold=True, align="center"),
    Style("DoKhan", "TCD Mức độ khẩn", _SIZE.number, bold=True, align="center", above=6),
)

PAPER = PaperSize(PAGE_WIDTH, PAGE_HEIGHT, TOP, BOTTOM, LEFT, RIGHT, mm(10))


def letter_docx(paper: LetterPaper) -> bytes:
    """The copy as a .docx. The same paper gives the same bytes; what was typed is text and nothing else."""
    body = [
        *_head(paper),
        *_title(paper),
        *_addressees(paper),
        *_body(paper),
        _closing(paper),
    ]
    info = Properties(
        title=f"{STATUS}: {_subject(paper)}".removesuffix(": "),
        author=paper.office_name,
        subject=paper.mark,
        status=STATUS,
        created=paper.issued,
    )
    return package(body, styles=STYLES, paper=PAPER, watermark=WATERMARK, header=HEADER, info=info)


def docx_file_name(paper: LetterPaper) -> str:
    """A name of the file, ASCII only and without anything about a person: "du-thao-15-TB-UBND.docx"."""
    known = _ascii(paper.number) or "-".join(filter(None, (_ascii(paper.sign), f"{paper.issued:%Y%m%d-%H%M}")))
    return f"du-thao-{known}.docx"


def _ascii(text: str) -> str:
    plain = clean(text).replace("Đ", "D").replace("đ", "d")
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60]


def _subject(paper: LetterPaper) -> str:
    kind = clean(paper.type_name).capitalize()
    return " ".join(filter(None, (kind, clean(paper.number), clean(paper.about))))


# The head of page 1


def _head(paper: LetterPaper) -> list[str]:
    """Ô 1 to 5b: the office beside Quốc hiệu and Tiêu ngữ, number beside place and date."""
    country = text_width(COUNTRY, Face.BOLD, _SIZE.country) + _SLACK
    room = TEXT_WIDTH - country - BLOCK_GAP
    motto = text_width(MOTTO, Face.BOLD, _SIZE.motto)
    widths = (room, BLOCK_GAP, country)
    right = [
        paragraph("QuocHieu", COUNTRY, together=True),
        paragraph("TieuNgu", MOTTO, together=True),
        rule(country, motto),
    ]
    parts = [paragraph("MauSo", paper.mark, together=True), gap(4)] if clean(paper.mark) else []
    parts.append(columns(widths, (_office(paper, room), (), right)))
    parts.append(_between_tables())
    number = [paragraph("SoKyHieu", _number(paper), together=True)] if _has_number(paper) else []
    if paper.layout is LetterLayout.LETTER and clean(paper.about):
        number += _heading("TrichYeuCongVan", paper.about, Face.REGULAR, _SIZE.country, room)
    if clean(paper.urgency):
        number.append(paragraph("DoKhan", paper.urgency.upper(), together=True))
    parts.append(columns(widths, (number, (), [paragraph("DiaDanhNgay", _place_date(paper), together=True)])))
    return parts


def _office(paper: LetterPaper, room: float) -> list[str]:
    size = _SIZE.country
    name = clean(paper.office_name).upper()
    lines = centred_lines(name, Face.BOLD, size, room)
    return [
        *_heading("CoQuanChuQuan", paper.superior_name.upper(), Face.REGULAR, size, room),
        *_heading("CoQuanBanHanh", name, Face.BOLD, size, room),
        rule(room, lines[-1].width * RULE_PART),
    ]


def _heading(style: str, text: str, face: Face, size: float, room: float) -> list[str]:
    """A heading broken as on the PDF, in sensible places; nothing for an empty one."""
    if not clean(text):
        return []
    return [paragraph(style, *(line.text for line in centred_lines(text, face, size, room)), together=True)]


def _between_tables() -> str:
    """Word joins two tables that touch."""
    return '<w:p><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'


def _has_number(paper: LetterPaper) -> bool:
    return bool(clean(paper.number) or clean(paper.sign))


def _number(paper: LetterPaper) -> str:
    return f"Số: {paper.number}" if clean(paper.number) else f"Số: ……/{paper.sign}"


def _place_date(paper: LetterPaper) -> str:
    on = paper.dated
    place = clean(paper.locality) or "…………"
    if on is None:
        return f"{place}, ngày …… tháng …… năm {paper.issued.year}"
    return f"{place}, ngày {two_digits(on.day)} tháng {month_number(on)} năm {on.year}"


def _title(paper: LetterPaper) -> list[str]:
    """Ô 5a: the type in capitals, what it is about under it, a short rule."""
    if paper.layout is LetterLayout.LETTER or not clean(paper.type_name):
        return []
    parts = [paragraph("TenLoai", paper.type_name.upper(), together=True)]
    if clean(paper.about):
        lines = centred_lines(paper.about, Face.BOLD, _SIZE.body, TEXT_WIDTH)
        parts += _heading("TrichYeu", paper.about, Face.BOLD, _SIZE.body, TEXT_WIDTH)
        parts.append(rule(TEXT_WIDTH, lines[-1].width * RULE_PART))
    return parts


def _addressees(paper: LetterPaper) -> list[str]:
    """Ô 9a: one on the line itself, several one under another."""
    names = [clean(name) for name in paper.addressees if clean(name)]
    if len(names) <= 1:
        return [paragraph("KinhGui", f"{ADDRESSEE} {name}", together=True) for name in names]
    ends = [";"] * (len(names) - 1) + ["."]
    return [
        paragraph("KinhGui", ADDRESSEE, together=True),
        *(
            paragraph("KinhGuiNhieu", f"- {name.rstrip(';.')}{end}", together=True)
            for name, end in zip(names, ends, strict=True)
        ),
    ]


def _body(paper: LetterPaper) -> Iterable[str]:
    texts = [line for text in paper.body for line in text.splitlines() if clean(line)]
    for text in texts:
        yield paragraph("CanCu" if clean(text).startswith(BASIS) else "NoiDung", text)


def _closing(paper: LetterPaper) -> str:
    """Ô 7, 9b: recipients level with the title of who signs, or those who sign side by side. Never broken."""
    recipients = [clean(line) for line in paper.recipients if clean(line)]
    listed = [paragraph("NoiNhan", RECIPIENTS, together=True)] if recipients else []
    listed += [paragraph("DanhSachNoiNhan", line, together=True) for line in recipients]
    if paper.signatures:
        blocks = [_block([one.title], one.note, paper.signer if one.signs else "") for one in paper.signatures]
        rows = [_side_by_side(*([*pair, []][:2])) for pair in (blocks[i : i + 2] for i in range(0, len(blocks), 2))]
        return "".join(rows) + "".join(listed) + _end()
    return _side_by_side(listed, _block(signing_lines(paper), "", paper.signer)) + _end()


def _side_by_side(left: list[str], right: list[str]) -> str:
    side = (TEXT_WIDTH - COLUMN_GAP) / 2
    return gap(_SIZE.body) + columns((side, COLUMN_GAP, side), (left, (), right))


def _block(titles: Iterable[str], note: str, name: str) -> list[str]:
    parts = [paragraph("ChucVu", title.upper(), together=True) for title in titles]
    if clean(note):
        parts.append(paragraph("GhiChuKy", note, together=True))
    return [*parts, gap(SIGNING_SPACE), paragraph("NguoiKy", name)]


def _end() -> str:
    """A body ends with a paragraph; this one takes no room."""
    return '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'


def signing_lines(paper: LetterPaper) -> list[str]:
    """ "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH": what stands above the signature, in capitals (Phụ lục I, ô 7a)."""
    prefix = SIGNING_PREFIX.get(paper.signing)
    above = f"{prefix}{clean(paper.signing_for)}" if prefix and clean(paper.signing_for) else ""
    title = clean(paper.signer_title)
    if paper.signing is SigningForm.ACTING and title:
        title = f"Q. {title}"
    return [line.upper() for line in (above, title) if line]
