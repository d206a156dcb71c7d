"""The office and the printer of the reception desk's tests."""

from tests.ui.receptions.conftest import english, keeper, office, runner, shown, threads, tray

__all__ = ["english", "keeper", "office", "runner", "shown", "threads", "tray"]
