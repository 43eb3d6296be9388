"""The rows of a sheet as the XML of a workbook, all of a frame at once.

A library that is called for each cell takes 15 µs a cell, and a nation's month has a million cells. Here
polars writes the XML of whole columns. Of texts only the numbers stand here (see `shared_texts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

LETTERS = 26
FIRST_ROW = 2  # below the header
NUMBER = "number of the row"
TEXT = ' t="s"'
PIECE = 4096  # rows: a nation's sheet as one text takes six times its bytes on the way


def rows_xml(frames: Sequence[pl.DataFrame], styles: Sequence[int], known: int) -> Iterator[list[bytes]]:
    """The `<row>` elements of sheets of the same columns: for each sheet its pieces, in UTF-8.

    Small sheets are written together: a call of polars costs as much as a hundred rows.

    Args:
        frames: numbered texts and numeric columns, one frame for each sheet; nulls become blank cells.
        styles: the number of each column's format in the workbook.
        known: what is added to the numbers of texts.
    """
    together = pl.concat(frames)
    numbers = pl.concat(pl.int_range(FIRST_ROW, FIRST_ROW + frame.height, eager=True) for frame in frames)
    texts = pl.Series(dtype=pl.String)
    start = 0
    for frame in frames:
        pieces = []
        end = start + frame.height
        while start < end:
            offset = start % PIECE
            if offset == 0:
                texts = row_texts(together.slice(start, PIECE), numbers.slice(start, PIECE), styles, known)
            own = texts.slice(offset, end - start)
            pieces.append(own.str.join("").cast(pl.Binary).item())
            start += len(own)
        yield pieces


def row_texts(frame: pl.DataFrame, numbers: pl.Series, styles: Sequence[int], known: int) -> pl.Series:
    """The `<row>` element of each row of a frame; `numbers` are the rows' numbers in their sheets."""
    parts: list[str | pl.Expr] = ['<row r="', pl.col(NUMBER), '">']
    for index, (column, style) in enumerate(zip(frame.iter_columns(), styles, strict=True)):
        parts += [f'<c r="{column_letters(index)}', pl.col(NUMBER), *_content(column, style, known)]
    row = pl.concat_str(_joined([*parts, "</row>"]))
    return frame.with_columns(numbers.cast(pl.String).alias(NUMBER)).select(row).to_series()


def _content(column: pl.Series, style: int, known: int) -> list[str | pl.Expr]:
    """What follows the row's number in the cells of a column."""
    is_text = isinstance(column.dtype, pl.Categorical)
    value = pl.col(column.name).to_physical() + known if is_text else pl.col(column.name)
    before, after = f'" s="{style}"{TEXT if is_text else ""}><v>', "</v></c>"
    blank = f'" s="{style}"/>'
    if column.null_count() == len(column):
        return [blank]
    if column.has_nulls():
        return [pl.concat_str(pl.lit(before), value, pl.lit(after)).fill_null(blank)]
    return [before, value, after]


def _joined(parts: Sequence[str | pl.Expr]) -> list[pl.Expr]:
    """Parts of a text with those that stand in every row brought together."""
    joined: list[pl.Expr] = []
    same = ""
    for part in parts:
        if isinstance(part, str):
            same += part
        else:
            joined += [pl.lit(same), part]
            same = ""
    return [*joined, pl.lit(same)]


def column_letters(index: int) -> str:
    """The letters of a column, from 0: A, B and so on, AA after Z."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def around_rows(sheet_xml: str, rows: int) -> tuple[bytes, bytes]:
    """What stands before and after the rows in a sheet that has only its header row as yet, in UTF-8."""
    sized = re.sub(r'(<dimension ref="A1:[A-Z]+)\d+"', rf'\g<1>{rows + 1}"', sheet_xml, count=1)
    head, end, rest = sized.partition("</sheetData>")
    return head.encode(), (end + rest).encode()


def column_styles(sheet_xml: str, width: int) -> list[int]:
    """The numbers of the formats of a sheet's first columns."""
    styles = dict.fromkeys(range(1, width + 1), 0)
    for first, last, style in re.findall(r'<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)"', sheet_xml):
        styles |= dict.fromkeys(range(int(first), int(last) + 1), int(style))
    return [styles[number] for number in range(1, width + 1)]
