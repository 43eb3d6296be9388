"""The benchmark's gate: two sides pass with the same rows in any order, and not otherwise."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from bench.gate import UnequalResultsError, require_equal_marts


def _marts(path: Path, points: str, made_by: str) -> Path:
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA marts")
        con.execute(f"CREATE TABLE marts.score AS FROM (VALUES {points}) AS t(officer_id, points)")
        con.execute(f"CREATE TABLE marts.snapshot AS SELECT 5 AS as_of, '{made_by}' AS code_version")
    return path


def test_rows_in_another_order_by_another_maker_are_equal(tmp_path: Path) -> None:
    ours = _marts(tmp_path / "ours.duckdb", "('A', 1.5), ('B', 2.0)", "us")
    theirs = _marts(tmp_path / "theirs.duckdb", "('B', 2.0), ('A', 1.5)", "them")
    require_equal_marts(theirs, ours)


@pytest.mark.parametrize(
    "points", ["('A', 1.5), ('B', 1.9)", "('A', 1.5)", "('A', 1.5), ('B', 2.0), ('B', 2.0)"]
)
def test_a_point_or_a_row_too_few_or_too_many_is_not(tmp_path: Path, points: str) -> None:
    ours = _marts(tmp_path / "ours.duckdb", "('A', 1.5), ('B', 2.0)", "us")
    theirs = _marts(tmp_path / "theirs.duckdb", points, "them")
    with pytest.raises(UnequalResultsError, match=r"marts\.score"):
        require_equal_marts(theirs, ours)
