"""Gửi bản cập nhật xuống phường: a build is signed and written onto the stick that carries the receipts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.ui.exchange.work_card import WorkCard
from tcd_desktop.ui.forms.field import LineField, TextField
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.updates.update_desk import Made


class MakeUpdateCard(WorkCard):
    """For an administrator; who may not does not see it."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Program update for the wards"),
            _("The new version goes on the same stick, signed by this office: one file for all wards."),
            _("Sign and write onto the stick…"),
            "package",
            runner,
            primary=False,
            parent=parent,
        )
        self._office = office
        self.build: Path | None = None
        self.build_button = QPushButton(_("Choose the build…"))
        icons.dress(self.build_button, "folder-open", "text", 16)
        self.build_button.clicked.connect(self._choose_build)
        self.follows = LineField(
            _("Oldest version it may follow"), required=True, max_length=20, hint=_("for instance 0.1.0")
        )
        self.news = TextField(_("What is new, a line each"), lines=2, required=True)
        self.lines.insertWidget(2, self.build_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.lines.insertWidget(3, self.follows)
        self.lines.insertWidget(4, self.news)
        self.follows.changed.connect(self._ready)
        self.news.changed.connect(self._ready)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.pressed.connect(self._choose_stick)
        self.setVisible(office.may("updates.make"))
        self._ready()

    def choose_build(self, folder: Path) -> None:
        """Takes note of the folder of a build."""
        self.build = folder
        self.build_button.setText(_("Build: {folder}").format(folder=folder.name))
        self._ready()

    def _choose_build(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder of the build"), str(Path.home()))
        if chosen:
            self.choose_build(Path(chosen))

    def _choose_stick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(Path.home()))
        if chosen:
            self.write(Path(chosen))

    def write(self, folder: Path) -> None:
        """Signs and writes the update."""
        build, desk = self.build, self._office.updates
        if build is None:
            return
        notes, follows = self.news.value().split("\n"), self.follows.value()

        def work(progress: Progress) -> Made:
            return desk.make(build, folder, notes=notes, follows=follows, progress=progress)

        doing = _("Packing, signing, writing and reading back… Leave the stick in.")
        self.run(work, self._made, doing=doing, failed=lambda _sentence: self._ready())

    def _made(self, made: Made) -> None:
        words = _("You may take the stick out. Version {version} is on it as {file}, read back and compared.")
        self.message.tell(words.format(version=made.statement.version, file=made.path.name), "success")
        self._ready()

    def _ready(self) -> None:
        ready = self.build is not None and bool(self.follows.value()) and bool(self.news.value())
        self.button.setEnabled(ready and not self.busy())
