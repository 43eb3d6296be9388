"""Workbooks whose cells are inert: what begins with `=`, `+`, `-` or `@` stays text, codes keep their zeros.

The same data give the same bytes: nothing in a workbook depends on the clock.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.shared_texts import PART, SharedTexts
from reports.sheet_rows import around_rows, column_styles, rows_xml

A4 = 9  # its number in workbooks
SHEET_NAME_LIMIT = 31
ROW_LIMIT = 1_048_576  # rows of a sheet, the header's among them
QUICK = 1  # the level of compression: the lists are read once and written at every refresh
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
        self._path = path
        self._frame = BytesIO()
        self._book = xlsxwriter.Workbook(
            self._frame,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"created": datetime(created.year, created.month, created.day)})
        self._tables: dict[str, pl.DataFrame] = {}
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

    def __exit__(self, *error: object) -> None:
        """Write the file: the frame of the workbook, and the rows of the tables in its sheets."""
        self._book.close()
        with zipfile.ZipFile(self._frame) as frame, zipfile.ZipFile(self._path, "w") as file:
            texts = SharedTexts(frame.read(PART))
            tables = {name: texts.numbered(table) for name, table in self._tables.items()}
            for info in frame.infolist():
                if info.filename not in tables:
                    content = texts.xml() if info.filename == PART else frame.read(info)
                    file.writestr(info, content, zipfile.ZIP_DEFLATED, QUICK)
            for _, names in groupby(tables, key=lambda name: tables[name].schema):
                _write_tables(frame, file, {name: tables[name] for name in names}, texts.known)

    def add_sheet(self, name: str) -> Worksheet:
        """A new empty sheet; the name is made valid and unique."""
        sheet = self._book.add_worksheet(self._free_name(name))
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def add_table(self, name: str, columns: Sequence[Column], rows: pl.DataFrame, mark: str) -> None:
        """A sheet with a frozen header, a filter and a row for each of `rows`; further sheets if it is full.

        Args:
            name: the sheet's name.
            columns: header, width and choices of each column; those beyond the frame's stay blank.
            rows: texts and numbers, one column for each of the first of `columns`.
            mark: printed above each page (演示数据), or empty.
        """
        room = ROW_LIMIT - 1
        for start in range(0, max(rows.height, 1), room):
            self._add_table(name, columns, rows.slice(start, room), mark)

    def _add_table(self, name: str, columns: Sequence[Column], rows: pl.DataFrame, mark: str) -> None:
        sheet = self.add_sheet(name)
        for index, column in enumerate(columns):
            is_text = index >= rows.width or rows.dtypes[index] == pl.String
            sheet.set_column(index, index, column.width, self.text if is_text else self.number)
            sheet.write_string(0, index, column.title, self.header)
            if column.choices and rows.height:
                choice = {"validate": "list", "source": list(column.choices)}
                sheet.data_validation(1, index, rows.height, index, choice)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, rows.height, len(columns) - 1)
        if mark:
            sheet.set_header(f"&C{mark}")
        self._tables[f"xl/worksheets/sheet{len(self._book.worksheets())}.xml"] = rows

    def write_row(self, sheet: Worksheet, number: int, row: Iterable[object]) -> None:
        """Write a short row of our own: texts as texts, numbers as numbers, None as blank."""
        for index, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(number, index, value, self.text)
            else:
                sheet.write_number(number, index, value, self.number)

    def write_text(self, sheet: Worksheet, number: int, text: str, style: Format | None = None) -> None:
        """Write a text into the first cell of a row."""
        sheet.write_string(number, 0, text, style or self.text)

    def _free_name(self, name: str) -> str:
        clean = INVALID_IN_SHEET_NAME.sub("_", name).strip("'")[:SHEET_NAME_LIMIT] or "_"
        free, count = clean, 1
        while free.casefold() in self._names:
            count += 1
            suffix = f"（{count}）"
            free = clean[: SHEET_NAME_LIMIT - len(suffix)] + suffix
        self._names.add(free.casefold())
        return free


def _write_tables(
    frame: zipfile.ZipFile, file: zipfile.ZipFile, tables: Mapping[str, pl.DataFrame], known: int
) -> None:
    """Write the sheets of tables that have the same columns."""
    first, some = next(iter(tables.items()))
    styles = column_styles(frame.read(first).decode(), some.width)
    for name, pieces in zip(tables, rows_xml(list(tables.values()), styles, known), strict=True):
        before, after = around_rows(frame.read(name).decode(), tables[name].height)
        content = b"".join([before, *pieces, after])
        file.writestr(frame.getinfo(name), content, zipfile.ZIP_DEFLATED, QUICK)


def file_name(*parts: str) -> str:
    """Parts joined by `_`, without what a file name must not hold."""
    return INVALID_IN_FILE_NAME.sub("_", "_".join(part for part in parts if part))
