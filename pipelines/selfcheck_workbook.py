"""The result of a self-check as a workbook: every finding, one a row. Texts stay texts, never formulas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from reports.words import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.selfcheck import SelfCheck

FINDINGS = (
    ("文件", 30),
    ("工作表", 14),
    ("行号", 8),
    ("数据来源", 16),
    ("列", 20),
    ("填报内容", 30),
    ("严重程度", 26),
    ("规则", 8),
    ("问题与更正办法", 60),
)
OVERVIEW = (("文件", 30), ("结论", 100), ("未读取的列", 40))


def write_workbook(check: SelfCheck, path: Path) -> None:
    """Write 概况 (a row for each sheet) and 问题清单 (a row for each finding).

    Raises:
        OSError: the file cannot be written.
    """
    from pipelines.selfcheck import part_in_words

    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    overview = [
        (file.name, part_in_words(checked), "、".join(checked.part.ignored_columns))
        for file in check.files
        for checked in file.parts
    ]
    findings = [
        (
            file.name,
            found.sheet or "",
            found.row_number,
            found.source_zh,
            found.column_zh or "",
            found.value or "",
            SEVERITIES[found.severity],
            found.rule_id,
            found.message_zh,
        )
        for file in check.files
        for found in file.findings
    ]
    _sheet(book, "概况", OVERVIEW, overview)
    _sheet(book, "问题清单", FINDINGS, findings)
    book.close()


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str | int]],
) -> None:
    """A sheet with a frozen header and a filter."""
    bold = book.add_format({"bold": True, "bg_color": "#EDEDED", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    whole = book.add_format({"valign": "top", "num_format": "0"})
    sheet = book.add_worksheet(name)
    last = 0
    for position, (title, width) in enumerate(columns):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, title, bold)
    for last, row in enumerate(rows, 1):
        for position, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(last, position, value, whole)
            else:
                sheet.write_string(last, position, value, wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
