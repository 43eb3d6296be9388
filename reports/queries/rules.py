"""The rulebook and the quality rules as they are in force in a snapshot."""

from __future__ import annotations

import duckdb
import polars as pl


def clauses(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a scored clause with wording, reading and formula, in the order of the annexes."""
    return con.sql(
        """
        SELECT clause_id, group_id, group_title_zh, group_max_points, annex, subject, title_zh, max_points,
               quote_zh, reading, formula_zh, source
        FROM marts.clause
        ORDER BY sort_no, clause_id
        """
    ).pl()


def parameters(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a number or word of the rulebook, with its label where there is one; bands: `thresholds`."""
    return con.sql(
        """
        SELECT p.clause_id, p.level, coalesce(l.label_zh, p.name) AS label_zh, p.value, l.unit_zh
        FROM marts.parameter AS p
        LEFT JOIN marts.label AS l ON l.key = p.name
        WHERE NOT regexp_matches(p.name, '[≥>]')
        ORDER BY p.clause_id NULLS FIRST, p.level, p.name, p.value
        """
    ).pl()


def thresholds(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a limit at which the points of a clause change."""
    return con.sql(
        """
        SELECT t.clause_id, t.level, coalesce(l.label_zh, t.name) AS label_zh, t.lower_limit, t.is_inclusive,
               t.points
        FROM marts.threshold AS t
        LEFT JOIN marts.label AS l ON l.key = t.name
        ORDER BY t.clause_id, t.level, t.name, t.lower_limit
        """
    ).pl()


def quality_rules(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a quality rule (source null: for every source), with the rows that it catches now."""
    return con.sql(
        """
        SELECT r.rule_id, r.source, r.dimension, r.severity, r.message_zh,
               coalesce(q.broken_rows, 0) AS broken_rows
        FROM marts.rule AS r
        LEFT JOIN (
            SELECT rule_id, CAST(sum(broken_rows) AS BIGINT) AS broken_rows
            FROM marts.data_quality_monthly GROUP BY rule_id
        ) AS q USING (rule_id)
        ORDER BY r.source NULLS LAST, r.rule_id
        """
    ).pl()


def search(frame: pl.DataFrame, text: str) -> pl.DataFrame:
    """The rows in which every word of `text` occurs in some text column, whatever its case."""
    for word in text.lower().split():
        columns = [name for name, kind in frame.schema.items() if kind == pl.String]
        frame = frame.filter(
            pl.any_horizontal(
                pl.col(columns).fill_null("").str.to_lowercase().str.contains(word, literal=True)
            )
        )
    return frame
