"""The marts that list: issues, superseded rows, counts of files, points at stake."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from oracle_all.rows import ALL_RULES
from oracle_all.season import Season

COUNTS = (
    "rows_below_header",
    "accepted_rows",
    "quarantined_rows",
    "duplicate_rows",
    "footer_rows",
    "blank_rows",
)
ISSUE_COLUMNS = (
    "source",
    "delivery_month",
    "file",
    "sheet",
    "row_number",
    "rule_id",
    "severity",
    "region_code",
    "superseded",
)
SUPERSEDED_COLUMNS = (
    "source",
    "file",
    "sheet",
    "row_number",
    "replaced_by_file",
    "replaced_by_sheet",
    "replaced_by_row_number",
    "is_correction",
)
STAKE_COLUMNS = ("month", "file", "sheet", "row_number", "subject", "entity_id")
TOLERANCE = Fraction(1, 10**4)
Values = tuple[Any, ...]


def list_differences(
    season: Season, warehouse: Path, read: Callable[[str], list[dict[str, Any]]]
) -> Iterator[str]:
    """Differences in the marts that list, in words.

    Args:
        season: this calculation.
        warehouse: the closed working database.
        read: gives the rows of a mart of the refresh.
    """
    for table, columns, expected in (
        ("quality_issue", ISSUE_COLUMNS, _issues(season)),
        ("superseded_row", SUPERSEDED_COLUMNS, _superseded(season)),
    ):
        actual = Counter(tuple(row[name] for name in columns) for row in read(table))
        yield from (f"{table}: missing {values}" for values in sorted((expected - actual), key=str))
        yield from (f"{table}: extra {values}" for values in sorted((actual - expected), key=str))
    counts = _file_counts(season, warehouse)
    accepted = [row for row in read("delivery_file") if row["status"] == "accepted"]
    for row in accepted:
        expected_counts = counts.pop((row["file"], row["source"]), Counter())
        for name in COUNTS:
            if row[name] != expected_counts[name]:
                yield (
                    f"delivery_file {row['file']} {row['source']} {name}: "
                    f"should be {expected_counts[name]}, is {row[name]}"
                )
    yield from (f"delivery_file: missing {key}" for key in counts)
    stake = _points_at_stake(season)
    actual_stake = {
        tuple(row[name] for name in STAKE_COLUMNS): row["points_at_stake"] for row in read("points_at_stake")
    }
    for key in sorted(stake.keys() | actual_stake.keys(), key=str):
        points, actual_points = stake.get(key), actual_stake.get(key)
        if points is None or actual_points is None or abs(points - Fraction(actual_points)) > TOLERANCE:
            shown = None if points is None else float(points)
            yield f"points_at_stake {key}: should be {shown}, is {actual_points}"


def _issues(season: Season) -> Counter[Values]:
    """Each rule that a row breaks, X01 once for each cell that cannot be read: `ISSUE_COLUMNS`."""
    return Counter(
        (
            row.source,
            row.month,
            row.file,
            row.sheet,
            row.number,
            rule,
            ALL_RULES[row.source][rule][1],
            row.region,
            row.winner is not None,
        )
        for row in season.rows
        for rule in row.listed
        for _ in (row.unreadable if rule == "X01" else [rule])
    )


def _superseded(season: Season) -> Counter[Values]:
    """Each row that a later one of its key replaced: `SUPERSEDED_COLUMNS`."""
    return Counter(
        (
            row.source,
            row.file,
            row.sheet,
            row.number,
            row.winner.file,
            row.winner.sheet,
            row.winner.number,
            row.content != row.winner.content,
        )
        for row in season.rows
        if row.winner is not None
    )


def _file_counts(season: Season, warehouse: Path) -> dict[tuple[str, str], Counter[str]]:
    """File and source → `COUNTS`. How many rows a sheet has is what reading says."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in season.rows:
        fate = "duplicate_rows" if row.winner else "accepted_rows" if row.accepted else "quarantined_rows"
        counts[row.file, row.source][fate] += 1
    with duckdb.connect(warehouse, read_only=True) as con:
        parts = con.execute(
            """
            SELECT d.file, p.source, p.rows_below_header, p.footer_rows, p.blank_rows
            FROM raw.delivery AS d
            JOIN raw.content_part AS p USING (content_id)
            WHERE p.status = 'accepted' AND d.delivery_month <= ?
            """,
            [season.as_of],
        ).fetchall()
    for file, source, below_header, footers, blanks in parts:
        counts[file, source].update(rows_below_header=below_header, footer_rows=footers, blank_rows=blanks)
    return counts


def _points_at_stake(season: Season) -> dict[Values, Fraction]:
    """`STAKE_COLUMNS` → the month's deduction over its problem records, for each whom one counts for."""
    found: dict[Values, Fraction] = {}
    terminals = season.book.terms("I3.1", "upload_terminal") if "I3.1" in season.book.clauses else []
    for record in season.records:
        if not record.dimensions or record.month not in season.months:
            continue
        entities = [
            ("officer", officer, season.officer_month.get((record.month, officer)))
            for officer in record.officers
            if record.row.upload_terminal in terminals
        ]
        entities += [
            ("bureau", bureau, season.region_month[record.month, bureau])
            for bureau in season.bureaus
            if record.row.agency_code in season.covers[bureau]
        ]
        for subject, entity, scored in entities:
            if scored and scored["deduction"]:
                key = (record.month, record.row.file, record.row.sheet, record.row.number, subject, entity)
                found[key] = scored["deduction"] / scored["problem_records"]
    return found
