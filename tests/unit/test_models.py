"""The list of models says what the SQL does."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from assets.models import Model, run_model
from assets.stages import STAGES

SQL = Path(__file__).parents[2] / "sql"
ALL_MODELS = [model for models in STAGES.values() for model in models]
MADE_BY_PYTHON = ("raw.", "rulebook.", "core.refresh")


def tables_read(model: Model) -> set[str]:
    tree = sqlglot.parse_one(model.sql, dialect="duckdb")
    tables = {f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db}
    types = {kind.args["kind"] for kind in tree.find_all(exp.DataType) if kind.args.get("kind")}
    return tables | types


@pytest.mark.parametrize("model", ALL_MODELS, ids=lambda model: model.table)
def test_declared_reads_are_the_tables_of_the_file(model: Model) -> None:
    assert set(model.reads) == tables_read(model)


@pytest.mark.parametrize("model", ALL_MODELS, ids=lambda model: model.table)
def test_table_is_named_after_its_file(model: Model) -> None:
    assert model.table == f"{Path(model.path).parts[0]}.{Path(model.path).stem}"


def test_models_run_after_what_they_read() -> None:
    made: set[str] = set()
    for model in ALL_MODELS:
        unmade = {table for table in model.reads if not table.startswith(MADE_BY_PYTHON)} - made
        assert not unmade, f"{model.table} reads {unmade} before it is made"
        made.add(model.table)


def test_every_file_is_in_the_list() -> None:
    on_disk = {
        str(path.relative_to(SQL))
        for folder in ("core", "score", "marts")
        for path in (SQL / folder).rglob("*.sql")
        if path.name != "macros.sql"
    }
    assert on_disk == {model.path for model in ALL_MODELS}


def test_sql_reads_no_clock() -> None:
    for path in SQL.rglob("*.sql"):
        text = path.read_text(encoding="utf-8").lower()
        for word in ("now()", "current_date", "current_timestamp", "today()"):
            assert word not in text, f"{path.name} uses {word}"


def test_type_is_made_of_the_rows_in_their_order() -> None:
    con = duckdb.connect()
    con.execute("CREATE SCHEMA core")
    con.execute("CREATE SCHEMA raw")
    con.execute("CREATE SCHEMA rulebook")
    con.execute("CREATE TABLE raw.delivery AS SELECT unnest(['b.csv', 'a.csv']) AS file")
    con.execute("CREATE TABLE raw.content_part AS SELECT NULL::VARCHAR AS sheet")
    con.execute("CREATE TABLE rulebook.rule AS SELECT 's' AS source, 'R1' AS rule_id, '错' AS message_zh")
    model = next(model for model in ALL_MODELS if model.is_type)
    for _ in range(2):
        assert run_model(con, model) is None
    words = con.execute("SELECT enum_range(NULL::core.word)").fetchall()[0][0]
    assert words == ["R1", "a.csv", "b.csv", "s", "错"]
