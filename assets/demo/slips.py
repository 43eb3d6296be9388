"""The slips of daily work: what makes a record of the demo break a quality rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import polars as pl

from assets.demo.codes import chance


def slip(rng: np.random.Generator, records: pl.DataFrame, care: np.ndarray) -> pl.DataFrame:
    """The records with slips: each kind at its own rate times `care` (of the record's agency)."""
    size = records.height

    def some(rate: float) -> pl.Expr:
        return pl.lit(chance(rng, size, rate * care))

    def one_of(*values: str) -> pl.Expr:
        return pl.lit(pl.Series(values).gather(rng.integers(0, len(values), size)))

    for column, changes in _slips(some, one_of):
        expression = pl.col(column)
        for hit, value in changes:
            expression = pl.when(hit).then(value).otherwise(expression)
        records = records.with_columns(expression.alias(column))
    return records


def _slips(
    some: Callable[[float], pl.Expr], one_of: Callable[..., pl.Expr]
) -> Iterator[tuple[str, list[tuple[pl.Expr, pl.Expr]]]]:
    """Column after column: where it slips, and to what."""
    blank = pl.lit(None)
    inspected = pl.col("started_at")
    yield "site_name", [(some(0.003), blank)]
    yield (
        "site_uscc",
        [
            (some(0.008), blank),
            (
                some(0.010),
                pl.col("site_uscc").str.head(17) + one_of("0", "1", "X"),
            ),  # a wrong check character
            (some(0.003), pl.col("site_uscc").str.head(15)),
        ],
    )
    yield "longitude", [(some(0.005), blank), (some(0.004), pl.col("latitude"))]  # the two confused
    yield "latitude", [(some(0.004), blank)]
    yield "site_region_code", [(some(0.002), one_of("659900", "650199", "110000"))]
    yield (
        "ended_at",
        [
            (some(0.004), blank),
            (some(0.003), inspected.dt.offset_by("-2h")),
            (some(0.001), inspected.dt.offset_by("30h")),
        ],
    )
    yield "started_at", [(some(0.002), blank), (some(0.001), pl.col("uploaded_at").dt.offset_by("1h"))]
    yield "problem_text", [(some(0.04), blank)]  # breaks a rule only where a problem was found
    yield "disposal", [(some(0.04), blank)]
    yield "photo_count", [(some(0.008), pl.lit(0)), (some(0.004), blank)]
    yield "inspection_type", [(some(0.003), blank), (some(0.003), one_of("双随机", "联合执法"))]
    yield "inspection_mode", [(some(0.001), blank)]
    yield "upload_terminal", [(some(0.002), blank), (some(0.001), one_of("手机", "网页"))]
    yield "inspector_names", [(some(0.004), pl.col("inspector_names").list.head(1))]
    numbers = pl.col("inspector_cert_nos")
    mistyped = pl.concat_list(numbers.list.head(1), numbers.list.get(1).str.head(11) + one_of("A", "B", "C"))
    yield "inspector_cert_nos", [(some(0.006), numbers.list.head(1)), (some(0.003), mistyped)]
    yield "record_id", [(some(0.0005), blank), (some(0.0005), pl.col("record_id").str.replace("JC", "XC"))]
    yield "agency_code", [(some(0.0004), one_of("650199", "650000000"))]
    yield "record_status", [(some(0.006), one_of("作废", "草稿"))]
