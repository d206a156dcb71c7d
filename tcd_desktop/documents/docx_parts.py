"""What a Word text consists of: styles, paragraphs, rules, columns, tables (ECMA-376 Part 1, WordprocessingML).

Texts are cleaned and escaped here; a text can never become an element, a field or a formula. `docx_package` makes the
file of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tcd_desktop.documents.paragraph import GLUE, clean

FONT = "Times New Roman"
"""Named and not embedded: Word has it, LibreOffice takes the equally wide Liberation Serif for it."""


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


def paragraph(style: str, *lines: str, lead: str = "", together: bool = False) -> str:
    """One paragraph of typed text, in several lines where a heading is broken.

    `lead` stands before it in bold ("Điều 1."); `together`: kept on the page of the next one.
    """
    keep = "<w:keepNext/>" if together else ""
    bold = _run(lead, "<w:b/>") + '<w:r><w:t xml:space="preserve"> </w:t></w:r>' if lead else ""
    said = "<w:r><w:br/></w:r>".join(map(_run, lines))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{bold}{said}</w:p>'


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


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, head_style: str, cell_style: str) -> str:
    """A table with lines, as wide as the text; its head stands again on every page, Word finds the columns' widths."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    look = f'<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{lines}</w:tblBorders>'
    grid = "<w:gridCol/>" * len(head)
    again = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    filled = ([*row, *[""] * len(head)][: len(head)] for row in rows)
    body = "".join(f"<w:tr>{_cells(row, cell_style)}</w:tr>" for row in filled)
    return (
        f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr>{again}{_cells(head, head_style)}</w:tr>{body}</w:tbl>"
    )


def _cells(texts: Iterable[str], style: str) -> str:
    return "".join(f"<w:tc><w:tcPr/>{paragraph(style, text)}</w:tc>" for text in texts)


def _run(text: str, face: str = "") -> str:
    glued = GLUE.join(clean(part) for part in text.split(GLUE))
    look = f"<w:rPr>{face}</w:rPr>" if face else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(glued)}</w:t></w:r>'
