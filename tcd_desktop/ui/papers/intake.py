"""What is dropped, pasted or chosen: files, or the picture that lies in the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from tcd_desktop.domain.language.text import clean_line
from tcd_desktop.services.papers.paper_checks import read_file
from tcd_desktop.ui.look import look

PASTED = "anh.png"
"""Name of a picture that has none; it says nothing about the paper."""
MOST_FILES = 50
"""So many files are taken at once: a folder of a whole disk dropped by mistake is not."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that wants to be kept: a file of the disk, or `content` with a name."""

    name: str
    path: Path | None = None
    picture: QImage | None = None

    def content(self, most: int) -> bytes:
        """Its bytes. Called behind the window. Raises Refused("file_missing" | "file_unreadable")."""
        if self.path is not None:
            return read_file(self.path, most)
        return png_of(self.picture) if self.picture is not None else b""


def of_files(paths: Iterable[Path]) -> list[Offer]:
    """Files of the disk; a folder stands for nothing and is left out."""
    return [Offer(clean_line(path.name) or "-", path) for path in paths][:MOST_FILES]


def of_mime(data: QMimeData) -> list[Offer]:
    """What was dropped or pasted: files first, else a picture; nothing for mere text."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return of_files(path for path in files if not path.is_dir())
    if data.hasImage():
        image = data.imageData()
        picture = image if isinstance(image, QImage) else QImage(image)
        if not picture.isNull():
            return [Offer(PASTED, picture=picture)]
    return []


def holds_papers(data: QMimeData | None) -> bool:
    """Whether there are files or a picture; asked while something is dragged, so no disk is touched."""
    return data is not None and (any(url.isLocalFile() for url in data.urls()) or data.hasImage())


def png_of(picture: QImage) -> bytes:
    """A picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())


class DropPlace(QObject):
    """Lets files and pictures be dropped on a widget and everything in it; `shown` is marked while they hover."""

    dropped = Signal(list)
    """The offers."""

    def __init__(self, target: QWidget, shown: QWidget, allowed: Callable[[], bool]) -> None:
        super().__init__(target)
        self._shown, self._allowed = shown, allowed
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes what holds papers; anything else goes its usual way."""
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDropEvent | QDragEnterEvent):
            if holds_papers(event.mimeData()) and self._allowed():
                look.set_property(self._shown, "state", "drop")
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                return True
        elif kind == QEvent.Type.DragLeave:
            look.set_property(self._shown, "state", "")
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            look.set_property(self._shown, "state", "")
            offers = of_mime(event.mimeData()) if self._allowed() else []
            if offers:
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.dropped.emit(offers)
                return True
        return super().eventFilter(watched, event)
