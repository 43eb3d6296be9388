"""The contract of `transmission_rates` 自动监测传输率 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

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
