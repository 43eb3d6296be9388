"""Readers hold and reopen the marts while refreshes publish: no error, no mixture; one refresh at a time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from reader import QUESTION
from refreshing import Place, output, refresh, start

REFERENCE = Path(__file__).parents[1] / "reference-season" / "a-messy-season" / "raw"
AS_OF = "2022-02"
BUSY = 5


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "place")
    for month in ("2022-01", "2022-02"):
        shutil.copytree(REFERENCE / month, place.raw / month)
    assert refresh(place, AS_OF) == 0, output(place)
    return place


def seen(place: Place) -> tuple[str, str]:
    con = duckdb.connect()
    con.execute(f"ATTACH '{place.marts / 'current' / 'marts.duckdb'}' AS m (READ_ONLY)")
    row = con.execute(QUESTION).fetchone()
    con.close()
    return row[0], row[1]


def read_while_publishing(
    place: Place, readers: int, refreshes: int, budget_left: Callable[[], bool] = lambda: True
) -> tuple[int, dict[str, int]]:
    """Start readers, publish again and again with a changed delivery, check all that they noted."""
    old = os.environ.get("LIANBING_OLD_DUCKDB_PYTHON")
    stop = place.root / "stop"
    processes = []
    for number in range(readers):
        python = old if old and number % 2 else sys.executable
        log = place.root / f"reader{number}.jsonl"
        script = str(Path(__file__).with_name("reader.py"))
        processes.append(subprocess.Popen([python, script, str(place.marts), str(stop), str(log)]))
    published = {seen(place)}
    delivery = place.raw / "2022-02" / "移送登记.csv"
    content = delivery.read_bytes()
    try:
        for number in range(refreshes):
            if not budget_left():
                break
            delivery.write_bytes(content + b"\n" * (number + 1))
            assert refresh(place, AS_OF) == 0, output(place)
            published.add(seen(place))
    finally:
        stop.touch()
        for process in processes:
            process.wait(timeout=60)
    done = delivery.stat().st_size - len(content)
    assert len(published) == done + 1 > 1, "a refresh published nothing new: the test would prove nothing"
    looks: dict[str, int] = {}
    for number in range(readers):
        for line in (place.root / f"reader{number}.jsonl").read_text(encoding="utf-8").splitlines():
            look = json.loads(line)
            assert "error" not in look, look
            assert look["digest"] == look["again"], "a snapshot changed under a reader"
            assert (look["raw_sha256"], look["digest"]) in published, "a mixture"
            looks[look["version"]] = looks.get(look["version"], 0) + 1
    return done, looks


def test_readers_while_publishing(place: Place) -> None:
    refreshes, looks = read_while_publishing(place, readers=4, refreshes=2)
    assert refreshes and sum(looks.values()) > 0


@pytest.mark.faults
def test_twenty_readers_while_fifty_refreshes(
    place: Place, budget, capsys: pytest.CaptureFixture[str]
) -> None:
    refreshes, looks = read_while_publishing(place, readers=20, refreshes=50, budget_left=budget.left)
    with capsys.disabled():
        print(f"\nrefreshes: {refreshes}, looks of readers by DuckDB version: {looks}")
    assert looks


def test_second_refresh_stops_at_once(place: Place) -> None:
    delivery = place.raw / "2022-02" / "移送登记.csv"
    delivery.write_bytes(delivery.read_bytes() + b"\n")
    lock_holder = start(place, AS_OF)
    deadline = time.monotonic() + 30
    second = 0
    while lock_holder.is_alive() and time.monotonic() < deadline:
        other = Place(place.root)
        code = subprocess.run(
            [sys.executable, "-m", "pipelines.cli", "refresh", "--as-of", AS_OF, *other.arguments],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if code.returncode == BUSY:
            second += 1
            assert str(lock_holder.pid) in code.stdout + code.stderr
            break
    lock_holder.join()
    assert second == 1, "the second refresh was never turned away"
    assert lock_holder.exitcode == 0
