"""A paper as a picture, page under page: the slip beside its form, drawn in the background when the typing pauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from tcd_desktop.documents.raster import PageImage, page_images
from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.ui.look import look
from tcd_desktop.ui.window.runner import Job, RunnerLike

PAUSE_MS = 300
"""So long after the last key the slip is drawn again."""
A4_INCHES = 210 / 25.4
A4_ON_ITS_SIDE = 297 / 25.4

CROP = (20 / 210, 12 / 297, 10 / 210)
"""Left, top and right margin that a small picture leaves out, as shares of the page: letters become larger."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A slip: its PDF and its pages in pixels."""

    pdf: bytes
    pages: tuple[PageImage, ...]


def image_of(page: PageImage) -> QImage:
    """A page as Qt's image, with a copy of the pixels."""
    return QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()


class SlipPreview(QScrollArea):
    """Pages one under the other, as wide as the room. `render` makes the PDF, in a reader thread; its pages are
    `inches` wide.

    preview.show_slip(draft)         drawn after the pause
    preview.show_slip(draft, now=True)
    """

    drawn = Signal()
    enlargeRequest = Signal()
    """A click on the paper."""

    def __init__(
        self,
        render: Callable[[Any], bytes],
        runner: RunnerLike,
        parent: QWidget | None = None,
        *,
        name: str = "",
        inches: float = A4_INCHES,
    ) -> None:
        super().__init__(parent)
        now = look.current()
        self._render, self._runner = render, runner
        self._inches, self._name = inches, name or _("Preview of the receipt slip")
        self._slip: Any = None
        self._pdf = b""
        self._images: list[QImage] = []
        self._job: Job | None = None
        self._stale = False
        self._cropped = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(now.px(120))
        self.setAccessibleName(self._name)
        self._body = QWidget()
        self._body.setProperty("box", "scroll")
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(now.px(8))
        self._note = QLabel()
        self._note.setProperty("ink", "muted")
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lines.addWidget(self._note)
        self._papers: list[QLabel] = []
        self._lines.addStretch()
        self.setWidget(self._body)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._draw)

    # -- what pages ask ------------------------------------------------------------

    def show_slip(self, slip: Any, *, now: bool = False) -> None:
        """Shows what `render` makes of this, soon or at once; nothing is drawn while hidden."""
        self._slip = slip
        self._pdf = b""
        self._outdate()
        if now:
            self._draw()
        else:
            self._timer.start()

    def set_cropped(self, cropped: bool) -> None:
        """Without the paper's margins, for a small preview."""
        if cropped != self._cropped:
            self._cropped = cropped
            self._stale = True
            self._timer.start()

    def show_pdf(self, pdf: bytes) -> None:
        """Shows a PDF that exists already."""
        self._slip, self._pdf = None, pdf
        self._outdate()
        self._draw()

    def pdf(self) -> bytes:
        """The PDF that is shown, b"" before the first."""
        return self._pdf

    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._images)

    def stop(self) -> None:
        """The page goes away: no more drawing."""
        self._timer.stop()
        if self._job is not None:
            self._job.forget()

    # -- drawing ------------------------------------------------------------

    def _outdate(self) -> None:
        """What is on its way shows something older."""
        self._stale = True
        if self._job is not None:
            self._job.forget()
            self._job = None

    def _dpi(self) -> float:
        share = 1 - CROP[0] - CROP[2] if self._cropped else 1
        return max(24.0, self._width() * self.devicePixelRatioF() / self._inches / share)

    def _cut(self, image: QImage) -> QImage:
        if not self._cropped:
            return image
        left, top, right = CROP
        width, height = image.width(), image.height()
        return image.copy(
            round(left * width), round(top * height), round((1 - left - right) * width), round((1 - top) * height)
        )

    def _width(self) -> int:
        return max(80, self.viewport().width() - look.current().px(2))

    def _draw(self) -> None:
        self._timer.stop()
        if not self._stale or not self.isVisible() or (self._slip is None and not self._pdf):
            return
        if self._job is not None:
            self._job.forget()
        self._stale = False
        render, slip, pdf, dpi = self._render, self._slip, self._pdf, self._dpi()

        def work(_progress: Progress) -> Drawn:
            made = pdf or render(slip)
            return Drawn(made, tuple(page_images(made, dpi)))

        self._job = self._runner.read(work, done=self._arrived, failed=self._failed)

    def _arrived(self, drawn: Drawn) -> None:
        self._job = None
        self._pdf = drawn.pdf
        self._images = [self._cut(image_of(page)) for page in drawn.pages]
        self._note.hide()
        self._show(self._images)
        self.drawn.emit()

    def _failed(self, _error: Exception) -> None:
        self._job = None
        self._note.setText(_("The preview cannot be drawn just now."))
        self._note.show()

    def _show(self, images: Sequence[QImage]) -> None:
        while len(self._papers) < len(images):
            paper = QLabel()
            paper.setProperty("box", "paper")
            paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            paper.setCursor(Qt.CursorShape.PointingHandCursor)
            paper.installEventFilter(self)
            self._papers.append(paper)
            self._lines.insertWidget(len(self._papers), paper)
        while len(self._papers) > len(images):
            paper = self._papers.pop()
            self._lines.removeWidget(paper)
            paper.hide()
            paper.deleteLater()
        total = len(images)
        for number, (paper, image) in enumerate(zip(self._papers, images, strict=True), start=1):
            ratio = self.devicePixelRatioF()
            pixmap = QPixmap.fromImage(image)
            if abs(pixmap.width() - self._width() * ratio) > ratio:
                pixmap = pixmap.scaledToWidth(round(self._width() * ratio), Qt.TransformationMode.SmoothTransformation)
            pixmap.setDevicePixelRatio(ratio)
            paper.setPixmap(pixmap)
            label = ngettext("{name}: page {number} of {n}", "{name}: page {number} of {n}", total)
            paper.setAccessibleName(label.format(name=self._name, number=number, n=total))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scales at once, draws sharply a moment later."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._images:
            self._show(self._images)
            self._stale = True
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What was typed while the preview was hidden."""
        super().showEvent(event)
        if self._stale:
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click enlarges."""
        if event.type() == QEvent.Type.MouseButtonRelease and watched in self._papers:
            self.enlargeRequest.emit()
        return super().eventFilter(watched, event)
