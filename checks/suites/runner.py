"""Runs the suites with Great Expectations on the marts of an open database."""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
import os
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import duckdb

from checks.suites.base import Expectation, Suite, SuiteResult
from checks.suites.catalogue import SUITES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

MOST_ROWS = 5
REHEARSAL = Suite(
    "rule.rows",
    "rule",
    "SELECT 'x' AS scope, 0 AS bad",
    ("scope",),
    (Expectation("nothing", "ExpectColumnSumToBeBetween", {"column": "bad", "max_value": 0}, "不应出现"),),
)
USED_BY_NO_SUITE = ("scipy.stats", "altair")
NOT_JUDGED = "检查本身未能执行："


def validate(
    con: duckdb.DuckDBPyConnection, data_docs: Path | None = None, suites: Sequence[Suite] = SUITES
) -> list[SuiteResult]:
    """Judge schema `marts` of `con`; one result per expectation, in the order of the suites.

    A mart that is missing, a frame that cannot be computed and an expectation that raises inside Great
    Expectations are blocking failures: what was not judged has not passed.

    Args:
        con: a database with schema `marts`; only read.
        data_docs: a directory to write the offline Data Docs site into; none: no site.
        suites: what to judge.
    """
    month = _as_of_month(con)
    session = _Session(month, data_docs)
    results: list[SuiteResult] = []
    for suite in suites:
        try:
            frame = con.execute(suite.frame).df()
        except duckdb.Error as error:
            results.append(_failure_of_ours(suite, suite.name, str(error).splitlines()[0]))
            continue
        outcome = session.run(suite, frame)
        results += [_result(con, suite, e, frame, outcome[e.name]) for e in suite.expectations]
    session.close()
    return results


def import_great_expectations() -> Any:  # noqa: ANN401 (a module)
    """Great Expectations, imported when it is asked for: it takes seconds."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    for module in USED_BY_NO_SUITE:
        import_on_first_use(module)
    import great_expectations as gx

    return gx


def rehearse() -> None:
    """Judge a frame of nothing and write its pages.

    What Great Expectations imports and compiles at its first run, half a second, is then behind it.
    """
    with duckdb.connect() as con, tempfile.TemporaryDirectory() as folder:
        validate(con, Path(folder), (REHEARSAL,))


def import_on_first_use(name: str) -> None:
    """Let a module be imported when something of it is first used, not when its name is.

    Great Expectations imports scipy's statistics and altair for expectations on distributions, which no suite
    of ours has: a third of its own import. Both still work where somebody does use them.
    """
    if name in sys.modules or importlib.util.find_spec(name) is None:
        return
    module = sys.modules[name] = _OnFirstUse(name)
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)


class _OnFirstUse(ModuleType):
    """Stands for a module until something of it is asked for.

    The standard library's `LazyLoader` would not do: `import` itself looks at what is in a module.
    """

    def __getattr__(self, name: str) -> object:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def _as_of_month(con: duckdb.DuckDBPyConnection) -> dt.date | None:
    """The as-of month of the marts, for the name of the run; none where it cannot be read."""
    try:
        row = con.execute("SELECT max(as_of_month) FROM marts.snapshot").fetchone()
    except duckdb.Error:
        return None  # the suites of marts.snapshot report it
    return row[0] if row else None


class _Session:
    """One ephemeral context of Great Expectations; its run is named after the month, not the clock."""

    def __init__(self, month: dt.date | None, data_docs: Path | None) -> None:
        gx = import_great_expectations()
        from great_expectations.core.run_identifier import RunIdentifier
        from great_expectations.data_context.types.base import ProgressBarsConfig

        self._gx = gx
        day = month or dt.date(1970, 1, 1)
        time = dt.datetime(day.year, day.month, 1, tzinfo=dt.UTC)
        self._run_id = RunIdentifier(run_name=day.strftime("%Y-%m"), run_time=time)
        self._data_docs = data_docs
        self._titles: dict[str, str] = {}
        self._context = gx.get_context(mode="ephemeral")
        self._context.variables.progress_bars = ProgressBarsConfig(globally=False)
        if data_docs is not None:
            self._context.add_data_docs_site(site_name="marts", site_config=_site(data_docs))
        self._context.delete_data_docs_site("local_site")
        # One asset for all frames: adding one for each writes the context's configuration anew each time.
        asset = self._context.data_sources.add_pandas("marts").add_dataframe_asset("mart")
        self._frame = asset.add_batch_definition_whole_dataframe("frame")

    def run(self, suite: Suite, frame: pd.DataFrame) -> Mapping[str, Any]:
        """The outcome of each expectation of the suite on the frame, by its name."""
        gx = self._gx
        self._titles[suite.site_name] = suite.title_zh
        questions = [
            getattr(gx.expectations, e.kind)(
                **e.arguments,
                description=f"{'【阻断发布】' if e.is_blocking else '【提请核对】'}不应出现：{e.message_zh}",
                severity="critical" if e.is_blocking else "warning",
                meta={"name": e.name},
            )
            for e in suite.expectations
        ]
        name = suite.site_name
        known = self._context.suites.add(gx.ExpectationSuite(name=name, expectations=questions))
        definition = self._context.validation_definitions.add(
            gx.ValidationDefinition(name=name, data=self._frame, suite=known)
        )
        outcome = definition.run(
            batch_parameters={"dataframe": frame},
            run_id=self._run_id,
            result_format={
                "result_format": "SUMMARY",
                "unexpected_index_column_names": list(suite.key),
                "partial_unexpected_count": MOST_ROWS,
            },
        )
        answers: list[Any] = outcome.results
        return {answer.expectation_config.meta["name"]: answer for answer in answers}

    def close(self) -> None:
        """Write the Data Docs, if asked for."""
        if self._data_docs is None:
            return
        from checks.suites.data_docs import make_offline

        self._context.build_data_docs()
        make_offline(self._data_docs, self._titles)


def _site(directory: Path) -> Any:  # noqa: ANN401 (a TypedDict that is private to Great Expectations)
    """The configuration of a Data Docs site in `directory`."""
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(directory.resolve()),
        },
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "site_section_builders": {"expectations": "none"},  # the results say what was expected
    }


def _result(
    con: duckdb.DuckDBPyConnection,
    suite: Suite,
    expectation: Expectation,
    frame: pd.DataFrame,
    outcome: Any,  # noqa: ANN401 (Great Expectations has no types)
) -> SuiteResult:
    """What Great Expectations said of one expectation, in our words."""
    raised = _exception(outcome.exception_info)
    if raised:
        return _failure_of_ours(suite, f"{suite.mart}.{expectation.name}", raised)
    observed = f"{len(frame)} 组均符合"
    seen: tuple[str, ...] = ()
    if not outcome.success:
        observed, seen = _seen(con, expectation, frame, outcome.result)
    return SuiteResult(
        suite.mart,
        f"{suite.mart}.{expectation.name}",
        expectation.is_blocking,
        bool(outcome.success),
        observed,
        expectation.message_zh,
        seen,
    )


def _seen(
    con: duckdb.DuckDBPyConnection, expectation: Expectation, frame: pd.DataFrame, result: Mapping[str, Any]
) -> tuple[str, tuple[str, ...]]:
    """What a failed expectation saw, in words, and the first rows at fault."""
    if expectation.examples:
        count = int(frame[expectation.arguments["column"]].sum())
        return f"{count} 行不符合", _examples(con, expectation.examples)
    if "partial_unexpected_index_list" in result:
        places = result["partial_unexpected_index_list"]
        count = result["unexpected_count"]
    else:
        places = frame[frame[expectation.arguments["column"]] != 0].to_dict("records")
        count = len(places)
    return f"{len(frame)} 组中有 {count} 组不符合", tuple(_words(place) for place in places[:MOST_ROWS])


def _failure_of_ours(suite: Suite, expectation: str, why: str) -> SuiteResult:
    """A blocking failure for what could not be judged."""
    return SuiteResult(suite.mart, expectation, True, False, why, NOT_JUDGED + why)


def _exception(info: Mapping[str, Any]) -> str:
    """The message of the exception in `exception_info`, which has one or several shapes; empty if none."""
    entries = [info] if "raised_exception" in info else list(info.values())
    messages = [str(entry["exception_message"]) for entry in entries if entry["raised_exception"]]
    return messages[0] if messages else ""


def _examples(con: duckdb.DuckDBPyConnection, query: str) -> tuple[str, ...]:
    """The first rows of a query, in words."""
    cursor = con.execute(f"{query} LIMIT {MOST_ROWS}")
    names = [column[0] for column in cursor.description or []]
    return tuple(_words(dict(zip(names, row, strict=True))) for row in cursor.fetchall())


def _words(row: Mapping[str, Any]) -> str:
    """A row as `column=value` joined; what is blank and what names a person is left out."""
    shown = {k: v for k, v in row.items() if v is not None and v != "" and k not in ("officer_name", "basis")}
    return "，".join(f"{key}={_cell(value)}" for key, value in shown.items())


def _cell(value: Any) -> str:  # noqa: ANN401 (any cell of a mart)
    """A cell as people read it: floating point at four decimals."""
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
