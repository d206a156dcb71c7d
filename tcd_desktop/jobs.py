"""What long work and the window agree on: steps that were done, and the wish to stop."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The user asked the work to stop before it was committed. Nothing was changed."""


class Progress(Protocol):
    """Given to long work. Call `step` often (it is cheap) and stop between steps when `cancelled()`."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """`done` of `total` units are finished (`total` 0 = unknown); `text` says what is being done now."""

    def cancelled(self) -> bool:
        """True once the user asked to stop."""


class SilentProgress:
    """Tells nobody and never stops: for tests, the command line and short work."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """Forgets what it is told."""

    def cancelled(self) -> bool:
        """Nobody can ask."""
        return False


def stop_if_cancelled(progress: Progress) -> None:
    """Raises `Cancelled` when the user asked to stop: the usual line between two steps."""
    if progress.cancelled():
        raise Cancelled
