"""An explanation shows what was computed, and never one that does not add up."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import reports_season
from fixture_marts import SEASONS

from reports import explain, explain_text
from reports.explanation import Figure
from reports.queries.connection import open_snapshot

EXPECTED = SEASONS / "a-messy-season" / "expected"


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reports_season.build(tmp_path_factory.mktemp("season") / "marts.duckdb")


def changed(season: Path, folder: Path, statement: str) -> Path:
    """A copy of the season with something changed in it."""
    copy = folder / "changed.duckdb"
    copy.write_bytes(season.read_bytes())
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{copy}' AS season")
        con.execute("USE season")
        con.execute(statement)
    return copy


@pytest.mark.parametrize("as_of", ["2022-03", "2022-06", "2022-10", "2022-11"])
@pytest.mark.parametrize(
    ("subject", "table", "key"),
    [("officer", "officer_final_score", "officer_id"), ("bureau", "region_final_score", "region_code")],
)
def test_lines_add_up_to_the_expected_total(
    tmp_path: Path, as_of: str, subject: str, table: str, key: str
) -> None:
    con = open_snapshot(reports_season.build(tmp_path / "marts.duckdb", as_of=as_of))
    explained = {
        e.entity_id: sum((line.points for group in e.groups for line in group.clauses), Decimal(0))
        for e in explain.explain(con, subject)
    }
    with (EXPECTED / as_of / f"{table}.csv").open(encoding="utf-8") as file:
        totals = {row[key]: Decimal(row["total_points"]) for row in csv.DictReader(file)}
    assert explained == totals


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE marts.region_indicator_score SET points = points + 0.0001
           WHERE region_code = '652800' AND clause_id = 'C1.2'""",
        "DELETE FROM marts.region_indicator_score WHERE region_code = '652800' AND clause_id = 'C1.2'",
        "UPDATE marts.region_final_score SET c1 = c1 + 1 WHERE region_code = '652800'",
        """UPDATE marts.region_final_score SET total_points = total_points - 0.0001
           WHERE region_code = '652800'""",
        """UPDATE marts.region_monthly_record_score SET points = points + 0.0001
           WHERE region_code = '652800' AND month = '2022-06-01'""",
    ],
)
def test_what_does_not_add_up_is_never_shown(season: Path, tmp_path: Path, statement: str) -> None:
    with pytest.raises(explain.SumError, match="652800"):
        explain.explain_bureau(changed(season, tmp_path, statement), "652800")


def test_the_bureau_total_is_out_of_the_published_maxima(season: Path, tmp_path: Path) -> None:
    bureau = explain.explain_bureau(season, "652800")
    assert bureau.max_points == 105
    assert "105 分" in bureau.max_note
    assert "不是 100 分" in bureau.max_note
    assert "／105" in explain_text.to_text(bureau)
    other = changed(
        season,
        tmp_path,
        "UPDATE marts.clause SET group_max_points = group_max_points + 2 WHERE group_id = 'C7'",
    )
    assert "107 分" in explain.explain_bureau(other, "652800").max_note
    officer = explain.explain_officer(season, "R6500000001")
    assert (officer.max_points, officer.max_note) == (100, "")


def test_a_clause_shows_wording_figures_and_rows(season: Path) -> None:
    bureau = explain.explain_bureau(season, "652800", "C1.2")
    [line] = [line for group in bureau.groups for line in group.clauses]
    assert line.quote == "C1.2的原文"
    assert line.formula == "满分〔20分〕 × 最好评分〔88.5分〕 ÷ 100"
    assert line.figures == [
        Figure("最好评分", "88.5", "分"),
        Figure("案件", "", "", ["案件文号 A罚〔2022〕1号，得分 2分"]),
        Figure("缺少数据", "否", ""),
    ]
    assert line.status_zh == "已计分"
    assert [row.place for row in line.counted] == ["2022-06/案卷.xlsx 工作表“评查” 第 3 行"]
    assert [row.note for row in line.not_counted] == ["未在门户网站公开"]


def test_months_and_problem_records_of_c71(season: Path) -> None:
    bureau = explain.explain_bureau(season, "652800", "C7")
    line = bureau.groups[0].clauses[0]
    assert line.clause_id == "C7.1"
    assert line.months is not None
    assert line.months.columns == [
        "月份",
        "在编在岗",
        "有效记录",
        "人均",
        "问题记录",
        "问题占比",
        "基础分",
        "扣分",
        "得分",
    ]
    assert line.months.rows[0] == ["2022-04", "30", "99", "3.3", "22", "22.22%", "1.5", "0.3333", "1.1667"]
    assert len(line.months.rows) == 8
    con = open_snapshot(season)
    expected = con.execute(
        "SELECT count(*), max(points_at_stake) FROM marts.points_at_stake WHERE entity_id = '652800'"
    ).fetchone()
    assert (line.problem_record_count, line.problem_records[0].points_at_stake) == expected
    assert all(record.rules and record.messages for record in line.problem_records)
    assert line.problem_records == sorted(line.problem_records, key=lambda record: -record.points_at_stake)
    by_month: dict[str, float] = {}
    for record in line.problem_records:
        by_month[record.month] = by_month.get(record.month, 0) + record.points_at_stake
    assert by_month["2022-08"] == pytest.approx(0.4576, abs=0.0001)


def test_quarantined_rows_of_a_prefecture_are_those_of_its_cover(season: Path) -> None:
    con = open_snapshot(season)
    expected = con.execute(
        """SELECT count(DISTINCT (source, file, sheet, row_number)) FROM marts.quality_issue
           WHERE severity = 'fatal' AND NOT superseded AND region_code LIKE '6528%'"""
    ).fetchone()
    bureau = explain.explain_bureau(season, "652800")
    assert expected == (bureau.quarantined_count,) == (len(bureau.quarantined),)
    county = explain.explain_bureau(season, "652801")
    assert 0 < county.quarantined_count < bureau.quarantined_count
    [cut] = explain.explain(con, "bureau", ["652800"], limit=3)
    assert (len(cut.quarantined), cut.quarantined_count) == (3, bureau.quarantined_count)


def test_unknown_names_are_answered_in_words(season: Path) -> None:
    with pytest.raises(explain.ExplainError, match="没有编号为 R0 的人员"):
        explain.explain_officer(season, "R0")
    with pytest.raises(explain.ExplainError, match="没有代码 659001"):
        explain.explain_bureau(season, "659001")
    with pytest.raises(explain.ExplainError, match=r"没有 C12 这一款。可选：C1\.1、"):
        explain.explain_bureau(season, "652800", "C12")


def test_before_the_final_month_awards_are_expected_ones(tmp_path: Path) -> None:
    season = reports_season.build(tmp_path / "marts.duckdb", as_of="2022-10")
    bureau = explain.explain_bureau(season, "652800")
    assert bureau.award_note.startswith("预计")
    assert "阶段成绩" in explain_text.to_text(bureau)


def test_json_is_the_whole_tree(season: Path) -> None:
    tree = json.loads(explain_text.to_json(explain.explain_bureau(season, "652800")))
    assert tree["total_points"] == pytest.approx(sum(group["points"] for group in tree["groups"]))
    assert tree["groups"][0]["clauses"][1]["counted"][0]["business_key"] == "k1"


def test_long_lists_say_that_they_are_cut(season: Path) -> None:
    bureau = explain.explain_bureau(season, "652800", "C7.1")
    count = bureau.groups[0].clauses[0].problem_record_count
    text = explain_text.to_text(bureau, shown_rows=5)
    assert f"另有 {count - 5} 行" in text
    assert "演示数据" in text


def test_figures_go_behind_the_longest_label() -> None:
    figures = [Figure("评分", "80", "分"), Figure("最好评分", "90", "分"), Figure("满分", "32", "分")]
    assert explain.put_in("满分 × 最好评分 ÷ 100", figures) == "满分〔32分〕 × 最好评分〔90分〕 ÷ 100"
    assert explain.put_in("满分", []) == "满分"
