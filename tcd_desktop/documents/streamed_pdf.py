"""A PDF of any length in the memory of one page: each page is in the file as soon as it is given.

ReportLab's canvas keeps every page until the end (a book of 100,000 visits needs gigabytes of it). Here only the
places of the objects are remembered; letters, the number of pages and the directory follow at the end. The font
programs come from ReportLab's reading of our faces.
"""

from __future__ import annotations

import hashlib
from array import array
from typing import IO

from tcd_desktop.documents.embedded_face import EmbeddedFace, stream
from tcd_desktop.documents.fonts import Face
from tcd_desktop.documents.sheet_pdf import CREATOR, VIETNAM_TIME, SheetInfo

CATALOG, ROOT, INFO, RESOURCES, TOTAL = 1, 2, 3, 4, 5
"""Objects whose numbers are known before they are written."""
FIRST_FREE = 6
IN_A_NODE = 50
"""Pages under one node of the page tree: viewers open the last page of a thick book at once."""

TOTAL_NAME = "N"
"""What a page calls the drawing of the number of pages, known only at the end: `/N Do`."""


class StreamedPdf:
    """A file being written. Pages share their size and faces.

    pdf = StreamedPdf(file, info, width, height)
    pdf.page(b"BT ... ET"); ...; pdf.finish(total=b"...")
    """

    def __init__(self, file: IO[bytes], info: SheetInfo, width: float, height: float) -> None:
        self._file, self._info = file, info
        self._box = b"[0 0 %.2f %.2f]" % (width, height)
        self._places = array("Q", [0] * FIRST_FREE)
        self._at = 0
        self._nodes: list[int] = []
        self.pages = 0
        self.faces = {face: EmbeddedFace(face, f"F{number}") for number, face in enumerate(Face, start=1)}
        self._put(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def page(self, content: bytes) -> None:
        """Writes a page with these operators."""
        if self.pages % IN_A_NODE == 0:
            self._nodes.append(self._reserve())
        made = self._reserve()
        body = self._reserve()
        if (made, body) != (self._nodes[-1] + 1 + 2 * (self.pages % IN_A_NODE), made + 1):
            raise AssertionError("pages of a node are numbered one after another")
        self._write(body, stream(content))
        self._write(
            made,
            b"<< /Type /Page /Parent %d 0 R /MediaBox %b /Resources %d 0 R /Contents %d 0 R >>"
            % (self._nodes[-1], self._box, RESOURCES, body),
        )
        self.pages += 1

    def finish(self, total: bytes = b"") -> None:
        """Writes what all pages share and the directory. `total` are the operators that draw the number of pages."""
        self._write_fonts()
        self._write(TOTAL, stream(total, b"/Type /XObject /Subtype /Form /BBox [-500 -50 500 50] /Resources 4 0 R "))
        self._write_tree()
        info = self._info
        stamp = f"D:{info.created:%Y%m%d%H%M%S}{VIETNAM_TIME}"
        told = (("Title", info.title), ("Author", info.author), ("Subject", info.subject), ("Creator", CREATOR))
        dates = b"/CreationDate (%b) /ModDate (%b)" % (stamp.encode("ascii"), stamp.encode("ascii"))
        self._write(INFO, b"<< %b %b >>" % (b" ".join(b"/%b %b" % (k.encode(), _text(v)) for k, v in told if v), dates))
        self._write(
            CATALOG,
            b"<< /Type /Catalog /Pages %d 0 R /Lang (vi) /ViewerPreferences << /DisplayDocTitle true >> >>" % ROOT,
        )
        self._write_directory()

    def _write_fonts(self) -> None:
        named = []
        for embedded in self.faces.values():
            first = len(self._places)
            named.append(b"/%b %d 0 R" % (embedded.name.encode("ascii"), first))
            for content in embedded.objects(first):
                self._write(self._reserve(), content)
        fonts = b" ".join(named)
        self._write(
            RESOURCES,
            b"<< /ProcSet [/PDF /Text] /Font << %b >> /XObject << /%b %d 0 R >> >>"
            % (fonts, TOTAL_NAME.encode("ascii"), TOTAL),
        )

    def _write_tree(self) -> None:
        for number, node in enumerate(self._nodes):
            count = min(IN_A_NODE, self.pages - number * IN_A_NODE)
            kids = b" ".join(b"%d 0 R" % (node + 1 + 2 * at) for at in range(count))
            self._write(node, b"<< /Type /Pages /Parent %d 0 R /Count %d /Kids [%b] >>" % (ROOT, count, kids))
        kids = b" ".join(b"%d 0 R" % node for node in self._nodes)
        self._write(ROOT, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (self.pages, kids))

    def _write_directory(self) -> None:
        start, size = self._at, len(self._places)
        mark = hashlib.sha256(self._places.tobytes() + self._info.title.encode("utf-8")).hexdigest()[:32].encode()
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for at in range(1, size, 1000):
            self._put(b"".join(b"%010d 00000 n \n" % place for place in self._places[at : at + 1000]))
        self._put(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n"
            % (size, CATALOG, INFO, mark, mark, start)
        )

    def _reserve(self) -> int:
        self._places.append(0)
        return len(self._places) - 1

    def _write(self, number: int, content: bytes) -> None:
        self._places[number] = self._at
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def _put(self, content: bytes) -> None:
        self._file.write(content)
        self._at += len(content)


def _text(value: str) -> bytes:
    """A text of the file's properties, in UTF-16 as PDF wants it."""
    return b"<FEFF%b>" % value.encode("utf-16-be").hex().upper().encode("ascii")
