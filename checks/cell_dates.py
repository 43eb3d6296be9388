"""How dates, times and months are read from the text of a cell (SOURCES 1, Cells).

Local time, no zone. The writing that most exports use goes through one fast pattern; what is left is cut
into day and time of day, and each different day and time of day is read once. Serial numbers are days of the
1900 system.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from checks.cells import code, where

TIME_TYPE = pl.Datetime("us")
ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-5][0-9]$"
ISO_FORMAT = "%Y-%m-%d %H:%M:%S"
ISO_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
SERIAL = r"^[0-9]{5}(?:\.[0-9]+)?$"
COMPACT = "^[0-9]{12}[0-5][0-9]$"
COMPACT_FORMAT = "%Y%m%d%H%M%S"
DAY_SIGN = "日"
DAY_PART = r"^([^T\s日]*日?)"
DAY = (
    "^([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})"
    r"|\.([0-9]{1,2})\.([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日|([0-9]{2})([0-9]{2}))$"
)
TIME_OF_DAY = (
    r"^(?P<gap>T|\s+|)(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2})(?:\.[0-9]+)?)?"
    r"|时(?P<minute_zh>[0-9]{1,2})分(?:(?P<second_zh>[0-9]{1,2})秒)?)$"
)
MONTH = r"^([0-9]{4})(?:[-/]([0-9]{1,2})|\.([0-9]{2})|([0-9]{2})|年([0-9]{1,2})月)$"

FIRST_YEAR, LAST_YEAR = 2000, 2099
LAST_HOUR, LAST_SIXTIETH = 23, 59
SECONDS_A_DAY, SECONDS_AN_HOUR, SECONDS_A_MINUTE = 86_400, 3_600, 60
MICROSECONDS = 1_000_000
SERIAL_OF_1970 = 25_569  # the serial number of 1970-01-01: the 1900 system with its leap day too many


def _by_value(cells: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Read each different text once and hand it out to its cells."""
    different = cells.unique()
    known = pl.DataFrame({"text": different, "value": read(different)})
    return cells.to_frame("text").join(known, on="text", how="left", maintain_order="left")["value"]


def _written(cells: pl.Series, pattern: str, form: str) -> pl.Series:
    """Times of one fixed writing; null for all other cells."""
    return cells.set(~cells.str.contains(pattern), None).str.to_datetime(form, strict=False, time_unit="us")


def _serial(cells: pl.Series) -> pl.Series:
    """Serial numbers as times, to the nearest second."""
    numbers = cells.set(~cells.str.contains(SERIAL), None).cast(pl.Float64, strict=False)
    seconds = ((numbers - SERIAL_OF_1970) * SECONDS_A_DAY).round().cast(pl.Int64)
    return (seconds * MICROSECONDS).cast(TIME_TYPE)


def _day(parts: pl.Series) -> pl.Series:
    """Days in any of the writings, as midnights."""
    groups = parts.str.extract_groups(DAY).struct.unnest()
    iso = groups.select(
        pl.format(
            "{}-{}-{}",
            "1",
            pl.coalesce("2", "4", "6", "8", "10").str.zfill(2),
            pl.coalesce("3", "5", "7", "9", "11").str.zfill(2),
        )
    ).to_series()
    return iso.str.to_date("%Y-%m-%d", strict=False).cast(TIME_TYPE)


def _time_of_day(parts: pl.Series) -> pl.Series:
    """Times of day in any of the writings, as durations; without the gap before them only after 日."""
    groups = parts.str.strip_prefix(DAY_SIGN).str.extract_groups(TIME_OF_DAY).struct.unnest()
    hour, minute, second = (
        part.cast(pl.Int64)
        for part in (
            pl.col("hour"),
            pl.coalesce("minute", "minute_zh"),
            pl.coalesce("second", "second_zh").fill_null("0").alias("second"),
        )
    )
    seconds = hour * SECONDS_AN_HOUR + minute * SECONDS_A_MINUTE + second
    is_time = (hour <= LAST_HOUR) & (minute <= LAST_SIXTIETH) & (second <= LAST_SIXTIETH)
    read = groups.with_columns(
        text=parts,
        duration=pl.when(is_time & ((pl.col("gap") != "") | parts.str.starts_with(DAY_SIGN))).then(
            (seconds * MICROSECONDS).cast(pl.Duration("us"))
        ),
    )
    is_whole_day = pl.col("text").is_in(["", DAY_SIGN])
    return read.select(
        pl.when(is_whole_day).then(pl.duration(time_unit="us")).otherwise("duration")
    ).to_series()


def _taken_apart(cells: pl.Series) -> pl.Series:
    """Times cut into day and time of day; the sign 日 ends the one and begins the other."""
    day = cells.str.extract(DAY_PART, 1)
    rest = cells.str.slice(day.str.len_chars())
    time_of_day = where(rest, day.str.ends_with(DAY_SIGN), lambda after: DAY_SIGN + after)
    return _by_value(day, _day) + _by_value(time_of_day, _time_of_day)


def _iso(cells: pl.Series) -> pl.Series:
    """Times written `2022-04-03 08:05:09`, as most exports do."""
    return _written(cells, ISO, ISO_FORMAT)


def _to_the_minute(cells: pl.Series) -> pl.Series:
    """Times written `2022-04-03 08:05`."""
    return _iso(cells + ":00")


def _compact(cells: pl.Series) -> pl.Series:
    """Times written `20220403080509`."""
    return _written(cells, COMPACT, COMPACT_FORMAT)


def time(cells: pl.Series) -> pl.Series:
    """Read a time (a date alone is its midnight); null out of 2000-01-01 … 2099-12-31."""
    written = code(cells)
    value = _iso(written)
    for read in (_to_the_minute, _compact, _serial, _taken_apart):
        left = (value.is_null() & written.is_not_null()).arg_true()
        if not left.is_empty():
            value = value.scatter(left, read(written.gather(left)))
    return value.set(~value.dt.year().is_between(FIRST_YEAR, LAST_YEAR), None)


def date(cells: pl.Series) -> pl.Series:
    """Read a date; the time of day that may stand behind it is dropped."""
    written = code(cells)
    midnight = where(written, written.str.contains(ISO_DATE), lambda plain: plain + " 00:00:00")
    return time(midnight).dt.date()


def month(cells: pl.Series) -> pl.Series:
    """Read a month, or a date within it, as the first day of the month.

    `2022.1` may be January or October and is unreadable: two digits must follow a point.
    """
    written = code(cells)
    groups = written.str.extract_groups(MONTH).struct.unnest()
    digits = groups.select(pl.coalesce("2", "3", "4", "5")).to_series()
    first_day = groups["1"] + "-" + digits.str.zfill(2) + "-01"
    return date(first_day.zip_with(first_day.is_not_null(), written)).dt.month_start()
