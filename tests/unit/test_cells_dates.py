"""Reading of dates, times and months (SOURCES 1, Cells)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import cell_dates


def text(*values: str | None) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


DAY = date(2022, 4, 3)


@pytest.mark.parametrize(
    "written",
    [
        "2022-04-03",
        "2022-4-3",
        "2022/4/3",
        "2022/04/03",
        "2022.4.3",
        "2022.04.03",
        "20220403",
        "2022年4月3日",
        "2022年04月03日",
        "44654",
        "44654.0",
        "２０２２－０４－０３",
        " 2022/4/3 ",
    ],
)
def test_date(written: str) -> None:
    assert cell_dates.date(text(written)).to_list() == [DAY]
    assert cell_dates.time(text(written)).to_list() == [datetime(2022, 4, 3)]
    assert cell_dates.month(text(written)).to_list() == [date(2022, 4, 1)]


HEADS = ["2022-04-03", "2022/4/3", "2022.4.3", "20220403", "2022年4月3日"]
TAILS = {
    " 8:05": (8, 5, 0),
    " 08:05:09": (8, 5, 9),
    "T08:05:09": (8, 5, 9),
    " 8时5分": (8, 5, 0),
    " 8时5分9秒": (8, 5, 9),
    "  08:05:09.999": (8, 5, 9),
    "\n8：05": (8, 5, 0),
    " 00:00:00": (0, 0, 0),
    " 23:59:59": (23, 59, 59),
}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("tail", TAILS)
def test_date_and_time(head: str, tail: str) -> None:
    assert cell_dates.time(text(head + tail)).to_list() == [datetime(2022, 4, 3, *TAILS[tail])]
    assert cell_dates.date(text(head + tail)).to_list() == [DAY]


def test_time_straight_after_the_day_sign_and_compact() -> None:
    found = cell_dates.time(text("2022年4月3日8:05", "2022年4月3日8时5分9秒", "20220403080509"))
    assert found.to_list() == [
        datetime(2022, 4, 3, 8, 5),
        datetime(2022, 4, 3, 8, 5, 9),
        datetime(2022, 4, 3, 8, 5, 9),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "2022-02-30",
        "2022-13-01",
        "2022-4/3",
        "2022年4月3",
        "2022 4 3",
        "22-4-3",
        "202243",
        "2022043",
        "202204030805",
        "2022-04-03 24:00",
        "2022-04-03 08:60",
        "2022-04-03 08:05:60",
        "2022-04-03 08:05:09Z",
        "2022-04-03T08:05:09+08:00",
        "2022-04-03 8:05 AM",
        "2022-04-03 下午2:05",
        "2022-04-038:05",
        "2022-04-03 8时",
        "4.4654E4",
        "446540",
        "20220403080560",
        "20220403235960",
        "4465",
        "-44654",
        "1999-12-31 23:59:59",
        "2100-01-01",
        "36525",
        "73051",
        "1900-01-01 08:00",
        "昨天",
    ],
)
def test_no_date(written: str) -> None:
    assert cell_dates.time(text(written)).to_list() == [None]
    assert cell_dates.date(text(written)).to_list() == [None]


def test_first_and_last_day() -> None:
    found = cell_dates.time(text("2000-01-01", "2099-12-31 23:59:59", "36526", "73050.999", "73050.9999999"))
    assert found.to_list() == [
        datetime(2000, 1, 1),
        datetime(2099, 12, 31, 23, 59, 59),
        datetime(2000, 1, 1),
        datetime(2099, 12, 31, 23, 58, 34),
        None,
    ]


def test_serial_numbers_go_to_the_nearest_second() -> None:
    found = cell_dates.time(text("44654.336909722", "44654.99999999", "44654.5"))
    assert found.to_list() == [datetime(2022, 4, 3, 8, 5, 9), datetime(2022, 4, 4), datetime(2022, 4, 3, 12)]


@pytest.mark.parametrize(
    "written",
    [
        "2022-04",
        "2022-4",
        "2022/4",
        "2022/04",
        "2022.04",
        "202204",
        "2022年4月",
        "2022年04月",
        "2022-04-30",
        "２０２２年４月",
        "2022年4月1日 8:00",
    ],
)
def test_month(written: str) -> None:
    assert cell_dates.month(text(written)).to_list() == [date(2022, 4, 1)]


@pytest.mark.parametrize(
    "written",
    [
        "2022.1",
        "2022.4",
        "2022-13",
        "202213",
        "2022-00",
        "4月",
        "2022年",
        "2022",
        "199912",
        "2100-01",
        "2022年4",
    ],
)
def test_no_month(written: str) -> None:
    assert cell_dates.month(text(written)).to_list() == [None]


def test_october_with_its_nought() -> None:
    assert cell_dates.month(text("2022.10", "2022.01")).to_list() == [date(2022, 10, 1), date(2022, 1, 1)]


def test_nothing_is_no_date() -> None:
    for read in (cell_dates.time, cell_dates.date, cell_dates.month):
        assert read(text()).to_list() == []
        assert read(text(None, "-", "无")).to_list() == [None, None, None]


moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 12, 31, 23, 59, 58)).map(
    lambda moment: moment.replace(microsecond=0)
)


@settings(deadline=None)
@given(moments)
def test_every_moment_in_every_writing(moment: datetime) -> None:
    m = moment
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    written = text(
        f"{m:%Y-%m-%d %H:%M:%S}",
        f"{m:%Y%m%d%H%M%S}",
        f"{m.year}/{m.month}/{m.day} {m.hour}:{m.minute:02}:{m.second:02}",
        f"{m.year}年{m.month}月{m.day}日{m.hour}时{m.minute}分{m.second}秒",
        f"{m:%Y.%m.%dT%H:%M:%S}.5",
        f"{serial:.9f}",
    )
    assert cell_dates.time(written).to_list() == [moment] * len(written)


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.text(alphabet="0123456789-/.年月日 T:时分秒", max_size=20)), max_size=10)
)
def test_a_cell_does_not_depend_on_its_neighbours(values: list[str | None]) -> None:
    column = text("2022-04-03 08:05:09", "2022/4/3", *values)
    for read in (cell_dates.time, cell_dates.date, cell_dates.month):
        assert read(column).to_list()[2:] == [read(text(value)).to_list()[0] for value in values]
