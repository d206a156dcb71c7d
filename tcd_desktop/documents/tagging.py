"""What a screen reader hears: the structure of a paper (tagged PDF), in the order of its rows.

Every row's letters lie in marked content that belongs to an element: a heading, a paragraph that may run over pages,
the rows and cells of a table. Page numbers, rules, the watermark and the QR are artifacts: they are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tcd_desktop.documents.pages import Ink, Role, Row

_TABLE_ROLES = frozenset({Role.TABLE_HEAD, Role.TABLE_ROW})


@dataclass(slots=True)
class Element:
    """A node of the structure: its standard name, the nodes below it, its pieces of pages (page, number there)."""

    name: str
    below: list[Element] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)


class Structure:
    """Grows while the pages are drawn; `write` puts it into the file."""

    def __init__(self) -> None:
        self._root = Element("Document")
        self._counts: list[int] = []
        self._table: Element | None = None
        self._last: list[Element] = []
        self._in_place: list[list[Element]] = []

    def begin_page(self) -> None:
        """The next row stands on a new page."""
        self._counts.append(0)
        self._in_place.append([])

    def groups(self, row: Row) -> Iterator[tuple[str, Sequence[Ink]]]:
        """The letters of a row in pieces, each with the operator that begins its marked content."""
        for element, inks in zip(self._elements(row), _pieces(row), strict=True):
            if not inks:
                continue
            page, number = len(self._counts) - 1, self._counts[-1]
            self._counts[-1] = number + 1
            element.pieces.append((page, number))
            self._in_place[-1].append(element)
            yield f"/{element.name} <</MCID {number}>> BDC", inks

    def _elements(self, row: Row) -> list[Element]:
        count = max(1, len(row.cells))
        if not (row.goes_on and len(self._last) == count):
            self._last = self._new(row, count)
        return self._last

    def _new(self, row: Row, count: int) -> list[Element]:
        if row.role not in _TABLE_ROLES:
            self._table = None
            found = [Element(str(row.role)) for _ in range(count)]
            self._root.below += found
            return found
        if self._table is None:
            self._table = Element("Table")
            self._root.below.append(self._table)
        name = "TH" if row.role is Role.TABLE_HEAD else "TD"
        line = Element("TR", [Element(name) for _ in range(count)])
        self._table.below.append(line)
        return line.below

    def write(self, canvas: Any) -> None:
        """Hangs the structure into the file's catalogue. After the last page, before saving."""
        raw, document = _raw_object(), canvas._doc
        pages = [document.Reference(page) for page in document.Pages.pages]
        root = raw("/Type /StructTreeRoot")
        top = document.Reference(root)
        references: dict[int, Any] = {}

        def node(element: Element, parent: Any) -> Any:
            entry = raw(f"/Type /StructElem /S /{element.name} /P ", parent)
            reference = references[id(element)] = document.Reference(entry)
            kids: list[Any] = [" /K ["]
            for child in element.below:
                kids += [node(child, reference), " "]
            first = element.pieces[0][0] if element.pieces else -1
            for page, number in element.pieces:
                elsewhere = ("<</Type /MCR /Pg ", pages[page], f" /MCID {number}>> ")
                kids += [f"{number} "] if page == first else elsewhere
            entry.parts += [*([" /Pg ", pages[first]] if element.pieces else []), *kids, "]"]
            return reference

        root.parts += [" /K ", node(self._root, top)]
        numbers: list[Any] = ["/Nums ["]
        for index, elements in enumerate(self._in_place):
            numbers.append(f"{index} [")
            for element in elements:
                numbers += [references[id(element)], " "]
            numbers.append("] ")
            page = document.Pages.pages[index]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = index, "/S"
        root.parts += [" /ParentTree ", document.Reference(raw(*numbers, "]"))]
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = raw("/Marked true")


@cache
def _raw_object() -> Any:
    """A dictionary of the file written as it is: reportlab's own is made for any content and takes its time."""
    from reportlab.pdfbase.pdfdoc import PDFObject

    class RawDictionary(PDFObject):  # type: ignore[misc]
        def __init__(self, *parts: Any) -> None:
            self.parts: list[Any] = list(parts)

        def format(self, document: Any) -> bytes:
            texts = (part.encode("ascii") if isinstance(part, str) else part.format(document) for part in self.parts)
            return b"<<" + b"".join(texts) + b">>"

    return RawDictionary


def _pieces(row: Row) -> Iterator[Sequence[Ink]]:
    if not row.cells:
        yield row.inks
        return
    start = 0
    for count in row.cells:
        yield row.inks[start : start + count]
        start += count
