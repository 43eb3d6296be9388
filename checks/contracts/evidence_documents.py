"""The contract of `evidence_documents` 调查取证文书 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_blank, is_given, is_missing
from checks.contracts.model import COMPLETENESS, FATAL, FORMAT, PROBLEM

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

SOURCE = "evidence_documents"

RULES = (
    Rule("ED-E1", SOURCE, FORMAT, FATAL, "document_id", "文书编号为空", "请补填文书编号"),
    Rule(
        "ED-E2",
        SOURCE,
        FORMAT,
        FATAL,
        "made_at",
        "制作时间为空或无法识别",
        "请按“2022-04-03 08:05:09”的样式补填制作时间",
    ),
    Rule(
        "ED-E3",
        SOURCE,
        FORMAT,
        FATAL,
        "made_with",
        "制作方式为空或不是规定的选项",
        "请填“移动执法系统”或“线下制作”",
    ),
    Rule(
        "ED-C1",
        SOURCE,
        COMPLETENESS,
        PROBLEM,
        "maker_cert_nos",
        "制作人执法证号为空",
        "请补填全部制作人的执法证号",
    ),
    Rule("ED-F1", SOURCE, FORMAT, PROBLEM, "document_type", "文书类型不是规定的选项", "请改为规定的文书类型"),
)


def broken(_reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.2)."""
    return {
        "ED-E1": is_missing("document_id"),
        "ED-E2": is_missing("made_at"),
        "ED-E3": is_missing("made_with"),
        "ED-C1": is_blank("maker_cert_nos"),
        "ED-F1": is_given("document_type") & is_missing("document_type"),
    }


CONTRACT = Contract(
    source=SOURCE,
    title_zh=TITLE_ZH,
    columns=COLUMNS,
    key=KEY,
    region_column=REGION_COLUMN,
    rules=RULES,
    broken=broken,
)
