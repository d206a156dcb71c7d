"""An import in a program of its own that is killed while it works."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from tests.simulation.desk import Desk

STARTED = "importing"
LONGEST = 0.25
"""Seconds of an import within which it is killed; one that is done before was quick."""


def import_killed(desk: Desk, file: Path, when: float) -> bool:
    """Imports a file in another process and kills it at some share of the time; whether it was still at work."""
    desk.close()
    command = [sys.executable, "-m", "tests.simulation.killed", str(desk.office.home), str(file)]
    process = subprocess.Popen([*command, desk.clock.moment.isoformat()], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert process.stdout.readline().strip() == STARTED
        time.sleep(when * LONGEST)
        killed = process.poll() is None
        process.kill()
        process.wait(60)
    finally:
        process.stdout.close()
    desk.reopen()
    return killed


def main() -> int:
    """The program that is killed: opens an office and imports one file."""
    from tcd_desktop.open_office import open_office
    from tests.offices import PASSWORD, Clock

    home, file, moment = sys.argv[1:]
    office = open_office(Path(home), PASSWORD, now=Clock(datetime.fromisoformat(moment)))
    inbox = office.inbox
    print(STARTED, flush=True)
    inbox.take([Path(file)])
    office.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
