"""The contract of `transmission_rates` 自动监测传输率 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_blank, is_missing
from checks.contracts.model import COMPLETENESS, FATAL, FORMAT, NOTICE, PROBLEM

TITLE_ZH = "自动监测传输率"
KEY = (
    "month",
    "region_code",
)
REGION_COLUMN = "region_code"

COLUMNS = (
    Column("month", Kind.MONTH, ("统计月份", "月份"), is_required=True, unreadable_rule="TR-E1"),
    Column("region_code", Kind.REGION, ("区划代码",), is_required=True, unreadable_rule="TR-E1"),
    Column("region_name", Kind.TEXT, ("区划名称", "地区")),
    Column("site_count", Kind.WHOLE, ("重点排污单位数",)),
    Column(
        "expected_count",
        Kind.WHOLE,
        ("应传数据量", "应传输数据量"),
        is_required=True,
        unreadable_rule="TR-E2",
    ),
    Column(
        "immediate_count",
        Kind.WHOLE,
        ("即时有效数据量", "即时有效传输量"),
        is_required=True,
        unreadable_rule="TR-E2",
    ),
    Column(
        "completed_count",
        Kind.WHOLE,
        ("补全有效数据量", "补全有效传输量"),
        is_required=True,
        unreadable_rule="TR-E2",
    ),
    Column("immediate_rate", Kind.PERCENT, ("即时有效传输率", "即时有效传输率(%)")),
    Column("completed_rate", Kind.PERCENT, ("补全有效传输率", "补全有效传输率(%)")),
)

SOURCE = "transmission_rates"

RULES = (
    Rule(
        "TR-E1",
        SOURCE,
        FORMAT,
        FATAL,
        "month",
        "统计月份为空或无法识别，或区划代码为空或不在区划代码表中",
        "请按“2022-04”的样式填写月份，并填写6位区划代码",
    ),
    Rule(
        "TR-E2",
        SOURCE,
        COMPLETENESS,
        FATAL,
        "expected_count",
        "应传、即时有效或补全有效数据量为空或无法识别",
        "请补填三项数据量，均为整数",
    ),
    Rule(
        "TR-E3",
        SOURCE,
        FORMAT,
        FATAL,
        "immediate_count",
        "数据量为负数，或即时有效多于补全有效，或补全有效多于应传",
        "请核对三项数据量",
    ),
    Rule(
        "TR-F1",
        SOURCE,
        FORMAT,
        PROBLEM,
        "immediate_rate",
        "所填传输率与按数据量计算的结果相差超过{rate_tolerance_points}个百分点",
        "计分以数据量为准；请核对传输率和数据量",
    ),
    Rule("TR-C1", SOURCE, COMPLETENESS, NOTICE, "site_count", "重点排污单位数为空", "请补填重点排污单位数"),
)


RATE_DIGITS = 12  # decimals of a rate that are looked at
RATE_BOUND = 1000  # percent: a rate beyond is wrong by more than any tolerance and is cut here
FRACTION_MOST = 1
PERCENT = 100


def _differs(rate: str, count: str, tolerance: Decimal) -> pl.Expr:
    """A given rate is not the one that the counts give, neither as percent nor (at most 1) as fraction.

    Exact: rate x expected against 100 x count, as whole numbers of 128 bits.
    """
    unit = 10**RATE_DIGITS
    given = (pl.col(rate).clip(-RATE_BOUND, RATE_BOUND) * unit).round().cast(pl.Int128)
    expected = pl.col("expected_count").cast(pl.Int128)
    computed = pl.col(count).cast(pl.Int128) * PERCENT * unit
    allowed = expected * int(tolerance * unit)
    as_percent = (given * expected - computed).abs() > allowed
    as_fraction = (given * PERCENT * expected - computed).abs() > allowed
    return as_percent & (as_fraction | (pl.col(rate) > FRACTION_MOST)) & (pl.col("expected_count") > 0)


def broken(reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.4)."""
    expected, completed = pl.col("expected_count"), pl.col("completed_count")
    immediate = pl.col("immediate_count")
    tolerance = reference.quality["rate_tolerance_points"]
    return {
        "TR-E1": is_missing("month") | is_missing("region_code"),
        "TR-E2": is_missing("expected_count") | is_missing("immediate_count") | is_missing("completed_count"),
        "TR-E3": pl.any_horizontal(
            (expected < 0), (immediate < 0), (completed < 0), (immediate > completed), (completed > expected)
        ),
        "TR-F1": pl.any_horizontal(
            _differs("immediate_rate", "immediate_count", tolerance),
            _differs("completed_rate", "completed_count", tolerance),
        ),
        "TR-C1": is_blank("site_count"),
    }


CONTRACT = Contract(
    source=SOURCE,
    title_zh=TITLE_ZH,
    columns=COLUMNS,
    key=KEY,
    region_column=REGION_COLUMN,
    rules=RULES,
    broken=broken,
)
