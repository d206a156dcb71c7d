"""The balance sheet of an import: every operation that came in went somewhere, in all and for each kind of record."""

from __future__ import annotations

from dataclasses import dataclass, field

PARTS = ("new", "updated", "identical", "conflict", "refused")
"""Where an operation can go: a new record, a change, known already, two values side by side, kept aside."""


@dataclass(slots=True)
class Balance:
    """received = new + updated + identical + conflict + refused; `tables` holds the same parts by table."""

    received: int = 0
    new: int = 0
    updated: int = 0
    identical: int = 0
    conflict: int = 0
    refused: int = 0
    tables: dict[str, dict[str, int]] = field(default_factory=dict)

    def count(self, part: str, table: str, times: int = 1) -> None:
        """Enters operations on a table into one part of the sheet."""
        setattr(self, part, getattr(self, part) + times)
        of_table = self.tables.setdefault(table, {})
        of_table[part] = of_table.get(part, 0) + times

    @property
    def adds_up(self) -> bool:
        """Whether nothing was lost on the way, in all and kind by kind (sheets of the first versions have no kinds)."""
        parts = {part: getattr(self, part) for part in PARTS}
        if self.received != sum(parts.values()):
            return False
        by_table = {part: sum(of_table.get(part, 0) for of_table in self.tables.values()) for part in PARTS}
        return not self.tables or by_table == parts
