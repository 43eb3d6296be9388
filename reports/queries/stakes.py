"""Failing rows with all their rules together, and the points that correcting them would give back."""

from __future__ import annotations

from typing import Any

import duckdb

from reports.queries.connection import fetch


def problem_records(
    con: duckdb.DuckDBPyConnection, subject: str, ids: list[str] | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """One row: a record with problems × an entity whose month it costs, costliest first.

    Args:
        con: an open snapshot.
        subject: `officer` or `bureau`.
        ids: the entities wanted; None for all.
        limit: at most so many for each entity and clause (`of` says how many there are); None for all.

    Returns:
        entity_id, clause_id, month, source, file, sheet, row_number, business_key, rules, messages,
        points_at_stake (points), of.
    """
    return fetch(
        con,
        """
        WITH costly AS (
            SELECT *, count(*) OVER (PARTITION BY entity_id, clause_id) AS of
            FROM marts.points_at_stake
            WHERE subject = $subject AND wanted($ids, entity_id)
            QUALIFY CAST($limit AS BIGINT) IS NULL OR row_number() OVER (
                PARTITION BY entity_id, clause_id ORDER BY points_at_stake DESC, file, sheet, row_number
            ) <= $limit
        )
        SELECT w.entity_id, w.clause_id, w.month, w.source, w.file, w.sheet, w.row_number, w.business_key,
               f.rules, f.messages, w.points_at_stake, w.of
        FROM costly AS w
        LEFT JOIN failing_row AS f
            ON f.source = w.source AND f.file = w.file AND f.sheet IS NOT DISTINCT FROM w.sheet
            AND f.row_number = w.row_number
        ORDER BY w.entity_id, w.clause_id, w.points_at_stake DESC, w.file, w.sheet, w.row_number
        """,
        {"subject": subject, "ids": ids, "limit": limit},
    )


def quarantined_rows(
    con: duckdb.DuckDBPyConnection, ids: list[str] | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """One row: a quarantined row × a bureau in whose cover it was reported (its county, its prefecture).

    Returns:
        entity_id, source, file, sheet, row_number, business_key, rules, messages, of.
    """
    return fetch(
        con,
        """
        WITH cover AS (
            SELECT code AS entity_id, code AS region_code
            FROM marts.division WHERE level IN ('prefecture', 'county')
            UNION ALL
            SELECT parent_code, code FROM marts.division WHERE level = 'county'
        )
        SELECT c.entity_id, f.source, f.file, f.sheet, f.row_number, f.business_key, f.rules, f.messages,
               count(*) OVER (PARTITION BY c.entity_id) AS of
        FROM cover AS c
        JOIN failing_row AS f USING (region_code)
        WHERE f.severity = 'fatal'
          AND wanted($ids, c.entity_id)
        QUALIFY CAST($limit AS BIGINT) IS NULL OR row_number() OVER (
            PARTITION BY c.entity_id ORDER BY f.source, f.file, f.sheet, f.row_number
        ) <= $limit
        ORDER BY c.entity_id, f.source, f.file, f.sheet, f.row_number
        """,
        {"ids": ids, "limit": limit},
    )
