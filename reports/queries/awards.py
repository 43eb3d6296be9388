"""Nominations, cut-offs, ties that a person must decide, and vetoes (the page 候选与评选)."""

from __future__ import annotations

import duckdb
import polars as pl

SELECTED, TIED = "入选", "并列待定"

STANDING = """
    SELECT 'officer' AS level, officer_id AS entity_id, officer_name AS name, region_code, prefecture_code,
           total_points, is_nominated, is_vetoed, has_valid_cert, overall_rank, rank_no, award_status,
           goes_to_ministry
    FROM marts.officer_final_score
    UNION ALL
    SELECT level, region_code, region_name, region_code, prefecture_code, total_points, is_nominated,
           is_vetoed,
           NULL, overall_rank, rank_no, award_status, goes_to_ministry
    FROM marts.region_final_score
"""


def nomination_check(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a prefecture and a kind of nomination, its number and whether that is in order."""
    return con.sql(
        """
        SELECT n.prefecture_code, p.name AS prefecture_name, n.nomination_kind, n.nominated, n.minimum,
               n.maximum,
               n.is_in_order
        FROM marts.nomination_check AS n
        LEFT JOIN marts.division AS p ON p.code = n.prefecture_code
        ORDER BY n.prefecture_code, n.nomination_kind
        """
    ).pl()


def candidates(con: duckdb.DuckDBPyConnection, level: str) -> pl.DataFrame:
    """One row: an officer, county or prefecture with a rank, a nomination or a veto, best first.

    Args:
        con: an open snapshot.
        level: `officer`, `county` or `prefecture`.
    """
    return con.sql(
        f"""
        SELECT s.*, r.name AS region_name, p.name AS prefecture_name
        FROM ({STANDING}) AS s
        LEFT JOIN marts.division AS r ON r.code = s.region_code
        LEFT JOIN marts.division AS p ON p.code = s.prefecture_code
        WHERE s.level = $level AND (s.is_nominated OR s.is_vetoed OR s.rank_no IS NOT NULL)
        ORDER BY s.rank_no NULLS LAST, s.total_points DESC, s.entity_id
        """,  # noqa: S608 - a constant of ours
        params={"level": level},
    ).pl()


def cut_offs(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a list of candidates (prefecture, county, officer): where its cut lies.

    Returns:
        level, candidates (with a rank), selected (入选), tied (并列待定), last_selected (the lowest total
        that is
        in), first_out (the highest total that is not), tied_total (the total on which people must decide),
        to_ministry, ministry_open (who share a total across the ministry's cut).
    """
    return con.sql(
        f"""
        SELECT
            level,
            count(rank_no) AS candidates,
            count(*) FILTER (WHERE award_status = $selected) AS selected,
            count(*) FILTER (WHERE award_status = $tied) AS tied,
            min(total_points) FILTER (WHERE award_status = $selected) AS last_selected,
            max(total_points) FILTER (WHERE rank_no IS NOT NULL AND award_status NOT IN ($selected, $tied))
                AS first_out,
            min(total_points) FILTER (WHERE award_status = $tied) AS tied_total,
            count(*) FILTER (WHERE goes_to_ministry) AS to_ministry,
            count(*) FILTER (WHERE rank_no IS NOT NULL AND goes_to_ministry IS NULL) AS ministry_open
        FROM ({STANDING})
        GROUP BY level
        ORDER BY array_position(['prefecture', 'county', 'officer'], level)
        """,  # noqa: S608 - a constant of ours
        params={"selected": SELECTED, "tied": TIED},
    ).pl()


def ties(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: a candidate who shares a total across a cut: a person decides.

    `question` says which cut: `award`, `ministry` or `both`.
    """
    return con.sql(
        f"""
        SELECT s.level, s.entity_id, s.name, p.name AS prefecture_name, s.total_points, s.rank_no,
               s.award_status,
               CASE WHEN s.award_status <> $tied THEN 'ministry'
                    WHEN s.goes_to_ministry IS NULL THEN 'both' ELSE 'award' END AS question
        FROM ({STANDING}) AS s
        LEFT JOIN marts.division AS p ON p.code = s.prefecture_code
        WHERE s.award_status = $tied OR (s.rank_no IS NOT NULL AND s.goes_to_ministry IS NULL)
        ORDER BY array_position(['prefecture', 'county', 'officer'], s.level), s.rank_no, s.entity_id
        """,  # noqa: S608 - a constant of ours
        params={"tied": TIED},
    ).pl()


def vetoed(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row: an officer or bureau that is disqualified, whether nominated or not."""
    return con.sql(
        f"""
        SELECT s.level, s.entity_id, s.name, p.name AS prefecture_name, s.total_points, s.overall_rank,
               s.is_nominated, s.award_status
        FROM ({STANDING}) AS s
        LEFT JOIN marts.division AS p ON p.code = s.prefecture_code
        WHERE s.is_vetoed
        ORDER BY array_position(['prefecture', 'county', 'officer'], s.level), s.entity_id
        """  # noqa: S608 - a constant of ours
    ).pl()
