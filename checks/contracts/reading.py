"""Delivered text → typed columns, side by side with what was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from checks import cell_dates, cells
from checks.contracts.model import Column, Kind, Reference
from checks.contracts.plain import PLAIN, SEPARATOR

TEXT_SUFFIX = "__text"  # what was given, null where blank
ODD_SUFFIX = "__odd"  # lists: an element cannot be read

STORED_TYPES: Mapping[Kind, Mapping[str, pl.DataType]] = {
    Kind.CODE: {"": pl.String()},
    Kind.CASE_NO: {"": pl.String()},
    Kind.NAME: {"": pl.String()},
    Kind.TEXT: {"": pl.String()},
    Kind.REGION: {"": pl.String()},
    Kind.ENUM: {"": pl.String()},
    Kind.MEASURE_ITEM: {"": pl.String()},
    Kind.DATE: {"": pl.Date()},
    Kind.MONTH: {"": pl.Date()},
    Kind.TIME: {"": pl.Datetime("us")},
    Kind.YES_NO: {"": pl.Boolean()},
    Kind.NUMBER: {"": pl.Float64()},
    Kind.PERCENT: {"": pl.Float64()},
    Kind.MARK: {"": pl.Decimal(28, 12)},
    Kind.WHOLE: {"": pl.Int64()},
    Kind.CODE_LIST: {"": pl.List(pl.String())},
    Kind.NAME_LIST: {"": pl.List(pl.String())},
    Kind.ENUM_LIST: {"": pl.List(pl.String())},
    Kind.WHOLE_LIST: {"": pl.List(pl.Int64())},
    Kind.MEASURE_VALUE: {"": pl.String(), "_is_yes": pl.Boolean(), "_number": pl.Decimal(28, 12)},
}
LISTS = frozenset({Kind.CODE_LIST, Kind.NAME_LIST, Kind.ENUM_LIST, Kind.WHOLE_LIST})
SIMPLE: Mapping[Kind, Callable[[pl.Series], pl.Series]] = {
    Kind.CODE: cells.code,
    Kind.CASE_NO: cells.case_no,
    Kind.NAME: cells.name,
    Kind.DATE: cell_dates.date,
    Kind.MONTH: cell_dates.month,
    Kind.TIME: cell_dates.time,
    Kind.YES_NO: cells.yes_no,
    Kind.NUMBER: cells.number,
    Kind.PERCENT: cells.number,
    Kind.MARK: cells.mark,
    Kind.WHOLE: cells.whole,
    Kind.CODE_LIST: cells.code_list,
    Kind.NAME_LIST: cells.name_list,
}

# Where values repeat much, each is read once and handed out to its rows; where plain cells are read in one
# step, they must repeat more for that to pay. Shares of different values among the cells looked at.
REPEATING_SHARE = 0.5
REPEATING_SHARE_OF_PLAIN = 0.2
LOOKED_AT = 2000
FEW_ROWS = 1000


def _value(given: pl.Series, column: Column, reference: Reference) -> pl.Series:
    """Read cleaned cells as the column's kind (all kinds of one stored column)."""
    if column.kind is Kind.TEXT:
        return cells.text(given, free=column.free_text)
    if column.kind is Kind.REGION:
        return cells.region(given, reference.regions, reference.region_aliases)
    if column.kind is Kind.ENUM:
        return cells.enumeration(given, column.values)
    if column.kind is Kind.MEASURE_ITEM:
        return cells.enumeration(given, reference.measure_items)
    if column.kind is Kind.ENUM_LIST:
        return cells.enumeration_list(given, column.values)
    if column.kind is Kind.WHOLE_LIST:
        return cells.whole_list(given, [int(value) for value in column.values])
    return SIMPLE[column.kind](given)


def _given(cleaned: pl.Series, column: Column) -> pl.Series:
    """Make null what is blank in a column of this kind; the rest as it was written."""
    stripped = cleaned.str.strip_chars()
    if column.kind in LISTS:
        return cells.without_elements_to_null(stripped, compatible_form=column.kind is not Kind.NAME_LIST)
    none_is_text = column.free_text or column.kind in (Kind.YES_NO, Kind.MEASURE_VALUE)
    return cells.blank_to_null(stripped, none_is_text=none_is_text)


def _read_cells(delivered: pl.Series, column: Column, reference: Reference) -> pl.DataFrame:
    """Read the cells of a column, each of them."""
    if column.kind in PLAIN:
        return _read_plain_cells(delivered, column, reference)
    name = column.name
    given = _given(cells.clean(delivered), column)
    frame = pl.DataFrame({f"{name}{TEXT_SUFFIX}": given})
    if column.kind is Kind.MEASURE_VALUE:
        return frame.with_columns(
            cells.yes_no(given).alias(f"{name}_is_yes"), cells.mark(given).alias(f"{name}_number")
        )
    frame = frame.with_columns(_value(given, column, reference).alias(name))
    if column.kind is Kind.ENUM_LIST:
        odd = cells.has_stranger(given, column.values)
        frame = frame.with_columns(odd.alias(f"{name}{ODD_SUFFIX}"))
    if column.kind is Kind.WHOLE_LIST:
        odd = cells.has_other_whole(given, [int(value) for value in column.values])
        frame = frame.with_columns(odd.alias(f"{name}{ODD_SUFFIX}"))
    return frame


def _read_plain_cells(delivered: pl.Series, column: Column, reference: Reference) -> pl.DataFrame:
    """Read the plain cells of a column in one step, and only the others step by step."""
    plain = PLAIN[column.kind]
    others = (~delivered.str.contains(plain.pattern)).arg_true()
    if others.is_empty():
        return pl.DataFrame({f"{column.name}{TEXT_SUFFIX}": delivered, column.name: plain.read(delivered)})
    given = _given(cells.clean(delivered.gather(others)), column)
    value = _value(given, column, reference)
    if column.kind in LISTS:  # a list cannot be put among others, its text can
        values = plain.read(_put(delivered, others, value.list.join(SEPARATOR)))
    else:
        values = _put(plain.read(delivered), others, value)
    return pl.DataFrame({f"{column.name}{TEXT_SUFFIX}": _put(delivered, others, given), column.name: values})


def _put(among: pl.Series, rows: pl.Series, these: pl.Series) -> pl.Series:
    return among if rows.is_empty() else among.clone().scatter(rows, these)


def _is_repeating(delivered: pl.Series, column: Column) -> bool:
    """Whether the cells of a column repeat much, by some of them from all over the column."""
    if len(delivered) < FEW_ROWS:
        return False
    share = REPEATING_SHARE_OF_PLAIN if column.kind in PLAIN else REPEATING_SHARE
    looked_at = delivered.gather_every(max(1, len(delivered) // LOOKED_AT))
    return looked_at.n_unique() <= share * len(looked_at)


def read_column(delivered: pl.Series, column: Column, reference: Reference) -> pl.DataFrame:
    """Read a column: `<name>` typed, `<name>__text` as given, `<name>__odd` for lists of known values.

    Null in `<name>__text` is blank; a value null beside a text that is not null could not be read.
    """
    if not _is_repeating(delivered, column):
        return _read_cells(delivered, column, reference)
    coded = delivered.cast(pl.Categorical(pl.Categories.random()))
    different = coded.unique()
    different = different.gather(different.to_physical().arg_sort(nulls_last=True))  # a code is a place now
    known = _read_cells(different.cast(pl.String), column, reference)
    return known[coded.to_physical().fill_null(known.height - 1)]


def read(text: pl.DataFrame, columns: tuple[Column, ...], reference: Reference) -> pl.DataFrame:
    """Read all columns of a source; as many rows as given, in their order."""
    return pl.concat(
        [read_column(text[column.name], column, reference) for column in columns], how="horizontal"
    )
