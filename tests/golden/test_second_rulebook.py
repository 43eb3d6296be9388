"""Another province's rulebook works by its files alone: other months, numbers, places, fewer clauses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from golden_cases import FOLDER, Case, all_cases
from golden_season import GoldenSeason

from checks.rulebook import load

ROOT = Path(__file__).parents[2]
NAME = "yunling_2023"
CASES = all_cases(FOLDER / "yunling")
CODES = {
    "甲市": "990100",
    "甲县": "990101",
    "乙县": "990102",
    "乙市": "990200",
    "乙市子县": "990201",
    "外市": "990300",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    season = GoldenSeason([case], load(ROOT / "sql" / "rulebook" / NAME), CODES)
    assert season.differences() == []


def test_only_the_clauses_of_the_rulebook_are_scored() -> None:
    season = GoldenSeason(CASES[:1], load(ROOT / "sql" / "rulebook" / NAME), CODES)
    scored = season.con.execute("SELECT DISTINCT clause_id FROM score.bureau_line ORDER BY ALL").fetchall()
    asked = season.con.execute(
        "SELECT clause_id FROM rulebook.clause WHERE subject = 'bureau' ORDER BY ALL"
    ).fetchall()
    assert scored == asked
    assert len(scored) == 8
    bureaus = season.con.execute("SELECT region_code, level FROM core.bureau ORDER BY ALL").fetchall()
    assert bureaus == [
        ("990100", "prefecture"),
        ("990101", "county"),
        ("990200", "prefecture"),
        ("990300", "prefecture"),
    ]


def test_no_code_knows_of_it() -> None:
    code = [
        *(
            path
            for folder in ("assets", "checks", "pipelines", "reports")
            for path in (ROOT / folder).rglob("*.py")
        ),
        *(ROOT / "sql").rglob("*.sql"),
    ]
    assert not [path for path in code if re.search("yunling|云岭|9901", path.read_text(encoding="utf-8"))]
