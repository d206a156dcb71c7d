"""Cập nhật chương trình: what lies on a stick, who signed it, what is new; installing it and going back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QSizePolicy, QWidget

from tcd_desktop.i18n import _
from tcd_desktop.jobs import Progress
from tcd_desktop.open_office import OpenOffice
from tcd_desktop.sentences import refusal_sentence
from tcd_desktop.ui.exchange.work_card import WorkCard, label
from tcd_desktop.ui.look import icons
from tcd_desktop.ui.window.runner import RunnerLike
from tcd_desktop.updates.statement import Statement
from tcd_desktop.updates.update_desk import Programs, Seen

NOTHING_NEW = ("update_same",)


class UpdateCard(WorkCard):
    """Hidden until there is something to say: an update on a stick, a version to start, a version that did not."""

    def __init__(self, office: OpenOffice, runner: RunnerLike, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Program update"), "", _("Install the update"), "package-check", runner, primary=True, parent=parent
        )
        self._office, self._superior = office, ""
        self.seen: Seen | None = None
        self.programs: Programs | None = None
        self.notes: QLabel = label("")
        self.lines.insertWidget(2, self.notes)
        self.notes.hide()
        self.back = QPushButton()
        self.back.setProperty("kind", "quiet")
        icons.dress(self.back, "history", "text", 16)
        self.back.clicked.connect(self.go_back)
        self.look_button = QPushButton(_("Look on a stick…"))
        icons.dress(self.look_button, "usb", "text", 16)
        self.look_button.clicked.connect(self._choose)
        self.add_button(self.look_button)
        self.add_button(self.back)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.pressed.connect(self.install)
        self.hide()

    def refresh(self) -> None:
        """Reads which versions are on this PC."""
        office = self._office
        self._runner.read(lambda _progress: office.updates.programs(), done=self._read)

    def _read(self, programs: Programs) -> None:
        self.programs = programs
        self._show()

    def look(self, folder: Path) -> None:
        """Looks for updates in the folder of a stick, away from the window."""
        office = self._office

        def read(_progress: Progress) -> tuple[list[Seen], Programs]:
            return office.updates.look(folder), office.updates.programs()

        self._runner.read(read, done=self._looked)

    def _looked(self, answer: tuple[list[Seen], Programs]) -> None:
        found, self.programs = answer
        self.seen = found[0] if found else None
        if not self.busy():
            self.message.clear()
        if self.seen and self.seen.refused:
            tone = "neutral" if self.seen.refused.code in NOTHING_NEW else "danger"
            self.message.tell(refusal_sentence(self.seen.refused), tone)
        elif not self.seen and self.isVisible():
            self.message.tell(_("There is no update in this folder."), "neutral")
        self._show()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on the stick"), str(Path.home()))
        if chosen:
            self.look(Path(chosen))

    def _show(self) -> None:
        programs, seen = self.programs, self.seen
        if programs is None:
            return
        said = seen.statement if seen else None
        fits = bool(seen and seen.refused is None)
        restart = programs.placed and programs.next not in ("", programs.running)
        self.sentence.setText(_said(programs, said if fits else None, restart))
        self.notes.setVisible(fits and said is not None)
        if said is not None:
            signed = _("Signed by {office} on {day}; the signature is right.")
            day = "/".join(reversed(said.made_at[:10].split("-")))
            office = self._office.office.superior_name or said.office
            lines = [signed.format(office=office, day=day), *(f"•  {line}" for line in said.notes)]
            self.notes.setText("\n".join(lines))
            self.button.setText(_("Install version {version}").format(version=said.version))
        self.button.setVisible(fits)
        self.button.setEnabled(self._office.may("updates.install") and not self.busy())
        newer = programs.versions[:1] == (programs.previous,)
        words = _("Use version {version} again") if newer else _("Back to version {version}")
        self.back.setText(words.format(version=programs.previous))
        self.back.setVisible(bool(programs.previous) and programs.next == programs.running)
        self.back.setEnabled(self._office.may("updates.back") and not self.busy())
        self.setVisible(bool(seen) or restart or bool(programs.failed) or bool(programs.previous))

    def install(self) -> None:
        """Installs what is seen; the running version goes on until the program is closed."""
        seen, desk = self.seen, self._office.updates
        if seen is None or seen.refused:
            return

        def work(progress: Progress) -> Statement:
            return desk.install(seen.path, progress)

        self.run(
            work,
            self._installed,
            doing=_("Checking, unpacking and trying the new version… Leave the stick in."),
            failed=lambda _sentence: self._show(),
        )

    def _installed(self, said: Statement) -> None:
        words = _("Version {version} is installed. Close the program and open it again: it starts with it.")
        self.message.tell(words.format(version=said.version), "success")
        self.seen = None
        self.refresh()

    def go_back(self) -> None:
        """The version before starts from the next time on."""
        desk = self._office.updates
        self.run(lambda _progress: desk.back(), self._went_back, doing=_("Looking whether that is possible…"))

    def _went_back(self, version: str) -> None:
        words = _("Close the program and open it again: it starts with version {version}.")
        self.message.tell(words.format(version=version), "success")
        self.refresh()


def _said(programs: Programs, offered: Statement | None, restart: bool) -> str:
    """Which version runs, and what comes next."""
    if offered is not None:
        words = _(
            "Version {running} runs here; version {version} is on the stick. The books are copied first, and this "
            "version stays on the PC."
        )
        return words.format(running=programs.running, version=offered.version)
    if restart:
        words = _("Version {running} still runs. Close the program and open it again: it starts with {version}.")
        return words.format(running=programs.running, version=programs.next)
    if programs.failed:
        words = _("Version {failed} did not start on this PC. Version {running} runs again; tell the office above.")
        return words.format(failed=programs.failed, running=programs.running)
    return _("Version {running} runs here.").format(running=programs.running)
