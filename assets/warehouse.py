"""Opening DuckDB files the one way we open them.

The warehouse holds what was read in its file, and what is computed from it in memory: a season is computed
anew at each refresh and published at its end, and packing and writing its tables took longer than computing
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

SCHEMAS = ("raw", "core", "rulebook", "score", "marts")
FILE = "warehouse"  # the name under which the file is attached; `raw` shows its tables
# Rows that are packed, written and read together: full groups are packed by both cores while rows are loaded,
# the rest by one at the end. DuckDB's own measure, 122,880, leaves a hundred thousand rows to the end.
ROW_GROUP = 32_768
SPILL = ".tmp"  # what DuckDB puts beside the file where memory does not suffice


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
    """Open the warehouse (one writer): its file for schema `raw`, memory for what is computed.

    Raises:
        duckdb.IOException: the file is damaged, or another process holds it.
    """
    con = connect()
    try:
        if str(path) != ":memory:":
            con.execute("SET temp_directory = ?", [f"{path}{SPILL}"])
        con.execute(f"ATTACH {literal(path)} AS {FILE} (ROW_GROUP_SIZE {ROW_GROUP})")
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {FILE}.raw")
        for schema in SCHEMAS:
            con.execute(f"CREATE SCHEMA {schema}")
        _show_raw(con)
    except BaseException:
        con.close()
        raise
    return con


@contextmanager
def writing_raw(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for which `raw` is the schema of the file; afterwards `con` sees what it wrote."""
    with con.cursor() as writer:
        writer.execute(f"USE {FILE}")
        yield writer
    _show_raw(con)


def _show_raw(con: duckdb.DuckDBPyConnection) -> None:
    """Let schema `raw` show the tables of the file."""
    tables = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'raw'", [FILE]
    ).fetchall()
    for (table,) in tables:
        con.execute(f'CREATE OR REPLACE VIEW raw."{table}" AS FROM {FILE}.raw."{table}"')


def literal(text: str | Path) -> str:
    """A SQL string."""
    return "'" + str(text).replace("'", "''") + "'"
