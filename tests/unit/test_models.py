"""The list of models says what the SQL does."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from assets.models import Model
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
