"""Small papers with words in them, made here: PDF, Word, OpenDocument."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def a_pdf(words: str) -> bytes:
    """One page with a text layer, in the typeface of the official forms."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfgen.canvas import Canvas

    from tcd_desktop.documents.fonts import register_fonts

    register_fonts()
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.setFont(next(name for name in pdfmetrics.getRegisteredFontNames() if "Serif" in name), 12)
    canvas.drawString(72, 700, words)
    canvas.save()
    return made.getvalue()


def a_docx(*paragraphs: str, raw: bool = False, whole: bool = False) -> bytes:
    """A Word text; `raw`: the paragraphs are XML, `whole`: the one is the whole document."""
    body = "".join(one if raw else f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    document = paragraphs[0] if whole else f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return _packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def an_odt(*paragraphs: str) -> bytes:
    """An OpenDocument text."""
    body = "".join(f"<text:p>{escape(one)}</text:p>" for one in paragraphs)
    content = (
        f'<office:document-content xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    return _packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _packed(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()
