"""Rulebooks of another shape are published: other conditions, awards by judgement, one annex alone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.refresh import refresh
from pipelines.settings import Settings

RULEBOOKS = Path(__file__).parents[2] / "sql" / "rulebook"
REFERENCE = Path(__file__).parents[1] / "reference-season" / "a-messy-season" / "raw"
ROSTER = """统计月份,人员编号,姓名,所属单位区划代码,是否在编,是否在岗,执法证号,证件有效期起,证件有效期止
2023-10,R1,张三,990101,是,是,Z1,2020-01-01,2023-06-30
2023-10,R2,李四,990101,是,是,Z2,2020-01-01,2030-06-30
"""
NOMINATIONS = """推荐类型,推荐单位区划代码,执法证号,推荐日期
现场执法能手,990100,Z1,2023-09-01
"""


def published(root: Path, rulebook: Path, as_of: date) -> duckdb.DuckDBPyConnection:
    """The marts of a refresh that was published."""
    settings = Settings(
        raw=root / "raw", marts=root / "marts", warehouse=root / "w.duckdb", rulebook=str(rulebook)
    )
    outcome = refresh(settings, as_of, is_quiet=True)
    assert outcome.status == "published", outcome
    con = duckdb.connect()
    con.execute(f"ATTACH '{settings.marts / 'current' / 'marts.duckdb'}' AS m (READ_ONLY)")
    con.execute("USE m.marts")
    return con


def statuses(con: duckdb.DuckDBPyConnection, table: str, condition: str = "true") -> set[str]:
    """The award statuses that occur."""
    rows = con.execute(f"SELECT DISTINCT award_status FROM {table} WHERE {condition}").fetchall()
    return {status for (status,) in rows}


@pytest.fixture
def season(tmp_path: Path) -> tuple[Path, Path]:
    """January of the reference season, and a copy of its rulebook to change."""
    shutil.copytree(REFERENCE / "2022-01", tmp_path / "raw" / "2022-01")
    return tmp_path, Path(shutil.copytree(RULEBOOKS / "xinjiang_2022", tmp_path / "xinjiang_2022"))


def test_an_award_that_asks_for_no_certificate_is_given_without_one(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "2023-10"
    folder.mkdir(parents=True)
    (folder / "名册.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "推荐.csv").write_text(NOMINATIONS, encoding="utf-8")
    con = published(tmp_path, RULEBOOKS / "yunling_2023", date(2023, 10, 1))
    rows = con.execute(
        "SELECT officer_id, has_valid_cert, rank_no, award_status FROM officer_final_score ORDER BY ALL"
    ).fetchall()
    assert rows == [("R1", False, 1, "入选"), ("R2", True, None, "未推荐")]


@pytest.mark.parametrize(
    ("before", "after", "table", "condition"),
    [
        ('nomination_kind = "组织宣传表现突出个人"\n', "", "officer_final_score", "true"),
        (
            'level = "prefecture" # 直接被列为地（州、市）级表现突出集体候选名单: '
            'nobody nominates them\nis_ranked = true',
            'level = "prefecture"\nis_ranked = false',
            "region_final_score",
            "level = 'prefecture'",
        ),
    ],
    ids=["officers", "prefectures"],
)  # fmt: skip
def test_all_are_candidates_of_an_award_by_judgement_but_not_ranked(
    season: tuple[Path, Path], before: str, after: str, table: str, condition: str
) -> None:
    root, rulebook = season
    path = rulebook / "awards.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    con = published(root, rulebook, date(2022, 1, 1))
    found = statuses(con, table, condition)
    assert "待评审" in found
    assert found <= {"待评审", "取消资格", "不符合基本条件"}


@pytest.mark.parametrize("subject", ["officer", "bureau"])
def test_a_rulebook_of_one_annex(season: tuple[Path, Path], subject: str) -> None:
    root, rulebook = season
    shutil.rmtree(rulebook / subject)
    con = published(root, rulebook, date(2022, 1, 1))
    totals = {"officer": "officer_final_score", "bureau": "region_final_score"}
    assert con.execute(f"SELECT max(total_points) FROM {totals.pop(subject)}").fetchone() == (0,)
    other = con.execute(f"SELECT max(total_points) > 0 FROM {totals.popitem()[1]}").fetchone()
    assert other == (True,)
