"""The contract of `reported_measures` 制度落实及组织情况 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_blank, is_missing, is_outside
from checks.contracts.model import COMPLETENESS, FATAL, FORMAT, PROBLEM

TITLE_ZH = "制度落实及组织情况"
KEY = (
    "region_code",
    "item",
)
REGION_COLUMN = "region_code"

COLUMNS = (
    Column("region_code", Kind.REGION, ("区划代码",), is_required=True, unreadable_rule="RM-E1"),
    Column("item", Kind.MEASURE_ITEM, ("事项代码",), is_required=True, unreadable_rule="RM-E2"),
    Column("item_name", Kind.TEXT, ("事项名称",)),
    Column("value", Kind.MEASURE_VALUE, ("完成情况",), is_required=True, unreadable_rule="RM-E3"),
    Column("done_on", Kind.DATE, ("完成日期",)),
    Column("reported_on", Kind.DATE, ("填报日期",), is_required=True, unreadable_rule="RM-E4"),
    Column("evidence", Kind.TEXT, ("佐证材料",), free_text=True),
)

SOURCE = "reported_measures"

RULES = (
    Rule(
        "RM-E1",
        SOURCE,
        FORMAT,
        FATAL,
        "region_code",
        "区划代码为空或不在区划代码表中",
        "请填写填报单位的6位区划代码",
    ),
    Rule("RM-E2", SOURCE, FORMAT, FATAL, "item", "事项代码为空或不是规定的事项", "请改为规定的事项代码"),
    Rule(
        "RM-E3",
        SOURCE,
        FORMAT,
        FATAL,
        "value",
        "完成情况为空或不合该事项的填法",
        "一般事项填“是”或“否”；打分事项填规定范围内的数字",
    ),
    Rule(
        "RM-E4",
        SOURCE,
        FORMAT,
        FATAL,
        "reported_on",
        "填报日期为空或无法识别",
        "请按“2022-04-03”的样式补填填报日期",
    ),
    Rule("RM-C1", SOURCE, COMPLETENESS, PROBLEM, "value", "已填完成但没有佐证材料", "请补填佐证材料"),
    Rule(
        "RM-C2",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "value",
        "该事项有时限，但完成日期为空（不计分）",
        "请补填完成日期",
    ),
)


def _items(reference: Reference, *, kind: str) -> list[str]:
    return [item for item, what in reference.measure_items.items() if what.kind == kind]


def derive(frame: pl.DataFrame, reference: Reference) -> pl.DataFrame:
    """Read `value` as the item wants it: `yes`, `no`, or a number in the item's range.

    Where the item is unknown, nobody can tell what its value should be: either is read.
    """
    item = pl.col("item")
    in_range = [
        (item == name) & ~is_outside("value_number", what.minimum, what.maximum)
        for name, what in reference.measure_items.items()
        if what.minimum is not None and what.maximum is not None
    ]
    wants_yes_no = item.is_in(_items(reference, kind="yes_no")) | item.is_null()
    wants_number = pl.any_horizontal(item.is_null() & pl.col("value_is_yes").is_null(), *in_range)
    number = pl.col("value_number").cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
    return frame.with_columns(
        pl.when(wants_yes_no).then("value_is_yes").alias("value_is_yes"),
        pl.when(wants_number).then("value_number").alias("value_number"),
    ).with_columns(
        value=pl.when(pl.col("value_is_yes"))
        .then(pl.lit("yes"))
        .when(~pl.col("value_is_yes"))
        .then(pl.lit("no"))
        .otherwise(number)
    )


def broken(reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.10)."""
    with_deadline = [item for item, what in reference.measure_items.items() if what.has_deadline]
    is_done = pl.col("value_is_yes")
    return {
        "RM-E1": is_missing("region_code"),
        "RM-E2": is_missing("item"),
        "RM-E3": is_missing("value") & (pl.col("item").is_not_null() | is_blank("value")),
        "RM-E4": is_missing("reported_on"),
        "RM-C1": pl.any_horizontal(is_done, pl.col("value_number") > 0) & is_blank("evidence"),
        "RM-C2": is_done & pl.col("item").is_in(with_deadline) & is_blank("done_on"),
    }


CONTRACT = Contract(
    source=SOURCE,
    title_zh=TITLE_ZH,
    columns=COLUMNS,
    key=KEY,
    region_column=REGION_COLUMN,
    rules=RULES,
    broken=broken,
    derive=derive,
)
