"""A published marts.duckdb made from the expected tables of a reference season.

For tests of what reads marts (reports, dashboard, suites) without running a refresh.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

SEASONS = Path(__file__).parent / "reference-season"
INTEGERS = {
    "records",
    "mobile_records",
    "problem_records",
    "completeness_problem_records",
    "format_problem_records",
    "timeliness_problem_records",
    "headcount",
    "cert_holders",
    "active_holders",
    "expected_count",
    "immediate_count",
    "completed_count",
    "overall_rank",
    "rank_no",
    "nominated",
    "minimum",
    "maximum",
    "checked_rows",
    "broken_rows",
    "row_number",
    "replaced_by_row_number",
    "rows_below_header",
    "accepted_rows",
    "quarantined_rows",
    "duplicate_rows",
    "footer_rows",
    "blank_rows",
    "season_year",
}
DECIMALS = {
    "points",
    "max_points",
    "group_max_points",
    "base_points",
    "deduction",
    "total_points",
    *(f"i{i}" for i in range(1, 6)),
    *(f"c{i}" for i in range(1, 12)),
}
DOUBLES = {
    "problem_share",
    "per_capita",
    "activity_rate",
    "immediate_rate",
    "completed_rate",
    "ytd_immediate_rate",
    "ytd_completed_rate",
}
BOOLEANS = {"superseded", "goes_to_ministry"}
MONTHS = {"month", "roster_month", "delivery_month", "as_of_month"}


def column_type(name: str) -> str:
    """The DuckDB type of a column of the marts, by its name."""
    if name in MONTHS:
        return "DATE"
    if name.startswith(("is_", "has_")) or name in BOOLEANS:
        return "BOOLEAN"
    if name in INTEGERS:
        return "BIGINT"
    if name in DECIMALS:
        return "DECIMAL(9,4)"
    return "DOUBLE" if name in DOUBLES else "VARCHAR"


def build(path: Path, season: str = "a-messy-season", as_of: str = "2022-11") -> Path:
    """Write the expected tables of `season` as of `as_of` to `path`; cells marked free become null."""
    con = duckdb.connect()
    con.execute(f"ATTACH '{path}' AS fixture")
    con.execute("USE fixture")
    con.execute("CREATE SCHEMA marts")
    for csv in sorted((SEASONS / season / "expected" / as_of).glob("*.csv")):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE t AS FROM read_csv(?, all_varchar=true, nullstr=['', '*'])",
            [str(csv)],
        )
        columns = [row[0] for row in con.execute("DESCRIBE t").fetchall()]
        casts = ", ".join(f'CAST("{c}" AS {column_type(c)}) AS "{c}"' for c in columns)
        con.execute(f'CREATE TABLE marts."{csv.stem}" AS SELECT {casts} FROM t')
    con.close()
    return path
