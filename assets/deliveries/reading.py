"""One file's bytes become parts (what a sheet was found to be) and tables of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from assets.deliveries.biff import sheets_of_xls
from assets.deliveries.exchange import ACCEPTED, REFUSED, SKIPPED, Part, whole_file_refused
from assets.deliveries.guards import Form, form_of
from assets.deliveries.header import Header, NoHeader, recognise
from assets.deliveries.limits import Limits
from assets.deliveries.plain import DAMAGED, read_plain
from assets.deliveries.refusal import RefusalError
from assets.deliveries.source import Sources
from assets.deliveries.table import Table, table_of
from assets.deliveries.workbook import Workbook
from checks.contracts.base import Kind

_NUMBERS = frozenset({Kind.NUMBER, Kind.MARK, Kind.WHOLE, Kind.PERCENT, Kind.MEASURE_VALUE, Kind.WHOLE_LIST})
_DATES = frozenset({Kind.DATE, Kind.TIME, Kind.MONTH})


@dataclass
class Reading:
    """What a file holds: its parts, and the text tables of those that are accepted, by source."""

    parts: list[Part] = field(default_factory=list)
    tables: list[tuple[str, pl.DataFrame]] = field(default_factory=list)


def refused(reason: str) -> Reading:
    """A file that is refused as a whole."""
    return Reading([whole_file_refused(reason)])


def read_content(data: bytes, sources: Sources, limits: Limits, header_rows: int, content_id: int) -> Reading:
    """Read one file that has an accepted ending.

    How it is read depends on its content alone: a text that is called .xls is read as text.

    Args:
        data: the whole file.
        sources: the contracts that it may hold.
        limits: what reading may cost.
        header_rows: among how many first rows the header is looked for.
        content_id: goes into every row.
    """
    try:
        form = form_of(data)
        if form is Form.TEXT:
            return _read_text(data, sources, limits, header_rows, content_id)
        sheets = _sheets_of_xlsx(data, limits) if form is Form.XLSX else _sheets_of_xls(data)
        return _read_sheets(sheets, sources, limits, header_rows, content_id)
    except RefusalError as error:
        return refused(error.reason)


def _read_text(data: bytes, sources: Sources, limits: Limits, header_rows: int, content_id: int) -> Reading:
    plain = read_plain(data, sources, limits, header_rows)
    table = table_of(plain.frame, plain.header, content_id, 1)
    numbers = table.text["row_number"]
    is_cut = plain.is_cut and numbers.len() > 0 and numbers[-1] == plain.frame.height
    part = _accepted(1, None, plain.header, table, plain.encoding, plain.damaged, is_cut=is_cut)
    return Reading([part], [(plain.header.contract.source, table.text)])


class _SheetGrid:
    """A sheet as grid, and how to make the columns exact once it is known what they hold."""

    def __init__(
        self, name: str, grid: pl.DataFrame, book: Workbook | None = None, position: int = 0
    ) -> None:
        self.name = name
        self.grid = grid
        self._book = book
        self._position = position

    def exact(self, header: Header) -> pl.DataFrame:
        if self._book is None:
            return self.grid
        names = self.grid.columns
        of_kind = {column.name: column.kind for column in header.contract.columns}
        held = [(names[position], of_kind[column]) for column, position in header.columns.items()]
        return self._book.put_right(
            self._position,
            self.grid,
            numbers=[name for name, kind in held if kind in _NUMBERS],
            dates=[name for name, kind in held if kind in _DATES],
        )


def _sheets_of_xlsx(data: bytes, limits: Limits) -> Iterator[_SheetGrid]:
    book = Workbook(data, limits)
    for position, name in enumerate(book.sheet_names):
        yield _SheetGrid(name, book.grid(position), book, position)


def _sheets_of_xls(data: bytes) -> Iterator[_SheetGrid]:
    for name, grid in sheets_of_xls(data):
        yield _SheetGrid(name, grid)


def _read_sheets(
    sheets: Iterator[_SheetGrid], sources: Sources, limits: Limits, header_rows: int, content_id: int
) -> Reading:
    reading = Reading()
    not_found: list[NoHeader] = []
    for sheet_no, sheet in enumerate(sheets, 1):
        found = recognise(sheet.grid.head(header_rows).rows(), sources)
        if isinstance(found, NoHeader):
            not_found.append(found)
            status = REFUSED if found.is_ambiguous else SKIPPED
            reading.parts.append(Part(sheet_no, sheet.name, None, status, found.reason))
            continue
        if found.width > limits.columns:
            reason = f"列数过多（{found.width} 列，上限 {limits.columns} 列）。"
            reading.parts.append(Part(sheet_no, sheet.name, None, REFUSED, reason))
            continue
        table = table_of(sheet.exact(found), found, content_id, sheet_no)
        damaged = _damaged_cells(table.text)
        reading.parts.append(_accepted(sheet_no, sheet.name, found, table, None, damaged))
        reading.tables.append((found.contract.source, table.text))
    if reading.tables:
        return reading
    if not reading.parts:
        raise RefusalError("工作簿中没有工作表。")
    nearest = max(not_found, key=lambda one: (one.is_ambiguous, one.matched), default=None)
    raise RefusalError(nearest.reason if nearest else reading.parts[0].reason or "")


def _accepted(
    sheet_no: int,
    sheet: str | None,
    header: Header,
    table: Table,
    encoding: str | None,
    damaged: int,
    *,
    is_cut: bool = False,
) -> Part:
    notes = []
    if table.surplus_rows:
        notes.append(
            f"有 {table.surplus_rows} 行比表头长（最先为第 {table.first_surplus_row} 行），"
            "多出的单元格未读取：请检查是否有未加引号的分隔符。"
        )
    if damaged:
        notes.append(
            f"有 {damaged} 处文字在报送前已损坏（“\ufffd”或“锟斤拷”），无法复原：请从源系统重新导出。"
        )
    if is_cut:
        notes.append("最后一行比表头短，且文件末尾没有换行：文件可能不完整，请核对。")
    return Part(
        sheet_no=sheet_no,
        sheet=sheet,
        source=header.contract.source,
        status=ACCEPTED,
        reason="".join(notes) or None,
        encoding=encoding,
        header_row=header.row_number,
        rows_below_header=table.rows_below_header,
        footer_rows=table.footer_rows,
        blank_rows=table.blank_rows,
        ignored_columns=list(header.ignored),
    )


def _damaged_cells(text: pl.DataFrame) -> int:
    cells = text.select(pl.selectors.string().str.contains(DAMAGED).sum())
    return int(sum(count or 0 for count in cells.row(0))) if cells.width else 0
