"""Lines of a paragraph: cleaning what people typed, breaking it to a width, spreading it to both margins.

Text is never markup here: what a person typed is what is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tcd_desktop.documents.fonts import Face, widths

FILL = "\ue000"
"""Ends a paragraph: dots for handwriting up to the right margin. `clean` takes it out of what people type."""

GLUE = "\u00a0"
"""A space at which a line of a form never breaks. People's own are plain spaces after `clean`."""

SHORTEST_FILL = 60.0
"""Points of dotted line that are enough to write on; with less room the dots get a line of their own."""

WIDEST_STRETCH = 0.75
"""A line is left ragged when spreading would widen each space by more than this part of the font size."""

UNIT_WORDS = frozenset({"PHƯỜNG", "XÃ", "QUẬN", "HUYỆN", "TỈNH", "THÀNH", "ĐẶC", "THỊ"})
"""Words a name of an office is broken before: "ỦY BAN NHÂN DÂN / PHƯỜNG HAI BÀ TRƯNG"."""

MOST_BALANCED = 4
"""Headings of more lines than this are simply filled line by line."""

_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: `width` as it stands, `stretch` what each space gets on top to fill the room."""

    text: str
    width: float
    stretch: float = 0.0


def clean(text: str) -> str:
    """What was typed as one line of NFC text: white space becomes one space, unprintable characters go."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        composed = "".join([letter for letter in composed if letter.isspace() or _prints(letter)])
    return " ".join(composed.split())


def _prints(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNPRINTABLE


def dots(room: float, size: float) -> str:
    """As many dots as fit into `room` points; never fewer than three."""
    each = widths(Face.REGULAR).of(".") * size / 1000
    return "." * max(3, int(room / each))


def break_lines(
    text: str, face: Face, size: float, width: float, *, indent: float = 0.0, justify: bool = False
) -> list[Line]:
    """Breaks a text at its spaces into lines of at most `width` points, the first shorter by `indent`.

    A word wider than a line is cut between letters. Text that ends with FILL gets dots to the margin.
    `justify` spreads all lines but the last.
    """
    measure = widths(face).of
    scale = size / 1000
    space = measure(" ") * scale
    fill = text.endswith(FILL)
    lines: list[Line] = []
    room = width - indent
    words: list[str] = []
    used = 0.0
    for word in _fitting_words(text.removesuffix(FILL), face, width - indent, scale):
        wide = measure(word) * scale
        if words and used + space + wide > room:
            lines.append(_line(words, used, room, size, justify=justify))
            words, used, room = [], 0.0, width
        used += wide + (space if words else 0.0)
        words.append(word)
    lines.append(_line(words, used, room, size, justify=False))
    return _filled(lines, width, room, size, space) if fill else lines


def _fitting_words(text: str, face: Face, room: float, scale: float) -> Iterator[str]:
    measure = widths(face).of
    for word in text.split(" "):
        if not word:
            continue
        if measure(word) * scale <= room:
            yield word
        else:
            yield from _pieces(word, face, room / scale)


def _pieces(word: str, face: Face, room: float) -> Iterator[str]:
    measure = widths(face).of
    piece, used = "", 0.0
    for letter in word:
        wide = measure(letter)
        # A mark that NFC could not join stays with its letter.
        if piece and used + wide > room and not unicodedata.combining(letter):
            yield piece
            piece, used = "", 0.0
        piece += letter
        used += wide
    yield piece


def _line(words: list[str], used: float, room: float, size: float, *, justify: bool) -> Line:
    text = " ".join(words).replace(GLUE, " ")
    gaps = text.count(" ")
    if not justify or not gaps:
        return Line(text, used)
    stretch = (room - used) / gaps
    return Line(text, used, stretch if stretch <= size * WIDEST_STRETCH else 0.0)


def _filled(lines: list[Line], width: float, room: float, size: float, space: float) -> list[Line]:
    last = lines.pop()
    left = room - last.width - space
    if last.text and left < SHORTEST_FILL:
        return [*lines, last, _dotted("", width, size)]
    if not last.text:
        return [*lines, _dotted("", room, size)]
    return [*lines, _dotted(f"{last.text} ", room, size, last.width + space)]


def _dotted(before: str, room: float, size: float, used: float = 0.0) -> Line:
    row = dots(room - used, size)
    wide = used + widths(Face.REGULAR).of(row) * size / 1000
    gaps = before.count(" ")
    # Less than one dot is left: the spaces take it, so that all dotted lines end at the same place.
    return Line(before + row, wide, max(0.0, room - wide) / gaps if gaps else 0.0)


def centred_lines(text: str, face: Face, size: float, width: float) -> list[Line]:
    """Breaks a heading into as few lines as fit, of like length, before words like PHƯỜNG where possible.

    A line feed in the text is a break that somebody chose.
    """
    lines: list[Line] = []
    for part in text.splitlines() or [""]:
        lines += _balanced(clean(part), face, size, width)
    return lines


def _balanced(text: str, face: Face, size: float, width: float) -> list[Line]:
    simple = break_lines(text, face, size, width)
    if not 2 <= len(simple) <= MOST_BALANCED:
        return simple
    words = [word for line in simple for word in line.text.split(" ")]
    space = widths(face).of(" ") * size / 1000
    reach = [0.0]
    for word in words:
        reach.append(reach[-1] + widths(face).of(word) * size / 1000 + space)
    breaks = _best_breaks(words, reach, len(simple), width + space)
    parts = [Line(" ".join(words[a:b]), reach[b] - reach[a] - space) for a, b in pairwise(breaks)]
    return parts or simple


def _best_breaks(words: list[str], reach: list[float], count: int, room: float) -> list[int]:
    """Where to break into `count` lines: least squared empty room, breaks before a unit's word preferred.

    `reach[i]` is where word i begins on one long line. The answer begins with 0 and ends with len(words).
    """
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for _ in range(count):
        longer: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, breaks) in best.items():
            for end in range(start + 1, len(words) + 1):
                wide = reach[end] - reach[start]
                if wide > room:
                    break
                total = cost + (1 - wide / room) ** 2 + _break_cost(words, end)
                if end not in longer or total < longer[end][0]:
                    longer[end] = (total, [*breaks, end])
        best = longer
    return best[len(words)][1] if len(words) in best else []


def _break_cost(words: list[str], end: int) -> float:
    return 0.0 if end == len(words) or words[end] in UNIT_WORDS else 0.5
