"""The measure: plain DuckDB reads the inspection records into a table in memory and groups them twice.

Run as a process of its own; the last line of its output is JSON: seconds after imports, and what was counted.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb

BY_OFFICER = """
    CREATE TABLE by_officer AS
    SELECT officer, month, count(*) AS records
    FROM (
        SELECT unnest(string_split("执法证号", '、')) AS officer, substr("上传时间", 1, 7) AS month
        FROM record
    )
    GROUP BY ALL
"""
BY_COUNTY = """
    CREATE TABLE by_county AS
    SELECT "填报单位区划代码" AS county, substr("上传时间", 1, 7) AS month, count(*) AS records
    FROM record GROUP BY ALL
"""
COUNTED = """
    SELECT county, month, records FROM by_county
    WHERE county IN (SELECT code FROM read_csv(?, all_varchar = true))
        AND regexp_full_match(month, '[0-9]{4}-[0-9]{2}')
    ORDER BY ALL
"""
"""What both sides must agree on: records by county and month, where both can be read."""
DIVISIONS = Path(__file__).parents[1] / "sql" / "rulebook" / "xinjiang_2022" / "xinjiang_divisions.csv"


def main(raw: Path) -> None:
    """Read, group, and print."""
    started = time.perf_counter()
    con = duckdb.connect(config={"threads": 2})
    pattern = str(raw / "*" / "检查记录" / "*.csv")
    con.execute("CREATE TABLE record AS FROM read_csv(?, all_varchar = true, header = true)", [pattern])
    con.execute(BY_OFFICER)
    con.execute(BY_COUNTY)
    seconds = time.perf_counter() - started
    rows = con.execute("SELECT count(*) FROM record").fetchone() or (0,)
    counted = [list(row) for row in con.execute(COUNTED, [str(DIVISIONS)]).fetchall()]
    print(json.dumps({"seconds": seconds, "records": rows[0], "counted": counted}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
