"""Words that the rules of several sources are made of: Boolean expressions over a read frame."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from checks import credit_code
from checks.contracts.reading import TEXT_SUFFIX

MICROSECONDS_AN_HOUR = 3_600_000_000


def is_blank(name: str) -> pl.Expr:
    """Nothing was given. What was given and cannot be read is not blank: for the rules of 完整性."""
    return pl.col(f"{name}{TEXT_SUFFIX}").is_null()


def is_given(name: str) -> pl.Expr:
    """Something was given, readable or not."""
    return pl.col(f"{name}{TEXT_SUFFIX}").is_not_null()


def is_missing(name: str) -> pl.Expr:
    """There is no value: blank, or not to be read. For fatal rules and rules on content."""
    return pl.col(name).is_null()


def is_outside(name: str, lowest: Decimal, highest: Decimal) -> pl.Expr:
    """The number is out of a range whose limits belong to it; null where there is none."""
    return (pl.col(name) < pl.lit(lowest)) | (pl.col(name) > pl.lit(highest))


def is_later_by_more(later: pl.Expr, earlier: pl.Expr, hours: Decimal) -> pl.Expr:
    """A time lies more than so many hours after another; exactly so many is not more."""
    return (later - earlier).dt.total_microseconds() > int(hours * MICROSECONDS_AN_HOUR)


def is_bad_credit_code(name: str) -> pl.Expr:
    """A credit code is given and not valid by GB 32100-2015."""
    return ~pl.col(name).map_batches(credit_code.is_valid, return_dtype=pl.Boolean)


def is_entrant_missing() -> pl.Expr:
    """The entrant is not given as its kind wants it; null or false where the kind itself is unknown."""
    kind = pl.col("entrant_kind")
    return ((kind == "集体") & is_missing("region_code")) | ((kind == "个人") & is_missing("officer_cert_no"))
