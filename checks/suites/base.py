"""What a suite is: the questions that a careful reader asks of a published mart.

Great Expectations looks at *frames* of a few rows: counts, extremes and month-to-month ratios that DuckDB
has computed by month, level or clause. Whole marts would be 40 times dearer there and say no more: each
expectation that counts bad rows names the first of them from the mart itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

_FRAME = Template(
    "SELECT $shown, count(*) AS rows, count(*) - count(DISTINCT $distinct) AS repeated_keys$counts"
    " FROM $source AS r $groups"
)
_EXAMPLES = Template("SELECT * FROM $source AS r WHERE $bad ORDER BY $key")
_REPEATED = Template(
    "SELECT $key, count(*) AS times FROM $source AS r GROUP BY ALL HAVING times > 1 ORDER BY $key"
)

WHOLE = "rows"
"""The part of a mart's suites that looks at all its rows, and at its key."""

MARTS_ZH = {
    "snapshot": "快照",
    "clause": "评分条款",
    "rule": "质量规则",
    "data_quality_monthly": "数据质量月报",
    "quality_issue": "问题清单",
    "superseded_row": "被更正的行",
    "delivery_file": "收到的文件",
    "roster_in_force": "生效名册",
    "officer_monthly_record_score": "个人月度记录得分",
    "region_monthly_record_score": "集体月度记录得分",
    "region_activity_rate": "全员执法活跃率",
    "region_transmission_rate": "自动监测传输率",
    "officer_indicator_score": "个人分项得分",
    "officer_final_score": "个人总分",
    "region_indicator_score": "集体分项得分",
    "region_final_score": "集体总分",
    "nomination_check": "推荐数核对",
}
PARTS_ZH = {
    WHOLE: "逐行",
    "trend": "逐月比较",
    "look": "提请核对",
    "cross_foot": "上下级合计",
    "divisions": "对照区划表",
    "known": "单位均在区划表",
    "maximum": "满分",
    "one_row": "行数",
}


@dataclass(frozen=True)
class Expectation:
    """One question put to the frame of a suite.

    Attributes:
        name: unique within its mart; `<mart>.<name>` is the id that people see.
        kind: the class of Great Expectations that answers it.
        arguments: its arguments.
        message_zh: what is wrong when it fails, and where to look.
        is_blocking: whether a failure holds the publication back; otherwise it is a warning to look.
        examples: SQL that selects the rows at fault, in order; empty where the frame itself shows them.
    """

    name: str
    kind: str
    arguments: Mapping[str, object]
    message_zh: str
    is_blocking: bool = True
    examples: str = ""


@dataclass(frozen=True)
class Suite:
    """The expectations on one frame of a mart.

    Attributes:
        name: unique; a mart may have several suites.
        mart: the mart judged.
        frame: SQL of the frame.
        key: the columns that name a row of the frame.
    """

    name: str
    mart: str
    frame: str
    key: tuple[str, ...]
    expectations: tuple[Expectation, ...]

    @property
    def site_name(self) -> str:
        """Its name in the Data Docs, where a point would start a folder."""
        return self.name.replace(".", "-")

    @property
    def title_zh(self) -> str:
        """Its title for people: the mart in words, its table, and which part of its suites this is."""
        return f"{MARTS_ZH[self.mart]} {self.mart} · {PARTS_ZH[self.name.split('.')[1]]}"


@dataclass(frozen=True)
class Never:
    """A property that no row of a mart may have.

    Attributes:
        name: of the expectation.
        bad: SQL condition on a row; NULL counts as not bad.
        message_zh: what is wrong when a row has it.
    """

    name: str
    bad: str
    message_zh: str
    is_blocking: bool = True


@dataclass(frozen=True)
class SuiteResult:
    """How one expectation on a mart came out.

    Attributes:
        mart: the mart judged.
        expectation: `<mart>.<name>`.
        observed: what was seen, in words.
        first_rows: the first rows at fault, `column=value` joined; at most five.
    """

    mart: str
    expectation: str
    is_blocking: bool
    success: bool
    observed: str
    message_zh: str
    first_rows: tuple[str, ...] = ()


def never(
    mart: str,
    key: tuple[str, ...],
    group: tuple[str, ...],
    *properties: Never,
    rows: str = "",
    part: str = WHOLE,
) -> Suite:
    """The suite that counts, by `group`, the rows of a mart that should not be there.

    The frame has one row a group with `rows` (how many), `repeated_keys` and a count for each property. That
    the key does not repeat is asked once, in the part that looks at the whole mart.

    Args:
        mart: the mart judged.
        key: its key, which may not repeat; columns of `group` stand in it or hold for all its rows.
        group: the columns by which rows are counted; none: one row for all.
        properties: what no row may have.
        rows: SQL of the rows looked at, where more than the mart's own columns is needed.
        part: tells several suites of one mart apart.
    """
    own_key = [column for column in key if column not in group] or list(key)
    words = {
        "source": f"({rows})" if rows else f"marts.{mart}",
        "distinct": own_key[0] if len(own_key) == 1 else f"({', '.join(own_key)})",
        "counts": "".join(f", count_if(coalesce({p.bad}, false)) AS {p.name}" for p in properties),
        "key": ", ".join(key),
        "shown": ", ".join(group) if group else "'全部' AS scope",
        "groups": f"GROUP BY {', '.join(group)} ORDER BY {', '.join(group)}" if group else "",
    }
    expectations = [_none_of(p, _EXAMPLES.substitute(words, bad=p.bad)) for p in properties]
    if part == WHOLE:
        unique = Never("repeated_keys", "", f"主键重复：同一 {'、'.join(key)} 出现多行")
        expectations.insert(0, _none_of(unique, _REPEATED.substitute(words)))
    return Suite(f"{mart}.{part}", mart, _FRAME.substitute(words), group or ("scope",), tuple(expectations))


def _none_of(wrong: Never, examples: str) -> Expectation:
    """The expectation that a count of the frame, summed over its groups, is 0.

    The sum is an aggregate, which costs a third of a question put to every cell of the frame.
    """
    bounds = {"column": wrong.name, "min_value": 0, "max_value": 0}
    return Expectation(
        wrong.name, "ExpectColumnSumToBeBetween", bounds, wrong.message_zh, wrong.is_blocking, examples
    )


def between(name: str, low: float | None, high: float | None, message_zh: str) -> Expectation:
    """A warning where the column of the frame named so leaves low … high; NULL is not judged."""
    bounds = {"column": name, "min_value": low, "max_value": high}
    return Expectation(name, "ExpectColumnValuesToBeBetween", bounds, message_zh, is_blocking=False)


def exactly_zero(name: str, message_zh: str) -> Expectation:
    """A column of the frame, named as the expectation, is 0 in every row, or publication is held back."""
    return _none_of(Never(name, "", message_zh), "")


def trend(
    mart: str, key: tuple[str, ...], frame: str, *expectations: Expectation, part: str = "trend"
) -> Suite:
    """The suite on a frame of its own SQL: distributions, and month against month."""
    return Suite(f"{mart}.{part}", mart, frame, key, expectations)
