"""Snapshots are found by month and opened read-only."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
import reports_season

from reports.queries.connection import (
    SnapshotError,
    current_snapshot,
    fetch,
    find_snapshot,
    list_snapshots,
    open_snapshot,
)
from reports.queries.stakes import add_up


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reports_season.build(tmp_path_factory.mktemp("season") / "marts.duckdb")


def publish(marts: Path, name: str, season: Path, published_at: str) -> Path:
    folder = marts / "snapshots" / name
    folder.mkdir(parents=True)
    shutil.copy(season, folder / "marts.duckdb")
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{folder / 'marts.duckdb'}' AS s")
        con.execute("UPDATE s.marts.snapshot SET published_at = ?", [published_at])
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    return folder


def test_every_cursor_sees_the_tables_and_none_can_write(season: Path) -> None:
    con = open_snapshot(season)
    assert con.cursor().execute("SELECT count(*) FROM marts.clause").fetchone() == (43,)
    with pytest.raises(duckdb.Error, match="read-only"):
        con.execute("CREATE TABLE published.marts.x AS SELECT 1")


def test_quotes_in_the_path_are_no_sql(season: Path, tmp_path: Path) -> None:
    folder = tmp_path / "it's '; DROP TABLE x; --"
    folder.mkdir()
    shutil.copy(season, folder / "marts.duckdb")
    assert fetch(open_snapshot(folder), "SELECT 1 AS one") == [{"one": 1}]


def test_two_snapshots_side_by_side(season: Path, tmp_path: Path) -> None:
    earlier = reports_season.build(tmp_path / "marts.duckdb", as_of="2022-10")
    con = open_snapshot(season, earlier)
    months = con.execute(
        "SELECT s.as_of_month - e.as_of_month FROM marts.snapshot s, earlier.snapshot e"
    ).fetchone()
    assert months == (31,)


def test_missing_and_damaged_files_say_what_to_do(season: Path, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="请先运行"):
        open_snapshot(tmp_path)
    damaged = tmp_path / "marts.duckdb"
    damaged.write_bytes(b"\0" * 4096 + season.read_bytes()[4096:])
    with pytest.raises(SnapshotError, match="打不开或已损坏"):
        open_snapshot(damaged)


def test_nothing_published_yet(tmp_path: Path) -> None:
    assert list_snapshots(tmp_path) == []
    with pytest.raises(SnapshotError, match="还没有已发布的成果"):
        current_snapshot(tmp_path)
    with pytest.raises(SnapshotError, match="尚无任何成果"):
        find_snapshot(tmp_path, "2022-10")


def test_the_current_one_first_else_the_latest_of_the_month(season: Path, tmp_path: Path) -> None:
    old = publish(tmp_path, "2022-10_bbb", season, "2022-11-05 06:00:00")
    new = publish(tmp_path, "2022-10_aaa", season, "2022-11-06 06:00:00")
    publish(tmp_path, "2022-09_ccc", season, "2022-12-06 06:00:00")
    (tmp_path / "snapshots" / ".building_x").mkdir()
    (tmp_path / "snapshots" / "2022-11_incomplete").mkdir()
    assert [path.name for path in list_snapshots(tmp_path)] == ["2022-09_ccc", "2022-10_aaa", "2022-10_bbb"]
    assert find_snapshot(tmp_path, "2022-10") == new
    (tmp_path / "current").symlink_to(Path("snapshots") / old.name)
    assert current_snapshot(tmp_path) == old.resolve()
    assert find_snapshot(tmp_path) == old.resolve()
    assert find_snapshot(tmp_path, "2022-10") == old.resolve()
    with pytest.raises(SnapshotError, match="已有：2022-09、2022-10"):
        find_snapshot(tmp_path, "2022-08")


def test_issues_of_a_row_are_put_together_whatever_their_number(tmp_path: Path) -> None:
    path = reports_season.build(tmp_path / "marts.duckdb")
    issues = [  # sheet, row, rule, severity, dimension, column, value, message
        (None, 2, "A-1", "notice", "完整性", "c", None, "甲"),
        (None, 3, "A-2", "problem", "规范性", "d", "二", "乙"),
        (None, 3, "A-2", "problem", "规范性", "d", "一", "乙"),
        (None, 3, "A-1", "notice", "完整性", "c", None, None),
        ("表", 3, "A-3", "fatal", "完整性", "c", "三", "丙"),
        ("表", 4, "A-3", "fatal", "完整性", "c", None, "丙"),
        ("表", 4, "A-1", "notice", "时效性", "b", "四", "甲"),
    ]
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path}' AS s")
        con.execute("DELETE FROM s.marts.quality_issue")
        con.executemany(
            """INSERT INTO s.marts.quality_issue BY NAME
               SELECT 'referrals' AS source, DATE '2022-11-01' AS delivery_month, 'f.csv' AS file,
                      $1 AS sheet, $2 AS row_number, $3 AS rule_id, $4 AS severity, $5 AS dimension,
                      $6 AS column_name, $7 AS value, $8 AS message_zh, FALSE AS superseded""",
            issues,
        )
    con = open_snapshot(path)
    query = "SELECT sheet, row_number, severity, dimensions, rules, messages FROM failing_row ORDER BY ALL"
    expected = [
        ("表", 3, "fatal", "完整性", "A-3", "A-3 丙（填报值：三）"),
        ("表", 4, "fatal", "完整性、时效性", "A-1、A-3", "A-1 甲（填报值：四）\nA-3 丙"),
        (None, 2, "notice", "完整性", "A-1", "A-1 甲"),
        (
            None,
            3,
            "problem",
            "完整性、规范性",
            "A-1、A-2",
            "A-1 \nA-2 乙（填报值：一）\nA-2 乙（填报值：二）",
        ),
    ]
    assert con.execute(query).fetchall() == expected
    add_up(con)
    add_up(con)
    assert con.execute(query).fetchall() == expected
