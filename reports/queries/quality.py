"""The quality of the data: shares by county, rule and month, trends, and the rows behind a cell."""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

# A figure of the heat map county × month → its count of records in the monthly table.
MEASURES = {
    "any": "problem_records",
    "completeness": "completeness_problem_records",
    "format": "format_problem_records",
    "timeliness": "timeliness_problem_records",
}
DIMENSIONS = {"completeness": "完整性", "format": "规范性", "timeliness": "时效性"}
NAME_COLUMNS = ("inspector_names", "officer_name")
ISSUE_COLUMNS = (
    "source", "delivery_month", "record_month", "region_code", "region_name", "file", "sheet", "row_number",
    "business_key", "severity", "dimensions", "rules", "messages", "bureau_points", "officer_points",
)  # fmt: skip


def by_bureau_month(con: duckdb.DuckDBPyConnection, level: str | None = None) -> pl.DataFrame:
    """One row: a bureau in a month, its effective inspection records and those with problems.

    Shares are 0 … 1 and null where there is no record (missing is not zero). The month is the record's
    own (its
    upload). Prefectures hold the records of their counties too.

    Args:
        con: an open snapshot.
        level: `prefecture` or `county`; None for both.
    """
    shares = ", ".join(f"{count} / nullif(records, 0) AS {name}_share" for name, count in MEASURES.items())
    return con.sql(
        f"""
        SELECT m.month, m.region_code, m.region_name, m.level, p.code AS prefecture_code,
               p.name AS prefecture_name, m.records, m.problem_records, m.completeness_problem_records,
               m.format_problem_records, m.timeliness_problem_records, m.deduction, {shares}
        FROM marts.region_monthly_record_score AS m
        LEFT JOIN marts.division AS p ON p.code = left(m.region_code, 4) || '00'
        WHERE CAST($level AS VARCHAR) IS NULL OR m.level = $level
        ORDER BY m.region_code, m.month
        """,  # noqa: S608 - names of ours
        params={"level": level},
    ).pl()


def by_rule_month(
    con: duckdb.DuckDBPyConnection, source: str | None = None, prefecture_code: str | None = None
) -> pl.DataFrame:
    """One row: a rule that was broken in any month × delivery month with checked rows.

    Args:
        con: an open snapshot.
        source: only this source; None for all.
        prefecture_code: only rows of this prefecture (650000: the region's own); None for all.

    Returns:
        source, rule_id, rule_source (null: a rule of every source), dimension, severity, message_zh,
        delivery_month, checked_rows, broken_rows, share (0 … 1).
    """
    return con.sql(
        """
        WITH counted AS (
            SELECT source, rule_id, delivery_month, sum(checked_rows) AS checked_rows,
                   sum(broken_rows) AS broken_rows
            FROM marts.data_quality_monthly
            WHERE (CAST($source AS VARCHAR) IS NULL OR source = $source)
              AND (CAST($prefecture AS VARCHAR) IS NULL OR prefecture_code = $prefecture)
            GROUP BY source, rule_id, delivery_month
            QUALIFY sum(sum(broken_rows)) OVER (PARTITION BY source, rule_id) > 0
        )
        SELECT c.source, c.rule_id, r.source AS rule_source, r.dimension, r.severity, r.message_zh,
               c.delivery_month,
               CAST(c.checked_rows AS BIGINT) AS checked_rows, CAST(c.broken_rows AS BIGINT) AS broken_rows,
               c.broken_rows / nullif(c.checked_rows, 0) AS share
        FROM counted AS c
        LEFT JOIN marts.rule AS r USING (rule_id)
        ORDER BY c.source, c.rule_id, c.delivery_month
        """,
        params={"source": source, "prefecture": prefecture_code},
    ).pl()


def trend(con: duckdb.DuckDBPyConnection, region_code: str | None = None) -> pl.DataFrame:
    """One row: a month × measure: the share of effective inspection records with a problem of that kind.

    Args:
        con: an open snapshot.
        region_code: a bureau; None for all prefectures together.

    Returns:
        month, measure (a key of `MEASURES`), records, problem_records, share (0 … 1; null without records).
    """
    return con.sql(
        """
        WITH summed AS (
            SELECT month, sum(records) AS records, sum(problem_records) AS "any",
                   sum(completeness_problem_records) AS completeness, sum(format_problem_records) AS format,
                   sum(timeliness_problem_records) AS timeliness
            FROM marts.region_monthly_record_score
            WHERE CASE WHEN CAST($region AS VARCHAR) IS NULL THEN level = 'prefecture' ELSE region_code =
                $region END
            GROUP BY month
        )
        SELECT month, measure, CAST(records AS BIGINT) AS records,
               CAST(problem_records AS BIGINT) AS problem_records, problem_records / nullif(records, 0) AS
                   share
        FROM (UNPIVOT summed ON "any", completeness, format, timeliness INTO NAME measure VALUE
            problem_records)
        ORDER BY month, measure
        """,
        params={"region": region_code},
    ).pl()


def failing_rows(
    con: duckdb.DuckDBPyConnection,
    *,
    source: str | None = None,
    region_code: str | None = None,
    rule_id: str | None = None,
    dimension: str | None = None,
    severity: str | None = None,
    delivery_month: date | None = None,
    record_month: date | None = None,
    only_counted: bool = False,
    hide_names: bool = True,
) -> pl.DataFrame:
    """One row: a delivered row, not replaced since, that breaks rules, with all its rules.

    Args:
        con: an open snapshot.
        source: only this source.
        region_code: only rows of this county; of a prefecture (XXXX00), its counties' too.
        rule_id: only rows that broke this rule.
        dimension: only rows with a broken rule of this dimension (完整性, 规范性, 时效性); with
        `only_counted`,
            with a problem of it, as the monthly shares count them.
        severity: only rows whose worst rule is of this severity.
        delivery_month: only rows of this folder.
        record_month: only effective inspection records of this month (their upload).
        only_counted: only effective inspection records with a problem: those that stand in the shares.
        hide_names: the cells of columns with names of persons are not quoted.

    Returns:
        `ISSUE_COLUMNS`; bureau_points and officer_points: what correcting the row would win back
        (points), for
        the bureau of its region alone and for the officers together; null where it costs nothing.
    """
    return con.sql(
        """
        WITH wanted_issue AS (
            SELECT DISTINCT source, file, sheet, row_number
            FROM marts.quality_issue
            WHERE NOT superseded
              AND (CAST($source AS VARCHAR) IS NULL OR source = $source)
              AND (CAST($rule_id AS VARCHAR) IS NULL OR rule_id = $rule_id)
              AND (CAST($dimension AS VARCHAR) IS NULL OR dimension = $dimension)
              AND (CAST($delivery_month AS DATE) IS NULL OR delivery_month = $delivery_month)
              AND (CAST($record_month AS DATE) IS NULL OR record_month = $record_month)
              AND (NOT $only_counted OR (record_month IS NOT NULL AND severity = 'problem'))
              AND (
                  CAST($region AS VARCHAR) IS NULL OR region_code = $region
                  OR ($region LIKE '%00' AND $region NOT LIKE '%0000' AND left(region_code, 4) =
                      left($region, 4))
              )
        ),
        stake AS (
            SELECT s.file, s.sheet, s.row_number, s.source,
                   sum(s.points_at_stake) FILTER (WHERE s.subject = 'officer') AS officer_points,
                   max_by(s.points_at_stake, s.entity_id NOT LIKE '%00') FILTER (WHERE s.subject = 'bureau')
                       AS bureau_points
            FROM marts.points_at_stake AS s
            GROUP BY ALL
        ),
        failing AS (
            SELECT
                source, delivery_month, file, sheet, row_number,
                any_value(business_key) AS business_key,
                any_value(region_code) AS region_code,
                any_value(record_month) AS record_month,
                CASE WHEN bool_or(severity = 'fatal') THEN 'fatal'
                     WHEN bool_or(severity = 'problem') THEN 'problem' ELSE 'notice' END AS severity,
                string_agg(DISTINCT dimension, '、' ORDER BY dimension) AS dimensions,
                string_agg(DISTINCT rule_id, '、' ORDER BY rule_id) AS rules,
                string_agg(
                    rule_id || ' ' || coalesce(message_zh, '')
                        || CASE WHEN value IS NULL OR ($hide_names AND list_contains($name_columns,
                            column_name))
                                THEN '' ELSE '（填报值：' || value || '）' END,
                    chr(10) ORDER BY rule_id, column_name, value
                ) AS messages
            FROM marts.quality_issue
            WHERE NOT superseded
            GROUP BY source, delivery_month, file, sheet, row_number
        )
        SELECT f.source, f.delivery_month, f.record_month, f.region_code, d.name AS region_name, f.file,
               f.sheet,
               f.row_number, f.business_key, f.severity, f.dimensions, f.rules, f.messages,
               s.bureau_points, s.officer_points
        FROM failing AS f
        SEMI JOIN wanted_issue AS w
            ON w.source = f.source AND w.file = f.file AND w.sheet IS NOT DISTINCT FROM f.sheet
            AND w.row_number = f.row_number
        LEFT JOIN stake AS s
            ON s.source = f.source AND s.file = f.file AND s.sheet IS NOT DISTINCT FROM f.sheet
            AND s.row_number = f.row_number
        LEFT JOIN marts.division AS d ON d.code = f.region_code
        WHERE CAST($severity AS VARCHAR) IS NULL OR f.severity = $severity
        ORDER BY s.bureau_points DESC NULLS LAST, f.delivery_month, f.file, f.sheet, f.row_number
        """,
        params={
            "source": source,
            "region": region_code,
            "rule_id": rule_id,
            "dimension": dimension,
            "severity": severity,
            "delivery_month": delivery_month,
            "record_month": record_month,
            "only_counted": only_counted,
            "hide_names": hide_names,
            "name_columns": list(NAME_COLUMNS),
        },
    ).pl()


def worst(frame: pl.DataFrame, month: date, measure: str, count: int) -> pl.DataFrame:
    """The bureaus with the largest share of problems of a kind in a month, worst first.

    Args:
        frame: of `by_bureau_month`.
        month: its first day.
        measure: a key of `MEASURES`.
        count: how many; ties at the cut are all kept.

    Returns:
        region_code, region_name, prefecture_name, records, problems (records with that kind), share (0 … 1).
    """
    share = f"{measure}_share"
    ranked = frame.filter(pl.col("month") == month, pl.col(share) > 0).with_columns(
        pl.col(share).rank("min", descending=True).alias("place")
    )
    return (
        ranked.filter(pl.col("place") <= count)
        .sort([share, MEASURES[measure], "region_code"], descending=[True, True, False])
        .select(
            "region_code",
            "region_name",
            "prefecture_name",
            "records",
            pl.col(MEASURES[measure]).alias("problems"),
            pl.col(share).alias("share"),
        )
    )


def units(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The regions that failing rows name, as `code name`, prefectures of them too, by code."""
    rows = con.execute(
        """
        SELECT d.code || ' ' || d.name
        FROM marts.division AS d
        WHERE d.code IN (
            SELECT region_code FROM marts.quality_issue UNION ALL
            SELECT left(region_code, 4) || '00' FROM marts.quality_issue
        )
        OR d.code IN (SELECT region_code FROM marts.region_final_score)
        ORDER BY d.code
        """
    ).fetchall()
    return [row[0] for row in rows]


def months(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The months from January to the as-of month, as YYYY-MM, the latest first."""
    rows = con.execute(
        "SELECT DISTINCT strftime(month, '%Y-%m') FROM marts.region_monthly_record_score ORDER BY ALL DESC"
    ).fetchall()
    return [row[0] for row in rows]


def broken_rules(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The ids of the rules that some row breaks."""
    rows = con.execute(
        "SELECT DISTINCT rule_id FROM marts.quality_issue WHERE NOT superseded ORDER BY ALL"
    ).fetchall()
    return [row[0] for row in rows]


def prefectures(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Name → code of the prefectures and of the region's own agency."""
    rows = con.execute(
        "SELECT name, code FROM marts.division WHERE level IN ('region', 'prefecture') ORDER BY code"
    ).fetchall()
    return dict(rows)


def bureau_codes(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The codes of the bureaus that are scored."""
    return {row[0] for row in con.execute("SELECT region_code FROM marts.region_final_score").fetchall()}


def rules_naming_persons(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The ids of the rules whose issues quote a cell with names of persons."""
    rows = con.execute(
        "SELECT DISTINCT rule_id FROM marts.quality_issue WHERE list_contains($names, column_name)",
        {"names": list(NAME_COLUMNS)},
    ).fetchall()
    return {row[0] for row in rows}
