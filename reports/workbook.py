"""Workbooks whose cells are inert: what begins with `=`, `+`, `-` or `@` stays text, codes keep their zeros.

The same data give the same bytes: nothing in a workbook depends on the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

A4 = 9  # its number in workbooks
CELL_LIMIT = 32_767  # characters that Excel keeps in a cell
CUT_MARK = "……（过长，已截断）"
SHEET_NAME_LIMIT = 31
ROW_LIMIT = 1_048_576  # rows of a sheet, the header's among them
INVALID_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
INVALID_IN_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its header and its width in characters; `choices` for a reply column."""

    title: str
    width: int
    choices: tuple[str, ...] = ()


class Workbook:
    """One xlsx file, written when the `with` block ends."""

    def __init__(self, path: Path, created: date) -> None:
        """Begin a workbook; `created` stands in its properties (never the clock)."""
        self._book = xlsxwriter.Workbook(
            str(path),
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._book.set_properties({"created": datetime(created.year, created.month, created.day)})
        base = {"font_name": "宋体", "font_size": 10, "valign": "top"}
        self.text = self._book.add_format(
            {**base, "text_wrap": True, "num_format": "@", "quote_prefix": True}
        )
        self.number = self._book.add_format({**base, "num_format": "0.####"})
        self.header = self._book.add_format(
            {**base, "bold": True, "text_wrap": True, "bg_color": "#DDE7F0", "border": 1}
        )
        self.title = self._book.add_format({**base, "bold": True, "font_size": 16})
        self.mark = self._book.add_format({**base, "bold": True, "font_size": 14, "font_color": "#C00000"})
        self._names: set[str] = set()

    def __enter__(self) -> Workbook:
        """Enter the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write the file."""
        self._book.close()

    def add_sheet(self, name: str) -> Worksheet:
        """A new empty sheet; the name is made valid and unique."""
        sheet = self._book.add_worksheet(self._free_name(name))
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def add_table(
        self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[object]], mark: str
    ) -> None:
        """A sheet with a frozen header, a filter and a row for each of `rows`; further sheets if it is full.

        Args:
            name: the sheet's name.
            columns: header, width and choices of each column.
            rows: text, numbers or None for each column.
            mark: printed above each page (演示数据), or empty.
        """
        room = ROW_LIMIT - 1
        for start in range(0, max(len(rows), 1), room):
            self._add_table(name, columns, rows[start : start + room], mark)

    def _add_table(
        self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[object]], mark: str
    ) -> None:
        sheet = self.add_sheet(name)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.title, self.header)
            if column.choices and rows:
                sheet.data_validation(
                    1, index, len(rows), index, {"validate": "list", "source": list(column.choices)}
                )
        for number, row in enumerate(rows, start=1):
            self.write_row(sheet, number, row)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        if mark:
            sheet.set_header(f"&C{mark}")

    def write_row(self, sheet: Worksheet, number: int, row: Iterable[object]) -> None:
        """Write a row: texts as texts whatever they begin with, numbers as numbers, None as blank."""
        for index, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(number, index, cut(value), self.text)
            else:
                sheet.write_number(number, index, value, self.number)

    def write_text(self, sheet: Worksheet, number: int, text: str, style: Format | None = None) -> None:
        """Write a text into the first cell of a row."""
        sheet.write_string(number, 0, cut(text), style or self.text)

    def _free_name(self, name: str) -> str:
        clean = INVALID_IN_SHEET_NAME.sub("_", name).strip("'")[:SHEET_NAME_LIMIT] or "_"
        free, count = clean, 1
        while free.casefold() in self._names:
            count += 1
            suffix = f"（{count}）"
            free = clean[: SHEET_NAME_LIMIT - len(suffix)] + suffix
        self._names.add(free.casefold())
        return free


def cut(text: str) -> str:
    """The text as a cell can hold it, line breaks as Excel's; a longer one says that it was cut."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(CUT_MARK)] + CUT_MARK


def file_name(*parts: str) -> str:
    """Parts joined by `_`, without what a file name must not hold."""
    return INVALID_IN_FILE_NAME.sub("_", "_".join(part for part in parts if part))
