"""What a file is by its content, never by its ending: kind, ending it should have, size of a picture."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Media:
    """A kind of file. `type` is its media type, `ending` what its name ends with; `""` = unknown."""

    type: str
    ending: str

    @property
    def is_picture(self) -> bool:
        """A photograph or scan that is one picture."""
        return self.type.startswith("image/")


UNKNOWN: Final = Media("", "")
PDF: Final = Media("application/pdf", "pdf")
TEXT: Final = Media("text/plain", "txt")
PROGRAM: Final = Media("application/x-executable", "")
"""Programs, scripts and links, whatever they are called: never kept."""

_HEADS: Final[tuple[tuple[bytes, Media], ...]] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", Media("image/png", "png")),
    (b"\xff\xd8\xff", Media("image/jpeg", "jpg")),
    (b"GIF87a", Media("image/gif", "gif")),
    (b"GIF89a", Media("image/gif", "gif")),
    (b"II*\x00", Media("image/tiff", "tif")),
    (b"MM\x00*", Media("image/tiff", "tif")),
    (b"{\\rtf", Media("application/rtf", "rtf")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Media("application/x-ole-storage", "doc")),
    (b"ID3", Media("audio/mpeg", "mp3")),
    (b"OggS", Media("audio/ogg", "ogg")),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM),
    (b"#!", PROGRAM),
    (b"MSCF", PROGRAM),
)
_OFFICE: Final = {
    "word/": Media("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xl/": Media("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ppt/": Media("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
}
_OPEN_DOCUMENT: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
ZIP: Final = Media("application/zip", "zip")
_OLE_ENDINGS: Final = {"doc": "application/msword", "xls": "application/vnd.ms-excel"} | {
    "ppt": "application/vnd.ms-powerpoint"
}
SCRIPT_ENDINGS: Final = frozenset(
    {
        *("bat", "cmd", "com", "cpl", "exe", "hta", "jar", "js", "jse", "lnk", "msc", "msi", "msp", "ps1"),
        *("reg", "scf", "scr", "sh", "sys", "url", "vb", "vbe", "vbs", "wsf", "wsh", "dll", "pif"),
    }
)
"""Endings that Windows runs; a text under such a name is a script."""
_SCRIPT_TEXT: Final = re.compile(
    rb"\s*(?:@echo\b|<script\b|<!doctype html|<html\b|\[InternetShortcut\])", re.IGNORECASE
)


def media_of(content: bytes, name: str = "") -> Media:
    """What a file is. The name's ending decides only between kinds that look alike (old Office, plain text)."""
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    for head, media in _HEADS:
        if content.startswith(head):
            return _by_ending(media, ending) if media.ending == "doc" else media
    if ending in SCRIPT_ENDINGS or _SCRIPT_TEXT.match(content[:512]):
        return PROGRAM
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if content[:4] == b"RIFF":
        return {b"WEBP": Media("image/webp", "webp"), b"WAVE": Media("audio/wav", "wav")}.get(content[8:12], UNKNOWN)
    if content[4:8] == b"ftyp":
        return Media("audio/mp4", "m4a") if content[8:11] == b"M4A" else Media("video/mp4", "mp4")
    if content.startswith(b"BM") and _bitmap_size(content) is not None:
        return Media("image/bmp", "bmp")
    if b"%PDF-" in content[:1024]:
        return PDF
    return TEXT if _is_text(content) else UNKNOWN


def _by_ending(media: Media, ending: str) -> Media:
    return Media(_OLE_ENDINGS[ending], ending) if ending in _OLE_ENDINGS else media


def _packed(content: bytes) -> Media:
    """Office documents are ZIP files; one that holds macros or a program counts as a program."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                ending = _OPEN_DOCUMENT.get(archive.read("mimetype").strip())
                if ending:
                    return Media(archive.read("mimetype").decode("ascii").strip(), ending)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError):
        return UNKNOWN
    if any(name.endswith("vbaProject.bin") or name == "META-INF/MANIFEST.MF" for name in names):
        return PROGRAM
    if "[Content_Types].xml" in names:
        for folder, media in _OFFICE.items():
            if any(name.startswith(folder) for name in names):
                return media
    if any(name.rpartition(".")[2].casefold() in SCRIPT_ENDINGS for name in names):
        return PROGRAM
    return ZIP


def _is_text(content: bytes) -> bool:
    if not content or b"\x00" in content[:8192]:
        return content.startswith((b"\xff\xfe", b"\xfe\xff")) and len(content) % 2 == 0
    try:
        content[:65536].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > 65532 and len(content) > 65536  # cut in the middle of a letter
    return True


# --- the size of a picture, from its head alone --------------------------------------------------------


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the file's head says, without unpacking it; None when it says nothing."""
    try:
        if content.startswith(b"\x89PNG"):
            return _both(">II", content, 16)
        if content.startswith(b"GIF8"):
            return _both("<HH", content, 6)
        if content.startswith(b"BM"):
            return _bitmap_size(content)
        if content.startswith(b"\xff\xd8"):
            return _jpeg_size(content)
        if content[:4] in (b"II*\x00", b"MM\x00*"):
            return _tiff_size(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp_size(content)
    except (struct.error, IndexError):
        return None
    return None


def _both(form: str, content: bytes, at: int) -> tuple[int, int]:
    wide, high = struct.unpack_from(form, content, at)
    return wide, high


def _bitmap_size(content: bytes) -> tuple[int, int] | None:
    if len(content) < 26 or not 12 <= struct.unpack_from("<I", content, 14)[0] <= 256:
        return None
    if struct.unpack_from("<I", content, 14)[0] == 12:
        return _both("<HH", content, 18)
    wide, high = _both("<ii", content, 18)
    return abs(wide), abs(high)


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return None
        mark = content[at + 1]
        if mark in (0xFF, 0x01) or 0xD0 <= mark <= 0xD8:
            at += 1 if mark == 0xFF else 2
        elif 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            high, wide = _both(">HH", content, at + 5)
            return wide, high
        else:
            at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    return None


def _tiff_size(content: bytes) -> tuple[int, int] | None:
    order = "<" if content.startswith(b"II") else ">"
    at = struct.unpack_from(f"{order}I", content, 4)[0]
    found: dict[int, int] = {}
    for number in range(min(struct.unpack_from(f"{order}H", content, at)[0], 200)):
        tag, kind, _count = struct.unpack_from(f"{order}HHI", content, at + 2 + 12 * number)
        if tag in (256, 257):
            form = "H" if kind == 3 else "I"
            found[tag] = struct.unpack_from(f"{order}{form}", content, at + 10 + 12 * number)[0]
    return (found[256], found[257]) if len(found) == 2 else None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    kind = content[12:16]
    if kind == b"VP8X":
        return (
            1 + int.from_bytes(content[24:27], "little"),
            1 + int.from_bytes(content[27:30], "little"),
        )
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        wide, high = _both("<HH", content, 26)
        return wide & 0x3FFF, high & 0x3FFF
    return None
