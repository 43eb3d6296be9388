"""The queries of docs/marts.md run as they stand, and answer."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
import reports_season

PAGE = Path(__file__).parents[2] / "docs" / "marts.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reports_season.build(tmp_path_factory.mktemp("season") / "marts.duckdb")


@pytest.fixture(scope="module")
def con(season: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(f"ATTACH '{season}' AS lianbing (READ_ONLY)")
    con.execute("USE lianbing")
    return con


def test_there_are_ten() -> None:
    assert len(QUERIES) == 10


@pytest.mark.parametrize("query", QUERIES, ids=range(1, 11))
def test_query_answers(con: duckdb.DuckDBPyConnection, query: str) -> None:
    assert con.execute(query).fetchall()


def test_file_opened_itself_needs_use(season: Path) -> None:
    with duckdb.connect(str(season), read_only=True) as con:
        con.execute("USE marts.marts")
        assert con.execute("SELECT count(*) FROM clause").fetchone() == (43,)


def test_missing_rosters_of_august(con: duckdb.DuckDBPyConnection) -> None:
    without = {row[0] for row in con.execute(QUERIES[1]).fetchall()}
    delivered = {
        code
        for (code,) in con.execute(
            """SELECT prefecture_code FROM marts.roster_in_force AS r
               JOIN marts.division AS d ON d.code = r.prefecture_code AND d.level = 'prefecture'
               WHERE r.month = '2022-08-01' AND r.roster_month = r.month"""
        ).fetchall()
    }
    assert delivered
    assert without.isdisjoint(delivered)
    assert len(without | delivered) == 14


def test_every_row_has_its_place(con: duckdb.DuckDBPyConnection) -> None:
    rows = [row for row in con.execute(QUERIES[7]).fetchall() if row[3] == "accepted"]
    assert rows
    assert {row[-1] for row in rows} == {0}


def test_months_of_c71_add_up(con: duckdb.DuckDBPyConnection) -> None:
    points = sum(row[-1] for row in con.execute(QUERIES[4]).fetchall())
    published = con.execute(
        "SELECT points FROM marts.region_indicator_score WHERE region_code = '652800' AND clause_id = 'C7.1'"
    ).fetchone()
    assert published == (points,)
