"""datapackage.json and 字段说明.xlsx: what the published tables and columns mean, from their comments."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from reports import words
from reports.queries import scores
from reports.queries.connection import fetch
from reports.workbook import Column, Workbook

PACKAGE = "datapackage.json"
DICTIONARY = "字段说明.xlsx"
TYPES = (
    (r".*\[\]", "array"),
    (r"VARCHAR", "string"),
    (r"(TINY|SMALL|BIG|HUGE)?INT(EGER)?|U\w*INT\w*", "integer"),
    (r"DECIMAL.*|DOUBLE|FLOAT", "number"),
    (r"DATE", "date"),
    (r"TIMESTAMP.*", "datetime"),
    (r"BOOLEAN", "boolean"),
    (r"JSON", "object"),
)


def write(con: duckdb.DuckDBPyConnection, out: Path) -> list[Path]:
    """Write both for an open snapshot into `out`, its folder: the package names `parquet/<table>.parquet`.

    Raises:
        ValueError: a column has a type that the package has no word for.
    """
    facts = scores.snapshot_facts(con)
    columns = fetch(
        con,
        """
        SELECT c.table_name, t.comment AS table_comment, t.estimated_size AS row_count,
               c.column_name, c.data_type, c.comment
        FROM duckdb_columns() AS c
        JOIN duckdb_tables() AS t USING (database_name, schema_name, table_name)
        WHERE c.database_name = 'published' AND c.schema_name = 'marts'
        ORDER BY c.table_name, c.column_index
        """,
    )
    out.mkdir(parents=True, exist_ok=True)
    package = out / PACKAGE
    package.write_text(
        json.dumps(_package(columns, facts), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return [package, _dictionary(out / DICTIONARY, columns, facts)]


def _package(columns: list[dict[str, Any]], facts: dict[str, Any]) -> dict[str, Any]:
    tables = list(dict.fromkeys(column["table_name"] for column in columns))
    as_of = words.month(facts["as_of_month"])
    return {
        "profile": "data-package",
        "name": f"lianbing-{facts['season_year']}-as-of-{as_of}",
        "title": f"{facts['season_year']} 年执法大练兵成绩（截至 {as_of}）"
        + (f"【{words.DEMO_MARK}】" if facts["is_demo"] else ""),
        "resources": [_resource(table, [c for c in columns if c["table_name"] == table]) for table in tables],
    }


def _resource(table: str, columns: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": table,
        "path": f"parquet/{table}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": columns[0]["table_comment"] or "",
        "schema": {
            "fields": [
                {
                    "name": c["column_name"],
                    "type": field_type(c["data_type"]),
                    "description": c["comment"] or "",
                }
                for c in columns
            ]
        },
    }


def field_type(data_type: str) -> str:
    """The data package's word for a DuckDB type.

    Raises:
        ValueError: it has none.
    """
    for pattern, name in TYPES:
        if re.fullmatch(pattern, data_type):
            return name
    raise ValueError(f"no data package type for {data_type}")


def _dictionary(path: Path, columns: list[dict[str, Any]], facts: dict[str, Any]) -> Path:
    mark = words.DEMO_MARK if facts["is_demo"] else ""
    fields = pl.DataFrame(columns, infer_schema_length=None).with_columns(pl.col(pl.Null).cast(pl.String))
    tables = fields.select("table_name", "table_comment").unique(maintain_order=True)
    with Workbook(path, facts["as_of_month"]) as book:
        book.add_table("表", [Column("表", 34), Column("说明", 100)], tables, mark)
        book.add_table(
            "字段",
            [Column("表", 34), Column("字段", 30), Column("类型", 16), Column("说明", 100)],
            fields.select("table_name", "column_name", "data_type", "comment"),
            mark,
        )
    return path
