"""The golden cases: what the rulebook's clauses give, at, just below and just above every limit."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from golden_cases import Case, all_cases
from golden_numbers import number_differences
from golden_season import RULEBOOK, GoldenSeason, seasons_of

from checks.rulebook import load

CASES = all_cases()
SEASONS = seasons_of(CASES)

# How many cases each clause has; a clause that loses one is noticed.
COUNTS = {
    "I1.1": 4, "I1.2": 11, "I2.1": 5, "I2.V": 1, "I3.1": 7, "I3.2": 2, "I4.1": 4, "I5.1": 4, "C1.1": 2,
    "C1.2": 5, "C2.1": 5, "C3.1": 6, "C4.1a": 2, "C4.1b": 2, "C4.2a": 2, "C4.2b": 2, "C4.3": 3,
    "C4.4": 3, "C4.5": 2, "C4.6": 2, "C4.7": 2, "C4.8": 2, "C4.9a": 2, "C4.9b": 2, "C5.1": 6,
    "C6.1": 2, "C6.2": 2, "C6.3": 2, "C7.1": 7, "C7.2": 7, "C7.4a": 4, "C7.4b": 4, "C8.1": 3,
    "C8.2": 5, "C8.V": 1, "C9.1": 3, "C9.2": 1, "C9.3a": 1, "C9.3b": 1, "C10.1": 2, "C11.1": 2,
    "C11.2": 1, "C11.3a": 1, "C11.3b": 1, "C11.3c": 1, "评选": 7, "推荐": 1, "总分": 1, "质量": 7,
}  # fmt: skip


@cache
def differences(season: str) -> tuple[str, ...]:
    return tuple(GoldenSeason(SEASONS[season]).differences())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    season = next(name for name, cases in SEASONS.items() if case in cases)
    assert case.expected, "a case says what must come out"
    assert not [found for found in differences(season) if found.startswith(f"{case}: ")]


def test_every_clause_has_its_cases() -> None:
    assert Counter(clause for case in CASES for clause in case.clauses) == COUNTS


def test_every_case_cites_its_source() -> None:
    assert all(case.head.get("依据") and case.head.get("截至") for case in CASES)


def test_the_numbers_of_the_notice() -> None:
    assert not number_differences(load(RULEBOOK))
