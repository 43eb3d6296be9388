"""The SQL models: plain files, one SELECT each, run in the order of an explicit list."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Model:
    """A table and the file that makes it.

    Attributes:
        table: schema and name; the name is the file's stem.
        path: the file, relative to `sql/`.
        reads: the tables the file reads (a test proves the list against the SQL).
    """

    table: str
    path: str
    reads: tuple[str, ...]

    @property
    def sql(self) -> str:
        """The SELECT of the model."""
        return files("sql").joinpath(self.path).read_text(encoding="utf-8")

    @property
    def description(self) -> str:
        """The comment at the head of the file: what one row is."""
        lines = []
        for line in self.sql.splitlines():
            if not line.startswith("--"):
                break
            lines.append(line.removeprefix("--").strip())
        return " ".join(lines)


@dataclass(frozen=True)
class ModelRun:
    """What a model made.

    Attributes:
        table: schema and name.
        rows: rows of the table.
        seconds: wall time.
    """

    table: str
    rows: int
    seconds: float


def run_model(con: duckdb.DuckDBPyConnection, model: Model) -> ModelRun:
    """Make the table of a model anew from its file.

    Raises:
        duckdb.Error: the SQL fails; the message names the table.
    """
    start = time.perf_counter()
    try:
        con.execute(f"CREATE OR REPLACE TABLE {model.table} AS\n{model.sql}")
    except Exception as error:
        error.add_note(f"model {model.table} ({model.path})")
        raise
    rows = con.execute(f"SELECT count(*) FROM {model.table}").fetchall()[0][0]  # noqa: S608 - a name of our own list
    return ModelRun(model.table, rows, time.perf_counter() - start)


def run_models(con: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> list[ModelRun]:
    """Run models in the order given."""
    return [run_model(con, model) for model in models]
