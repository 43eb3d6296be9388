"""Tables to take along: workbooks and CSV files in which nothing from the data can act as a formula."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import polars as pl
import xlsxwriter

ACTING = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
WIDEST = 60
NARROWEST = 8
ROWS_MEASURED = 200


def workbook(frame: pl.DataFrame, title: str) -> bytes:
    """The frame as an .xlsx: headings frozen, with a filter; texts are texts, numbers keep their value."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(title[:31])
    heading = book.add_format({"bold": True, "bg_color": "#EAF0F4", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@", "valign": "top"})
    for column, name in enumerate(frame.columns):
        values = frame[name].to_list()
        sheet.write_string(0, column, name, heading)
        sheet.write_column(
            1, column, [_plain(value) for value in values], text if frame[name].dtype == pl.String else None
        )
        longest = max(
            [_width(name), *(_width(str(value)) for value in values[:ROWS_MEASURED] if value is not None)]
        )
        sheet.set_column(column, column, min(max(longest + 2, NARROWEST), WIDEST))
    sheet.freeze_panes(1, 0)
    if frame.width:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)
    book.close()
    return buffer.getvalue()


def csv(frame: pl.DataFrame) -> bytes:
    """The frame as CSV in UTF-8 with BOM; a text that could act as a formula gets a ' in front."""
    inert = frame.with_columns(
        pl.when(pl.col(pl.String).str.contains(r"^[=+\-@\t\r]"))
        .then(pl.lit("'") + pl.col(pl.String))
        .otherwise(pl.col(pl.String))
        .name.keep()
    )
    return (BOM + inert.write_csv()).encode()


def _plain(value: Any) -> Any:  # noqa: ANN401 (any cell)
    return value.isoformat() if isinstance(value, date) else value


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text.split("\n")[0])  # noqa: PLR2004 - CJK
