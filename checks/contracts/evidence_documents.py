"""The contract of `evidence_documents` 调查取证文书 (SOURCES 3)."""

from __future__ import annotations

from checks.contracts.base import Column, Kind

TITLE_ZH = "调查取证文书"
KEY = ("document_id",)
REGION_COLUMN = None

COLUMNS = (
    Column("document_id", Kind.CODE, ("文书编号",), is_required=True, unreadable_rule="ED-E1"),
    Column(
        "document_type",
        Kind.ENUM,
        ("文书类型",),
        is_required=True,
        values=(
            "现场检查勘察笔录",
            "调查询问笔录",
            "调取证据清单",
            "抽样取证清单",
            "先行登记保存清单",
            "其他",
        ),
        unreadable_rule="ED-F1",
    ),
    Column("case_no", Kind.CASE_NO, ("案件文号", "决定书文号")),
    Column(
        "made_with",
        Kind.ENUM,
        ("制作方式",),
        is_required=True,
        values=("移动执法系统", "线下制作"),
        unreadable_rule="ED-E3",
    ),
    Column("maker_cert_nos", Kind.CODE_LIST, ("制作人执法证号", "执法证号"), is_required=True),
    Column("made_at", Kind.TIME, ("制作时间",), is_required=True, unreadable_rule="ED-E2"),
)
