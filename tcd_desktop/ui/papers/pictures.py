"""Papers as pictures: small ones for lists, pages for the preview. Made behind the window."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from tcd_desktop.documents import raster
from tcd_desktop.domain.problems import Refused
from tcd_desktop.jobs import Progress
from tcd_desktop.ui.papers.place import Held, PaperPlace
from tcd_desktop.ui.window.runner import RunnerLike

SMALL = 96
"""Edge of a small picture in pixels: enough for 48 on a screen of double density."""
MOST_SMALL = 300
SHAPE_DPI = 12
LONGEST_EDGE = 4000
"""A page is never drawn larger than this, whatever the zoom."""


def is_drawable(media_type: str) -> bool:
    """Whether the preview can show it as pages."""
    return media_type == "application/pdf" or media_type.startswith("image/")


def page_picture(content: bytes, media_type: str, page: int, *, longest: int = LONGEST_EDGE, wide: int = 900) -> QImage:
    """One page, from 0, a PDF's about `wide` and none more than `longest` pixels; null when it cannot be shown."""
    if media_type == "application/pdf":
        try:
            return _of_pdf(content, page, wide, longest)
        except (ValueError, IndexError):
            return QImage()
    return _of_picture(content, page, longest)


def _of_pdf(content: bytes, page: int, wide: int, longest: int) -> QImage:
    drawn = raster.page_image(content, page, SHAPE_DPI)  # its shape first: a page may be metres long
    most = min(wide / max(drawn.width, 1), longest / max(drawn.width, drawn.height, 1))
    if most > 1:
        drawn = raster.page_image(content, page, SHAPE_DPI * most)
    picture = QImage(drawn.data, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()
    return _within(picture, longest)


def _of_picture(content: bytes, page: int, longest: int) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if page and not reader.jumpToImage(page):
        return QImage()
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio))
    return _within(reader.read(), longest)


def _within(picture: QImage, longest: int) -> QImage:
    if picture.isNull() or max(picture.width(), picture.height()) <= longest:
        return picture
    return picture.scaled(
        longest, longest, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


class SmallPictures(QObject):
    """Small pictures by content, made when first asked for."""

    arrived = Signal()

    def __init__(self, runner: RunnerLike, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._made: OrderedDict[str, QImage] = OrderedDict()
        self._asked: set[str] = set()

    def of(self, paper: Held, place: PaperPlace) -> QImage | None:
        """The picture, or None while it is made and for papers that have none."""
        made = self._made.get(paper.sha256)
        if made is None and paper.sha256 not in self._asked and is_drawable(paper.media_type):
            self._asked.add(paper.sha256)
            self._runner.read(
                partial(self._make, paper, place),
                done=partial(_hand, self, paper.sha256),
                failed=partial(_hand, self, paper.sha256),
            )
            made = self._made.get(paper.sha256)
        return made if made is not None and not made.isNull() else None

    @staticmethod
    def _make(paper: Held, place: PaperPlace, _progress: Progress) -> QImage:
        try:
            content = place.content(paper.id)
        except Refused:
            return QImage()
        return page_picture(content, paper.media_type, 0, longest=SMALL, wide=SMALL)

    def take(self, digest: str, answer: object) -> None:
        """A picture is there; a null one says that there is none."""
        self._made[digest] = answer if isinstance(answer, QImage) else QImage()
        while len(self._made) > MOST_SMALL:
            gone, _picture = self._made.popitem(last=False)
            self._asked.discard(gone)
        self.arrived.emit()


def _hand(pictures: SmallPictures, digest: str, answer: object) -> None:
    from shiboken6 import isValid

    if isValid(pictures):
        pictures.take(digest, answer)
