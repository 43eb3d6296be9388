"""What a score rests on: the lines of an entity and, under them, months and deciding rows.

Each function answers for some entities (`ids`) or for all (None): a hundred statements cost one query.
"""

from __future__ import annotations

from typing import Any

import duckdb

from reports.queries.connection import fetch

ENTITIES = """
    WITH entity AS (
        SELECT 'officer' AS subject, officer_id AS entity_id, officer_name AS name,
               {'I1': i1, 'I2': i2, 'I3': i3, 'I4': i4, 'I5': i5} AS officer_groups, *
        FROM marts.officer_final_score
        UNION ALL BY NAME
        SELECT 'bureau' AS subject, region_code AS entity_id, region_name AS name,
               {'C1': c1, 'C2': c2, 'C3': c3, 'C4': c4, 'C5': c5, 'C6': c6, 'C7': c7, 'C8': c8, 'C9': c9,
                'C10': c10, 'C11': c11} AS bureau_groups, *
        FROM marts.region_final_score
    )
    SELECT e.subject, e.entity_id, e.name, e.region_code, r.name AS region_name, r.level,
           p.name AS prefecture_name, e.total_points, e.is_nominated, e.has_valid_cert, e.is_vetoed,
           e.overall_rank, e.rank_no, e.award_status, e.goes_to_ministry, e.officer_groups, e.bureau_groups
    FROM entity AS e
    LEFT JOIN marts.division AS r ON r.code = e.region_code
    LEFT JOIN marts.division AS p ON p.code = e.prefecture_code
    WHERE e.subject = $subject AND wanted($ids, e.entity_id)
    ORDER BY r.level DESC, e.overall_rank, e.entity_id
"""

# The monthly figures under a clause; the columns are named as people read them.
MONTHS = {
    "I3.1": """
        SELECT officer_id AS entity_id, month AS "月份", mobile_records AS "移动端记录",
               problem_records AS "问题记录", problem_share AS "问题占比", base_points AS "基础分",
               deduction AS "扣分", points AS "得分"
        FROM marts.officer_monthly_record_score
        WHERE is_record_month AND wanted($ids, entity_id) ORDER BY entity_id, month
    """,
    "C5.1": """
        SELECT region_code AS entity_id, month AS "月份", expected_count AS "应传数据量",
               immediate_count AS "即时有效", completed_count AS "补全有效", immediate_rate AS "即时有效率",
               completed_rate AS "补全有效率", ytd_immediate_rate AS "累计即时有效率",
               ytd_completed_rate AS "累计补全有效率"
        FROM marts.region_transmission_rate
        WHERE wanted($ids, entity_id) ORDER BY entity_id, month
    """,
    "C7.1": """
        SELECT region_code AS entity_id, month AS "月份", headcount AS "在编在岗", records AS "有效记录",
               per_capita AS "人均", problem_records AS "问题记录", problem_share AS "问题占比",
               base_points AS "基础分", deduction AS "扣分", points AS "得分"
        FROM marts.region_monthly_record_score
        WHERE is_record_month AND wanted($ids, entity_id) ORDER BY entity_id, month
    """,
    "C7.2": """
        SELECT region_code AS entity_id, month AS "月份", cert_holders AS "持证人员",
               active_holders AS "活跃人员", activity_rate AS "活跃率", points AS "截至当月得分"
        FROM marts.region_activity_rate
        WHERE wanted($ids, entity_id) ORDER BY entity_id, month
    """,
    "C7.4a": """
        SELECT region_code AS entity_id, month AS "月份", headcount AS "在编在岗", records AS "有效记录",
               per_capita AS "人均"
        FROM marts.region_monthly_record_score
        WHERE is_record_month AND wanted($ids, entity_id) ORDER BY entity_id, month
    """,
}
# Keys of `basis` that the months under a clause show already, and those that say nothing when they are null.
SHOWN_ELSEWHERE = frozenset({"months"})
ONLY_IF_ANY = frozenset({"missing"})
# Clauses that are the sum of their months.
MONTHLY_SUMS = frozenset({"I3.1", "C7.1"})
SHARES = frozenset({"问题占比", "即时有效率", "补全有效率", "累计即时有效率", "累计补全有效率", "活跃率"})


def entities(
    con: duckdb.DuckDBPyConnection, subject: str, ids: list[str] | None = None
) -> list[dict[str, Any]]:
    """One row: an officer or bureau with its total, groups (`groups`, by group id), ranks and award."""
    rows = fetch(con, ENTITIES, {"subject": subject, "ids": ids})
    return [row | {"groups": row["officer_groups"] or row["bureau_groups"]} for row in rows]


def lines(con: duckdb.DuckDBPyConnection, subject: str, ids: list[str] | None = None) -> list[dict[str, Any]]:
    """One row: an entity under a clause, with the clause's wording, in the order of the annex."""
    clauses = fetch(con, "SELECT * EXCLUDE (max_points) FROM marts.clause")  # once, not with every line
    wording = {clause["clause_id"]: clause for clause in clauses}
    rows = fetch(
        con,
        """
        SELECT s.*
        FROM score_line AS s
        LEFT JOIN marts.clause AS c USING (clause_id)
        WHERE s.subject = $subject AND wanted($ids, s.entity_id)
        ORDER BY s.entity_id, c.sort_no, s.clause_id
        """,
        {"subject": subject, "ids": ids},
    )
    return [row | wording[row["clause_id"]] for row in rows]


def months(
    con: duckdb.DuckDBPyConnection, clause_id: str, ids: list[str] | None = None
) -> list[dict[str, Any]]:
    """One row: an entity in a month, the figures that `clause_id` sums or compares; else none."""
    query = MONTHS.get(clause_id)
    return [] if query is None else fetch(con, query, {"ids": ids})


def evidence(
    con: duckdb.DuckDBPyConnection, subject: str, ids: list[str] | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """One row: a delivered row that decided a clause of an entity; counted ones first.

    With `limit`, at most so many for each entity, clause and kind; `of` says how many there are.
    """
    return fetch(
        con,
        """
        SELECT entity_id, clause_id, source, business_key, file, sheet, row_number, is_counted, note_zh,
               count(*) OVER (PARTITION BY entity_id, clause_id, is_counted) AS of
        FROM marts.score_evidence
        WHERE subject = $subject AND wanted($ids, entity_id)
        QUALIFY CAST($limit AS BIGINT) IS NULL OR row_number() OVER (
            PARTITION BY entity_id, clause_id, is_counted
            ORDER BY source, business_key, file, sheet, row_number
        ) <= $limit
        ORDER BY entity_id, clause_id, is_counted DESC, source, business_key, file, sheet, row_number
        """,
        {"subject": subject, "ids": ids, "limit": limit},
    )


def labels(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    """Key of `basis` → (label, unit); the unit is empty where there is none."""
    rows = con.execute("SELECT key, label_zh, coalesce(unit_zh, '') FROM marts.label").fetchall()
    return {key: (label, unit) for key, label, unit in rows}


def parameters(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rulebook's numbers: clause_id, level, name, value (text)."""
    return fetch(con, "FROM marts.parameter ORDER BY ALL")
