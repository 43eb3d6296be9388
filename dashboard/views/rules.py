"""规则: the rulebook and the quality rules as they are in force in the snapshot."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import page, store, tables
from dashboard.labels import SEVERITIES, parameter
from reports import words
from reports.queries import rules

CLAUSES, NUMBERS, QUALITY = "评分条款", "界限与参数", "数据质量规则"
SUBJECTS = {"附件2 个人": "officer", "附件3 集体": "bureau"}


def render() -> None:
    """The page."""
    snapshot: store.Snapshot = st.session_state["snapshot"]
    page.head("规则", "本成果所用的评分条款、界限和数据质量规则，原文、理解与计算办法；可查找。", snapshot)
    view = page.tabs("查看", [CLAUSES, NUMBERS, QUALITY], "view")
    text = page.search_box("查找（可用空格分开多个词）", "q", "条款编号、规则编号或文字")
    {CLAUSES: _clauses, NUMBERS: _numbers, QUALITY: _quality}[view](snapshot, text)


def _clauses(snapshot: store.Snapshot, text: str) -> None:
    subject = page.wanted(page.choose("对象", list(SUBJECTS), "subject"))
    frame = snapshot.ask(rules.clauses)
    if subject:
        frame = frame.filter(pl.col("subject") == SUBJECTS[subject])
    found = rules.search(frame, text).drop("subject", "group_id").rename({"source": "origin"})
    tables.show(
        found.select(
            "clause_id",
            "title_zh",
            "max_points",
            "quote_zh",
            "reading",
            "formula_zh",
            "group_title_zh",
            "origin",
        ),
        f"评分条款_{snapshot.month}",
        empty="没有找到。",
        whole=found,
    )


def _numbers(snapshot: store.Snapshot, text: str) -> None:
    st.header("得分在此变化的界限", anchor=False)
    named = pl.col("label_zh").map_elements(parameter, return_dtype=pl.String)
    tables.show(
        rules.search(snapshot.ask(rules.thresholds).with_columns(named), text),
        f"界限_{snapshot.month}",
        empty="没有找到。",
    )
    st.header("参数", anchor=False)
    tables.show(
        rules.search(snapshot.ask(rules.parameters).with_columns(named), text),
        f"参数_{snapshot.month}",
        empty="没有找到。",
    )


def _quality(snapshot: store.Snapshot, text: str) -> None:
    one, two = st.columns(2)
    with one:
        names = {name: key for key, name in words.SOURCES.items()}
        source = page.wanted(page.choose("数据类别", list(names), "source"))
    with two:
        severity = page.wanted(page.choose("严重程度", list(SEVERITIES.values()), "severity"))
    page.note("；".join(words.SEVERITIES.values()) + "。数据类别为“—”的规则适用于各类数据。")
    frame = snapshot.ask(rules.quality_rules)
    if source:
        frame = frame.filter((pl.col("source") == names[source]) | pl.col("source").is_null())
    if severity:
        frame = frame.filter(pl.col("severity").replace(SEVERITIES) == severity)
    tables.show(rules.search(frame, text), f"质量规则_{snapshot.month}", empty="没有找到。")
