"""Opening published snapshots, and finding them.

Nobody opens the warehouse here, and nobody opens a snapshot's file for writing: an in-memory database
attaches it read-only, so that a refresh which moves the pointer disturbs no reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

FILE = "marts.duckdb"
MANIFEST = "manifest.json"
POINTER = "current"
# Shared by the queries: whether an entity is among those asked for (null asks for all) …
WANTED = "CREATE MACRO wanted(ids, id) AS ids IS NULL OR list_contains(CAST(ids AS VARCHAR[]), id)"
# … the score lines of officers and bureaus in one form …
SCORE_LINE = """
    CREATE VIEW score_line AS
    SELECT 'officer' AS subject, officer_id AS entity_id, * EXCLUDE (officer_id)
    FROM marts.officer_indicator_score
    UNION ALL BY NAME
    SELECT 'bureau' AS subject, region_code AS entity_id, * EXCLUDE (region_code)
    FROM marts.region_indicator_score
"""
# … and, one row each, the failing rows that were not replaced since, with every rule they broke. Most broke
# one: only the issues of the others go through lists, which cost ten times as much.
FAILING_ROW = """
    CREATE VIEW failing_row AS
    WITH issue AS (
        SELECT *,
            rule_id || ' ' || coalesce(message_zh, '')
                || CASE WHEN value IS NULL THEN '' ELSE '（填报值：' || value || '）' END AS line
        FROM marts.quality_issue
        WHERE NOT superseded
    ),
    several AS MATERIALIZED (
        SELECT source, delivery_month, file, sheet, row_number FROM issue GROUP BY ALL HAVING count(*) > 1
    )
    SELECT
        source, delivery_month, file, sheet, row_number, business_key, region_code, severity,
        dimension AS dimensions, rule_id AS rules, line AS messages
    FROM issue AS i
    ANTI JOIN several AS s
        ON s.source = i.source AND s.delivery_month = i.delivery_month AND s.file = i.file
        AND s.sheet IS NOT DISTINCT FROM i.sheet AND s.row_number IS NOT DISTINCT FROM i.row_number
    UNION ALL
    SELECT
        source, delivery_month, file, sheet, row_number,
        any_value(business_key) AS business_key,
        any_value(region_code) AS region_code,
        CASE WHEN bool_or(severity = 'fatal') THEN 'fatal'
             WHEN bool_or(severity = 'problem') THEN 'problem' ELSE 'notice' END AS severity,
        array_to_string(list_sort(list_distinct(list(dimension))), '、') AS dimensions,
        array_to_string(list_sort(list_distinct(list(rule_id))), '、') AS rules,
        array_to_string(
            list_transform(
                list_sort(list({
                    'rule': rule_id, 'column': column_name, 'value': value, 'message': message_zh,
                    'line': line
                })),
                lambda one: one['line']
            ),
            chr(10)
        ) AS messages
    FROM issue AS i
    SEMI JOIN several AS s
        ON s.source = i.source AND s.delivery_month = i.delivery_month AND s.file = i.file
        AND s.sheet IS NOT DISTINCT FROM i.sheet AND s.row_number IS NOT DISTINCT FROM i.row_number
    GROUP BY source, delivery_month, file, sheet, row_number
"""
NO_LIMITS: Mapping[str, str] = MappingProxyType({})
FOLDER_NAME = re.compile(r"\d{4}-\d{2}_\w+")


class SnapshotError(Exception):
    """A snapshot cannot be found or opened; the message is Chinese and says what to do."""


def open_snapshot(
    path: Path,
    earlier: Path | None = None,
    *,
    limits: Mapping[str, str] = NO_LIMITS,
) -> duckdb.DuckDBPyConnection:
    """Open a published snapshot for reading; its tables stand in schema `marts`.

    Args:
        path: the snapshot's folder, or its `marts.duckdb`.
        earlier: another snapshot to compare with; its tables stand in schema `earlier`.
        limits: settings of DuckDB, such as how much memory, and where to put what does not fit.

    Returns:
        A connection of its own (in memory). `cursor()` of it sees the same tables: one for each session.
        The files are attached as databases `published` and `compared`, where the comments can be read.

    Raises:
        SnapshotError: there is no such snapshot, or its file is damaged.
    """
    con = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "python_enable_replacements": False,
            "threads": 2,
            **limits,
        }
    )
    con.execute("SET GLOBAL TimeZone = 'Asia/Shanghai'")  # for cursors too
    _attach(con, path, "published", "marts")
    for definition in (WANTED, SCORE_LINE, FAILING_ROW):
        con.execute(definition)
    if earlier is not None:
        _attach(con, earlier, "compared", "earlier")
    return con


def fetch(
    con: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, object] | None = None
) -> list[dict[str, Any]]:
    """The rows of a query, each a dict by column name, in the order of the query."""
    cursor = con.execute(query, dict(parameters)) if parameters else con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def current_snapshot(marts: Path) -> Path:
    """The folder to which `<marts>/current` points, its link resolved.

    Raises:
        SnapshotError: nothing was published yet.
    """
    pointer = marts / POINTER
    if not (pointer / FILE).is_file():
        raise SnapshotError(f"{marts} 中还没有已发布的成果，请先运行 lianbing refresh（或 make refresh）。")
    return pointer.resolve()


def list_snapshots(marts: Path) -> list[Path]:
    """The folders of all complete snapshots under `<marts>/snapshots`, by name (so by as-of month)."""
    folder = marts / "snapshots"
    if not folder.is_dir():
        return []
    return sorted(
        entry
        for entry in folder.iterdir()
        if FOLDER_NAME.fullmatch(entry.name) and (entry / FILE).is_file() and (entry / MANIFEST).is_file()
    )


def find_snapshot(marts: Path, as_of: str | None = None) -> Path:
    """The snapshot to answer from: the current one, or that of month `as_of` (YYYY-MM).

    Of several snapshots of one month, the current one if it is among them, else the one published last.

    Raises:
        SnapshotError: there is none for that month.
    """
    if as_of is None:
        return current_snapshot(marts)
    of_month = [path for path in list_snapshots(marts) if path.name.startswith(f"{as_of}_")]
    if not of_month:
        months = sorted({path.name[:7] for path in list_snapshots(marts)})
        known = f"已有：{'、'.join(months)}。" if months else "尚无任何成果。"
        raise SnapshotError(f"没有截至 {as_of} 的成果。{known}请先运行 lianbing refresh --as-of {as_of}。")
    pointer = marts / POINTER
    if (pointer / FILE).is_file() and pointer.resolve() in [path.resolve() for path in of_month]:
        return pointer.resolve()
    return max(of_month, key=_published_at)


def _published_at(path: Path) -> str:
    con = open_snapshot(path)
    try:
        row = con.execute("SELECT CAST(max(published_at) AS VARCHAR) FROM marts.snapshot").fetchone()
    finally:
        con.close()
    return str(row[0]) if row else ""


def _attach(con: duckdb.DuckDBPyConnection, path: Path, database: str, schema: str) -> None:
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        raise SnapshotError(f"找不到成果文件 {file}，请先运行 lianbing refresh，或检查路径。")
    quoted = str(file).replace("'", "''")
    try:
        con.execute(f"ATTACH '{quoted}' AS {database} (READ_ONLY)")
    except duckdb.Error as error:
        raise SnapshotError(
            f"成果文件 {file} 打不开或已损坏：{error}。请重新运行 lianbing refresh。"
        ) from error
    # Views, so that every cursor sees `marts.<table>`: a search path would not be handed on to cursors.
    con.execute(f"CREATE SCHEMA {schema}")
    tables = con.execute(
        "SELECT table_name FROM duckdb_tables() "
        "WHERE database_name = ? AND schema_name = 'marts' ORDER BY table_name",
        [database],
    ).fetchall()
    for (table,) in tables:
        con.execute(f'CREATE VIEW {schema}."{table}" AS FROM {database}.marts."{table}"')
