"""数据质量: shares of problems by county, rule and month, down to the rows in the files."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboard import charts, page, store, tables
from dashboard.labels import MEASURES, SEVERITIES
from dashboard.settings import are_names_shown
from reports import words
from reports.queries import quality

SUMMARY, BUREAUS, RULES, ROWS = "概况", "单位×月份", "规则×月份", "问题记录"
EVERY_ROW, COUNTED = "全部问题行", "计入占比的检查记录"
LEVELS = {"县（市、区）": "county", "地（州、市）": "prefecture"}
WORST_SHOWN = 5


def render() -> None:
    """The page."""
    snapshot: store.Snapshot = st.session_state["snapshot"]
    page.head(
        "数据质量", "哪些单位、哪些月份、哪类问题多；点开可查到文件和行号，以及更正能挽回的分值。", snapshot
    )
    view = page.tabs("查看", [SUMMARY, BUREAUS, RULES, ROWS], "view")
    {SUMMARY: _summary, BUREAUS: _bureaus, RULES: _rules, ROWS: _rows}[view](snapshot)


def _month_texts(frame: pl.DataFrame, column: str = "month") -> list[str]:
    return [f"{month:%Y-%m}" for month in sorted(frame[column].unique().drop_nulls())]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(f"{text}-01") if text else None


def _measure() -> str:
    names = {text: key for key, text in MEASURES.items()}
    return names[page.choose("问题类别", list(names), "measure", everything=False)]


def _summary(snapshot: store.Snapshot) -> None:
    one, two, three = st.columns(3)
    with one:
        level = LEVELS[page.choose("层级", list(LEVELS), "level", everything=False)]
    frame = snapshot.ask(quality.by_bureau_month, level=level)
    months = _month_texts(frame)
    with two:
        month = page.choose("月份", months, "at", everything=False, default=months[-1])
    with three:
        measure = _measure()
    st.header(f"{month} {MEASURES[measure]}占比最高的单位", anchor=False)
    page.note(
        "占比＝有该类问题的有效检查记录 ÷ 有效检查记录，按记录上传月份；"
        f"前 {WORST_SHOWN} 名，并列全部列出。点单位名称查看记录。"
    )
    worst = quality.worst(frame, _day(month) or date.min, measure, WORST_SHOWN)
    tables.show(
        worst,
        f"质量问题最多的单位_{month}",
        empty="该月没有此类问题。",
        links={"region_name": lambda row: _records_link(snapshot, row, month, measure)},
    )
    st.header("全区走势", anchor=False)
    _trend(snapshot, None)


def _records_link(snapshot: store.Snapshot, row: dict[str, Any], month: str, measure: str) -> str:
    parameters = {"view": ROWS, "unit": _unit(row), "at": month, "kind": COUNTED}
    if measure in quality.DIMENSIONS:
        parameters["dimension"] = quality.DIMENSIONS[measure]
    return page.address("quality", snapshot, **parameters)


def _unit(row: dict[str, Any]) -> str:
    return f"{row['region_code']} {row['region_name']}"


def _trend(snapshot: store.Snapshot, region_code: str | None) -> None:
    frame = snapshot.ask(quality.trend, region_code=region_code)
    shown = frame.with_columns(
        pl.col("month").dt.strftime("%Y-%m").alias("月份"),
        pl.col("measure").replace(MEASURES).alias("问题类别"),
    )
    charts.draw(
        charts.lines(
            shown.select("月份", "问题类别", pl.col("share").alias("占比")),
            y="占比",
            colour="问题类别",
            title="有效检查记录的问题占比",
            y_title="问题记录占比（%）",
        )
    )
    wide = frame.pivot(on="measure", index=["month", "records"], values="share").rename(
        {name: f"{name}_share" for name in quality.MEASURES}
    )
    tables.show(wide, f"质量走势_{region_code or '全区'}_{snapshot.month}")


def _bureaus(snapshot: store.Snapshot) -> None:
    one, two, three = st.columns(3)
    with one:
        level = LEVELS[page.choose("层级", list(LEVELS), "level", everything=False)]
    frame = snapshot.ask(quality.by_bureau_month, level=level)
    with two:
        names = frame["prefecture_name"].unique(maintain_order=True).to_list()
        prefecture = page.wanted(page.choose("地（州、市）", names, "prefecture"))
    with three:
        measure = _measure()
    if prefecture:
        frame = frame.filter(pl.col("prefecture_name") == prefecture)
    share, count = f"{measure}_share", quality.MEASURES[measure]
    shown = frame.select(
        (pl.col("region_code") + " " + pl.col("region_name")).alias("单位"),
        pl.col("month").dt.strftime("%Y-%m").alias("月份"),
        pl.col(share).alias("占比"),
        pl.col("records").alias("有效记录"),
        pl.col(count).alias("问题记录"),
    )
    page.note("点一格，查看该单位该月的问题记录。“无”为当月没有有效检查记录（不是零问题）。地州含所辖县市。")
    charts.draw(
        charts.heat_map(
            shown,
            rows="单位",
            value="占比",
            title=f"{MEASURES[measure]}：单位 × 记录月份",
            row_title="单位",
            legend="问题记录占比",
            tips=["单位", "月份", "占比", "有效记录", "问题记录"],
            order=shown["单位"].unique(maintain_order=True).to_list(),
        ),
        key="bureau_cells",
        on_select=lambda: _open_cell("bureau_cells", measure),
    )
    tables.show(
        frame.select(
            "region_code", "region_name", "prefecture_name", "month", "records", count, share, "deduction"
        ),
        f"单位质量_{MEASURES[measure]}_{snapshot.month}",
    )


def _open_cell(key: str, measure: str) -> None:
    """A cell of bureau × month was clicked: its records."""
    picked = st.session_state[key]["selection"][charts.CELL]
    if not picked:
        return
    st.session_state["view"] = ROWS
    st.session_state["unit"] = picked[0]["单位"]
    st.session_state["at"] = picked[0]["月份"]
    st.session_state["kind"] = COUNTED
    st.session_state["dimension"] = quality.DIMENSIONS.get(measure, page.ALL)


def _open_rule(key: str) -> None:
    """A cell of rule × month was clicked: its rows."""
    picked = st.session_state[key]["selection"][charts.CELL]
    if not picked:
        return
    st.session_state["view"] = ROWS
    rule, _, what = picked[0]["规则"].partition(" ")
    st.session_state["rule"] = rule
    if what in words.SOURCES.values():
        st.session_state["source"] = what
    st.session_state["delivered"] = picked[0]["月份"]


def _rules(snapshot: store.Snapshot) -> None:
    one, two, three = st.columns(3)
    with one:
        source = _source(words.SOURCES["inspection_records"])
    with two:
        prefectures = snapshot.ask(quality.prefectures)
        name = page.wanted(page.choose("地（州、市）", list(prefectures), "prefecture"))
    with three:
        severity = page.wanted(page.choose("严重程度", list(SEVERITIES.values()), "severity"))
    frame = snapshot.ask(
        quality.by_rule_month, source=source, prefecture_code=prefectures[name] if name else None
    )
    if severity:
        frame = frame.filter(pl.col("severity").replace(SEVERITIES) == severity)
    if frame.is_empty():
        page.note("没有违反规则的行。")
        return
    source_name = pl.col("source").replace(dict(words.SOURCES))
    in_short = pl.col("message_zh").fill_null("").str.extract(r"^([^，。；（(]{1,14})", 1).fill_null("")
    # A rule of every source stands once for each: its source tells its rows apart.
    what = pl.when(pl.col("rule_source").is_null()).then(source_name).otherwise(in_short)
    shown = frame.select(
        (pl.col("rule_id") + " " + what).alias("规则"),
        pl.col("delivery_month").dt.strftime("%Y-%m").alias("月份"),
        pl.col("share").alias("占比"),
        source_name.alias("数据类别"),
        pl.col("checked_rows").alias("检查行数"),
        pl.col("broken_rows").alias("违反行数"),
        pl.col("message_zh").alias("说明"),
    )
    page.note("按报送月份（文件夹）统计，只列有违反的规则；占比＝违反行数 ÷ 检查行数。点一格，查看这些行。")
    charts.draw(
        charts.heat_map(
            shown,
            rows="规则",
            value="占比",
            title="规则 × 报送月份",
            row_title="规则",
            legend="违反行占比",
            tips=["数据类别", "规则", "月份", "说明", "占比", "检查行数", "违反行数"],
            order=shown["规则"].unique(maintain_order=True).to_list(),
        ),
        key="rule_cells",
        on_select=lambda: _open_rule("rule_cells"),
    )
    tables.show(
        frame.filter(pl.col("broken_rows") > 0).drop("rule_source"),
        f"规则质量_{snapshot.month}",
        whole=frame.drop("rule_source"),
    )


def _source(default: str | None = None) -> str | None:
    names = {text: key for key, text in words.SOURCES.items()}
    chosen = page.wanted(page.choose("数据类别", list(names), "source", default=default))
    return names[chosen] if chosen else None


def _rows(snapshot: store.Snapshot) -> None:
    units = snapshot.ask(quality.units)
    months = snapshot.ask(quality.months)
    one, two, three, four = st.columns(4)
    with one:
        kind = page.choose("范围", [EVERY_ROW, COUNTED], "kind", everything=False)
        unit = page.wanted(page.choose("单位（地州含所辖县市）", units, "unit"))
    with two:
        at = page.wanted(page.choose("记录月份（检查记录上传月）", months, "at"))
        delivered = page.wanted(page.choose("报送月份", months, "delivered"))
    with three:
        source = _source()
        rule = page.wanted(page.choose("规则", snapshot.ask(quality.broken_rules), "rule"))
    with four:
        dimension = page.wanted(page.choose("维度", list(quality.DIMENSIONS.values()), "dimension"))
        severity = page.wanted(page.choose("严重程度", list(SEVERITIES.values()), "severity"))
    codes = {text: code for code, text in SEVERITIES.items()}
    frame = snapshot.ask(
        quality.failing_rows,
        source=source,
        region_code=unit.split(" ")[0] if unit else None,
        rule_id=rule,
        dimension=dimension,
        severity=codes[severity] if severity else None,
        delivery_month=_day(delivered),
        record_month=_day(at),
        only_counted=kind == COUNTED,
        hide_names=not are_names_shown(on_officer_page=False),
    )
    stakes = frame["bureau_points"].sum()
    page.cards(
        [
            ("问题行", f"{frame.height} 行"),
            ("其中强制性错误", f"{frame.filter(pl.col('severity') == 'fatal').height} 行"),
            ("更正可为本单位挽回", f"{words.number(stakes)} 分"),
        ]
    )
    page.note(
        "可挽回的分值：该单位当月扣分 ÷ 当月问题记录数。按可挽回分值从大到小排列；已被更正替换的行不列。"
    )
    tables.show(_placed(frame), f"问题记录_{snapshot.month}", empty="没有符合条件的行。", whole=frame)
    region = unit.split(" ")[0] if unit else None
    if region and region in snapshot.ask(quality.bureau_codes):
        st.header(f"{unit} 走势", anchor=False)
        _trend(snapshot, region)


def _placed(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows for reading: file, sheet and row together, the rules within the messages."""
    places = pl.struct("file", "sheet", "row_number").map_elements(
        lambda row: words.place(row["file"], row["sheet"], row["row_number"]), return_dtype=pl.String
    )
    # Only what can be shown is put into words.
    return (
        frame.head(tables.ROWS_AS_HTML + 1).select(
            "source",
            "region_name",
            "record_month",
            places.alias("place"),
            "business_key",
            "severity",
            "messages",
            "bureau_points",
            "officer_points",
        )
        if not frame.is_empty()
        else frame
    )
