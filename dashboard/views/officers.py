"""个人得分: the ranking of officers, and an officer's own page; the pages on which names may be read."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import explaining, page, ranking, store
from dashboard.settings import are_names_shown, mask
from reports.queries import rules, scores

GROUPS = [f"i{number}" for number in range(1, 6)]


def render() -> None:
    """The page."""
    snapshot: store.Snapshot = st.session_state["snapshot"]
    page.head("个人得分", "执法人员的总分、排名和各款得分；选一个人，看每一款为什么是这个分。", snapshot)
    ranked = snapshot.ask(scores.officer_ranking)
    if not are_names_shown(on_officer_page=True):
        ranked = ranked.with_columns(pl.col("officer_name").map_elements(mask, return_dtype=pl.String))
    chosen = page.wanted(
        page.choose("人员编号（选一个看得分说明，“全部”看排名）", sorted(ranked["officer_id"]), "officer")
    )
    if chosen:
        explanation = snapshot.explain("officer", chosen)
        if explanation is not None:
            explaining.show(explanation, page.name_of(explanation.name, on_officer_page=True))
        return
    _ranking(snapshot, ranked)


def _ranking(snapshot: store.Snapshot, ranked: pl.DataFrame) -> None:
    one, two, three, four = st.columns(4)
    with one:
        names = sorted(set(ranked["prefecture_name"].drop_nulls()))
        prefecture = page.wanted(page.choose("地（州、市）", names, "prefecture"))
    with two:
        status = page.wanted(
            page.choose(f"{snapshot.expected}评选状态", sorted(set(ranked["award_status"])), "status")
        )
    with three:
        nominated = page.choose("是否推荐", ["已推荐", "未推荐"], "nominated")
    with four:
        text = page.search_box("查找", "q", "姓名、编号或单位")
    frame = ranked.rename({"officer_name": "name", "officer_id": "entity_id"})
    if prefecture:
        frame = frame.filter(pl.col("prefecture_name") == prefecture)
    if status:
        frame = frame.filter(pl.col("award_status") == status)
    if nominated != page.ALL:
        frame = frame.filter(pl.col("is_nominated") == (nominated == "已推荐"))
    frame = rules.search(frame, text)
    if frame.is_empty():
        page.note("没有符合条件的人员。")
        return
    shown = ranking.headings(ranking.columns(snapshot, frame, "officer", GROUPS), snapshot)
    ranking.choose_row(
        shown, f"个人得分_{snapshot.month}", "officer_rows", "officer", frame["entity_id"].to_list()
    )
