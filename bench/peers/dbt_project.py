"""A refresh as a dbt-duckdb project, built from nothing by an interpreter that has dbt and nothing of ours.

dbt is not in our lock: `BENCH_DBT_PYTHON` names an interpreter that has dbt-duckdb. `dbt_writer` has written
the project; it is parsed before the clock starts, as it would be by a server that builds it every month.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DATABASE = "lianbing.duckdb"
COUNTED = """
    SELECT agency_code, strftime(uploaded_at, '%Y-%m') AS month, count(*) FROM raw.inspection_records
    WHERE agency_code IS NOT NULL AND uploaded_at IS NOT NULL
    GROUP BY ALL ORDER BY ALL
"""


def interpreter() -> str | None:
    """The interpreter that has dbt-duckdb; None where there is none."""
    python = os.environ.get("BENCH_DBT_PYTHON", sys.executable)
    found = subprocess.run([python, "-c", "import dbt.adapters.duckdb"], capture_output=True, check=False)
    return python if found.returncode == 0 else None


def main(raw: Path, project: Path, work: Path, as_of: str, rulebook_sha256: str) -> None:
    """Build the project into a fresh folder inside this process, and print."""
    import duckdb
    from dbt.cli.main import dbtRunner

    shutil.rmtree(work, ignore_errors=True)
    (work / "parquet").mkdir(parents=True)
    os.environ["BENCH_DBT_DATABASE"] = str(work / DATABASE)
    given = {"raw": str(raw), "parquet": str(work / "parquet")}
    given |= {"as_of": as_of, "rulebook_sha256": rulebook_sha256}
    places = ["--project-dir", str(project), "--profiles-dir", str(project)]
    places += ["--target-path", str(work / "target"), "--log-path", str(work / "logs")]
    command = [*places, "--vars", json.dumps(given)]
    parsed = dbtRunner().invoke(["--quiet", "parse", *command]).result
    started = time.perf_counter()
    result = dbtRunner(manifest=parsed).invoke(["--quiet", "build", *command])
    seconds = time.perf_counter() - started
    if not result.success:
        sys.exit(f"dbt: {result.exception or [r.message for r in result.result if r.status == 'error'][:3]}")
    con = duckdb.connect(str(work / DATABASE))  # dbt still holds it, in this process
    records = (con.execute("SELECT count(*) FROM raw.inspection_records").fetchone() or (0,))[0]
    counted = [list(row) for row in con.execute(COUNTED).fetchall()]
    said = {"seconds": seconds, "phases": _phases(result.result), "records": records, "counted": counted}
    print(json.dumps(said))


def _phases(results: Iterable[Any]) -> dict[str, float]:
    """Seconds of dbt's threads, summed over models by schema, seeds and tests."""
    phases: dict[str, float] = defaultdict(float)
    for one in results:
        kind = one.node.resource_type
        phases[one.node.schema if kind == "model" else f"{kind}s"] += one.execution_time
    return phases


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
