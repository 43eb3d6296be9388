"""Workbooks (.xlsx), by fastexcel, with what its text reading loses put right.

Measured against openpyxl and the file itself: as text, fastexcel gives date cells with milliseconds, so that
they look like a text with a fraction; numbers with nine decimals at most; and nothing at all for error cells.
So a sheet is looked through first, and only where one of these stands in it, it is read once more, typed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from posixpath import join, normpath
from typing import Literal, TypeVar
from xml.etree import ElementTree

import fastexcel
import polars as pl

from assets.deliveries.cell_numbers import DATE_FORMAT, EPOCH_1900, EPOCH_1904, number_text
from assets.deliveries.guards import chunks_of, open_workbook_zip
from assets.deliveries.limits import Limits
from assets.deliveries.refusal import RefusalError

_DAMAGED = "工作簿已损坏或不完整，读不出来：请用 Excel 或 WPS 打开后另存为 .xlsx 再报送。"
_ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt=)(["'])e\2""")
# Five digits before the point are the serials of days, of which nine decimals tell the second.
_LONG_NUMBER = re.compile(
    rb"<(?:\w+:)?v>(-?[0-9]{0,4}\.[0-9]{10,}|-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE]-[0-9]+)<"
)
# By what both are found, quickly: each begins with a character that is rare in a sheet.
_ERROR_HINT = re.compile(rb"""e(?<=t=["']e)["']""")
_LONG_NUMBER_HINTS = (re.compile(rb"\.(?<![0-9]{5}\.)[0-9]{10,}<"), re.compile(rb"-(?<=[0-9.][eE]-)[0-9]+<"))
_OVERLAP = 512  # longer than what the patterns match
_FRACTION = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]+$"
_BEYOND_CALENDARS = "+"  # how fastexcel begins years of more than four digits
_FAR_DATE = r"^\+([0-9]+)-([0-9]{2})-([0-9]{2}) 00:00:00$"
_NUMBER = r"^-?[0-9]+(?:\.[0-9]+)?$"
_SERIAL = r"^[0-9]{5}(?:\.[0-9]+)?$"
_DECIMALS = 9
_DAYS_1904_IS_LATER = 1462
_HALF_A_SECOND = timedelta(milliseconds=500)

Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class _Sheet:
    """A sheet of the directory, and what was seen when its part was looked through."""

    part: str | None  # None where the workbook does not say
    has_errors: bool = False
    has_long_numbers: bool = True  # more than nine decimals tell; unless it is known, it may


class Workbook:
    """An opened .xlsx: its sheets as grids of text. Sheets are named by their position, from 0."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open it.

        Raises:
            RefusalError: damaged, no workbook, or not safe to unpack.
        """
        archive = open_workbook_zip(data, limits)
        self.is_1904, sheets = _read_directory(archive)
        self._sheets = {name: _looked_through(archive, part) for name, part in sheets}
        with_errors = {sheet.part for sheet in self._sheets.values() if sheet.has_errors}
        if with_errors:
            data = _with_errors_as_text(archive, with_errors)
        self._reader = _parsed(lambda: fastexcel.read_excel(data))
        self.sheet_names: list[str] = list(self._reader.sheet_names)

    def grid(self, position: int) -> pl.DataFrame:
        """Every row of a sheet from the first, String columns `c<n>`; leading empty columns may be missing.

        A sheet that holds a chart and no cells gives an empty grid.

        Raises:
            RefusalError: the sheet is damaged.
        """
        sheet = self._sheets.get(self.sheet_names[position])
        if sheet is not None and sheet.part is not None and "worksheet" not in sheet.part.lower():
            return pl.DataFrame()
        return self._load(position, "string")

    def put_right(
        self, position: int, grid: pl.DataFrame, numbers: Iterable[str], dates: Iterable[str]
    ) -> pl.DataFrame:
        """The same grid with dates to the nearest second and numbers as exact as the file has them.

        Args:
            position: of the sheet.
            grid: as `grid` gave it.
            numbers: columns of the grid whose cells are read as numbers.
            dates: columns whose cells are read as dates, times or months.
        """
        numbers, dates = list(numbers), list(dates)
        with_fraction = _columns_with(grid, pl.all().str.contains(_FRACTION))
        if with_fraction:
            exact = self._load(position, "datetime")
            grid = grid.with_columns(_to_the_second(grid[name], exact[name]) for name in with_fraction)
        grid = grid.with_columns(
            _number_again(grid[name], is_1904=self.is_1904)
            for name in _columns_with(grid, pl.all().str.starts_with(_BEYOND_CALENDARS))
        )
        sheet = self._sheets.get(self.sheet_names[position])
        if numbers and (sheet is None or sheet.has_long_numbers):
            exact = self._load(position, "float")
            grid = grid.with_columns(_exact(grid[name], exact[name]) for name in numbers)
        if self.is_1904 and dates:
            grid = grid.with_columns(_in_1900_system(pl.col(name)).alias(name) for name in dates)
        return grid

    def _load(self, position: int, dtype: Literal["string", "float", "datetime"]) -> pl.DataFrame:
        frame = _parsed(
            lambda: self._reader.load_sheet(position, header_row=None, skip_rows=0, dtypes=dtype).to_polars()
        )
        return frame.rename({old: f"c{number}" for number, old in enumerate(frame.columns)})


def _parsed(parse: Callable[[], Parsed]) -> Parsed:
    """Run the foreign parser; what it cannot read, and what it stumbles over, is damage in the file."""
    try:
        return parse()
    except fastexcel.FastExcelError as error:
        raise RefusalError(_DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # a Rust panic; the class cannot be imported
            raise RefusalError(_DAMAGED) from error
        raise


def _looked_through(archive: zipfile.ZipFile, part: str | None) -> _Sheet:
    if part is None:
        return _Sheet(None)
    has_errors = has_long_numbers = False
    for window in _windows(chunks_of(archive, part)):
        if not has_errors and _ERROR_HINT.search(window):
            has_errors = _ERROR_CELL.search(window) is not None
        if not has_long_numbers:
            has_long_numbers = any(number != round(number, _DECIMALS) for number in _long_numbers(window))
    return _Sheet(part, has_errors, has_long_numbers)


def _long_numbers(window: bytes) -> Iterator[float]:
    for hint in _LONG_NUMBER_HINTS:
        for found in hint.finditer(window):
            start = window.rfind(b"<", 0, found.start())
            if start >= 0 and (match := _LONG_NUMBER.match(window, start)):
                yield float(match[1])


def _with_errors_as_text(archive: zipfile.ZipFile, parts: set[str | None]) -> bytes:
    """The workbook with the error cells of these sheets made text cells of the same text (#DIV/0!)."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as changed:
        for part in archive.infolist():
            content = b"".join(chunks_of(archive, part.filename))
            if part.filename in parts:
                content = _ERROR_CELL.sub(rb"\1\2str\2", content)
            changed.writestr(part.filename, content)
    return target.getvalue()


def _windows(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, each with the end of the one before, so that nothing is cut in two."""
    tail = b""
    for piece in pieces:
        yield tail + piece
        tail = piece[-_OVERLAP:]


def _columns_with(grid: pl.DataFrame, cells: pl.Expr) -> list[str]:
    """The columns with a cell that is so."""
    return [name for name, has_one in grid.select(cells.any()).row(0, named=True).items() if has_one]


def _to_the_second(text: pl.Series, moment: pl.Series) -> pl.Series:
    """Date cells to the nearest second; a text cell has no moment and stays as it is."""
    changed = (text.str.contains(_FRACTION) & moment.is_not_null()).arg_true()
    nearest = (moment.gather(changed) + _HALF_A_SECOND).dt.truncate("1s").dt.strftime(DATE_FORMAT)
    return text.scatter(changed, nearest) if changed.len() else text


def _number_again(text: pl.Series, *, is_1904: bool) -> pl.Series:
    """A number in a date's format beyond all calendars (20220403 typed into a date cell): the number."""
    parts = text.str.extract_groups(_FAR_DATE).struct.unnest().cast(pl.Int32)
    dates = parts.select(pl.date("1", "2", "3")).to_series()
    changed = dates.is_not_null().arg_true()
    days = (dates.gather(changed) - (EPOCH_1904 if is_1904 else EPOCH_1900)).dt.total_days()
    return text.scatter(changed, days.cast(pl.String)) if changed.len() else text


def _exact(text: pl.Series, number: pl.Series) -> pl.Series:
    """Numbers as written where nine decimals say less; texts that look like numbers stay as they are."""
    changed = (
        text.str.contains(_NUMBER) & number.is_not_null() & (text.cast(pl.Float64, strict=False) != number)
    ).arg_true()
    return text.scatter(changed, number_text(number.gather(changed))) if changed.len() else text


def _in_1900_system(cell: pl.Expr) -> pl.Expr:
    """Serial numbers of a workbook of the 1904 system, as the 1900 system counts them."""
    days = cell.str.extract(r"^([0-9]{5})", 1).cast(pl.Int64, strict=False) + _DAYS_1904_IS_LATER
    fraction = cell.str.extract(r"(\.[0-9]+)$", 1).fill_null("")
    return pl.when(cell.str.contains(_SERIAL)).then(days.cast(pl.String) + fraction).otherwise(cell)


def _read_directory(archive: zipfile.ZipFile) -> tuple[bool, list[tuple[str, str | None]]]:
    """Whether days count from 1904, and where each sheet lies in the archive."""
    names = {name.lower(): name for name in archive.namelist()}
    path = names.get("xl/workbook.xml") or next(
        name for low, name in names.items() if low.endswith("workbook.xml")
    )
    folder, _, base = path.rpartition("/")
    book = _xml(archive, path)
    links_path = names.get(join(folder, "_rels", f"{base}.rels").lower())
    links = _xml(archive, links_path) if links_path else None
    targets: dict[str, str] = {}
    for link in links if links is not None else ():
        target = link.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        if (name := names.get(place.lower())) is not None:
            targets[link.get("Id", "")] = name
    is_1904 = False
    sheets: list[tuple[str, str | None]] = []
    for element in book.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "workbookPr":
            is_1904 = element.get("date1904", "0").lower() in ("1", "true", "on")
        elif tag == "sheet":
            link_id = next((value for key, value in element.items() if key.endswith("}id")), "")
            sheets.append((element.get("name", ""), targets.get(link_id)))
    return is_1904, sheets


def _xml(archive: zipfile.ZipFile, path: str) -> ElementTree.Element:
    try:
        # Declarations of entities have been refused before (guards), so there is nothing to expand.
        return ElementTree.fromstring(b"".join(chunks_of(archive, path)))  # noqa: S314
    except ElementTree.ParseError as error:
        raise RefusalError(_DAMAGED) from error
