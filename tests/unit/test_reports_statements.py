"""Score statements: one page a bureau, whole in itself."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
import reports_season

from reports import statements
from reports.explain import ExplainError, explain
from reports.queries.connection import open_snapshot


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = reports_season.build(tmp_path_factory.mktemp("season") / "marts.duckdb")
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path}' AS season")
        con.execute("USE season")
        con.execute(
            "UPDATE marts.score_evidence SET note_zh = '<script>alert(1)</script>' WHERE NOT is_counted"
        )
    return path


@pytest.fixture(scope="module")
def pages(season: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    written = statements.write_all(open_snapshot(season), tmp_path_factory.mktemp("reports"))
    return {path.name: path.read_text(encoding="utf-8") for path in written}


def test_a_page_for_each_bureau(season: Path, pages: dict[str, str]) -> None:
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{season}' AS season (READ_ONLY)")
        rows = con.execute("SELECT region_code, region_name FROM season.marts.region_final_score").fetchall()
    assert set(pages) == {f"得分说明单_{code}_{name}.html" for code, name in rows}


def test_a_page_written_with_others_is_the_page_written_alone(season: Path, pages: dict[str, str]) -> None:
    con = open_snapshot(season)
    for name, written in list(pages.items())[::20]:
        (alone,) = explain(con, "bureau", [name.split("_")[1]], limit=statements.SHOWN_ROWS)
        assert statements.html(alone) == written


def test_nothing_is_loaded_from_anywhere(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert re.findall(r"(?i)https?:|//\w|\bsrc=|\bhref=|url\(|@import|<script|<link|<iframe", page) == []
        assert "default-src 'none'" in page


def test_total_note_clauses_months_and_rows(pages: dict[str, str]) -> None:
    page = pages["得分说明单_652800_巴音郭楞蒙古自治州.html"]
    assert "76.8981／105" in page
    assert "不是 100 分" in page
    for clause in ["C1.1", "C7.1", "C11.3c"]:
        assert f"{clause} {clause}的标题" in page
        assert f"{clause}的原文" in page
    assert "满分〔12分〕 × 最好评分〔88.5分〕 ÷ 100" in page
    assert "<td>22.22%</td>" in page
    assert "2022-06/案卷.xlsx 工作表“评查” 第 3 行" in page
    assert "更正可挽回" in page
    assert "不计分，更正后方可计分" in page
    assert "规则 xinjiang_2022（aaaaaaaaaaaa）" in page
    assert "另有 70 行未列出" in page


def test_texts_of_the_data_are_escaped(pages: dict[str, str]) -> None:
    page = pages["得分说明单_652800_巴音郭楞蒙古自治州.html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_demo_is_marked_and_real_is_not(season: Path, pages: dict[str, str], tmp_path: Path) -> None:
    assert all("演示数据" in page for page in pages.values())
    real = tmp_path / "real.duckdb"
    real.write_bytes(season.read_bytes())
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{real}' AS season")
        con.execute("UPDATE season.marts.snapshot SET is_demo = false")
    assert "演示数据" not in statements.officer_html(real, "R6500000001")


def test_officer_page(season: Path, tmp_path: Path) -> None:
    page = statements.officer_html(season, "R6500000001")
    assert "／100" in page
    assert "不是 100 分" not in page
    file = statements.write_one(season, "officer", "R6500000001", tmp_path / "page.html")
    assert file.read_text(encoding="utf-8") == page
    with pytest.raises(ExplainError):
        statements.officer_html(season, "R0")


def test_before_the_final_month_it_says_so(tmp_path: Path) -> None:
    season = reports_season.build(tmp_path / "marts.duckdb", as_of="2022-06")
    file = statements.write_one(season, "bureau", "652800", tmp_path / "page.html")
    assert "阶段成绩（非最终，评选结果为预计）" in file.read_text(encoding="utf-8")


def test_same_snapshot_same_bytes(season: Path, pages: dict[str, str], tmp_path: Path) -> None:
    again = {
        path.name: path.read_text(encoding="utf-8")
        for path in statements.write_all(open_snapshot(season), tmp_path)
    }
    assert again == pages
