"""Failing rows with all their rules together, and the points that correcting them would give back."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

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


def add_up(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table `listed_row` where it is not made yet: the failing rows as they stand on the lists.

    One row: a failing row with all its rules; by list and bureau (null: no bureau of the appraisal),
    costliest for its bureau first. Points at stake: own_points (of bureau_code), prefecture_points (of the
    prefecture above a county), officer_points (of all officers credited together), officers.

    `failing_row` is read from it from then on, so that the failing rows are put together only once.
    """
    con.execute(
        """
        CREATE TABLE IF NOT EXISTS listed_row AS
        WITH bureau AS (
            SELECT code, level, CASE level WHEN 'county' THEN parent_code ELSE code END AS prefecture_code
            FROM marts.division WHERE level IN ('prefecture', 'county')
        ),
        stake AS (
            SELECT
                p.source, p.file, p.sheet, p.row_number,
                -- Of the bureaus that a row costs points at most one is a county, and one a prefecture.
                any_value(p.entity_id) FILTER (b.level = 'county') AS county,
                any_value(p.points_at_stake) FILTER (b.level = 'county') AS county_points,
                any_value(p.entity_id) FILTER (b.level = 'prefecture') AS prefecture,
                any_value(p.points_at_stake) FILTER (b.level = 'prefecture') AS prefecture_points,
                sum(p.points_at_stake) FILTER (p.subject = 'officer') AS officer_points,
                count(*) FILTER (p.subject = 'officer') AS officers
            FROM marts.points_at_stake AS p
            LEFT JOIN bureau AS b ON p.subject = 'bureau' AND b.code = p.entity_id
            GROUP BY p.source, p.file, p.sheet, p.row_number
        )
        SELECT
            b.prefecture_code, b.code AS bureau_code, f.*,
            CASE b.code WHEN s.county THEN s.county_points WHEN s.prefecture THEN s.prefecture_points END
                AS own_points,
            CASE WHEN b.level = 'county' AND s.prefecture = b.prefecture_code THEN s.prefecture_points END
                AS prefecture_points,
            s.officer_points, s.officers
        FROM failing_row AS f
        LEFT JOIN bureau AS b ON b.code = f.region_code
        LEFT JOIN stake AS s
            ON s.source = f.source AND s.file = f.file AND s.sheet IS NOT DISTINCT FROM f.sheet
            AND s.row_number = f.row_number
        ORDER BY
            b.prefecture_code, b.code, coalesce(own_points, 0) DESC, coalesce(prefecture_points, 0) DESC,
            coalesce(s.officer_points, 0) DESC,
            CASE f.severity WHEN 'fatal' THEN 'a' WHEN 'problem' THEN 'b' ELSE 'c' END,
            f.delivery_month, f.source, f.file, f.sheet, f.row_number
        """
    )
    con.execute(
        """
        CREATE OR REPLACE VIEW failing_row AS
        SELECT source, delivery_month, file, sheet, row_number, business_key, region_code, severity,
               dimensions, rules, messages
        FROM listed_row
        """
    )


def problem_list(con: duckdb.DuckDBPyConnection, prefecture: str | None) -> pl.DataFrame:
    """The part of `listed_row` on the list of a prefecture; None: the rows of no bureau of the appraisal.

    In the order in which they were put into the table: DuckDB keeps it, and sorting them again took as long
    as reading them.
    """
    found = con.sql("FROM listed_row WHERE prefecture_code IS NOT DISTINCT FROM ?", params=[prefecture])
    # `found.pl()` would import pyarrow, which takes longer than to read the lists of a season.
    return pl.scan_arrow_c_stream(found).collect()


def corrected_rows(con: duckdb.DuckDBPyConnection) -> dict[str | None, int]:
    """Region code → how many failing rows were replaced by a later delivery and need nothing more."""
    rows = con.execute(
        """
        SELECT region_code, count(DISTINCT (source, file, sheet, row_number))
        FROM marts.quality_issue WHERE superseded GROUP BY region_code
        """
    ).fetchall()
    return dict(rows)


def divisions(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The prefectures and counties of the appraisal: code, name, prefecture_code, level; own agency first."""
    return fetch(
        con,
        """
        SELECT code, name, level, CASE level WHEN 'county' THEN parent_code ELSE code END AS prefecture_code
        FROM marts.division WHERE level IN ('prefecture', 'county') ORDER BY prefecture_code, code
        """,
    )


def region_codes(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The codes of the region's own agency."""
    rows = con.execute("SELECT code FROM marts.division WHERE level = 'region'").fetchall()
    return {code for (code,) in rows}
