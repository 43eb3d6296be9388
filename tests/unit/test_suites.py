"""The suites pass on the marts of the reference season, and each fails on a mart that is bad in its way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from checks.suites import SUITES, Expectation, Suite, validate
from checks.suites.base import between, trend
from tests.fixture_marts import build

ROOT = Path(__file__).parents[2]
DIVISIONS = ROOT / "sql/rulebook/xinjiang_2022/xinjiang_divisions.csv"
FILLED = (
    "UPDATE marts.clause SET title_zh = '标题', quote_zh = '原文', source = '附件'",
    "UPDATE marts.rule SET message_zh = '说明'",
    "UPDATE marts.quality_issue SET message_zh = '说明', value = '值'",
    "UPDATE marts.delivery_file SET reason = '原因' WHERE status = 'refused'",
    "UPDATE marts.roster_in_force SET is_carried = roster_month < month",
    "ALTER TABLE marts.officer_indicator_score ADD COLUMN status VARCHAR DEFAULT 'scored'",
    "ALTER TABLE marts.region_indicator_score ADD COLUMN status VARCHAR DEFAULT 'scored'",
    "UPDATE marts.officer_indicator_score SET basis = '{}'",
    "UPDATE marts.region_indicator_score SET basis = '{}'",
)
"""What the reference leaves free, filled so that only the one fault of a test is in the marts."""


def connect(path: Path, season: str = "a-messy-season", as_of: str = "2022-11") -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(str(build(path / "published.duckdb", season, as_of)))
    con.execute("CREATE TABLE marts.division AS FROM read_csv(?, all_varchar = true)", [str(DIVISIONS)])
    for statement in FILLED:
        con.execute(statement)
    return con


@pytest.fixture(scope="module")
def marts(tmp_path_factory):
    return connect(tmp_path_factory.mktemp("marts"))


def suites_of(mart: str, name: str) -> tuple[Suite, ...]:
    found = tuple(s for s in SUITES if s.mart == mart and any(e.name == name for e in s.expectations))
    assert found, f"{mart} has no expectation {name}"
    return found


DAMAGES = [
    tuple(line.split(" | ", 3))
    for line in (Path(__file__).parent / "suites_damage.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SHARED_CONDITIONS = (
    {"officer_monthly_record_score", "region_monthly_record_score"},
    {"officer_indicator_score", "region_indicator_score"},
    {"officer_final_score", "region_final_score"},
)
"""Pairs of marts whose suites are made of the same conditions: one bad mart proves both."""


def outcome(con: duckdb.DuckDBPyConnection, mart: str, name: str):
    results = validate(con, suites=suites_of(mart, name))
    return next(r for r in results if r.expectation == f"{mart}.{name}")


@pytest.mark.parametrize(
    ("season", "as_of"),
    [("a-messy-season", "2022-03"), ("a-messy-season", "2022-11"), ("b-damaged-season", "2022-11")],
)
def test_the_reference_marts_pass_every_blocking_expectation(tmp_path, season, as_of):
    results = validate(connect(tmp_path, season, as_of))
    assert len(results) == sum(len(suite.expectations) for suite in SUITES)
    assert [r for r in results if r.is_blocking and not r.success] == []


@pytest.mark.parametrize(
    ("weight", "mart", "name", "damage"), DAMAGES, ids=[f"{d[1]}.{d[2]}" for d in DAMAGES]
)
def test_a_bad_mart_fails_the_expectation(marts, weight, mart, name, damage):
    con = marts.cursor()
    con.execute("BEGIN")
    try:
        con.execute(damage)
        result = outcome(con, mart, name)
    finally:
        con.execute("ROLLBACK")
    assert not result.success
    assert result.is_blocking == (weight == "blocking")
    assert result.first_rows
    assert "officer_name" not in "".join(result.first_rows)


def test_every_expectation_has_a_bad_mart():
    tried = {(mart, name) for _, mart, name, _ in DAMAGES}
    tried |= {(o, name) for mart, name in tried for pair in SHARED_CONDITIONS if mart in pair for o in pair}
    known = {(suite.mart, e.name) for suite in SUITES for e in suite.expectations}
    assert known - tried == set()


def test_every_mart_has_a_suite(marts):
    tables = {row[0] for row in marts.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert {suite.mart for suite in SUITES} == tables - {"division"}


def test_ids_are_unique():
    ids = [(suite.mart, e.name) for suite in SUITES for e in suite.expectations]
    assert len(ids) == len(set(ids))


def test_a_missing_mart_is_a_blocking_failure(marts):
    con = marts.cursor()
    con.execute("BEGIN; DROP TABLE marts.nomination_check")
    results = validate(con, suites=[s for s in SUITES if s.mart == "nomination_check"])
    con.execute("ROLLBACK")
    assert [(r.is_blocking, r.success) for r in results] == [(True, False)]
    assert "nomination_check" in results[0].observed


def test_an_exception_inside_great_expectations_is_a_blocking_failure(marts):
    frame = "SELECT 'x' AS scope, 1 AS here"
    broken = trend("snapshot", ("scope",), frame, between("absent", 0, 1, "列不存在"))
    results = validate(marts, suites=[broken])
    assert [(r.is_blocking, r.success) for r in results] == [(True, False)]
    assert "absent" in results[0].observed


def test_a_warning_names_the_groups_that_it_saw(marts):
    frame = "SELECT unnest(['a', 'b', 'c']) AS scope, unnest([0.5, 3, 4]) AS value"
    suite = trend("snapshot", ("scope",), frame, between("value", 0, 1, "超出范围"))
    (result,) = validate(marts, suites=[suite])
    assert (result.is_blocking, result.success) == (False, False)
    assert result.observed == "3 组中有 2 组不符合"
    assert ["scope=b" in result.first_rows[0], "scope=c" in result.first_rows[1]] == [True, True]


def test_importing_the_suites_does_not_import_great_expectations():
    code = "import sys, checks.suites; sys.exit('great_expectations' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert run.returncode == 0


def test_expectations_name_classes_of_great_expectations():
    import great_expectations as gx

    kinds = {e.kind for suite in SUITES for e in suite.expectations}
    assert all(hasattr(gx.expectations, kind) for kind in kinds)
    assert all(isinstance(e, Expectation) for suite in SUITES for e in suite.expectations)


def test_what_no_suite_uses_is_left_out_until_somebody_uses_it():
    code = (
        "import sys, checks.suites.runner as r; r.import_great_expectations();"
        "r.import_great_expectations(); r.rehearse();"  # at every run again
        "assert not {'scipy.stats._stats_py', 'altair.vegalite'} & set(sys.modules);"
        "import scipy.stats; assert scipy.stats.norm.cdf(0) == 0.5;"
        "assert 'scipy.stats._stats_py' in sys.modules and 'altair.vegalite' not in sys.modules;"
        "import great_expectations.expectations.core.expect_column_kl_divergence_to_be_less_than as e;"
        "assert e.alt.Chart.__name__ == 'Chart' and 'altair.vegalite' in sys.modules;"
        "import altair; assert altair.Chart is e.alt.Chart and altair is not e.alt"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
