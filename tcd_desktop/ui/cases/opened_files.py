"""Papers opened for reading: decrypted into a folder of this session, removed when the office closes."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from tcd_desktop.ui.cases.file_names import free_path


class OpenedFiles:
    """One per open office; `close` removes what was opened."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def place(self, name: str, content: bytes) -> Path:
        """Writes a paper where a reading program finds it."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="tcd-", ignore_cleanup_errors=True)
        path = free_path(Path(self._folder.name), name)
        path.write_bytes(content)
        path.chmod(0o400)
        return path

    def show(self, path: Path) -> bool:
        """Asks the system to open a file; False when it knows no program for it."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def close(self) -> None:
        """Removes everything; a file another program still holds goes with the system's own cleaning."""
        if self._folder is None:
            return
        for path in Path(self._folder.name).glob("*"):
            with contextlib.suppress(OSError):
                path.chmod(0o600)
        self._folder.cleanup()
        self._folder = None
