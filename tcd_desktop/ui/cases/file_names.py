"""Names of papers as files: what came from elsewhere is display data, never a path, and never a program."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
OPENABLE = frozenset(
    f".{ending}"
    for kinds in (
        ("pdf", "png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp", "txt", "csv", "rtf"),
        ("doc", "docx", "odt", "xls", "xlsx", "ods", "ppt", "pptx", "odp"),
        ("mp3", "m4a", "wav", "ogg", "mp4", "mov"),
    )
    for ending in kinds
)
"""Kinds of papers that may be opened from the window; anything else is only saved."""


def safe_name(shown: str, *, otherwise: str = "paper") -> str:
    """A file name on every system that says what it shows: no path, no hidden direction marks."""
    kept = "".join(sign for sign in unicodedata.normalize("NFC", shown) if unicodedata.category(sign)[0] != "C")
    kept = _FORBIDDEN.sub("_", kept).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        stem, ending = kept, ""
    stem = stem.strip(" .")[: LONGEST - len(ending[:12]) - 1] or otherwise
    if stem.split(".", 1)[0].upper() in _RESERVED:
        stem = f"_{stem}"
    return f"{stem}.{ending[:12]}" if ending else stem


def can_open(name: str) -> bool:
    """Whether a paper of that name may be opened by its program; a script or program never is."""
    return Path(safe_name(name)).suffix.casefold() in OPENABLE


def free_path(folder: Path, name: str) -> Path:
    """A path in a folder under which nothing is yet: "a.pdf", then "a (2).pdf"; "A.PDF" is the same name on a stick."""
    taken = {one.name.casefold() for one in folder.iterdir()} if folder.is_dir() else set()
    wanted = folder / safe_name(name)
    path, number = wanted, 1
    while path.name.casefold() in taken or path.exists():
        number += 1
        path = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
    return path


def size_words(length: int) -> str:
    """ "12 KB", "3,4 MB", "50 MB"."""
    if length < 1024 * 1024:
        return f"{max(1, round(length / 1024))} KB"
    return f"{length / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",") + " MB"
