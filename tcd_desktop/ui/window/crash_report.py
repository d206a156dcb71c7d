"""When the program makes a mistake: a report without personal data, kept as a file, and a dialog that says so.

A report holds kinds of exceptions and places in the code, never messages, values or texts: those may be a citizen's.
"""

from __future__ import annotations

import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtWidgets import QApplication

from tcd_desktop import __version__, paths
from tcd_desktop.domain.problems import Refused

if TYPE_CHECKING:
    from tcd_desktop.ui.window.crash_dialog import CrashDialog

KEPT = 20
"""Reports kept on this PC; older ones are removed."""


def report_text(error: BaseException, at: datetime) -> str:
    """Version, system, and for each exception of the chain its kind and the places it came through."""
    import platform  # here: the first window does without it

    lines = [
        f"TCD Desktop {__version__}",
        f"{at:%Y-%m-%d %H:%M:%S}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
    ]
    for link in _chain(error):
        code = f" {link.code}" if isinstance(link, Refused) else ""
        lines += ["", f"{type(link).__module__}.{type(link).__qualname__}{code}"]
        lines += [f"  {_place(frame)}" for frame in traceback.extract_tb(link.__traceback__)]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in found:
        found.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return found


def _place(frame: traceback.FrameSummary) -> str:
    """Module and line, without the folders of this PC."""
    parts = Path(frame.filename).parts
    at = next((n for n, part in enumerate(parts) if part in ("tcd_desktop", "site-packages")), len(parts) - 1)
    return f"{'/'.join(parts[at:])}:{frame.lineno} {frame.name}"


def reports_folder() -> Path:
    """Where reports are kept."""
    return paths.config_folder() / "reports"


def keep_report(text: str, at: datetime) -> Path | None:
    """Writes a report; None when the disk does not let us."""
    folder = reports_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"report-{at:%Y%m%d-%H%M%S-%f}.txt"
        path.write_text(text, encoding="utf-8")
        for old in sorted(folder.glob("report-*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


class CrashGuard(QObject):
    """Catches what nobody caught, in every thread; `install` puts it in place, `remove` takes it out again."""

    happened = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dialog: CrashDialog | None = None
        self._before = (sys.excepthook, threading.excepthook)
        self.happened.connect(self._show)

    def install(self) -> None:
        """From now on mistakes are told."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self.caught
        threading.excepthook = self._caught_in_thread

    def remove(self) -> None:
        """As it was before."""
        sys.excepthook, threading.excepthook = self._before

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An exception that nobody caught."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        at = datetime.now()
        text = report_text(error.with_traceback(trace), at)
        self.happened.emit(text, keep_report(text, at))

    def _caught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and not issubclass(arguments.exc_type, SystemExit):
            self.caught(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _show(self, text: str, kept: object) -> None:
        if self.dialog is not None:
            return  # one at a time; the others are kept as files
        from tcd_desktop.ui.window.crash_dialog import CrashDialog

        parent = QApplication.activeWindow()
        self.dialog = CrashDialog(text, kept if isinstance(kept, Path) else None, parent)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self, _result: int) -> None:
        self.dialog = None
