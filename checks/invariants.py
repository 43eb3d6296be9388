"""The SQL invariants: each file of `sql/invariants` selects the rows that must not exist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

FIRST_ROWS = 5
TABLE = re.compile(r"\b(?:raw|core|rulebook|score|marts)\.\w+")


@dataclass(frozen=True)
class InvariantResult:
    """What one invariant found.

    Attributes:
        name: the file's stem.
        meaning: the comment at its head.
        violations: rows that must not exist.
        first_rows: the first of them, as dictionaries.
    """

    name: str
    meaning: str
    violations: int
    first_rows: tuple[dict[str, Any], ...]


def invariant_names() -> list[str]:
    """The names of all invariants, sorted."""
    return sorted(
        entry.name.removesuffix(".sql")
        for entry in files("sql").joinpath("invariants").iterdir()
        if entry.name.endswith(".sql")
    )


def tables_read() -> frozenset[str]:
    """The tables that the invariants read, as `schema.table`."""
    return frozenset(table for name in invariant_names() for table in TABLE.findall(_sql(name)))


def _sql(name: str) -> str:
    return files("sql").joinpath("invariants", f"{name}.sql").read_text(encoding="utf-8")


def run_invariants(con: duckdb.DuckDBPyConnection) -> list[InvariantResult]:
    """Run every invariant on the warehouse; all of them block publication.

    Raises:
        duckdb.Error: an invariant cannot be evaluated.
    """
    results = []
    for name in invariant_names():
        sql = _sql(name)
        meaning = " ".join(line[2:].strip() for line in sql.splitlines() if line.startswith("--"))
        cursor = con.execute(sql)
        columns = [column[0] for column in cursor.description or []]
        rows = cursor.fetchall()
        first = tuple(dict(zip(columns, row, strict=True)) for row in rows[:FIRST_ROWS])
        results.append(InvariantResult(name, meaning, len(rows), first))
    return results
