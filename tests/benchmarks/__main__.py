"""All measurements, one after the other: `python -m tests.benchmarks` (or some: `… import search`).

Each prints JSON lines {"name", "ratio" or "ms", "goal", ...}. Ratios are taken in one run on one machine, so they can
be compared between machines; nothing here fails a build.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ORDER = (
    "first_paint",
    "sign_in",
    "slip",
    "log_book",
    "export",
    "import",
    "search",
    "duplicates",
    "circular",
    "same_minute",
)


def main() -> int:
    """Runs the measurements named on the command line, or all; each in a process of its own."""
    here = Path(__file__).parent
    wanted = sys.argv[1:] or [name for name in ORDER if (here / f"bench_{name}.py").exists()]
    return max(
        [subprocess.call([sys.executable, "-m", f"tests.benchmarks.bench_{name}"]) for name in wanted], default=0
    )


if __name__ == "__main__":
    sys.exit(main())
