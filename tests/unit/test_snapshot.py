"""Publication: deterministic files with comments, put in place by one rename, the pointer by another."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets import published, snapshot
from assets.dictionary import read_dictionary
from assets.snapshot import Building, Identity, UndocumentedError
from assets.warehouse import connect

TABLES = ("division", "label")
STEPS = ("fsync", "rename", "fsync_folder")


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = connect()
    con.execute("CREATE SCHEMA marts")
    con.execute(
        "CREATE TABLE marts.division AS"
        " FROM (VALUES ('6502', '乙', NULL, 'prefecture'), ('6501', '甲', NULL, 'prefecture'))"
        " AS t (code, name, parent_code, level)"
    )
    con.execute(
        "CREATE TABLE marts.label AS SELECT 'it''s' AS key, '名' AS label_zh, NULL::VARCHAR AS unit_zh"
    )
    return con


def identity(raw: str = "a", month: int = 5) -> Identity:
    return Identity(date(2022, month, 1), raw, "book", "b" * 64, "0.1.0+c")


def build(con: duckdb.DuckDBPyConnection, marts: Path, which: Identity) -> Building:
    building = snapshot.start_building(marts)
    snapshot.write_tables(con, building, TABLES)
    snapshot.write_manifest(building, which, {"published_at": f"2022-0{which.as_of.month}-01", "inputs": []})
    return building


def put(con: duckdb.DuckDBPyConnection, marts: Path, which: Identity) -> str:
    snapshot.publish(build(con, marts, which), which)
    return which.name


def test_every_table_and_column_bears_a_comment(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    name = put(con, tmp_path, identity())
    reader = duckdb.connect(str(tmp_path / "snapshots" / name / "marts.duckdb"), read_only=True)
    comments = reader.execute(
        "SELECT comment FROM duckdb_tables() UNION ALL"
        " SELECT comment FROM duckdb_columns() WHERE NOT internal AND schema_name = 'marts'"
    ).fetchall()
    assert len(comments) == 2 + 4 + 3
    assert all(" | " in comment for (comment,) in comments)
    assert reader.execute("SELECT code FROM marts.marts.division").fetchall() == [("6501",), ("6502",)]


def test_published_file_is_of_the_oldest_storage_version(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    name = put(con, tmp_path, identity())
    reader = duckdb.connect()
    reader.execute(f"ATTACH '{tmp_path / 'snapshots' / name / 'marts.duckdb'}' AS m (READ_ONLY)")
    tags = reader.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'm'").fetchall()[0][0]
    assert tags["storage_version"].startswith(("v1.0.0", "v1.1"))


def test_same_marts_give_the_same_bytes(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    digests = []
    for folder in ("one", "two"):
        building = build(con, tmp_path / folder, identity())
        files = snapshot.list_files(building.folder, building.tables)
        digests.append({path: entry["sha256"] for path, entry in files.items()})
    assert digests[0] == digests[1]
    assert set(digests[0]) == {"marts.duckdb", "parquet/division.parquet", "parquet/label.parquet"}


def test_manifest_lists_every_file_with_hash_and_count(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    name = put(con, tmp_path, identity())
    manifest = published.read_manifest(tmp_path, name)
    for path, entry in manifest["files"].items():
        content = (tmp_path / "snapshots" / name / path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert len(content) == entry["size"]
    assert manifest["files"]["parquet/division.parquet"]["rows"] == 2
    assert manifest["tables"] == {"division": 2, "label": 1}
    assert manifest["rulebook"] == {"id": "book", "sha256": "b" * 64}


def test_table_that_the_dictionary_does_not_know_is_not_published(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute("ALTER TABLE marts.label ADD COLUMN secret VARCHAR")
    with pytest.raises(UndocumentedError, match="secret"):
        snapshot.write_tables(con, snapshot.start_building(tmp_path), TABLES)


def test_name_depends_on_deliveries_rulebook_and_code_alone() -> None:
    base = identity()
    assert base.name == identity().name
    others = {
        Identity(base.as_of, "x", base.rulebook_id, base.rulebook_sha256, base.code_version).name,
        Identity(base.as_of, base.raw_sha256, base.rulebook_id, "x", base.code_version).name,
        Identity(base.as_of, base.raw_sha256, base.rulebook_id, base.rulebook_sha256, "x").name,
    }
    assert len(others | {base.name}) == 4
    assert published.NAME.fullmatch(base.name)


def test_same_snapshot_is_published_once(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    which = identity()
    assert snapshot.publish(build(con, tmp_path, which), which)
    first = (tmp_path / "snapshots" / which.name / "manifest.json").stat().st_ino
    assert not snapshot.publish(build(con, tmp_path, which), which)
    assert (tmp_path / "snapshots" / which.name / "manifest.json").stat().st_ino == first
    assert [entry.name for entry in (tmp_path / "snapshots").iterdir()] == [which.name]


def test_broken_snapshot_is_made_anew(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    which = identity()
    put(con, tmp_path, which)
    file = tmp_path / "snapshots" / which.name / "marts.duckdb"
    file.write_bytes(file.read_bytes()[:-1])
    assert not published.is_whole(tmp_path, which.name)
    assert snapshot.publish(build(con, tmp_path, which), which)
    assert published.is_whole(tmp_path, which.name)


@pytest.mark.parametrize("step", STEPS)
def test_stopped_at_a_step_leaves_nothing_half(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, step: str
) -> None:
    class StoppedError(Exception):
        pass

    def stop(name: str) -> None:
        if name == step:
            raise StoppedError

    old, new = identity("old"), identity("new")
    put(con, tmp_path, old)
    published.switch_current(tmp_path, old.name)
    with pytest.raises(StoppedError):
        snapshot.publish(build(con, tmp_path, new), new, at_step=stop)
    assert published.current_name(tmp_path) == old.name
    assert set(published.snapshot_names(tmp_path)) - {new.name} == {old.name}
    assert all(published.is_whole(tmp_path, name) for name in published.snapshot_names(tmp_path))
    published.sweep(tmp_path)
    assert not [e for e in (tmp_path / "snapshots").iterdir() if e.name.startswith(".")]
    put(con, tmp_path, new)
    assert published.is_whole(tmp_path, new.name)


def test_current_is_a_relative_link(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    name = put(con, tmp_path / "marts", identity())
    published.switch_current(tmp_path / "marts", name)
    (tmp_path / "marts").rename(tmp_path / "moved")
    assert (tmp_path / "moved" / "current" / "marts.duckdb").is_file()


def test_prune_keeps_the_last_and_the_current(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    names = [put(con, tmp_path, identity(month=month)) for month in (1, 2, 3, 4)]
    published.switch_current(tmp_path, names[0])
    assert published.prunable(tmp_path, keep=1) == names[1:3]
    published.remove_snapshot(tmp_path, names[1])
    assert published.snapshot_names(tmp_path) == [names[0], *names[2:]]


def test_sweep_removes_leftovers_only(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    name = put(con, tmp_path, identity())
    (tmp_path / "snapshots" / ".building-1" / "parquet").mkdir(parents=True)
    (tmp_path / ".current-1").symlink_to("nowhere")
    (tmp_path / ".half-last_refresh.json-1").write_text("{", encoding="utf-8")
    (tmp_path / "last_refresh.json").write_text("{}", encoding="utf-8")
    assert published.sweep(tmp_path) == [".building-1", ".current-1", ".half-last_refresh.json-1"]
    assert published.snapshot_names(tmp_path) == [name]
    assert (tmp_path / "last_refresh.json").exists()


def test_json_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    published.write_json(path, {"值": 1})
    with pytest.raises(ValueError, match="Circular"):
        published.write_json(path, (loop := {}) or loop.setdefault("self", loop))
    assert json.loads(path.read_text(encoding="utf-8")) == {"值": 1}
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.json"]


def test_dictionary_has_words_for_every_table_and_its_key() -> None:
    for table in read_dictionary().values():
        assert set(table.key) <= set(table.columns), table.name
        for words in [table.words, *table.columns.values()]:
            assert words.zh.strip(), table.name
            assert words.en.strip(), table.name


def test_words_are_ordered_by_their_letters_and_published_as_text(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute("CREATE TYPE word AS ENUM (SELECT code FROM marts.division ORDER BY code)")
    con.execute(
        "CREATE OR REPLACE TABLE marts.division AS"
        " SELECT code::word AS code, name, parent_code, level FROM marts.division ORDER BY code DESC"
    )
    name = put(con, tmp_path, identity())
    folder = tmp_path / "snapshots" / name
    reader = duckdb.connect(str(folder / "marts.duckdb"), read_only=True)
    for table in ("marts.marts.division", f"'{folder / 'parquet' / 'division.parquet'}'"):
        rows = reader.execute(f"SELECT code, typeof(code) FROM {table}").fetchall()
        assert rows == [("6501", "VARCHAR"), ("6502", "VARCHAR")]


def test_other_tables_are_packed_as_ever(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    build(con, tmp_path, identity())
    setting = con.execute("SELECT current_setting('disabled_compression_methods')").fetchall()[0][0]
    assert setting == ""
