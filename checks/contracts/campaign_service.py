"""The contract of `campaign_service` 实战练兵 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

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
