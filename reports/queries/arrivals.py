"""What has arrived and what has not: files, rows and rosters by prefecture, source and month.

Missing is not zero: a cell says whether rows came, and where none came, what is known about that.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import polars as pl

from reports import words
from reports.queries.connection import fetch

# Sources that every prefecture delivers for every month (SOURCES.md 3.1–3.4), unlike registers and returns.
MONTHLY = ("inspection_records", "evidence_documents", "officer_roster", "transmission_rates")
ROSTER = "officer_roster"
# Sources whose rows name no region (SOURCES.md 3.2): they are in or missing for the region as a whole.
UNPLACED = ("evidence_documents",)
STATES = {
    "received": "已收到",
    "whole": "已收到（不分地州）",
    "no_rows": "文件已到，无该地数据",
    "missing": "未收到",
    "carried": "沿用以前月份名册",
    "later": "借用以后月份名册",
    "none": "无",
}


def arrival_board(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a prefecture (or the region's own agency) × source × month from January to the as-of month.

    The month of a roster is the one it is for, of every other source the month of its delivery.

    Returns:
        prefecture_code, prefecture_name, source, month, state (a key of `STATES`), rows (checked rows,
        null where
        nothing came), roster_month (of the roster in force, for rosters). `whole`: rows came, but this
        source names no
            prefectures; `missing`: a monthly source without a row
        of the prefecture, and no file of that source in the month; `no_rows`: files of the source came,
        without a
        row of the prefecture; `none`: a register without a row, which is in order. The region's own agency
        owes no monthly returns but its roster, so nothing of it is missing.
    """
    return con.sql(
        """
        WITH month AS (
            SELECT unnest(generate_series(date_trunc('year', as_of_month), as_of_month, INTERVAL 1
                   MONTH))::DATE AS month
            FROM marts.snapshot
        ),
        source AS (SELECT DISTINCT source FROM marts.rule WHERE source IS NOT NULL),
        unit AS (SELECT code, name, level FROM marts.division WHERE level IN ('region', 'prefecture')),
        received AS (
            SELECT prefecture_code, source, delivery_month, max(checked_rows) AS rows
            FROM marts.data_quality_monthly
            GROUP BY ALL
        ),
        file AS (
            SELECT source, delivery_month, count(DISTINCT file) AS files
            FROM marts.delivery_file
            WHERE status = 'accepted'
            GROUP BY ALL
        )
        SELECT
            u.code AS prefecture_code,
            CASE WHEN u.level = 'region' THEN '自治区本级' ELSE u.name END AS prefecture_name,
            s.source,
            m.month,
            CASE
                WHEN s.source = $roster THEN CASE
                    WHEN r.roster_month = m.month THEN 'received'
                    WHEN r.roster_month < m.month THEN 'carried'
                    WHEN r.roster_month > m.month THEN 'later'
                    WHEN u.level = 'region' THEN 'none'
                    ELSE 'missing' END
                WHEN q.rows IS NOT NULL THEN 'received'
                WHEN w.rows IS NOT NULL THEN 'whole'
                WHEN NOT list_contains($monthly, s.source) OR u.level = 'region' THEN 'none'
                WHEN f.files IS NOT NULL THEN 'no_rows'
                ELSE 'missing'
            END AS state,
            CASE WHEN s.source <> $roster THEN q.rows END AS rows,
            CASE WHEN s.source = $roster THEN r.roster_month END AS roster_month
        FROM unit AS u
        CROSS JOIN source AS s
        CROSS JOIN month AS m
        LEFT JOIN received AS q
            ON q.prefecture_code = u.code AND q.source = s.source AND q.delivery_month = m.month
        LEFT JOIN received AS w
            ON w.prefecture_code IS NULL AND w.source = s.source AND w.delivery_month = m.month
            AND list_contains($unplaced, s.source)
        LEFT JOIN file AS f ON f.source = s.source AND f.delivery_month = m.month
        LEFT JOIN marts.roster_in_force AS r
            ON s.source = $roster AND r.prefecture_code = u.code AND r.month = m.month
        ORDER BY u.code, s.source, m.month
        """,
        params={"roster": ROSTER, "monthly": list(MONTHLY), "unplaced": list(UNPLACED)},
    ).pl()


def gaps(board: pl.DataFrame) -> pl.DataFrame:
    """One row: a source of a prefecture with months that are not in, by state.

    Returns:
        prefecture_name, source, state, months (joined with 、, as YYYY-MM, or 全部).
    """
    all_months = board["month"].n_unique()
    return (
        board.filter(pl.col("state").is_in(["missing", "no_rows", "carried", "later"]))
        .sort("prefecture_code", "source", "state", "month")
        .group_by("prefecture_code", "prefecture_name", "source", "state", maintain_order=True)
        .agg(
            pl.when(pl.len() == all_months)
            .then(pl.lit(f"全部 {all_months} 个月"))
            .otherwise(pl.col("month").dt.strftime("%Y-%m").str.join("、"))
            .alias("months")
        )
        .drop("prefecture_code")
    )


def refused_files(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a file, or a sheet of one, that was refused, with the reason."""
    return con.sql(
        """
        SELECT delivery_month, file, skipped_sheets, reason
        FROM marts.delivery_file WHERE status = 'refused'
        ORDER BY delivery_month DESC, file, reason
        """
    ).pl()


def delivered_files(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a file and a source in it, with what became of its rows."""
    return con.sql(
        """
        SELECT delivery_month, file, source, status, rows_below_header, accepted_rows, quarantined_rows,
               duplicate_rows, footer_rows, blank_rows, ignored_columns, skipped_sheets, reason
        FROM marts.delivery_file
        ORDER BY delivery_month DESC, file, source
        """
    ).pl()


def totals(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Counts over the snapshot: files and refused ones, rows by what became of them, problem rows."""
    return fetch(
        con,
        """
        SELECT
            count(DISTINCT file) AS files,
            count(DISTINCT file) FILTER (WHERE status = 'refused') AS refused_files,
            coalesce(sum(rows_below_header), 0) AS rows_below_header,
            coalesce(sum(accepted_rows), 0) AS accepted_rows,
            coalesce(sum(quarantined_rows), 0) AS quarantined_rows,
            coalesce(sum(duplicate_rows), 0) AS duplicate_rows,
            (SELECT count(*) FROM failing_row WHERE severity = 'problem') AS problem_rows
        FROM marts.delivery_file
        """,
    )[0]


def calendar(con: duckdb.DuckDBPyConnection, today: date) -> list[dict[str, Any]]:
    """One row: a date of the notice's calendar, with `days_left` (below 0: passed) and `is_next`."""
    rows = fetch(con, "SELECT event_zh, due_on FROM marts.calendar ORDER BY due_on, event_zh")
    coming = [row["due_on"] for row in rows if row["due_on"] >= today]
    return [
        row
        | {"days_left": (row["due_on"] - today).days, "is_next": bool(coming) and row["due_on"] == coming[0]}
        for row in rows
    ]


def source_name(source: str | None) -> str:
    """The Chinese name of a source; empty for none."""
    return words.SOURCES.get(source, source) if source else ""
