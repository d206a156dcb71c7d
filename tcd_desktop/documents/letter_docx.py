"""The Word copy (.docx) of a letter, to be edited in Word or LibreOffice: always marked as a draft (dự thảo).

The same words and the same sheet of NĐ 30/2020/NĐ-CP Phụ lục I as the PDF of `documents/letter.py`; what was issued
stays the PDF. The copy is marked three times, by a watermark, a line in the top margin and the file's properties, so
that nobody takes it for the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tcd_desktop.documents.docx_package import PaperSize, Properties, package
from tcd_desktop.documents.docx_parts import Style, columns, gap, paragraph, rule, table
from tcd_desktop.documents.fonts import Face, text_width
from tcd_desktop.documents.form_pack import FormPack, form_for
from tcd_desktop.documents.letter import (
    FORM,
    addressee_names,
    appendix_note,
    document_name,
    number_line,
    place_date,
    recipient_lines,
    subject_line,
)
from tcd_desktop.documents.letter_body import Appendix, BodyLine, Kind, article_lead, read_body
from tcd_desktop.documents.paragraph import GLUE, centred_lines, clean
from tcd_desktop.documents.sheet_style import (
    BLOCK_GAP,
    COLUMN_GAP,
    COMFORTABLE,
    COUNTRY,
    INDENT,
    LANDSCAPE,
    MOTTO,
    PORTRAIT,
    RULE_PART,
    SIGNING_SPACE,
    PageShape,
    mm,
)
from tcd_desktop.documents.signing import signing_titles
from tcd_desktop.domain.letters.letter_paper import LetterPaper
from tcd_desktop.domain.letters.letter_text import LetterLayout

HEADER = "Dự thảo, chưa phải văn bản ban hành"
STATUS = "Dự thảo"

_SIZE = COMFORTABLE
_LEADING = 1.08
"""A multiple of Word's single spacing, which is 1.15 of the size: as far apart as on the PDF."""
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
    Style("DoKhan", "TCD Mức độ khẩn", _SIZE.number, bold=True, align="center", above=6),
    Style("MauSo", "TCD Mẫu số", _SIZE.number, align="right"),
    Style("TenLoai", "TCD Tên loại", _SIZE.body, bold=True, align="center", above=18),
    Style("TrichYeu", "TCD Trích yếu", _SIZE.body, bold=True, align="center"),
    Style("KinhGui", "TCD Kính gửi", _SIZE.body, above=14, first=INDENT * 2),
    Style("KinhGuiNhieu", "TCD Kính gửi (nhiều nơi)", _SIZE.body, first=INDENT * 3),
    Style("CanCu", "TCD Căn cứ", _SIZE.body, italic=True, align="both", above=6, first=INDENT, leading=_LEADING),
    Style("NoiDung", "TCD Nội dung", _SIZE.body, align="both", above=6, first=INDENT, leading=_LEADING),
    Style("DeMuc", "TCD Đề mục giữa dòng", _SIZE.body, bold=True, align="center", above=6),
    Style("Muc", "TCD Mục", _SIZE.body, bold=True, above=6, first=INDENT),
    Style("DauBang", "TCD Đầu bảng", _SIZE.note, bold=True, align="center"),
    Style("OBang", "TCD Ô bảng", _SIZE.note),
    Style("NoiNhan", "TCD Nơi nhận", _SIZE.recipients_head, bold=True, italic=True),
    Style("DanhSachNoiNhan", "TCD Danh sách nơi nhận", _SIZE.recipients),
    Style("ChucVu", "TCD Quyền hạn, chức vụ", _SIZE.body, bold=True, align="center"),
    Style("GhiChuKy", "TCD Ghi chú chỗ ký", _SIZE.note, italic=True, align="center"),
    Style("NguoiKy", "TCD Họ tên người ký", _SIZE.body, bold=True, align="center"),
    Style("KemTheo", "TCD Kèm theo văn bản", _SIZE.body, italic=True, align="center"),
)

_TEXT_STYLES = {
    Kind.GROUND: "CanCu",
    Kind.HEADING: "DeMuc",
    Kind.SECTION: "Muc",
    Kind.TEXT: "NoiDung",
}


def letter_docx(paper: LetterPaper) -> bytes:
    """The copy as a .docx. The same paper gives the same bytes; what was typed is text and nothing else.

    Raises Refused("no_form") for a day before 05/03/2020.
    """
    words = form_for(FORM, paper.dated or paper.issued.date())
    shape = LANDSCAPE if paper.layout is LetterLayout.POSTER else PORTRAIT
    lines, appendices = read_body(paper.body)
    letter = [
        *_head(paper, words, shape),
        *_addressees(paper, words),
        *_body(lines),
        *_closing(paper, words, shape),
        _end(),
    ]
    info = Properties(
        # as on the PDF not what it is about, which could name a person
        title=f"{STATUS}: {document_name(paper, words)} {clean(paper.number)}".strip(),
        author=paper.office_name,
        subject=paper.mark,
        status=STATUS,
        created=paper.issued,
    )
    size = PaperSize(shape.width, shape.height, shape.top, shape.bottom, shape.left, shape.right, mm(10))
    return package(
        [letter, *(_appendix(one, appendix_note(paper, words), shape) for one in appendices)],
        styles=STYLES,
        paper=size,
        watermark=words["draft"],
        header=HEADER,
        info=info,
    )


def docx_file_name(paper: LetterPaper) -> str:
    """A name of the file, ASCII only and without anything about a person: "du-thao-15-TB-UBND.docx"."""
    known = _ascii(paper.number) or "-".join(filter(None, (_ascii(paper.sign), f"{paper.issued:%Y%m%d-%H%M}")))
    return f"du-thao-{known}.docx"


def _ascii(text: str) -> str:
    plain = clean(text).replace("Đ", "D").replace("đ", "d")
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60]


# The head of page 1


def _head(paper: LetterPaper, words: FormPack, shape: PageShape) -> list[str]:
    parts = [paragraph("MauSo", paper.mark, together=True), gap(4)] if clean(paper.mark) else []
    if paper.layout is LetterLayout.APPLICATION:
        motto = text_width(MOTTO, Face.BOLD, _SIZE.motto)
        parts += [*_country(shape.text_width, motto), paragraph("DiaDanhNgay", place_date(paper, words), together=True)]
        return [*parts, *_title(paper, shape, paper.about)]
    below = paper.layout in (LetterLayout.LETTER, LetterLayout.NOTE)
    parts += _letterhead(paper, words, shape, subject_line(paper, words) if below else "")
    return [*parts, *_title(paper, shape, "" if below else paper.about)]


def _letterhead(paper: LetterPaper, words: FormPack, shape: PageShape, about: str) -> list[str]:
    """Ô 1 to 5b, 10b: the office beside Quốc hiệu and Tiêu ngữ, number and "V/v" beside place and date."""
    country = text_width(COUNTRY, Face.BOLD, _SIZE.country) + _SLACK
    room = (shape.text_width - country - BLOCK_GAP) if shape is PORTRAIT else shape.text_width / 2 - BLOCK_GAP
    widths = (room, BLOCK_GAP, shape.text_width - room - BLOCK_GAP)
    number = number_line(paper, words)
    left = [paragraph("SoKyHieu", number, together=True)] if number else []
    left += _heading("TrichYeuCongVan", about, Face.REGULAR, _SIZE.country, room)
    if clean(paper.urgency):
        left.append(paragraph("DoKhan", paper.urgency.upper(), together=True))
    motto = text_width(MOTTO, Face.BOLD, _SIZE.motto)
    return [
        columns(widths, (_office(paper, room), (), _country(widths[2], motto))),
        _between_tables(),
        columns(widths, (left, (), [paragraph("DiaDanhNgay", place_date(paper, words), together=True)])),
    ]


def _country(room: float, motto: float) -> list[str]:
    return [
        paragraph("QuocHieu", COUNTRY, together=True),
        paragraph("TieuNgu", MOTTO, together=True),
        rule(room, motto),
    ]


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


def _title(paper: LetterPaper, shape: PageShape, about: str) -> list[str]:
    """Ô 5a: the type in capitals, what it is about under it, a short rule."""
    if not clean(paper.type_name):
        return []
    parts = [paragraph("TenLoai", paper.type_name.upper(), together=True)]
    if clean(about):
        lines = centred_lines(about, Face.BOLD, _SIZE.body, shape.text_width)
        parts += _heading("TrichYeu", about, Face.BOLD, _SIZE.body, shape.text_width)
        parts.append(rule(shape.text_width, lines[-1].width * RULE_PART))
    return parts


def _addressees(paper: LetterPaper, words: FormPack) -> list[str]:
    """Ô 9a: one on the line itself, several one under another."""
    names = addressee_names(paper)
    if len(names) <= 1:
        return [paragraph("KinhGui", f"{words['to']} {name}", together=True) for name in names]
    ends = [";"] * (len(names) - 1) + ["."]
    listed = [f"- {name.rstrip(';.')}{end}" for name, end in zip(names, ends, strict=True)]
    return [
        paragraph("KinhGui", words["to"], together=True),
        *(paragraph("KinhGuiNhieu", line, together=True) for line in listed),
    ]


# The body


def _body(lines: Sequence[BodyLine]) -> list[str]:
    parts = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and lines[end].kind is Kind.TABLE_ROW:
            end += 1
        if end > index:
            rows = [line.cells for line in lines[index:end]]
            parts += [table(rows[0], rows[1:], head_style="DauBang", cell_style="OBang"), _end()]
            index = end
            continue
        parts.append(_line(lines[index]))
        index += 1
    return parts


def _line(line: BodyLine) -> str:
    if line.kind is Kind.ARTICLE:
        lead, rest = article_lead(line.text)
        return paragraph("NoiDung", rest, lead=lead)
    text = line.text.replace(GLUE, " ") if line.kind in (Kind.HEADING, Kind.SECTION) else line.text
    return paragraph(_TEXT_STYLES[line.kind], text, together=line.kind in (Kind.HEADING, Kind.SECTION))


def _appendix(appendix: Appendix, note: str, shape: PageShape) -> list[str]:
    lines = centred_lines(note, Face.ITALIC, _SIZE.body, shape.text_width)
    return [
        paragraph("TrichYeu", appendix.name, together=True),
        *_heading("TrichYeu", appendix.title.upper(), Face.BOLD, _SIZE.body, shape.text_width),
        *_heading("KemTheo", note, Face.ITALIC, _SIZE.body, shape.text_width),
        rule(shape.text_width, lines[-1].width * RULE_PART),
        *_body(appendix.lines),
        _end(),
    ]


# The end


def _closing(paper: LetterPaper, words: FormPack, shape: PageShape) -> list[str]:
    """Ô 7, 9b: recipients level with the title of who signs, or those who sign side by side. Never broken."""
    if paper.signatures:
        pairs = [paper.signatures[start : start + 2] for start in range(0, len(paper.signatures), 2)]
        noted = any(clean(one.note) for one in paper.signatures)
        return [
            part
            for pair in pairs
            for part in _side_by_side(
                shape, *(_block([one.title], one.note, paper.signer if one.signs else "", noted=noted) for one in pair)
            )
        ]
    recipients = recipient_lines(paper)
    listed = [paragraph("NoiNhan", words["recipients"], together=True)] if recipients else []
    listed += [paragraph("DanhSachNoiNhan", line, together=True) for line in recipients]
    titles = signing_titles(paper.signing, paper.signing_for, paper.signer_title, paper.office_name)
    return _side_by_side(shape, listed, _block(titles, "", paper.signer))


def _side_by_side(shape: PageShape, *blocks: list[str]) -> list[str]:
    """Two blocks beside each other, one alone in the middle."""
    if len(blocks) == 1:
        return [gap(_SIZE.body), columns((shape.text_width,), blocks)]
    side = (shape.text_width - COLUMN_GAP) / 2
    return [gap(_SIZE.body), columns((side, COLUMN_GAP, side), (blocks[0], (), blocks[1]))]


def _block(titles: Iterable[str], note: str, name: str, *, noted: bool = False) -> list[str]:
    """`noted`: the others have a note, so that the names stand level."""
    parts = [paragraph("ChucVu", title.upper(), together=True) for title in titles]
    if noted or clean(note):
        parts.append(paragraph("GhiChuKy", note, together=True))
    return [*parts, gap(SIGNING_SPACE), paragraph("NguoiKy", name)]


def _end() -> str:
    """What follows a table; a line of its own that takes no room."""
    return '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
