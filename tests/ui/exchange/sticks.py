"""A stick at a ward as its officer handles it: chosen, looked at, read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tcd_desktop.ui.exchange.ward_page import WardExchangePage


def read_stick(page: WardExchangePage, what: Path | Sequence[Path]) -> None:
    """Chooses a folder or files; what can be read is read after it was shown."""
    before = page.stick.stick
    if isinstance(what, Path):
        page.receive.look_into_folder(what)
    else:
        page.receive.look_into_files(what)
    if page.stick.stick is not before:
        page.stick.card.button.click()
