"""The contract of `penalty_cases` 行政处罚案件登记 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_bad_credit_code, is_blank, is_missing
from checks.contracts.model import COMPLETENESS, FATAL, FORMAT, NOTICE, PROBLEM

TITLE_ZH = "行政处罚案件登记"
KEY = ("case_no",)
REGION_COLUMN = "region_code"

COLUMNS = (
    Column("case_no", Kind.CASE_NO, ("案件文号", "决定书文号"), is_required=True, unreadable_rule="PC-E1"),
    Column(
        "region_code",
        Kind.REGION,
        ("办案单位区划代码", "区划代码"),
        is_required=True,
        unreadable_rule="PC-E2",
    ),
    Column("party_name", Kind.TEXT, ("当事人名称",)),
    Column("party_uscc", Kind.CODE, ("统一社会信用代码",)),
    Column("decided_on", Kind.DATE, ("处罚决定日期", "决定日期"), is_required=True, unreadable_rule="PC-E3"),
    Column("closed_on", Kind.DATE, ("结案日期",)),
    Column(
        "case_type",
        Kind.ENUM,
        ("案件类型",),
        is_required=True,
        values=("一般行政处罚", "配套办法"),
        unreadable_rule="PC-F2",
    ),
    Column(
        "measures",
        Kind.ENUM_LIST,
        ("配套办法", "适用配套办法"),
        values=("按日连续处罚", "查封扣押", "限产停产", "移送行政拘留", "涉嫌犯罪移送"),
    ),
    Column(
        "clue_source",
        Kind.ENUM,
        ("线索来源",),
        is_required=True,
        values=("双随机抽查", "非现场监管", "第三方辅助", "举报奖励", "日常检查", "信访举报", "其他"),
        unreadable_rule="PC-F2",
    ),
    Column(
        "disclosure",
        Kind.ENUM,
        ("门户网站公开", "是否公开"),
        is_required=True,
        values=("已公开", "未公开", "依法不公开"),
        unreadable_rule="PC-F2",
    ),
    Column("officer_cert_nos", Kind.CODE_LIST, ("主办人员执法证号", "执法证号")),
    Column("reward_kind", Kind.ENUM, ("举报奖励类型",), values=("一般", "内部人举报", "重奖")),
    Column("major_categories", Kind.WHOLE_LIST, ("大案要案类别",), values=("1", "2", "3", "4")),
    Column("major_review", Kind.ENUM, ("大案要案认定", "认定结果"), values=("认定", "不认定", "待定")),
)

SOURCE = "penalty_cases"

RULES = (
    Rule("PC-E1", SOURCE, FORMAT, FATAL, "case_no", "案件文号为空", "请补填案件文号"),
    Rule(
        "PC-E2",
        SOURCE,
        FORMAT,
        FATAL,
        "region_code",
        "办案单位区划代码为空或不在区划代码表中",
        "请填写办案单位的6位区划代码",
    ),
    Rule(
        "PC-E3",
        SOURCE,
        FORMAT,
        FATAL,
        "decided_on",
        "处罚决定日期为空或无法识别",
        "请按“2022-04-03”的样式补填处罚决定日期",
    ),
    Rule(
        "PC-E4",
        SOURCE,
        FORMAT,
        FATAL,
        "closed_on",
        "结案日期早于处罚决定日期",
        "请核对结案日期和处罚决定日期",
    ),
    Rule("PC-C1", SOURCE, COMPLETENESS, PROBLEM, "party_name", "当事人名称为空", "请补填当事人名称"),
    Rule(
        "PC-C2",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "officer_cert_nos",
        "主办人员执法证号为空",
        "请补填主办人员的执法证号",
    ),
    Rule(
        "PC-F1",
        SOURCE,
        FORMAT,
        PROBLEM,
        "party_uscc",
        "统一社会信用代码不合国家标准 GB 32100-2015（位数、字符或校验码有误）",
        "请对照营业执照更正18位代码",
    ),
    Rule(
        "PC-F2",
        SOURCE,
        FORMAT,
        PROBLEM,
        "case_type",
        "案件类型、线索来源或公开情况为空或不是规定的选项（公开情况不明按“未公开”计）",
        "请改为规定的选项",
    ),
    Rule(
        "PC-F3",
        SOURCE,
        FORMAT,
        PROBLEM,
        "case_type",
        "案件类型为配套办法，但没有填写适用的配套办法",
        "请补填适用的配套办法",
    ),
    Rule(
        "PC-F4", SOURCE, FORMAT, NOTICE, "case_no", "案件文号不是“…罚〔年份〕序号号”的样式", "请核对案件文号"
    ),
)


CASE_NO_FORM = "^.+罚〔[0-9]{4}〕[0-9]+号$"


def broken(_reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.7)."""
    return {
        "PC-E1": is_missing("case_no"),
        "PC-E2": is_missing("region_code"),
        "PC-E3": is_missing("decided_on"),
        "PC-E4": pl.col("closed_on") < pl.col("decided_on"),
        "PC-C1": is_blank("party_name"),
        "PC-C2": is_blank("officer_cert_nos"),
        "PC-F1": is_bad_credit_code("party_uscc"),
        "PC-F2": is_missing("case_type") | is_missing("clue_source") | is_missing("disclosure"),
        "PC-F3": (pl.col("case_type") == "配套办法") & is_missing("measures"),
        "PC-F4": ~pl.col("case_no").str.contains(CASE_NO_FORM),
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
