"""The data package and the dictionary say what the comments of the marts say."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import openpyxl
import pytest
import reports_season

from reports import datapackage
from reports.queries.connection import open_snapshot


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = reports_season.build(tmp_path_factory.mktemp("season") / "marts.duckdb")
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path}' AS season")
        con.execute("USE season")
        con.execute("COMMENT ON TABLE marts.clause IS '评分条款 / A scored clause'")
        con.execute("COMMENT ON COLUMN marts.clause.clause_id IS '=款号 / The clause''s id'")
    return path


def test_every_table_and_column_stands_in_the_package(season: Path, tmp_path: Path) -> None:
    package = json.loads(datapackage.write(open_snapshot(season), tmp_path)[0].read_text(encoding="utf-8"))
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{season}' AS season (READ_ONLY)")
        columns = con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'season'"
        ).fetchall()
    listed = [
        (table["name"], field["name"])
        for table in package["resources"]
        for field in table["schema"]["fields"]
    ]
    assert sorted(listed) == sorted(columns)
    assert "演示数据" in package["title"]
    [clause] = [table for table in package["resources"] if table["name"] == "clause"]
    assert clause["path"] == "parquet/clause.parquet"
    assert clause["description"] == "评分条款 / A scored clause"
    assert clause["schema"]["fields"][0] == {
        "name": "clause_id", "type": "string", "description": "=款号 / The clause's id",
    }  # fmt: skip


def test_dictionary_workbook(season: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(datapackage.write(open_snapshot(season), tmp_path)[1])
    assert book.sheetnames == ["表", "字段"]
    assert ("clause", "评分条款 / A scored clause") in set(book["表"].values)
    assert ("clause", "clause_id", "VARCHAR", "=款号 / The clause's id") in set(book["字段"].values)
    assert "f" not in {cell.data_type for row in book["字段"].iter_rows() for cell in row}


@pytest.mark.parametrize(
    ("data_type", "word"),
    [("VARCHAR", "string"), ("VARCHAR[]", "array"), ("DECIMAL(9,4)", "number"), ("BIGINT", "integer"),
     ("UTINYINT", "integer"), ("TIMESTAMP", "datetime"), ("DATE", "date"), ("JSON", "object"),
     ("BOOLEAN", "boolean")],
)  # fmt: skip
def test_types(data_type: str, word: str) -> None:
    assert datapackage.field_type(data_type) == word


def test_a_type_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="BLOB"):
        datapackage.field_type("BLOB")
