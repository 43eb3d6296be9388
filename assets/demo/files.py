"""Writing a table of the demo as an office would: its format, encoding, headers and ways of writing."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import polars as pl
import xlsxwriter

from assets.demo.marker import MARKER_COLUMN
from checks.contracts.base import Column, Kind
from checks.register import CONTRACTS

UNREADABLE_EVERY = 97  # where a cell is made unreadable, it is one row in so many
_BOM = b"\xef\xbb\xbf"
_NUMBER_KINDS = (Kind.NUMBER, Kind.MARK, Kind.WHOLE)
_DATE_KINDS = (Kind.DATE, Kind.TIME)


@dataclass(frozen=True)
class Layout:
    """The habits of one office.

    `headers` says which synonym of a header is used (the last one where there are fewer); `mark` follows
    required headers; `has_cells` (workbooks) writes dates as date cells instead of text.
    """

    ending: str = "csv"
    encoding: str = "utf-8"
    has_bom: bool = False
    separator: str = ","
    dates: str = "%Y-%m-%d"
    times: str = "%Y-%m-%d %H:%M:%S"
    months: str = "%Y-%m"
    has_cells: bool = True
    between: str = "、"
    yes_no: tuple[str, str] = ("是", "否")
    dot: str = "·"
    headers: int = 0
    mark: str = ""
    has_title: bool = False
    has_footer: bool = False
    has_notes_sheet: bool = False
    is_numbered: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table to write: a source, its rows, and the text that makes a column unreadable here and there."""

    source: str
    rows: pl.DataFrame
    title: str = ""
    unreadable: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()  # columns left out by mistake: the file will be refused


class Writer:
    """Writes below one folder of deliveries, and counts."""

    def __init__(self, raw: Path) -> None:
        """Write below `raw`."""
        self.raw = raw
        self.names: list[str] = []
        self.bytes = 0

    @property
    def files(self) -> int:
        """Files written so far."""
        return len(self.names)

    def put(self, name: str, content: bytes) -> None:
        """Write `content` to the path `name` below the folder."""
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.names.append(name)
        self.bytes += len(content)

    def table(self, stem: str, layout: Layout, *sheets: Sheet) -> None:
        """Write the sheets to the path `stem` with the layout's ending: a file, or one workbook of all."""
        content = workbook(layout, sheets) if layout.ending == "xlsx" else text_file(layout, sheets[0])
        self.put(f"{stem}.{layout.ending}", content)


def text_file(layout: Layout, sheet: Sheet) -> bytes:
    """The bytes of a delimited text file."""
    table = _with_extras(_as_text(sheet, layout), layout)
    line_end = "\r\n" if layout.encoding == "gb18030" else "\n"
    body = io.BytesIO()
    table.write_csv(body, separator=layout.separator, line_terminator=line_end)
    content = body.getvalue()
    above = [line_end.join(_title(sheet, layout))] if layout.has_title else []
    below = [layout.separator.join(cells) for cells in _footer(table.height)] if layout.has_footer else []
    if above or below:
        content = "".join(f"{line}{line_end}" for line in above).encode() + content
        content += "".join(f"{line}{line_end}" for line in below).encode()
    if layout.encoding != "utf-8":
        return content.decode().encode(layout.encoding)
    return _BOM + content if layout.has_bom else content


def workbook(layout: Layout, sheets: tuple[Sheet, ...]) -> bytes:
    """The bytes of a workbook with one worksheet for each sheet; the same rows give the same bytes."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": datetime(2022, 1, 1)})
    if layout.has_notes_sheet:
        book.add_worksheet("说明").write_column(
            0, 0, ["填报说明", "一、按月填报。", "二、带星号的为必填项。"]
        )
    formats = {
        Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
        Kind.TIME: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    for sheet in sheets:
        page = book.add_worksheet(_contract_title(sheet.source))
        top = 0
        if layout.has_title:
            top = len(_title(sheet, layout))
            page.write_column(0, 0, _title(sheet, layout))
        kinds = {_header(column, layout): column.kind for column in CONTRACTS[sheet.source].columns}
        table = _with_extras(_as_cells(sheet, layout), layout)
        for number, name in enumerate(table.columns):
            page.write(top, number, name)
            page.write_column(top + 1, number, table[name].to_list(), formats.get(kinds.get(name, Kind.TEXT)))
        if layout.has_footer:
            for number, cells in enumerate(_footer(table.height)):
                page.write_row(top + 1 + table.height + number, 0, cells)
    book.close()
    return content.getvalue()


def _contract_title(source: str) -> str:
    return CONTRACTS[source].title_zh


def _title(sheet: Sheet, layout: Layout) -> list[str]:
    title = sheet.title or _contract_title(sheet.source)
    return [f"{title}统计表", "单位：条"] if layout.headers else [f"{title}（演示数据）"]


def _footer(height: int) -> list[list[str]]:
    return [["合计", str(height)], ["填表人：", "", "审核人："]]


def _header(column: Column, layout: Layout) -> str:
    header = column.headers[min(layout.headers, len(column.headers) - 1)]
    return header + layout.mark if column.is_required else header


def _columns(sheet: Sheet) -> list[Column]:
    return [
        c
        for c in CONTRACTS[sheet.source].columns
        if c.name in sheet.rows.columns and c.name not in sheet.without
    ]


def _with_extras(table: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """The table with the marker's column at its end, and a running number before it."""
    table = table.with_columns(pl.lit(None, pl.String).alias(MARKER_COLUMN))
    if layout.is_numbered:
        return table.select(pl.int_range(1, pl.len() + 1).alias("序号"), pl.all())
    return table


def _as_text(sheet: Sheet, layout: Layout) -> pl.DataFrame:
    """Every column as this office writes it, under its header."""
    return sheet.rows.select(
        _spoiled(_text(column, sheet.rows.schema[column.name], layout), column, sheet).alias(
            _header(column, layout)
        )
        for column in _columns(sheet)
    )


def _as_cells(sheet: Sheet, layout: Layout) -> pl.DataFrame:
    """As `_as_text`, but numbers stay numbers, and dates too where the office writes date cells."""

    def cell(column: Column) -> pl.Expr:
        kept = (*_DATE_KINDS,) if layout.has_cells else ()
        is_kept = column.kind in (*_NUMBER_KINDS, *kept) and column.name not in sheet.unreadable
        return (
            pl.col(column.name)
            if is_kept
            else _spoiled(_text(column, sheet.rows.schema[column.name], layout), column, sheet)
        )

    return sheet.rows.select(cell(column).alias(_header(column, layout)) for column in _columns(sheet))


def _text(column: Column, dtype: pl.DataType, layout: Layout) -> pl.Expr:
    value = pl.col(column.name)
    if column.kind is Kind.MONTH:
        return value.dt.strftime(layout.months)
    if dtype == pl.Date:
        return value.dt.strftime(layout.dates)
    if isinstance(dtype, pl.Datetime):
        return value.dt.strftime(layout.times)
    if dtype == pl.Boolean:
        yes, no = (pl.lit(word) for word in layout.yes_no)
        return pl.when(value.is_null()).then(None).when(value).then(yes).otherwise(no)
    if isinstance(dtype, pl.List):
        value = value.cast(pl.List(pl.String)).list.join(layout.between)
    if column.kind in (Kind.NAME, Kind.NAME_LIST) and layout.dot != "·":
        value = value.str.replace_all("·", layout.dot, literal=True)
    return value.cast(pl.String)


def _spoiled(value: pl.Expr, column: Column, sheet: Sheet) -> pl.Expr:
    if column.name not in sheet.unreadable:
        return value
    hit = pl.int_range(pl.len()) % UNREADABLE_EVERY == UNREADABLE_EVERY // 2
    return pl.when(hit).then(pl.lit(sheet.unreadable[column.name])).otherwise(value)
