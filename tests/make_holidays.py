"""Writes resources/law/holidays-2020-2027.toml from the `holidays` library.

Run it after the library learnt something new: `python -m tests.make_holidays`. A test compares the table
with the library, so a difference shows.
"""

from __future__ import annotations

from importlib.metadata import version

from tcd_desktop.law import compute_year
from tcd_desktop.paths import shipped

FIRST, LAST = 2020, 2027
HEAD = """\
# Public holidays (ngày nghỉ lễ, nghỉ bù) and make-up days (làm bù) of Vietnam as the holidays library
# computes them, kept here because importing it takes 0.2 s. Made by tests/make_holidays.py: do not edit, see
# calendar-corrections.toml.

version = "holidays {version}"
"""


def table() -> str:
    """The whole file."""
    parts = [HEAD.format(version=version("holidays"))]
    for year in range(FIRST, LAST + 1):
        computed = compute_year(year)
        for title, days in (("off", computed.off), ("working", computed.working)):
            lines = [f'"{day.isoformat()}" = "{reason}"' for day, reason in sorted(days.items())]
            parts.append("\n".join(["", f"[{year}.{title}]", *lines, ""]))
    return "".join(parts)


if __name__ == "__main__":
    target = shipped("resources", "law", f"holidays-{FIRST}-{LAST}.toml")
    target.write_text(table(), encoding="utf-8", newline="\n")
