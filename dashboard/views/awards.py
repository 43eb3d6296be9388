"""候选与评选: nominations, cut-offs, ties that people must decide, vetoes."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import page, store, tables
from dashboard.settings import are_names_shown, mask
from reports.queries import awards

LISTS = {"地（州、市）": "prefecture", "县（市、区）": "county", "个人": "officer"}
PLAIN = (
    "rank_no",
    "name",
    "entity_id",
    "prefecture_name",
    "total_points",
    "award_status",
    "goes_to_ministry",
    "is_nominated",
    "is_vetoed",
)


def render() -> None:
    """The page."""
    snapshot: store.Snapshot = st.session_state["snapshot"]
    lead = "推荐是否合规、入选线在哪里、哪些并列须由人决定、谁被一票否决。"
    page.head(
        "候选与评选",
        lead if snapshot.facts["is_final"] else f"{lead}以下均为预计，最终以规则规定的最终月份成果为准。",
        snapshot,
    )
    st.header("须由人决定的并列", anchor=False)
    page.note("总分相同又跨过名额线的，程序不作取舍，一律列为并列待定。")
    tables.show(_masked(snapshot.ask(awards.ties)), f"并列待定_{snapshot.month}", empty="没有跨线的并列。")
    st.header(f"{snapshot.expected}入选线", anchor=False)
    page.note(
        "入选最低分与未入选最高分之间即入选线；“上报待定”为并列在上报名额线上的人数或单位数。组织宣传类个人由人评定，不排名。"
    )
    tables.show(snapshot.ask(awards.cut_offs), f"入选线_{snapshot.month}")
    st.header("推荐数量", anchor=False)
    _nominations(snapshot)
    st.header("一票否决", anchor=False)
    tables.show(_masked(snapshot.ask(awards.vetoed)), f"一票否决_{snapshot.month}", empty="没有。")
    st.header(f"{snapshot.expected}名单", anchor=False)
    chosen = LISTS[page.tabs("名单", list(LISTS), "list")]
    frame = snapshot.ask(awards.candidates, level=chosen)
    statuses = sorted(set(frame["award_status"]))
    status = page.wanted(page.choose("评选状态", statuses, "status"))
    if status:
        frame = frame.filter(pl.col("award_status") == status)
    extra = ["region_name", "has_valid_cert"] if chosen == "officer" else []
    tables.show(_masked(frame).select(*PLAIN, *extra), f"名单_{chosen}_{snapshot.month}")


def _nominations(snapshot: store.Snapshot) -> None:
    frame = snapshot.ask(awards.nomination_check)
    wrong = frame.filter(~pl.col("is_in_order"))
    kinds = ["只看不合规", page.ALL]
    chosen = page.tabs("推荐", kinds, "nominations")
    page.note(f"{wrong.height} 项不在规定数量内（推荐仍然有效）。推荐截止前数量不足属正常。")
    shown = wrong if chosen == kinds[0] else frame
    tables.show(
        shown.drop("prefecture_code"), f"推荐数量_{snapshot.month}", empty="推荐数量均合规。", whole=frame
    )


def _masked(frame: pl.DataFrame) -> pl.DataFrame:
    """Names of officers as this page may show them."""
    if are_names_shown(on_officer_page=False):
        return frame
    masked = pl.col("name").map_elements(mask, return_dtype=pl.String)
    return frame.with_columns(
        pl.when(pl.col("level") == "officer").then(masked).otherwise(pl.col("name")).alias("name")
    )
