"""A ruler laid on a finished letter: every measure of NĐ 30/2020/NĐ-CP Phụ lục I that it does not keep, by name.

It knows the law's numbers and the words of the paper, nothing of how the sheet is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import pypdf

from tcd_desktop.documents.letter import document_number
from tcd_desktop.documents.signing import signing_titles
from tcd_desktop.domain.letters.letter_paper import LetterPaper
from tcd_desktop.domain.letters.letter_text import LetterLayout
from tests.documents.reading import Run, Stroke, runs, strokes

MM = 72 / 25.4
FAMILY = "LiberationSerif"
"""As wide as Times New Roman, letter by letter."""

INK = 1.0
"""Points: the ink of a letter begins and ends a little beside its place, of an italic one most."""
SINGLE = 1.149
"""Single spacing of Times New Roman, as a multiple of its size."""
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
CITIZENS = frozenset({LetterLayout.APPLICATION})
WITH_ABOUT = frozenset({LetterLayout.LETTER, LetterLayout.NOTE})


@dataclass(frozen=True)
class Measured:
    """What stands on the paper: pieces of text, rules, the size of each page in points."""

    runs: tuple[Run, ...]
    strokes: tuple[Stroke, ...]
    pages: tuple[tuple[float, float], ...]

    def page(self, number: int) -> list[Run]:
        """The pieces of one page."""
        return [run for run in self.runs if run.page == number]


def measured(pdf: bytes) -> Measured:
    """Reads a PDF."""
    sizes = [page.mediabox for page in pypdf.PdfReader(BytesIO(pdf)).pages]
    pages = tuple((float(box.width) / MM, float(box.height) / MM) for box in sizes)
    return Measured(tuple(runs(pdf)), tuple(strokes(pdf)), pages)


def broken(paper: LetterPaper, found: Measured) -> set[str]:
    """The names of the measures that the paper does not keep; a component that is not there at all is one too."""
    return {name for part in (_page, _head, _title, _body, _end) for name in part(paper, found)}


def pieces(found: Iterable[Run], text: str) -> list[Run]:
    """The lines in which a text stands, one after the other; [] = it does not stand there."""
    wanted = " ".join(text.split())
    rest = list(found)
    for start, first in enumerate(rest):
        if not first.text or not wanted.startswith(first.text):
            continue
        told = ""
        for end in range(start, len(rest)):
            told = f"{told} {rest[end].text}".strip()
            if told == wanted:
                return rest[start : end + 1]
            if not wanted.startswith(told):
                break
    return []


def _set_in(lines: Sequence[Run], style: str, least: float, most: float) -> bool:
    face = FAMILY + (f"-{style}" if style else "")
    return bool(lines) and all(run.face == face and least - 0.01 <= run.size <= most + 0.01 for run in lines)


def _middle(run: Run | Stroke) -> float:
    return (run.left + run.right) / 2


def _rule_under(found: Measured, line: Run) -> Stroke | None:
    near = [
        rule
        for rule in found.strokes
        if rule.page == line.page and 2 < line.y - rule.y < 9 and abs(_middle(rule) - _middle(line)) < 2
    ]
    return max(near, key=lambda rule: rule.y, default=None)


def _part_of(found: Measured, line: Run, least: float, most: float) -> bool:
    rule = _rule_under(found, line)
    return rule is not None and least <= (rule.right - rule.left) / (line.right - line.left) <= most


# -- the page -----------------------------------------------------------------------------------------


def _page(paper: LetterPaper, found: Measured) -> Iterator[str]:
    lying = paper.layout is LetterLayout.POSTER
    wide, high = (297, 210) if lying else (210, 297)
    if any(abs(width - wide) > 0.1 or abs(height - high) > 0.1 for width, height in found.pages):
        yield "page size"
    inside = [run for run in found.runs if not _outside(run, high)]
    yield from _edges(inside, wide, high)
    if not all(_numbered(expected, shown, wide) for expected, shown in _page_numbers(found, high)):
        yield "page number"


def _page_numbers(found: Measured, high: float) -> Iterator[tuple[int, list[Run]]]:
    """Of each page the number it must have and what stands there; appendices begin again."""
    expected = 0
    for number in range(1, len(found.pages) + 1):
        page = found.page(number)
        expected = 1 if _begins_appendix(page) else expected + 1
        yield expected, [run for run in page if run.text.isdigit() and run.y / MM > high - 20]


def _numbered(expected: int, shown: Sequence[Run], wide: float) -> bool:
    if expected == 1:
        return not shown
    return (
        [run.text for run in shown] == [str(expected)]
        and _set_in(shown, "", 13, 14)
        and abs(_middle(shown[0]) / MM - (wide + 30 - 15) / 2) < 0.5
    )


def _begins_appendix(page: Sequence[Run]) -> bool:
    return bool(page) and any(run.text.startswith("Phụ lục") and run.face.endswith("-Bold") for run in page[:3])


def _outside(run: Run, high: float) -> bool:
    """What may stand in the margins: page numbers, the marks of drafts and reprints, the small line at the foot."""
    return run.y / MM > high - 19 or (run.y / MM < 20 and run.size < 10) or not run.upright


def _edges(inside: Sequence[Run], wide: float, high: float) -> Iterator[str]:
    left, right = min(run.x for run in inside), max(run.right for run in inside)
    top = max(run.y + run.size * 0.66 for run in inside)
    if not 30 - 0.01 <= left / MM <= 35:
        yield "left margin"
    if not 15 - INK / MM <= wide - right / MM <= 20 + INK / MM:
        yield "right margin"
    if not 20 <= high - top / MM <= 25:
        yield "top margin"
    if min(run.y - run.size * 0.22 for run in inside) / MM < 20 - 0.1:
        yield "bottom margin"


# -- the head -----------------------------------------------------------------------------------------


def _head(paper: LetterPaper, found: Measured) -> Iterator[str]:
    first = found.page(1)
    country, motto = pieces(first, COUNTRY), pieces(first, MOTTO)
    if not _set_in(country, "Bold", 12, 13):
        yield "country"
    if not (_set_in(motto, "Bold", 13, 14) and country and abs(_middle(motto[0]) - _middle(country[0])) < 1.5):
        yield "motto"
    if not motto or not _part_of(found, motto[0], 0.985, 1.015):
        yield "motto rule"
    if paper.layout not in CITIZENS:
        yield from _office(paper, found, first)
    if paper.layout is not LetterLayout.MINUTES:
        yield from _dated(paper, first)


def _office(paper: LetterPaper, found: Measured, first: Sequence[Run]) -> Iterator[str]:
    if paper.superior_name and not _set_in(pieces(first, paper.superior_name.upper()), "", 12, 13):
        yield "superior"
    issuer = pieces([run for run in first if run.face.endswith("-Bold")], paper.office_name.upper())
    if not _set_in(issuer, "Bold", 12, 13):
        yield "issuer"
    if not issuer or not _part_of(found, issuer[-1], 1 / 3, 1 / 2):
        yield "issuer rule"
    if not paper.number:
        return
    number = pieces(first, f"Số: {document_number(paper)}")
    if not _set_in(number, "", 13, 13):
        yield "number"
    if issuer and number and abs(_middle(issuer[0]) - _middle(number[0])) > 1.5:
        yield "number"
    if paper.layout in WITH_ABOUT and paper.about:
        yield from _about(paper, first, number)


def _about(paper: LetterPaper, first: Sequence[Run], number: Sequence[Run]) -> Iterator[str]:
    about = pieces(first, f"V/v {paper.about.removeprefix('V/v ')}")
    if not _set_in(about, "", 12, 13) or not number or number[-1].y - about[0].y < about[0].size * SINGLE + 6 - 0.5:
        yield "V/v"


def _dated(paper: LetterPaper, first: Sequence[Run]) -> Iterator[str]:
    dates = [run for run in first if run.face.endswith("-Italic") and run.text.startswith(f"{paper.locality}, ngày ")]
    if not _set_in(dates[:1], "Italic", 13, 14):
        yield "place and date"
    number = pieces(first, f"Số: {document_number(paper)}") if paper.number else []
    if number and dates and abs(number[0].y - dates[0].y) > 0.1:
        yield "place and date"


def _title(paper: LetterPaper, found: Measured) -> Iterator[str]:
    if not paper.type_name:
        return
    first = found.page(1)
    middle = (found.pages[0][0] + 30 - 15) / 2 * MM
    kind = pieces([run for run in first if run.face.endswith("-Bold")], paper.type_name.upper())
    if not _set_in(kind, "Bold", 13, 14) or abs(_middle(kind[0]) - middle) > 1.5:
        yield "type"
    if not paper.about or paper.layout in WITH_ABOUT:
        return
    subject = pieces(first, paper.about)
    if not _set_in(subject, "Bold", 13, 14) or abs(_middle(subject[0]) - middle) > 1.5:
        yield "subject"
    if not subject or not _part_of(found, subject[-1], 1 / 3, 1 / 2):
        yield "subject rule"


# -- the body -----------------------------------------------------------------------------------------


def _body(paper: LetterPaper, found: Measured) -> Iterator[str]:
    paragraphs = [lines for part in paper.body for text in part.splitlines() if (lines := pieces(found.runs, text))]
    plain = [lines for lines in paragraphs if lines[0].face in (FAMILY, f"{FAMILY}-Italic", f"{FAMILY}-Bold")]
    indented = [lines for lines in plain if lines[-1].face != f"{FAMILY}-Bold"]
    if not indented:
        yield "body"
        return
    for lines in plain:
        if any(not 13 <= run.size <= 14 for run in lines):
            yield "body"
    for lines in indented:
        if not any(abs(lines[0].x / MM - 30 - set_in) < 0.2 for set_in in (10, 12.7)):
            yield "first line"
        if not all(_single_to_half(upper, lower) for upper, lower in _steps(lines)):
            yield "leading"
    for before, after in pairwise(indented):
        gap = before[-1].y - after[0].y
        single = _leading(indented) or before[-1].size * SINGLE
        if before[-1].page == after[0].page and gap < single + 6 - 0.1:
            yield "paragraphs"


def _steps(lines: Sequence[Run]) -> Iterator[tuple[Run, Run]]:
    return ((upper, lower) for upper, lower in pairwise(lines) if upper.page == lower.page and upper.y != lower.y)


def _single_to_half(upper: Run, lower: Run) -> bool:
    return SINGLE * upper.size - 0.1 <= upper.y - lower.y <= 1.5 * SINGLE * upper.size + 0.1


def _leading(paragraphs: Sequence[Sequence[Run]]) -> float:
    """From line to line inside a paragraph; 0 = all are one line."""
    return next((upper.y - lower.y for lines in paragraphs for upper, lower in _steps(lines)), 0.0)


# -- the end ------------------------------------------------------------------------------------------


def _end(paper: LetterPaper, found: Measured) -> Iterator[str]:
    titles: Iterable[str] = (signature.title for signature in paper.signatures)
    if not paper.signatures:
        titles = signing_titles(paper.signing, paper.signing_for, paper.signer_title, paper.office_name)
    bold = [run for run in found.runs if run.face.endswith("-Bold")]
    if not all(_set_in(pieces(bold, title.upper()), "Bold", 13, 14) for title in titles):
        yield "signing title"
    signs = not paper.signatures or any(signature.signs for signature in paper.signatures)
    if signs and paper.signer and not _set_in(pieces(bold, paper.signer), "Bold", 13, 14):
        yield "signer"
    if paper.recipients and not paper.signatures:
        yield from _recipients(paper, found)


def _recipients(paper: LetterPaper, found: Measured) -> Iterator[str]:
    head = pieces(found.runs, "Nơi nhận:")
    if not _set_in(head, "BoldItalic", 12, 12) or abs(head[0].left / MM - 30) > 0.5:
        yield "recipients head"
    small = [run for run in found.runs if run.size < 12]
    if not all(_set_in(pieces(small, line), "", 11, 11) for line in paper.recipients):
        yield "recipients"
    titles = signing_titles(paper.signing, paper.signing_for, paper.signer_title, paper.office_name)
    title = pieces([run for run in found.runs if run.face.endswith("-Bold")], titles[0]) if titles else []
    if head and title and abs(head[0].y - title[0].y) > 3:
        yield "recipients head"
