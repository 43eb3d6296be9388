"""Old workbooks (.xls, BIFF), by xlrd.

xlrd and not fastexcel: calamine garbles texts of older code pages without an error, prints numbers with nine
decimals only, and cannot tell an error cell from an empty one. A sheet holds 65,536 rows at most.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import polars as pl
import xlrd

from assets.deliveries.cell_numbers import number_text, serial_text
from assets.deliveries.refusal import RefusalError

_DAMAGED = "工作簿已损坏或不完整，读不出来：请用 Excel 或 WPS 打开后另存为 .xlsx 再报送。"


def sheets_of_xls(data: bytes) -> Iterator[tuple[str, pl.DataFrame]]:
    """Name and grid of every sheet, hidden ones too, in the order of the workbook.

    A grid holds every row from the first, String columns `c<n>` from the first column.

    Raises:
        RefusalError: encrypted, damaged, or no workbook.
    """
    book = _opened(data)
    for position in range(book.nsheets):
        # Whatever xlrd stumbles over is damage in the file: it is a parser of foreign bytes.
        try:
            sheet = book.sheet_by_index(position)
        except Exception as error:
            raise RefusalError(_DAMAGED) from error
        yield sheet.name, _grid(sheet, is_1904=book.datemode == 1)
        book.unload_sheet(position)


def _opened(data: bytes) -> xlrd.book.Book:
    try:
        return xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True)
    except MemoryError:
        raise
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise RefusalError("工作簿已加密：请取消密码后重新报送。") from error
        if "can't find workbook" in str(error).lower():
            raise RefusalError("不是 Excel 工作簿（可能是 Word、PowerPoint 等其他 Office 文件）。") from error
        raise RefusalError(_DAMAGED) from error
    except Exception as error:
        raise RefusalError(_DAMAGED) from error


def _grid(sheet: xlrd.sheet.Sheet, *, is_1904: bool) -> pl.DataFrame:
    return pl.DataFrame(
        {
            f"c{position}": _column(sheet.col_types(position), sheet.col_values(position), is_1904=is_1904)
            for position in range(sheet.ncols)
        }
    )


def _column(types: list[int], values: list[object], *, is_1904: bool) -> pl.Series:
    present = set(types)
    if present <= {xlrd.XL_CELL_TEXT, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return pl.Series(values, dtype=pl.String)
    kind = pl.Series(types, dtype=pl.Int8)
    text = pl.Series(values, dtype=pl.String, strict=False)
    number = pl.Series(values, dtype=pl.Float64, strict=False)
    text = text.set(kind.is_in([xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK]), None)
    for of_kind, written in (
        (xlrd.XL_CELL_NUMBER, number_text),
        (xlrd.XL_CELL_DATE, lambda cells: serial_text(cells, is_1904=is_1904)),
        (xlrd.XL_CELL_BOOLEAN, lambda cells: cells.cast(pl.Boolean).cast(pl.String)),
        (xlrd.XL_CELL_ERROR, _error_text),
    ):
        rows = (kind == of_kind).arg_true()
        if rows.len():
            text = text.scatter(rows, written(number.gather(rows)))
    return text


def _error_text(codes: pl.Series) -> pl.Series:
    return codes.cast(pl.Int64).replace_strict(
        xlrd.error_text_from_code, default="#VALUE!", return_dtype=pl.String
    )
