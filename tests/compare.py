"""Compare marts with the expected tables of a reference season, as its README says."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

SEASONS = Path(__file__).parent / "reference-season"
NEVER_COMPARED = {"basis", "message_zh", "reason", "value", "encoding", "column_name"}
TOLERANCE = 1e-4
KEYS = {
    "snapshot": ("as_of_month",),
    "officer_monthly_record_score": ("month", "officer_id"),
    "region_monthly_record_score": ("month", "region_code"),
    "region_activity_rate": ("month", "region_code"),
    "region_transmission_rate": ("month", "region_code"),
    "officer_indicator_score": ("officer_id", "clause_id"),
    "officer_final_score": ("officer_id",),
    "region_indicator_score": ("region_code", "clause_id"),
    "region_final_score": ("region_code",),
    "nomination_check": ("prefecture_code", "nomination_kind"),
    "roster_in_force": ("month", "prefecture_code"),
    "data_quality_monthly": ("source", "delivery_month", "prefecture_code", "rule_id"),
    "quality_issue": ("source", "file", "sheet", "row_number", "rule_id"),
    "superseded_row": ("source", "file", "sheet", "row_number"),
    "delivery_file": ("file", "source"),
    "clause": ("clause_id",),
    "rule": ("rule_id", "source"),
}


def expected_files(season: str, month: str) -> list[Path]:
    """The expected tables of a season as of a month."""
    return sorted((SEASONS / season / "expected" / month).glob("*.csv"))


def text(value: Any) -> str:
    """A value of a mart as the expected files write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def same(expected: str, actual: str) -> bool:
    """Whether a cell is as expected: free, equal, or a number within the tolerance."""
    if expected in ("*", actual):
        return True
    try:
        return abs(float(expected) - float(actual)) <= TOLERANCE
    except ValueError:
        return expected + "-01" == actual  # a month may be written YYYY-MM


def differences(
    con: duckdb.DuckDBPyConnection, table: str, expected_file: Path, schema: str = "marts"
) -> list[str]:
    """Every difference between a mart and its expected file, in words; empty where they are the same."""
    with expected_file.open(encoding="utf-8", newline="") as handle:
        expected = list(csv.DictReader(handle))
    cursor = con.execute(f'SELECT * FROM {schema}."{table}"')
    names = [column[0] for column in cursor.description]
    actual = [dict(zip(names, map(text, row), strict=True)) for row in cursor.fetchall()]
    keys = KEYS[table]
    if expected:
        missing_columns = set(expected[0]) - set(names)
        if missing_columns:
            return [f"{table}: columns missing {sorted(missing_columns)}"]

    def keyed(rows: list[dict[str, str]]) -> dict[tuple[Any, ...], dict[str, str]]:
        seen: Counter[tuple[str, ...]] = Counter()
        result = {}
        for row in rows:
            key = tuple(row[k] for k in keys)
            seen[key] += 1
            result[(*key, seen[key])] = row
        return result

    left, right = keyed(expected), keyed(actual)
    found = [f"{table}: missing {key}: {left[key]}" for key in left.keys() - right.keys()]
    found += [f"{table}: extra {key}: {right[key]}" for key in right.keys() - left.keys()]
    found += [
        f"{table}: {key} {name}: expected {row[name]!r}, is {right[key][name]!r}"
        for key, row in left.items()
        if key in right
        for name in row
        if name not in NEVER_COMPARED and not same(row[name], right[key][name])
    ]
    return sorted(found)
