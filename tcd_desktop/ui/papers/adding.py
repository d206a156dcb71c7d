"""The menu of ways to add a paper: files, pictures of a telephone or camera, the clipboard, the scanner's folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.papers.scan_folder import ScanFolder
from tcd_desktop.ui.window.actions import key_text

PICTURES = "*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp *.gif"


class AddMenu(QMenu):
    """`files` carries the paths chosen."""

    files = Signal(list)
    pasteRequest = Signal()
    photoRequest = Signal()
    scansRequest = Signal()

    def __init__(self, folder: ScanFolder, keeper: Keeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder, self._keeper = folder, keeper
        self._last = ""
        self._entry(_("Files"), "folder-open", self.choose_files, key_text("papers.add"))
        self._entry(_("Photograph from a telephone or camera"), "image", self.choose_pictures)
        self._entry(_("Photograph with this PC's camera"), "image", self.photoRequest.emit)
        self._entry(_("From the clipboard"), "copy", self.pasteRequest.emit, key_text("papers.paste"))
        self.addSeparator()
        self.scans = self._entry(_("From the scanner"), "scan-line", self.scansRequest.emit, key_text("papers.scans"))
        self._entry(_("Choose the scanner's folder"), "folder", self.choose_folder)
        self.delete = QAction(_("Delete the scanner's file once it is added"), self)
        self.delete.setCheckable(True)
        self.delete.toggled.connect(lambda on: keeper.update(scan_remove=on))
        self.addAction(self.delete)
        self.stop = self._entry(_("Watch no folder"), "eye-off", self._stop)
        self.aboutToShow.connect(self._show_state)

    def _entry(self, words: str, icon: str, slot: object, key: str = "") -> QAction:
        action = QAction(f"{words}\t{key}" if key else words, self)
        icons.dress(action, icon)
        action.triggered.connect(lambda _checked=False: slot())  # type: ignore[operator]
        self.addAction(action)
        return action

    def _show_state(self) -> None:
        watching = bool(self._folder.folder)
        self.delete.setEnabled(watching)
        self.delete.setChecked(self._keeper.value.scan_remove)
        self.stop.setEnabled(watching)
        name = Path(self._folder.folder).name if watching else ""
        words = _("From the scanner ({folder})").format(folder=name) if name else _("From the scanner")
        self.scans.setText(f"{words}\t{key_text('papers.scans')}".replace("&", "&&"))

    def choose_files(self) -> None:
        """Any files."""
        self._take(QFileDialog.getOpenFileNames(self.parentWidget(), _("Add papers"), self._start())[0])

    def choose_pictures(self) -> None:
        """Pictures, from where telephones and cameras put them."""
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        kinds = f"{_('Pictures')} ({PICTURES})"
        title = _("Add photographs")
        self._take(QFileDialog.getOpenFileNames(self.parentWidget(), title, self._last or place, kinds)[0])

    def choose_folder(self) -> None:
        """The folder into which the scanner writes."""
        title = _("The folder into which the scanner writes")
        chosen = QFileDialog.getExistingDirectory(self.parentWidget(), title, self._folder.folder or self._start())
        if chosen:
            self._folder.choose(chosen)

    def _stop(self) -> None:
        self._folder.choose("")

    def _start(self) -> str:
        return self._last or str(Path.home())

    def _take(self, chosen: list[str]) -> None:
        if chosen:
            self._last = str(Path(chosen[0]).parent)
            self.files.emit([Path(name) for name in chosen])
