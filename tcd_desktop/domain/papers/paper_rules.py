"""Rules for papers kept with a visit or a case (tài liệu kèm theo): limits, and the name each one is given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tcd_desktop.domain.language.text import clean_line, fold
from tcd_desktop.domain.papers.media import PROGRAM, UNKNOWN, ZIP, Media, media_of, picture_size
from tcd_desktop.domain.problems import Refused

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PaperLimits:
    """In bytes; `pixels` of a picture (a larger one fills the PC's memory when it is unpacked).

    `bundle` is what one USB bundle should carry: more is said, never refused.
    """

    file: int = 32 * MIB
    owner: int = 200 * MIB
    bundle: int = 50 * MIB
    pixels: int = 80_000_000


LIMITS: Final = PaperLimits()
NEARLY: Final = 0.8
"""From this share of a budget on, its bar is amber."""
LONGEST_NAME: Final = 120
LONGEST_KIND: Final = 48


def checked_media(content: bytes, name: str, limits: PaperLimits = LIMITS) -> Media:
    """What a file is, once it may be kept.

    Raises Refused("attachment_empty" | "attachment_too_big" | "attachment_program" | "attachment_unknown" |
    "picture_too_big").
    """
    if not content:
        raise Refused("attachment_empty")
    if len(content) > limits.file:
        raise Refused("attachment_too_big", most=limits.file // MIB)
    media = media_of(content, name)
    if media is PROGRAM:
        raise Refused("attachment_program")
    if media in (UNKNOWN, ZIP):
        raise Refused("attachment_unknown")
    size = picture_size(content) if media.is_picture else None
    if media.is_picture and (size is None or 0 in size):
        raise Refused("attachment_damaged_picture")
    if size is not None and size[0] * size[1] > limits.pixels:
        raise Refused("picture_too_big", wide=size[0], high=size[1], most=limits.pixels // 1_000_000)
    return media


# --- names ---------------------------------------------------------------------------------------------

_MEANINGLESS: Final = re.compile(
    r"(?:scan|img|image|pic|photo|dsc|dscn|dscf|doc|document|file|untitled|new|copy|anh|ban quet|quet|screenshot|"
    r"zalo|fb|ban|may|man|hinh|chup|whatsapp|pasted|clipboard|page|trang|[0-9a-f]{8,}|[\d()]+|at|pxl|mvimg|cam|camscanner)"
)
_NUMBER: Final = re.compile(r"_(\d{2,4})_")


def title_of(name: str) -> str:
    """What a file's name says about the paper: "Đơn khiếu nại" of "Don khieu nai (1).pdf" as it is written there;
    "" for names that scanners and telephones give ("SCAN0012.pdf", "IMG_20261123_0912.jpg")."""
    stem = clean_line(unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1]))
    stem = stem.rpartition(".")[0] if re.fullmatch(r".+\.\w{1,5}", stem) else stem
    words = re.sub(r"[_\-.()\[\]]+", " ", stem).split()
    spoken = " ".join(words)
    rest = re.sub(r"\d+", " ", fold(spoken))
    telling = [word for word in rest.split() if not _MEANINGLESS.fullmatch(word) and len(word) > 1]
    if not telling or re.fullmatch(r"[0-9a-f\s]{8,}", fold(spoken)):
        return ""
    return spoken[:LONGEST_NAME]


def slug(title: str) -> str:
    """A title in plain letters for a name: "Đơn khiếu nại" -> "Don-khieu-nai"."""
    joined = "-".join(re.findall(r"[a-z0-9]+", fold(title)))[:LONGEST_KIND].rstrip("-")
    return joined[:1].upper() + joined[1:]


def number_mark(book_number: str, *, case: bool) -> str:
    """The number as names begin with it: "HS-12-2026" of a case "HS 12/2026", "TCD-57-2026" of a visit "57/2026"."""
    plain = re.sub(r"[^0-9A-Za-z]+", "-", book_number).strip("-")
    return plain if case else f"TCD-{plain}"


def rule_name(mark: str, running: int, title: str, media: Media) -> str:
    """ "HS-12-2026_01_Don-khieu-nai.pdf"."""
    kind = slug(title) or ("Anh-chup" if media.is_picture else "Tai-lieu")
    return f"{mark}_{running:02}_{kind}.{media.ending}"


def next_running(mark: str, names: Iterable[str]) -> int:
    """One more than the highest number given under a mark; a removed paper's number is not given again."""
    found = (_NUMBER.match(name, len(mark)) for name in names if name.startswith(mark))
    return 1 + max((int(match[1]) for match in found if match), default=0)


def clean_name(name: str, ending: str) -> str:
    """A name typed by hand with the ending its content has; characters of paths become "-".

    Raises Refused("name_needed") when nothing is left.
    """
    line = clean_line(unicodedata.normalize("NFC", name))
    line = re.sub(r'[<>:"/\\|?*]+', "-", line).strip(" .-")
    suffix = f".{ending}" if ending else ""
    if suffix and line.casefold().endswith(suffix.casefold()):
        line = line[: -len(suffix)].rstrip(" .-")
    if not line:
        raise Refused("name_needed")
    return line[: LONGEST_NAME - len(suffix)].rstrip(" .-") + suffix
