"""The contract of `typical_cases` 典型案例发布 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_blank, is_missing
from checks.contracts.model import COMPLETENESS, FATAL, FORMAT, NOTICE, PROBLEM

TITLE_ZH = "典型案例发布"
KEY = (
    "publisher_level",
    "adopted_as",
    "case_no",
)
REGION_COLUMN = "region_code"

COLUMNS = (
    Column(
        "publisher_level",
        Kind.ENUM,
        ("发布级别", "发布层级"),
        is_required=True,
        values=("生态环境部", "自治区生态环境厅"),
        unreadable_rule="TC-E1",
    ),
    Column(
        "adopted_as",
        Kind.ENUM,
        ("采纳形式",),
        is_required=True,
        values=("典型案例", "案例剖析"),
        unreadable_rule="TC-E1",
    ),
    Column("published_on", Kind.DATE, ("发布日期",), is_required=True, unreadable_rule="TC-E3"),
    Column("title", Kind.TEXT, ("案例名称",), is_required=True),
    Column("case_no", Kind.CASE_NO, ("案件文号", "决定书文号"), is_required=True),
    Column(
        "region_code",
        Kind.REGION,
        ("承办单位区划代码", "区划代码"),
        is_required=True,
        unreadable_rule="TC-E4",
    ),
    Column("officer_cert_nos", Kind.CODE_LIST, ("承办人员执法证号", "执法证号")),
    Column("url", Kind.TEXT, ("发布链接", "链接")),
)

SOURCE = "typical_cases"

RULES = (
    Rule(
        "TC-E1",
        SOURCE,
        FORMAT,
        FATAL,
        "publisher_level",
        "发布级别或采纳形式为空或不是规定的选项",
        "请改为规定的选项",
    ),
    Rule("TC-E2", SOURCE, FORMAT, FATAL, "case_no", "案件文号为空", "请补填案件文号"),
    Rule(
        "TC-E3",
        SOURCE,
        FORMAT,
        FATAL,
        "published_on",
        "发布日期为空或无法识别",
        "请按“2022-04-03”的样式补填发布日期",
    ),
    Rule(
        "TC-E4",
        SOURCE,
        FORMAT,
        FATAL,
        "region_code",
        "承办单位区划代码为空或不在区划代码表中",
        "请填写承办单位的6位区划代码",
    ),
    Rule(
        "TC-C1",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "officer_cert_nos",
        "承办人员执法证号为空（不能计入个人得分）",
        "请补填承办人员的执法证号",
    ),
    Rule("TC-C2", SOURCE, COMPLETENESS, NOTICE, "url", "发布链接为空", "请补填发布链接"),
    Rule("TC-F1", SOURCE, FORMAT, PROBLEM, "url", "发布链接不是网址", "网址应以 http:// 或 https:// 开头"),
)


WEB_ADDRESS = "(?i)^https?://"


def broken(_reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.5)."""
    return {
        "TC-E1": is_missing("publisher_level") | is_missing("adopted_as"),
        "TC-E2": is_missing("case_no"),
        "TC-E3": is_missing("published_on"),
        "TC-E4": is_missing("region_code"),
        "TC-C1": is_blank("officer_cert_nos"),
        "TC-C2": is_blank("url"),
        "TC-F1": ~pl.col("url").str.contains(WEB_ADDRESS),
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
