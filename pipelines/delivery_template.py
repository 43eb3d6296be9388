"""Empty workbooks for those who report: one per source, made from the same contracts that read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from checks.contracts.model import Column, Kind, Reference

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from assets.deliveries.source import Source, Sources

ROWS = 5000
"""Rows for which formats and choices are prepared; more may be filled in."""
YES_NO = ("是", "否")
TITLES = ("列名", "是否必须有此列", "怎样填", "示例", "取值")
EXPLANATION, CHOICES = "说明", "取值"
MADE_ON = dt.datetime(2022, 1, 1)  # a fixed stamp: the same contracts give the same file
WIDEST = 36
ADVICE = "列的次序可以变动；带 * 的列必须有。不要改动表头文字，不要填写身份证号等表中没有的内容。"

HOW_TO_FILL: Mapping[Kind, tuple[str, str]] = {
    Kind.CODE: ("编号，按原样填写", ""),
    Kind.CASE_NO: ("决定书文号全文", "某环罚〔2022〕1号"),
    Kind.NAME: ("姓名", ""),
    Kind.TEXT: ("文字", ""),
    Kind.REGION: ("六位区划代码", "650100"),
    Kind.DATE: ("日期", "2022-04-03"),
    Kind.TIME: ("日期和时间", "2022-04-03 08:05"),
    Kind.MONTH: ("月份", "2022-04"),
    Kind.YES_NO: ("是或否", "是"),
    Kind.NUMBER: ("数字", "87.6177"),
    Kind.MARK: ("数字", "92.5"),
    Kind.WHOLE: ("整数", "3"),
    Kind.PERCENT: ("百分比", "97.5%"),
    Kind.ENUM: ("从取值中选一个", ""),
    Kind.CODE_LIST: ("编号，多个之间用“、”隔开", ""),
    Kind.NAME_LIST: ("姓名，多个之间用“、”隔开", ""),
    Kind.ENUM_LIST: ("取值中的一个或几个，多个之间用“、”隔开", ""),
    Kind.WHOLE_LIST: ("整数，多个之间用“、”隔开", "1、3"),
    Kind.MEASURE_ITEM: ("从取值中选一个", ""),
    Kind.MEASURE_VALUE: ("是或否；要求填数字的事项填数字", "是"),
}
_NUMBER_FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.TIME: "yyyy-mm-dd hh:mm"}
_NUMERIC = frozenset({Kind.NUMBER, Kind.MARK, Kind.WHOLE, Kind.PERCENT})


def write_templates(directory: Path, rulebook: Path) -> list[Path]:
    """Write an empty workbook for each source.

    Args:
        directory: where to; made if absent. Files of the same names are replaced.
        rulebook: folder of the rulebook whose items and codes apply.

    Returns:
        The files, in the order of the sources.

    Raises:
        checks.rulebook.RulebookError: the rulebook does not hold together.
        OSError: the folder cannot be written.
    """
    from checks.register import CONTRACTS
    from checks.rulebook import load

    return write_workbooks(directory, CONTRACTS, load(rulebook).reference())


def write_workbooks(directory: Path, contracts: Sources, reference: Reference) -> list[Path]:
    """Write an empty workbook for each of the contracts; see `write_templates`."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for contract in contracts.values():
        path = directory / f"{contract.title_zh}.xlsx"
        _write(path, contract, reference)
        paths.append(path)
    return paths


def choices(column: Column, reference: Reference) -> Sequence[str]:
    """The values among which a cell of the column is chosen; none where it is filled in freely."""
    if column.kind is Kind.YES_NO:
        return YES_NO
    if column.kind is Kind.MEASURE_ITEM:
        return tuple(reference.measure_items)
    return column.values


def _write(path: Path, contract: Source, reference: Reference) -> None:
    """Write one workbook: the sheet to fill in, 说明, and the hidden lists that its choices come from."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": MADE_ON, "title": contract.title_zh})
    required = book.add_format({"bold": True, "bg_color": "#FFF2CC", "border": 1, "text_wrap": True})
    optional = book.add_format({"bold": True, "bg_color": "#EDEDED", "border": 1, "text_wrap": True})
    sheet = book.add_worksheet(contract.title_zh)
    explanation = book.add_worksheet(EXPLANATION)
    lists = book.add_worksheet(CHOICES)
    lists.hide()
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(contract.columns):
        cells = book.add_format({"num_format": _number_format(column.kind)})
        width = min(WIDEST, 2 * len(column.headers[0]) + 4)
        sheet.set_column(position, position, width, cells)
        style = required if column.is_required else optional
        sheet.write_string(0, position, column.headers[0] + ("*" if column.is_required else ""), style)
        _offer(sheet, lists, position, column, choices(column, reference))
    _explain(explanation, contract, reference, optional)
    book.close()


def _number_format(kind: Kind) -> str:
    """Texts stay texts (codes keep their zeros), dates show as dates, numbers are free."""
    return _NUMBER_FORMATS.get(kind, "General" if kind in _NUMERIC else "@")


def _offer(sheet: Worksheet, lists: Worksheet, position: int, column: Column, values: Sequence[str]) -> None:
    """Let the cells of a column be chosen from its values; where several may stand, they are only shown."""
    if not values:
        return
    for row, value in enumerate(values):
        lists.write_string(row, position, value)
    letter = xlsxwriter.utility.xl_col_to_name(position)
    several = column.kind in (Kind.ENUM_LIST, Kind.WHOLE_LIST)
    sheet.data_validation(
        1,
        position,
        ROWS,
        position,
        {
            "validate": "list",
            "source": f"={CHOICES}!${letter}$1:${letter}${len(values)}",
            "error_type": "information" if several else "stop",
            "error_title": "取值不符",
            "error_message": "多个取值之间用“、”隔开。" if several else "请从列表中选择。",
        },
    )


def _explain(sheet: Worksheet, contract: Source, reference: Reference, heading: Format) -> None:
    """Write 说明: how each column is filled in. Headers stand below each other: it is never read as data."""
    sheet.write_string(0, 0, f"{contract.title_zh}：填写说明")
    sheet.write_string(
        1, 0, "列的次序可以变动；带 * 的列必须有。不要改动表头文字，不要填写身份证号等表中没有的内容。"
    )
    for position, title in enumerate(TITLES):
        sheet.write_string(3, position, title, heading)
    for row, column in enumerate(contract.columns, 4):
        how, example = HOW_TO_FILL[column.kind]
        values = choices(column, reference)
        needed = "是" if column.is_required else ""
        for position, text in enumerate((column.headers[0], needed, how, example, "、".join(values))):
            sheet.write_string(row, position, text)
    sheet.set_column(0, 4, WIDEST)
