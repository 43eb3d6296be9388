"""The contract of `referrals` 移送登记 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

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
