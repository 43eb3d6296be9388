"""The contract of `typical_cases` 典型案例发布 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

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
