"""A file is what its content says, whatever it is called."""

from __future__ import annotations

import io
import zipfile

import pytest

from tcd_desktop.domain.papers.media import PROGRAM, UNKNOWN, media_of, picture_size
from tests.papers import bomb, picture, scan_pdf


def packed(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def office_file(folder: str, *others: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("[Content_Types].xml", f"{folder}/document.xml", *others):
            archive.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (scan_pdf(), "anything.exe", "pdf"),
        (b"\xef\xbb\xbf  " + scan_pdf(), "scan.pdf", "pdf"),
        (picture(kind="PNG"), "a.txt", "png"),
        (picture(kind="JPEG"), "a", "jpg"),
        (picture(kind="GIF"), "a.jpg", "gif"),
        (picture(kind="BMP"), "a.bmp", "bmp"),
        (picture(kind="TIFF"), "a.tif", "tif"),
        (picture(kind="WEBP"), "a.webp", "webp"),
        ("Đơn khiếu nại".encode(), "đơn.txt", "txt"),
        ("Đơn".encode("utf-16"), "đơn.txt", "txt"),
        (office_file("word"), "đơn.docx", "docx"),
        (office_file("xl"), "bang.docx", "xlsx"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text"), "a.odt", "odt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "bang.xls", "xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "don.pdf", "doc"),
        (b"\x00\x00\x00\x18ftypM4A " + b"x" * 20, "ghi am.m4a", "m4a"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "a.wav", "wav"),
    ],
)
def test_the_content_decides(content: bytes, name: str, ending: str) -> None:
    assert media_of(content, name).ending == ending


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00" + b"x" * 100, "scan.pdf"),
        (b"\x7fELF\x02", "scan.jpg"),
        (b"#!/bin/sh\nrm", "a.txt"),
        (b"echo hello", "a.bat"),
        (b"@echo off\r\n", "a.txt"),
        (b"WScript.Echo 1", "don.pdf.vbs"),
        (b"<html><script>alert(1)</script>", "don.txt"),
        (b"[InternetShortcut]\nURL=http://x", "a.txt"),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 40, "scan.lnk"),
        (office_file("word", "word/vbaProject.bin"), "don.docx"),
        (packed(**{"setup.exe": b"MZ"}), "anh.zip"),
    ],
)
def test_programs_are_known_under_every_name(content: bytes, name: str) -> None:
    assert media_of(content, name) is PROGRAM


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 50, b"PK\x03\x04 broken", b"BM\x00\x01", b"\xfe\xffabc"])
def test_what_nobody_knows_is_unknown(content: bytes) -> None:
    assert media_of(content, "scan.pdf") is UNKNOWN


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_the_size_of_a_picture_is_read_from_its_head(kind: str) -> None:
    assert picture_size(picture(123, 45, kind)) == (123, 45)


def test_the_head_of_a_bomb_tells_its_size_without_unpacking_it() -> None:
    assert picture_size(bomb(60_000, 50_000)) == (60_000, 50_000)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_torn_head_is_no_error(kind: str) -> None:
    whole = picture(30, 20, kind)
    for length in range(min(len(whole), 200)):
        picture_size(whole[:length])
        media_of(whole[:length])
