"""The contract of `reported_measures` 制度落实及组织情况 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

TITLE_ZH = "制度落实及组织情况"
KEY = (
    "region_code",
    "item",
)
REGION_COLUMN = "region_code"

COLUMNS = (
    Column("region_code", Kind.REGION, ("区划代码",), is_required=True, unreadable_rule="RM-E1"),
    Column("item", Kind.CODE, ("事项代码",), is_required=True, unreadable_rule="RM-E2"),
    Column("item_name", Kind.TEXT, ("事项名称",)),
    Column("value", Kind.MEASURE_VALUE, ("完成情况",), is_required=True, unreadable_rule="RM-E3"),
    Column("done_on", Kind.DATE, ("完成日期",)),
    Column("reported_on", Kind.DATE, ("填报日期",), is_required=True, unreadable_rule="RM-E4"),
    Column("evidence", Kind.TEXT, ("佐证材料",), free_text=True),
)
