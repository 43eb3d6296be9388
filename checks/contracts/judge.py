"""The rules of a source, judged by pandera on the columns at fault.

The frame holds text and typed value side by side; each rule is a check on the text column that it names
first, so that a failure brings the cell as it was written. A check that raises would show up in pandera as
one more failure without a row: that is a defect of ours and stops the run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import polars as pl

from checks.contracts.model import Column, Kind, Rule
from checks.contracts.reading import LISTS, ODD_SUFFIX, TEXT_SUFFIX

if TYPE_CHECKING:
    import pandera.polars as pa  # a second and a half with pandas: only where rows are judged

UNREADABLE = "X01"
ALWAYS_READABLE = frozenset({Kind.CODE, Kind.CASE_NO, Kind.NAME, Kind.TEXT, Kind.CODE_LIST, Kind.NAME_LIST})
LONGEST_VALUE = 80  # characters of a cell shown with an issue (MARTS)
ISSUE_TYPES = {"row": pl.UInt32, "rule_id": pl.String, "column_name": pl.String, "value": pl.String}


class ContractError(RuntimeError):
    """A rule could not be judged: the contract itself is at fault, not the data."""


def _check(rule_id: str, broken: pl.Expr) -> pa.Check:
    """A pandera check that fails where the expression is true; null is in order."""
    import pandera.polars as pa

    in_order = (~broken.fill_null(value=False)).alias(rule_id)
    return pa.Check(lambda data: data.lazyframe.select(in_order), name=rule_id, ignore_na=False)


def unreadable(column: Column) -> pl.Expr:
    """Where something was given that cannot be read as the column's kind."""
    if column.kind in LISTS:
        return pl.col(f"{column.name}{ODD_SUFFIX}")
    return pl.col(f"{column.name}{TEXT_SUFFIX}").is_not_null() & pl.col(column.name).is_null()


def _checks(column: Column, rules: tuple[Rule, ...], broken: Mapping[str, pl.Expr]) -> Iterator[pa.Check]:
    """The checks that name this column first."""
    if column.unreadable_rule == UNREADABLE and column.kind not in ALWAYS_READABLE:
        yield _check(UNREADABLE, unreadable(column))
    for rule in rules:
        if rule.column == column.name and rule.rule_id in broken:
            yield _check(rule.rule_id, broken[rule.rule_id])


def schema(
    columns: tuple[Column, ...], rules: tuple[Rule, ...], broken: Mapping[str, pl.Expr]
) -> pa.DataFrameSchema:
    """Build the pandera schema of a source; every rule that can be judged has exactly one check.

    Raises:
        ContractError: a rule without a judgement, or a judgement without a rule or column.
    """
    import pandera.polars as pa

    expected = {rule.rule_id for rule in rules if not rule.in_sql}
    known = {rule.rule_id for rule in rules if rule.column in {column.name for column in columns}}
    if not expected <= broken.keys() or not broken.keys() <= known:
        odd = sorted((expected - broken.keys()) | (broken.keys() - known))
        raise ContractError(f"rules and their judgements do not agree: {', '.join(odd)}")
    return pa.DataFrameSchema(
        {
            f"{column.name}{TEXT_SUFFIX}": pa.Column(
                pl.String, checks=list(_checks(column, rules, broken)), nullable=True
            )
            for column in columns
        }
    )


def judge(
    frame: pl.DataFrame, columns: tuple[Column, ...], rules: tuple[Rule, ...], broken: Mapping[str, pl.Expr]
) -> pl.DataFrame:
    """Judge every row by every rule.

    Returns:
        One row per rule broken by a row (X01: per cell): row (0-based), rule_id, column_name, value.

    Raises:
        ContractError: a check raised, or the frame is not what the schema says.
    """
    from pandera.errors import SchemaErrors

    try:
        schema(columns, rules, broken).validate(frame, lazy=True)
    except SchemaErrors as errors:
        failures = errors.failure_cases
    else:
        return pl.DataFrame(schema=ISSUE_TYPES)
    no_row = failures.filter(pl.col("index").is_null() | (pl.col("schema_context") != "Column"))
    if not no_row.is_empty():
        told = no_row.select("column", "check").unique().sort("column", "check").rows()
        raise ContractError(f"checks that could not be judged: {told}")
    return failures.select(
        row=pl.col("index").cast(pl.UInt32),
        rule_id=pl.col("check"),
        column_name=pl.col("column").str.strip_suffix(TEXT_SUFFIX),
        value=pl.col("failure_case").str.head(LONGEST_VALUE),
    )
