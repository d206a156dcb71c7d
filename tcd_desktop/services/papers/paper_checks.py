"""What is asked of every file before it is kept as a paper, whether with a saved visit or with a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tcd_desktop.domain.language.text import clean_block, clean_line
from tcd_desktop.domain.papers.media import Media
from tcd_desktop.domain.papers.paper_rules import LIMITS, MIB, PaperLimits, checked_media, title_of
from tcd_desktop.domain.problems import Refused
from tcd_desktop.domain.reasons import MIN_REASON


class Eyes(Protocol):
    """What looks into a paper (`documents.scans`)."""

    def pages_of(self, content: bytes, media_type: str) -> int | None:
        """How many pages."""

    def card_text(self, content: bytes, media_type: str) -> str:
        """The text of a citizen card's code, or ""."""

    def turned(self, content: bytes, media_type: str, quarters: int) -> bytes:
        """The same, turned clockwise."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept. `title` is what its name says about it."""

    media: Media
    title: str
    card_reason: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class PaperChecks:
    """The rules with the limits and eyes of this office."""

    eyes: Eyes
    limits: PaperLimits = LIMITS

    def check(self, name: str, content: bytes, card_reason: str) -> Checked:
        """Raises Refused: those of `checked_media`, and "card_picture" for a citizen card without a reason."""
        media = checked_media(content, name, self.limits)
        reason = clean_block(card_reason)
        if self.eyes.card_text(content, media.type):
            if len(reason) < MIN_REASON:
                raise Refused("card_picture")
        else:
            reason = ""
        return Checked(media, title_of(name), reason, self.eyes.pages_of(content, media.type))

    def check_room(self, digest: str, length: int, here: Sequence[tuple[str, int, str]]) -> None:
        """`here` are the digests, lengths and names of the owner's papers.

        Raises Refused("attachment_known" {name} | "owner_full" {most}).
        """
        for known, _length, name in here:
            if known == digest:
                raise Refused("attachment_known", name=name)
        if sum(size for _digest, size, _name in here) + length > self.limits.owner:
            raise Refused("owner_full", most=self.limits.owner // MIB)

    def turned(self, content: bytes, media_type: str, quarters: int) -> bytes:
        """Raises Refused("attachment_unturnable" | "attachment_too_big")."""
        result = self.eyes.turned(content, media_type, quarters)
        if len(result) > self.limits.file:
            raise Refused("attachment_too_big", most=self.limits.file // MIB)
        return result


def read_file(path: Path, most: int) -> bytes:
    """What is in a file, at most one byte more than may be kept.

    Raises Refused("file_missing" | "file_unreadable" {file}).
    """
    name = clean_line(path.name)
    try:
        if path.exists() and not path.is_file():  # a folder; a device without an end; a pipe nobody writes into
            raise Refused("file_unreadable", file=name)
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except FileNotFoundError as error:
        raise Refused("file_missing", file=name) from error
    except OSError as error:
        raise Refused("file_unreadable", file=name) from error
