"""What changed between two snapshots: totals, ranks and awards, files, problems.

The connection is opened with `open_snapshot(path, earlier=…)`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from reports.queries.connection import fetch, list_snapshots, open_snapshot


def previous_snapshot(marts: Path, snapshot: Path) -> Path | None:
    """The snapshot to compare with; None where there is none.

    The one published last before `snapshot` for its own month, or else for the latest month before it.
    """
    own_month, own_time = _stamp(snapshot)
    others = [(*_stamp(path), path) for path in list_snapshots(marts) if path.resolve() != snapshot.resolve()]
    same = [(time, path) for month, time, path in others if month == own_month and time <= own_time]
    if same:
        return max(same)[1]
    before = [(month, time, path) for month, time, path in others if month < own_month]
    return max(before)[2] if before else None


def facts(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """What differs in general: months, publication, whether rules or code changed, counts then and now."""
    return fetch(
        con,
        """
        SELECT n.as_of_month AS month_now, o.as_of_month AS month_then, n.published_at AS published_now,
               o.published_at AS published_then, n.rulebook_sha256 <> o.rulebook_sha256 AS is_other_rulebook,
               n.code_version <> o.code_version AS is_other_code, n.raw_sha256 <> o.raw_sha256 AS
                   is_other_data,
               (SELECT count(DISTINCT file) FROM marts.delivery_file) AS files_now,
               (SELECT count(DISTINCT file) FROM earlier.delivery_file) AS files_then,
               (SELECT count(*) FROM marts.quality_issue WHERE NOT superseded) AS issues_now,
               (SELECT count(*) FROM earlier.quality_issue WHERE NOT superseded) AS issues_then
        FROM marts.snapshot AS n CROSS JOIN earlier.snapshot AS o
        """,
    )[0]


def changed_bureaus(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a bureau whose total, rank or award differs, or that is new or gone; largest change first."""
    return con.sql(
        """
        SELECT coalesce(n.region_code, o.region_code) AS region_code,
               coalesce(n.region_name, o.region_name) AS region_name,
               coalesce(n.level, o.level) AS level,
               o.total_points AS total_then, n.total_points AS total_now,
               n.total_points - o.total_points AS difference,
               o.overall_rank AS rank_then, n.overall_rank AS rank_now,
               o.award_status AS award_then, n.award_status AS award_now
        FROM marts.region_final_score AS n
        FULL JOIN earlier.region_final_score AS o ON o.region_code = n.region_code
        WHERE n.total_points IS DISTINCT FROM o.total_points OR n.overall_rank IS DISTINCT FROM o.overall_rank
           OR n.award_status IS DISTINCT FROM o.award_status
        ORDER BY abs(n.total_points - o.total_points) DESC NULLS FIRST, region_code
        """
    ).pl()


def changed_officers(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many officers are new, gone, and have another total or award."""
    return fetch(
        con,
        """
        SELECT count(*) FILTER (WHERE o.officer_id IS NULL) AS new,
               count(*) FILTER (WHERE n.officer_id IS NULL) AS gone,
               count(*) FILTER (WHERE n.total_points <> o.total_points) AS other_total,
               count(*) FILTER (WHERE n.award_status IS DISTINCT FROM o.award_status
                                AND n.officer_id IS NOT NULL AND o.officer_id IS NOT NULL) AS other_award
        FROM marts.officer_final_score AS n
        FULL JOIN earlier.officer_final_score AS o ON o.officer_id = n.officer_id
        """,
    )[0]


def new_files(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a file that came, went or changed since."""
    return con.sql(
        """
        WITH now AS (SELECT DISTINCT file, sha256, delivery_month FROM marts.delivery_file),
             was AS (SELECT DISTINCT file, sha256, delivery_month FROM earlier.delivery_file)
        SELECT coalesce(n.delivery_month, o.delivery_month) AS delivery_month,
               coalesce(n.file, o.file) AS file,
               CASE WHEN o.file IS NULL THEN 'added' WHEN n.file IS NULL THEN 'removed' ELSE 'changed' END
                   AS change
        FROM now AS n
        FULL JOIN was AS o ON o.file = n.file
        WHERE o.file IS NULL OR n.file IS NULL OR n.sha256 IS DISTINCT FROM o.sha256
        ORDER BY ALL
        """
    ).pl()


def _stamp(path: Path) -> tuple[str, str]:
    con = open_snapshot(path)
    try:
        row = fetch(con, "SELECT as_of_month, published_at FROM marts.snapshot")[0]
    finally:
        con.close()
    return f"{row['as_of_month']:%Y-%m}", str(row["published_at"])
