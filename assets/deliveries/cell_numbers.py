"""Numbers and dates of workbook cells as the text in which the rest of the reading takes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl

_SECONDS_OF_DAY = 86_400
EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
_LARGEST_WHOLE = float(1 << 62)
_FIRST_TRUE_DAY = 61.0  # 1900 was no leap year, the 1900 system has its 29 February: day 60
_LAST_SERIAL = 2_958_466.0  # 10000-01-01
DATE_FORMAT = "%Y-%m-%d %H:%M:%S"


def number_text(numbers: pl.Series) -> pl.Series:
    """Doubles as the shortest decimal that means them, without exponent; whole ones without a point."""
    is_whole = (numbers == numbers.floor()) & (numbers.abs() < _LARGEST_WHOLE)
    written = pl.select(
        pl.when(is_whole)
        .then(numbers.set(~is_whole.fill_null(value=False), None).cast(pl.Int64).cast(pl.String))
        .otherwise(numbers.cast(pl.String))
    ).to_series()
    odd = written.str.contains("[eE]").fill_null(value=False).arg_true()
    if odd.is_empty():
        return written
    plain = numbers.gather(odd).map_elements(
        lambda number: format(Decimal(repr(number)), "f"), return_dtype=pl.String
    )
    return written.scatter(odd, plain.str.strip_suffix(".0"))


def serial_text(serials: pl.Series, *, is_1904: bool) -> pl.Series:
    """Serial numbers of days as date and time to the nearest second; what no calendar holds as a number."""
    first = 0.0 if is_1904 else _FIRST_TRUE_DAY
    epoch = EPOCH_1904 if is_1904 else EPOCH_1900
    good = (serials >= first) & (serials < _LAST_SERIAL)
    seconds = (serials * _SECONDS_OF_DAY + 0.5).floor()
    usable = seconds.set(~good.fill_null(value=False), None).cast(pl.Int64)
    frame = pl.DataFrame({"seconds": usable, "number": number_text(serials)})
    moment = (pl.lit(epoch).cast(pl.Datetime("ms")) + pl.duration(seconds=pl.col("seconds"))).dt.strftime(
        DATE_FORMAT
    )
    return frame.select(pl.coalesce(moment, "number")).to_series()
