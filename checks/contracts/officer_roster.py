"""The contract of `officer_roster` 执法人员名册 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_blank, is_given, is_missing
from checks.contracts.model import COMPLETENESS, FATAL, FORMAT, PROBLEM

TITLE_ZH = "执法人员名册"
KEY = (
    "month",
    "officer_id",
)
REGION_COLUMN = "agency_code"

COLUMNS = (
    Column("month", Kind.MONTH, ("统计月份", "月份"), is_required=True, unreadable_rule="OR-E1"),
    Column("officer_id", Kind.CODE, ("人员编号", "人员账号"), is_required=True, unreadable_rule="OR-E1"),
    Column("officer_name", Kind.NAME, ("姓名",), is_required=True),
    Column(
        "agency_code",
        Kind.REGION,
        ("所属单位区划代码", "区划代码"),
        is_required=True,
        unreadable_rule="OR-E2",
    ),
    Column("agency_name", Kind.TEXT, ("所属单位",)),
    Column("in_establishment", Kind.YES_NO, ("是否在编",), is_required=True),
    Column("on_post", Kind.YES_NO, ("是否在岗",), is_required=True),
    Column("cert_no", Kind.CODE, ("执法证号", "行政执法证号")),
    Column("cert_valid_from", Kind.DATE, ("证件有效期起", "发证日期")),
    Column("cert_valid_to", Kind.DATE, ("证件有效期止", "有效期至")),
)

SOURCE = "officer_roster"

RULES = (
    Rule(
        "OR-E1",
        SOURCE,
        FORMAT,
        FATAL,
        "month",
        "统计月份或人员编号为空或无法识别",
        "请按“2022-04”的样式填写月份，并补填人员编号",
    ),
    Rule(
        "OR-E2",
        SOURCE,
        FORMAT,
        FATAL,
        "agency_code",
        "所属单位区划代码为空或不在区划代码表中",
        "请填写所属单位的6位区划代码",
    ),
    Rule("OR-C1", SOURCE, COMPLETENESS, PROBLEM, "officer_name", "姓名为空", "请补填姓名"),
    Rule(
        "OR-C2",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "in_establishment",
        "是否在编或是否在岗为空（按“否”计）",
        "请补填“是”或“否”",
    ),
    Rule(
        "OR-C3",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "cert_no",
        "有执法证号但缺有效期起或止",
        "请补填证件有效期的起止日期",
    ),
    Rule("OR-F1", SOURCE, FORMAT, PROBLEM, "cert_valid_to", "证件有效期止早于有效期起", "请核对证件有效期"),
    Rule(
        "OR-F2",
        SOURCE,
        FORMAT,
        PROBLEM,
        "cert_no",
        "同月名册中同一执法证号属于两名人员",
        "请核对证号；核对前由人员编号较小者持有，另一人按无证计",
        in_sql=True,
    ),
)


def broken(_reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.3)."""
    return {
        "OR-E1": is_missing("month") | is_missing("officer_id"),
        "OR-E2": is_missing("agency_code"),
        "OR-C1": is_blank("officer_name"),
        "OR-C2": is_blank("in_establishment") | is_blank("on_post"),
        "OR-C3": is_given("cert_no") & (is_blank("cert_valid_from") | is_blank("cert_valid_to")),
        "OR-F1": pl.col("cert_valid_to") < pl.col("cert_valid_from"),
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
