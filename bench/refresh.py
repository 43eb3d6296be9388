"""A refresh from nothing, inside one process after imports: the candidate that is measured.

The last line of the output is JSON: seconds, seconds by phase, what is left between the phases and for the
import of Dagster, and the records by county and month that the gate compares with the measure.
"""

from __future__ import annotations

import gc
import importlib
import json
import shutil
import sys
import time
from datetime import date
from pathlib import Path

import duckdb

from assets.deliveries import pool
from checks import suites
from pipelines.cli import RARELY

IMPORTED_FIRST = (
    "pandera.polars",
    "xlsxwriter",
    "assets.landing",
    "checks.register",
    "checks.suites",
    "pipelines.definitions",
    "pipelines.stages",
    "reports.feedback",
    "reports.statements",
)
WITHOUT_REPORTS = "--without-reports"
COUNTED = """
    SELECT agency_code AS county, strftime(uploaded_at, '%Y-%m') AS month, count(*) AS records
    FROM raw.inspection_records
    WHERE agency_code IS NOT NULL AND uploaded_at IS NOT NULL
    GROUP BY ALL ORDER BY ALL
"""


def main(raw: Path, work: Path, as_of: str, *, has_reports: bool = True) -> None:
    """Refresh into a fresh folder, and print.

    Args:
        raw: the deliveries.
        work: the folder.
        as_of: the month, `2022-05`.
        has_reports: problem lists, statements and the data package are written, as always; a peer that writes
            none is measured against a refresh without them.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    gc.set_threshold(*RARELY)  # as the command line does
    started = time.perf_counter()
    import pipelines.unrecorded  # noqa: F401 (Dagster and its storages: their import is part of its overhead)

    importing = time.perf_counter() - started
    for module in IMPORTED_FIRST:
        importlib.import_module(module)
    suites.warm_up().wait_until_ready()
    pool.warm_up().wait_until_ready()
    if not has_reports:
        stages = importlib.import_module("pipelines.stages")
        stages._write_reports = lambda *_: None  # no user can leave them out
    from pipelines.refresh import refresh
    from pipelines.settings import Settings

    settings = Settings(
        raw=raw, marts=work / "marts", warehouse=work / "warehouse.duckdb", logs=work / "logs"
    )
    started = time.perf_counter()
    outcome = refresh(settings, date.fromisoformat(f"{as_of}-01"), is_quiet=True)
    seconds = time.perf_counter() - started
    if outcome.status != "published":
        sys.exit(f"{outcome.message_zh} {outcome.failed_checks}")
    con = duckdb.connect(str(settings.warehouse), read_only=True)
    records = (con.execute("SELECT count(*) FROM raw.inspection_records").fetchone() or (0,))[0]
    counted = [list(row) for row in con.execute(COUNTED).fetchall()]
    said = {
        "seconds": seconds,
        "phases": outcome.phases,
        "dagster": importing + seconds - sum(outcome.phases.values()),
        "records": records,
        "counted": counted,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], has_reports=WITHOUT_REPORTS not in sys.argv)
