"""Figures and codes in the words that office staff read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from checks.register import CONTRACTS
from reports import words


def test_every_source_is_called_as_in_its_contract() -> None:
    assert dict(words.SOURCES) == {name: contract.title_zh for name, contract in CONTRACTS.items()}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("12.5000"), "12.5"),
        (0.0, "0"),
        (-0.00001, "0"),
        (100, "100"),
        (2 / 3, "0.6667"),
        (1200, "1200"),
    ],
)
def test_numbers(value: float | Decimal, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (0.25, "更正可挽回 0.25 分"),
        (0.5, "更正可挽回 0.50 分"),
        (0.0104, "更正可挽回 0.0104 分"),
        (1 / 3, "更正可挽回 0.3333 分"),
    ],
)
def test_points_at_stake(points: float, text: str) -> None:
    assert words.at_stake(points) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "无"),
        (True, "是"),
        (False, "否"),
        ("C罚〔2022〕1号", "C罚〔2022〕1号"),
        (date(2022, 4, 3), "2022-04-03"),
        (datetime(2022, 4, 3, 8, 5), "2022-04-03 08:05"),
        ([], "无"),
        (["甲", "乙"], "甲、乙"),
        ([{"mark": 90}, {"mark": 80}], "评分 90分；评分 80分"),
        ({"other": None, "b": 1, "c_rate": 0.5}, "b 1，c_rate 50.00%"),
    ],
)
def test_figures(value: object, text: str) -> None:
    assert words.figure(value, {"mark": ("评分", "分")}) == text


def test_basis_keeps_digits_and_refuses_what_is_no_object() -> None:
    assert words.basis('{"mark": 88.50}') == {"mark": Decimal("88.50")}
    assert words.basis(None) == {}
    with pytest.raises(ValueError, match="basis"):
        words.basis("[1]")


def test_places_and_shares() -> None:
    assert words.place("2022-04/a.csv", None, 7) == "2022-04/a.csv 第 7 行"
    assert words.percent(0.94996) == "95.00%"
    assert words.percent(None) == "—"
