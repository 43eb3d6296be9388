"""The contract of `nominations` 候选推荐 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

TITLE_ZH = "候选推荐"
KEY = (
    "nomination_kind",
    "nominated_by",
    "region_code",
    "officer_cert_no",
)
REGION_COLUMN = "nominated_by"

COLUMNS = (
    Column(
        "nomination_kind",
        Kind.ENUM,
        ("推荐类型",),
        is_required=True,
        values=("现场执法能手", "组织宣传表现突出个人", "县级集体"),
        unreadable_rule="NM-E1",
    ),
    Column("nominated_by", Kind.REGION, ("推荐单位区划代码",), is_required=True, unreadable_rule="NM-E2"),
    Column("region_code", Kind.REGION, ("区划代码",)),
    Column("officer_cert_no", Kind.CODE, ("执法证号",)),
    Column("rank_no", Kind.WHOLE, ("推荐顺序",)),
    Column("nominated_on", Kind.DATE, ("推荐日期",), is_required=True, unreadable_rule="NM-E4"),
)
