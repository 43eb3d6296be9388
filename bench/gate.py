"""The gate before a time counts against a peer: the marts of both sides are the same, row for row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

OF_THE_RUN = {"snapshot": ("code_version", "published_at")}
"""Columns that say who made a mart and when, not what came out."""
MONTHLY = ("officer_monthly_record_score", "region_monthly_record_score")
PROBLEMS = "quality_issue"
PLACE = "source, file, row_number, rule_id"


class UnequalResultsError(Exception):
    """Both sides did not come to the same: their times mean nothing."""


def published(work: Path) -> Path:
    """The database of the snapshot that a refresh into `work` published."""
    (database,) = (work / "marts" / "snapshots").glob("*/marts.duckdb")
    return database


def require_equal_marts(theirs: Path, ours: Path) -> None:
    """Compare schema `marts` of two databases, all tables of ours.

    Raises:
        UnequalResultsError: a table differs in its rows.
    """
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{theirs}' AS theirs (READ_ONLY)")
        con.execute(f"ATTACH '{ours}' AS ours (READ_ONLY)")
        tables = con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'ours' AND schema_name = 'marts'"
        ).fetchall()
        for (table,) in tables:
            columns = [name for name, *_ in con.execute(f"DESCRIBE ours.marts.{table}").fetchall()]
            kept = [name for name in columns if name not in OF_THE_RUN.get(table, ())]
            require_equal(con, f"theirs.marts.{table}", f"ours.marts.{table}", kept)


def require_equal_files(theirs: Path, ours: Path) -> None:
    """Compare a folder of Parquet files with our marts: the monthly ones, and which row broke which rule.

    Raises:
        UnequalResultsError: a table differs in its rows.
    """
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{ours}' AS ours (READ_ONLY)")
        broken = f"SELECT DISTINCT {PLACE} FROM ours.marts.{PROBLEMS}"  # noqa: S608 - our own names
        con.execute(f"CREATE VIEW ours_broken AS {broken}")
        for file, table in [*((name, f"ours.marts.{name}") for name in MONTHLY), (PROBLEMS, "ours_broken")]:
            kinds = {name: kind for name, kind, *_ in con.execute(f"DESCRIBE {table}").fetchall()}
            typed = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind in kinds.items())
            rows = f"SELECT {typed} FROM '{theirs / file}.parquet'"  # noqa: S608 - our own names
            con.execute(f"CREATE VIEW {file} AS {rows}")
            require_equal(con, file, table, kinds)


def require_equal(con: duckdb.DuckDBPyConnection, theirs: str, ours: str, columns: Iterable[str]) -> None:
    """Compare two tables in the columns given, whatever the order of their rows.

    Raises:
        UnequalResultsError: they differ; the message shows the first rows.
    """
    shown = ", ".join(f'"{column}"' for column in columns)
    if _content(con, theirs, shown) != _content(con, ours, shown):
        only = [_only_in(con, one, other, shown) for one, other in ((theirs, ours), (ours, theirs))]
        raise UnequalResultsError(f"{ours}: theirs {only[0]}, ours {only[1]}")


def _content(con: duckdb.DuckDBPyConnection, table: str, shown: str) -> Sequence[object]:
    """How many rows a table has, and a sum over the hashes of all."""
    query = f"SELECT count(*), sum(hash(t)::HUGEINT) FROM (SELECT {shown} FROM {table}) AS t"  # noqa: S608 - our own names
    return con.execute(query).fetchall()[0]


def _only_in(con: duckdb.DuckDBPyConnection, one: str, other: str, shown: str) -> Sequence[object]:
    query = f"SELECT {shown} FROM {one} EXCEPT ALL SELECT {shown} FROM {other} LIMIT 2"  # noqa: S608 - our own names
    return con.execute(query).fetchall()
