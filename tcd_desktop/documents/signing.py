"""The end of a paper: who signs, in which capacity (NĐ 30/2020/NĐ-CP Phụ lục I, ô 7), and who receives it (ô 9b)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tcd_desktop.documents.fonts import Face
from tcd_desktop.documents.pages import Row
from tcd_desktop.documents.paragraph import break_lines, centred_lines, clean
from tcd_desktop.documents.sheet_style import COLUMN_GAP, SIGNING_SPACE, PageShape, SheetStyle
from tcd_desktop.documents.stack import Stack, side_by_side
from tcd_desktop.domain.letters.letter import SigningForm


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Who signs: lines in bold capitals (TM., KT., the title), a note in italics, the name in bold."""

    titles: tuple[str, ...]
    note: str = ""
    name: str = ""


ABBREVIATIONS: Mapping[SigningForm, str] = MappingProxyType(
    {
        SigningForm.ON_BEHALF: "TM.",
        SigningForm.FOR: "KT.",
        SigningForm.BY_ORDER: "TL.",
        SigningForm.BY_MANDATE: "TUQ.",
        SigningForm.ACTING: "Q.",
    }
)
"""Thay mặt, ký thay, thừa lệnh, thừa ủy quyền, quyền: what stands before the body or the title."""

COMMITTEE = "ỦY BAN NHÂN DÂN"

_COMMITTEES = (COMMITTEE, "UỶ BAN NHÂN DÂN", "UBND ")
"""How names of people's committees begin, however somebody typed them."""


def signing_titles(form: SigningForm, stands_for: str, title: str, office: str) -> tuple[str, ...]:
    """The lines over the signature: ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH").

    `stands_for` may have two lines, of which the form's letters stand before the last; "" = the office's body (TM.)
    or its head.
    """
    title = clean(title).upper()
    above = [clean(line).upper() for line in stands_for.splitlines() if clean(line)]
    if form is SigningForm.OWN:
        return _known(title)
    if form is SigningForm.ACTING:
        return (*above, f"{ABBREVIATIONS[form]} {title}".strip())
    if not above:
        above = [_usual(form, clean(office).upper())]
    above[-1] = f"{ABBREVIATIONS[form]} {above[-1]}"
    return (*above, *_known(title))


def _usual(form: SigningForm, office: str) -> str:
    committee = office.startswith(_COMMITTEES)
    if form is SigningForm.ON_BEHALF:
        return COMMITTEE if committee else office
    return "CHỦ TỊCH" if committee else "THỦ TRƯỞNG"


def _known(title: str) -> tuple[str, ...]:
    return (title,) if title else ()


def signature_rows(blocks: Sequence[SignatureBlock], style: SheetStyle, shape: PageShape) -> list[Row]:
    """Two signatures in a row; one alone stands at the right, one left over in the middle. A row is never broken."""
    if len(blocks) == 1:
        return [closing_row("", (), blocks[0], style, shape)]
    rows = []
    for start in range(0, len(blocks), 2):
        pair = tuple(blocks[start : start + 2])
        columns = _columns(shape) if len(pair) == 2 else (Stack(shape.left, shape.text_width),)
        _sign(columns, pair, style)
        rows.append(side_by_side(*columns, above=style.body))
    return rows


def closing_row(
    heading: str, recipients: Sequence[str], signer: SignatureBlock, style: SheetStyle, shape: PageShape
) -> Row:
    """ "Nơi nhận:" at the left, level with the signer's title at the right."""
    left, right = _columns(shape)
    if recipients:
        head = break_lines(clean(heading), Face.BOLD_ITALIC, style.recipients_head, left.width)
        left.flush_left(head, Face.BOLD_ITALIC, style.recipients_head)
    for line in recipients:
        lines = break_lines(clean(line), Face.REGULAR, style.recipients, left.width)
        left.flush_left(lines, Face.REGULAR, style.recipients)
    _sign((right,), (signer,), style)
    return side_by_side(left, right, above=style.body)


def _columns(shape: PageShape) -> tuple[Stack, Stack]:
    width = (shape.text_width - COLUMN_GAP) / 2
    return Stack(shape.left, width), Stack(shape.left + width + COLUMN_GAP, width)


def _sign(columns: tuple[Stack, ...], blocks: tuple[SignatureBlock, ...], style: SheetStyle) -> None:
    size, note = style.body, style.note
    for column, block in zip(columns, blocks, strict=True):
        for title in block.titles:
            lines = centred_lines(title.upper(), Face.BOLD, size, column.width)
            column.centred(lines, Face.BOLD, size)
        if block.note:
            lines = centred_lines(block.note, Face.ITALIC, note, column.width)
            column.centred(lines, Face.ITALIC, note)
    level = max(column.height for column in columns) + SIGNING_SPACE
    for column, block in zip(columns, blocks, strict=True):
        column.space(level - column.height)
        if clean(block.name):
            lines = centred_lines(block.name, Face.BOLD, size, column.width)
            column.centred(lines, Face.BOLD, size)
