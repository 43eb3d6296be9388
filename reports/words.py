"""The words that office staff read for the codes of the marts, and how figures are written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

DEMO_MARK = "演示数据"
SOURCES: Mapping[str, str] = {
    "inspection_records": "检查记录",
    "evidence_documents": "调查取证文书",
    "officer_roster": "执法人员名册",
    "transmission_rates": "自动监测传输率",
    "typical_cases": "典型案例发布",
    "referrals": "移送登记",
    "penalty_cases": "行政处罚案件登记",
    "case_file_reviews": "案卷评查",
    "campaign_service": "实战练兵",
    "reported_measures": "制度落实及组织情况",
    "material_reviews": "事迹材料审核",
    "nominations": "候选推荐",
}
SEVERITIES: Mapping[str, str] = {
    "fatal": "强制性错误：不计分，须更正",
    "problem": "质量问题：计分但扣分",
    "notice": "提示",
}
STATUSES: Mapping[str, str] = {
    "scored": "已计分",
    "no_data": "无数据",
    "not_rated": "尚未评分",
    "imputed": "按规则推定",
}
LEVELS: Mapping[str, str] = {"prefecture": "地（州、市）级", "county": "县（市、区）级", "region": "自治区"}
AT_STAKE = "更正可挽回"
NOT_COUNTED = "不计分，更正后方可计分"
DECIMALS = 4
# Zeros beyond the second decimal.
TRAILING_ZEROS = re.compile(r"(\.\d\d\d*?)0+$")
SHARE_ENDINGS = ("_rate", "_share")


def number(value: float | Decimal) -> str:
    """A figure as people write it: at most four decimals, no trailing zeros."""
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def percent(share: float | Decimal | None) -> str:
    """A share (0 … 1) as a percentage with two decimals; a blank one as —."""
    return "—" if share is None else f"{share:.2%}"


def month(value: date | str | None) -> str:
    """A month as YYYY-MM."""
    if isinstance(value, date):
        return value.strftime("%Y-%m")
    return "" if value is None else str(value)[: len("YYYY-MM")]


def at_stake(points: float | Decimal) -> str:
    """What correcting a record would give back, in points with two to four decimals."""
    shown = TRAILING_ZEROS.sub(r"\1", f"{points:.{DECIMALS}f}")
    return f"{AT_STAKE} {shown} 分"


def place(file: str, sheet: str | None, row_number: int | None) -> str:
    """Where a row stands, as a person finds it."""
    of_sheet = f"{file} 工作表“{sheet}”" if sheet else file
    return f"{of_sheet} 第 {row_number} 行" if row_number else of_sheet


def figure(value: object, labels: Mapping[str, tuple[str, str]] | None = None) -> str:
    """Any value of `basis` (read from JSON) or of a table, in words.

    Args:
        value: a figure, text, truth value, date, list or object.
        labels: key → (label, unit), for the keys of objects within lists.
    """
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float | Decimal):
        return number(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        parts = [named(key, part, labels or {}) for key, part in value.items() if part is not None]
        return "，".join(f"{label} {text}{unit}" for label, text, unit in parts)
    if isinstance(value, list | tuple):
        separator = "；" if any(isinstance(item, Mapping) for item in value) else "、"
        return separator.join(figure(item, labels) for item in value) or "无"
    return str(value)


def named(key: str, value: object, labels: Mapping[str, tuple[str, str]]) -> tuple[str, str, str]:
    """A figure of `basis` as (label, text, unit); a rate or share in percent, a blank one without unit."""
    label, unit = labels.get(key, (key, ""))
    if value is None:
        return label, figure(None), ""
    if key.endswith(SHARE_ENDINGS) and isinstance(value, int | float | Decimal):
        return label, percent(value), ""
    return label, figure(value, labels), unit


def basis(text: str | None) -> dict[str, object]:
    """The figures of a score line; decimals keep their digits.

    Raises:
        ValueError: `basis` is no JSON object: a defect of the snapshot.
    """
    if text is None:
        return {}
    value = json.loads(text, parse_float=Decimal)
    if not isinstance(value, dict):
        raise ValueError(f"basis 不是 JSON 对象：{text!r}")
    return value
