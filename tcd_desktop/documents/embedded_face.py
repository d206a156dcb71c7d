"""A face of the paper's font inside a PDF that is written page by page: which letters were used, and the font itself.

Letters are written with two bytes each (Identity-H), their numbers given in the order of their first use, so one
subset holds them all and a page can be written before the rest of the book is known.
"""

from __future__ import annotations

import zlib
from typing import Any

from tcd_desktop.documents.fonts import Face, register_fonts, subsetting

_CMAP_HEAD = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
    b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
)
_CMAP_TAIL = b"endcmap CMapName currentdict /CMap defineresource pop end end\n"
_MOST_IN_A_BLOCK = 100


class _Numbers(dict[int, int]):
    """Code point -> number of its glyph in the subset; two letters of one shape share a glyph."""

    def __init__(self, glyphs: dict[int, int]) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._places: dict[int, int] = {0: 0}
        self.letters: list[int] = [0]

    def __missing__(self, letter: int) -> int:
        glyph = self._glyphs.get(letter, 0)
        if glyph not in self._places:
            self._places[glyph] = len(self.letters)
            self.letters.append(letter)
        number = self[letter] = self._places[glyph]
        return number


class EmbeddedFace:
    """One face in one PDF; `name` is what pages call it ("F1")."""

    def __init__(self, face: Face, name: str) -> None:
        from reportlab.pdfbase import pdfmetrics

        register_fonts()
        self.name = name
        self._face: Any = pdfmetrics.getFont(str(face)).face
        self._numbers = _Numbers(self._face.charToGlyph)

    def shown(self, text: str) -> bytes:
        """The operand that shows a text: a literal string of the letters' numbers."""
        raw = text.translate(self._numbers).encode("utf-16-be")
        return b"(%b)" % (
            raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
        )

    def objects(self, first: int) -> list[bytes]:
        """The font's objects, to be numbered from `first` on: the font, its descendant, descriptor, file, Unicode."""
        letters = self._numbers.letters
        with subsetting():
            program = bytes(self._face.makeSubset(letters[1:]))
        packed = zlib.compress(program)
        base = b"TCDBOK+%b" % bytes(self._face.name)
        descendant, descriptor, file, unicode = range(first + 1, first + 5)
        widths = b" ".join(b"%d" % round(self._width(letter)) for letter in letters)
        return [
            b"<< /Type /Font /Subtype /Type0 /BaseFont /%b /Encoding /Identity-H /DescendantFonts [%d 0 R] "
            b"/ToUnicode %d 0 R >>" % (base, descendant, unicode),
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%b /CIDToGIDMap /Identity /FontDescriptor %d 0 R "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [0 [%b]] >>"
            % (base, descriptor, widths),
            self._descriptor(base, file),
            b"<< /Length %d /Length1 %d /Filter /FlateDecode >>\nstream\n%b\nendstream"
            % (len(packed), len(program), packed),
            stream(_unicode(letters)),
        ]

    def _width(self, letter: int) -> float:
        return float(self._face.charWidths.get(letter, self._face.defaultWidth)) if letter else self._face.defaultWidth

    def _descriptor(self, base: bytes, file: int) -> bytes:
        face = self._face
        box = b" ".join(b"%d" % round(edge) for edge in face.bbox)
        return (
            b"<< /Type /FontDescriptor /FontName /%b /Flags %d /FontBBox [%b] /ItalicAngle %d /Ascent %d /Descent %d "
            b"/CapHeight %d /StemV %d /FontFile2 %d 0 R >>"
            % (
                *(base, face.flags, box, round(face.italicAngle), round(face.ascent), round(face.descent)),
                *(round(face.capHeight), round(face.stemV), file),
            )
        )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object, compressed."""
    packed = zlib.compress(content)
    return b"<< %b/Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (entries, len(packed), packed)


def _unicode(letters: list[int]) -> bytes:
    """The way back from numbers to letters: what a reader copies, finds and reads aloud."""
    pairs = [b"<%04X> <%b>" % (number, _hex(letter)) for number, letter in enumerate(letters) if letter]
    blocks = [pairs[at : at + _MOST_IN_A_BLOCK] for at in range(0, len(pairs), _MOST_IN_A_BLOCK)]
    listed = b"".join(b"%d beginbfchar\n%b\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks)
    return _CMAP_HEAD + listed + _CMAP_TAIL


def _hex(letter: int) -> bytes:
    return chr(letter).encode("utf-16-be").hex().upper().encode("ascii")
