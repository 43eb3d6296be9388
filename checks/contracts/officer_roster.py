"""The contract of `officer_roster` 执法人员名册 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

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
