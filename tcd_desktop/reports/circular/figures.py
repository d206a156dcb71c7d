"""The figures of the six tables, the records behind each of them, and the arithmetic they must keep.

`count` fills a table for any offices whose books are here (one row each), `members` lists what a figure counts,
`left_out` what it does not and why, `broken_rules` what does not add up, `suspects` the records behind that.
Columns marked `manual` are 0 here: a person types them and `TableFigures.with_values` puts them in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tcd_desktop.domain.reports.report_counting import DEFAULT_COUNTING, CountingChoices
from tcd_desktop.domain.reports.report_period import ReportPeriod
from tcd_desktop.domain.reports.sent_report import FigureRow
from tcd_desktop.reports.circular.tables import Rule, Table, Term, table, tables, with_sums
from tcd_desktop.store.figures import circular_figures as books
from tcd_desktop.store.figures.circular.sources import Asked, Cursor, Member, Omitted
from tcd_desktop.store.store import Connection

__all__ = [
    "BrokenRule",
    "Cursor",
    "Member",
    "MemberPage",
    "Omitted",
    "TableFigures",
    "broken_rules",
    "count",
    "count_all",
    "figures_of",
    "left_out",
    "members",
    "suspects",
]

MOST_SUSPECTS = 500


@dataclass(frozen=True, slots=True)
class TableFigures:
    """A filled table: office code -> its figures in the order of the columns. Money in đồng, land in m2."""

    table: str
    rows: Mapping[str, tuple[int, ...]]

    @property
    def total(self) -> tuple[int, ...]:
        """The row "Tổng"."""
        width = len(table(self.table).columns)
        return tuple(sum(values[at] for values in self.rows.values()) for at in range(width))

    def value(self, unit: str, column: int) -> int:
        """One figure; a column counts from 1."""
        return self.rows[unit][column - 1]

    def with_values(self, unit: str, typed: Mapping[int, int]) -> TableFigures:
        """The same with some figures of an office typed anew; columns that are sums follow."""
        values = list(self.rows[unit])
        for column, value in typed.items():
            values[column - 1] = value
        return replace(self, rows={**self.rows, unit: with_sums(table(self.table), values)})

    def kept(self) -> tuple[FigureRow, ...]:
        """The rows as a sent report keeps them."""
        return tuple(FigureRow(form=self.table, unit=unit, values=values) for unit, values in self.rows.items())


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Some records behind a figure and the cursor after the last of them (None = the end)."""

    rows: tuple[Member, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule of a table that the figures of an office do not keep: the two sides as they are."""

    table: str
    rule: Rule
    unit: str
    left: int
    right: int


def count(
    connection: Connection,
    form: Table,
    period: ReportPeriod,
    units: Sequence[str],
    counting: CountingChoices = DEFAULT_COUNTING,
) -> TableFigures:
    """One table for some offices, in their order; opening balances of the period are in it."""
    return _count(connection, form, _asked(period, units, counting))


def _count(connection: Connection, form: Table, asked: Asked) -> TableFigures:
    units, width = asked.units, len(form.columns)
    found = books.sums(connection, form.code, asked)
    rows = {unit: with_sums(form, found.get(unit) or [0] * width) for unit in units}
    return TableFigures(form.code, rows)


def count_all(
    connection: Connection,
    period: ReportPeriod,
    units: Sequence[str],
    counting: CountingChoices = DEFAULT_COUNTING,
) -> tuple[TableFigures, ...]:
    """The six tables, in the order of the report."""
    with books.petitions_kept(connection, _asked(period, units, counting)) as asked:
        return tuple(_count(connection, form, asked) for form in tables())


def members(
    connection: Connection,
    form: Table,
    column: int,
    units: Sequence[str],
    period: ReportPeriod,
    counting: CountingChoices = DEFAULT_COUNTING,
    *,
    after: Cursor | None = None,
    limit: int = 256,
) -> MemberPage:
    """The records behind a figure of one office (or of the row "Tổng": of all), each with what it adds to it.

    The `amount` of all of them together is the figure. Nothing for a column that a person types.
    """
    columns = form.column(column).sum or (column,)
    rows, following = books.members(
        connection, form.code, columns, _asked(period, units, counting), after=after, limit=limit
    )
    return MemberPage(tuple(books.described(connection, rows)), following)


def left_out(
    connection: Connection,
    form: Table,
    units: Sequence[str],
    period: ReportPeriod,
    counting: CountingChoices = DEFAULT_COUNTING,
    *,
    limit: int = MOST_SUSPECTS,
) -> tuple[Omitted, ...]:
    """Records of the period that a table does not count, or counts in a column nobody chose, each with its reason."""
    return tuple(books.left_out(connection, form.code, _asked(period, units, counting), limit=limit))


def broken_rules(figures: Iterable[TableFigures]) -> list[BrokenRule]:
    """What does not add up, office by office. A rule that speaks of a table which is not there is not asked."""
    by_code = {one.table: one for one in figures}
    return [
        broken
        for code, one in by_code.items()
        for rule in table(code).rules
        for unit in one.rows
        if (broken := _broken(by_code, code, rule, unit)) is not None
    ]


def suspects(
    connection: Connection,
    broken: BrokenRule,
    period: ReportPeriod,
    counting: CountingChoices = DEFAULT_COUNTING,
    *,
    limit: int = MOST_SUSPECTS,
) -> tuple[Member, ...]:
    """The records that stand on one side of a broken rule only, or with another amount; none when it was typed."""
    asked = _asked(period, (broken.unit,), counting)
    left = _amounts(connection, broken.table, (broken.rule.left,), asked)
    right = _amounts(connection, broken.table, broken.rule.right, asked)
    wrong = {
        key
        for key in left.keys() | right.keys()
        if not broken.rule.holds(left[key].amount if key in left else 0, right[key].amount if key in right else 0)
    }
    found = [left.get(key) or right[key] for key in wrong]
    found.sort(key=lambda one: (one.day, one.id))
    return tuple(books.described(connection, found[:limit]))


def figures_of(rows: Iterable[FigureRow]) -> tuple[TableFigures, ...]:
    """The tables as a sent report kept them."""
    kept: dict[str, dict[str, tuple[int, ...]]] = {}
    for row in rows:
        kept.setdefault(row.form, {})[row.unit] = row.values
    return tuple(TableFigures(form, units) for form, units in kept.items())


def _asked(period: ReportPeriod, units: Sequence[str], counting: CountingChoices) -> Asked:
    return Asked(period.first, period.last, tuple(units), counting)


def _broken(by_code: Mapping[str, TableFigures], code: str, rule: Rule, unit: str) -> BrokenRule | None:
    terms = (rule.left, *rule.right)
    named = [by_code.get(term.table or code) for term in terms]
    if any(one is None or unit not in one.rows for one in named):
        return None
    values = [one.value(unit, term.column) for one, term in zip(named, terms, strict=True) if one is not None]
    left, right = values[0], sum(values[1:])
    return None if rule.holds(left, right) else BrokenRule(code, rule, unit, left, right)


def _amounts(connection: Connection, code: str, terms: Iterable[Term], asked: Asked) -> dict[tuple[str, str], Member]:
    """Record -> its member with all it adds to these columns."""
    found: dict[tuple[str, str], Member] = {}
    for term in terms:
        form = table(term.table or code)
        columns = form.column(term.column).sum or (term.column,)
        rows, _end = books.members(connection, form.code, columns, asked, after=None, limit=None)
        for one in rows:
            known = found.get((one.table, one.id))
            found[one.table, one.id] = replace(one, amount=one.amount + known.amount) if known else one
    return found
