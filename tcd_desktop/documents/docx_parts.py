"""A Word file (.docx) of a few parts: paragraphs and two-column tables in the measures of an office document.

Written with `zipfile` and not with python-docx: that needs lxml (5 MB of wheels, 12 MB installed), which nothing else
of the program's core uses, for seven small texts that do not change (ECMA-376 Part 1, WordprocessingML). Texts are
escaped here and nowhere else; a text can never become an element, a field or a formula.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tcd_desktop.documents.paragraph import clean

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of what `package` makes."""

FONT = "Times New Roman"
"""Named and not embedded: Word has it, LibreOffice takes the equally wide Liberation Serif for it."""

VIETNAM_TIME = "+07:00"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def twips(points: float) -> int:
    """Points as twentieths of a point, the measure of Word."""
    return round(points * 20)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style that a person finds by `name` in Word's list. Lengths are points.

    `above` stands before the paragraph, `first` is the indent of its first line, `leading` the distance of lines as a
    multiple of single spacing, `align` left | center | right | both.
    """

    id: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: str = "left"
    above: float = 0.0
    first: float = 0.0
    leading: float = 1.0

    def xml(self) -> str:
        """The style's definition."""
        face = ("<w:b/>" if self.bold else "") + ("<w:i/>" if self.italic else "")
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.id}"><w:name w:val="{escape(self.name)}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
            f'<w:spacing w:before="{twips(self.above)}" w:after="0" w:line="{round(self.leading * 240)}" '
            f'w:lineRule="auto"/><w:ind w:firstLine="{twips(self.first)}"/><w:jc w:val="{self.align}"/></w:pPr>'
            f'<w:rPr>{face}<w:sz w:val="{round(self.size * 2)}"/><w:szCs w:val="{round(self.size * 2)}"/></w:rPr>'
            "</w:style>"
        )


@dataclass(frozen=True, slots=True)
class PaperSize:
    """Page and margins in points; `header` is the distance of the header from the page's edge."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself: `status` is shown by Word and Explorer ("Dự thảo")."""

    title: str
    author: str
    subject: str
    status: str
    created: datetime


def paragraph(style: str, *lines: str, together: bool = False) -> str:
    """One paragraph of typed text, in several lines where a heading is broken; `together`: kept with the next one."""
    keep = "<w:keepNext/>" if together else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{"<w:r><w:br/></w:r>".join(map(_run, lines))}</w:p>'


def gap(points: float) -> str:
    """Empty room, for a signature and a stamp."""
    line = f'<w:spacing w:before="0" w:after="0" w:line="{twips(points)}" w:lineRule="exact"/>'
    return f"<w:p><w:pPr><w:keepNext/>{line}</w:pPr></w:p>"


def rule(room: float, length: float) -> str:
    """A solid line of `length` points in the middle of `room` points."""
    side = twips((room - length) / 2)
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>'
    line = '<w:spacing w:before="40" w:after="0" w:line="80" w:lineRule="exact"/>'
    return f'<w:p><w:pPr><w:keepNext/>{border}{line}<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'


def columns(widths: Iterable[float], cells: Iterable[Iterable[str]]) -> str:
    """Paragraphs side by side: a table of one row, without lines and padding, never broken over two pages."""
    sizes = [twips(width) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/></w:tcPr>{"".join(cell) or "<w:p/>"}</w:tc>'
        for size, cell in zip(sizes, cells, strict=True)
    )
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr></w:tbl>"
    )


def package(
    body: Iterable[str], *, styles: Iterable[Style], paper: PaperSize, watermark: str, header: str, info: Properties
) -> bytes:
    """The file. `watermark` lies under the text of every page, `header` stands in the top margin at the right.

    The number of the page stands in the middle of the top margin from page 2 on (NĐ 30/2020 Phụ lục I). The same
    contents give the same bytes.
    """
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml", _OFFICE),
            ("metadata/core-properties", "docProps/core.xml", f"{_PACKAGE}/relationships"),
            ("extended-properties", "docProps/app.xml", _OFFICE),
        ),
        "docProps/core.xml": _core(info),
        "docProps/app.xml": _app(),
        "word/document.xml": _document(body, paper),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml", _OFFICE),
            ("settings", "settings.xml", _OFFICE),
            ("header", "header1.xml", _OFFICE),
            ("header", "header2.xml", _OFFICE),
        ),
        "word/styles.xml": _styles(styles),
        "word/settings.xml": _settings(),
        "word/header1.xml": _header(watermark, header, paper, numbered=False),
        "word/header2.xml": _header(watermark, header, paper, numbered=True),
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = ZipInfo(name, info.created.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return out.getvalue()


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'


def _document(body: Iterable[str], paper: PaperSize) -> str:
    size = f'<w:pgSz w:w="{twips(paper.width)}" w:h="{twips(paper.height)}"/>'
    margins = "".join(
        f' w:{name}="{twips(value)}"'
        for name, value in (
            ("top", paper.top),
            ("right", paper.right),
            ("bottom", paper.bottom),
            ("left", paper.left),
            ("header", paper.header),
            ("footer", paper.header),
            ("gutter", 0),
        )
    )
    heads = '<w:headerReference w:type="first" r:id="rId3"/><w:headerReference w:type="default" r:id="rId4"/>'
    section = f"<w:sectPr>{heads}{size}<w:pgMar{margins}/><w:titlePg/></w:sectPr>"
    return f"{_HEAD}<w:document {_W} {_R}><w:body>{''.join(body)}{section}</w:body></w:document>"


def _styles(styles: Iterable[Style]) -> str:
    fonts = "".join(f' w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    default = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/><w:color w:val="000000"/><w:sz w:val="28"/>'
        '<w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    return f"{_HEAD}<w:styles {_W}>{default}{''.join(style.xml() for style in styles)}</w:styles>"


def _settings() -> str:
    modern = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'{_HEAD}<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f'<w:compat>{modern}</w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>'
    )


def _header(watermark: str, text: str, paper: PaperSize, *, numbered: bool) -> str:
    room = twips(paper.width - paper.left - paper.right)
    tabs = f'<w:tabs><w:tab w:val="center" w:pos="{room // 2}"/><w:tab w:val="right" w:pos="{room}"/></w:tabs>'
    number = (
        '<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:t>2</w:t></w:r>'
        '<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>'
        if numbered
        else ""
    )
    said = f'<w:r><w:tab/></w:r>{number}<w:r><w:tab/></w:r><w:r><w:rPr><w:i/><w:sz w:val="22"/></w:rPr>' + (
        f'<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'
    )
    mark = _watermark(watermark, "2" if numbered else "1")
    return (
        f'{_HEAD}<w:hdr {_W} {_R} {_VML}><w:p><w:pPr>{tabs}<w:spacing w:before="0" w:after="0"/></w:pPr>'
        f"{mark}{said}</w:p></w:hdr>"
    )


def _watermark(text: str, number: str) -> str:
    """Grey words across the page, as Word's own command for a watermark makes them."""
    place = (
        "position:absolute;margin-left:0;margin-top:0;width:480pt;height:120pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    kind = (
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
    )
    words = escape(clean(text), {'"': "&quot;"})
    shape = (
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s205{number}" type="#_x0000_t136" '
        f'style="{place}" o:allowincell="f" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;{FONT}&quot;;font-size:1pt;font-weight:bold" string="{words}"/>'
        "</v:shape>"
    )
    return f"<w:r><w:pict>{kind}{shape}</w:pict></w:r>"


def _core(info: Properties) -> str:
    when = f"{info.created:%Y-%m-%dT%H:%M:%S}{VIETNAM_TIME}"
    named = (
        ("dc:title", info.title),
        ("dc:subject", info.subject),
        ("dc:creator", info.author),
        ("cp:keywords", info.status),
        ("dc:description", info.status),
        ("cp:lastModifiedBy", info.author),
        ("cp:contentStatus", info.status),
        ("dc:language", "vi-VN"),
    )
    texts = "".join(f"<{name}>{escape(clean(text))}</{name}>" for name, text in named)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{when}</dcterms:{name}>' for name in ("created", "modified")
    )
    spaces = (
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return f"{_HEAD}<cp:coreProperties {spaces}>{texts}{dates}</cp:coreProperties>"


def _app() -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_HEAD}<Properties xmlns="{space}"><Application>TCD Desktop</Application></Properties>'


def _content_types() -> str:
    parts = (
        ("/word/document.xml", f"{_WORD}.document.main+xml"),
        ("/word/styles.xml", f"{_WORD}.styles+xml"),
        ("/word/settings.xml", f"{_WORD}.settings+xml"),
        ("/word/header1.xml", f"{_WORD}.header+xml"),
        ("/word/header2.xml", f"{_WORD}.header+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    )
    named = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{rels}'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )


def _relations(*targets: tuple[str, str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"/>'
        for number, (kind, target, base) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'
