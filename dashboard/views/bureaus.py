"""集体得分: the ranking of bureaus, and a bureau's own page."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import explaining, page, ranking, store
from dashboard.settings import are_names_shown
from reports.explain import max_note
from reports.queries import quality, rules, scores

LEVELS = {"地（州、市）": "prefecture", "县（市、区）": "county"}
GROUPS = [f"c{number}" for number in range(1, 12)]


def render() -> None:
    """The page."""
    snapshot: store.Snapshot = st.session_state["snapshot"]
    page.head(
        "集体得分",
        "地（州、市）和县（市、区）的总分、排名和各款得分；选一个单位，看每一款为什么是这个分。",
        snapshot,
    )
    ranked = snapshot.ask(scores.bureau_ranking)
    texts = (ranked["region_code"] + " " + ranked["region_name"]).to_list()
    chosen = page.wanted(page.choose("单位（选一个看得分说明，“全部”看排名）", sorted(texts), "bureau"))
    if chosen:
        explanation = snapshot.explain("bureau", chosen.split(" ")[0])
        if explanation is not None:
            hidden = (
                set()
                if are_names_shown(on_officer_page=False)
                else snapshot.ask(quality.rules_naming_persons)
            )
            explaining.show(explanation, explanation.name, hidden)
        return
    _ranking(snapshot, ranked)


def _ranking(snapshot: store.Snapshot, ranked: pl.DataFrame) -> None:
    one, two, three, four = st.columns(4)
    with one:
        level = LEVELS[page.choose("层级", list(LEVELS), "level", everything=False)]
    of_level = ranked.filter(pl.col("level") == level)
    with two:
        prefecture = page.wanted(
            page.choose("地（州、市）", sorted(set(ranked["prefecture_name"])), "prefecture")
        )
    with three:
        status = page.wanted(
            page.choose(f"{snapshot.expected}评选状态", sorted(set(of_level["award_status"])), "status")
        )
    with four:
        text = page.search_box("查找", "q", "单位名称或代码")
    frame = of_level.rename({"region_name": "name", "region_code": "entity_id"})
    if prefecture:
        frame = frame.filter(pl.col("prefecture_name") == prefecture)
    if status:
        frame = frame.filter(pl.col("award_status") == status)
    frame = rules.search(frame.with_columns(pl.col("name", "entity_id")), text)
    page.note(f"注：{max_note(snapshot.ask(scores.maxima, subject='bureau'), 'bureau')}")
    if frame.is_empty():
        page.note("没有符合条件的单位。")
        return
    shown = ranking.headings(ranking.columns(snapshot, frame, "bureau", GROUPS), snapshot)
    chosen = (frame["entity_id"] + " " + frame["name"]).to_list()
    ranking.choose_row(shown, f"集体得分_{level}_{snapshot.month}", "bureau_rows", "bureau", chosen)
