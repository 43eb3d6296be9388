"""The contract of `material_reviews` 事迹材料审核 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_entrant_missing, is_missing
from checks.contracts.model import FATAL, FORMAT

TITLE_ZH = "事迹材料审核"
KEY = (
    "entrant_kind",
    "region_code",
    "officer_cert_no",
    "finding",
)
REGION_COLUMN = "region_code"

COLUMNS = (
    Column(
        "entrant_kind",
        Kind.ENUM,
        ("对象类型",),
        is_required=True,
        values=("集体", "个人"),
        unreadable_rule="MR-E1",
    ),
    Column("region_code", Kind.REGION, ("区划代码",)),
    Column("officer_cert_no", Kind.CODE, ("执法证号",)),
    Column(
        "finding",
        Kind.ENUM,
        ("问题类型",),
        is_required=True,
        values=("当事人信息", "文字错误", "雷同抄袭"),
        unreadable_rule="MR-E1",
    ),
    Column("places", Kind.WHOLE, ("处数",), is_required=True, unreadable_rule="MR-E3"),
    Column("reviewed_on", Kind.DATE, ("审核日期",), is_required=True, unreadable_rule="MR-E4"),
)

SOURCE = "material_reviews"

RULES = (
    Rule(
        "MR-E1",
        SOURCE,
        FORMAT,
        FATAL,
        "entrant_kind",
        "对象类型或问题类型为空或不是规定的选项",
        "请改为规定的选项",
    ),
    Rule(
        "MR-E2",
        SOURCE,
        FORMAT,
        FATAL,
        "region_code",
        "审核对象为空或查无此对象",
        "集体请填6位区划代码；个人请填名册中有的执法证号",
        in_sql=True,
    ),
    Rule(
        "MR-E3",
        SOURCE,
        FORMAT,
        FATAL,
        "places",
        "处数为空、无法识别或小于{places_min}",
        "请填写发现问题的处数，为正整数",
    ),
    Rule(
        "MR-E4",
        SOURCE,
        FORMAT,
        FATAL,
        "reviewed_on",
        "审核日期为空或无法识别",
        "请按“2022-04-03”的样式补填审核日期",
    ),
)


def broken(reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.11).

    MR-E2: whether the certificate number is known, the rosters tell (in SQL).
    """
    return {
        "MR-E1": is_missing("entrant_kind") | is_missing("finding"),
        "MR-E2": is_entrant_missing(),
        "MR-E3": is_missing("places") | (pl.col("places") < int(reference.quality["places_min"])),
        "MR-E4": is_missing("reviewed_on"),
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
