"""What a source contract is made of: columns, rules, reference values, and what validation gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

import polars as pl

COMPLETENESS, FORMAT, TIMELINESS = "完整性", "规范性", "时效性"
FATAL, PROBLEM, NOTICE = "fatal", "problem", "notice"


class Kind(Enum):
    """How the text of a cell is read (SOURCES 1, Cells)."""

    CODE = "code"
    CASE_NO = "case_no"
    NAME = "name"
    TEXT = "text"
    REGION = "region"
    DATE = "date"
    TIME = "time"
    MONTH = "month"
    YES_NO = "yes_no"
    NUMBER = "number"
    MARK = "mark"
    WHOLE = "whole"
    PERCENT = "percent"
    ENUM = "enum"
    CODE_LIST = "code_list"
    NAME_LIST = "name_list"
    ENUM_LIST = "enum_list"
    WHOLE_LIST = "whole_list"
    MEASURE_ITEM = "measure_item"
    MEASURE_VALUE = "measure_value"


@dataclass(frozen=True)
class Column:
    """A column of a source.

    Attributes:
        name: its name in the warehouse.
        kind: how its cells are read.
        headers: the headers that mean it; the first is the one we write.
        is_required: it must stand in the header row.
        values: the values of an enumeration.
        unreadable_rule: the rule that a cell breaks which is there but cannot be read as its kind.
        free_text: `无` is a text here and not a blank (problem_text, disposal, evidence).
    """

    name: str
    kind: Kind
    headers: tuple[str, ...]
    is_required: bool = False
    values: tuple[str, ...] = ()
    unreadable_rule: str = "X01"
    free_text: bool = False


@dataclass(frozen=True)
class Rule:
    """A quality rule (SOURCES 3).

    Attributes:
        rule_id: such as IR-E1.
        source: the source it belongs to; None for D01 and X01, which belong to all.
        dimension: 完整性, 规范性 or 时效性.
        severity: fatal, problem or notice.
        column: the first column it names; None where a rule looks at any.
        message_zh: what is wrong; `{name}` stands for a number of `quality.toml`.
        mend_zh: how to mend it; likewise.
        in_sql: it needs other rows or tables and is judged in `sql/core/cross_issue.sql`, or there as well.
    """

    rule_id: str
    source: str | None
    dimension: str
    severity: str
    column: str | None
    message_zh: str
    mend_zh: str
    in_sql: bool = False

    def text_zh(self, quality: Mapping[str, Decimal]) -> str:
        """Say what is wrong and how to mend it, with the rulebook's numbers put in.

        Raises:
            KeyError: the message names a number that the rulebook does not have.
        """
        numbers = {name: f"{value.normalize():f}" for name, value in quality.items()}
        return f"{self.message_zh}。{self.mend_zh}。".format_map(numbers)


@dataclass(frozen=True)
class MeasureItem:
    """An item of reported_measures (RULES, C4 to C11).

    Attributes:
        kind: `yes_no` or `number`.
        minimum: the least value of a number item.
        maximum: the largest value of a number item.
        has_deadline: a done_on is needed for it to count.
    """

    kind: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    has_deadline: bool = False


@dataclass(frozen=True)
class Reference:
    """What contracts must know beside the row: from the rulebook, picklable.

    Attributes:
        regions: all known six-digit codes.
        region_aliases: codes that older exports carry → the code that replaced them.
        prefectures: codes of prefecture-level units of the appraisal.
        counties: codes of counties of the appraisal.
        measure_items: items of reported_measures.
        quality: the numbers of the quality rules (`quality.toml`).
    """

    regions: frozenset[str]
    region_aliases: Mapping[str, str]
    prefectures: frozenset[str]
    counties: frozenset[str]
    measure_items: Mapping[str, MeasureItem]
    quality: Mapping[str, Decimal]


@dataclass(frozen=True)
class Validated:
    """What validation of a text table gives.

    Attributes:
        rows: one row per row given: content_id, sheet_no, row_number, business_key, is_key_readable,
            content_hash, row_region, then the typed columns.
        issues: one row per rule broken by a row (X01: per cell): content_id, sheet_no, row_number, rule_id,
            column_name, value. Fatal and other rules alike, as far as the row alone can tell.
    """

    rows: pl.DataFrame
    issues: pl.DataFrame
