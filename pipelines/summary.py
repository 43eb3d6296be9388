"""What a refresh says of the deliveries: computed once from the marts, kept in the manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

DUPLICATE_RULE = "D01"  # every source is checked for it, so each row is counted once under it


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def summarise(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The counts of a refresh, from the marts of the connection.

    Returns:
        files, refused (file and reason), rows (by what became of them), arrivals (rows by month, prefecture
        and source), problems (broken rules by dimension and severity, superseded rows left out), carried
        (rosters carried forward), and the Chinese names of prefectures and sources.
    """
    from checks.register import CONTRACTS

    totals = _rows(
        con,
        """
        SELECT
            count(DISTINCT file) AS files,
            coalesce(sum(rows_below_header), 0)::BIGINT AS rows_below_header,
            coalesce(sum(accepted_rows), 0)::BIGINT AS accepted,
            coalesce(sum(quarantined_rows), 0)::BIGINT AS quarantined,
            coalesce(sum(duplicate_rows), 0)::BIGINT AS duplicates,
            coalesce(sum(footer_rows), 0)::BIGINT AS footers,
            coalesce(sum(blank_rows), 0)::BIGINT AS blank
        FROM marts.delivery_file
        """,
    )[0]
    files = totals.pop("files")
    corrected = _rows(con, "SELECT count(*) AS n FROM marts.superseded_row WHERE is_correction")[0]["n"]
    return {
        "files": files,
        "refused": _rows(
            con, "SELECT file, reason FROM marts.delivery_file WHERE status = 'refused' ORDER BY file, reason"
        ),
        "rows": totals | {"corrected": corrected, "repeated": totals["duplicates"] - corrected},
        "arrivals": _rows(
            con,
            f"""
            SELECT strftime(delivery_month, '%Y-%m') AS month, prefecture_code, source,
                sum(checked_rows)::BIGINT AS rows
            FROM marts.data_quality_monthly
            WHERE rule_id = '{DUPLICATE_RULE}'
            GROUP BY ALL ORDER BY ALL
            """,  # noqa: S608 - a constant of ours
        ),
        "problems": _rows(
            con,
            """
            SELECT dimension, severity, count(*) AS issues
            FROM marts.quality_issue
            WHERE NOT superseded
            GROUP BY ALL ORDER BY ALL
            """,
        ),
        "carried": _rows(
            con,
            """
            SELECT strftime(month, '%Y-%m') AS month, prefecture_code,
                strftime(roster_month, '%Y-%m') AS roster_month
            FROM marts.roster_in_force WHERE is_carried ORDER BY ALL
            """,
        ),
        "prefectures": dict(
            con.execute(
                "SELECT code, name FROM rulebook.division WHERE level IN ('region', 'prefecture')"
                " ORDER BY code"
            ).fetchall()
        ),
        "sources": {source: contract.title_zh for source, contract in CONTRACTS.items()},
    }
