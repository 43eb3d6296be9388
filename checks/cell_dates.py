"""How dates, times and months are read from the text of a cell (SOURCES 1, Cells).

Local time, no zone. The writing that most exports use goes through one fast pattern; only what is left is
taken apart. Serial numbers are days of the 1900 system.
"""

from __future__ import annotations

import polars as pl

from checks.cells import code, where

TIME_TYPE = pl.Datetime("us")
ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-5][0-9]$"
ISO_FORMAT = "%Y-%m-%d %H:%M:%S"
ISO_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
SERIAL = r"^[0-9]{5}(?:\.[0-9]+)?$"
DATE_HEAD = (
    r"(?s)^(?P<year>[0-9]{4})(?P<first>[-/.年]?)(?P<month>[0-9]{1,2})(?P<second>[-/.月]?)"
    r"(?P<day>[0-9]{1,2})(?P<last>日?)(?P<rest>.*)$"
)
TIME_TAIL = (
    r"^(?P<gap>T|\s+|)(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{1,2})(?::(?P<sec>[0-9]{1,2})(?:\.[0-9]+)?)?"
    r"|时(?P<minute_zh>[0-9]{1,2})分(?:(?P<sec_zh>[0-9]{1,2})秒)?)$"
)
COMPACT_TIME = "^([0-9]{2})([0-9]{2})([0-9]{2})$"
SEPARATORS = ("--", "//", "..", "年月日", "")
COMPACT_DIGITS = 2
MONTH = r"^([0-9]{4})(?:[-/]([0-9]{1,2})|\.([0-9]{2})|([0-9]{2})|年([0-9]{1,2})月)$"

FIRST_YEAR, LAST_YEAR = 2000, 2099
SECONDS_A_DAY = 86_400
MICROSECONDS = 1_000_000
SERIAL_OF_1970 = 25_569  # the serial number of 1970-01-01: the 1900 system with its leap day too many


def _serial(cells: pl.Series) -> pl.Series:
    """Serial numbers as times, to the nearest second."""
    seconds = ((cells.cast(pl.Float64, strict=False) - SERIAL_OF_1970) * SECONDS_A_DAY).round()
    return (seconds.cast(pl.Int64, strict=False) * MICROSECONDS).cast(TIME_TYPE)


def _iso(cells: pl.Series) -> pl.Series:
    """Times written `2022-04-03 08:05:09`; null for all other cells."""
    return cells.set(~cells.str.contains(ISO), None).str.to_datetime(
        ISO_FORMAT, strict=False, time_unit="us", ambiguous="raise"
    )


def _taken_apart(cells: pl.Series) -> pl.Series:
    """The other writings, brought to `2022-04-03 08:05:09` and read as that."""
    head = cells.str.extract_groups(DATE_HEAD).struct.unnest()
    parts = head.with_columns(
        separators=head["first"] + head["second"] + head["last"],
        tail=head["rest"].str.extract_groups(TIME_TAIL),
        compact=head["rest"].str.extract_groups(COMPACT_TIME),
    )
    col, tail, compact = pl.col, pl.col("tail").struct, pl.col("compact").struct
    is_compact = col("separators") == ""
    two_digits = (col("month").str.len_bytes() == COMPACT_DIGITS) & (
        col("day").str.len_bytes() == COMPACT_DIGITS
    )
    has_rest = col("rest") != ""
    is_time = tail.field("hour").is_not_null() & ((tail.field("gap") != "") | (col("separators") == "年月日"))
    is_compact_time = is_compact & compact.field("1").is_not_null()
    readable = (
        col("separators").is_in(SEPARATORS)
        & (~is_compact | two_digits)
        & (~has_rest | is_time | is_compact_time)
    )
    hour = pl.when(is_compact_time).then(compact.field("1")).otherwise(tail.field("hour"))
    minute = pl.coalesce(compact.field("2"), tail.field("minute"), tail.field("minute_zh"))
    second = pl.coalesce(compact.field("3"), tail.field("sec"), tail.field("sec_zh"))
    padded = [part.fill_null("0").str.zfill(2) for part in (col("month"), col("day"), hour, minute, second)]
    written = pl.format("{}-{}-{} {}:{}:{}", col("year"), *padded)
    return _iso(parts.select(pl.when(readable).then(written)).to_series())


def _odd_time(cells: pl.Series) -> pl.Series:
    """Times in any writing but the commonest."""
    is_serial = cells.str.contains(SERIAL)
    numbers = _serial(cells.set(~is_serial, None))
    return numbers.zip_with(is_serial.fill_null(value=False), _taken_apart(cells.set(is_serial, None)))


def time(cells: pl.Series) -> pl.Series:
    """Read a time (a date alone is its midnight); null out of 2000-01-01 … 2099-12-31."""
    written = code(cells)
    value = _iso(written)
    left = value.is_null() & written.is_not_null()
    if left.any():
        rows = left.arg_true()
        value = value.scatter(rows, _odd_time(written.gather(rows)))
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
