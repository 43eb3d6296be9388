"""Bands: what is reached by steps, written as intervals that neither overlap nor leave a gap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from checks.rulebook_reader import Node

INTERVAL = re.compile(r"^\s*([\[(])\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?|∞)\s*([\])])\s*$")


@dataclass(frozen=True)
class Step:
    """An interval and its points.

    Attributes:
        lower: where it begins.
        is_lower_inclusive: whether the beginning belongs to it.
        upper: where it ends; None: it does not.
        is_upper_inclusive: whether the end belongs to it.
        points: what is given there.
    """

    lower: Decimal
    is_lower_inclusive: bool
    upper: Decimal | None
    is_upper_inclusive: bool
    points: Decimal


def read_step(node: Node) -> Step | None:
    """One interval such as `[1, 2)`; None (and a fault) where it cannot be read."""
    text = node.text("interval")
    points = node.number("points")
    node.finish()
    if not text or points is None:
        return None
    match = INTERVAL.match(text)
    if match is None:
        node.report(f"区间 {text!r} 写法不对，应当如 [1, 2) 或 [2, ∞)", "interval")
        return None
    upper = None if match[3] == "∞" else Decimal(match[3])
    step = Step(Decimal(match[2]), match[1] == "[", upper, match[4] == "]", points)
    if upper is None and step.is_upper_inclusive:
        node.report(f"区间 {text!r} 的∞一侧应当是圆括号", "interval")
        return None
    if upper is not None and (
        upper < step.lower
        or (upper == step.lower and not (step.is_lower_inclusive and step.is_upper_inclusive))
    ):
        node.report(f"区间 {text!r} 是空的", "interval")
        return None
    return step


def read_band(node: Node) -> list[Step]:
    """The steps of a band, from 0 to ∞ without gap or overlap; empty where there is a fault."""
    nodes = node.tables("intervals", required=True)
    steps = [read_step(each) for each in nodes]
    found = [step for step in steps if step is not None]
    if len(found) < len(nodes) or not found:
        if not nodes:
            node.report("intervals 至少要有一个区间", "intervals")
        return []
    if found[0].lower != 0 or not found[0].is_lower_inclusive:
        node.report("第一个区间应当从 [0 开始", "intervals")
        return []
    for below, above in pairwise(found):
        if below.upper is None or above.lower < below.upper:
            node.report(f"区间重叠或次序不对：在 {above.lower} 处", "intervals")
            return []
        if above.lower > below.upper:
            node.report(f"区间之间有空缺：{below.upper} 到 {above.lower}", "intervals")
            return []
        if below.is_upper_inclusive and above.is_lower_inclusive:
            node.report(f"区间重叠：{above.lower} 同时属于两个区间", "intervals")
            return []
        if not below.is_upper_inclusive and not above.is_lower_inclusive:
            node.report(f"区间之间有空缺：{above.lower} 不属于任何区间", "intervals")
            return []
        if above.points < below.points:
            node.report(f"{above.lower} 以上的分值比下面的区间低", "intervals")
            return []
    if found[-1].upper is not None:
        node.report("最后一个区间应当到 ∞ 为止", "intervals")
        return []
    return found
