"""The contract of `referrals` 移送登记 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_blank, is_given, is_missing
from checks.contracts.model import COMPLETENESS, FATAL, FORMAT, PROBLEM

TITLE_ZH = "移送登记"
KEY = ("referral_id",)
REGION_COLUMN = "region_code"

COLUMNS = (
    Column("referral_id", Kind.CODE, ("移送编号",), is_required=True, unreadable_rule="RF-E1"),
    Column("case_no", Kind.CASE_NO, ("案件文号", "决定书文号")),
    Column(
        "offence",
        Kind.ENUM,
        ("案由类型", "移送类型"),
        is_required=True,
        values=("涉危险废物", "自动监测数据弄虚作假", "其他"),
        unreadable_rule="RF-E3",
    ),
    Column(
        "region_code",
        Kind.REGION,
        ("移送单位区划代码", "区划代码"),
        is_required=True,
        unreadable_rule="RF-E2",
    ),
    Column("referred_on", Kind.DATE, ("移送日期",), is_required=True, unreadable_rule="RF-E5"),
    Column("police", Kind.TEXT, ("受理公安机关",)),
    Column("filed_on", Kind.DATE, ("公安立案日期", "立案日期")),
    Column("filing_no", Kind.TEXT, ("立案文号",)),
)

SOURCE = "referrals"

RULES = (
    Rule("RF-E1", SOURCE, FORMAT, FATAL, "referral_id", "移送编号为空", "请补填移送编号"),
    Rule(
        "RF-E2",
        SOURCE,
        FORMAT,
        FATAL,
        "region_code",
        "移送单位区划代码为空或不在区划代码表中",
        "请填写移送单位的6位区划代码",
    ),
    Rule("RF-E3", SOURCE, FORMAT, FATAL, "offence", "案由类型为空或不是规定的选项", "请改为规定的案由类型"),
    Rule("RF-E4", SOURCE, FORMAT, FATAL, "filed_on", "公安立案日期早于移送日期", "请核对立案日期和移送日期"),
    Rule(
        "RF-E5",
        SOURCE,
        FORMAT,
        FATAL,
        "referred_on",
        "移送日期为空或无法识别",
        "请按“2022-04-03”的样式补填移送日期",
    ),
    Rule(
        "RF-C1", SOURCE, COMPLETENESS, PROBLEM, "filed_on", "已填公安立案日期但立案文号为空", "请补填立案文号"
    ),
    Rule("RF-C2", SOURCE, COMPLETENESS, PROBLEM, "police", "受理公安机关为空", "请补填受理公安机关"),
)


def broken(_reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.6)."""
    return {
        "RF-E1": is_missing("referral_id"),
        "RF-E2": is_missing("region_code"),
        "RF-E3": is_missing("offence"),
        "RF-E4": pl.col("filed_on") < pl.col("referred_on"),
        "RF-E5": is_missing("referred_on"),
        "RF-C1": is_given("filed_on") & is_blank("filing_no"),
        "RF-C2": is_blank("police"),
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
