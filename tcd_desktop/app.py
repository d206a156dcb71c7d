"""The composition root: joins settings, look, the door (first start, sign-in) and the window of an office.

The door is painted before the store and its libraries are imported; they are fetched while the officer types.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from tcd_desktop import __version__
from tcd_desktop.domain.problems import Refused
from tcd_desktop.i18n import _
from tcd_desktop.jobs import Cancelled, Progress
from tcd_desktop.settings import Keeper
from tcd_desktop.ui.start.office_folders import (
    FolderFace,
    default_home,
    practice_folder,
    practice_homes,
    read_folder,
)
from tcd_desktop.ui.window.application import CrashGuard, Dress, make_application
from tcd_desktop.ui.window.collector import keep_for_good
from tcd_desktop.ui.window.places import same_place
from tcd_desktop.ui.window.runner import Job
from tcd_desktop.ui.window.session_runner import SessionRunner
from tcd_desktop.updates.pointer import DOOR, FAILED, HEALTHY
from tcd_desktop.updates.pointer_report import report, went_back_from

if TYPE_CHECKING:
    from tcd_desktop.open_office import OpenOffice
    from tcd_desktop.ui.window.office_window import OfficeWindow

WARM = ("tcd_desktop.open_office", "tcd_desktop.sentences", "tcd_desktop.ui.window.office_window")
"""What the office needs and the door does not: imported in the background after the first paint."""
WARM_MS = 60
REST_MS = 300
"""Milliseconds from showing an office until the pages behind its first screen are imported."""
SETTLE = 1.5
"""Seconds that work in progress has to end when the officer locks or leaves."""
SIZE = (1366, 728)
PRACTICE_PASSWORD = "practice"
PRACTICE_RECEPTIONS = 2000
WHOLE = "complete"
"""A file in the practice folder that says it was made to its end."""


class Door(QStackedWidget):
    """The window before an office is open: first start, practice, sign-in."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("TCD Desktop")
        self.setProperty("box", "page")
        self.resize(*SIZE)

    def show_page(self, page: QWidget) -> None:
        """Shows a page instead of the one before."""
        while self.count():
            old = self.widget(0)
            if old is None:
                break
            self.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.addWidget(page)
        page.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The program ends with its window."""
        super().closeEvent(event)
        self.closed.emit()


class Program(QObject):
    """One run of the program. `door` and `window` are what is seen; one of them at a time."""

    opened = Signal()

    def __init__(
        self,
        app: QApplication,
        keeper: Keeper,
        home: Path | None = None,
        *,
        guard: CrashGuard | None = None,
    ) -> None:
        super().__init__()
        self._app, self.keeper, self._given, self._guard = app, keeper, home, guard
        self.dress = Dress(app, keeper)
        self.runner = SessionRunner(self)
        self.session: SessionRunner | None = None
        self.office: OpenOffice | None = None
        self.window: OfficeWindow | None = None
        self.door = Door()
        self.door.closed.connect(self._door_closed)
        self._home: Path | None = None
        self._making: Job | None = None
        self._ended = False

    # -- the door -----------------------------------------------------------------------------------

    def start(self) -> None:
        """Shows the sign-in page of the office known last, else the first start."""
        home = self._given or (Path(self.keeper.value.last_home) if self.keeper.value.last_home else None)
        if home is None or not self.show_sign_in(home, tell=self._given is not None):
            self.show_first_start()
        self.door.show()
        self._tell_update()
        QTimer.singleShot(WARM_MS, self._warm)

    def _tell_update(self) -> None:
        """The launcher learns that the door is seen; a new version that did not come up last time is named."""
        report(DOOR)
        failed = went_back_from()
        if failed:
            words = _("Version {failed} did not start on this PC. Version {version} runs again; nothing is lost.")
            _call(self.door.currentWidget(), "refused", words.format(failed=failed, version=__version__))

    def show_sign_in(self, home: Path, *, tell: bool = True) -> bool:
        """The sign-in page of an office folder; False when there is no office in it."""
        from tcd_desktop.ui.start.sign_in_page import SignInPage

        try:
            face = read_folder(home)
        except Refused as refused:
            if tell:
                self.show_first_start(refused)
                return True
            return False
        self._home = home
        page = SignInPage(face.facts(self.keeper.value.last_officer))
        page.signInRequest.connect(self.sign_in)
        page.otherOfficeRequest.connect(self.show_first_start)
        page.regain_with(home, self.door.show_page, self.runner, self.show_sign_in, self._opened, self._not_opened)
        self.door.setWindowTitle(f"{face.name} - TCD Desktop")
        self.door.show_page(page)
        return True

    def show_first_start(self, refused: Refused | None = None) -> None:
        """Which office is this PC for?"""
        from tcd_desktop.ui.start.start_pages import StartPage

        page = StartPage(lambda code: str(default_home(code)), self._choose_folder)
        page.createOfficeRequest.connect(self.found)
        page.practiceRequest.connect(self.show_practice)
        page.openOfficeRequest.connect(self._open_other)
        self.door.setWindowTitle("TCD Desktop")
        self.door.show_page(page)
        if refused is not None:
            page.refused(self._sentence(refused))

    def _choose_folder(self) -> str:
        from PySide6.QtWidgets import QFileDialog

        return QFileDialog.getExistingDirectory(self.door, _("Folder of the data"), str(Path.home()))

    def _open_other(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.door, _("Folder of the office"), str(Path.home()))
        if chosen:
            self.show_sign_in(Path(chosen))

    def _warm(self) -> None:
        self.runner.read(_import_all, failed=_ignore)

    def _warm_rest(self) -> None:
        from tcd_desktop.ui.window.office_window import import_pages

        self.runner.read(import_pages, done=self._warmed, failed=_ignore)

    def _warmed(self, _answer: object) -> None:
        keep_for_good()
        if self.window is not None:
            self.window.prepare_visit()
            self.window.take_what_waited()

    # -- opening ------------------------------------------------------------------------------------

    def sign_in(self, officer: str, password: str) -> None:
        """Derives the key and opens the office away from the window."""
        home = self._home
        page = self.door.currentWidget()
        if home is None or page is None:
            return
        _call(page, "set_busy", True)

        def work(_progress: Progress) -> OpenOffice:
            from tcd_desktop.open_office import open_after_update

            _import_all()
            return open_after_update(home, password, officer=officer)

        self.runner.read(work, done=self._opened, failed=self._not_opened)

    def found(self, entry: Any) -> None:
        """Founds a new office from what was entered, and opens it."""
        home = Path(entry.folder) if entry.folder else default_home(entry.code)
        page = self.door.currentWidget()
        if page is not None:
            page.setEnabled(False)
        self._home = home

        def work(_progress: Progress) -> OpenOffice:
            from tcd_desktop.open_office import OfficeForm, found_office

            _import_all()
            form = OfficeForm(
                kind=entry.kind,
                code=entry.code,
                name=entry.name,
                superior_name=entry.superior_name,
                locality=entry.locality,
                officer_name=entry.officer_name,
                officer_title=entry.officer_title,
            )
            return found_office(home, form, entry.password)

        self.runner.read(work, done=self._opened, failed=self._not_opened)

    def _not_opened(self, error: Exception) -> None:
        page = self.door.currentWidget()
        if page is not None:
            page.setEnabled(True)
            _call(page, "set_busy", False)
        if _is_our_fault(error):
            report(FAILED)
        if not isinstance(error, Refused):
            raise error
        _call(page, "refused", self._sentence(error))

    @staticmethod
    def _sentence(refused: Refused) -> str:
        from tcd_desktop.sentences import refusal_sentence

        return refusal_sentence(refused)

    def _opened(self, office: OpenOffice) -> None:
        from tcd_desktop.ui.window.office_window import OfficeWindow

        if self._ended:
            office.close()
            return
        self.keeper.update(last_home=str(office.home), last_officer=office.officer.id)
        self._home, self.office = office.home, office
        self.session = SessionRunner(self)
        self.session.failed.connect(self._broken)
        window = OfficeWindow(office, self.session, self.keeper)
        window.lockRequest.connect(self.lock)
        window.closed.connect(self.end)
        self.window = window
        same_place(window, self.door)
        window.show()
        window.activateWindow()
        self.door.hide()
        report(HEALTHY)
        QTimer.singleShot(REST_MS, self._warm_rest)
        self.opened.emit()

    def _broken(self, error: Exception) -> None:
        """Work that nobody listened to has failed: our mistakes are reported, the user's business is told."""
        if self._guard is not None and not isinstance(error, Refused | Cancelled):
            self._guard.caught(type(error), error, error.__traceback__)

    # -- leaving ------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Back to the sign-in page; nothing of the office stays open."""
        window = self.window
        if window is None:
            return
        window.leave()
        same_place(self.door, window)
        home = self._home
        if home is None or not self.show_sign_in(home, tell=False):
            self.show_first_start()
        self.door.show()
        window.hide()
        self._close_office()
        window.deleteLater()

    def _close_office(self) -> None:
        self.window = None
        if self.session is not None:
            self.session.settle(SETTLE)
            self.session.close()
            self.session.deleteLater()
            self.session = None
        if self.office is not None:
            self.office.close()
            self.office = None

    def _door_closed(self) -> None:
        if self.window is None:
            self.end()

    def end(self) -> None:
        """Stops the work, closes the office, ends the program."""
        if self._ended:
            return
        self._ended = True
        if self._making is not None:
            self._making.cancel()
        window = self.window
        if window is not None:
            window.leave()
            window.hide()
        self._close_office()
        self.runner.close()
        self.door.hide()
        for shown in (window, self.door):
            if shown is not None:
                shown.deleteLater()
        self._app.quit()

    # -- practice -----------------------------------------------------------------------------------

    def show_practice(self) -> None:
        """The practice district: made when it is not there, then its offices to choose from."""
        from tcd_desktop.ui.start.practice_page import PracticePage

        page = PracticePage()
        page.backRequest.connect(self.show_first_start)
        page.openRequest.connect(self.open_practice)
        page.stopRequest.connect(self._stop_making)
        self.door.setWindowTitle("TCD Desktop")
        self.door.show_page(page)
        homes = practice_homes()
        if homes:
            page.show_offices(homes)
            return
        page.show_making()
        self._making = self.runner.write(
            _make_practice, done=self._practice_made, failed=self._practice_failed, progress=page.show_step
        )

    def _stop_making(self) -> None:
        if self._making is not None:
            self._making.cancel()

    def _practice_made(self, homes: list[FolderFace]) -> None:
        self._making = None
        _call(self.door.currentWidget(), "show_offices", homes)

    def _practice_failed(self, error: Exception) -> None:
        self._making = None
        if isinstance(error, Cancelled):
            self.show_first_start()
        elif isinstance(error, Refused):
            _call(self.door.currentWidget(), "refused", self._sentence(error))
        else:
            raise error

    def open_practice(self, home: Path) -> None:
        """Opens an office of the practice district as its first officer; everybody knows the password."""
        self._home = home
        page = self.door.currentWidget()
        if page is not None:
            page.setEnabled(False)

        def work(_progress: Progress) -> OpenOffice:
            from tcd_desktop.open_office import open_office

            _import_all()
            return open_office(home, PRACTICE_PASSWORD)

        self.runner.read(work, done=self._opened, failed=self._not_opened)


def _is_our_fault(error: Exception) -> bool:
    """A new version that cannot open the books, for another reason than what was typed, has not come up."""
    return not isinstance(error, Refused) or error.code in ("store_corrupt", "store_from_future")


def _make_practice(progress: Progress) -> list[FolderFace]:
    """Makes the practice district in a folder of its own; a half-made one is made anew."""
    import shutil

    from tcd_desktop.practice.world import make_world

    folder = practice_folder()
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    make_world(folder, receptions=PRACTICE_RECEPTIONS, delivered=True, progress=progress)
    (folder / WHOLE).write_text("", encoding="utf-8")
    return practice_homes()


def _import_all(_progress: Progress | None = None) -> None:
    for name in WARM:
        importlib.import_module(name)


def _ignore(_error: Exception) -> None:
    """The import is tried again, and told, when it is needed."""


def _call(page: QWidget | None, method: str, *arguments: Any) -> None:
    act: Callable[..., Any] | None = getattr(page, method, None)
    if act is not None:
        act(*arguments)


def open_window(home: Path | None = None) -> int:
    """Runs the program until its window is closed; the exit status."""
    app = make_application()
    guard = CrashGuard()
    guard.install()
    program = Program(app, Keeper(), home, guard=guard)
    app.setQuitOnLastWindowClosed(False)
    program.start()
    try:
        return int(app.exec())
    finally:
        program.end()
        guard.remove()
