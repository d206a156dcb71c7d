"""What was written lately in the fields that repeat: offered while it is typed. Denunciations are left out."""

from __future__ import annotations

from collections import Counter
from typing import Final

from sqlalchemy import Connection

LAST: Final = 3000
"""So many of the last visits are looked at."""
MOST: Final = 40
FIELDS: Final = (
    "place",
    "attendees",
    "guided_to",
    "forwarded_to",
    "settled_by",
    "interpreter",
    "delegated_by",
    "id_place",
)


def recent_values(connection: Connection, office: str) -> dict[str, list[str]]:
    """Field -> its values in the last visits of an office, the most frequent first; "address" has parts of addresses.

    A body to which citizens were guided is offered for forwarding as well. Nothing comes from a denunciation.
    """
    columns = ", ".join((*FIELDS, "address"))
    sql = (
        f"SELECT {columns} FROM reception INDEXED BY reception_office WHERE office = ? "
        "AND removed = '' AND classification IS NOT 'denunciation' ORDER BY rid DESC LIMIT ?"
    )
    counted: dict[str, Counter[str]] = {name: Counter() for name in (*FIELDS, "address")}
    for row in connection.exec_driver_sql(sql, (office, LAST)):
        for name, value in zip(FIELDS, row, strict=False):
            if value:
                counted[name][value] += 1
        counted["address"].update(address_tails(row[-1]))
    bodies = counted["guided_to"] + counted["forwarded_to"]
    counted["guided_to"] = counted["forwarded_to"] = bodies
    once = {"address": 2}
    return {
        name: [value for value, times in counter.most_common(MOST) if times >= once.get(name, 1)]
        for name, counter in counted.items()
    }


def address_tails(address: str) -> list[str]:
    """The ends of an address that others share: "Số 1 phố A, phường B, Hà Nội" -> "phường B, Hà Nội", "Hà Nội"."""
    parts = [part.strip() for part in address.split(",")]
    return [", ".join(parts[at:]) for at in range(1, len(parts)) if parts[at]]
