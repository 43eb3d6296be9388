"""Whole seasons: every mart of scores is that of a second calculation, from the documents alone.

`tests/oracle_all` holds that calculation, and what draws the seasons and rulebooks. The long test tries
a quarter of `LIANBING_RANDOM_SEASONS`, from seed `LIANBING_FAULT_SEED` on.
"""

from __future__ import annotations

import os
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from oracle_all.run import Refreshed, refresh_differences, refresh_invented, refresh_season

MANY = max(1, int(os.environ.get("LIANBING_RANDOM_SEASONS", "200")) // 4)  # each takes seven seconds
FIRST = int(os.environ.get("LIANBING_FAULT_SEED", "0"))
SHOWN = 20
NOVEMBER = 11
DAMAGED = Path(__file__).parents[1] / "reference-season" / "b-damaged-season" / "raw"
ROSTER = """统计月份,人员编号,姓名,所属单位区划代码,是否在编,是否在岗,执法证号,证件有效期起,证件有效期止
2022-01,A1,甲,650102,是,是,C1,2021-01-01,2024-01-01
2022-01,A2,乙,650103,是,是,C2,2021-01-01,2024-01-01
"""
SERVICE = """行动名称,组织单位,轮次,执法证号,派出单位区划代码,派员日期,表现评分,违纪次数,廉洁问题
a,生态环境部,1,C1,650102,2022-05-01,60,0,
a,自治区生态环境厅,2,C2,650103,2022-05-01,90,0,
"""


def check(refreshed: Refreshed, season: str) -> None:
    """Fail with the season's name and the first differences where there are some."""
    found = list(refresh_differences(refreshed))
    if found:
        pytest.fail("\n".join([f"{season}: {len(found)} differences", *found[:SHOWN]]))


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Refreshed:
    """An invented season under the rulebook of 2022."""
    place = tmp_path_factory.mktemp("invented")
    return refresh_invented(2, place, is_rulebook_other=False, months=[NOVEMBER])


def test_an_invented_season(invented: Refreshed) -> None:
    check(invented, "seed 2")


def test_an_invented_season_under_another_rulebook(tmp_path: Path) -> None:
    refreshed = refresh_invented(3, tmp_path, is_rulebook_other=True, months=[NOVEMBER])
    check(refreshed, "seed 3, another rulebook")


def test_a_damaged_reference_season(tmp_path: Path) -> None:
    check(refresh_season(DAMAGED, tmp_path, [NOVEMBER]), "b-damaged-season")


@pytest.mark.parametrize(
    ("place", "value", "spoken_of"),
    [
        ("oracle_all.book.Book.maximum", lambda _book, _clause: Fraction(1, 3), "region_indicator_score"),
        ("oracle_all.bureaus.is_file_good", lambda _season, _review, _case: False, "C1.2"),
        ("oracle_all.season.PLACES", 10, "points"),
        ("oracle_all.rows.is_uscc", lambda _code: True, "IR-F1"),
        ("oracle_all.lists.TOLERANCE", Fraction(-1), "points_at_stake"),
        ("oracle_all.evidence.OFFICER_CLAUSES", ("I2.1",), "score_evidence"),
    ],
)
def test_a_difference_would_be_seen(
    monkeypatch: pytest.MonkeyPatch, invented: Refreshed, place: str, value: object, spoken_of: str
) -> None:
    """Where the calculation is changed, the comparison says so: it does not pass for want of looking."""
    monkeypatch.setattr(place, value)
    assert any(spoken_of in line for line in refresh_differences(invented))


def test_a_mark_replaced_by_the_lowest_is_not_said_to_count(tmp_path: Path) -> None:
    """C8.2: who sent nobody to the ministry's campaigns gets the lowest mark, whatever other rows give."""
    folder = tmp_path / "raw" / "2022-11"
    folder.mkdir(parents=True)
    (folder / "名册.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "实战练兵.csv").write_text(SERVICE, encoding="utf-8")
    refreshed = refresh_season(tmp_path / "raw", tmp_path, [NOVEMBER])
    check(refreshed, "C8.2")
    marts = refreshed.marts[NOVEMBER]
    points = {
        row["region_code"]: row["points"]
        for row in marts["region_indicator_score"]
        if row["clause_id"] == "C8.2"
    }
    assert (points["650102"], points["650103"], points["650100"]) == (12, 12, 15)
    counted = {
        (row["entity_id"], row["row_number"]): row["is_counted"]
        for row in marts["score_evidence"]
        if row["clause_id"] == "C8.2"
    }
    assert counted == {("650102", 2): True, ("650103", 3): False, ("650100", 2): True, ("650100", 3): True}


@pytest.mark.faults
def test_many_invented_seasons(tmp_path: Path) -> None:
    """Every second season under another rulebook; what fails names the seed."""
    for seed in range(FIRST, FIRST + MANY):
        is_rulebook_other = seed % 2 == 1
        place = tmp_path / str(seed)
        season = f"seed {seed}, {'another' if is_rulebook_other else 'its own'} rulebook"
        try:
            check(refresh_invented(seed, place, is_rulebook_other=is_rulebook_other), season)
        except Exception as error:
            error.add_note(season)
            raise
        shutil.rmtree(place)
