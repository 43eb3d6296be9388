"""Which of the delivered rows count: keys, corrections, duplicates (SOURCES 1)."""

from __future__ import annotations

from typing import Any

from oracle.season import Delivery, Divisions, Row, Wrong

KEYS = {
    "inspection_records": ("record_id",),
    "officer_roster": ("month", "officer_id"),
    "transmission_rates": ("month", "region_code"),
}
REGION_COLUMNS = ("agency_code", "region_code", "site_region_code")


def as_read(row: Row, column: str, divisions: Divisions) -> Any:
    """A cell as it is stored: unreadable is blank, an old region code is the one that replaced it."""
    value = row.get(column)
    if isinstance(value, Wrong):
        return None
    if column in REGION_COLUMNS:
        return divisions.read(value)
    return value


def winners(
    deliveries: list[Delivery], source: str, as_of: str, divisions: Divisions
) -> list[tuple[Row, bool]]:
    """The row that counts for each key, with whether its own file holds another content for that key (D01).

    Rows whose key cannot be read are quarantined by a fatal rule, whichever, and left out.
    """
    files = sorted((d for d in deliveries if d.month <= as_of), key=lambda d: d.place)
    latest: dict[tuple[Any, ...], tuple[Row, int]] = {}
    contents: dict[tuple[tuple[Any, ...], int], set[str]] = {}
    for number, delivery in enumerate(files):
        for table in delivery.tables:
            if table.source != source:
                continue
            for row in table.rows:
                key = tuple(as_read(row, column, divisions) for column in KEYS[source])
                if any(part is None for part in key):
                    continue
                latest[key] = (row, number)
                content = repr([(column, as_read(row, column, divisions)) for column in sorted(row)])
                contents.setdefault((key, number), set()).add(content)
    return [(row, len(contents[key, number]) > 1) for key, (row, number) in latest.items()]
