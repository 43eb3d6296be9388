"""Old workbooks (.xls): the reference seasons hold some; calamine is the second reader."""

from pathlib import Path

import fastexcel
import polars as pl
import pytest
import xlrd
from reading_fixtures import reading, reason

from assets.deliveries.biff import _column, sheets_of_xls
from assets.deliveries.cell_numbers import number_text, serial_text

SEASONS = Path(__file__).parents[1] / "reference-season"
FILES = sorted(SEASONS.rglob("*.xls"))[::7]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_cell_for_cell_as_calamine_reads_it(path: Path) -> None:
    theirs = fastexcel.read_excel(path)
    for number, (name, grid) in enumerate(sheets_of_xls(path.read_bytes())):
        assert name == theirs.sheet_names[number]
        frame = theirs.load_sheet(number, header_row=None, skip_rows=0, dtypes="string").to_polars()
        assert grid.height == frame.height
        filled = [column for column in grid.columns if grid[column].null_count() < grid.height]
        for column, other in zip(
            grid.select(filled), frame.select(frame.columns[-len(filled) :]), strict=True
        ):
            same = column.eq_missing(other) | (column.fill_null("") == other.fill_null(""))
            # calamine gives date cells with milliseconds, numbers with nine decimals
            odd = pl.DataFrame({"ours": column, "theirs": other}).filter(~same)
            assert odd.filter(~pl.col("theirs").str.contains(r"\.[0-9]{3}$|\.[0-9]{9}$")).is_empty(), odd


def test_kinds_of_cells() -> None:
    kinds = [
        (xlrd.XL_CELL_EMPTY, "", None),
        (xlrd.XL_CELL_BLANK, "", None),
        (xlrd.XL_CELL_TEXT, "00123", "00123"),
        (xlrd.XL_CELL_TEXT, "", ""),
        (xlrd.XL_CELL_NUMBER, 25.0, "25"),
        (xlrd.XL_CELL_NUMBER, 87.12345678901235, "87.12345678901235"),
        (xlrd.XL_CELL_DATE, 44654.3368, "2022-04-03 08:05:00"),
        (xlrd.XL_CELL_BOOLEAN, 1, "true"),
        (xlrd.XL_CELL_ERROR, 7, "#DIV/0!"),
        (xlrd.XL_CELL_ERROR, 42, "#N/A"),
    ]
    column = _column([kind for kind, _, _ in kinds], [value for _, value, _ in kinds], is_1904=False)
    assert column.to_list() == [text for _, _, text in kinds]
    (moment,) = _column([xlrd.XL_CELL_DATE], [43192.5], is_1904=True).to_list()
    assert moment == "2022-04-03 12:00:00"


def test_numbers_without_exponent() -> None:
    numbers = [1.0, 0.1, 1e-7, 1e22, -3.0, 0.30000000000000004, None, 1e15 + 0.5]
    assert number_text(pl.Series(numbers)).to_list() == [
        *("1", "0.1", "0.0000001", "10000000000000000000000", "-3"),
        *("0.30000000000000004", None, "1000000000000000.5"),
    ]


def test_serials_that_are_no_dates_stay_numbers() -> None:
    serials = pl.Series([60.0, -5.0, 3_000_000.0, 61.0, None])
    assert serial_text(serials, is_1904=False).to_list() == [
        "60",
        "-5",
        "3000000",
        "1900-03-01 00:00:00",
        None,
    ]


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
def test_a_cut_file_is_refused_or_whole(cut: float) -> None:
    data = FILES[0].read_bytes()
    assert reason(data[: int(len(data) * cut)])


def test_hidden_and_other_sheets_are_named() -> None:
    found = [reading(path.read_bytes()) for path in FILES]
    assert any(part.status == "skipped" for one in found for part in one.parts)
    assert all(any(part.status == "accepted" for part in one.parts) for one in found)
