"""Both reference seasons, refreshed as of each month that has expected tables, give exactly those tables."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from compare import SEASONS, differences, expected_files

from pipelines.refresh import refresh
from pipelines.settings import Settings

MONTHS = {"a-messy-season": ("2022-11", "2022-03", "2022-10", "2022-06"), "b-damaged-season": ("2022-11",)}
RUNS = [(season, month) for season, months in MONTHS.items() for month in months]
SHOWN = 20


@dataclass
class Seasons:
    """A place for each season, refreshed once per month asked for."""

    root: Path
    snapshots: dict[tuple[str, str], Path] = field(default_factory=dict)

    def settings(self, season: str) -> Settings:
        base = self.root / season
        return replace(
            Settings(),
            raw=SEASONS / season / "raw",
            marts=base / "marts",
            warehouse=base / "warehouse.duckdb",
        )

    def snapshot(self, season: str, month: str) -> Path:
        if (season, month) not in self.snapshots:
            outcome = refresh(self.settings(season), date.fromisoformat(f"{month}-01"), is_quiet=True)
            assert outcome.exit_code == 0, outcome
            self.snapshots[season, month] = Path(outcome.path)
        return self.snapshots[season, month]


@pytest.fixture(scope="module")
def seasons(tmp_path_factory: pytest.TempPathFactory) -> Seasons:
    return Seasons(tmp_path_factory.mktemp("seasons"))


def opened(snapshot: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(f"ATTACH '{snapshot / 'marts.duckdb'}' AS m (READ_ONLY)")
    con.execute("USE m")
    return con


TABLES = [(season, month, file.stem) for season, month in RUNS for file in expected_files(season, month)]


@pytest.mark.parametrize(("season", "month", "table"), TABLES)
def test_table_is_as_expected(seasons: Seasons, season: str, month: str, table: str) -> None:
    con = opened(seasons.snapshot(season, month))
    found = differences(con, table, SEASONS / season / "expected" / month / f"{table}.csv")
    assert not found, "\n".join([f"{len(found)} differences", *found[:SHOWN]])


def test_every_expected_file_was_found() -> None:
    assert len(TABLES) == 17 * len(RUNS)


def test_order_of_arrival_does_not_matter(seasons: Seasons, tmp_path: Path) -> None:
    """Months delivered backwards, refreshed in between, the warehouse thrown away once: the same marts."""
    season, last = "b-damaged-season", "2022-11"
    settings = replace(
        seasons.settings(season),
        raw=tmp_path / "raw",
        marts=tmp_path / "marts",
        warehouse=tmp_path / "w.duckdb",
    )
    folders = sorted((SEASONS / season / "raw").iterdir(), reverse=True)
    for number, folder in enumerate(folders):
        shutil.copytree(folder, settings.raw / folder.name)
        if number in (2, 6, len(folders) - 1):
            outcome = refresh(settings, date.fromisoformat(f"{last}-01"), is_quiet=True)
            assert outcome.exit_code == 0, outcome
        if number == 6:
            settings.warehouse.unlink()
    left, right = opened(seasons.snapshot(season, last)), opened(Path(outcome.path))
    for (table,) in left.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'm'"
    ).fetchall():
        columns = [
            row[0] for row in left.execute(f"DESCRIBE m.marts.{table}").fetchall() if row[0] != "published_at"
        ]
        query = f"SELECT {', '.join(columns)} FROM m.marts.{table} ORDER BY ALL"
        assert left.execute(query).fetchall() == right.execute(query).fetchall(), table


def test_second_refresh_publishes_nothing_new(seasons: Seasons) -> None:
    season, month = "b-damaged-season", "2022-11"
    before = seasons.snapshot(season, month)
    outcome = refresh(seasons.settings(season), date.fromisoformat(f"{month}-01"), is_quiet=True)
    assert outcome.status == "unchanged"
    assert Path(outcome.path) == before
