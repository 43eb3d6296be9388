"""The contract of `material_reviews` 事迹材料审核 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

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
