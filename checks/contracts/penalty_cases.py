"""The contract of `penalty_cases` 行政处罚案件登记 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

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
