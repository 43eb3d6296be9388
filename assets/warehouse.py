"""Opening DuckDB files the one way we open them."""

from __future__ import annotations

from pathlib import Path

import duckdb

SCHEMAS = ("raw", "core", "rulebook", "score", "marts")


def connect(
    path: Path | str = ":memory:", *, memory_limit: str = "2GB", threads: int = 2
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB database with nothing that reaches for the network or for Python variables.

    Raises:
        duckdb.IOException: the file is damaged, or another process holds it.
    """
    con = duckdb.connect(
        str(path),
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "python_enable_replacements": False,
            "threads": threads,
            "memory_limit": memory_limit,
        },
    )
    con.execute("SET GLOBAL TimeZone = 'Asia/Shanghai'")  # for cursors too
    return con


def connect_warehouse(path: Path | str = ":memory:") -> duckdb.DuckDBPyConnection:
    """Open the warehouse (one writer) and make its schemas."""
    con = connect(path)
    for schema in SCHEMAS:
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    return con
