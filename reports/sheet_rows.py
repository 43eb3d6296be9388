"""The rows of a sheet as the XML of a workbook, all of a frame at once.

A library that is called for each cell takes 15 µs a cell, and a nation's month has a million cells. Here
polars writes the XML of whole columns. Texts become inline strings, so nothing in them can be a formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from checks.cells import where

CELL_LIMIT = 32_767  # characters that Excel keeps in a cell
CUT_MARK = "……（过长，已截断）"
LETTERS = 26
PIECE = 4096  # rows
# What XML 1.0 cannot hold.
UNWRITABLE = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
NEEDS_CARE = r"[&<>\r\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]|_x"


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
    ready = inert(frame)
    cells = [
        _cell(column, column_letters(index), number, style)
        for index, (column, style) in enumerate(zip(ready, styles, strict=True))
    ]
    row = pl.concat_str(pl.lit('<row r="'), number, pl.lit('">'), *cells, pl.lit("</row>"))
    xml: str = ready.select(row.str.join("")).item()
    return xml


def _cell(column: pl.Series, letters: str, number: pl.Expr, style: int) -> pl.Expr:
    start = pl.lit(f'<c r="{letters}')
    value = pl.col(column.name).cast(pl.String)
    if column.dtype == pl.String:
        before, after = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
    else:
        before, after = f'" s="{style}"><v>', "</v></c>"
    filled = pl.concat_str(start, number, pl.lit(before), value, pl.lit(after))
    if not column.has_nulls():
        return filled
    return pl.coalesce(filled, pl.concat_str(start, number, pl.lit(f'" s="{style}"/>')))


def inert(frame: pl.DataFrame) -> pl.DataFrame:
    """Texts as they stand in the XML: cut to a cell's length, marks escaped, line breaks as Excel's."""
    text = pl.selectors.string()
    needs_care = frame.select(
        (text.str.contains(NEEDS_CARE) | (text.str.len_bytes() > CELL_LIMIT)).fill_null(value=False)
    )
    return frame.with_columns(where(frame[odd.name], odd, _escaped) for odd in needs_care if odd.any())


def _escaped(texts: pl.Series) -> pl.Series:
    texts = texts.str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    shortened = texts.str.slice(0, CELL_LIMIT - len(CUT_MARK)) + CUT_MARK
    return (
        shortened.zip_with(texts.str.len_chars() > CELL_LIMIT, texts)
        .str.replace_all(UNWRITABLE, "\N{REPLACEMENT CHARACTER}")
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


def insert_rows(sheet_xml: str, frame: pl.DataFrame) -> bytes:
    """A sheet that has only its header row, with the rows of `frame` below it, in UTF-8.

    The formats are those of the sheet's columns.
    """
    styles = _column_styles(sheet_xml, frame.width)
    last = f"{column_letters(max(len(styles), frame.width) - 1)}{frame.height + 1}"
    sheet_xml = re.sub(r'(<dimension ref="A1:)[A-Z]+\d+"', rf'\g<1>{last}"', sheet_xml, count=1)
    head, end, rest = sheet_xml.partition("</sheetData>")
    # Piece by piece: a nation's sheet as one text takes six times its bytes on the way.
    rows = (
        rows_xml(frame.slice(start, PIECE), styles, first_row=start + 2).encode()
        for start in range(0, frame.height, PIECE)
    )
    return b"".join([head.encode(), *rows, end.encode(), rest.encode()])


def _column_styles(sheet_xml: str, width: int) -> list[int]:
    styles = dict.fromkeys(range(1, width + 1), 0)
    for first, last, style in re.findall(r'<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)"', sheet_xml):
        styles |= dict.fromkeys(range(int(first), int(last) + 1), int(style))
    return [styles[number] for number in range(1, width + 1)]
