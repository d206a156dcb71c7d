"""Holding a citizen card before the camera: what it sees, until a card is read or Esc is pressed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tcd_desktop.i18n import LazyText, _, lazy
from tcd_desktop.jobs import Progress
from tcd_desktop.scanners.camera import BUSY, LIBRARY, NONE, Camera, Cameras, CameraUnavailable
from tcd_desktop.scanners.pictures import Picture
from tcd_desktop.ui.forms.choice_field import ChoiceField
from tcd_desktop.ui.look import look
from tcd_desktop.ui.receptions.card_picture import card_in_frame
from tcd_desktop.ui.window.runner import Job, RunnerLike

EVERY_MS = 60
WHY: dict[str, LazyText] = {
    LIBRARY: lazy(
        "Reading cards with a camera needs the extra library “omni-camera”, which is not installed on this PC. "
        "Whoever looks after the PC installs it with: pip install tcd-desktop[camera]"
    ),
    NONE: lazy("No camera was found. Plug one in and try again."),
    BUSY: lazy("The camera gives no picture. Another program may be using it: close that one and try again."),
}


class Preview(QWidget):
    """What the camera sees, mirrored like a mirror so that a hand finds its way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setAccessibleName(_("What the camera sees"))

    def sizeHint(self) -> QSize:
        """As much as a small screen has room for."""
        now = look.current()
        return QSize(now.px(560), now.px(380))

    def show_picture(self, picture: Picture) -> None:
        """The next picture; the former one is gone."""
        size = (picture.width, picture.height, picture.width * picture.channels)
        kind = QImage.Format.Format_RGB888 if picture.channels == 3 else QImage.Format.Format_Grayscale8
        room = self.size() * self.devicePixelRatio()
        image = QImage(picture.pixels, *size, kind).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        self._image = image.transformed(QTransform.fromScale(-1, 1))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if not self._image.isNull():
            shown = self._image.rect()
            shown.setSize(self._image.size() / self.devicePixelRatio())
            shown.moveCenter(self.rect().center())
            painter.drawImage(shown, self._image)
        painter.end()


class CameraDialog(QDialog):
    """Closes itself when a card was read."""

    read = Signal(str)
    """The text of the card."""

    def __init__(self, cameras: Cameras, runner: RunnerLike, parent: QWidget) -> None:
        super().__init__(parent)
        now = look.current()
        self._cameras, self._runner = cameras, runner
        self._camera: Camera | None = None
        self._looking: Job | None = None
        self._closed = False
        self.setWindowTitle(_("Read a card with the camera"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(self.windowTitle())
        heading.setProperty("ink", "title")
        self.told = QLabel(_("Looking for a camera…"))
        self.told.setProperty("ink", "muted")
        self.told.setWordWrap(True)
        self.preview = Preview()
        self.preview.hide()
        self.which = ChoiceField(_("Camera"), [], style="combo")
        self.which.changed.connect(self._chosen)
        self.which.hide()
        self.again = QPushButton(_("Try again"))
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self.begin)
        self.again.hide()
        cancel = QPushButton(_("Cancel  Esc"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.which)
        foot.addStretch()
        foot.addWidget(self.again)
        foot.addWidget(cancel)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(now.px(20), now.px(18), now.px(20), now.px(16))
        lines.setSpacing(now.px(12))
        lines.addWidget(heading)
        lines.addWidget(self.told)
        lines.addWidget(self.preview, 1)
        self.setMinimumWidth(now.px(560))
        lines.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._next)
        self.finished.connect(self._stop)
        self.begin()

    def begin(self) -> None:
        """Looks for cameras and opens the first."""
        self.again.hide()
        self.told.setText(_("Looking for a camera…"))
        cameras = self._cameras

        def work(_progress: Progress) -> tuple[list[str], Camera]:
            return cameras.names(), cameras.open(0)

        self._runner.read(work, done=self._found, failed=self._failed)

    def _found(self, found: tuple[list[str], Camera]) -> None:
        names, camera = found
        self.which.set_options(list(enumerate(names)))
        self.which.set_value(0)
        self.which.setVisible(len(names) > 1)
        self._opened(camera)

    def _opened(self, camera: Camera) -> None:
        if self._closed:
            camera.close()
            return
        self._camera = camera
        self.told.setText(_("Hold the QR code of the card before the camera, about a hand's width away."))
        self._timer.start()

    def _chosen(self, number: int) -> None:
        self._let_go()
        cameras = self._cameras
        self._runner.read(lambda _progress: cameras.open(number), done=self._opened, failed=self._failed)

    def _next(self) -> None:
        """Shows the newest picture; one at a time is searched for a card."""
        if self._camera is None:
            return
        try:
            picture = self._camera.picture()
        except CameraUnavailable as error:
            self._failed(error)
            return
        if picture is None:
            return
        if self.preview.isHidden():
            self.preview.show()
            self.adjustSize()
        self.preview.show_picture(picture)
        if self._looking is None or not self._looking.running:
            self._looking = self._runner.read(lambda _progress: card_in_frame(picture), done=self._looked)

    def _looked(self, text: str) -> None:
        if text and not self._closed:
            self._closed = True
            self.read.emit(text)
            self.accept()

    def _failed(self, error: Exception) -> None:
        self._let_go()
        code = error.code if isinstance(error, CameraUnavailable) else BUSY
        self.told.setText(str(WHY[code]))
        self.preview.hide()
        self.adjustSize()
        self.again.show()

    def _let_go(self) -> None:
        self._timer.stop()
        if self._camera is not None:
            self._camera.close()
            self._camera = None

    def _stop(self, _result: int) -> None:
        self._closed = True
        if self._looking is not None:
            self._looking.forget()
        self._let_go()
