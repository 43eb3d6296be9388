"""The row rules of records and rosters as expectations; Great Expectations judges with complete results."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import great_expectations as gx
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.row_conditions import Column

RULEBOOK = Path(__file__).parents[2] / "sql" / "rulebook" / "xinjiang_2022"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
TYPES = ["双随机抽查", "专项检查", "信访核查", "日常检查", "执法监测", "排污许可检查", "交叉检查", "其他"]
MODES = ["现场检查", "非现场检查"]
TERMINALS = ["移动端", "电脑端"]
FATAL = "强制性"
EITHER: Final = "either_value_is_missing"
DIMENSIONS = {"E": FATAL, "C": "完整性", "F": "规范性", "T": "时效性", "D": "规范性", "X": "规范性"}

Rules = list[tuple[str, gx.expectations.Expectation]]


@cache
def divisions() -> pd.DataFrame:
    """The division table: code, name, parent_code, level."""
    return pd.read_csv(RULEBOOK / "xinjiang_divisions.csv", dtype=str)


def region_codes(codes: pd.Series) -> pd.Series:
    """Region codes as they are now; unknown ones stay as they are."""
    aliases = pd.read_csv(RULEBOOK / "division_aliases.csv", dtype=str)
    return codes.astype("str").replace(dict(zip(aliases["old_code"], aliases["code"], strict=True)))


def is_credit_code(code: str) -> bool:
    """Whether a code is valid by GB 32100-2015."""
    if len(code) != 18 or not set(code) <= set(ALPHABET):  # noqa: PLR2004 (the length of a code)
        return False
    *values, check = (ALPHABET.index(letter) for letter in code)
    return (sum(value * 3**place for place, value in enumerate(values)) + check) % len(ALPHABET) == 0


def _not_before(later: str, earlier: str) -> gx.expectations.Expectation:
    """One time is not before another, where both are given."""
    return gx.expectations.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=later, column_B=earlier, or_equal=True, ignore_row_if=EITHER
    )


def record_rules() -> Rules:
    """The rules of inspection records; what an expectation cannot ask stands in a column of its own."""
    e = gx.expectations
    known = list(divisions()["code"])
    found, on_site = Column("是否发现问题") == "是", Column("检查方式") == "现场检查"
    return [
        ("IR-E1", e.ExpectColumnValuesToNotBeNull(column="检查记录编号")),
        ("IR-E1", e.ExpectColumnValuesToMatchRegex(column="检查记录编号", regex=r"^JC\d{6}\d{8}\d{5}$")),
        ("IR-E2", e.ExpectColumnValuesToNotBeNull(column="上传时间")),
        ("IR-E3", e.ExpectColumnValuesToNotBeNull(column="记录状态")),
        ("IR-E3", e.ExpectColumnValuesToBeInSet(column="记录状态", value_set=["有效"])),
        ("IR-E4", e.ExpectColumnValuesToNotBeNull(column="填报单位区划代码")),
        ("IR-E4", e.ExpectColumnValuesToBeInSet(column="填报单位区划代码", value_set=known)),
        ("IR-E5", e.ExpectColumnValuesToBeInSet(column="有在册人员", value_set=[True])),
        ("IR-C1", e.ExpectColumnValuesToNotBeNull(column="检查对象名称")),
        ("IR-C2", e.ExpectColumnValuesToNotBeNull(column="统一社会信用代码")),
        ("IR-C3", e.ExpectColumnValuesToNotBeNull(column="检查开始时间")),
        ("IR-C3", e.ExpectColumnValuesToNotBeNull(column="检查结束时间")),
        ("IR-C4", e.ExpectColumnValuesToNotBeNull(column="经度")),
        ("IR-C4", e.ExpectColumnValuesToNotBeNull(column="纬度")),
        ("IR-C5", e.ExpectColumnValuesToBeBetween(column="证号数", min_value=2)),
        ("IR-C6", e.ExpectColumnValuesToNotBeNull(column="问题描述", row_condition=found)),
        ("IR-C7", e.ExpectColumnValuesToNotBeNull(column="处理意见", row_condition=found)),
        ("IR-C8", e.ExpectColumnValuesToNotBeNull(column="照片数量", row_condition=on_site)),
        ("IR-C8", e.ExpectColumnValuesToBeBetween(column="照片数量", min_value=1, row_condition=on_site)),
        ("IR-C9", e.ExpectColumnValuesToNotBeNull(column="检查方式")),
        ("IR-C9", e.ExpectColumnValuesToNotBeNull(column="检查类型")),
        ("IR-C9", e.ExpectColumnValuesToNotBeNull(column="是否发现问题")),
        ("IR-C9", e.ExpectColumnValuesToNotBeNull(column="上传终端")),
        ("IR-F1", e.ExpectColumnValuesToBeInSet(column="信用代码有效", value_set=[True])),
        ("IR-F2", e.ExpectColumnValuesToBeBetween(column="经度", min_value=73.4, max_value=96.4)),
        ("IR-F2", e.ExpectColumnValuesToBeBetween(column="纬度", min_value=34.3, max_value=49.2)),
        ("IR-F3", e.ExpectColumnValuesToBeBetween(column="检查小时", min_value=0, max_value=24)),
        (
            "IR-F4",
            e.ExpectColumnPairValuesToBeEqual(column_A="人数", column_B="证号数", ignore_row_if=EITHER),
        ),
        ("IR-F5", e.ExpectColumnValuesToBeInSet(column="证件均有效", value_set=[True])),
        ("IR-F6", e.ExpectColumnValuesToBeInSet(column="检查类型", value_set=TYPES)),
        ("IR-F6", e.ExpectColumnValuesToBeInSet(column="检查方式", value_set=MODES)),
        ("IR-F6", e.ExpectColumnValuesToBeInSet(column="上传终端", value_set=TERMINALS)),
        ("IR-T1", e.ExpectColumnValuesToBeBetween(column="上传小时", max_value=72)),
        ("IR-T2", _not_before("上传时间", "检查开始时间")),
        ("X01", e.ExpectColumnValuesToBeInSet(column="可识别", value_set=[True])),
        ("D01", e.ExpectColumnValuesToBeInSet(column="同文件内矛盾", value_set=[False])),
    ]


def roster_rules() -> Rules:
    """The rules of rosters."""
    e = gx.expectations
    known = list(divisions()["code"])
    has_certificate = Column("执法证号").is_not_null()
    return [
        ("OR-E1", e.ExpectColumnValuesToNotBeNull(column="统计月份")),
        ("OR-E1", e.ExpectColumnValuesToNotBeNull(column="人员编号")),
        ("OR-E2", e.ExpectColumnValuesToNotBeNull(column="所属单位区划代码")),
        ("OR-E2", e.ExpectColumnValuesToBeInSet(column="所属单位区划代码", value_set=known)),
        ("OR-C1", e.ExpectColumnValuesToNotBeNull(column="姓名")),
        ("OR-C2", e.ExpectColumnValuesToNotBeNull(column="是否在编")),
        ("OR-C2", e.ExpectColumnValuesToNotBeNull(column="是否在岗")),
        ("OR-C3", e.ExpectColumnValuesToNotBeNull(column="证件有效期起", row_condition=has_certificate)),
        ("OR-C3", e.ExpectColumnValuesToNotBeNull(column="证件有效期止", row_condition=has_certificate)),
        ("OR-F1", _not_before("证件有效期止", "证件有效期起")),
        (
            "OR-F2",
            e.ExpectCompoundColumnsToBeUnique(
                column_list=["统计月份", "执法证号"], ignore_row_if="any_value_is_missing"
            ),
        ),
        ("X01", e.ExpectColumnValuesToBeInSet(column="可识别", value_set=[True])),
        ("D01", e.ExpectColumnValuesToBeInSet(column="同文件内矛盾", value_set=[False])),
    ]


def broken(rows: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """One row: a rule (rule_id) that a row (its index) broke; of a row that broke fatal rules these only.

    Raises:
        RuntimeError: an expectation could not be judged.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": rows})
    for rule_id, expectation in rules:
        expectation.meta = {"rule_id": rule_id}
    suite = gx.ExpectationSuite(name="rows", expectations=[expectation for _, expectation in rules])
    form = {"result_format": "COMPLETE", "exclude_unexpected_values": True}
    found: list[tuple[int, str]] = []
    for one in batch.validate(suite, result_format=form).results:
        asked: Any = one.expectation_config
        if not one.success and "unexpected_index_list" not in one.result:
            raise RuntimeError(f"{asked.meta}: {one.exception_info}")
        rule_id = asked.meta["rule_id"]
        found += [(row, rule_id) for row in one.result.get("unexpected_index_list") or []]
    issues = pd.DataFrame(found, columns=["row", "rule_id"]).drop_duplicates()
    issues["dimension"] = issues["rule_id"].str.extract(r"([A-Z])\d+$", expand=False).map(DIMENSIONS)
    issues["is_fatal"] = issues["dimension"] == FATAL
    has_fatal = issues["row"].isin(issues.loc[issues["is_fatal"], "row"])
    return issues[issues["is_fatal"] | ~has_fatal]
