"""人均与活跃率: records per officer, activity and transmission against the thresholds of the rulebook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import polars as pl
import streamlit as st

from dashboard import charts, page, store, tables
from reports import words
from reports.queries import activity

PER_CAPITA, ACTIVE, TRANSMITTED = "人均记录数", "活跃率", "自动监测传输率"
LEVELS = {"地（州、市）": "prefecture", "县（市、区）": "county"}
RATES = {
    "累计即时有效率": "ytd_immediate_rate",
    "累计补全有效率": "ytd_completed_rate",
    "当月即时有效率": "immediate_rate",
    "当月补全有效率": "completed_rate",
}
MARGINS = {"1 个百分点": 1.0, "2 个百分点": 2.0, "5 个百分点": 5.0}
STEPS = ("bad", "warn", "soft", "good")


def render() -> None:
    """The page."""
    snapshot: store.Snapshot = st.session_state["snapshot"]
    page.head(
        "人均与活跃率", "各地人均上报记录、持证人员活跃率、自动监测传输率，与规则各档界限的距离。", snapshot
    )
    subject = page.tabs("指标", [PER_CAPITA, ACTIVE, TRANSMITTED], "subject")
    one, two, three = st.columns(3)
    with one:
        level = LEVELS[page.choose("层级", list(LEVELS), "level", everything=False)]
    {PER_CAPITA: _per_capita, ACTIVE: _activity, TRANSMITTED: _transmission}[subject](
        snapshot, level, two, three
    )


def _narrow(frame: pl.DataFrame, place: st.delta_generator.DeltaGenerator) -> pl.DataFrame:
    names = frame["prefecture_name"].unique(maintain_order=True).drop_nulls().to_list()
    with place:
        chosen = page.wanted(page.choose("地（州、市）", names, "prefecture"))
    return frame.filter(pl.col("prefecture_name") == chosen) if chosen else frame


def _month(frame: pl.DataFrame, place: st.delta_generator.DeltaGenerator) -> date:
    months = sorted(frame["month"].unique())
    texts = [f"{month:%Y-%m}" for month in months]
    with place:
        chosen = page.choose("月份", texts, "at", everything=False, default=texts[-1])
    return months[texts.index(chosen)]


def _said(limits: Sequence[float], unit: str = "") -> str:
    return "、".join(f"{words.number(limit)}{unit}" for limit in limits)


def _board(
    frame: pl.DataFrame, value: str, limits: Sequence[float], reached: pl.Expr, write: Callable[[float], str]
) -> None:
    """Bureau × month: the figure, coloured by how many of the limits it reaches (`reached`)."""
    months = sorted(frame["month"].unique())
    counted = frame.select("region_name", "region_code", "month", value, reached.alias("reached"))
    rows = []
    for (_, name), part in counted.group_by("region_code", "region_name", maintain_order=True):
        found = {
            month: (figure, count) for month, figure, count in part.select("month", value, "reached").rows()
        }
        cells = [_cell(*found.get(month, (None, 0)), len(limits), write) for month in months]
        rows.append((str(name), cells))
    st.html(tables.matrix("单位", [f"{month:%m}月" for month in months], rows))


def _cell(figure: float | None, reached: int, limits: int, write: Callable[[float], str]) -> tuple[str, str]:
    if figure is None:
        return "无", "none"
    # The share of limits reached chooses the shade: none is bad, all is good.
    return write(figure), STEPS[round(reached / max(limits, 1) * (len(STEPS) - 1))]


def _below(column: str, limits: Sequence[float]) -> pl.Expr:
    """How many limits stand below the next one to be reached; all of them where there is no next."""
    return pl.sum_horizontal(
        [(pl.col(column).is_null() | (pl.col(column) > limit)).cast(pl.Int8) for limit in limits]
    )


def _empty(frame: pl.DataFrame) -> bool:
    if frame.is_empty():
        page.note("没有数据（不等于零）。")
    return frame.is_empty()


def _per_capita(
    snapshot: store.Snapshot,
    level: str,
    two: st.delta_generator.DeltaGenerator,
    three: st.delta_generator.DeltaGenerator,
) -> None:
    frame = _narrow(snapshot.ask(activity.per_capita, level=level), two)
    if _empty(frame):
        return
    month = _month(frame, three)
    base = snapshot.ask(activity.thresholds, clause_id="C7.1", name="base", level=level)
    above = snapshot.ask(activity.thresholds, clause_id="C7.4a", name="per_capita_above", level=level)
    limits = sorted({*base, *above})
    page.note(
        f"人均＝有效检查记录 ÷ 在编在岗人员。C7.1 界限：{_said(base, ' 条')}；"
        f"C7.4a 月月超 {_said(above, ' 条')}（须大于）。"
        "“无”为没有在编在岗人员，不能计算。"
    )
    shown = frame.filter(pl.col("month") == month, pl.col("per_capita").is_not_null())
    charts.draw(
        charts.bars(
            shown.select(pl.col("region_name").alias("单位"), pl.col("per_capita").alias("人均")),
            name="单位",
            value="人均",
            limits=limits,
            title=f"{month:%Y-%m} 人均上报记录数（虚线为界限）",
            x_title="人均（条）",
            form=".1f",
        )
    )
    st.subheader("离下一档最近的单位", anchor=False)
    close = frame.filter(pl.col("month") == month, pl.col("records_missing") > 0).sort(
        "records_missing", "region_code"
    )
    tables.show(
        close.select(
            "region_name",
            "prefecture_name",
            "headcount",
            "records",
            "per_capita",
            "next_per_capita",
            "records_missing",
        ).head(10),
        f"人均接近界限_{month:%Y-%m}",
        empty="没有可升档的单位。",
        whole=close,
    )
    st.subheader("逐月人均（条）", anchor=False)
    _board(frame, "per_capita", limits, _below("next_per_capita", limits), tables.ratio)
    tables.buttons(frame, f"人均记录_{snapshot.month}")


def _activity(
    snapshot: store.Snapshot,
    level: str,
    two: st.delta_generator.DeltaGenerator,
    three: st.delta_generator.DeltaGenerator,
) -> None:
    frame = _narrow(snapshot.ask(activity.activity, level=level), two)
    if _empty(frame):
        return
    month = _month(frame, three)
    limits = snapshot.ask(activity.thresholds, clause_id="C7.2", name="activity_percent", level=level)
    page.note(
        f"活跃率＝年初至当月有现场检查有效记录的持证人员 ÷ 持证人员（C7.2）。界限：{_said(limits, '%')}。"
        "“无”为没有持证人员。"
    )
    shown = frame.filter(pl.col("month") == month, pl.col("activity_rate").is_not_null())
    _rate_chart(shown, "activity_rate", limits, f"截至 {month:%Y-%m} 活跃率（虚线为界限）", "活跃率（%）")
    st.subheader("未达最高档的单位，还差几人", anchor=False)
    close = frame.filter(pl.col("month") == month, pl.col("officers_missing") > 0).sort(
        "officers_missing", "region_code"
    )
    tables.show(
        close.select(
            "region_name",
            "prefecture_name",
            "cert_holders",
            "active_holders",
            "activity_rate",
            "next_percent",
            "officers_missing",
        ).head(10),
        f"活跃率接近界限_{month:%Y-%m}",
        empty="均已达到最高档。",
        whole=close,
    )
    st.subheader("逐月活跃率（年初至当月）", anchor=False)
    _board(frame, "activity_rate", limits, _below("next_percent", limits), tables.percent)
    tables.buttons(frame, f"活跃率_{snapshot.month}")


def _transmission(
    snapshot: store.Snapshot,
    level: str,
    two: st.delta_generator.DeltaGenerator,
    three: st.delta_generator.DeltaGenerator,
) -> None:
    frame = _narrow(snapshot.ask(activity.transmission, level=level), two)
    if _empty(frame):
        return
    month = _month(frame, three)
    immediate = snapshot.ask(activity.thresholds, clause_id="C5.1", name="immediate_percent", level=level)
    completed = snapshot.ask(activity.thresholds, clause_id="C5.1", name="completed_percent_min", level=level)
    page.note(
        f"C5.1 按年初至当月累计数据量计算：补全有效传输率须达 {_said(completed, '%')}，"
        f"即时有效传输率界限 {_said(immediate, '%')}。"
        "没有报送数据的月份不列。"
    )
    title = page.choose("传输率", list(RATES), "rate", everything=False)
    rate = RATES[title]
    limits = completed if "补全" in title else immediate
    shown = frame.filter(pl.col("month") == month, pl.col(rate).is_not_null())
    _rate_chart(shown, rate, limits, f"{month:%Y-%m} {title}（虚线为界限）", f"{title}（%）")
    margin = page.choose("接近界限的范围", list(MARGINS), "margin", everything=False, default="2 个百分点")
    st.subheader(f"与界限相差不到 {margin}的单位", anchor=False)
    close = activity.close_to_rate(
        frame.filter(pl.col("month") <= month), rate, list(limits), MARGINS[margin]
    )
    tables.show(close, f"传输率接近界限_{month:%Y-%m}", empty="没有接近界限的单位。")
    st.subheader(f"逐月{title}", anchor=False)
    _board(frame, rate, limits, activity.limits_reached(rate, limits), tables.percent)
    tables.buttons(frame, f"传输率_{snapshot.month}")


def _rate_chart(shown: pl.DataFrame, rate: str, limits: Sequence[float], title: str, x_title: str) -> None:
    charts.draw(
        charts.bars(
            shown.select(pl.col("region_name").alias("单位"), pl.col(rate).alias("比率")),
            name="单位",
            value="比率",
            limits=[limit / 100 for limit in limits],
            title=title,
            x_title=x_title,
            form=".1%",
            from_zero=False,
        )
    )
