"""From the grid of a sheet to the source's table of text: which rows are rows, and how they are counted."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from assets.deliveries.header import Header
from checks.cells import BLANKS, CONTROL, NONE_ZH
from checks.contracts.base import Column, Kind

PROVENANCE = {"content_id": pl.Int32, "sheet_no": pl.Int16, "row_number": pl.Int32}

_FOOTERS = ("合计", "总计", "小计", "备注", "注")
_FOOTER_BEGINNINGS = r"^(?:备注[：:]|注[：:]|说明[：:]|填表人|审核人|制表)"
# A cell that begins like this is neither blank nor the beginning of a footer: by far the most.
_ORDINARY = r"^[0-9A-MO-Za-mo-z\x{4E00}-\x{9FFF}&&[^无合总小备注说填审制]]"
_EMPTY = r"^\s*$"
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
    kinds = _kinds(header, names)
    ordinary = _is_ordinary(numbered[names[0]]) if names else pl.Series([], dtype=pl.Boolean)
    doubtful = numbered.filter(~ordinary).with_columns(_first_cell(names, kinds).alias("first"))
    blank = pl.col("first").is_null()
    compact = pl.col("first").str.replace_all(r"\s", "")
    footer = compact.is_in(_FOOTERS) | compact.str.contains(_FOOTER_BEGINNINGS)
    judged = doubtful.select("row_number", blank=blank, footer=footer.fill_null(value=False))
    left_out = judged.filter(pl.col("blank") | pl.col("footer"))
    kept = (
        numbered
        if left_out.is_empty()
        else numbered.join(left_out, on="row_number", how="anti", maintain_order="left")
    )
    surplus = _surplus(kept, names[header.width :])
    return Table(
        text=kept.select(
            pl.lit(content_id, dtype=pl.Int32).alias("content_id"),
            pl.lit(sheet_no, dtype=pl.Int16).alias("sheet_no"),
            pl.col("row_number").cast(pl.Int32),
            *(_text_column(column, header, names) for column in header.contract.columns),
        ),
        rows_below_header=below.height,
        footer_rows=int(left_out["footer"].sum()),
        blank_rows=int(left_out["blank"].sum()),
        surplus_rows=surplus.len(),
        first_surplus_row=surplus[0] if surplus.len() else None,
    )


def _without_empty_tail(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows after the last one with a cell that is not empty are no rows."""
    end = rows.height
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


def _is_ordinary(cells: pl.Series) -> pl.Series:
    return cells.str.contains(_ORDINARY).fill_null(value=False)


def _kinds(header: Header, names: list[str]) -> dict[str, Column]:
    columns = {column.name: column for column in header.contract.columns}
    return {
        names[position]: columns[column]
        for column, position in header.columns.items()
        if position < len(names)
    }


def _first_cell(names: list[str], columns: dict[str, Column]) -> pl.Expr:
    """The first cell of the row that is not blank, cleaned; null where all are."""
    return pl.coalesce(_filled(name, columns.get(name)) for name in names)


def _filled(name: str, column: Column | None) -> pl.Expr:
    none_is_a_value = column is not None and (
        column.free_text or column.kind in (Kind.YES_NO, Kind.MEASURE_VALUE)
    )
    blanks = [blank for blank in BLANKS if not (none_is_a_value and blank == NONE_ZH)]
    cell = pl.col(name).str.replace_all(CONTROL, "").str.strip_chars()
    return pl.when(~cell.str.normalize("NFKC").str.strip_chars().is_in(blanks)).then(cell)


def _text_column(column: Column, header: Header, names: list[str]) -> pl.Expr:
    position = header.columns.get(column.name)
    if position is None or position >= len(names):
        return pl.lit(None, dtype=pl.String).alias(column.name)
    return pl.col(names[position]).alias(column.name)


def _surplus(rows: pl.DataFrame, beyond: list[str]) -> pl.Series:
    if not beyond:
        return pl.Series([], dtype=pl.UInt32)
    filled = pl.any_horizontal((~pl.col(name).str.contains(_EMPTY)).fill_null(value=False) for name in beyond)
    return rows.filter(filled)["row_number"]
