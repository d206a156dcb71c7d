"""The narrative of a report (Mẫu số 02, TT 06/2025/TT-TTCP): the circular's outline with the figures filled in.

What an office wrote stands instead of the proposed words; sections that only a person can write are named until
somebody did.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from tcd_desktop.domain.letters.letter_text import fill, variables_in
from tcd_desktop.domain.reports.report_period import PeriodKind, ReportPeriod
from tcd_desktop.domain.reports.sent_report import NarrativePart
from tcd_desktop.paths import shipped
from tcd_desktop.reports.circular.figures import TableFigures
from tcd_desktop.reports.circular.tables import table
from tcd_desktop.reports.circular_sheets.sheet_facts import printed

ROMAN: Final = ("I", "II", "III", "IV")
Earlier = Mapping[tuple[str, int], int]
"""(table, column) -> the figure of the same period a year ago; empty when nothing was counted then."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: `proposed` has the figures filled in, `typed` is what the office wrote ("" = nothing).

    `guide` is what the circular asks for; `needed`: only a person can write it.
    """

    code: str
    heading: str
    guide: str
    proposed: str
    typed: str
    needed: bool

    @property
    def text(self) -> str:
        """What stands in the report."""
        return self.typed or self.proposed

    @property
    def missing(self) -> bool:
        """Whether somebody has still to write it."""
        return self.needed and not self.typed

    @property
    def writable(self) -> bool:
        """Whether it holds words at all; the headings of chapters do not."""
        return self.needed or bool(self.proposed)


@cache
def narrative_pack() -> Mapping[str, Any]:
    """The outline and its words."""
    with shipped("resources", "forms", "tt-06-2025", "narrative.toml").open("rb") as file:
        return tomllib.load(file)


def period_in_words(period: ReportPeriod) -> str:
    """ "quý IV năm 2026", as papers say it."""
    pattern: str = narrative_pack()["periods"][period.kind.value]
    return pattern.format(
        roman=ROMAN[period.number - 1] if period.kind is PeriodKind.QUARTER else "",
        month=period.number,
        year=period.year,
        first=f"{period.first:%d/%m/%Y}",
        last=f"{period.last:%d/%m/%Y}",
    )


def sections(
    tables: Sequence[TableFigures], typed: Mapping[str, str], facts: Mapping[str, str], earlier: Earlier
) -> tuple[Section, ...]:
    """The outline in its order. `typed` by code; `facts` are variables no table holds ("protect.all")."""
    figures = _Figures({one.table[:2]: one for one in tables}, earlier)
    found = []
    for one in narrative_pack()["section"]:
        pattern = one.get("text", "").strip()
        values = {name: facts.get(name) or figures.words(name) for name in variables_in(pattern)}
        found.append(
            Section(
                code=one["code"],
                heading=one["heading"],
                guide=one.get("guide", ""),
                proposed=fill(pattern, values),
                typed=typed.get(one["code"], ""),
                needed=one.get("needed", False),
            )
        )
    return tuple(found)


def kept_sections(parts: Sequence[NarrativePart]) -> tuple[Section, ...]:
    """The outline of a report as it was made; none when it went without a narrative."""
    texts = {part.code: part.text for part in parts}
    return tuple(
        Section(one["code"], one["heading"], "", "", texts[one["code"]], one.get("needed", False))
        for one in narrative_pack()["section"]
        if one["code"] in texts
    )


class _Figures:
    """Looks variables up: "02.6", "02.6@y", "02.9/02.6"."""

    def __init__(self, tables: Mapping[str, TableFigures], earlier: Earlier) -> None:
        self._tables = tables
        self._totals = {code: one.total for code, one in tables.items()}
        self._earlier = earlier

    def words(self, name: str) -> str:
        if name.endswith("@y"):
            return self._change(name.removesuffix("@y"))
        if "/" in name:
            part, _slash, whole = name.partition("/")
            return _percent(self._value(part), self._value(whole))
        code, number = name.split(".")
        return printed(table(self._tables[code].table).column(int(number)), self._value(name))

    def _value(self, name: str) -> int:
        code, _point, number = name.partition(".")
        return self._totals[code][int(number) - 1]

    def _change(self, name: str) -> str:
        words = narrative_pack()["words"]
        if not self._earlier:
            return str(words["unknown"])
        code, _point, number = name.partition(".")
        now = self._value(name)
        then = self._earlier.get((self._tables[code].table, int(number)), 0)
        if now == then:
            return str(words["same"])
        if not then:
            return str(words["more_from_none"].format(n=now))
        pattern: str = words["more" if now > then else "fewer"]
        return pattern.format(n=f"{abs(now - then):,}".replace(",", "."), percent=_percent(abs(now - then), then))


def _percent(part: int, whole: int) -> str:
    """ "45,2%"; nothing of nothing is 0%."""
    return f"{100 * part / whole:.1f}%".replace(".", ",") if whole else "0%"
