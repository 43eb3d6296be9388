"""The contract of `case_file_reviews` 案卷评查 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

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
