"""The record part of a refresh as a dbt-duckdb project (models and tests in `dbt/`).

It does less than a refresh: one kind of delivery, one way of writing, no corrections, provenance or awards.
dbt is not in our lock: `BENCH_DBT_PYTHON` names an interpreter that has dbt-duckdb. Run by it, this module
imports nothing of ours.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).parent / "dbt"
DIVISIONS = Path(__file__).parents[2] / "sql" / "rulebook" / "xinjiang_2022" / "xinjiang_divisions.csv"
COUNTED = """
    SELECT agency_code, strftime(uploaded_at, '%Y-%m') AS month, count(*) FROM record
    WHERE agency_code IN (SELECT code FROM read_csv(?, all_varchar = true)) AND uploaded_at IS NOT NULL
    GROUP BY ALL ORDER BY ALL
"""


def interpreter() -> str | None:
    """The interpreter that has dbt-duckdb; None where there is none."""
    python = os.environ.get("BENCH_DBT_PYTHON", sys.executable)
    found = subprocess.run([python, "-c", "import dbt.adapters.duckdb"], capture_output=True, check=False)
    return python if found.returncode == 0 else None


def main(raw: Path, work: Path) -> None:
    """Build the project from nothing inside this process, and print."""
    import duckdb
    from dbt.cli.main import dbtRunner

    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    os.environ["BENCH_DBT_DATABASE"] = str(work / "records.duckdb")
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    made = ["--target-path", str(work / "target"), "--log-path", str(work / "logs")]
    command = ["--quiet", "build", *places, *made, "--vars", json.dumps({"raw": str(raw)})]
    started = time.perf_counter()
    result = dbtRunner().invoke(command)
    seconds = time.perf_counter() - started
    if not result.success:
        sys.exit(f"dbt: {result.exception or [r.message for r in result.result if r.status != 'success']}")
    con = duckdb.connect(str(work / "records.duckdb"))  # dbt still holds it, in this process
    records = (con.execute("SELECT count(*) FROM record").fetchone() or (0,))[0]
    counted = [list(row) for row in con.execute(COUNTED, [str(DIVISIONS)]).fetchall()]
    print(json.dumps({"seconds": seconds, "records": records, "counted": counted}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
