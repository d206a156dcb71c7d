"""Which file: the system's dialogs of the signing pages, each a function that a page keeps and a test replaces."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.signatures.token import LIBRARY_SUFFIXES
from tcd_desktop.ui.receptions.printing import documents_folder


def ask_key_file(parent: QWidget, last: str = "") -> Path | None:
    """A key file (PKCS#12)."""
    return _opened(parent, _("Key file"), last, _("Key files") + " (*.p12 *.pfx *.P12 *.PFX)")


def ask_library(parent: QWidget, last: str = "") -> Path | None:
    """The library of a token's maker."""
    kinds = " ".join(f"*{suffix}" for suffix in LIBRARY_SUFFIXES)
    return _opened(parent, _("Library of the token"), last, _("Libraries") + f" ({kinds})")


def ask_picture(parent: QWidget, last: str = "") -> Path | None:
    """The picture of a signature or of a stamp."""
    return _opened(parent, _("Picture of the signature"), last, _("Pictures") + " (*.png *.PNG)")


def ask_pdf(parent: QWidget, last: str = "") -> Path | None:
    """A PDF whose signatures are examined."""
    return _opened(parent, _("Examine the signatures of a file"), last, "PDF (*.pdf *.PDF)")


def ask_issuer(parent: QWidget, last: str = "") -> Path | None:
    """The certificate of an issuer."""
    kinds = _("Certificates") + " (*.cer *.crt *.pem *.der)"
    return _opened(parent, _("Certificate of an issuer"), last, kinds)


def _opened(parent: QWidget, title: str, last: str, kinds: str) -> Path | None:
    start = last if last and Path(last).parent.is_dir() else str(documents_folder())
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, start, kinds)
    return Path(chosen) if chosen else None
