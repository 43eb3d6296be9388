"""What the two ranking pages share: filters, clause columns, the table from which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from dashboard import page, tables
from dashboard.store import Snapshot
from reports.queries import rules, scores

BY_GROUP, BY_CLAUSE = "按大项", "按条款"
HEAD = ("overall_rank", "rank_no", "award_status", "name", "entity_id", "prefecture_name", "total_points")


def columns(snapshot: Snapshot, frame: pl.DataFrame, subject: str, groups: Sequence[str]) -> pl.DataFrame:
    """The ranking with its groups, or with every clause, as the address says; headings in Chinese."""
    detail = page.tabs("得分列", [BY_GROUP, BY_CLAUSE], "detail")
    clauses = snapshot.ask(rules.clauses)
    if detail == BY_GROUP:
        titles = dict(clauses.select("group_id", "group_title_zh").unique().iter_rows())
        named = {group: f"{group.upper()} {titles.get(group.upper(), '')}" for group in groups}
        return frame.select(
            *HEAD, *(pl.col(group).cast(pl.Float64).alias(title) for group, title in named.items())
        )
    matrix = snapshot.ask(scores.clause_matrix, subject=subject)
    titles = dict(clauses.select("clause_id", "title_zh").iter_rows())
    named = {clause: f"{clause} {titles.get(clause, '')}" for clause in matrix.columns[1:]}
    points = matrix.select(
        "entity_id", *(pl.col(c).cast(pl.Float64).alias(title) for c, title in named.items())
    )
    return frame.select(HEAD).join(points, on="entity_id", how="left", maintain_order="left")


def headings(frame: pl.DataFrame, snapshot: Snapshot) -> pl.DataFrame:
    """Before the final month the award columns say 预计."""
    if not snapshot.expected:
        return frame
    return frame.rename(
        {
            name: f"{snapshot.expected}{tables.label(name).heading}"
            for name in ("rank_no", "award_status")
            if name in frame.columns
        }
    )


def choose_row(shown: pl.DataFrame, name: str, key: str, target: str, texts: Sequence[str]) -> None:
    """The table; the box before a row opens that row's own page."""

    def open_row() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows:
            st.session_state[target] = texts[rows[0]]

    page.note("在行首打勾，打开该行的得分说明；点列标题可排序。")
    tables.grid(shown, key=key, on_select=open_row)
    tables.buttons(shown, name)
