"""Giving a finished file its name where somebody else may hold it for a moment. Python's own library only."""

from __future__ import annotations

import os
import time
from pathlib import Path

PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds between attempts while Windows' virus scanner, or a reader, holds a file: six seconds in all."""


def replace_patiently(part: Path, path: Path) -> None:
    """Renames a file or folder; what is held for a moment is tried again. Raises OSError."""
    for pause in PAUSES:
        try:
            os.replace(part, path)
            return
        except PermissionError:
            time.sleep(pause)
    os.replace(part, path)
