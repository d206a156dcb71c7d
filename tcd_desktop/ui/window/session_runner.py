"""The runner of one open office."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject

from tcd_desktop.ui.window.runner import Done, Failed, Job, Runner, Stepped, Work


class SessionRunner(Runner):
    """The runner of one open office. Once closed it begins nothing more: a page may still ask while it goes away."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._over = False

    def write(
        self, fn: Work, *, done: Done | None = None, failed: Failed | None = None, progress: Stepped | None = None
    ) -> Job:
        """Queues an act."""
        return _nothing() if self._over else super().write(fn, done=done, failed=failed, progress=progress)

    def read(
        self, fn: Work, *, done: Done | None = None, failed: Failed | None = None, progress: Stepped | None = None
    ) -> Job:
        """Starts reading."""
        return _nothing() if self._over else super().read(fn, done=done, failed=failed, progress=progress)

    def settle(self, seconds: float) -> None:
        """Lets short work come to its end (a draft that is being kept); long work is cancelled by `close`."""
        self._over = True
        until = time.monotonic() + seconds
        while self.busy() and time.monotonic() < until:
            time.sleep(0.01)

    def close(self) -> None:
        """Stops for good."""
        self._over = True
        super().close()


def _nothing() -> Job:
    job = Job(lambda _progress: None, None, None, None)
    job.running = False
    return job
