"""A reader of the published marts in a process of its own: needs nothing but some version of DuckDB.

Usage: reader.py MARTS STOP_FILE LOG. Until STOP_FILE exists it opens the current marts, notes what it
sees, holds on to them, looks again, and reopens. Each line of LOG is a JSON object: raw_sha256,
digest, again, version; or error.
"""

import json
import sys
import time
from pathlib import Path

import duckdb

QUESTION = """
    SELECT
        (SELECT raw_sha256 FROM m.marts.snapshot),
        (SELECT count(*) FROM m.marts.quality_issue)
        || ' ' || (SELECT count(*) FROM m.marts.delivery_file)
        || ' ' || (SELECT sum(points) FROM m.marts.officer_indicator_score)
        || ' ' || (SELECT sum(total_points) FROM m.marts.region_final_score)
        || ' ' || (SELECT sum(records) FROM m.marts.officer_monthly_record_score)
"""
HOLD_SECONDS = 0.3


def main(marts: Path, stop: Path, log: Path) -> None:
    """Read until told to stop."""
    with log.open("w", encoding="utf-8") as lines:
        while not stop.exists():
            try:
                con = duckdb.connect()
                con.execute(
                    "ATTACH '"
                    + str(marts / "current" / "marts.duckdb").replace("'", "''")
                    + "' AS m (READ_ONLY)"
                )
                first = con.execute(QUESTION).fetchone()
                time.sleep(HOLD_SECONDS)
                again = con.execute(QUESTION).fetchone()
                con.close()
                seen = {
                    "raw_sha256": first[0],
                    "digest": first[1],
                    "again": again[1],
                    "version": duckdb.__version__,
                }
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is what the test is about
                seen = {"error": repr(error), "version": duckdb.__version__}
            lines.write(json.dumps(seen) + "\n")
            lines.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
