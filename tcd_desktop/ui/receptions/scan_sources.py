"""All ways by which a card comes to a form besides the keyboard: serial port, picture, camera; one text comes out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.scanners.camera import Cameras, OmniCameras
from tcd_desktop.scanners.serial_port import OPEN
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.receptions.card_camera import CameraDialog
from tcd_desktop.ui.receptions.card_picture import card_in_picture, load_picture
from tcd_desktop.ui.receptions.card_port import PortDialog, PortListener
from tcd_desktop.ui.receptions.card_scan import ScanBox
from tcd_desktop.ui.window.messages import failure
from tcd_desktop.ui.window.runner import Job, RunnerLike


class ScanSources(QObject):
    """Of one form. The serial port is listened to only while the form is seen: two forms never share one card."""

    scanned = Signal(str)
    told = Signal(str, str)
    """A sentence and its tone; no sentence: the last one is over."""

    def __init__(
        self, keeper: Keeper, runner: RunnerLike, box: ScanBox, page: QWidget, *, cameras: Cameras | None = None
    ) -> None:
        super().__init__(page)
        self._keeper, self._runner, self._page = keeper, runner, page
        self._cameras: Cameras = cameras or OmniCameras()
        self._job: Job | None = None
        self._state = OPEN
        self.listener = PortListener(self)
        self.listener.heard.connect(self._heard)
        self.listener.state.connect(self._port_state)
        box.pictured.connect(self.take_picture)
        box.fileRequest.connect(self.choose_file)
        box.cameraRequest.connect(self.show_camera)
        box.portRequest.connect(self.show_port)
        self._box = box
        box.installEventFilter(self)
        page.destroyed.connect(self.listener.stop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The scan box is seen exactly while a card may be taken."""
        if watched is self._box and event.type() == QEvent.Type.Show:
            self.listener.listen(self._keeper.value.card_port, self._keeper.value.card_speed)
        elif watched is self._box and event.type() == QEvent.Type.Hide:
            self.listener.stop()
        return super().eventFilter(watched, event)

    def take_picture(self, picture: QImage | Path) -> None:
        """Looks for a card in a picture or a picture file, away from the window."""
        if self._job is not None:
            self._job.forget()
        self.told.emit(_("Looking for the card in the picture…"), "neutral")

        def work(_progress: Progress) -> str:
            return card_in_picture(load_picture(picture) if isinstance(picture, Path) else picture)

        self._job = self._runner.read(work, done=self._found, failed=self._failed)

    def choose_file(self) -> None:
        """Asks for a picture file."""
        pictures = _("Pictures") + " (*.png *.jpg *.jpeg *.bmp *.webp)"
        name, _kind = QFileDialog.getOpenFileName(self._page, _("Picture of the citizen card"), "", pictures)
        if name:
            self.take_picture(Path(name))

    def show_camera(self) -> CameraDialog:
        """The camera, until a card is read."""
        dialog = CameraDialog(self._cameras, self._runner, self._page)
        dialog.read.connect(self.scanned)
        dialog.open()
        return dialog

    def show_port(self) -> PortDialog:
        """Choosing the serial port; while it is tried the form does not listen."""
        self.listener.stop()
        dialog = PortDialog(self._keeper, self._runner, self._page)
        dialog.finished.connect(self._port_chosen)
        dialog.open()
        return dialog

    def _port_chosen(self, _result: int) -> None:
        if self._box.isVisible():
            self.listener.listen(self._keeper.value.card_port, self._keeper.value.card_speed)

    def _heard(self, text: str) -> None:
        if self._box.isVisible() and self._box.isEnabled():
            self.scanned.emit(text)

    def _port_state(self, state: str) -> None:
        """Told when it stops working and when it works again, not when all is well from the beginning."""
        if state != self._state:
            self.told.emit(self.listener.sentence(state), "success" if state == OPEN else "warning")
        self._state = state

    def _found(self, text: str) -> None:
        self.told.emit("", "neutral")
        self.scanned.emit(text)

    def _failed(self, error: Exception) -> None:
        sentence, tone = failure(error)
        if sentence:
            self.told.emit(sentence, tone)
