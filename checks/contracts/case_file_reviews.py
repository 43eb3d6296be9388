"""The contract of `case_file_reviews` 案卷评查 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_entrant_missing, is_missing, is_outside
from checks.contracts.model import FATAL, FORMAT

TITLE_ZH = "案卷评查"
KEY = (
    "review_kind",
    "entrant_kind",
    "region_code",
    "officer_cert_no",
    "case_no",
)
REGION_COLUMN = "region_code"

COLUMNS = (
    Column(
        "review_kind",
        Kind.ENUM,
        ("评查类型",),
        is_required=True,
        values=("案卷质量", "案卷大家评"),
        unreadable_rule="CR-E1",
    ),
    Column(
        "entrant_kind",
        Kind.ENUM,
        ("参评对象类型", "对象类型"),
        is_required=True,
        values=("集体", "个人"),
        unreadable_rule="CR-E1",
    ),
    Column("region_code", Kind.REGION, ("区划代码",)),
    Column("officer_cert_no", Kind.CODE, ("执法证号",)),
    Column("case_no", Kind.CASE_NO, ("案件文号",), is_required=True),
    Column("file_type", Kind.ENUM, ("案卷类型",), values=("一般行政处罚", "配套办法")),
    Column("mark", Kind.MARK, ("评分", "得分")),
    Column("substantive_error", Kind.YES_NO, ("实体错误", "是否存在实体错误")),
    Column("reviewed_on", Kind.DATE, ("评查日期",), is_required=True, unreadable_rule="CR-E6"),
)

SOURCE = "case_file_reviews"

RULES = (
    Rule(
        "CR-E1",
        SOURCE,
        FORMAT,
        FATAL,
        "review_kind",
        "评查类型或参评对象类型为空或不是规定的选项",
        "请改为规定的选项",
    ),
    Rule(
        "CR-E2",
        SOURCE,
        FORMAT,
        FATAL,
        "region_code",
        "参评对象为空或查无此对象",
        "集体请填6位区划代码；个人请填名册中有的执法证号",
        in_sql=True,
    ),
    Rule("CR-E3", SOURCE, FORMAT, FATAL, "case_no", "案件文号为空", "请补填案件文号"),
    Rule("CR-E4", SOURCE, FORMAT, FATAL, "review_kind", "案卷质量评查没有评分", "请补填评分"),
    Rule("CR-E5", SOURCE, FORMAT, FATAL, "mark", "评分不在{mark_min}～{mark_max}之间", "请核对评分"),
    Rule(
        "CR-E6",
        SOURCE,
        FORMAT,
        FATAL,
        "reviewed_on",
        "评查日期为空或无法识别",
        "请按“2022-04-03”的样式补填评查日期",
    ),
)


def broken(reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.8).

    CR-E2: whether the certificate number is known, the rosters tell (in SQL).
    """
    number = reference.quality
    needs_mark = (pl.col("review_kind") == "案卷质量") & pl.col("entrant_kind").ne_missing("个人")
    return {
        "CR-E1": is_missing("review_kind") | is_missing("entrant_kind"),
        "CR-E2": is_entrant_missing(),
        "CR-E3": is_missing("case_no"),
        "CR-E4": needs_mark & is_missing("mark"),
        "CR-E5": is_outside("mark", number["mark_min"], number["mark_max"]),
        "CR-E6": is_missing("reviewed_on"),
    }


CONTRACT = Contract(
    source=SOURCE,
    title_zh=TITLE_ZH,
    columns=COLUMNS,
    key=KEY,
    region_column=REGION_COLUMN,
    rules=RULES,
    broken=broken,
    key_fits={
        "region_code": pl.col("entrant_kind") == "集体",
        "officer_cert_no": pl.col("entrant_kind") == "个人",
    },
)
