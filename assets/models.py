"""The SQL models: plain files, one SELECT each, run in the order of an explicit list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from graphlib import TopologicalSorter
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import duckdb

Made = TypeVar("Made")
SIDE_BY_SIDE = 2  # many a model keeps one core busy only


@dataclass(frozen=True)
class Model:
    """A table and the file that makes it.

    Attributes:
        table: schema and name; the name is the file's stem.
        path: the file, relative to `sql/`.
        reads: the tables the file reads (a test proves the list against the SQL).
        is_view: it is cheaper made where it is read than kept: marts are read once, to be published.
        is_type: not a table but a type: an ENUM of the file's rows.
    """

    table: str
    path: str
    reads: tuple[str, ...]
    is_view: bool = False
    is_type: bool = False

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


def mart(name: str, reads: tuple[str, ...]) -> Model:
    """The model of a public table."""
    return Model(f"marts.{name}", f"marts/{name}.sql", reads, is_view=True)


def run_model(con: duckdb.DuckDBPyConnection, model: Model) -> int | None:
    """Make the table of a model anew from its file.

    Returns:
        Its rows; None for a view and a type.

    Raises:
        duckdb.Error: the SQL fails; the message names the table.
    """
    try:
        made = con.execute(_statement(model)).fetchall()
    except Exception as error:
        error.add_note(f"model {model.table} ({model.path})")
        raise
    return None if model.is_view or model.is_type else made[0][0]


def _statement(model: Model) -> str:
    if model.is_type:
        return f"CREATE OR REPLACE TYPE {model.table} AS ENUM (\n{model.sql})"
    return f"CREATE OR REPLACE {'VIEW' if model.is_view else 'TABLE'} {model.table} AS\n{model.sql}"


def run_models(
    con: duckdb.DuckDBPyConnection,
    models: Iterable[Model],
    run: Callable[[duckdb.DuckDBPyConnection, Model], Made],
) -> list[Made]:
    """Run models, those side by side that do not read each other.

    Args:
        con: the warehouse; each model gets a cursor of it.
        models: in an order in which each comes after those it reads.
        run: makes the table of a model.

    Returns:
        What `run` gave for each model, in the order of the models.

    Raises:
        duckdb.Error: a model failed; those that had begun were ended first.
    """
    by_table = {model.table: model for model in models}
    order = TopologicalSorter(
        {table: [name for name in model.reads if name in by_table] for table, model in by_table.items()}
    )
    order.prepare()
    made: dict[str, Made] = {}

    def run_one(table: str) -> None:
        with con.cursor() as cursor:
            made[table] = run(cursor, by_table[table])

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        running: dict[Future[None], str] = {}
        try:
            while order.is_active():
                running |= {pool.submit(run_one, table): table for table in order.get_ready()}
                for ended in wait(running, return_when=FIRST_COMPLETED).done:
                    ended.result()
                    order.done(running.pop(ended))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return [made[table] for table in by_table]
