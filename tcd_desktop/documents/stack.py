"""A column of lines and rules that a page never breaks: blocks of the head, of signatures, of recipients."""

from __future__ import annotations

from collections.abc import Iterable

from tcd_desktop.documents.fonts import Face, text_width
from tcd_desktop.documents.pages import Ink, Role, Row, Rule
from tcd_desktop.documents.paragraph import Line
from tcd_desktop.documents.sheet_style import HEADING_LEADING, baseline

RULE_DROP = 2.5
"""Points from the line to the rule under it."""


class Stack:
    """Grows downwards from its top; `x` and `width` are its column on the page, in points."""

    def __init__(self, x: float, width: float) -> None:
        self.x = x
        self.width = width
        self.height = 0.0
        self.inks: list[Ink] = []
        self.rules: list[Rule] = []

    def centred(self, lines: Iterable[Line], face: Face, size: float) -> None:
        """Lines in the middle of the column."""
        for line in lines:
            self._add(line, self.x + (self.width - line.width) / 2, face, size)

    def flush_left(self, lines: Iterable[Line], face: Face, size: float) -> None:
        """Lines at the left edge of the column."""
        for line in lines:
            self._add(line, self.x, face, size)

    def flush_right(self, lines: Iterable[Line], face: Face, size: float) -> None:
        """Lines at the right edge of the column."""
        for line in lines:
            self._add(line, self.x + self.width - line.width, face, size)

    def rule(self, length: float) -> None:
        """A solid rule in the middle of the column, just under the line before it, clear of its g, ạ and ậ."""
        self.rules.append(Rule(self.x + (self.width - length) / 2, length, self.height + RULE_DROP))
        self.height += RULE_DROP + 1.5

    def boxed(self, text: str, face: Face, size: float, width: float, height: float) -> None:
        """Red letters in a red box in the middle of the column (dấu chỉ mức độ khẩn)."""
        x, top = self.x + (self.width - width) / 2, self.height
        for drop in (top, top + height):
            self.rules.append(Rule(x, width, drop, red=True))
        for side in (x, x + width):
            self.rules.append(Rule(side, 0, top, down=height, red=True))
        wide = text_width(text, face, size)
        drop = top + baseline(height, size)
        self.inks.append(Ink(x + (width - wide) / 2, drop, face, size, text, red=True))
        self.height += height

    def space(self, height: float) -> None:
        """Leaves room."""
        self.height += height

    def _add(self, line: Line, x: float, face: Face, size: float) -> None:
        leading = size * HEADING_LEADING
        drop = self.height + baseline(leading, size)
        self.inks.append(Ink(x, drop, face, size, line.text, line.stretch))
        self.height += leading


def side_by_side(*stacks: Stack, above: float = 0.0, keep: bool = False, role: Role = Role.TEXT) -> Row:
    """One row of stacks that begin at the same height."""
    inks = tuple(ink for stack in stacks for ink in stack.inks)
    rules = tuple(rule for stack in stacks for rule in stack.rules)
    cells = tuple(len(stack.inks) for stack in stacks) if len(stacks) > 1 else ()
    return Row(max(stack.height for stack in stacks), inks, rules, above, keep, role=role, cells=cells)
