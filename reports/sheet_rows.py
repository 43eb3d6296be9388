"""The rows of a sheet as the XML of a workbook, all of a frame at once.

A library that is called for each cell takes 15 µs a cell, and a nation's month has a million cells. Here
polars writes the XML of whole columns. Texts become inline strings, so nothing in them can be a formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

CELL_LIMIT = 32_767  # characters that Excel keeps in a cell
CUT_MARK = "……（过长，已截断）"
LETTERS = 26
# What XML 1.0 cannot hold.
UNWRITABLE = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"


def rows_xml(frame: pl.DataFrame, styles: Sequence[int], first_row: int) -> str:
    """The `<row>` elements of `frame`, its first row being `first_row` (from 1).

    Args:
        frame: String columns and numeric ones; nulls become blank cells.
        styles: the number of each column's format in the workbook.
        first_row: the row's number in the sheet.
    """
    if frame.is_empty():
        return ""
    number = pl.int_range(first_row, first_row + frame.height).cast(pl.String)
    cells = [
        _cell(name, f"{column_letters(index)}", number, style, data_type)
        for index, ((name, data_type), style) in enumerate(zip(frame.schema.items(), styles, strict=True))
    ]
    row = pl.concat_str(pl.lit('<row r="'), number, pl.lit('">'), *cells, pl.lit("</row>"))
    return "".join(frame.select(row.alias("xml"))["xml"])


def _cell(name: str, letters: str, number: pl.Expr, style: int, data_type: pl.DataType) -> pl.Expr:
    start = f'<c r="{letters}'
    if data_type == pl.String:
        middle = pl.lit(f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">')
        text = pl.concat_str(pl.lit(start), number, middle, inert(pl.col(name)), pl.lit("</t></is></c>"))
    else:
        value = pl.col(name).cast(pl.String)
        text = pl.concat_str(pl.lit(start), number, pl.lit(f'" s="{style}"><v>'), value, pl.lit("</v></c>"))
    blank = pl.concat_str(pl.lit(start), number, pl.lit(f'" s="{style}"/>'))
    return pl.coalesce(text, blank)


def inert(text: pl.Expr) -> pl.Expr:
    """Texts as they stand in the XML: cut to a cell's length, marks escaped, line breaks as Excel's."""
    text = text.str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    room = CELL_LIMIT - len(CUT_MARK)
    is_long = text.str.len_chars() > CELL_LIMIT
    text = pl.when(is_long).then(text.str.slice(0, room) + pl.lit(CUT_MARK)).otherwise(text)
    return (
        text.str.replace_all(UNWRITABLE, "\N{REPLACEMENT CHARACTER}")
        # Excel reads _x000A_ in a text as an escape: an underscore escaped itself says that it is none.
        .str.replace_all("_(x[0-9A-Fa-f]{4}_)", "_x005F_${1}")
        .str.replace_all("&", "&amp;", literal=True)
        .str.replace_all("<", "&lt;", literal=True)
        .str.replace_all(">", "&gt;", literal=True)
    )


def column_letters(index: int) -> str:
    """The letters of a column, from 0: A, B and so on, AA after Z."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def insert_rows(sheet_xml: str, frame: pl.DataFrame) -> str:
    """A sheet that has only its header row, with the rows of `frame` below it.

    The formats are those of the sheet's columns.
    """
    styles = _column_styles(sheet_xml, frame.width)
    rows = rows_xml(frame, styles, first_row=2)
    last = f"{column_letters(max(len(styles), frame.width) - 1)}{frame.height + 1}"
    sheet_xml = re.sub(r'(<dimension ref="A1:)[A-Z]+\d+"', rf'\g<1>{last}"', sheet_xml, count=1)
    head, end, rest = sheet_xml.partition("</sheetData>")
    return f"{head}{rows}{end}{rest}"


def _column_styles(sheet_xml: str, width: int) -> list[int]:
    styles = dict.fromkeys(range(1, width + 1), 0)
    for first, last, style in re.findall(r'<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)"', sheet_xml):
        styles |= dict.fromkeys(range(int(first), int(last) + 1), int(style))
    return [styles[number] for number in range(1, width + 1)]
