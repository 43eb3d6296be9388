"""The contract of `campaign_service` 实战练兵 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_blank, is_missing, is_outside
from checks.contracts.model import COMPLETENESS, FATAL, FORMAT, PROBLEM

TITLE_ZH = "实战练兵"
KEY = (
    "campaign",
    "round",
    "officer_cert_no",
)
REGION_COLUMN = "region_code"

COLUMNS = (
    Column("campaign", Kind.TEXT, ("行动名称",), is_required=True, unreadable_rule="CS-E1"),
    Column(
        "organiser",
        Kind.ENUM,
        ("组织单位",),
        is_required=True,
        values=("生态环境部", "自治区生态环境厅"),
        unreadable_rule="CS-E3",
    ),
    Column("round", Kind.TEXT, ("轮次",), is_required=True, unreadable_rule="CS-E1"),
    Column("officer_cert_no", Kind.CODE, ("执法证号",), is_required=True, unreadable_rule="CS-E1"),
    Column(
        "region_code",
        Kind.REGION,
        ("派出单位区划代码", "区划代码"),
        is_required=True,
        unreadable_rule="CS-E2",
    ),
    Column("deployed_on", Kind.DATE, ("派员日期",), is_required=True, unreadable_rule="CS-E5"),
    Column("mark", Kind.MARK, ("表现评分", "评分")),
    Column("breaches", Kind.WHOLE, ("违纪次数",)),
    Column("integrity_breach", Kind.YES_NO, ("廉洁问题", "是否存在廉洁问题")),
)

SOURCE = "campaign_service"

RULES = (
    Rule("CS-E1", SOURCE, FORMAT, FATAL, "campaign", "行动名称、轮次或执法证号为空", "请补填空项"),
    Rule(
        "CS-E2",
        SOURCE,
        FORMAT,
        FATAL,
        "region_code",
        "派出单位区划代码为空或不在区划代码表中",
        "请填写派出单位的6位区划代码",
    ),
    Rule(
        "CS-E3",
        SOURCE,
        FORMAT,
        FATAL,
        "organiser",
        "组织单位为空或不是规定的选项",
        "请填“生态环境部”或“自治区生态环境厅”",
    ),
    Rule(
        "CS-E4",
        SOURCE,
        FORMAT,
        FATAL,
        "mark",
        "表现评分不在{mark_min}～{mark_max}之间，或违纪次数为负数",
        "请核对评分和违纪次数",
    ),
    Rule(
        "CS-E5",
        SOURCE,
        FORMAT,
        FATAL,
        "deployed_on",
        "派员日期为空或无法识别",
        "请按“2022-04-03”的样式补填派员日期",
    ),
    Rule(
        "CS-E6",
        SOURCE,
        FORMAT,
        FATAL,
        "officer_cert_no",
        "执法证号在各月名册中均查无此号",
        "请核对证号；人员确已在岗的，请先补报名册",
        in_sql=True,
    ),
    Rule(
        "CS-C1", SOURCE, COMPLETENESS, PROBLEM, "mark", "表现评分为空（计派员，不计表现）", "请补填表现评分"
    ),
)


def broken(reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.9)."""
    number = reference.quality
    return {
        "CS-E1": is_missing("campaign") | is_missing("round") | is_missing("officer_cert_no"),
        "CS-E2": is_missing("region_code"),
        "CS-E3": is_missing("organiser"),
        "CS-E4": pl.any_horizontal(
            is_outside("mark", number["mark_min"], number["mark_max"]), pl.col("breaches") < 0
        ),
        "CS-E5": is_missing("deployed_on"),
        "CS-C1": is_blank("mark"),
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
