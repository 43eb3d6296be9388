"""The season of the reports' tests with the rulebook's own tables, for the queries of the pages."""

from __future__ import annotations

from pathlib import Path

import duckdb
import reports_season

from checks import rulebook

RULEBOOK = Path(__file__).parents[2] / "sql" / "rulebook" / "xinjiang_2022"
MODELS = Path(__file__).parents[2] / "sql" / "marts"
OF_THE_RULEBOOK = ("threshold", "clause", "label", "parameter", "calendar")


def build(path: Path, as_of: str = "2022-11") -> Path:
    """Write the marts as of a month, the tables of the rulebook made from the real one."""
    reports_season.build(path, as_of=as_of)
    con = duckdb.connect()
    rulebook.install(con, rulebook.load(RULEBOOK))
    con.execute(f"ATTACH '{path}' AS season")
    for name in OF_THE_RULEBOOK:
        query = (MODELS / f"{name}.sql").read_text(encoding="utf-8")
        con.execute(f"CREATE OR REPLACE TABLE season.marts.{name} AS {query}")
    con.close()
    return path
