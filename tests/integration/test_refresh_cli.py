"""The refresh as people and Dagster start it: a season of two months, from delivery to pointer."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets import published
from assets.dictionary import read_dictionary
from checks.invariants import InvariantResult
from pipelines import audit, housekeeping
from pipelines.errors import UsageError
from pipelines.outcome import Outcome
from pipelines.refresh import refresh
from pipelines.settings import Settings

REFERENCE = Path(__file__).parents[1] / "reference-season" / "a-messy-season" / "raw"
FIRST, SECOND = date(2022, 1, 1), date(2022, 2, 1)
HEAVY = ("dagster", "great_expectations", "pandera", "fastexcel", "rich")


@dataclass
class House:
    """A place of its own for deliveries, warehouse and marts."""

    settings: Settings

    @property
    def marts(self) -> Path:
        return self.settings.marts

    def refresh(self, as_of: date | None = None, **options: bool) -> Outcome:
        return refresh(self.settings, as_of, is_quiet=True, **options)

    def last(self) -> dict:
        return json.loads((self.marts / "last_refresh.json").read_text(encoding="utf-8"))

    def command(self) -> list[str]:
        s = self.settings
        return ["refresh", "--raw", str(s.raw), "--marts", str(s.marts), "--warehouse", str(s.warehouse)]


def house_in(root: Path) -> House:
    settings = Settings(raw=root / "raw", marts=root / "marts", warehouse=root / "w.duckdb")
    return House(settings)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both months published, February current."""
    root = tmp_path_factory.mktemp("pristine")
    for month in (FIRST, SECOND):
        shutil.copytree(REFERENCE / f"{month:%Y-%m}", root / "raw" / f"{month:%Y-%m}")
    for month in (FIRST, SECOND):
        outcome = house_in(root).refresh(month)
        assert outcome.status == "published", outcome
    return root


@pytest.fixture
def house(pristine: Path, tmp_path: Path) -> House:
    shutil.copytree(pristine, tmp_path / "house", symlinks=True)
    return house_in(tmp_path / "house")


def deliver_more(house: House) -> None:
    """A line more in a register: the deliveries are others, the marts nearly the same."""
    file = house.settings.raw / "2022-02" / "移送登记.csv"
    file.write_bytes(file.read_bytes() + b"\n")


def digest(house: House, name: str) -> dict[str, str]:
    files = published.read_manifest(house.marts, name)["files"]
    return {path: entry["sha256"] for path, entry in files.items() if path.startswith("parquet/")}


def test_every_mart_and_column_is_published_with_words_and_key(house: House) -> None:
    con = duckdb.connect()
    con.execute(f"ATTACH '{house.marts / 'current' / 'marts.duckdb'}' AS m (READ_ONLY)")
    tables = con.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = 'm'"
    ).fetchall()
    assert {name for name, _ in tables} == set(read_dictionary())
    blank = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns()"
        " WHERE database_name = 'm' AND schema_name = 'marts' AND coalesce(comment, '') NOT LIKE '%_ | _%'"
    ).fetchall()
    assert not blank
    for table in read_dictionary().values():
        keys = ", ".join(table.key)
        twice = con.execute(
            f"SELECT {keys} FROM m.marts.{table.name} GROUP BY ALL HAVING count(*) > 1 LIMIT 3"
        ).fetchall()
        assert not twice, f"{table.name}: its key does not tell rows apart"
        rows = con.execute(f"SELECT count(*) FROM m.marts.{table.name}").fetchone()[0]
        parquet = house.marts / "current" / "parquet" / f"{table.name}.parquet"
        assert con.execute("SELECT count(*) FROM read_parquet(?)", [str(parquet)]).fetchone()[0] == rows


def test_second_refresh_opens_nothing_and_publishes_nothing(house: House) -> None:
    before = published.snapshot_names(house.marts)
    script = (
        "import sys\nfrom pipelines.cli import run\n"
        "try:\n    run()\nfinally:\n"
        f"    print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *house.command(), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert outcome["status"] == "unchanged"
    assert list(outcome["phases"]) == ["plan", "close"]
    assert done.stderr.strip().endswith("[]"), "something heavy was imported"
    assert published.snapshot_names(house.marts) == before


def test_earlier_month_gives_its_snapshot_and_leaves_current(house: House) -> None:
    january, february = published.snapshot_names(house.marts)
    manifest = (house.marts / "snapshots" / january / "manifest.json").read_bytes()
    outcome = house.refresh(FIRST)
    assert (outcome.status, outcome.snapshot, outcome.is_current) == ("unchanged", january, False)
    assert any("--make-current" in notice for notice in outcome.notices)
    assert (house.marts / "snapshots" / january / "manifest.json").read_bytes() == manifest
    assert published.current_name(house.marts) == february
    assert house.refresh(FIRST, make_current=True).is_current
    assert published.current_name(house.marts) == january


def test_deleted_warehouse_gives_the_same_snapshot(house: House) -> None:
    house.settings.warehouse.unlink()
    outcome = house.refresh()
    assert outcome.status == "unchanged"
    assert "deliveries" in outcome.phases
    assert outcome.snapshot == published.current_name(house.marts)


def test_lost_snapshot_is_made_again_the_same(house: House) -> None:
    name = published.current_name(house.marts)
    before = digest(house, name)
    published.remove_snapshot(house.marts, name)
    outcome = house.refresh()
    assert (outcome.status, outcome.snapshot) == ("published", name)
    after = digest(house, name)
    assert {p for p in before if before[p] != after[p]} == {"parquet/snapshot.parquet"}, "published_at alone"


def test_parquet_holds_the_same_columns_of_the_same_types(pristine: Path) -> None:
    """A HUGEINT would be a DOUBLE there."""
    current = pristine / "marts" / "current"
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{current / 'marts.duckdb'}' AS published (READ_ONLY)")
        for path in sorted((current / "parquet").glob("*.parquet")):
            stands = con.execute(f'DESCRIBE published.marts."{path.stem}"').fetchall()
            written = con.execute(f"DESCRIBE FROM '{path}'").fetchall()
            assert [row[:2] for row in written] == [row[:2] for row in stands], path.stem


@pytest.mark.parametrize("damage", ["flipped", "wal", "text", "interrupted"])
def test_damaged_warehouse_is_rebuilt(house: House, damage: str) -> None:
    deliver_more(house)
    warehouse = house.settings.warehouse
    if damage == "flipped":
        content = bytearray(warehouse.read_bytes())
        for place in range(12288, len(content), 65536):
            content[place] ^= 0xFF
        warehouse.write_bytes(content)
    elif damage == "wal":
        Path(f"{warehouse}.wal").write_bytes(b"of another file")
    elif damage == "text":
        warehouse.write_text("not a database", encoding="utf-8")
    else:
        holder = {"pid": 1, "host": "h", "since": "2022-02-01T00:00:00"}
        Path(f"{warehouse}.lock").write_text(json.dumps(holder), encoding="utf-8")
    outcome = house.refresh()
    assert outcome.status == "published", outcome.message_zh
    assert any("已损坏" in notice or "中断" in notice or "损坏" in notice for notice in outcome.notices)


def test_leftovers_of_an_interrupted_refresh_are_swept(house: House) -> None:
    (house.marts / "snapshots" / ".building-1").mkdir()
    holder = {"pid": 1, "host": "h", "since": "2022-02-01T00:00:00"}
    (house.marts / ".refresh.lock").write_text(json.dumps(holder), encoding="utf-8")
    outcome = house.refresh()
    assert outcome.exit_code == 0
    assert any("被中断" in notice for notice in outcome.notices)
    assert not (house.marts / "snapshots" / ".building-1").exists()


def test_blocking_check_holds_the_publication_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver_more(house)
    before = published.snapshot_names(house.marts), published.current_name(house.marts)
    broken = InvariantResult("row_accounting", "rows do not add up", 1, ({"file": "a.csv"},))
    monkeypatch.setattr("checks.invariants.run_invariants", lambda _: [broken])
    outcome = house.refresh()
    assert outcome.exit_code == 4
    assert outcome.failed_checks[0]["name"] == "row_accounting"
    assert "file=a.csv" in outcome.message_zh
    assert (published.snapshot_names(house.marts), published.current_name(house.marts)) == before
    assert house.last()["status"] == "held_back"
    assert not [e for e in (house.marts / "snapshots").iterdir() if e.name.startswith(".")]


def test_failure_anywhere_leaves_current_and_its_reason(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver_more(house)
    current = published.current_name(house.marts)

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipelines.stages.write_tables", no_room)
    outcome = house.refresh()
    assert outcome.exit_code == 1
    assert "磁盘空间不足" in outcome.message_zh
    assert published.current_name(house.marts) == current
    assert house.last()["message_zh"] == outcome.message_zh
    monkeypatch.undo()
    assert house.refresh().status == "published"


def test_demo_among_real_deliveries_is_refused(house: House) -> None:
    real = (house.settings.raw / "2022-02" / "移送登记.csv").read_text(encoding="utf-8-sig", errors="replace")
    header = "移送编号,案由类型,移送单位区划代码,移送日期,演示数据\nYS9,其他,652801,2022-02-05,\n"
    assert real
    (house.settings.raw / "2022-02" / "演示.csv").write_text(header, encoding="utf-8")
    outcome = house.refresh()
    assert outcome.exit_code == 4
    assert "2022-02/演示.csv" in outcome.message_zh
    assert "演示数据" in outcome.message_zh


def test_month_outside_the_season(house: House) -> None:
    shutil.copytree(house.settings.raw / "2022-01", house.settings.raw / "2023-01")
    outcome = house.refresh()
    assert outcome.exit_code == 2
    assert "2022" in outcome.message_zh


def test_verify_names_what_no_longer_fits(house: House) -> None:
    name = published.current_name(house.marts)
    assert audit.verify(house.marts, house.settings.raw, name) == []
    deliver_more(house)
    folder = house.marts / "snapshots" / name
    (folder / "parquet" / "rule.parquet").write_bytes(b"")
    (folder / "added.txt").write_text("x", encoding="utf-8")
    (house.settings.raw / "2022-01" / "典型案例.csv").unlink()
    findings = audit.verify(house.marts, house.settings.raw, name)
    assert findings == [
        "成果文件 parquet/rule.parquet：内容已改变",
        "成果文件 added.txt：不在清单中",
        "报送文件 2022-01/典型案例.csv：已不存在",
        "报送文件 2022-02/移送登记.csv：内容已改变",
    ]


def test_diff_says_what_changed_and_why(house: House) -> None:
    january, february = published.snapshot_names(house.marts)
    found = audit.diff(house.marts, january, february)
    assert found.causes == ["数据"]
    assert all(kind == "新增" and file.startswith("2022-02/") for kind, file in found.files)
    assert found.scores, "February changes scores"
    assert all(score["points_before"] != score["points_after"] for score in found.scores)
    assert any(row["file"].startswith("2022-02/") for score in found.scores for row in score["rows"])
    assert "变化来源：数据" in audit.render(found)
    assert audit.diff(house.marts, february, february).causes == []


def test_rollback_and_back(house: House) -> None:
    january, february = published.snapshot_names(house.marts)
    assert january in housekeeping.roll_back(house.settings, None)
    assert published.current_name(house.marts) == january
    with pytest.raises(UsageError, match="没有更早"):
        housekeeping.roll_back(house.settings, None)
    housekeeping.roll_back(house.settings, "2022-02")
    assert published.current_name(house.marts) == february


def test_prune(house: House) -> None:
    january, february = published.snapshot_names(house.marts)
    assert january in housekeeping.prune(house.settings, 1)
    assert published.snapshot_names(house.marts) == [february]
    assert "没有" in housekeeping.prune(house.settings, 1)


def test_run_from_the_web_page_is_the_same_refresh(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dagster opens the session by its resource: lock, log and last_refresh.json like any other."""
    from pipelines.definitions import build
    from pipelines.schedules import JOB
    from pipelines.season import read_season

    deliver_more(house)
    job = build(house.settings, read_season(house.settings)).resolve_job_def(JOB)
    result = job.execute_in_process(partition_key="2022-02")
    assert result.success
    assert house.last()["status"] == "published"
    assert house.last()["snapshot"] == published.current_name(house.marts)
    marts = [e for e in result.get_asset_materialization_events() if e.asset_key.path[0] == "marts"]
    assert all("行数" in e.materialization.metadata for e in marts)
    checks = result.get_asset_check_evaluations()
    assert all(check.passed for check in checks if check.blocking)
    assert house.refresh().status == "unchanged"

    deliver_more(house)
    broken = InvariantResult("row_accounting", "rows do not add up", 1, ({"file": "a.csv"},))
    monkeypatch.setattr("checks.invariants.run_invariants", lambda _: [broken])
    current = published.current_name(house.marts)
    assert not job.execute_in_process(partition_key="2022-02", raise_on_error=False).success
    assert house.last()["status"] == "held_back"
    assert published.current_name(house.marts) == current


def test_log_has_a_line_for_each_phase(house: House) -> None:
    deliver_more(house)
    outcome = house.refresh()
    lines = [json.loads(line) for line in Path(outcome.log).read_text(encoding="utf-8").splitlines()]
    ended = [line["phase"] for line in lines if line["event"] == "phase_ended"]
    assert ended[0] == "plan"
    assert {
        "rulebook",
        "deliveries",
        "core",
        "score",
        "marts",
        "checks",
        "snapshot",
        "reports",
        "publish",
        "close",
    } <= set(ended)
    assert lines[-1]["event"] == "refresh_ended"
    assert lines[-1]["exit_code"] == 0


@pytest.fixture
def reports_of(house: House) -> Callable[[], set[str]]:
    return lambda: {path.name for path in (house.marts / "current" / "reports").iterdir()}


def test_snapshot_brings_reports_and_data_docs(house: House, reports_of: Callable[[], set[str]]) -> None:
    names = reports_of()
    assert sum(name.endswith(".xlsx") for name in names) == 15
    assert sum(name.endswith(".html") for name in names) >= 14
    assert (house.marts / "current" / "data_docs" / "index.html").is_file()
    assert (house.marts / "current" / "datapackage.json").is_file()


def test_other_marts_with_the_same_warehouse(house: House, tmp_path: Path) -> None:
    other = House(replace(house.settings, marts=tmp_path / "elsewhere"))
    outcome = other.refresh()
    assert outcome.status == "published"
    assert digest(other, outcome.snapshot).keys() == digest(house, outcome.snapshot).keys()
