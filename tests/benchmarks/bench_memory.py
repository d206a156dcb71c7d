"""Peak memory of an export and of an import, each in a fresh process, above what the opened office uses.

`python -m tests.benchmarks.bench_memory [receptions]`; 1,000,000 take half an hour. Goal: under 300 MB for both.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tcd_desktop.open_office import open_office
from tests.benchmarks.measures import Cost, peak_memory_mb
from tests.benchmarks.world_rows import logged_ward
from tests.offices import PASSWORD, Clock

GOAL_MB = 300
COUNT = 100_000


def main() -> int:
    """Makes the offices, then measures in processes of their own."""
    if len(sys.argv) > 3:
        print(json.dumps(_measured(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
        return 0
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as name:
        stick, district, ward = logged_ward(Path(name), count)
        ward.close()
        district.close()
        out = _in_a_process("export", ward.home, stick)
        (bundle,) = stick.glob("*.tcdb")
        figures = [out, _in_a_process("import", district.home, bundle), _in_a_process("again", district.home, bundle)]
    for one in figures:
        print(json.dumps({"receptions": count, **one, "goal_mb": GOAL_MB}))
    again, first = figures[2]["seconds"], figures[1]["seconds"]
    print(json.dumps({"name": "again", "share": round(again / first, 5), "goal": 0.05}))
    return 0


def _in_a_process(what: str, home: Path, target: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.bench_memory", what, str(home), str(target)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def _measured(what: str, home: Path, target: Path) -> dict[str, Any]:
    office = open_office(home, PASSWORD, now=Clock())
    try:
        outbox, inbox = office.outbox, office.inbox
        with Cost() as cost:
            outcomes = [len(outbox.export(target))] if what == "export" else [x.outcome for x in inbox.take([target])]
        assert outcomes == {"export": [1], "import": ["applied"], "again": ["already"]}[what], outcomes
        return {"name": what, "seconds": round(cost.wall, 3), "processor_seconds": round(cost.processor, 2)} | (
            peak_memory_mb()
        )
    finally:
        office.close()


if __name__ == "__main__":
    sys.exit(main())
