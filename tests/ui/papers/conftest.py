"""The office of the reception pages, and a panel in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.receptions.conftest import english, keeper, office, runner, shown, threads

__all__ = ["Table", "english", "keeper", "office", "runner", "shown", "threads"]

FORM = "form.20261123-091200"


def mime_of(*paths: Path) -> QMimeData:
    """Files, as a file manager gives them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def mime_of_picture(wide: int = 30, high: int = 20) -> QMimeData:
    """A picture, as a screenshot lies in the clipboard."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    data = QMimeData()
    data.setImageData(image)
    return data


def drag(widget: QWidget, data: QMimeData) -> QDragEnterEvent:
    """Something hovers over a widget."""
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)
    return event


def drop(widget: QWidget, data: QMimeData) -> bool:
    """Something is dropped on a widget; whether it was taken."""
    if not drag(widget, data).isAccepted():
        QApplication.sendEvent(widget, QDragLeaveEvent())
        return False
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


class Table:
    """Files to add."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path / "desk")


Show = Callable[[QWidget], QWidget]
