"""From the grid of a sheet to the source's table of text: which rows are rows, and how they are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from assets.deliveries.header import Header
from checks.cells import CONTROL, blank_to_null, clean
from checks.contracts.base import Column, Kind

PROVENANCE = ("content_id", "sheet_no", "row_number")

_FOOTERS = ("合计", "总计", "小计", "备注", "注")
_FOOTER_BEGINNINGS = r"^(?:备注[：:]|注[：:]|说明[：:]|填表人|审核人|制表)"
# A cell that begins like this is neither blank nor the beginning of a footer: by far the most.
_ORDINARY = r"^[0-9A-MO-Za-mo-z\x{4E00}-\x{9FFF}&&[^无合总小备注说填审制]]"
_EMPTY = rf"^(?:\s|{CONTROL})*$"
_TAIL = 4096


@dataclass(frozen=True)
class Table:
    """The rows of one sheet that belong to one source.

    Attributes:
        text: one row per delivered row: content_id, sheet_no, row_number, a String column per column of
            the contract (null where the header is absent).
        rows_below_header: all rows below the header up to the last that is not empty.
        footer_rows: those of them that are footers.
        blank_rows: those of them whose cells are all blank.
        surplus_rows: rows that are longer than the header.
        first_surplus_row: number of the first of these, or None.
    """

    text: pl.DataFrame
    rows_below_header: int
    footer_rows: int
    blank_rows: int
    surplus_rows: int
    first_surplus_row: int | None


def table_of(grid: pl.DataFrame, header: Header, content_id: int, sheet_no: int) -> Table:
    """Take the rows below the header out of a grid.

    Args:
        grid: every row of the sheet from the first, String columns from the left.
        header: where the header stands and what it means.
        content_id: goes into every row.
        sheet_no: goes into every row.
    """
    below = _without_empty_tail(grid.slice(header.row_number))
    numbered = below.with_row_index("row_number", offset=header.row_number + 1)
    names = grid.columns
    blanks, footers = _left_out(numbered, header, names)
    kept = numbered
    if blanks.len() or footers.len():
        left_out = pl.concat([blanks, footers]).to_frame()
        kept = numbered.join(left_out, on="row_number", how="anti", maintain_order="left")
    surplus = _surplus(kept, names[header.width :])
    return Table(
        text=_text(kept, header, names, content_id, sheet_no),
        rows_below_header=below.height,
        footer_rows=footers.len(),
        blank_rows=blanks.len(),
        surplus_rows=surplus.len(),
        first_surplus_row=surplus[0] if surplus.len() else None,
    )


def _without_empty_tail(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows after the last one with a cell that is not empty are no rows."""
    end = rows.height
    if end == 0 or not all(cell is None or re.match(_EMPTY, cell) for cell in rows.row(end - 1)):
        return rows
    while end:
        start = max(end - _TAIL, 0)
        filled = (
            rows.slice(start, end - start)
            .select(
                pl.any_horizontal((~pl.all().str.contains(_EMPTY)).fill_null(value=False)).alias("filled")
            )
            .to_series()
            .arg_true()
        )
        if filled.len():
            return rows.head(start + int(filled[-1]) + 1)
        end = start
    return rows.head(0)


def _left_out(numbered: pl.DataFrame, header: Header, names: list[str]) -> tuple[pl.Series, pl.Series]:
    """Numbers of the rows that are none: the blank ones, the footers."""
    columns = _kinds(header, names)
    footers = [numbered["row_number"].head(0)]
    undecided = numbered
    # Column by column from the left: a row is decided by its first cell that is not blank.
    for name in names:
        if undecided[name].null_count() == undecided.height:
            continue
        is_ordinary = undecided[name].str.contains(_ORDINARY)
        if is_ordinary.all(ignore_nulls=False):
            undecided = undecided.clear()
            break
        undecided = undecided.filter(~is_ordinary.fill_null(value=False))
        cells = _filled(undecided[name], columns.get(name))
        footers.append(undecided["row_number"].filter(_is_footer(cells)))
        undecided = undecided.filter(cells.is_null())
    return undecided["row_number"], pl.concat(footers)


def _kinds(header: Header, names: list[str]) -> dict[str, Column]:
    columns = {column.name: column for column in header.contract.columns}
    return {
        names[position]: columns[column]
        for column, position in header.columns.items()
        if position < len(names)
    }


def _filled(cells: pl.Series, column: Column | None) -> pl.Series:
    """The cells cleaned; null where they are blank, as their column reads them."""
    none_is_a_value = column is not None and (
        column.free_text or column.kind in (Kind.YES_NO, Kind.MEASURE_VALUE)
    )
    return blank_to_null(clean(cells).str.strip_chars(), none_is_text=none_is_a_value)


def _is_footer(cells: pl.Series) -> pl.Series:
    compact = cells.str.replace_all(r"\s", "")
    return (compact.is_in(_FOOTERS) | compact.str.contains(_FOOTER_BEGINNINGS)).fill_null(value=False)


def _text(
    kept: pl.DataFrame, header: Header, names: list[str], content_id: int, sheet_no: int
) -> pl.DataFrame:
    """The columns of the contract, null where the header has none: put together without a query."""
    held = {column: names[place] for column, place in header.columns.items() if place < len(names)}
    text = kept[["row_number", *held.values()]]
    text.columns = ["row_number", *held]
    text.replace_column(0, text["row_number"].cast(pl.Int32))
    text.insert_column(0, pl.Series("sheet_no", [sheet_no], pl.Int16).new_from_index(0, kept.height))
    text.insert_column(0, pl.Series("content_id", [content_id], pl.Int32).new_from_index(0, kept.height))
    for column in header.contract.columns:
        if column.name not in held:
            absent = pl.Series(column.name, [None], pl.String)
            text.insert_column(text.width, absent.new_from_index(0, kept.height))
    return text[[*PROVENANCE, *(column.name for column in header.contract.columns)]]


def _surplus(rows: pl.DataFrame, beyond: list[str]) -> pl.Series:
    beyond = [name for name in beyond if rows[name].null_count() < rows.height]
    if not beyond:
        return pl.Series([], dtype=pl.UInt32)
    filled = pl.any_horizontal((~pl.col(name).str.contains(_EMPTY)).fill_null(value=False) for name in beyond)
    return rows.filter(filled)["row_number"]
