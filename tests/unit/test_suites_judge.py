"""The process that judges the suites: the same results, its failures told, never outliving its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from checks.suites import JudgingError, judging, validate, warm_up
from tests.fixture_marts import build

ROOT = Path(__file__).parents[2]
PATIENCE = 20  # seconds for a process to end
STARTS_A_JUDGE = """
from checks.suites import warm_up
judge = warm_up()
judge.wait_until_ready()
print(judge.process_id, flush=True)
input()
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("marts") / "marts.duckdb")


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    warm_up().close()
    warm_up.cache_clear()


def test_the_results_are_those_of_this_process(database: Path) -> None:
    with judging(database, None) as results:
        found = results()
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{database}' AS published (READ_ONLY)")
        con.execute("USE published")
        assert found == validate(con)
    assert {result.success for result in found} == {True, False}  # the fixture leaves some things free


def test_what_nobody_waits_for_is_not_taken_for_the_next_results(database: Path, tmp_path: Path) -> None:
    with judging(tmp_path / "missing.duckdb", None):
        pass
    with judging(database, None) as results:
        assert len(results()) > 1


def test_a_database_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    damaged = tmp_path / "marts.duckdb"
    damaged.write_bytes(b"no database")
    with judging(damaged, None) as results, pytest.raises(JudgingError, match=r"marts\.duckdb"):
        results()


def test_a_site_that_cannot_be_written_is_a_failure_of_the_disk(database: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with judging(database, tmp_path / "file" / "data_docs") as results, pytest.raises(OSError, match="file"):
        results()


def test_a_judge_that_dies_is_told_and_replaced(database: Path) -> None:
    with pytest.raises(JudgingError, match="-9"), judging(database, None) as results:
        os.kill(warm_up().process_id, signal.SIGKILL)
        results()
    with judging(database, None) as results:
        assert results()


def test_it_ends_with_a_parent_that_is_killed() -> None:
    command = [sys.executable, "-c", STARTS_A_JUDGE]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        judge = Path("/proc", parent.stdout.readline().decode().strip())
        assert judge.exists()
        parent.kill()
    end = time.monotonic() + PATIENCE
    while judge.exists() and "zombie" not in (judge / "status").read_text():
        assert time.monotonic() < end, "it outlives its parent"
        time.sleep(0.05)
