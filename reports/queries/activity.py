"""Records per officer, activity and transmission by bureau and month, and who is close to a threshold."""

from __future__ import annotations

import duckdb
import polars as pl

from reports.queries.connection import fetch

# A rate is a quotient of counts below 10⁹: a limit it does not reach exactly is farther away than this.
EXACT_DECIMALS = 9


def thresholds(con: duckdb.DuckDBPyConnection, clause_id: str, name: str, level: str) -> list[float]:
    """The limits of the rulebook at which the points of a clause change, in the rulebook's unit, ascending.

    Args:
        con: an open snapshot.
        clause_id: C5.1, C7.1, C7.2, C7.4a …
        name: of the band or parameter: `base`, `activity_percent`, `per_capita_above` …
        level: `prefecture` or `county`.

    Returns:
        The limits above 0; empty where the rulebook has none.
    """
    rows = fetch(
        con,
        """
        SELECT DISTINCT lower_limit FROM marts.threshold
        WHERE clause_id = $clause AND name = $name AND level = $level AND lower_limit > 0
        ORDER BY lower_limit
        """,
        {"clause": clause_id, "name": name, "level": level},
    )
    return [float(row["lower_limit"]) for row in rows]


def per_capita(con: duckdb.DuckDBPyConnection, level: str) -> pl.DataFrame:
    """One row: a bureau of a level in a month: headcount, effective records, records per officer.

    per_capita is null where there is no headcount. `next_per_capita` is the next threshold of C7.1 or
    C7.4a above the
    figure, `records_missing` the whole records that were wanting for it (strictly above for C7.4a).
    """
    return con.sql(
        """
        WITH step AS (
            SELECT lower_limit, is_inclusive FROM marts.threshold
            WHERE level = $level AND lower_limit > 0
              AND ((clause_id = 'C7.1' AND name = 'base') OR (clause_id = 'C7.4a' AND name =
                  'per_capita_above'))
        ),
        missing AS (
            SELECT m.month, m.region_code, s.lower_limit,
                   CASE WHEN s.is_inclusive THEN ceil(s.lower_limit * m.headcount)
                        ELSE floor(s.lower_limit * m.headcount) + 1 END - m.records AS records_missing
            FROM marts.region_monthly_record_score AS m
            JOIN step AS s ON m.headcount > 0
            WHERE m.level = $level
        ),
        next_step AS (
            SELECT month, region_code, min_by(lower_limit, records_missing) AS next_per_capita,
                   CAST(min(records_missing) AS BIGINT) AS records_missing
            FROM missing WHERE records_missing > 0
            GROUP BY ALL
        )
        SELECT m.month, m.region_code, m.region_name, p.name AS prefecture_name, m.is_record_month,
               m.headcount,
               m.records, m.per_capita, m.base_points, m.deduction, m.points, n.next_per_capita,
                   n.records_missing
        FROM marts.region_monthly_record_score AS m
        LEFT JOIN next_step AS n USING (month, region_code)
        LEFT JOIN marts.division AS p ON p.code = left(m.region_code, 4) || '00'
        WHERE m.level = $level
        ORDER BY m.region_code, m.month
        """,
        params={"level": level},
    ).pl()


def activity(con: duckdb.DuckDBPyConnection, level: str) -> pl.DataFrame:
    """One row: a bureau of a level up to a month: certificate holders, active ones, activity rate (0 … 1).

    `next_percent` is the next threshold of C7.2 in percent, `officers_missing` the holders who would have
    to become
    active for it.
    """
    return con.sql(
        """
        WITH step AS (
            SELECT lower_limit FROM marts.threshold
            WHERE level = $level AND clause_id = 'C7.2' AND name = 'activity_percent' AND lower_limit > 0
        ),
        next_step AS (
            SELECT a.month, a.region_code, min(s.lower_limit) AS next_percent,
                   CAST(min(ceil(s.lower_limit * a.cert_holders / 100) - a.active_holders) AS BIGINT)
                       AS officers_missing
            FROM marts.region_activity_rate AS a
            JOIN step AS s ON 100 * a.active_holders < s.lower_limit * a.cert_holders
            WHERE a.level = $level AND a.cert_holders > 0
            GROUP BY ALL
        )
        SELECT a.month, a.region_code, a.region_name, p.name AS prefecture_name, a.cert_holders,
               a.active_holders, a.activity_rate, a.points, n.next_percent, n.officers_missing
        FROM marts.region_activity_rate AS a
        LEFT JOIN next_step AS n USING (month, region_code)
        LEFT JOIN marts.division AS p ON p.code = left(a.region_code, 4) || '00'
        WHERE a.level = $level
        ORDER BY a.region_code, a.month
        """,
        params={"level": level},
    ).pl()


def transmission(con: duckdb.DuckDBPyConnection, level: str) -> pl.DataFrame:
    """One row: a bureau of a level in a month with data: counts, rates of the month and to date."""
    return con.sql(
        """
        SELECT t.month, t.region_code, t.region_name, p.name AS prefecture_name, t.expected_count,
               t.immediate_count, t.completed_count, t.immediate_rate, t.completed_rate, t.ytd_immediate_rate,
               t.ytd_completed_rate
        FROM marts.region_transmission_rate AS t
        LEFT JOIN marts.division AS p ON p.code = left(t.region_code, 4) || '00'
        WHERE t.level = $level
        ORDER BY t.region_code, t.month
        """,
        params={"level": level},
    ).pl()


def limits_reached(rate: str, limits: list[float]) -> pl.Expr:
    """How many of `limits` (percent) a rate (0 … 1) reaches; a rate of exactly a limit reaches it."""
    percent = (pl.col(rate) * 100).round(EXACT_DECIMALS)
    return pl.sum_horizontal([(percent >= limit).cast(pl.Int8) for limit in limits])


def close_to_rate(frame: pl.DataFrame, rate: str, limits: list[float], margin: float) -> pl.DataFrame:
    """The rows of the last month whose rate stands within `margin` percentage points of a limit.

    Args:
        frame: of `activity` or `transmission`.
        rate: the column (0 … 1).
        limits: in percent.
        margin: percentage points on either side.

    Returns:
        region_code, region_name, prefecture_name, month, rate (0 … 1), limit (percent), distance (percentage
        points; below 0: still short of it), nearest first.
    """
    if frame.is_empty() or not limits:
        return pl.DataFrame()
    last = frame.filter(pl.col("month") == pl.col("month").max(), pl.col(rate).is_not_null())
    return (
        last.join(pl.DataFrame({"limit": limits}), how="cross")
        .with_columns((pl.col(rate) * 100 - pl.col("limit")).alias("distance"))
        .filter(pl.col("distance").abs() <= margin)
        .sort(pl.col("distance").abs(), "region_code")
        .select(
            "region_code",
            "region_name",
            "prefecture_name",
            "month",
            pl.col(rate).alias("rate"),
            "limit",
            "distance",
        )
    )
