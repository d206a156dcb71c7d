"""Photographing papers with a camera at this PC: one press of the space bar for each page, Esc when all are taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import _, ngettext
from tcd_desktop.jobs import Progress
from tcd_desktop.scanners.camera import BUSY, Camera, Cameras, CameraUnavailable
from tcd_desktop.scanners.pictures import Picture
from tcd_desktop.ui.look import icons, look
from tcd_desktop.ui.receptions.card_camera import WHY
from tcd_desktop.ui.window.actions import key_text
from tcd_desktop.ui.window.runner import RunnerLike

EVERY_MS = 60


class PhotoDialog(QDialog):
    """Stays open for the next page. The camera is let go of when it closes."""

    taken = Signal(object)
    """A photograph (QImage), the right way round."""

    def __init__(self, cameras: Cameras, runner: RunnerLike, parent: QWidget) -> None:
        super().__init__(parent)
        now = look.current()
        self._cameras, self._runner = cameras, runner
        self._camera: Camera | None = None
        self._newest = QImage()
        self._count = 0
        self._closed = False
        self.setWindowTitle(_("Photograph papers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.told = QLabel()
        self.told.setProperty("ink", "muted")
        self.told.setWordWrap(True)
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet.setMinimumSize(now.px(560), now.px(360))
        self.sheet.setAccessibleName(_("What the camera sees"))
        self.take_button = QPushButton(f"{_('Take the photograph')}  {key_text('papers.take')}")
        self.take_button.setProperty("kind", "primary")
        icons.dress(self.take_button, "image", "on_accent", 18)
        self.take_button.setAutoDefault(True)
        self.take_button.clicked.connect(self.take)
        self.again = QPushButton(_("Try again"))
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self.begin)
        done = QPushButton(_("Close  Esc"))
        done.setAutoDefault(False)
        done.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.again)
        foot.addStretch()
        foot.addWidget(done)
        foot.addWidget(self.take_button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(20), now.px(16), now.px(20), now.px(16))
        lines.setSpacing(now.px(10))
        lines.addWidget(self.told)
        lines.addWidget(self.sheet, 1)
        lines.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._next)
        self.finished.connect(self._stop)
        self.begin()
        self.take_button.setFocus()

    def begin(self) -> None:
        """Looks for a camera and opens the first."""
        self.again.hide()
        self.take_button.setEnabled(False)
        self.told.setText(_("Looking for a camera…"))
        cameras = self._cameras

        def work(_progress: Progress) -> Camera:
            cameras.names()
            return cameras.open(0)

        self._runner.read(work, done=self._opened, failed=self._failed)

    def take(self) -> None:
        """Keeps what the camera sees now."""
        if self._newest.isNull():
            return
        self._count += 1
        words = ngettext(
            "{n} photograph was taken. The next page, or Esc.",
            "{n} photographs were taken. The next page, or Esc.",
            self._count,
        )
        self.told.setText(words.format(n=self._count))
        self.taken.emit(self._newest.copy())

    def _opened(self, camera: Camera) -> None:
        if self._closed:
            camera.close()
            return
        self._camera = camera
        self.told.setText(_("Lay the paper flat and hold it still."))
        self._timer.start()

    def _next(self) -> None:
        if self._camera is None:
            return
        try:
            picture = self._camera.picture()
        except CameraUnavailable as error:
            self._failed(error)
            return
        if picture is not None:
            self._newest = image_of(picture)
            self.take_button.setEnabled(True)
            room = self.sheet.size() * self.devicePixelRatio()
            shown = QPixmap.fromImage(self._newest).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
            shown.setDevicePixelRatio(self.devicePixelRatio())
            self.sheet.setPixmap(shown)

    def _failed(self, error: Exception) -> None:
        self._let_go()
        self.take_button.setEnabled(False)
        self.told.setText(str(WHY[error.code if isinstance(error, CameraUnavailable) else BUSY]))
        self.again.show()

    def _let_go(self) -> None:
        self._timer.stop()
        if self._camera is not None:
            self._camera.close()
            self._camera = None

    def _stop(self, _result: int) -> None:
        self._closed = True
        self._let_go()


def image_of(picture: Picture) -> QImage:
    """A camera's picture as Qt has it; its pixels are copied."""
    kind = QImage.Format.Format_RGB888 if picture.channels == 3 else QImage.Format.Format_Grayscale8
    return QImage(picture.pixels, picture.width, picture.height, picture.width * picture.channels, kind).copy()
