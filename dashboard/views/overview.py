"""总览: what is in, what is due, how the last refresh ended, what changed."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard import page, store, tables
from dashboard.labels import ENDINGS
from reports import words
from reports.queries import arrivals

BY_SOURCE, BY_MONTH = "按数据类别", "按月份"
STYLES = {
    "received": "good",
    "whole": "good",
    "no_rows": "warn",
    "missing": "bad",
    "carried": "warn",
    "later": "warn",
    "none": "none",
}


def render() -> None:
    """The first page."""
    snapshot: store.Snapshot = st.session_state["snapshot"]
    page.head("总览", "本月数据到了没有、还缺什么、下一步是什么、与上次相比有何变化。", snapshot)
    _figures(snapshot)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_last_refresh()
    with right:
        _calendar(snapshot)
    _board(snapshot)
    _refused(snapshot)
    _changes(snapshot)


def _figures(snapshot: store.Snapshot) -> None:
    counts = snapshot.ask(arrivals.totals)
    page.cards(
        [
            ("截至月份", snapshot.month),
            ("成果性质", "最终成果" if snapshot.facts["is_final"] else "阶段成果（预计）"),
            ("收到文件", f"{counts['files']} 个"),
            ("拒收文件", f"{counts['refused_files']} 个"),
            ("采纳数据", f"{counts['accepted_rows']} 行"),
            ("强制性错误（隔离）", f"{counts['quarantined_rows']} 行"),
            ("质量问题", f"{counts['problem_rows']} 行"),
        ]
    )


def show_last_refresh() -> None:
    """How the last refresh ended, with the reason where it failed."""
    st.header("最近一次更新", anchor=False)
    last = store.last_refresh()
    if not last:
        page.note("没有更新记录。")
        return
    ended = ENDINGS.get(last.get("status", ""), "状态不明")
    when = str(last.get("finished_at", "")).replace("T", " ")[:16]
    text = f"{when}　截至 {last.get('as_of_month') or '—'}　{ended}"
    if last.get("exit_code"):
        page.bad(f"{text}。原因：{last.get('message_zh') or '未说明'}")
    else:
        st.html(f"<p>{escape(text)}。</p>")
    remarks = [
        *last.get("notices", []),
        *(f"未通过的检查：{_said(check)}" for check in last.get("failed_checks", [])),
        *(f"请关注：{warning['message']}" for warning in last.get("warnings", [])),
        *(f"还在复制中、下次读取的文件：{name}" for name in last.get("waiting", [])),
        *(f"不是月份文件夹，未读取：{name}" for name in last.get("strangers", [])),
    ]
    if remarks:
        with st.expander(f"说明（{len(remarks)} 条）", expanded=bool(last.get("exit_code"))):
            st.html("<ul>" + "".join(f"<li>{escape(str(text))}</li>" for text in remarks) + "</ul>")


def _said(check: dict[str, Any]) -> str:
    """A failed check in its own words."""
    return str(check.get("message_zh") or check.get("message") or check.get("name") or check)


def _calendar(snapshot: store.Snapshot) -> None:
    st.header("通知时间安排", anchor=False)
    rows = snapshot.ask(arrivals.calendar, today=_today(snapshot))
    frame = pl.DataFrame(
        [{"due_on": row["due_on"], "event_zh": row["event_zh"], "due": _due(row)} for row in rows],
        schema={"due_on": pl.Date, "event_zh": pl.String, "due": pl.String},
    )
    st.html(tables.html_table(frame))
    if _today(snapshot).year != snapshot.facts["season_year"]:
        page.note("时间以成果截至月份为准。")


def _today(snapshot: store.Snapshot) -> date:
    """Today within the season; in another year, the first day of the as-of month."""
    today = date.today()
    return today if today.year == snapshot.facts["season_year"] else snapshot.facts["as_of_month"]


def _due(row: dict[str, Any]) -> str:
    if row["days_left"] < 0:
        return "已过"
    return f"{'下一项，' if row['is_next'] else ''}还有 {row['days_left']} 天"


def _board(snapshot: store.Snapshot) -> None:
    st.header("到报情况", anchor=False)
    page.note(
        "缺报不等于零：红色为应报未收到，黄色为名册沿用其他月份或文件已到但没有该地数据，绿色为已收到（数字为行数）。"
        "“—”为登记类数据当月没有，不算缺报。"
    )
    board = snapshot.ask(arrivals.arrival_board)
    sources = [source for source in words.SOURCES if source in set(board["source"])]
    months = sorted(set(board["month"]))
    one, two = st.columns([1, 2])
    with one:
        view = page.tabs("查看方式", [BY_SOURCE, BY_MONTH], "board")
    with two:
        if view == BY_SOURCE:
            names = [words.SOURCES[source] for source in sources]
            chosen = page.choose(
                "数据类别", names, "source", everything=False, default=words.SOURCES[arrivals.ROSTER]
            )
            shown = board.filter(pl.col("source") == sources[names.index(chosen)])
            columns = [(f"{month:%m}月", pl.col("month") == month) for month in months]
        else:
            texts = [f"{month:%Y-%m}" for month in months]
            chosen = page.choose("月份", texts, "board_month", everything=False, default=texts[-1])
            shown = board.filter(pl.col("month") == months[texts.index(chosen)])
            columns = [(words.SOURCES[source], pl.col("source") == source) for source in sources]
    st.html(
        tables.matrix(
            "地（州、市）", [name for name, _ in columns], _cells(shown, [test for _, test in columns])
        )
    )
    tables.buttons(board, f"到报情况_{snapshot.month}")
    st.subheader("未到、沿用清单", anchor=False)
    tables.show(arrivals.gaps(board), f"未到清单_{snapshot.month}", empty="按月报送的数据各地均已收到。")


def _cells(board: pl.DataFrame, tests: list[pl.Expr]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The board's rows as text and class, prefecture by prefecture."""
    return [
        (str(name), [_cell(part.filter(test).row(0, named=True)) for test in tests])
        for (_, name), part in board.group_by("prefecture_code", "prefecture_name", maintain_order=True)
    ]


def _cell(row: dict[str, Any]) -> tuple[str, str]:
    style = STYLES[row["state"]]
    match row["state"]:
        case "received":
            return ("已收到" if row["rows"] is None else str(row["rows"])), style
        case "whole":
            return "已收到", style
        case "carried":
            return f"沿用 {row['roster_month']:%m}月", style
        case "later":
            return f"借用 {row['roster_month']:%m}月", style
        case "no_rows":
            return "无该地数据", style
        case "missing":
            return "未收到", style
        case _:
            return tables.BLANK, style


def _refused(snapshot: store.Snapshot) -> None:
    st.header("拒收的文件", anchor=False)
    tables.show(snapshot.ask(arrivals.refused_files), f"拒收文件_{snapshot.month}", empty="没有拒收的文件。")
    with st.expander("全部收到的文件"):
        tables.show(snapshot.ask(arrivals.delivered_files), f"收到文件_{snapshot.month}")


def _changes(snapshot: store.Snapshot) -> None:
    st.header("与上一次成果相比", anchor=False)
    changed = store.what_changed(snapshot)
    if changed is None:
        page.note("没有更早的成果可比。")
        return
    facts, officers = changed["facts"], changed["officers"]
    reasons = [
        text
        for text, holds in (
            ("报送数据有变化", facts["is_other_data"]),
            ("规则有变化", facts["is_other_rulebook"]),
            ("程序有变化", facts["is_other_code"]),
        )
        if holds
    ]
    page.note(
        f"对比对象：截至 {words.month(facts['month_then'])}，发布于 {words.figure(facts['published_then'])}。"
        f"{'、'.join(reasons) or '数据、规则和程序均无变化'}。"
        f"文件 {facts['files_then']} → {facts['files_now']} 个，"
        f"问题 {facts['issues_then']} → {facts['issues_now']} 条；"
        f"人员新增 {officers['new']}、减少 {officers['gone']}、总分变化 {officers['other_total']}、"
        f"评选状态变化 {officers['other_award']}。"
    )
    st.subheader("集体总分、排名与评选状态的变化", anchor=False)
    tables.show(
        changed["bureaus"],
        f"集体变化_{snapshot.month}",
        empty="没有变化。",
        links={
            "region_name": lambda row: page.address(
                "bureaus", snapshot, bureau=f"{row['region_code']} {row['region_name']}"
            )
        },
    )
    with st.expander(f"文件的变化（{changed['files'].height} 个）"):
        tables.show(changed["files"], f"文件变化_{snapshot.month}", empty="没有变化。")
