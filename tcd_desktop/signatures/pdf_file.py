"""Opening a PDF that may be anybody's: whatever is wrong with it becomes a sentence."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from tcd_desktop.domain.letters.signature import SignerRole
from tcd_desktop.domain.problems import Refused
from tcd_desktop.signatures.extra import require

LARGEST = 60_000_000
"""Bytes of a PDF that is looked at; the program's own have some hundred thousand."""

MOST_SIGNATURES = 20

FIELDS = {SignerRole.PERSON: "ChuKyNguoiCoThamQuyen", SignerRole.OFFICE: "ChuKyCoQuan"}
"""Names of the signature fields: readers show them in their lists."""


def opened_pdf(pdf: bytes) -> Any:
    """A reader of pyHanko. Raises Refused("signing_not_installed" | "pdf_not_read")."""
    require()
    from pyhanko.pdf_utils.reader import PdfFileReader

    if len(pdf) > LARGEST:
        raise Refused("pdf_not_read")
    with refusing("pdf_not_read"):
        return PdfFileReader(BytesIO(pdf), strict=False)


def embedded_signatures(reader: Any) -> list[Any]:
    """The signatures in their order. Raises Refused("pdf_not_read") when there are absurdly many."""
    with refusing("pdf_not_read"):
        found = list(reader.embedded_regular_signatures)
    if len(found) > MOST_SIGNATURES:
        raise Refused("pdf_not_read")
    return found


@contextmanager
def refusing(code: str) -> Iterator[None]:
    """Turns what pyHanko and its libraries raise over a bad file or a token into Refused(code).

    pyHanko also logs what it finds wrong; the sentence is enough.
    """
    from pyhanko.pdf_utils.misc import PdfError

    failures: tuple[type[BaseException], ...] = (
        PdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        OverflowError,
        RecursionError,
        NotImplementedError,
        OSError,
        zlib.error,
    )
    try:
        with _quiet():
            yield
    except Refused:
        raise
    except failures as error:
        raise Refused(code) from error
    except RuntimeError as error:
        # errors of PKCS#11 are RuntimeErrors, and there is no need to import its library to know them
        if type(error).__module__.startswith("pkcs11"):
            raise Refused("token_failed") from error
        raise


@contextmanager
def _quiet() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
