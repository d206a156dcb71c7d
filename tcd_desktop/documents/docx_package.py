"""The file of a Word text (.docx): a zip archive of ten small parts, the same contents giving the same bytes.

Written with `zipfile` and not with python-docx: that needs lxml (5 MB of wheels, 12 MB installed), which nothing else
of the program's core uses, for parts that never change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tcd_desktop.documents.docx_parts import FONT, Style, twips
from tcd_desktop.documents.paragraph import clean

VIETNAM_TIME = "+07:00"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


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


def package(
    parts_of_text: Sequence[Sequence[str]],
    *,
    styles: Iterable[Style],
    paper: PaperSize,
    watermark: str,
    header: str,
    info: Properties,
) -> bytes:
    """The file. Each part of the text begins a page and counts its pages from 1 (a letter and its appendices).

    `watermark` lies under the text of every page, `header` stands in the top margin at the right. The number of the
    page stands in the middle of the top margin from page 2 on (NĐ 30/2020 Phụ lục I).
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
        "word/document.xml": _document(parts_of_text, paper),
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


def _document(parts_of_text: Sequence[Sequence[str]], paper: PaperSize) -> str:
    *before, last = parts_of_text
    section = _section(paper)
    body = "".join(f"{''.join(part)}<w:p><w:pPr>{section}</w:pPr></w:p>" for part in before)
    return f"{_HEAD}<w:document {_W} {_R}><w:body>{body}{''.join(last)}{section}</w:body></w:document>"


def _section(paper: PaperSize) -> str:
    lies = ' w:orient="landscape"' if paper.width > paper.height else ""
    size = f'<w:pgSz w:w="{twips(paper.width)}" w:h="{twips(paper.height)}"{lies}/>'
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
    first = '<w:pgNumType w:start="1"/><w:titlePg/>'
    return f"<w:sectPr>{heads}{size}<w:pgMar{margins}/>{first}</w:sectPr>"


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
