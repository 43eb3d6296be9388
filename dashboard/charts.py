"""Charts in one look: Chinese fonts, units, titles; drawn by the Altair that Streamlit brings along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from dashboard.style import FONTS

INK, GRID, MAIN, LIMIT = "#1d2733", "#e5eaee", "#1f5f8b", "#b5482f"
ROW, LABEL_WIDTH = 20, 190
EDGE = 0.05  # room beside the outermost figure, as a share of the range
MAP_FRAME, BARS_FRAME = 125, 75  # what title, legend and axes take of the height, in pixels
SEVERE = ["#f4f7f9", "#fbe3c0", "#f2a65e", "#cf5a36", "#8c1d18"]
COLOURS = ["#1f5f8b", "#b5482f", "#5b8c5a", "#8a6bb1"]
CELL = "cell"


def dress(chart: Any, height: int | None = None) -> Any:  # noqa: ANN401 (Altair's charts share no useful type)
    """The house's look for a chart."""
    dressed = chart.properties(usermeta={"embedOptions": {"actions": False}}, width="container")
    if height is not None:
        dressed = dressed.properties(height=height)
    return (
        dressed.configure(font=FONTS, background="#ffffff")
        .configure_axis(
            labelColor=INK,
            titleColor=INK,
            gridColor=GRID,
            labelFontSize=12,
            titleFontSize=12,
            labelLimit=LABEL_WIDTH,
            titleFontWeight="normal",
            labelFont=FONTS,
            titleFont=FONTS,
        )
        .configure_legend(
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            orient="top",
            labelFont=FONTS,
            titleFont=FONTS,
        )
        .configure_title(fontSize=14, anchor="start", color=INK, font=FONTS)
        .configure_view(stroke=None)
    )


def draw(chart: Any, *, key: str | None = None, on_select: Callable[[], None] | None = None) -> None:  # noqa: ANN401
    """Put a chart on the page; with `key` and `on_select`, its cells can be clicked."""
    if key is None or on_select is None:
        st.altair_chart(chart, theme=None, width="stretch")
    else:
        st.altair_chart(
            chart, theme=None, width="stretch", key=key, on_select=on_select, selection_mode=[CELL]
        )


def heat_map(
    frame: pl.DataFrame,
    *,
    rows: str,
    value: str,
    title: str,
    row_title: str,
    legend: str,
    tips: Sequence[str],
    order: Sequence[str],
) -> Any:  # noqa: ANN401
    """Row × month, coloured by a share (0 … 1); cells without a value stay white and say so.

    Args:
        frame: `rows`, `月份` (YYYY-MM) and `value`.
        rows: the column of the rows.
        value: the column of the share.
        title: of the chart.
        row_title: of the rows' axis.
        legend: of the colours, with the unit.
        tips: the columns that a cell shows when pointed at.
        order: the rows, from above.
    """
    pick = alt.selection_point(name=CELL, fields=[rows, "月份"], on="click", empty=False)
    written = (
        pl.when(pl.col(value).is_null())
        .then(pl.lit("无"))
        .when(pl.col(value) == 0)
        .then(pl.lit("0"))
        .otherwise((pl.col(value) * 100).round(1).cast(pl.String) + "%")
    )
    base = alt.Chart(frame.with_columns(written.alias("写法"))).encode(
        x=alt.X("月份:O", title="月份", axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y(f"{rows}:N", title=row_title, sort=list(order), axis=alt.Axis(labelFontSize=11)),
        tooltip=[
            alt.Tooltip(f"{value}:Q", format=".2%") if tip == value else alt.Tooltip(tip) for tip in tips
        ],
    )
    cells = base.mark_rect(stroke="#ffffff", strokeWidth=1, cursor="pointer").encode(
        color=alt.Color(
            f"{value}:Q",
            title=legend,
            scale=alt.Scale(range=SEVERE, domainMin=0, interpolate="rgb"),
            legend=alt.Legend(format=".0%", gradientLength=220),
        ),
        strokeOpacity=alt.condition(pick, alt.value(0), alt.value(1)),
    )
    texts = base.mark_text(fontSize=10).encode(
        text=alt.Text("写法:N"),
        color=alt.condition(
            f"datum['{value}'] > {_dark(frame, value)}", alt.value("#ffffff"), alt.value(INK)
        ),
    )
    chart = (cells.add_params(pick) + texts).properties(title=title)
    return dress(chart, height=MAP_FRAME + ROW * max(len(order), 2))


def lines(frame: pl.DataFrame, *, y: str, colour: str, title: str, y_title: str, form: str = ".0%") -> Any:  # noqa: ANN401
    """Lines by month (`月份`), one a colour; a month without a value leaves a gap."""
    base = alt.Chart(frame).encode(
        x=alt.X("月份:O", title="月份", axis=alt.Axis(labelAngle=0)),
        y=alt.Y(f"{y}:Q", title=y_title, axis=alt.Axis(format=form), scale=alt.Scale(zero=True)),
        color=alt.Color(f"{colour}:N", title=None, sort=None, scale=alt.Scale(range=COLOURS)),
        tooltip=["月份", colour, alt.Tooltip(f"{y}:Q", format=".2%" if form.endswith("%") else ".2f")],
    )
    return dress(
        (base.mark_line() + base.mark_point(filled=True, size=45)).properties(title=title), height=260
    )


def bars(
    frame: pl.DataFrame,
    *,
    name: str,
    value: str,
    limits: Sequence[float],
    title: str,
    x_title: str,
    form: str,
    from_zero: bool = True,
) -> Any:  # noqa: ANN401
    """Horizontal bars, longest first, with the thresholds as lines."""
    figures = [*limits, *frame[value].to_list()]
    low, high = (0 if from_zero else min(figures, default=0)), max(figures, default=1)
    margin = (high - low or high or 1) * EDGE
    scale = alt.Scale(domain=[low if from_zero else low - margin, high + margin], nice=False)
    base = alt.Chart(frame).encode(
        y=alt.Y(f"{name}:N", sort="-x", title=None, axis=alt.Axis(labelFontSize=11)),
        tooltip=[name, alt.Tooltip(f"{value}:Q", format=form)],
    )
    bar = (
        base.mark_bar(color=MAIN, height=11) if from_zero else base.mark_circle(color=MAIN, size=70)
    ).encode(
        x=alt.X(
            f"{value}:Q", title=x_title, axis=alt.Axis(format=form, orient="top", tickCount=8), scale=scale
        )
    )
    rules = (
        alt.Chart(pl.DataFrame({"界限": list(limits)}))
        .mark_rule(color=LIMIT, strokeDash=[5, 3])
        .encode(x="界限:Q", tooltip=[alt.Tooltip("界限:Q", format=form)])
    )
    chart = (bar + rules) if limits else bar
    return dress(chart.properties(title=title), height=BARS_FRAME + ROW * max(frame[name].n_unique(), 2))


def _dark(frame: pl.DataFrame, value: str) -> float:
    """From where on a cell is so dark that its text must be white."""
    highest = frame[value].max()
    return float(highest) * 0.6 if isinstance(highest, int | float) and highest else 1.0
