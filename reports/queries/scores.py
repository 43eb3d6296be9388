"""Totals, ranks and clause points: the ranking pages, and the heads of explanations and statements."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from reports.queries.connection import SnapshotError, fetch


def snapshot_facts(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The one row of `snapshot`: month, season, rulebook, versions, final or not, demo or not.

    Raises:
        SnapshotError: the snapshot does not say what it is.
    """
    rows = fetch(con, "FROM marts.snapshot")
    if len(rows) != 1:
        raise SnapshotError(f"成果的 snapshot 表应只有一行，实有 {len(rows)} 行，请重新刷新。")
    return {"is_demo": False, **rows[0]}


def bureau_ranking(con: duckdb.DuckDBPyConnection, level: str | None = None) -> pl.DataFrame:
    """One row: a bureau with its total, maximum, ranks, award and groups, best first within its level."""
    return con.sql(
        """
        SELECT f.*, p.name AS prefecture_name
        FROM marts.region_final_score AS f
        LEFT JOIN marts.division AS p ON p.code = f.prefecture_code
        WHERE CAST($level AS VARCHAR) IS NULL OR f.level = $level
        ORDER BY f.level DESC, f.overall_rank, f.region_code
        """,
        params={"level": level},
    ).pl()


def officer_ranking(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: an officer with total, ranks, award and groups, best first."""
    return con.sql(
        """
        SELECT f.*, r.name AS region_name, p.name AS prefecture_name
        FROM marts.officer_final_score AS f
        LEFT JOIN marts.division AS r ON r.code = f.region_code
        LEFT JOIN marts.division AS p ON p.code = f.prefecture_code
        ORDER BY f.overall_rank, f.officer_id
        """
    ).pl()


def clause_matrix(con: duckdb.DuckDBPyConnection, subject: str) -> pl.DataFrame:
    """One row: an entity (`entity_id`) with a column of points for each clause, in the order of the annex.

    Args:
        con: an open snapshot.
        subject: `officer` or `bureau`.
    """
    lines = con.sql(
        "SELECT entity_id, clause_id, points FROM score_line WHERE subject = $subject ORDER BY ALL",
        params={"subject": subject},
    ).pl()
    wide = lines.pivot(on="clause_id", index="entity_id", values="points")
    order = [row["clause_id"] for row in clauses(con) if row["clause_id"] in wide.columns]
    return wide.select("entity_id", *order)


def clauses(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The clauses of the rulebook in the order of the annexes: one row a clause, with wording and maxima."""
    return fetch(con, "FROM marts.clause ORDER BY sort_no, clause_id")


def maxima(con: duckdb.DuckDBPyConnection, subject: str) -> list[dict[str, Any]]:
    """The groups that are scored for `subject` with their maxima, in the order of the annex."""
    return fetch(
        con,
        """
        SELECT group_id, any_value(group_title_zh) AS group_title_zh,
               any_value(group_max_points) AS group_max_points
        FROM marts.clause
        WHERE clause_id IN (SELECT clause_id FROM score_line WHERE subject = $subject)
        GROUP BY group_id
        ORDER BY min(sort_no)
        """,
        {"subject": subject},
    )
