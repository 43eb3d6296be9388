"""Cells written as most exports write them: every step of reading would leave them as they are.

One pattern a kind tells them, and they become values in one step. All others are read step by step, so a
pattern must match nothing that is blank, holds a control character, has white space at its ends or that NFKC
would change (tests compare both ways of reading).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from checks.cell_dates import ISO_FORMAT, TIME_TYPE
from checks.cells import without_repeats
from checks.contracts.model import Kind

SEPARATOR = "、"

_HAN = r"\x{4E00}-\x{9FFF}"
_BEGINNING = f"[{_HAN}&&[^无]]"  # no blank form begins so
_NAME = f"{_BEGINNING}[{_HAN}·]*"
_CODE = "(?:[0-9][0-9A-Za-z-]*|[A-Za-z][0-9A-Za-z-]{4,})"  # longer than NULL
_TO_THE_MINUTE = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Plain:
    """How plain cells of a kind are told and read.

    Attributes:
        pattern: what a plain cell matches as a whole.
        read: text, all plain or null, to values.
    """

    pattern: str
    read: Callable[[pl.Series], pl.Series]


def _as_written(cells: pl.Series) -> pl.Series:
    return cells


def _number(cells: pl.Series) -> pl.Series:
    return cells.cast(pl.Float64, strict=False)


def _time(cells: pl.Series) -> pl.Series:
    """Times to the minute, and those among them that have seconds; few repeat, so none is remembered."""
    value = _written(cells, _TO_THE_MINUTE)
    left = (value.is_null() & cells.is_not_null()).arg_true()
    if left.is_empty():
        return value
    return value.scatter(left, _written(cells.gather(left), ISO_FORMAT))


def _written(cells: pl.Series, form: str) -> pl.Series:
    return cells.str.to_datetime(form, strict=False, time_unit=TIME_TYPE.time_unit, cache=False)


def _list(cells: pl.Series) -> pl.Series:
    return cells.str.split(SEPARATOR)


def _list_without_repeats(cells: pl.Series) -> pl.Series:
    return without_repeats(_list(cells))


_NUMBER = Plain(r"^-?[0-9]{1,15}(?:\.[0-9]{1,15})?$", _number)
PLAIN: Mapping[Kind, Plain] = {
    Kind.CODE: Plain("^[!-~]{5,}$", _as_written),
    Kind.TEXT: Plain(rf"^{_BEGINNING}(?:[^\p{{Cc}}\x{{2028}}\x{{2029}}]*[^\s\p{{Cc}}])?$", _as_written),
    Kind.NUMBER: _NUMBER,
    Kind.PERCENT: _NUMBER,
    Kind.TIME: Plain("^20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-5][0-9])?$", _time),
    Kind.NAME_LIST: Plain(f"^{_NAME}(?:{SEPARATOR}{_NAME})*$", _list),
    Kind.CODE_LIST: Plain(f"^{_CODE}(?:{SEPARATOR}{_CODE})*$", _list_without_repeats),
}
