"""The words in a paper that holds text: PDF with a text layer, Word and OpenDocument texts, plain text, tables in text.

Pictures and scans have none; nothing is recognised optically. Files come from outside, so every step has a limit.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tcd_desktop.documents.raster import pdf_texts
from tcd_desktop.domain.papers.media import PDF, TEXT, media_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST = 200_000
"""Letters that are read of one paper: some 80 pages."""
MOST_PAGES = 120
MOST_UNPACKED = 16 * 1024 * 1024
"""Bytes that the text of an office document may unpack to."""
LARGEST = 64 * 1024 * 1024

_BODIES = {"docx": ("word/document.xml",), "odt": ("content.xml",)}
_PARAGRAPHS = ("}p", "}h")
_BLANKS = ("}br", "}tab", "}s", "}line-break")
"""Elements that part two words."""


class NoText(Exception):
    """The paper is of a kind that holds text, but it cannot be read: damaged, locked, or larger than any letter."""


def text_of(content: bytes, name: str = "") -> str | None:
    """The text of a paper, at most `MOST` letters; None when it is of a kind that holds none. Raises NoText."""
    if len(content) > LARGEST:
        return None
    media = media_of(content, name)
    if media == PDF:
        return _joined(_pages(content))
    if media.ending in _BODIES:
        return _joined(_parts(content, _BODIES[media.ending]))
    if media == TEXT:
        return _decoded(content)[:MOST]
    return None


def _joined(parts: Iterator[str]) -> str:
    found, length = [], 0
    for part in parts:
        found.append(part)
        length += len(part)
        if length >= MOST:
            break
    return " ".join(found)[:MOST]


def _pages(content: bytes) -> Iterator[str]:
    try:
        yield from pdf_texts(content, MOST_PAGES)
    except ValueError as error:
        raise NoText from error


def _parts(content: bytes, names: tuple[str, ...]) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in names:
                if archive.getinfo(name).file_size > MOST_UNPACKED:
                    raise NoText
                with archive.open(name) as part:
                    yield from _texts(part.read(MOST_UNPACKED + 1))
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise NoText from error


def _texts(xml: bytes) -> Iterator[str]:
    """The paragraphs of a document's XML. One that declares entities is no letter but an attack."""
    from xml.etree import ElementTree

    if len(xml) > MOST_UNPACKED or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise NoText
    try:
        for _event, element in ElementTree.iterparse(io.BytesIO(xml), events=("end",)):
            if element.tag.endswith(_PARAGRAPHS):
                yield "".join(_spoken(element))
                tail = element.tail
                element.clear()
                element.tail = tail
    except (ElementTree.ParseError, RecursionError) as error:
        raise NoText from error


def _spoken(element: Element) -> Iterator[str]:
    if element.tag.endswith(_BLANKS):
        yield " "
    if element.text and not element.tag.endswith("}instrText"):
        yield element.text
    for child in element:
        yield from _spoken(child)
        if child.tail:
            yield child.tail


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8-sig", errors="replace")
