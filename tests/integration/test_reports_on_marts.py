"""The reports on marts as a refresh publishes them, from deliveries that try to do harm."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest
from compare import SEASONS

from pipelines.refresh import refresh
from pipelines.settings import Settings
from reports import explain
from reports.queries.connection import open_snapshot
from reports.queries.stakes import add_up, problem_list

PAGE = Path(__file__).parents[2] / "docs" / "marts.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("damaged")
    raw = SEASONS / "b-damaged-season" / "raw"
    settings = replace(Settings(), raw=raw, marts=root / "marts", warehouse=root / "warehouse.duckdb")
    outcome = refresh(settings, date(2022, 11, 1), is_quiet=True)
    assert outcome.exit_code == 0, outcome
    return Path(outcome.path)


@pytest.mark.parametrize("query", QUERIES, ids=range(1, 11))
def test_queries_of_the_page_answer(snapshot: Path, query: str) -> None:
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{snapshot / 'marts.duckdb'}' AS lianbing (READ_ONLY)")
        con.execute("USE lianbing")
        assert con.execute(query).fetchall()


@pytest.mark.parametrize(
    ("subject", "table"), [("officer", "officer_final_score"), ("bureau", "region_final_score")]
)
def test_everyone_can_be_explained(snapshot: Path, subject: str, table: str) -> None:
    con = open_snapshot(snapshot)
    explained = explain.explain(con, subject)
    assert con.execute(f"SELECT count(*) FROM marts.{table}").fetchone() == (len(explained),)
    lines = [line for one in explained for group in one.groups for line in group.clauses]
    assert all(line.title and line.quote and line.formula and line.status_zh for line in lines)
    assert not [figure for line in lines for figure in line.figures if re.match(r"[a-z_]+$", figure.label)]
    assert not re.findall(r"\{\w+\}", "".join(line.formula for line in lines))


def test_officers_see_their_quarantined_records(snapshot: Path) -> None:
    con = open_snapshot(snapshot)
    (rows,) = con.execute(
        """SELECT count(*) FROM marts.score_evidence AS e SEMI JOIN failing_row AS f
               ON f.file = e.file AND f.sheet IS NOT DISTINCT FROM e.sheet AND f.row_number = e.row_number
               AND f.source = e.source AND f.severity = 'fatal'
           WHERE e.clause_id = 'I3.1' AND NOT e.is_counted"""
    ).fetchall()
    assert (
        rows == con.execute("SELECT count(*) FROM marts.score_evidence WHERE clause_id = 'I3.1'").fetchone()
    )
    shown = [
        row
        for one in explain.explain(con, "officer")
        for group in one.groups
        for line in group.clauses
        if line.clause_id == "I3.1"
        for row in line.not_counted
    ]
    assert len(shown) == rows[0] > 0


def test_workbooks_hold_every_failing_row_and_no_formula(snapshot: Path) -> None:
    books = sorted((snapshot / "reports").glob("问题清单_*.xlsx"))
    assert len(books) == 15
    sheets = [sheet for path in books for sheet in openpyxl.load_workbook(path).worksheets]
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    listed = {row[1:4] for sheet in sheets if sheet.title != "汇总" for row in list(sheet.values)[1:]}
    con = open_snapshot(snapshot)
    add_up(con)
    codes = [code for (code,) in con.execute("SELECT DISTINCT prefecture_code FROM listed_row").fetchall()]
    failing = pl.concat(problem_list(con, code) for code in codes)
    assert listed == set(failing.select("file", "sheet", "row_number").iter_rows())


def test_statements_load_nothing(snapshot: Path) -> None:
    pages = sorted((snapshot / "reports").glob("得分说明单_*.html"))
    bureaus = open_snapshot(snapshot).execute("SELECT count(*) FROM marts.region_final_score").fetchone()
    assert bureaus == (len(pages),)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"(?i)\b(?:src|href)=|url\(|@import|<script|<link|<iframe|<img", text) == []


def test_every_table_and_column_is_described(snapshot: Path) -> None:
    package = json.loads((snapshot / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        assert (snapshot / table["path"]).is_file()
        assert table["description"]
        assert all(column["description"] for column in table["schema"]["fields"])
    fields = openpyxl.load_workbook(snapshot / "字段说明.xlsx")["字段"]
    assert fields.max_row == 1 + sum(len(table["schema"]["fields"]) for table in package["resources"])
